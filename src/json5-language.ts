/** A plugin of ESLint that reads a kind of file, as far as we look at it. */
export interface LanguagePlugin {
  readonly languages?: Readonly<Record<string, Language | undefined>>;
}

interface Language {
  parse(file: { readonly body: unknown }, context?: unknown): unknown;
}

const guarded = new WeakMap<LanguagePlugin, LanguagePlugin>();

/**
 * `@eslint/json` with a JSON5 language whose parser always ends. Momoa 3.3 never does on a text that breaks off after
 * the backslash of a string, as texts do while somebody types: https://github.com/humanwhocodes/momoa.
 * @returns another plugin, the same one for each call, so that presets with it can be used together
 */
export function withEndingJson5(plugin: LanguagePlugin): LanguagePlugin {
  const { json5, jsonc } = plugin.languages ?? {};
  if (!json5 || !jsonc) return plugin;
  let made = guarded.get(plugin);
  if (!made) guarded.set(plugin, (made = { ...plugin, languages: { ...plugin.languages, json5: ending(json5, jsonc) } }));
  return made;
}

/** The JSONC parser takes an end after a backslash for the error that it is, or for the end of a comment. */
function ending(json5: Language, jsonc: Language): Language {
  const parse: Language["parse"] = (file, context) =>
    typeof file.body === "string" && file.body.endsWith("\\") ? jsonc.parse(file, { languageOptions: { allowTrailingCommas: true } }) : json5.parse(file, context);
  return new Proxy(json5, {
    get(target, key): unknown {
      if (key === "parse") return parse;
      const value: unknown = Reflect.get(target, key, target);
      // What the language keeps in private fields is its own, not the proxy's.
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
