import { passthroughOf } from "../../sdk/passthrough.ts";
import type { Settings } from "../../settings.ts";
import type { Node } from "../syntax/ast.ts";
import { referenceNames, type Command } from "../clients/clients.ts";
import type { CallValue, FunctionFacts, ParamValue, Value } from "../values/ir.ts";
import { primitiveKinds } from "../values/primitive-kind.ts";
import { calleeName } from "../data/telling-names.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { memberOf, target } from "../values/values.ts";

/** The argument of a command that is Lua source. Undefined: it has none. */
export function luaSourceOf(tracer: Tracer, command: Command): Located | undefined {
  const { place } = command.call;
  for (const { value, role } of command.args) {
    if (role === "script") return { value, place };
    // functions.load({ code })
    if (role === "scriptLibrary") return tracer.property({ value, place }, "code")[0] ?? { value: memberOf(value, "code"), place };
  }
  return undefined;
}

/**
 * What a text is built from that may differ from call to call: parts of templates and concatenations, also in the
 * functions that make it. Empty: it is constant, or where it comes from as a whole is not known. Numbers, one of
 * several constants, and what the environment says do not count.
 */
export function changingParts(tracer: Tracer, settings: Settings, source: Located): readonly ChangingPart[] {
  const parts = new Parts(tracer, settings);
  parts.whole(source, 0);
  return parts.found;
}

export interface ChangingPart extends Located {
  /** The innermost expression of the linted file that puts it into the text. */
  readonly node: Node | undefined;
}

const MAX_DEPTH = 14;
const SAFE_KINDS = new Set(["number", "nan", "bigint", "boolean", "nothing"]);
/** Methods whose result holds the text that they are called on, and what they are given to put in. */
const INSERTING: Readonly<Record<string, readonly number[]>> = { replace: [1], replaceAll: [1], concat: [0, 1, 2, 3], padEnd: [1], padStart: [1] };

class Parts {
  readonly found: ChangingPart[] = [];
  #shown: Node | undefined;
  readonly #tracer: Tracer;
  readonly #settings: Settings;
  /** Functions that are called with each element of a list. */
  readonly #elements = new Map<FunctionFacts, Located>();

  constructor(tracer: Tracer, settings: Settings) {
    this.#tracer = tracer;
    this.#settings = settings;
  }

  /** A text as a whole: of what can't be followed nothing is known. */
  whole(located: Located, depth: number): void {
    this.#read(located, depth, false);
  }

  #read({ value, place }: Located, depth: number, isPart: boolean): void {
    if (depth > MAX_DEPTH) return;
    const next = (inner: Value): void => this.#read({ value: inner, place }, depth + 1, isPart);
    switch (value.kind) {
      case "literal":
      case "env":
      case "function":
      case "class":
        return;
      case "template":
        for (const part of value.parts) this.#part({ value: part, place }, depth);
        return;
      case "operation":
        // "a" + b where nothing says that b is a text, and sums.
        if (value.operator === "+" || value.operator === "+=") this.#sum(value.operands, { value, place }, depth, isPart);
        return;
      case "choice":
        for (const option of value.options) next(option);
        return;
      case "array":
        for (const item of value.items) this.#part({ value: item, place }, depth);
        return;
      case "ref":
        if (value.target.kind === "unknown") this.#leaf({ value, place }, isPart);
        else if (!isPart || !this.#isHarmless({ value, place })) next(value.target);
        return;
      case "await":
        return next(value.value);
      case "call":
        return this.#call({ value, place }, depth, isPart);
      case "param":
        return this.#param({ value, place }, depth, isPart);
      default:
        return this.#follow({ value, place }, depth, isPart);
    }
  }

  /** What is put into a text: the expression in the linted file shows it, wherever its value comes from. */
  #part(located: Located, depth: number): void {
    const before = this.#shown;
    this.#shown = located.value.node ?? before;
    this.#read(located, depth + 1, true);
    this.#shown = before;
  }

  #sum(operands: readonly Value[], whole: Located, depth: number, isPart: boolean): void {
    if (operands.length < 2 || this.#isHarmless(whole)) return;
    const isHarmless = operands.every((operand) => this.#isHarmless({ value: operand, place: whole.place }));
    if (isHarmless) return;
    const isText = operands.some((operand) => primitiveKinds(this.#tracer, { value: operand, place: whole.place }).has("string"));
    for (const operand of operands) {
      if (isText) this.#part({ value: operand, place: whole.place }, depth);
      else this.#read({ value: operand, place: whole.place }, depth + 1, isPart);
    }
  }

  #call(call: Located<CallValue>, depth: number, isPart: boolean): void {
    const { value, place } = call;
    if (isPart && this.#isHarmless(call)) return;
    if (this.#isCleaned(call)) return;
    const callee = target(value.callee);
    const path = this.#tracer.canonical({ value: value.callee, place });
    const name = path ? `${path.source}#${path.path.join(".")}` : "";
    // String.raw`…${part}…`
    if (name === "global#String.raw") {
      for (const part of value.args.slice(1)) this.#part({ value: part, place }, depth);
      return;
    }
    if (name === "util#format") {
      for (const part of value.args.slice(1)) this.#part({ value: part, place }, depth);
      return;
    }
    // Array.from({ length: keys.length }, (_, index) => `KEYS[${index + 1}]`)
    const [list, each] = value.args;
    if (name === "global#Array.from" && list && each && this.#mapped({ value: { ...value, args: [each] }, place }, list, depth)) return;
    if (callee.kind === "member" && callee.property !== undefined && !value.isNew) {
      if (callee.property === "map" && this.#mapped(call, callee.object, depth)) return;
      const isKnown = this.#tracer.functions({ value: value.callee, place }).length > 0;
      const inserted = Object.hasOwn(INSERTING, callee.property) ? INSERTING[callee.property] : undefined;
      if (!isKnown && (inserted || keepsText(callee.property))) {
        this.#read({ value: callee.object, place }, depth + 1, isPart);
        for (const index of inserted ?? []) {
          const arg = value.args[index];
          if (arg) this.#inserted({ value: arg, place }, depth);
        }
        return;
      }
    }
    const passed = path && passthroughOf(path);
    if (passed && passed.args !== "receiver" && isPart) {
      const args = passed.args === "all" ? value.args : passed.args.flatMap((index) => value.args[index] ?? []);
      for (const arg of args) this.#read({ value: arg, place }, depth + 1, true);
      return;
    }
    this.#follow(call, depth, isPart);
  }

  /** `replace(pattern, text)` and `replace(pattern, () => text)`. */
  #inserted(located: Located, depth: number): void {
    const functions = this.#tracer.functions(located);
    if (functions.length === 0) {
      this.#part(located, depth);
      return;
    }
    for (const { fn, place } of functions) for (const value of fn.returns) this.#part({ value, place }, depth);
  }

  /** `names.map((name, index) => `…`)`. */
  #mapped({ value, place }: Located<CallValue>, list: Value, depth: number): boolean {
    const [callback] = value.args;
    const functions = callback ? this.#tracer.functions({ value: callback, place }) : [];
    for (const { fn, place: at } of functions) {
      this.#elements.set(fn, { value: memberOf(list, "0"), place });
      for (const returned of fn.returns) this.#read({ value: returned, place: at }, depth + 1, true);
    }
    return functions.length > 0;
  }

  #param(located: Located<ParamValue>, depth: number, isPart: boolean): void {
    const { fn, index } = located.value;
    const element = this.#elements.get(fn);
    if (element && index === 1) return;
    if (element && index === 0) {
      const found = this.#tracer.alternatives(element);
      const isConstant = found.every(({ value }) => value.kind === "literal");
      if (!isConstant) this.#leaf(located, isPart);
      return;
    }
    const { frame } = located.place;
    const given = frame?.fn === fn && !located.value.rest ? frame.args[index] : undefined;
    if (!given || !frame) return this.#follow(located, depth, isPart);
    // An argument of the linted file shows what a builder of another file puts in.
    const before = this.#shown;
    this.#shown ??= given.node;
    this.#read({ value: given, place: frame.place }, depth + 1, isPart);
    this.#shown = before;
  }

  #follow(located: Located, depth: number, isPart: boolean): void {
    if (isPart && this.#isHarmless(located)) return;
    const followed = this.#tracer.alternatives(located).filter(({ value }) => value !== located.value);
    const leads = followed.filter(({ value }) => value.kind !== "member" && value.kind !== "import" && value.kind !== "global");
    if (leads.length === 0) {
      this.#leaf(located, isPart);
      return;
    }
    for (const found of leads) this.#read(found, depth + 1, isPart);
  }

  #leaf(located: Located, isPart: boolean): void {
    if (!isPart || this.#isHarmless(located) || this.#isFixed(located)) return;
    this.found.push({ ...located, node: this.#shown ?? located.value.node });
  }

  /** A number, a flag, or one of several constants by its type: nothing that could be code. */
  #isHarmless(located: Located): boolean {
    const { value } = located;
    if (value.kind === "param" && this.#elements.has(value.fn) && value.index === 1) return true;
    if (value.kind === "operation" && (value.operator === "+" || value.operator === "-")) {
      return value.operands.every((operand) => this.#isHarmless({ value: operand, place: located.place }));
    }
    if (value.kind === "literal") return typeof value.value !== "string";
    const kinds = primitiveKinds(this.#tracer, located);
    return [...kinds].every((kind) => kind !== undefined && SAFE_KINDS.has(kind)) || this.#isOneOfConstants(located);
  }

  #isOneOfConstants({ value }: Located): boolean {
    const type = value.kind === "ref" ? value.type : value.kind === "param" ? value.fn.params[value.index]?.type : undefined;
    const shape = type?.kind === "named" ? type.target : type;
    return shape?.kind === "literals";
  }

  /** `SCRIPTS[name]`: whatever the name, what comes out is written in the code; and what packages export. */
  #isFixed(located: Located): boolean {
    const { value, place } = located;
    if (value.kind === "import" || value.kind === "unknown") return true;
    if (value.kind === "ref") return value.target.kind === "unknown" && !value.type;
    if (value.kind !== "member") return false;
    const root = this.#tracer.alternatives({ value: value.object, place });
    return root.every(({ value: held }) => {
      if (held.kind === "import") return true;
      return held.kind === "object" && held.entries.every((entry) => target(entry.value).kind === "literal");
    });
  }

  /** Passed through what settings or a name call cleaning: what is left is not known. */
  #isCleaned({ value, place }: Located<CallValue>): boolean {
    const callee = target(value.callee);
    if (callee.kind === "import" && referenceNames(callee, place, this.#tracer).some((name) => this.#settings.sanitizers.has(name))) return true;
    const name = calleeName(value);
    return name !== undefined && CLEANING_NAME.test(name);
  }
}

const CLEANING_NAME = /^(?:escape|saniti[sz]e|quote|clean|validate|assert|allow|whitelist)/iu;

const KEEPING = new Set(["trim", "trimStart", "trimEnd", "toString", "join", "normalize", "slice", "substring", "repeat"]);

const keepsText = (method: string): boolean => KEEPING.has(method);
