import { normaliseSource, type CanonicalPath } from "../../sdk/canonical.ts";
import type { Project } from "../../project/project.ts";
import type {
  CallValue,
  ChoiceValue,
  FunctionFacts,
  ImportValue,
  MemberValue,
  ModuleFacts,
  ParamValue,
  TypeShape,
  Value,
} from "./ir.ts";
import { RUN_AT_ONCE } from "../../sdk/runners.ts";
import { environmentOfImport } from "../credentials/env-values.ts";
import { declaredType } from "./chains.ts";
import { foldedCalls } from "./folds.ts";
import { behindProxy } from "./proxies.ts";
import { memberOf } from "./values.ts";

/** Where a value is to be read: its module, and the call that its parameters belong to. */
export interface Place {
  readonly module: ModuleFacts;
  readonly frame?: Frame;
}

/** One call of a function. The tracer makes one object for each, so that answers can be kept with it. */
interface Frame {
  readonly fn: FunctionFacts;
  readonly args: readonly Value[];
  /** Where the arguments are to be read. */
  readonly place: Place;
  /** From here on it is not known which argument is which. */
  readonly spreadAt: number | undefined;
  /** The call in which the function was made: it may use what that one was handed. */
  readonly outer?: Frame | undefined;
}

export interface Located<V extends Value = Value> {
  readonly value: V;
  readonly place: Place;
}

export interface LocatedType {
  readonly type: TypeShape;
  readonly place: Place;
}

/** `globalThis.prisma`: where a program keeps something for later, which says nothing of what it is. */
function isSlot({ source, path }: CanonicalPath): boolean {
  return source === "global" && path.length > 1 && /^(?:globalThis|global|window|self)$/u.test(path[0] ?? "");
}

/** Values that lead on to others. */
type Followed = ChoiceValue | ImportValue | ParamValue | MemberValue | CallValue;

/** How far one question may lead before the answer is unknown. */
const MAX_DEPTH = 24;
const MAX_ALTERNATIVES = 12;
const MAX_NESTING = 16;
const MAX_STEPS = 4000;
/** How far all questions about one file may lead together: beyond it, everything is unknown. */
const MAX_FILE_STEPS = 400_000;

/** Functions that hand back their first argument, or a function that behaves as it does. */
const IDENTITIES = new Set([
  "global#Object.freeze",
  "global#Object.seal",
  "global#structuredClone",
  "global#Promise.resolve",
  "react#cache",
  "next/cache#unstable_cache",
  "react#useCallback",
  "util#promisify",
  "util#default.promisify",
]);

/**
 * Follows values to where they come from: through variables, assertions, `await`, imports, re-exports, object members,
 * function returns and parameters, in this file and in others.
 */
export class Tracer {
  readonly project: Project | undefined;
  readonly #known = new PerFrame<readonly Located[]>();
  readonly #paths = new PerFrame<CanonicalPath | undefined>();
  readonly #answers = new Map<object, PerFrame<unknown>>();
  readonly #places = new PerFrame<{ readonly fn: FunctionFacts; readonly inside: Place }[]>();
  /** `then(handler)` as a call of the handler. */
  readonly #settled = new Map<CallValue, CallValue>();
  #nesting = 0;
  #steps = 0;
  #fileSteps = 0;
  /** Questions that ended at a limit: what was found on the way may not be all. */
  #cutShort = 0;

  constructor(project: Project | undefined) {
    this.project = project;
  }

  /**
   * The answer to a question about a value, which is asked once in each call that it is read in. A question that comes
   * back to itself gets `meanwhile`.
   * @param question an object that stands for the question
   */
  memo<T>(question: object, { value, place }: Located, meanwhile: T, answer: () => T): T {
    let answers = this.#answers.get(question) as PerFrame<T> | undefined;
    if (!answers) this.#answers.set(question, (answers = new PerFrame<T>()));
    const known = answers.of(place);
    const before = known.get(value);
    if (before !== undefined || known.has(value)) return before as T;
    known.set(value, meanwhile);
    const found = answer();
    known.set(value, found);
    return found;
  }

  /** How many questions have ended at a limit so far: what was answered meanwhile may not be all. */
  get limitsMet(): number {
    return this.#cutShort;
  }

  /** Everything that a value may be, each followed as far as it can be. Never empty. */
  alternatives(located: Located): readonly Located[] {
    const { value, place } = located;
    const known = this.#known.of(place);
    const before = known.get(value);
    if (before) return before.length > 0 ? before : [located];
    if (this.#nesting > MAX_NESTING) {
      this.#cutShort++;
      return [located];
    }
    if (this.#nesting === 0) this.#steps = 0;
    const found: Located[] = [];
    this.#nesting++;
    this.#follow(value, place, found, 0);
    this.#nesting--;
    return found.length > 0 ? found : [located];
  }

  /** The one thing that a value is, or undefined where it may be several. */
  only(located: Located): Located | undefined {
    const all = this.alternatives(located);
    return all.length === 1 ? all[0] : undefined;
  }

  /** The constant that a value is known to be. */
  constant(located: Located): string | number | bigint | boolean | null | undefined {
    const value = this.only(located)?.value;
    return value?.kind === "literal" ? value.value : undefined;
  }

  /** What a property of an object may be; empty where the object does not have it or is not known. */
  property(located: Located, name: string): readonly Located[] {
    return this.alternatives(located).flatMap((object) => this.#memberAlternatives(object, name, 0) ?? []);
  }

  /** The functions that a value may be. */
  functions(located: Located): readonly { readonly fn: FunctionFacts; readonly place: Place }[] {
    return this.alternatives(located).flatMap(({ value, place }) =>
      value.kind === "function" ? [{ fn: value.fn, place }] : [],
    );
  }

  /** Where the body of a called function is to be read: with this call's arguments. */
  inside(call: Located<CallValue>, callee: { readonly fn: FunctionFacts; readonly place: Place }): Place {
    const { value, place } = call;
    const { fn } = callee;
    const ofCall = this.#places.of(place);
    const entered = ofCall.get(value) ?? [];
    const outer = callee.place.frame;
    const before = entered.find((entry) => entry.fn === fn && entry.inside.frame?.outer === outer);
    if (before) return before.inside;
    const inside: Place = { module: callee.place.module, frame: { fn, args: value.args, spreadAt: value.spreadAt, place, outer } };
    ofCall.set(value, [...entered, { fn, inside }]);
    return inside;
  }

  /** The name of a value in the outside world: package, export, members; undefined where it has none. */
  canonical(located: Located): CanonicalPath | undefined {
    return this.#canonical(located, 0);
  }

  /** The module and export that an import means, where it is one of the project's files. */
  imported(value: ImportValue, place: Place): Located | undefined {
    const { project } = this;
    const from = place.module.path;
    if (!project || from === undefined) return undefined;
    const path = project.resolve(from, value.source);
    const module = path === undefined ? undefined : project.module(path);
    if (!module || value.name === "*") return undefined;
    const exported = project.exported(module, value.name);
    return exported?.facts.value && { value: exported.facts.value, place: { module: exported.module } };
  }

  /** A named type of another file of the project. */
  importedType(source: string, name: string, place: Place): LocatedType | undefined {
    const { project } = this;
    const path = project && place.module.path !== undefined ? project.resolve(place.module.path, source) : undefined;
    const module = path === undefined ? undefined : project?.module(path);
    const exported = module && project?.exported(module, name);
    return exported?.facts.type && { type: exported.facts.type, place: { module: exported.module } };
  }

  #follow(value: Value, place: Place, found: Located[], depth: number): void {
    if (found.length >= MAX_ALTERNATIVES) return;
    if (depth > MAX_DEPTH || this.#steps++ > MAX_STEPS || this.#fileSteps++ > MAX_FILE_STEPS) {
      this.#cutShort++;
      found.push({ value, place });
      return;
    }
    switch (value.kind) {
      case "ref":
        if (value.target.kind === "unknown" && value.type) found.push({ value, place });
        else this.#follow(value.target, place, found, depth + 1);
        return;
      case "await":
        return this.#follow(value.value, place, found, depth + 1);
      case "choice":
      case "import":
      case "param":
      case "member":
      case "call": {
        const all = this.#followOnce(value, place, depth);
        found.push(...(found.length === 0 ? all : all.slice(0, MAX_ALTERNATIVES - found.length)));
        return;
      }
      case "global": {
        const known = this.project?.autoImported(place.module.path, value.name);
        if (known) this.#follow(known.value, { module: known.module }, found, depth + 1);
        else found.push({ value, place });
        return;
      }
      default:
        found.push({ value, place });
    }
  }

  /** Where a value leads, kept for all that comes by it; nothing is kept of a way that was cut short. */
  #followOnce(value: Followed, place: Place, depth: number): readonly Located[] {
    const known = this.#known.of(place);
    const before = known.get(value);
    if (before) return before;
    // A value that is asked about while it is being followed is as far as it goes.
    known.set(value, [{ value, place }]);
    const found: Located[] = [];
    const cutShort = this.#cutShort;
    this.#followOn(value, place, found, depth);
    if (cutShort === this.#cutShort) known.set(value, found);
    else known.delete(value);
    return found;
  }

  #followOn(value: Followed, place: Place, found: Located[], depth: number): void {
    switch (value.kind) {
      case "choice":
        for (const option of value.options) this.#follow(option, place, found, depth + 1);
        return;
      case "import": {
        const imported = this.imported(value, place);
        if (imported) this.#follow(imported.value, imported.place, found, depth + 1);
        else found.push({ value: environmentOfImport(value.source, value.name) ?? value, place });
        return;
      }
      case "param": {
        const bound = boundArgument(value.fn, value.index, place);
        if (bound && !value.rest) this.#follow(bound.value, bound.place, found, depth + 1);
        else found.push({ value, place });
        return;
      }
      case "member":
        return this.#followMember(value, place, found, depth);
      case "call":
        return this.#followCall(value, place, found, depth);
    }
  }

  #followMember(value: MemberValue, place: Place, found: Located[], depth: number): void {
    const name = value.property ?? (value.key && this.#constantKey({ value: value.key, place }));
    const objects: Located[] = [];
    this.#follow(value.object, place, objects, depth + 1);
    for (const object of objects) {
      const members = this.#memberAlternatives(object, name, depth);
      if (members) found.push(...members.slice(0, MAX_ALTERNATIVES - found.length));
      else found.push({ value: name === undefined ? value : memberOf(object.value, name, nodeOf(value)), place: object.place });
    }
  }

  #constantKey(located: Located): string | undefined {
    const constant = this.constant(located);
    return typeof constant === "string" || typeof constant === "number" ? String(constant) : undefined;
  }

  /** Undefined where the object's members are not known. */
  #memberAlternatives(object: Located, name: string | undefined, depth: number): readonly Located[] | undefined {
    const { value, place } = object;
    const found: Located[] = [];
    switch (value.kind) {
      case "object": {
        if (name === undefined) return undefined;
        const written = value.entries.findLastIndex((entry) => entry.key === name);
        value.entries.forEach((entry, index) => {
          if (entry.key === name && !entry.spread) this.#follow(entry.value, place, found, depth + 1);
          if (!entry.spread || entry.omit?.includes(name)) return;
          const spread: Located[] = [];
          this.#follow(entry.value, place, spread, depth + 1);
          for (const part of spread) {
            const members = this.#memberAlternatives(part, name, depth + 1);
            if (members) found.push(...members);
            // `{ ...user }.email` is `user.email`, unless an `email` is written behind the spread.
            else if (index > written && mayHoldMembers(part.value)) {
              found.push({ value: memberOf(part.value, name), place: part.place });
            }
          }
        });
        return found.length > 0 ? found : undefined;
      }
      case "array":
        if (name === undefined) for (const item of value.items) this.#follow(item, place, found, depth + 1);
        else {
          const item = value.items[Number(name)];
          if (item) this.#follow(item, place, found, depth + 1);
        }
        return found.length > 0 ? found : undefined;
      case "import":
        if (value.name !== "*" || name === undefined) return undefined;
        this.#follow({ kind: "import", source: value.source, name }, place, found, depth + 1);
        return found;
      case "param": {
        const bound = value.rest ? restArguments(value, place)?.[Number(name)] : undefined;
        if (bound) this.#follow(bound.value, bound.place, found, depth + 1);
        return bound && found;
      }
      case "class":
      case "this":
      case "call":
        return name === undefined ? undefined : this.#classMember(object, name, found, depth);
      default:
        return undefined;
    }
  }

  #classMember(object: Located, name: string, found: Located[], depth: number): readonly Located[] | undefined {
    const isStatic = object.value.kind === "class";
    let cls = isStatic || object.value.kind === "this" ? object : this.#newInstance(object);
    for (let steps = 0; cls && steps < MAX_NESTING; steps++) {
      const { value, place } = cls;
      if (value.kind !== "class" && value.kind !== "this") return undefined;
      const member = (isStatic ? value.cls.statics : value.cls.members).get(name);
      if (member) this.#follow(member, place, found, depth + 1);
      if (member) break;
      cls = value.cls.superclass && this.#class({ value: value.cls.superclass, place });
    }
    return found.length > 0 ? found : undefined;
  }

  /** The class that `new` makes an instance of, with the constructor's arguments left open. */
  #newInstance({ value, place }: Located): Located | undefined {
    return value.kind === "call" && value.isNew ? this.#class({ value: value.callee, place }) : undefined;
  }

  /** The first class of a file that a value may be. */
  #class(located: Located): Located | undefined {
    return this.alternatives(located).find(({ value }) => value.kind === "class");
  }

  #followCall(value: CallValue, place: Place, found: Located[], depth: number): void {
    if (value.isNew) {
      const behind = behindProxy(value);
      if (behind) this.#follow(behind, place, found, depth + 1);
      else found.push({ value, place });
      return;
    }
    const folded = foldedCalls(this, { value, place });
    if (folded) return this.#follow(folded, place, found, depth + 1);
    const callees: Located[] = [];
    this.#follow(value.callee, place, callees, depth + 1);
    let isOpen = false;
    for (const callee of callees) {
      const before = found.length;
      this.#followResult({ value, place }, callee, found, depth);
      isOpen ||= found.length === before;
    }
    // The call itself stands for what can't be followed: its callee can be traced again from here.
    if (isOpen) found.push({ value, place });
  }

  #followResult(call: Located<CallValue>, callee: Located, found: Located[], depth: number): void {
    const { value } = callee;
    const [first] = call.value.args;
    if (value.kind === "function") {
      if (isRecursive(value.fn, call.place)) return;
      const inside = this.inside(call, { fn: value.fn, place: callee.place });
      for (const returned of value.fn.returns) this.#follow(returned, inside, found, depth + 1);
      return;
    }
    if (value.kind === "member" && value.property === "then" && first) {
      const settled = this.#settled.get(call.value) ?? ({ kind: "call", callee: first, args: [value.object], isNew: false } as const);
      this.#settled.set(call.value, settled);
      const handlers = this.alternatives({ value: first, place: call.place });
      if (handlers.some((handler) => handler.value.kind === "function")) {
        this.#follow(settled, call.place, found, depth + 1);
      }
      return;
    }
    // `controller.create.bind(controller)`: the same function. What further arguments stand for is not followed.
    if (value.kind === "member" && value.property === "bind" && call.value.args.length <= 1) {
      for (const bound of this.alternatives({ value: value.object, place: callee.place })) {
        if (bound.value.kind === "function") this.#follow(bound.value, bound.place, found, depth + 1);
      }
      return;
    }
    if (!first) return;
    const path = this.#canonical(callee, depth + 1);
    if (!path) return;
    const run = RUN_AT_ONCE.match(path);
    const handed = run && call.value.args[run.argument];
    if (handed) return this.#followHanded({ value: handed, place: call.place }, found, depth);
    const name = `${path.source}#${path.path.join(".")}`;
    // `Prisma.validator<Prisma.NoteSelect>()({ … })`, also of a client that the project has generated.
    if (IDENTITIES.has(name) || path.path.join(".") === "Prisma.validator") this.#follow(first, call.place, found, depth + 1);
    // The elements of Promise.all([...]) keep their places.
    else if (/^global#Promise\.(?:all|allSettled|race|any)$/u.test(name)) this.#follow(first, call.place, found, depth + 1);
  }

  /** `storage.run(store, fn)`: what the function gives back, which is handed nothing. */
  #followHanded(handed: Located, found: Located[], depth: number): void {
    const functions: Located[] = [];
    this.#follow(handed.value, handed.place, functions, depth + 1);
    if (!functions.every(({ value }) => value.kind === "function")) return;
    for (const { value, place } of functions) if (value.kind === "function") for (const returned of value.fn.returns) this.#follow(returned, place, found, depth + 1);
  }

  #canonical(located: Located, depth: number): CanonicalPath | undefined {
    const known = this.#paths.of(located.place);
    const before = known.get(located.value);
    if (before || known.has(located.value) || depth > MAX_DEPTH) return before;
    known.set(located.value, undefined);
    const found = this.#findPath(located, depth);
    known.set(located.value, found);
    return found;
  }

  #findPath(located: Located, depth: number): CanonicalPath | undefined {
    let slot: CanonicalPath | undefined;
    for (const alternative of this.alternatives(located)) {
      const path = this.#pathOf(alternative, depth);
      if (path && !isSlot(path)) return path;
      slot ??= path;
    }
    const declared = declaredType(located.value);
    return (declared && typePath(declared)) ?? slot;
  }

  #pathOf({ value, place }: Located, depth: number): CanonicalPath | undefined {
    switch (value.kind) {
      case "import":
        return { source: normaliseSource(value.source), path: value.name === "*" ? [] : [value.name] };
      case "global":
        return { source: "global", path: [value.name] };
      case "env":
        return { source: "env", path: [value.name ?? "*"] };
      case "ref": {
        return value.type && typePath(value.type);
      }
      case "member": {
        const base = this.#canonical({ value: value.object, place }, depth + 1);
        return base && { source: base.source, path: [...base.path, value.property ?? "*"] };
      }
      case "call":
        return this.#canonical({ value: value.callee, place }, depth + 1);
      case "class":
        return value.cls.superclass && this.#canonical({ value: value.cls.superclass, place }, depth + 1);
      case "this":
        return value.cls.superclass && this.#canonical({ value: value.cls.superclass, place }, depth + 1);
      case "param": {
        const type = value.fn.params[value.index]?.type;
        return type && typePath(type);
      }
      default:
        return undefined;
    }
  }
}

/** What is known of values; a parameter may be another thing in each call of its function. */
class PerFrame<T> {
  readonly #unframed = new Map<Value, T>();
  readonly #framed = new Map<Frame, Map<Value, T>>();

  of({ frame }: Place): Map<Value, T> {
    if (!frame) return this.#unframed;
    let known = this.#framed.get(frame);
    if (!known) this.#framed.set(frame, (known = new Map<Value, T>()));
    return known;
  }
}

/** False for what can be seen not to have the member that was looked for. */
function mayHoldMembers({ kind }: Value): boolean {
  return kind !== "literal" && kind !== "object" && kind !== "operation" && kind !== "unknown" && kind !== "function";
}

function nodeOf(value: Value): { node?: NonNullable<Value["node"]> } {
  return value.node ? { node: value.node } : {};
}

/** What a call hands over for a parameter of a function that a place is in; undefined where it is not known. */
export function boundArgument(fn: FunctionFacts, index: number, place: Place): Located | undefined {
  const frame = frameOf(fn, place);
  const value = frame?.args[index];
  return frame && value && { value, place: frame.place };
}

/** What a call hands over for a rest parameter; undefined where it is not known. */
export function restArguments({ fn, index }: ParamValue, place: Place): readonly Located[] | undefined {
  const frame = frameOf(fn, place);
  return frame?.spreadAt === undefined ? frame?.args.slice(index).map((value) => ({ value, place: frame.place })) : undefined;
}

/** The call of a function that a place is in, or that made the function it is in. */
export function frameOf(fn: FunctionFacts, place: Place): Frame | undefined {
  let { frame } = place;
  for (let steps = 0; frame && frame.fn !== fn && steps < MAX_DEPTH; steps++) frame = frame.outer;
  return frame?.fn === fn ? frame : undefined;
}

/** True where the function is being read already: a call of itself says nothing new. */
function isRecursive(fn: FunctionFacts, place: Place): boolean {
  let { frame } = place;
  for (let steps = 0; frame && steps < MAX_DEPTH; steps++) {
    if (frame.fn === fn) return true;
    ({ frame } = frame.place);
  }
  return frame !== undefined;
}

/** A type that a package declares: what is of that type is that class's instance. */
function typePath(type: TypeShape): CanonicalPath | undefined {
  if (type.kind === "import") return { source: normaliseSource(type.source), path: type.name.split(".") };
  if (type.kind === "any-of") return type.of.map(typePath).find((path) => path !== undefined);
  if (type.kind === "named" && type.target) return typePath(type.target);
  return undefined;
}
