import type { FileModel } from "../file.ts";
import { opposite } from "../flow/three-valued.ts";
import { checksToken, isOfSession, rejectsTokens } from "../../sdk/sessions.ts";
import { VERIFIERS } from "../../sdk/verifiers.ts";
import type { CallValue, FunctionFacts, Step, Value } from "../values/ir.ts";
import { callsIn, stepsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place } from "../values/trace.ts";
import { isMadeOf, lastName, looksLikeAuthentication, neverReturns, refusesStrangers, stageBranches } from "./caller-checks.ts";
import { comparesSecret, holdsSecret } from "./secrets.ts";
import { looksUpAccount, presenceOf, tellsActor } from "./caller-presence.ts";
import { isKeptCaller } from "./kept-callers.ts";
import { Lookups } from "./lasting-sessions.ts";
import { handsOutOwnCredential } from "./own-credentials.ts";
import { calledImport } from "./shared-effects.ts";
import { adminsOf } from "./admins.ts";
import { isOfCookies, looksUpSession } from "./session-lookups.ts";
import { target } from "../values/values.ts";

/*
 * Functions of the project that are called like checks of a caller, such as `verifyAuth` and `getCurrentUser`: where their
 * bodies can be read, these say what they do. Only such functions are read so, and each once.
 */

/**
 * What such a function does, by its body. `machines`: it lets in whoever knows a secret, or signs, and asks for no session.
 * `throws`: strangers get no further. `answers`: it tells its caller of strangers, and goes on. `anyone`: it lets in whoever
 * writes a word of the code into his cookie.
 */
export type HelperBody = "machines" | "throws" | "answers" | "anyone";

interface Callee {
  readonly fn: FunctionFacts;
  readonly place: Place;
}

type WasHanded = (value: Located) => boolean;

/** Functions that call each other. */
const MAX_DEPTH = 3;
const BODY = { name: "helper" };
const THROWS = { name: "throws" };
const ADMINS = { name: "admins" };
/** Signed by the app for those who call, not by a machine: a token is handed out. */
const HANDED_OUT = /token|session|jwt|cookie|user/iu;
const SIGNS = /^(?:createHmac|sign)$/u;

/** What the function does that a call names; undefined: it can't be read, or its body does not tell. */
export function helperBodyOf(file: FileModel, call: Located<CallValue>): HelperBody | undefined {
  // `checkBearer(request, process.env.CRON_SECRET)`: what it does depends on what it is handed.
  const isHandedSecret = call.value.args.some((arg) => holdsSecret(file.tracer, { value: arg, place: call.place }));
  return isHandedSecret ? new Bodies(file).of(call, 0) : once(file, call, BODY, () => new Bodies(file).ofAnyCall(call));
}

/**
 * The function of the project that a call names throws for strangers because of what the call hands over:
 * `hasPermission(ctx)`.
 * @param wasHanded whether a value in the function is what a call has handed over, and nothing for strangers
 */
export function throwsForHanded(file: FileModel, call: Located<CallValue>, wasHanded: WasHanded): boolean {
  return call.value.args.length > 0 && new Bodies(file, wasHanded).throwsFor(call);
}

/**
 * The function of the project that a call names comes back for those alone who run the project: it throws for all others, be it
 * because of what the call hands over: `assertRole(user, ["admin"])`, `requireRole("admin")`.
 */
export function throwsForAllButAdmins(file: FileModel, call: Located<CallValue>, wasHanded: WasHanded): boolean {
  if (once(file, call, ADMINS, () => new Bodies(file).letsInAdmins({ value: call.value.callee, place: call.place }, 0))) return true;
  return call.value.args.length > 0 && new Bodies(file, wasHanded).letsInAdminsHanded(call);
}

/** The function of the project that a call names comes back for nobody: `fail()`. */
export function alwaysThrows(file: FileModel, call: Located<CallValue>): boolean {
  return once(file, call, THROWS, () => new Bodies(file).throwsForAll({ value: call.value.callee, place: call.place }, 0)) ?? false;
}

/** Asks once for a function, whichever file calls it. */
function once<T>({ pass, settings, tracer }: FileModel, { value, place }: Located<CallValue>, question: { readonly name: string }, read: () => T): T | undefined {
  const imported = calledImport(value);
  const from = place.module.path;
  const path = imported && from !== undefined ? tracer.project?.resolve(from, imported.source) : undefined;
  if (imported && path !== undefined) return pass.memo(settings, `${question.name}\0${path}\0${imported.name}`, read);
  return tracer.memo<T | undefined>(question, { value: value.callee, place }, undefined, read);
}

/** What becomes of strangers: nothing yet, or they are at an end, one way or the other. */
type End = "throws" | "returns" | "goes on";

class Bodies {
  readonly #file: FileModel;
  /** Calls that tell who calls. */
  readonly #lookups: Lookups;
  /** Strangers were seen to be told apart, and to be answered. */
  #answers = false;
  /** Undefined: the functions are read for any call of theirs. */
  readonly #wasHanded: WasHanded | undefined;

  constructor(file: FileModel, wasHanded?: WasHanded) {
    this.#file = file;
    this.#lookups = new Lookups(file.tracer);
    this.#wasHanded = wasHanded;
  }

  of(call: Located<CallValue>, depth: number): HelperBody | undefined {
    return this.#ofFunctions(this.#entered(call), call, depth);
  }

  /** What holds for all calls of the function, whatever they hand over. */
  ofAnyCall(call: Located<CallValue>): HelperBody | undefined {
    return this.#ofFunctions(this.#file.tracer.functions({ value: call.value.callee, place: call.place }), call, 0);
  }

  #ofFunctions(functions: readonly Callee[], { value: { callee }, place }: Located<CallValue>, depth: number): HelperBody | undefined {
    const all = this.#file.tracer.alternatives({ value: callee, place });
    if (functions.length < all.length || depth > MAX_DEPTH) return undefined;
    const isOfCaller = HANDED_OUT.test(lastName(callee) ?? "") && functions.some(({ fn }) => signs(fn));
    if (!isOfCaller && functions.every((fn) => this.#isForMachines(fn, depth))) return "machines";
    if (functions.every(isForAnyone)) return "anyone";
    if (functions.every(({ fn, place }) => this.#end(fn.body, place, depth) === "throws")) return "throws";
    return this.#answers ? "answers" : undefined;
  }

  throwsForAll(callee: Located, depth: number): boolean {
    const functions = this.#file.tracer.functions(callee);
    return functions.length > 0 && functions.every(({ fn, place }) => this.#end(fn.body, place, depth) === "throws");
  }

  throwsFor(call: Located<CallValue>): boolean {
    return this.#throwAll(this.#file.tracer.functions({ value: call.value.callee, place: call.place }), call, 0);
  }

  letsInAdmins(callee: Located, depth: number): boolean {
    const functions = this.#file.tracer.functions(callee);
    return functions.length > 0 && depth <= MAX_DEPTH && functions.every(({ fn, place }) => this.#admins(fn.body, place, depth) === true);
  }

  /** The same, of the caller and the role that this call hands over. */
  letsInAdminsHanded(call: Located<CallValue>): boolean {
    const functions = this.#entered(call);
    return functions.length > 0 && functions.every(({ fn, place }) => this.#admins(fn.body, place, 0) === true);
  }

  /** Whether only admins get past these steps; false: others do. Undefined: these steps do not ask. */
  #admins(steps: readonly Step[], place: Place, depth: number): boolean | undefined {
    for (const step of steps) {
      const only = this.#onlyAdminsAfter(step, place, depth);
      if (only !== undefined) return only;
    }
    return undefined;
  }

  #onlyAdminsAfter(step: Step, place: Place, depth: number): boolean | undefined {
    if (step.op === "return") return false;
    if (step.op === "call") {
      if (this.#asksWhoCalls({ value: step.call, place })) this.#lookups.add({ value: step.call, place });
      return ((step.awaited || step.returned === "waited-for") && this.letsInAdmins({ value: step.call.callee, place }, depth + 1)) || undefined;
    }
    if (step.op === "try") {
      const isThrown = !step.handler || this.#end(step.handler, place, depth) === "throws";
      return this.#admins(step.block, place, depth) === true && isThrown ? true : this.#leaves([...step.block, ...(step.handler ?? [])]);
    }
    if (step.op !== "if") return undefined;
    const asks = this.#asksIn(place);
    const isHanded = (part: Value): boolean => part.kind === "param" && this.#wasHanded?.({ value: part, place }) === true;
    const admins = adminsOf({ value: step.test, place }, (value) => asks(value) || isMadeOf(value, isHanded), false);
    if (admins !== undefined && this.#end(admins ? step.else : step.then, place, depth) === "throws") return true;
    return this.#leaves([...step.then, ...step.else]);
  }

  /** Some way may lead out before anybody was asked. */
  #leaves(steps: readonly Step[]): false | undefined {
    return [...stepsIn(steps)].some(({ op }) => op === "return") ? false : undefined;
  }

  #throwAll(functions: readonly Callee[], call: Located<CallValue>, depth: number): boolean {
    const placeOf = (callee: Callee): Place => (this.#wasHanded ? this.#file.tracer.inside(call, callee) : callee.place);
    return functions.length > 0 && functions.every((callee) => new Bodies(this.#file, this.#wasHanded).#end(callee.fn.body, placeOf(callee), depth) === "throws");
  }

  /** It compares a secret, or checks a signature, and nothing in it asks for a session. */
  #isForMachines({ fn, place }: Callee, depth: number): boolean {
    const { tracer } = this.#file;
    let checks = false;
    for (const step of stepsIn(fn.body)) {
      if (step.op === "if") checks ||= comparesSecret(tracer, { value: step.test, place });
      else if (step.op === "return" && step.value) checks ||= comparesSecret(tracer, { value: step.value, place });
      if (step.op !== "call") continue;
      const call = { value: step.call, place };
      const callee = { value: step.call.callee, place };
      const path = tracer.canonical(callee);
      if (path && VERIFIERS.match(path)) checks = true;
      else if (this.#asksWhoCalls(call)) {
        if (this.of(call, depth + 1) !== "machines") return false;
        checks = true;
      } else if (!checks && depth < MAX_DEPTH) checks = this.#entered(call).some((inner) => this.#isForMachines(inner, depth + 1));
    }
    return checks;
  }

  /** The functions that a call may run, to be read with its arguments. */
  #entered(call: Located<CallValue>): readonly Callee[] {
    const { tracer } = this.#file;
    return tracer.functions({ value: call.value.callee, place: call.place }).map((callee) => ({ fn: callee.fn, place: tracer.inside(call, callee) }));
  }

  #asksWhoCalls({ value, place }: Located<CallValue>): boolean {
    const path = this.#file.tracer.canonical({ value: value.callee, place });
    if (path && (isOfSession(path) || checksToken(path))) return true;
    if (refusesStrangers(this.#file.tracer, { value, place })) return true;
    const name = lastName(value.callee) ?? "";
    if (looksLikeAuthentication(name) ? !looksUpAccount(value.args) : tellsActor(name, value.args)) return !handsOutOwnCredential(this.#file.tracer, { value, place });
    return looksUpSession(this.#file.tracer, { value, place });
  }

  #end(steps: readonly Step[], place: Place, depth: number): End {
    for (const step of steps) {
      const end = this.#after(step, place, depth);
      if (end !== "goes on") return end;
    }
    return "goes on";
  }

  #after(step: Step, place: Place, depth: number): End {
    switch (step.op) {
      case "throw":
        return "throws";
      case "return":
        return "returns";
      case "call":
        return this.#throws({ value: step.call, place }, step.awaited || step.returned === "waited-for", depth) ? "throws" : "goes on";
      case "assert":
        return presenceOf(step.value, this.#asksIn(place)) === true ? "throws" : "goes on";
      case "if": {
        const stage = stageBranches(step.test);
        if (stage?.then) return this.#end(step.else, place, depth);
        if (stage?.otherwise) return this.#end(step.then, place, depth);
        const isStranger = opposite(presenceOf(step.test, this.#asksIn(place)));
        if (isStranger !== undefined) {
          const end = this.#end(isStranger ? step.then : step.else, place, depth);
          this.#answers ||= end === "returns";
          return end;
        }
        return either(this.#end(step.then, place, depth), this.#end(step.else, place, depth));
      }
      case "loop":
        return this.#end(step.body, place, depth) === "returns" ? "returns" : "goes on";
      case "switch":
        return step.cases.some(({ body }) => this.#end(body, place, depth) === "returns") ? "returns" : "goes on";
      case "try": {
        const block = this.#end(step.block, place, depth);
        const handler = step.handler ? this.#end(step.handler, place, depth) : "throws";
        // To look up a session may fail; a handler that answers then answers strangers.
        const tried = block === "throws" || handler === "returns" ? handler : block;
        return tried === "goes on" ? this.#end(step.finalizer, place, depth) : tried;
      }
      default:
        return "goes on";
    }
  }

  /** The call does not come back for strangers. */
  #throws(call: Located<CallValue>, isAwaited: boolean, depth: number): boolean {
    const { tracer } = this.#file;
    if (neverReturns(tracer, call)) return true;
    const callee = { value: call.value.callee, place: call.place };
    if (this.#asksWhoCalls(call)) {
      this.#lookups.add(call);
      const path = tracer.canonical(callee);
      if (refusesStrangers(tracer, call)) return isAwaited;
      if (path && checksToken(path)) return rejectsTokens(path) ? isAwaited : true;
    }
    if (depth >= MAX_DEPTH) return false;
    const functions = tracer.functions(callee);
    return functions.every(({ fn }) => isAwaited || !fn.isAsync) && this.#throwAll(functions, call, depth + 1);
  }

  /** Which values tell who calls: what was looked up, and what was handed over. */
  #asksIn(place: Place): (value: Value) => boolean {
    const tells = (part: Value): boolean => this.#lookups.tells(part) || (part.kind === "member" && isKeptCaller(this.#file.tracer, { value: part, place }));
    return (value) => isMadeOf(value, tells) || this.#wasHanded?.({ value, place }) === true;
  }
}

function either(one: End, other: End): End {
  if (one === other) return one;
  return one === "returns" || other === "returns" ? "returns" : "goes on";
}

const signs = ({ body }: FunctionFacts): boolean => [...callsIn(body)].some(({ callee }) => SIGNS.test(lastName(callee) ?? ""));

/** Methods that read a cookie, and do no more. */
const READS_COOKIE = /^(?:get|has)$/iu;

/** `return (await cookies()).get("admin")?.value === "1"`, and nothing else. */
function isForAnyone({ fn }: Callee): boolean {
  const told: Value[] = [];
  for (const step of stepsIn(fn.body)) {
    if (step.op === "call" && !isOfCookies(step.call) && !READS_COOKIE.test(lastName(step.call.callee) ?? "")) return false;
    if (step.op === "throw" || step.op === "assert") return false;
    if (step.op === "if") told.push(step.test);
  }
  const answers = fn.returns.filter((value) => target(value).kind !== "literal");
  return told.length + answers.length > 0 && [...told, ...answers].every(comparesCookie);
}

function comparesCookie(value: Value): boolean {
  const at = target(value);
  if (at.kind !== "operation" || !/^[!=]==?$/u.test(at.operator)) return false;
  const [word, ...others] = at.operands.map(target).filter(({ kind }) => kind === "literal");
  return word?.kind === "literal" && typeof word.value === "string" && word.value !== "" && others.length === 0 && at.operands.some((operand) => dependsOn(operand, isOfCookies));
}
