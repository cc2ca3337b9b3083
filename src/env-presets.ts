import { rulesOf, type Preset, type PresetName } from "./configs.ts";
import type { UpstashRule } from "./create-rule.ts";
import { withEndingJson5, type LanguagePlugin } from "./json5-language.ts";
import { load } from "./project/load.ts";

/** A part of a preset: one kind of file, with the language that reads it. */
export interface EnvPreset extends Preset {
  ignores?: string[];
  language: string;
}

interface Plugin {
  readonly rules: Record<string, UpstashRule>;
}

/** Not named after the formats: users have plugins of these names, maybe other copies, and ESLint takes one of a name. */
const JSON_NAME = "upstash-json";
const TOML_NAME = "upstash-toml";

/** In the format of dotenv: https://direnv.net (`.envrc`), https://developers.cloudflare.com/workers/configuration/secrets (`.dev.vars`). */
const DOTENV_FILES = ["**/.env", "**/.env.*", "**/.env-*", "**/*.env", "**/.envrc", "**/.dev.vars", "**/.dev.vars.*"];
/** `.env.ts`, `.env.json`: the last ending tells the format. */
const OTHER_FORMATS = [
  "**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx,vue,svelte,astro,html,css}",
  "**/*.{json,jsonc,json5,yaml,yml,toml,ini,md,mdx,txt,sh,py,rb}",
  "**/*.{gpg,asc,age,enc,zip,gz,png,svg,swp}",
];

/** Settings of platforms and tools that take variables, by their documentation. */
const JSON_FILES = [
  "**/{vercel,now,app,eas,railway}.json",
  "**/wrangler.{json,jsonc}",
  "**/wrangler.*.{json,jsonc}",
  "**/{.mcp,mcp}.json",
  "**/.vscode/{launch,settings,tasks}.json",
  "**/{.,}devcontainer.json",
  "**/local.settings.json",
];
const TOML_FILES = ["**/{wrangler,netlify,fly,railway}.toml", "**/{wrangler,fly}.*.toml"];

/** Rules of ESLint that ask what only the source code of scripts has: they end the run where users have them on for all files. */
const FOR_SCRIPTS = Object.fromEntries(
  ["indent", "lines-around-comment", "logical-assignment-operators", "max-lines-per-function", "newline-after-var", "no-irregular-whitespace", "strict"].map((name) => [name, "off" as const]),
);

/**
 * Adds the presets for files of settings. They are made when they are first asked for: they load the languages of other
 * packages, as far as these are installed.
 * @param plugin the object that users register
 */
export function withEnvPresets<C extends object>(configs: C, plugin: Plugin): C & { readonly env: EnvPreset[]; readonly "env-strict": EnvPreset[] } {
  const made = new Map<PresetName, EnvPreset[]>();
  const preset = (name: PresetName): EnvPreset[] => {
    let parts = made.get(name);
    if (!parts) made.set(name, (parts = partsOf(name, plugin)));
    return parts;
  };
  return Object.defineProperties(configs, {
    env: { enumerable: true, get: () => preset("recommended") },
    "env-strict": { enumerable: true, get: () => preset("strict") },
  }) as C & { readonly env: EnvPreset[]; readonly "env-strict": EnvPreset[] };
}

function partsOf(preset: PresetName, plugin: Plugin): EnvPreset[] {
  const own = Object.values(plugin.rules).filter(({ readsConfigFiles }) => readsConfigFiles);
  const base = preset === "strict" ? "upstash/env-strict" : "upstash/env";
  const part = (format: string, files: string[], language: string, languages: Record<string, object> = {}): EnvPreset => ({
    name: `${base}/${format}`,
    files,
    plugins: { upstash: plugin, ...languages },
    language,
    rules: { ...FOR_SCRIPTS, ...rulesOf(preset, own) },
  });
  const json = languagePlugin(load("@eslint/json"), "json5");
  const toml = languagePlugin(load("eslint-plugin-toml"), "toml");
  return [
    { ...part("dotenv", DOTENV_FILES, "upstash/dotenv"), ignores: OTHER_FORMATS },
    // Of the three JSON languages the one that no file of theirs fails to parse with, comments and trailing commas or not.
    ...(json ? [part("json", JSON_FILES, `${JSON_NAME}/json5`, { [JSON_NAME]: withEndingJson5(json) })] : []),
    ...(toml ? [part("toml", TOML_FILES, `${TOML_NAME}/toml`, { [TOML_NAME]: toml })] : []),
  ];
}

/** The plugin that a package hands out, if it has the language; undefined where it is not installed, or too old. */
function languagePlugin(loaded: (LanguagePlugin & { readonly default?: LanguagePlugin }) | undefined, language: string): LanguagePlugin | undefined {
  const plugin = loaded?.default ?? loaded;
  return plugin?.languages?.[language] ? plugin : undefined;
}
