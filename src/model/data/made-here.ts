import { isStrongSource, weaknessOf } from "../../sdk/randomness.ts";
import { protectorOf } from "../../sdk/protectors.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

const MAX_DEPTH = 16;

/**
 * Whether a token is the project's own: made of randomness, signed without an end, or kept as a hash, which is of use only
 * to who checks it. Whether such a token is good is for the project to say. False: somebody else issued it and ends it, it
 * ends by itself, or that is not known.
 */
export function isMadeHere(tracer: Tracer, located: Located): boolean {
  const search = new Search(tracer);
  search.read(located, 0);
  return search.isMade && !search.isSealed;
}

class Search {
  isMade = false;
  /** Part of it is encrypted: what is inside is to be handed out again, and the randomness beside it is that of the cipher. */
  isSealed = false;
  readonly #tracer: Tracer;
  readonly #seen = new Set<Value>();
  readonly #entered = new Set<FunctionFacts>();

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  read({ value, place }: Located, depth: number): void {
    if (depth > MAX_DEPTH || this.#seen.has(value)) return;
    this.#seen.add(value);
    const next = (inner: Value): void => this.read({ value: inner, place }, depth + 1);
    switch (value.kind) {
      case "template":
        return value.parts.forEach(next);
      case "operation":
        if (value.operator === "+") value.operands.forEach(next);
        return;
      case "choice":
        return value.options.forEach(next);
      case "await":
        return next(value.value);
      case "ref":
        return next(value.target);
      case "call":
        return this.#call({ value, place }, depth);
      case "member":
      case "import":
      case "param":
        for (const found of this.#tracer.alternatives({ value, place })) if (found.value !== value) this.read(found, depth + 1);
        return;
      default:
    }
  }

  #call(call: Located<CallValue>, depth: number): void {
    const { value, place } = call;
    const callee = { value: value.callee, place };
    const path = this.#tracer.canonical(callee);
    const protection = path && protectorOf(path);
    if (protection === "encrypt" || protection === "tokenise" || path?.path.some((part) => /decipher|decrypt/iu.test(part))) this.isSealed = true;
    else if (protection === "sign") this.isMade ||= hasNoEnd(value);
    else if (protection === "hash" || (path && (isStrongSource(path) || weaknessOf(path) === "random"))) this.isMade = true;
    else this.#through(call, depth);
  }

  #through(call: Located<CallValue>, depth: number): void {
    const { value, place } = call;
    const callee = { value: value.callee, place };
    const functions = this.#tracer.functions(callee);
    for (const { fn, place: at } of functions) {
      if (this.#entered.has(fn)) continue;
      this.#entered.add(fn);
      const inside = this.#tracer.inside(call, { fn, place: at });
      for (const returned of fn.returns) this.read({ value: returned, place: inside }, depth + 1);
    }
    // `.toString("hex")`, `.slice(2)`: of what a method is given nothing is known.
    const at = target(value.callee);
    if (functions.length === 0 && at.kind === "member") this.read({ value: at.object, place }, depth + 1);
  }
}

/** `sign({ id }, secret)`: neither what is signed nor the options say when the token ends. */
function hasNoEnd({ args, spreadAt }: CallValue): boolean {
  const [payload, , options] = args.map(target);
  if (spreadAt !== undefined || payload?.kind !== "object") return false;
  return [payload, options].every((part) => part === undefined || (part.kind === "object" && part.entries.every(({ key }) => key !== undefined && !/^(?:exp|expiresIn)$/u.test(key))));
}
