import packageJson from "../package.json" with { type: "json" };
import { presetsOf } from "./configs.ts";
import type { UpstashRule } from "./create-rule.ts";
import { dotenvLanguage } from "./dotenv/language.ts";
import { withEnvPresets } from "./env-presets.ts";
import type { UpstashPlugin } from "./public-types.ts";

/**
 * The plugin with these rules. Its presets hold the very object that is returned, because ESLint compares plugins by
 * identity: it is completed in place, never copied.
 */
export function pluginOf(rules: Record<string, UpstashRule>): UpstashPlugin {
  const base = {
    meta: { name: packageJson.name, version: packageJson.version, namespace: "upstash" },
    rules,
    languages: { dotenv: dotenvLanguage },
  };
  return Object.assign(base, { configs: withEnvPresets(presetsOf(base), base) }) as unknown as UpstashPlugin;
}
