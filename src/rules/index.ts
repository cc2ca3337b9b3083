// Written by `npm run docs:update` from the files of this folder: do not edit.
import type { UpstashRule } from "../create-rule.ts";

/** Every rule of the plugin, by name. */
export const rules: Record<string, UpstashRule> = {};
