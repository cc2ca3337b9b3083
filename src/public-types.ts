/*
 * What the package publishes. ESLint 9.38 and ESLint 10 type rules and plugins differently, `defineConfig` of neither
 * accepts typescript-eslint's rule type, and one installation may hold several copies of ESLint's types. The published
 * types are therefore structural, loose where ESLint's disagree, and import nothing.
 */

/** A rule as users see it: its metadata can be read, and every supported ESLint accepts it as a rule. */
export interface PublicRule {
  readonly meta: {
    readonly type: "problem" | "suggestion";
    readonly docs: {
      readonly description: string;
      /** The section of Upstash's security guide that the rule carries out. */
      readonly guideline: string;
      readonly recommended: boolean;
      readonly strict: boolean | Readonly<Record<string, unknown>>;
      /** Weaknesses as CWE ids, such as `"CWE-522"`. */
      readonly cwe: readonly string[];
      readonly url: string;
      /** The same ids in one text, which formatters such as SARIF's hand on. */
      readonly category: string;
    };
    readonly messages: Record<string, string>;
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see the head of this file
    readonly schema: any;
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see the head of this file
    readonly defaultOptions: any;
    readonly fixable?: "code";
    readonly hasSuggestions?: boolean;
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see the head of this file
  create(context: any): any;
}

/** A preset: one flat config object, used as it is or by its name in `extends`. */
export interface PublicPreset {
  readonly name: string;
  readonly files: string[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see the head of this file
  readonly plugins: Record<string, any>;
  readonly rules: Record<string, "error" | "off" | ["error", Readonly<Record<string, unknown>>]>;
}

/** A part of a preset for files of settings: one kind of file, with the language that reads it. */
export interface PublicEnvPreset extends PublicPreset {
  readonly ignores?: string[];
  readonly language: string;
}

/** The plugin, for `plugins: { upstash }` with `extends: ["upstash/recommended"]`, or `upstash.configs.recommended`. */
export interface UpstashPlugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Record<string, PublicRule>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see the head of this file
  readonly languages: { readonly dotenv: any };
  readonly configs: {
    readonly recommended: PublicPreset;
    readonly strict: PublicPreset;
    /** `.env` files, and JSON and TOML where `@eslint/json` and `eslint-plugin-toml` are installed. */
    readonly env: PublicEnvPreset[];
    readonly "env-strict": PublicEnvPreset[];
  };
}
