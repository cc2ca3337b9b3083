import type { UpstashRule } from "./create-rule.ts";

/**
 * Files that the presets apply to. The first pattern makes ESLint pick up TypeScript; the second is universal, which
 * ESLint applies to files that the user's own config lints anyway (Vue, Svelte, Astro) without adding new ones.
 */
export const PRESET_FILES = ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}", "**/*"];

export type RuleEntry = "error" | ["error", Readonly<Record<string, unknown>>];

export interface Preset {
  name: string;
  files: string[];
  plugins: Record<string, object>;
  rules: Record<string, RuleEntry>;
}

/**
 * The presets, read off the rules' own metadata.
 * @param plugin the object that users register: ESLint compares it by identity.
 */
export function presetsOf<P extends { rules: Record<string, UpstashRule> }>(
  plugin: P,
): { recommended: Preset; strict: Preset } {
  const preset = (name: "recommended" | "strict", entry: (rule: UpstashRule) => RuleEntry | undefined): Preset => ({
    name: `upstash/${name}`,
    files: PRESET_FILES,
    plugins: { upstash: plugin },
    rules: Object.fromEntries(
      Object.values(plugin.rules).flatMap((rule) => {
        const severity = entry(rule);
        return severity === undefined ? [] : [[`upstash/${rule.name}`, severity]];
      }),
    ),
  });
  return {
    recommended: preset("recommended", ({ meta }) => (meta.docs.recommended ? "error" : undefined)),
    strict: preset("strict", ({ meta: { docs } }) => {
      if (typeof docs.strict === "object") return ["error", docs.strict];
      return docs.strict || docs.recommended ? "error" : undefined;
    }),
  };
}
