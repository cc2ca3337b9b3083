import type { FileModel } from "../file.ts";
import type { CallValue, ClassFacts, FunctionFacts, ModuleFacts, Step, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import type { Located } from "../values/trace.ts";
import { classMember, target } from "../values/values.ts";

/*
 * Applications are put together when a module is loaded, or in a function or class that does so: `createApp()`,
 * `new Server()`. What such a function calls of its own module is read where it is called, so that the order holds.
 */

/** Functions in each other. */
const MAX_DEPTH = 4;
/** Calls of a module: more than this puts no application together. */
const MAX_CALLS = 3000;

/** All calls of one set-up, in the order in which they run. */
export type SetUp = readonly Located<CallValue>[];

const known = new WeakMap<FileModel, Map<ModuleFacts, readonly SetUp[]>>();

/**
 * What runs when a module is loaded, followed by what each of its exported functions and classes runs by itself. Those
 * that are called by others of the module are read there alone.
 */
export function setUpsOf(file: FileModel, module: ModuleFacts): readonly SetUp[] {
  const ofFile = known.get(file) ?? new Map<ModuleFacts, readonly SetUp[]>();
  known.set(file, ofFile);
  let setUps = ofFile.get(module);
  if (!setUps) ofFile.set(module, (setUps = readSetUps(file, module)));
  return setUps;
}

function readSetUps(file: FileModel, module: ModuleFacts): readonly SetUp[] {
  const candidates = [...module.exports.values()].flatMap(({ value }) => (value ? functionsOf(target(value)) : []));
  const called = new Set<FunctionFacts>();
  const note = (steps: readonly Step[]): void => {
    for (const fn of [...callsIn(steps)].flatMap(calledFunctions)) {
      if (called.has(fn)) continue;
      called.add(fn);
      note(fn.body);
    }
  };
  for (const body of [module.body, ...candidates.map((fn) => fn.body)]) note(body);
  const read = new Reader(file, module);
  const bodies = [module.body, ...candidates.filter((fn) => !called.has(fn)).map((fn) => fn.body)];
  return bodies.map((body) => [...read.calls(body)]);
}

/** An exported function; of a class what makes an instance, then its methods. */
function functionsOf(value: Value): readonly FunctionFacts[] {
  if (value.kind === "function") return [value.fn];
  // An instance that is exported was made when the module was loaded.
  return value.kind === "class" ? methodsOf(value.cls) : [];
}

function methodsOf({ construct, members, statics }: ClassFacts): readonly FunctionFacts[] {
  const methods = [...members.values(), ...statics.values()].flatMap((member) => (member.kind === "function" ? [member.fn] : []));
  return construct ? [construct, ...methods] : methods;
}

/** The functions of the same module that a call runs: by name, of `this`, of a class or an instance, and constructors. */
function calledFunctions({ callee, isNew }: CallValue): readonly FunctionFacts[] {
  const at = target(callee);
  if (at.kind === "function") return [at.fn];
  if (at.kind === "class") return isNew && at.cls.construct ? [at.cls.construct] : [];
  if (at.kind !== "member" || at.property === undefined) return [];
  const object = target(at.object);
  const made = object.kind === "call" && object.isNew ? target(object.callee) : undefined;
  const method = made?.kind === "class" ? made.cls.members.get(at.property) : classMember(object, at.property);
  return method?.kind === "function" ? [method.fn] : [];
}

class Reader {
  readonly #file: FileModel;
  readonly #module: ModuleFacts;
  #left = MAX_CALLS;

  constructor(file: FileModel, module: ModuleFacts) {
    this.#file = file;
    this.#module = module;
  }

  *calls(steps: readonly Step[], place: Located["place"] = { module: this.#module }, depth = 0): Generator<Located<CallValue>> {
    for (const value of callsIn(steps)) {
      if (this.#left-- <= 0) return;
      const call = { value, place };
      yield call;
      if (depth >= MAX_DEPTH) continue;
      for (const fn of calledFunctions(value)) {
        const inside = this.#file.tracer.inside(call, { fn, place: { module: this.#module } });
        yield* this.calls(fn.body, inside, depth + 1);
      }
    }
  }
}
