import packageJson from "../package.json" with { type: "json" };
import { presetsOf } from "./configs.ts";
import { dotenvLanguage } from "./dotenv/language.ts";
import { withEnvPresets } from "./env-presets.ts";
import type { UpstashPlugin } from "./public-types.ts";
import { rules } from "./rules/index.ts";

const base = {
  meta: { name: packageJson.name, version: packageJson.version, namespace: "upstash" },
  rules,
  languages: { dotenv: dotenvLanguage },
};

/**
 * The plugin. Its presets hold this very object, because ESLint compares plugins by identity: it is completed in
 * place, never copied.
 */
const plugin = Object.assign(base, { configs: withEnvPresets(presetsOf(base), base) }) as unknown as UpstashPlugin;

// The second name makes `require()` of this ES module give the plugin itself.
export { plugin as default, plugin as "module.exports" };
export type { PublicEnvPreset, PublicPreset, PublicRule, UpstashPlugin } from "./public-types.ts";
