import type { UpstashRule } from "./create-rule.ts";
import { rules } from "./rules/index.ts";

/** What configurations are made of: a rule without its code. Nothing but data. */
export type RuleDescription = Omit<UpstashRule, "create">;

/** All rules as data. The build writes it down in the place of this module, which would load every rule. */
export const describedRules: readonly RuleDescription[] = Object.values(rules).map(
  ({ name, meta, readsConfigFiles = false }) => ({ name, meta, readsConfigFiles }),
);
