import type { JSONSchema4 } from "@typescript-eslint/utils/json-schema";
import type { TSESLint } from "@typescript-eslint/utils";
import { configFileOf, type ConfigFile } from "./model/config-file/config-file.ts";
import { fileOf, type FileModel } from "./model/file.ts";
import { mayConcernUpstash } from "./model/relevance.ts";

/** The sections of the guide "How to Secure Your Upstash App" (docs/guidelines.md) that rules are derived from. */
export type Guideline =
  | "Protect REST tokens"
  | "Use read-only tokens"
  | "Implement rate limiting"
  | "Secure edge and client code"
  | "Do not store sensitive data unencrypted"
  | "Monitor access patterns"
  | "QStash, Workflow and abuse of commands";

/** What a rule says about itself; presets, README and docs are derived from it. */
export interface RuleDocs {
  /** One line, no full stop, begins with a verb. */
  readonly description: string;
  /** The guide's section that the rule carries out. */
  readonly guideline: Guideline;
  /** In `upstash/recommended`. */
  readonly recommended: boolean;
  /** In `upstash/strict`; an object is the stricter option that the preset sets. */
  readonly strict: boolean | Readonly<Record<string, unknown>>;
  /** Weaknesses as CWE ids, such as `"CWE-522"`. */
  readonly cwe: readonly string[];
}

/** Rule metadata after {@link createRule} has added what can be told from the rest. */
export interface PublishedDocs extends RuleDocs {
  readonly url: string;
  /** The weaknesses once more, as text: SARIF formatters hand on this field, and no field of our own. */
  readonly category: string;
}

export type Context<MessageId extends string, Options extends object> = Readonly<
  TSESLint.RuleContext<MessageId, [Options]>
>;

export type RuleListener = TSESLint.RuleListener;

export interface UpstashRule<MessageId extends string = string, Options extends object = object> {
  readonly name: string;
  readonly meta: TSESLint.RuleMetaData<MessageId, PublishedDocs, [Options]> & { readonly docs: PublishedDocs };
  /** It has something to say about files of settings, so the presets for these switch it on. */
  readonly readsConfigFiles?: boolean;
  create(context: Context<MessageId, Options>): RuleListener;
}

interface RuleDeclaration<MessageId extends string, Options extends object> {
  readonly name: string;
  readonly meta: {
    readonly type: "problem" | "suggestion";
    readonly docs: RuleDocs;
    readonly messages: Record<MessageId, string>;
    readonly schema: Readonly<Record<string, JSONSchema4>>;
    readonly defaultOptions: Options;
    readonly fixable?: "code";
    readonly hasSuggestions?: boolean;
  };
  /** True where the rule may have something to say about the file: decided from text and imports, before any visit. */
  relevant(file: FileModel): boolean;
  create(context: Context<MessageId, Options>, file: FileModel, options: Options): RuleListener;
  /** Reports on a file of settings (`.env`, JSON, TOML) that has to do with Upstash. Left out: nothing to say. */
  checkConfigFile?(context: Context<MessageId, Options>, file: ConfigFile): void;
}

const docsUrl = (name: string): string =>
  `https://github.com/upstash/eslint-plugin-upstash/blob/main/docs/rules/${name}.md`;

/**
 * The one way to declare a rule: adds the docs address, wraps the options' properties into a closed schema, and hands
 * the file's model to `create`. A file that is not `relevant` registers no listeners.
 */
export function createRule<MessageId extends string, Options extends object>(
  declaration: RuleDeclaration<MessageId, Options>,
): UpstashRule<MessageId, Options> {
  const { name, meta } = declaration;
  const { schema: properties, defaultOptions, docs, ...rest } = meta;
  const hasOptions = Object.keys(properties).length > 0;
  return {
    name,
    meta: {
      ...rest,
      docs: { ...docs, url: docsUrl(name), category: docs.cwe.join(", ") },
      schema: hasOptions ? [{ type: "object", properties, additionalProperties: false }] : [],
      ...(hasOptions ? { defaultOptions: [defaultOptions] as [Options] } : {}),
    },
    readsConfigFiles: declaration.checkConfigFile !== undefined,
    create(context) {
      const file = fileOf(context);
      if (!file.isProgram) return inConfigFile(declaration, context, file);
      if (!mayConcernUpstash(file) || !declaration.relevant(file)) return {};
      return declaration.create(context, file, { ...defaultOptions, ...context.options[0] });
    },
  };
}

/** Other languages than JavaScript: each has its own name for the root of the tree. */
function inConfigFile<MessageId extends string, Options extends object>(
  declaration: RuleDeclaration<MessageId, Options>,
  context: Context<MessageId, Options>,
  file: FileModel,
): RuleListener {
  const config = declaration.checkConfigFile && configFileOf(file, context.sourceCode);
  return config ? { [context.sourceCode.ast.type]: () => declaration.checkConfigFile?.(context, config) } : {};
}
