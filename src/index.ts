import { pluginOf } from "./plugin.ts";
import { rules } from "./rules/index.ts";

const plugin = pluginOf(rules);

// The second name makes `require()` of this ES module give the plugin itself.
export { plugin as default, plugin as "module.exports" };
export type { PublicEnvPreset, PublicPreset, PublicRule, UpstashPlugin } from "./public-types.ts";
