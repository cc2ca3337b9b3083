import type { UpstashRule } from "./create-rule.ts";
import { describedRules } from "./described-rules.ts";
import { pluginOf } from "./plugin.ts";

/*
 * What Node.js loads: configurations need the rules' descriptions, and most of what ESLint is started for needs no more
 * (files that are cached or ignored, other plugins' files). The code of the rules is loaded when the first one is asked.
 * Bundles for browsers take src/index.ts instead, which holds everything.
 */

type Rules = Record<string, UpstashRule>;

let loaded: Rules | undefined;

/** Synchronous, as ESLint's rules are. */
function rulesWithCode(): Rules {
  loaded ??= (process.getBuiltinModule("node:module").createRequire(import.meta.url)("./rules.js") as { readonly rules: Rules }).rules;
  return loaded;
}

function onDemand(description: (typeof describedRules)[number]): UpstashRule {
  return {
    ...description,
    create(context) {
      const rule = rulesWithCode()[description.name];
      if (!rule) throw new Error(`There is no rule ${description.name}.`);
      return rule.create(context);
    },
  };
}

const plugin = pluginOf(Object.fromEntries(describedRules.map((description) => [description.name, onDemand(description)])));

export { plugin as default, plugin as "module.exports" };
export type { PublicEnvPreset, PublicPreset, PublicRule, UpstashPlugin } from "./public-types.ts";
