import { gitStateOf } from "../../project/git.ts";
import { findCredentials } from "../../sdk/credential-shapes.ts";
import { classifyEnvName, privateNameOf, type UpstashEnvName } from "../../sdk/env-names.ts";
import { namesUpstashHost } from "../../sdk/hosts.ts";
import type { Settings } from "../../settings.ts";
import type { FileModel } from "../file.ts";
import { isTestPath } from "../place/runtime.ts";
import { contentOf, type Content, type Entry, type Range } from "./entries.ts";

interface Position {
  readonly line: number;
  readonly column: number;
}

interface SourceCode {
  readonly ast: { readonly type: string };
  getLocFromIndex?(index: number): Position;
}

/** Keyed by the tree, as the models of programs are. */
const files = new WeakMap<object, ConfigFile | null>();

/** The model of a file of settings that a rule is looking at; undefined for what is none, or has nothing to do with Upstash. */
export function configFileOf(file: FileModel, sourceCode: SourceCode): ConfigFile | undefined {
  let found = files.get(sourceCode.ast);
  if (found === undefined) files.set(sourceCode.ast, (found = make(file, sourceCode)));
  return found ?? undefined;
}

/** In any spelling: settings have no imports, whose names would be sure to be there. */
const MENTIONS = /upstash|qstash|KV_REST/iu;

function make(file: FileModel, sourceCode: SourceCode): ConfigFile | null {
  if (!MENTIONS.test(file.text) && findCredentials(file.text, false).length === 0) return null;
  const content = contentOf(sourceCode.ast, sourceCode);
  return content && sourceCode.getLocFromIndex ? new ConfigFile(file, content, sourceCode) : null;
}

/**
 * Who gets to see the file. `tracked`: git has it. `unignored`: git does not have it, and no rule of the repository keeps
 * it out. `shared`: git can't be asked, and the file is one that is made to be shared. `private`: kept out of git.
 */
export type Exposure = "tracked" | "unignored" | "shared" | "private" | "unknown";

/** Made to be copied and filled in. */
const SAMPLE = /(?:^|[._-])(?:examples?|samples?|template|tmpl|tpl|dist|defaults?|schema|demo)(?=[._-]|$)/iu;
const TEST = /(?:^|[._-])(?:test|testing|ci|e2e|cypress|playwright)(?=[._-]|$)/iu;
const DEVELOPMENT = /(?:^|[._-])(?:dev|development|local)(?=[._-]|$)/iu;
/** Settings of one's own machine that are no `.env` file. */
const OWN = /(?:^|\/)(?:local\.settings\.json|\.vscode\/settings\.json)$|\.local\.\w+$/u;

/** The facts of one file of settings: `.env`, JSON or TOML. */
export class ConfigFile {
  readonly format: Content["format"];
  readonly entries: readonly Entry[];
  readonly comments: readonly Range[];
  readonly #file: FileModel;
  readonly #sourceCode: SourceCode;
  #exposure: Exposure | undefined;
  #addresses: ConfigFile["addresses"] | undefined;

  constructor(file: FileModel, content: Content, sourceCode: SourceCode) {
    this.#file = file;
    this.#sourceCode = sourceCode;
    this.format = content.format;
    this.entries = content.entries;
    this.comments = content.comments;
  }

  get text(): string {
    return this.#file.text;
  }

  get settings(): Settings {
    return this.#file.settings;
  }

  get mentionsUpstash(): boolean {
    return MENTIONS.test(this.text);
  }

  /** The file's name without its folders. */
  get name(): string {
    const { filename } = this.#file;
    return filename.slice(Math.max(filename.lastIndexOf("/"), filename.lastIndexOf("\\")) + 1);
  }

  /** Its values stand for others, or are made up: samples, and what tests use. */
  get isSample(): boolean {
    return SAMPLE.test(this.name) || TEST.test(this.name) || isTestPath(this.#file.relativePath);
  }

  /** Its values are read on the developer's machine, by its name. */
  get isForDevelopment(): boolean {
    return DEVELOPMENT.test(this.name);
  }

  /** Asked last: it looks at git's files. */
  get exposure(): Exposure {
    this.#exposure ??= this.#findExposure();
    return this.#exposure;
  }

  #findExposure(): Exposure {
    const { path, pass, relativePath } = this.#file;
    const state = path === undefined ? undefined : gitStateOf(path, pass);
    if (state === "tracked") return "tracked";
    if (state === "ignored") return "private";
    if (state === "untracked") return "unignored";
    const isKept = (this.format === "dotenv" && !SAMPLE.test(this.name)) || OWN.test(relativePath);
    return isKept ? "unknown" : "shared";
  }

  /** A place of the text as ESLint wants it. */
  locationOf([start, end]: Range): { readonly start: Position; readonly end: Position } {
    const at = (index: number): Position => this.#sourceCode.getLocFromIndex?.(index) ?? { line: 1, column: 0 };
    return { start: at(start), end: at(end) };
  }

  /** The text between the quotes is the value itself: places in the one are places in the other. */
  isVerbatim({ value, inner }: Entry): boolean {
    return this.text.slice(...inner) === value;
  }

  /**
   * What an entry holds by its name, or by its name and that of what it stands in (`upstash.token`). Undefined: the name
   * says nothing, or belongs to other services as well (`REDIS_PASSWORD`), and what is named like it
   * (`REDIS_HOST`) is no address of Upstash.
   */
  meaningOf({ name, path }: Entry): UpstashEnvName | undefined {
    const { envPrefixes, readOnlyTokenEnv } = this.settings;
    const around = path.at(-2);
    const found =
      classifyEnvName(name, envPrefixes, readOnlyTokenEnv) ??
      (around === undefined ? undefined : classifyEnvName(`${around}_${name}`.replaceAll(/\W/gu, "_"), envPrefixes, readOnlyTokenEnv));
    if (!found?.generic) return found;
    const lead = leadOf(privateNameOf(name, envPrefixes));
    const isUpstash = this.addresses.some(({ meaning, entry }) => {
      return meaning.product === found.product && leadOf(privateNameOf(entry.name, envPrefixes)) === lead && namesUpstashHost(entry.value);
    });
    return isUpstash ? found : undefined;
  }

  /** Entries that are addresses by their names, also those that other services use. */
  get addresses(): readonly { readonly entry: Entry; readonly meaning: UpstashEnvName }[] {
    this.#addresses ??= this.entries.flatMap((entry) => {
      const meaning = classifyEnvName(entry.name);
      return meaning?.kind === "url" || meaning?.kind === "connection-string" ? [{ entry, meaning }] : [];
    });
    return this.#addresses;
  }
}

/** What tells apart the names of two databases of one kind: `CACHE_` of `CACHE_REDIS_HOST`. */
const leadOf = (name: string): string => /^.*?(?=REDIS|KAFKA|VECTOR|SEARCH|STORAGE|KV)/u.exec(name)?.[0] ?? "";
