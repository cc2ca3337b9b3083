import { signatureOf } from "../commands/key-signature.ts";
import type { FileModel } from "../file.ts";
import { all, any, opposite } from "../flow/three-valued.ts";
import { requestInputs } from "../input/request-input.ts";
import type { CallValue, Step, Value } from "../values/ir.ts";
import { stepsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import type { Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { lastName, turnsAway } from "./caller-checks.ts";
import { isOfNew } from "./claims.ts";
import { isRow, originOf, readOf } from "./rows.ts";

/*
 * A record that was found by its id holds a token, which the caller sends, too: `if (game.hostToken !== body.token) return 401`.
 * Whoever does not have it is turned away, where no way leads past the comparisons: not for a record without a token, and not
 * for one of its two players.
 */

/** What is short enough to be tried, such as a code, is none. */
const SECRET = /token|secret|(?:api|access|admin|edit|host|owner)_?key/iu;
const EQUALS = /^(?:timing_?safe_?equals?|constant_?time_?equals?|safe_?(?:equals?|compare))$/iu;
/** So many things that are not known are tried in all ways. */
const MAX_UNKNOWN = 8;
/** Conditions that are looked at, over all that is tried. */
const MAX_STEPS = 5000;

type Side = "then" | "else";

interface Test {
  readonly value: Value;
  readonly then: readonly Step[];
  readonly else: readonly Step[];
}

/** What is not known of a caller and of the record, by what stands in the code. */
type Known = ReadonlyMap<string, boolean>;

/**
 * The look-ups of the records whose tokens everyone must have who gets past a condition. Empty: someone gets past it without.
 * @param before what comes before the condition in the same block
 */
export function lookUpsOfTokens(file: FileModel, test: Test, before: readonly Step[], place: Place): readonly CallValue[] {
  const strangers = new Strangers(file, before, place);
  const refusals = [...before.flatMap((step) => (step.op === "if" ? [{ ...step, value: step.test }] : [])), test].flatMap((asked) =>
    (["then", "else"] as const).flatMap((side) => (turnsAway(file.tracer, asked[side], place) ? [{ value: asked.value, side }] : [])),
  );
  return refusals.length > 0 && strangers.areAllRefused(refusals) ? strangers.lookUps : [];
}

/** Those who do not have the token of a record. */
class Strangers {
  readonly #file: FileModel;
  readonly #before: readonly Step[];
  readonly #place: Place;
  readonly #lookUps = new Set<CallValue>();
  /** What had to be known, in the order in which it was asked. */
  readonly #asked = new Set<string>();
  /** Whether tokens count, or may be equal to what is sent as anything else may. */
  #haveNone = true;

  /** What is being asked. */
  readonly #open = new Set<Value>();
  #steps = 0;

  constructor(file: FileModel, before: readonly Step[], place: Place) {
    this.#file = file;
    this.#before = before;
    this.#place = place;
  }

  get lookUps(): readonly CallValue[] {
    return [...this.#lookUps];
  }

  areAllRefused(refusals: readonly { readonly value: Value; readonly side: Side }[]): boolean {
    const isRefused = (known: Known): boolean => refusals.some(({ value, side }) => this.#holds(value, known) === (side === "then"));
    if (!this.#everyWay(isRefused) || this.#lookUps.size === 0) return false;
    // Those who have it get past.
    this.#haveNone = false;
    return !this.#everyWay(isRefused);
  }

  /** Whether something is so, whatever holds of what is not known. */
  #everyWay(isSo: (known: Known) => boolean): boolean {
    this.#asked.clear();
    const tryAll = (known: Known): boolean => {
      if (isSo(known)) return true;
      // What was asked last stands next to the tokens.
      const open = [...this.#asked].findLast((name) => !known.has(name));
      if (open === undefined || known.size >= MAX_UNKNOWN) return false;
      return [true, false].every((answer) => tryAll(new Map([...known, [open, answer]])));
    };
    return tryAll(new Map());
  }

  #ask(name: string, known: Known): boolean | undefined {
    this.#asked.add(name);
    return known.get(name);
  }

  #nameOf(value: Value): string {
    return signatureOf(this.#file.tracer, { value, place: this.#place });
  }

  /** Whether a condition holds; undefined: that hangs on what is not known. */
  #holds(value: Value, known: Known): boolean | undefined {
    const at = target(value);
    // Whether a variable is set may hang on what it was.
    if (this.#open.has(at) || this.#steps++ > MAX_STEPS) return undefined;
    this.#open.add(at);
    const holds = this.#holdsInside(at, known);
    this.#open.delete(at);
    return holds;
  }

  #holdsInside(at: Value, known: Known): boolean | undefined {
    switch (at.kind) {
      case "literal":
        return Boolean(at.value);
      case "choice":
        return this.#ofChoice(at, known);
      case "call": {
        const [one, other] = at.args;
        if (one && !other && lastName(at.callee) === "Boolean") return this.#holds(one, known);
        return one && other && EQUALS.test(lastName(at.callee) ?? "") ? this.#areEqual(wholeOf(one), wholeOf(other), known) : this.#ask(this.#nameOf(at), known);
      }
      case "operation": {
        const [one, other] = at.operands;
        if (one && at.operator === "!") return opposite(this.#holds(one, known));
        if (!one || !other || !/^[!=]==?$/u.test(at.operator)) return this.#ask(this.#nameOf(at), known);
        const isEqual = this.#areEqual(one, other, known, at.operator.length === 2);
        return at.operator.startsWith("!") ? opposite(isEqual) : isEqual;
      }
      default:
        return this.#ask(this.#nameOf(at), known);
    }
  }

  #ofChoice(at: Value & { kind: "choice" }, known: Known): boolean | undefined {
    const { operator, options, test } = at;
    if (operator === "&&" || operator === "||") {
      // In order: what decides is asked before what is then not looked at.
      return (operator === "&&" ? all : any)(options.map((option) => this.#holds(option, known)));
    }
    if (operator === "?:" && test) {
      const [chosen, other] = options;
      const holds = this.#holds(test, known);
      const option = holds === undefined ? undefined : holds ? chosen : other;
      return option && this.#holds(option, known);
    }
    if (operator !== "=") return this.#ask(this.#nameOf(at), known);
    // What a variable is set to in branches that are not taken, it does not hold.
    const held = options.filter((option) => this.#isSet(option, this.#before, known) !== false);
    const answers = held.map((option) => this.#holds(option, known));
    return answers.every((answer) => answer === answers[0]) ? answers[0] : undefined;
  }

  /** Whether a variable is set to this on the way; undefined: perhaps, or from the beginning. */
  #isSet(option: Value, steps: readonly Step[], known: Known): boolean | undefined {
    for (const step of steps) {
      if (step.op === "set" && step.value === option) return true;
      if (step.op !== "if" || ![...stepsIn([step])].some((inner) => inner.op === "set" && inner.value === option)) continue;
      const holds = this.#holds(step.test, known);
      const isThen = this.#isSet(option, step.then, known) ?? false;
      const isElse = this.#isSet(option, step.else, known) ?? false;
      return any([all([holds, isThen]), all([opposite(holds), isElse])]);
    }
    return undefined;
  }

  /** @param isLoose `undefined` is the same as `null` */
  #areEqual(one: Value, other: Value, known: Known, isLoose = false): boolean | undefined {
    for (const [kept, sent] of [[one, other] as const, [other, one] as const]) {
      if (this.#isTokenOf(kept, sent)) {
        // Where nothing is sent, there may be no token, either: `null === null`.
        if (this.#haveNone) return opposite(this.#ask(this.#nameOf(sent), known));
        return this.#ask(`${this.#nameOf(kept)} = ${this.#nameOf(sent)}`, known);
      }
      const constant = target(sent);
      if (constant.kind !== "literal") continue;
      // `token === null`, `typeof token === "string"`
      if (constant.value === null || (constant.value === undefined && isLoose)) return opposite(this.#holds(kept, known));
      const typed = target(kept);
      const [of] = typed.kind === "operation" && typed.operator === "typeof" && constant.value === "string" ? typed.operands : [];
      if (of) return this.#holds(of, known);
    }
    return this.#ask([this.#nameOf(one), this.#nameOf(other)].sort().join(" = "), known);
  }

  /** A token of a record that was found by something else than what is compared with it. */
  #isTokenOf(kept: Value, sent: Value): boolean {
    const place = this.#place;
    const origin = originOf({ value: kept, place });
    const name = origin?.members.at(-1);
    if (!origin || name === undefined || !SECRET.test(name)) return false;
    const read = readOf(this.#file, origin.call);
    if (!read || isOfNew(read.where) || !isRow(origin.members.slice(0, -1), read)) return false;
    if (requestInputs(this.#file, { value: sent, place }).length === 0) return false;
    const isAsked = read.where.some(({ column, value }) => column === undefined || column === name || (value !== undefined && this.#nameOf(value) === this.#nameOf(sent)));
    if (isAsked) return false;
    this.#lookUps.add(origin.call.value);
    return true;
  }
}

/** `token` of `Buffer.from(token)` and `encoder.encode(token)` */
function wholeOf(value: Value): Value {
  const at = target(value);
  const [arg] = at.kind === "call" && /^(?:from|encode)$/u.test(lastName(at.callee) ?? "") ? at.args : [];
  return arg ?? value;
}

/** By names alone: a token may be compared here. */
export function mayAskForToken(test: Value, before: readonly Step[]): boolean {
  const names = (value: Value): boolean => dependsOn(value, (part) => part.kind === "member" && part.property !== undefined && SECRET.test(part.property));
  return names(test) || before.some((step) => step.op === "if" && names(step.test));
}
