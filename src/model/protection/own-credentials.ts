import { COSTLY } from "../../sdk/costly/index.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { stepsIn } from "../values/lower.ts";
import { partsOf } from "../values/reach.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { isSecretEnv } from "./secrets.ts";

/*
 * What an application shows to the services that it calls: `getAuthHeader()`, `getAccessToken()`. Such functions have the names
 * of those that tell who calls, and know of nobody. That is only said of one whose code is there to be read to the end.
 */

const QUESTION = { name: "own credential" };
const MAX_DEPTH = 4;
const MAX_STEPS = 500;
/** What may lead no further. */
const ENDS = /^(?:import|param|member)$/u;
/** Packages by which an application signs in at a service. */
const SIGNS_IN: ReadonlySet<string> = new Set(["google-auth-library", "@azure/identity"]);
/** What they hand out is the application's. */
const HANDS_OUT = /^(?:getAccessToken|getToken|getClient|getIdTokenClient|getRequestHeaders|fetchIdToken)$/u;
/** Modules of Node.js that know of no request. */
const PURE: ReadonlySet<string> = new Set(["buffer", "crypto", "querystring", "url", "util", ...SIGNS_IN]);

/** A call makes something of a secret of the environment, and neither looks at a request nor asks anyone who could. */
export function handsOutOwnCredential(tracer: Tracer, call: Located<CallValue>): boolean {
  return tracer.memo(QUESTION, call, false, () => new OwnCredential(tracer).isOf(call));
}

class OwnCredential {
  readonly #tracer: Tracer;
  readonly #seen = new Set<Value>();
  /** Functions that are handed to others: what these call them with is made of what was looked at. */
  readonly #callbacks = new Set<FunctionFacts>();
  #holdsSecret = false;
  #steps = 0;

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  isOf(call: Located<CallValue>): boolean {
    const callee = { value: call.value.callee, place: call.place };
    if (this.#tracer.functions(callee).length > 0) return this.#isClosed(call, 0) && this.#holdsSecret;
    // `client.getAccessToken()`: what the application is, where it signs in, is not always in its code.
    const path = this.#tracer.canonical(callee);
    return path !== undefined && SIGNS_IN.has(path.source) && HANDS_OUT.test(path.path.at(-1) ?? "") && this.#isClosed(callee, 0) && this.#areClosed(call.value.args, call.place, 0);
  }

  /** Nothing of a request is in a value, or in what is done for it. */
  #isClosed({ value, place }: Located, depth: number): boolean {
    const at = target(value);
    if (depth > MAX_DEPTH || ++this.#steps > MAX_STEPS) return false;
    switch (at.kind) {
      case "literal":
      case "global":
      case "this":
      case "class":
        return true;
      case "env":
        this.#holdsSecret ||= at.name !== undefined && isSecretEnv(at.name);
        return true;
      case "unknown":
        return false;
      case "call":
        return this.#isClosedCall({ value: at, place }, depth);
      case "function":
        this.#callbacks.add(at.fn);
        return this.#isClosedFunction(at.fn, place, depth);
      case "import":
      case "param":
      case "member":
        return this.#tracer.alternatives({ value: at, place }).every((found) => (ENDS.test(found.value.kind) ? this.#isClosedEnd(found, depth) : this.#isClosed(found, depth)));
      default:
        return this.#areClosed(partsOf(at), place, depth);
    }
  }

  #areClosed(values: readonly Value[], place: Place, depth: number): boolean {
    return values.every((value) => this.#isClosed({ value, place }, depth));
  }

  /** A parameter of somebody else's, a package, a field that is set elsewhere. */
  #isClosedEnd({ value, place }: Located, depth: number): boolean {
    if (value.kind === "param") return this.#callbacks.has(value.fn);
    if (value.kind !== "member" || target(value.object).kind === "this") return false;
    return this.#areClosed(partsOf(value), place, depth);
  }

  #isClosedCall(call: Located<CallValue>, depth: number): boolean {
    const { value, place } = call;
    if (this.#seen.has(value)) return true;
    this.#seen.add(value);
    const callees = this.#tracer.alternatives({ value: value.callee, place });
    return callees.every((callee) => {
      const { kind } = callee.value;
      if (callee.value.kind === "function") return this.#isClosedFunction(callee.value.fn, this.#tracer.inside(call, { fn: callee.value.fn, place: callee.place }), depth + 1);
      const path = this.#tracer.canonical(callee);
      // What is logged or thrown is no answer.
      if (path?.source === "global" && /^(?:console|\w*Error)$/u.test(path.path[0] ?? "")) return true;
      const isKnown = path !== undefined && (PURE.has(path.source) || COSTLY.match(path)?.kind === "fetch");
      const isOpen = kind === "import" || (kind === "member" && !this.#isClosed(callee, depth));
      return (isKnown || !isOpen) && this.#areClosed(value.args, place, depth);
    });
  }

  #isClosedFunction(fn: FunctionFacts, place: Place, depth: number): boolean {
    for (const step of stepsIn(fn.body)) {
      if (step.op === "call" && !this.#isClosedCall({ value: step.call, place }, depth)) return false;
      if (step.op === "if" && !this.#isClosed({ value: step.test, place }, depth)) return false;
    }
    return this.#areClosed(fn.returns, place, depth);
  }
}
