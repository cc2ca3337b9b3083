import { protectorOf } from "../../sdk/protectors.ts";
import { isStrongSource, weaknessOf, type Weakness } from "../../sdk/randomness.ts";
import type { Node } from "../syntax/ast.ts";
import type { Clients } from "../clients/clients.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { calleeName } from "./telling-names.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** What a value can be guessed from. */
export interface Guessable {
  readonly weakness: Weakness | "counter";
  /** Words: `Math.random()`. */
  readonly source: string;
  /** Where it is called, in the linted file. */
  readonly node: Node | undefined;
}

const COUNTERS = new Set(["incr", "incrby", "hincrby", "decr", "dbsize"]);
/** Unknown functions with such a name may add what nobody can guess. */
const MAY_BE_STRONG = /rand|uuid|guid|nano|cuid|ulid|token|secret|secure|generat|unique|salt|hash|hmac|sign|encrypt|crypto|bytes/iu;
const MAX_DEPTH = 24;

/**
 * What the parts of a value that change can be guessed from. Undefined: nothing, or another part may be one that nobody
 * can guess.
 */
export function guessableFrom(tracer: Tracer, clients: Clients, located: Located): Guessable | undefined {
  const search = new Search(tracer, clients);
  search.read(located, 0);
  return search.isStrong ? undefined : search.weak;
}

/** Whether a generator that is made for secrets, or one that is taken for it, has a part in a value. */
export function isGenerated(tracer: Tracer, clients: Clients, located: Located): boolean {
  const search = new Search(tracer, clients);
  search.read(located, 0);
  return search.isStrong || search.weak?.weakness === "random";
}

class Search {
  weak: Guessable | undefined;
  isStrong = false;
  readonly #tracer: Tracer;
  readonly #clients: Clients;
  readonly #seen = new Set<Value>();
  readonly #entered = new Set<FunctionFacts>();

  constructor(tracer: Tracer, clients: Clients) {
    this.#tracer = tracer;
    this.#clients = clients;
  }

  read({ value, place }: Located, depth: number): void {
    if (depth > MAX_DEPTH || this.isStrong) return;
    const next = (inner: Value): void => this.read({ value: inner, place }, depth + 1);
    switch (value.kind) {
      case "template":
        value.parts.forEach(next);
        return;
      case "operation":
        value.operands.forEach(next);
        return;
      case "array":
        value.items.forEach(next);
        return;
      case "choice":
        value.options.forEach(next);
        return;
      case "await":
        return next(value.value);
      case "ref":
        // `text += …` reads the text that it makes.
        if (this.#seen.has(value.target)) return;
        this.#seen.add(value.target);
        return next(value.target);
      case "function":
        if (this.#entered.has(value.fn)) return;
        this.#entered.add(value.fn);
        value.fn.returns.forEach(next);
        return;
      case "call":
        return this.#call({ value, place }, depth);
      case "member": {
        // letters[Math.floor(Math.random() * letters.length)]
        if (value.key) next(value.key);
        const followed = this.#tracer.alternatives({ value, place }).filter((found) => found.value !== value);
        if (followed.length > 0) for (const found of followed) this.#once(found, depth);
        else if (value.object.kind === "call" || value.object.kind === "await") next(value.object);
        return;
      }
      case "import":
      case "param":
        for (const found of this.#tracer.alternatives({ value, place })) if (found.value !== value) this.#once(found, depth);
        return;
      default:
    }
  }

  #once(located: Located, depth: number): void {
    if (this.#seen.has(located.value)) return;
    this.#seen.add(located.value);
    this.read(located, depth + 1);
  }

  #call(call: Located<CallValue>, depth: number): void {
    const { value, place } = call;
    const path = this.#tracer.canonical({ value: value.callee, place });
    const weakness = path && weaknessOf(path);
    if (weakness && path && !(value.isNew && value.args.length > 0)) {
      const name = path.path.filter((part) => part !== "default").join(".") || (calleeName(value) ?? path.source);
      this.weak ??= { weakness, source: `${value.isNew ? "new " : ""}${name}()`, node: value.node };
      return;
    }
    const functions = this.#tracer.functions({ value: value.callee, place });
    if (functions.length > 0) {
      for (const { fn, place: at } of functions) {
        if (this.#entered.has(fn)) continue;
        this.#entered.add(fn);
        const inside = this.#tracer.inside(call, { fn, place: at });
        for (const returned of fn.returns) this.read({ value: returned, place: inside }, depth + 1);
      }
      return;
    }
    const command = this.#clients.commandOf(call);
    if (command && COUNTERS.has(command.name)) {
      this.weak ??= { weakness: "counter", source: `${command.name}()`, node: value.node };
      return;
    }
    const protection = path && protectorOf(path);
    // A hash of what can be guessed can be guessed, unless a key goes with it.
    const isBareHash = (protection === "hash" || path?.path.includes("createHash")) && !/hmac|scrypt|pbkdf|argon|bcrypt|hkdf/iu.test(path?.path.join(".") ?? "");
    if (!isBareHash && ((path && isStrongSource(path)) || protection)) {
      this.isStrong = true;
      return;
    }
    const name = calleeName(value);
    const isKnown = path?.source === "global" || isBareHash;
    if (!isKnown && name !== undefined && MAY_BE_STRONG.test(name)) this.isStrong = true;
    for (const arg of value.args) this.read({ value: arg, place }, depth + 1);
    const callee = target(value.callee);
    if (callee.kind === "member") this.read({ value: callee.object, place }, depth + 1);
  }
}
