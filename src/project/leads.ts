import { glances, type Glance } from "./glance.ts";
import { outlines, type Section, type Use } from "./outline.ts";
import type { Project } from "./project.ts";

/** What reaches more than this is taken to reach what is looked for. */
const MAX_REACHED = 1000;

/** What is looked for in texts. `"end"`: neither the module nor what it imports counts. */
interface Target {
  inModule(glance: Glance, path: string): boolean | "end";
  inSection(section: Section): boolean;
  /** Whether the specifier of a package says so. */
  inSource(source: string): boolean;
}

/**
 * What leads to something that texts name, as far as they tell at a glance: first whole modules with all that they
 * import, then, where a module leads there, the names in it that do. Kept for one pass.
 */
export class Leads {
  readonly #project: Project;
  readonly #target: Target;
  readonly #modules = new Map<string, boolean>();
  readonly #sections = new Map<Section, boolean>();

  constructor(project: Project, target: Target) {
    this.#project = project;
    this.#target = target;
  }

  /** Whether a module, or one that it imports, does. */
  module(path: string): boolean {
    const before = this.#modules.get(path);
    if (before !== undefined) return before;
    const reached = new Set([path]);
    for (const at of reached) {
      const leads = this.#modules.get(at) ?? this.#look(at, reached);
      if (leads || reached.size > MAX_REACHED) {
        this.#modules.set(path, true);
        return true;
      }
    }
    for (const at of reached) this.#modules.set(at, false);
    return false;
  }

  /** Whether what a module exports under a name does: itself, or what it uses, here and in other modules. */
  name(path: string, name: string): boolean {
    if (!this.module(path)) return false;
    const start = this.#sectionsOf(path, name, new Set());
    return start === "whole" || this.#reach(start);
  }

  #look(path: string, reached: Set<string>): boolean {
    const glance = glances.get(path, this.#project.pass);
    const answer = glance ? this.#target.inModule(glance, path) : "end";
    if (!glance || answer === "end") return false;
    if (answer) return true;
    for (const source of glance.sources) {
      const next = this.#project.resolve(path, source);
      if (next !== undefined) reached.add(next);
    }
    return false;
  }

  #reach(start: readonly Section[]): boolean {
    if (start.some((section) => this.#sections.get(section) === true)) return true;
    const reached = new Set(start);
    for (const section of reached) {
      const before = this.#sections.get(section);
      if (before === false) continue;
      if (before === true || reached.size > MAX_REACHED || this.#lookAt(section, reached)) {
        const [only, ...others] = start;
        if (only && others.length === 0) this.#sections.set(only, true);
        return true;
      }
    }
    for (const section of reached) this.#sections.set(section, false);
    return false;
  }

  #lookAt(section: Section, reached: Set<Section>): boolean {
    if (this.#target.inSection(section)) return true;
    for (const other of section.sections) reached.add(other);
    for (const use of section.uses) {
      const found = this.#used(section.path, use);
      if (found === "whole") return true;
      for (const other of found) reached.add(other);
    }
    return false;
  }

  /** The sections behind a use; none where nothing that is looked for can be there, `"whole"` where it is not told apart. */
  #used(path: string, { source, name }: Use, seen = new Set<string>()): readonly Section[] | "whole" {
    if (this.#target.inSource(source)) return "whole";
    const module = this.#project.resolve(path, source);
    if (module === undefined || !this.module(module)) return [];
    return name === "*" ? "whole" : this.#sectionsOf(module, name, seen);
  }

  #sectionsOf(path: string, name: string, seen: Set<string>): readonly Section[] | "whole" {
    if (seen.has(path)) return [];
    seen.add(path);
    const outline = outlines.get(path, this.#project.pass);
    const own = outline?.exports.get(name);
    if (!outline || own) return own ?? "whole";
    const handedOn = outline.handedOn.get(name);
    if (handedOn) return this.#used(path, handedOn, seen);
    const found = outline.stars.map((source) => this.#used(path, { source, name }, seen));
    const sections = found.flatMap((one) => (one === "whole" ? [] : one));
    // Nothing says where the name comes from: it may come from where nothing can be told.
    return sections.length > 0 ? sections : "whole";
  }
}
