import type { ExportFacts, ModuleFacts, Value } from "../model/values/ir.ts";
import { type Pass, readText, stampOf } from "./disk.ts";
import { glances, type Glance } from "./glance.ts";
import { autoImport, nitroServerOf } from "./nitro.ts";
import { ImportsOf } from "./resolver.ts";
import { summarise } from "./summarise.ts";

interface Summary {
  readonly stamp: string;
  readonly facts: ModuleFacts | undefined;
  readonly size: number;
}

/** Summaries by path, the longest unused first; shared by all files that this process lints. */
const summaries = new Map<string, Summary>();
/** Text behind the summaries that are kept, in characters. */
const KEPT_TEXT = 1_000_000;
let keptText = 0;

/** A module that reaches more than this is taken to reach Upstash. */
const MAX_REACHED = 1000;
const PROJECTS = {};

/** The project below a root, as one pass sees it. */
export function projectAt(root: string, pass: Pass): Project {
  return pass.memo(PROJECTS, root, () => new Project(root, pass));
}

/**
 * The other files of the project, as the files linted in one pass see them. Everything here answers undefined where a
 * module is outside the project, can't be found, read or parsed.
 */
export class Project {
  readonly root: string;
  readonly pass: Pass;
  readonly #imports = new Map<string, ImportsOf>();
  readonly #leading = new Map<string, boolean>();
  readonly #leadingBrowsers = new Map<string, boolean>();
  readonly #leadingDanger = new Map<string, boolean>();

  constructor(root: string, pass: Pass) {
    this.root = root;
    this.pass = pass;
  }

  /** Absolute path of the project file that an import means. */
  resolve(from: string, specifier: string): string | undefined {
    let imports = this.#imports.get(from);
    if (!imports) this.#imports.set(from, (imports = new ImportsOf(from, this)));
    return imports.resolve(specifier);
  }

  /** The facts of a file; re-read when the file has changed since they were made. */
  module(path: string): ModuleFacts | undefined {
    // Not kept here: the summaries have a limit of their own.
    return moduleFacts(path, this.pass);
  }

  /**
   * Whether a module, or one that it imports, names Upstash, as far as their texts tell at a glance.
   * @param forBrowsers what a `"use server"` module does behind its functions is left out
   */
  leadsToUpstash(path: string, forBrowsers: boolean): boolean {
    const known = forBrowsers ? this.#leadingBrowsers : this.#leading;
    return this.#leads(path, known, (glance) => (forBrowsers && glance.answersBrowsers ? "end" : glance.mentionsUpstash));
  }

  /** Whether a module, or one that it imports, may write a command of {@link Glance.namesDangerousCommand}. */
  leadsToDangerousCommand(path: string): boolean {
    return this.#leads(path, this.#leadingDanger, (glance) => glance.namesDangerousCommand);
  }

  /** @param look whether a module is what is looked for; `"end"`: neither it nor what it imports */
  #leads(path: string, known: Map<string, boolean>, look: (glance: Glance) => boolean | "end"): boolean {
    const before = known.get(path);
    if (before !== undefined) return before;
    const reached = new Set([path]);
    for (const at of reached) {
      const leads = known.get(at) ?? this.#look(at, look, reached);
      if (leads || reached.size > MAX_REACHED) {
        known.set(path, true);
        return true;
      }
    }
    for (const at of reached) known.set(at, false);
    return false;
  }

  #look(path: string, look: (glance: Glance) => boolean | "end", reached: Set<string>): boolean {
    const glance = glances.get(path, this.pass);
    const answer = glance ? look(glance) : "end";
    if (!glance || answer === "end") return false;
    if (answer) return true;
    for (const source of glance.sources) {
      const next = this.resolve(path, source);
      if (next !== undefined) reached.add(next);
    }
    return false;
  }

  /**
   * What a name that a module does not declare stands for where the framework makes helpers known by their place:
   * in the server of Nuxt and Nitro.
   */
  autoImported(from: string | undefined, name: string): { readonly value: Value; readonly module: ModuleFacts } | undefined {
    const server = from === undefined || !from.includes("/server/") ? undefined : nitroServerOf(from, this.root, this.pass);
    const found = server === undefined ? undefined : autoImport(server, name, this.pass);
    const module = found && found.path !== from ? this.module(found.path) : undefined;
    const exported = module && found && this.exported(module, found.name);
    return exported?.facts.value && { value: exported.facts.value, module: exported.module };
  }

  /** What `name` is in a module, through `export *` too, and the module that says so. */
  exported(module: ModuleFacts, name: string, seen = new Set<ModuleFacts>()): Exported | undefined {
    const facts = module.exports.get(name);
    if (facts) return { facts, module };
    if (seen.has(module) || name === "default") return undefined;
    seen.add(module);
    for (const source of module.stars) {
      const path = module.path === undefined ? undefined : this.resolve(module.path, source);
      const next = path === undefined ? undefined : this.module(path);
      const found = next && this.exported(next, name, seen);
      if (found) return found;
    }
    return undefined;
  }
}

export interface Exported {
  readonly facts: ExportFacts;
  readonly module: ModuleFacts;
}

function moduleFacts(path: string, pass: Pass): ModuleFacts | undefined {
  const stamp = stampOf(path, pass);
  const known = summaries.get(path);
  if (stamp === undefined) return undefined;
  if (known && known.stamp === stamp) {
    summaries.delete(path);
    summaries.set(path, known);
    return known.facts;
  }
  const text = readText(path);
  if (text === undefined) return undefined;
  const facts = trySummarise(path, text);
  keptText += text.length - (known?.size ?? 0);
  summaries.delete(path);
  summaries.set(path, { stamp, facts, size: text.length });
  for (const [oldest, { size }] of summaries) {
    if (keptText <= KEPT_TEXT) break;
    summaries.delete(oldest);
    keptText -= size;
  }
  return facts;
}

/** A file that our parser or evaluator can't cope with is unknown, never an error in somebody else's file. */
function trySummarise(path: string, text: string): ModuleFacts | undefined {
  try {
    return summarise(path, text);
  } catch {
    return undefined;
  }
}
