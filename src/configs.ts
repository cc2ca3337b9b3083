import type { UpstashRule } from "./create-rule.ts";

/**
 * Files that the presets apply to. The first pattern makes ESLint pick up TypeScript; the second is universal, which
 * ESLint applies to files that the user's own config lints anyway (Vue, Svelte, Astro) without adding new ones.
 */
export const PRESET_FILES = ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}", "**/*"];

/** The presets for scripts. Others are for files of settings: env-presets.ts. */
export type PresetName = "recommended" | "strict";

export type RuleEntry = "error" | "off" | ["error", Readonly<Record<string, unknown>>];

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
  const preset = (name: PresetName): Preset => ({
    name: `upstash/${name}`,
    files: PRESET_FILES,
    plugins: { upstash: plugin },
    rules: rulesOf(name, Object.values(plugin.rules)),
  });
  return { recommended: preset("recommended"), strict: preset("strict") };
}

/** Those of the rules that stand in a preset, with the options that it sets. */
export function rulesOf(preset: PresetName, rules: readonly UpstashRule[]): Record<string, RuleEntry> {
  const entry = ({ recommended, strict }: UpstashRule["meta"]["docs"]): RuleEntry | undefined => {
    if (preset === "recommended") return recommended ? "error" : undefined;
    if (typeof strict === "object") return ["error", strict];
    return strict || recommended ? "error" : undefined;
  };
  return Object.fromEntries(
    rules.flatMap((rule) => {
      const severity = entry(rule.meta.docs);
      return severity === undefined ? [] : [[`upstash/${rule.name}`, severity]];
    }),
  );
}
