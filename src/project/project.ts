import type { ExportFacts, ModuleFacts, Value } from "../model/values/ir.ts";
import { sdkExport } from "../sdk/packages.ts";
import { type Pass, readText, stampOf } from "./disk.ts";
import { dangers, mentionsUpstash } from "./glance.ts";
import { Leads } from "./leads.ts";
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
const KEPT_TEXT = 2_000_000;
let keptText = 0;

/** What was let go of `summaries`: as long as the engine has not needed the room, it need not be read again. */
const released = new Map<string, { readonly stamp: string; readonly size: number; readonly facts: WeakRef<ModuleFacts> }>();

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
  /** What leads to code that names Upstash. */
  readonly upstash = new Leads(this, {
    inModule: (glance) => glance.mentionsUpstash,
    inSection: (section) => section.mentionsUpstash,
    inSource: mentionsUpstash,
  });
  /** What takes code that names Upstash into a bundle for browsers: not what a `"use server"` module does behind its functions. */
  readonly upstashInBrowsers = new Leads(this, {
    inModule: (glance) => (glance.answersBrowsers ? "end" : glance.mentionsUpstash),
    inSection: (section) => section.mentionsUpstash,
    inSource: mentionsUpstash,
  });
  /** What leads to code that may run a command of `namesDangerousCommand`. */
  readonly danger = new Leads(this, {
    inModule: (_glance, path) => dangers.get(path, this.pass) === true,
    inSection: (section) => section.namesDangerousCommand,
    inSource: () => false,
  });

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
  exported(module: ModuleFacts, name: string): Exported | undefined {
    const packages: HandedOn[] = [];
    const own = this.#exported(module, name, packages, new Set());
    return own ?? (name === "default" ? undefined : ofPackages(packages, name));
  }

  #exported(module: ModuleFacts, name: string, packages: HandedOn[], seen: Set<ModuleFacts>): Exported | undefined {
    const facts = module.exports.get(name);
    if (facts) return { facts, module };
    if (seen.has(module) || name === "default") return undefined;
    seen.add(module);
    for (const source of module.stars) {
      const path = module.path === undefined ? undefined : this.resolve(module.path, source);
      if (path === undefined && isPackage(source)) packages.push({ source, module });
      const next = path === undefined ? undefined : this.module(path);
      const found = next && this.#exported(next, name, packages, seen);
      if (found) return found;
    }
    return undefined;
  }
}

/** `export * from "some-package"` */
interface HandedOn {
  readonly source: string;
  readonly module: ModuleFacts;
}

const isPackage = (source: string): boolean => !/^(?:[./~#$]|@\/)/u.test(source);

/** By the module that hands a name on: the same value each time that it is asked. */
const handedOn = new WeakMap<ModuleFacts, Map<string, Exported>>();

/**
 * The package that a name comes from which no module of the project declares: the one whose table has it, or the only one
 * that there is.
 */
function ofPackages(packages: readonly HandedOn[], name: string): Exported | undefined {
  const sources = new Set(packages.map(({ source }) => source));
  const found = packages.find(({ source }) => sdkExport(source, name)) ?? (sources.size === 1 ? packages[0] : undefined);
  if (!found) return undefined;
  const { source, module } = found;
  let names = handedOn.get(module);
  if (!names) handedOn.set(module, (names = new Map<string, Exported>()));
  const id = `${source}#${name}`;
  let exported = names.get(id);
  if (!exported) {
    const facts: ExportFacts = { value: { kind: "import", source, name }, type: { kind: "import", source, name, args: [] } };
    names.set(id, (exported = { facts, module }));
  }
  return exported;
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
  const summary = takeBack(path, stamp) ?? readSummary(path, stamp);
  if (!summary) return undefined;
  keptText += summary.size - (known?.size ?? 0);
  summaries.delete(path);
  summaries.set(path, summary);
  for (const [oldest, { size, facts, stamp: of }] of summaries) {
    if (keptText <= KEPT_TEXT) break;
    summaries.delete(oldest);
    keptText -= size;
    if (facts) released.set(oldest, { stamp: of, size, facts: new WeakRef(facts) });
  }
  return summary.facts;
}

function takeBack(path: string, stamp: string): Summary | undefined {
  const freed = released.get(path);
  released.delete(path);
  const facts = freed?.stamp === stamp ? freed.facts.deref() : undefined;
  return freed && facts && { stamp, facts, size: freed.size };
}

function readSummary(path: string, stamp: string): Summary | undefined {
  const text = readText(path);
  return text === undefined ? undefined : { stamp, facts: trySummarise(path, text), size: text.length };
}

/** A file that our parser or evaluator can't cope with is unknown, never an error in somebody else's file. */
function trySummarise(path: string, text: string): ModuleFacts | undefined {
  try {
    return summarise(path, text);
  } catch {
    return undefined;
  }
}
