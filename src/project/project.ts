import type { ExportFacts, ModuleFacts } from "../model/ir.ts";
import { type Pass, readText, stampOf } from "./disk.ts";
import { resolveModule } from "./resolver.ts";
import { summarise } from "./summarise.ts";

interface Summary {
  readonly stamp: string;
  readonly facts: ModuleFacts | undefined;
  readonly size: number;
}

/** Summaries by path, oldest first; shared by all files that this process lints. */
const summaries = new Map<string, Summary>();
/** Text behind the summaries that are kept, in characters. */
const KEPT_TEXT = 4_000_000;
let keptText = 0;

/**
 * The other files of the project, as one linted file sees them. Everything here answers undefined where a module is
 * outside the project, can't be found, read or parsed.
 */
export class Project {
  readonly root: string;
  readonly pass: Pass;
  readonly #resolved = new Map<string, string | undefined>();
  readonly #modules = new Map<string, ModuleFacts | undefined>();

  constructor(root: string, pass: Pass) {
    this.root = root;
    this.pass = pass;
  }

  /** Absolute path of the project file that an import means. */
  resolve(from: string, specifier: string): string | undefined {
    const key = `${from}\0${specifier}`;
    if (!this.#resolved.has(key)) this.#resolved.set(key, resolveModule(from, specifier, this));
    return this.#resolved.get(key);
  }

  /** The facts of a file; re-read when the file has changed since they were made. */
  module(path: string): ModuleFacts | undefined {
    if (!this.#modules.has(path)) this.#modules.set(path, moduleFacts(path, this.pass));
    return this.#modules.get(path);
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
  if (known && known.stamp === stamp) return known.facts;
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
