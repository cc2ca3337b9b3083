import { compile, type Matcher } from "../../sdk/canonical.ts";
import type { FileModel } from "../file.ts";
import { givenBackBy } from "../flow/answers.ts";
import { allIn } from "../flow/known-before.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { holdsWhere, NOTHING, SOMETHING, statesOf, type State } from "../values/states.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { handedOver } from "./caller-presence.ts";
import { entryOf, linksOf, maySet, type Condition } from "./row-conditions.ts";
import { isRow, mayChange, originOf, readOf, type Read } from "./rows.ts";
import { allCallsIn } from "./ways.ts";

/*
 * What a function of the project answers that is handed a record, or a column of it, and only looks at it: `refusalOf(order)`,
 * `mayCancel(order.status)`; or that looks one up to say whether it is there: `isMember(userId, team.id)`.
 */

/** What is known of a value that a call hands over; undefined: nothing. */
type SaysOf = (handed: Located) => readonly State[] | undefined;

interface Answered {
  /** Where the function is run by the call. */
  readonly inside: Place;
  /** From its answer to the value. */
  readonly members: readonly string[];
}

interface Asked extends Answered {
  readonly call: CallValue;
  readonly fn: FunctionFacts;
}

/** What frameworks answer with: never nothing. */
const ANSWERS: Matcher<{ readonly pattern: string }> = compile([
  { pattern: "global#Response.{json,redirect,error}" },
  { pattern: "next/server#NextResponse.{json,redirect,rewrite,next}" },
  { pattern: "@sveltejs/kit#{json,text,fail}" },
  { pattern: "{@remix-run/{node,cloudflare,deno,server-runtime},react-router}#{json,data,redirect}" },
]);

const MAX_LINKS = 8;
/** Values within values. */
const MAX_DEPTH = 6;

const HANDED = {};

/** What a call hands over, and the function of the project that it runs looks at: `order.status` of `mayCancel(order)`. */
export function handedInside({ tracer }: FileModel, call: Located<CallValue>): readonly Located[] {
  return tracer.memo(HANDED, call, [], () => {
    const asked = askedBy(tracer, call, []);
    if (!asked) return [];
    const handed: Located[] = [];
    for (const value of [...allIn(asked.fn.body), ...asked.fn.returns]) {
      dependsOn(value, (part) => {
        const given = part.kind === "member" || part.kind === "param" ? handedOver({ value: part, place: asked.inside }) : undefined;
        if (given) handed.push(given);
        return false;
      });
    }
    return handed;
  });
}

/**
 * What the answer of such a function, or a member of it, may be.
 * @param saysOf is asked for what the call hands over
 * @returns undefined: it is no such answer, or it may be something that is not known
 */
export function answerStates({ tracer }: FileModel, value: Value, place: Place, saysOf: SaysOf): readonly State[] | undefined {
  const asked = askedIn(tracer, value, place);
  if (!asked) return undefined;
  return new Reader(tracer, asked, (part) => {
    const given = handedOver({ value: part, place: asked.inside });
    return given && (saysOf(given) ?? statesOf(tracer, given.value, given.place));
  }).states(asked);
}

/** What a value that a function gives back, or a member of it, may be, as it is written. Undefined: it may be something that is not known. */
export function statesOfAnswer(tracer: FileModel["tracer"], answer: Value | undefined, members: readonly string[], inside: Place): readonly State[] | undefined {
  if (!answer) return members.length === 0 ? NONE : undefined;
  return new Reader(tracer, { inside, members }, () => undefined).statesOf(answer);
}

/** A row that such a function looks up, and what it answers where that is there, or is not. */
export interface LookUp {
  /** The call of the function. */
  readonly call: CallValue;
  /** What it is looked up by is told as the call hands it over. */
  readonly read: Read;
  answers(isThere: boolean): readonly State[] | undefined;
}

/**
 * The one row that a function looks up to answer yes or no: `await isMember(userId, team.id)`.
 * @returns undefined: the value is no such answer, or the function looks at something else, too
 */
export function lookUpBy(file: FileModel, value: Value, place: Place): LookUp | undefined {
  const { tracer } = file;
  const asked = askedIn(tracer, value, place);
  if (!asked) return undefined;
  const { fn, inside } = asked;
  const found = new Map<CallValue, Read>();
  for (const part of [...allIn(fn.body), ...fn.returns]) {
    dependsOn(part, (inner) => {
      const origin = inner.kind === "member" || inner.kind === "await" ? originOf({ value: inner, place: inside }) : undefined;
      const read = origin && readOf(file, origin.call);
      if (origin && read && isRow(origin.members, read)) found.set(origin.call.value, read);
      return false;
    });
  }
  const [only, more] = found;
  if (!only || more) return undefined;
  const [call, read] = only;
  const where = read.where.map((condition) => asHanded(condition, inside));
  if (!where.every((condition) => condition !== undefined)) return undefined;
  const isTheRow = (part: Value): boolean => {
    const origin = originOf({ value: part, place: inside });
    return origin?.call.value === call && isRow(origin.members, read);
  };
  return { call: asked.call, read: { ...read, where }, answers: (isThere) => new Reader(tracer, asked, (part) => (isTheRow(part) ? [isThere ? SOMETHING : NOTHING] : undefined)).states(asked) };
}

/** A condition of the function, as it is for whoever calls it. Undefined: something is made of what is handed over. */
function asHanded(condition: Condition, inside: Place): Condition | undefined {
  const { value, either } = condition;
  if (either) return undefined;
  if (!value) return condition;
  const given = handedOver({ value, place: inside });
  if (given) return { ...condition, value: given.value };
  return dependsOn(value, ({ kind }) => kind === "param") ? undefined : condition;
}

/** The function that gave a value. A promise that nothing waits for is always something. */
function askedIn(tracer: FileModel["tracer"], value: Value, place: Place): Asked | undefined {
  const members: string[] = [];
  let isAwaited = false;
  let at = target(value);
  for (let links = 0; at.kind === "member" || at.kind === "await"; links++) {
    if (links > MAX_LINKS) return undefined;
    if (at.kind === "await") {
      isAwaited = true;
      at = target(at.value);
    } else {
      if (at.property === undefined || isAwaited) return undefined;
      members.unshift(at.property);
      at = target(at.object);
    }
  }
  const asked = at.kind === "call" ? askedBy(tracer, { value: at, place }, members) : undefined;
  return asked?.fn.isAsync === true && !isAwaited ? undefined : asked;
}

function askedBy(tracer: FileModel["tracer"], call: Located<CallValue>, members: readonly string[]): Asked | undefined {
  const { value, place } = call;
  if (value.isNew || value.spreadAt !== undefined || value.args.length === 0 || !/^(?:function|import)$/u.test(target(value.callee).kind)) return undefined;
  const callee = { value: value.callee, place };
  const [only, more] = tracer.functions(callee);
  if (!only || more || tracer.alternatives(callee).length > 1 || changesRows(only.fn)) return undefined;
  return { call: value, fn: only.fn, inside: tracer.inside(call, only), members };
}

/** It does more than to look. */
const changesRows = ({ body }: FunctionFacts): boolean => [...allCallsIn(body)].some((call) => linksOf(call).some(({ name }) => mayChange(name)));

class Reader {
  readonly #tracer: FileModel["tracer"];
  readonly #asked: Answered;
  readonly #saysOf: (part: Value) => readonly State[] | undefined;

  /** @param saysOf what a part of the function's conditions and answers is known to be */
  constructor(tracer: FileModel["tracer"], asked: Answered, saysOf: (part: Value) => readonly State[] | undefined) {
    this.#tracer = tracer;
    this.#asked = asked;
    this.#saysOf = saysOf;
  }

  /** What the function may give back, or a member of that. */
  states({ fn }: Pick<Asked, "fn">): readonly State[] | undefined {
    return all(givenBackBy(fn.body, (test) => this.#holds(test))?.map((value) => (value ? this.statesOf(value) : NONE)));
  }

  /** What a value that is given back may be, or a member of it. */
  statesOf(value: Value): readonly State[] | undefined {
    return this.#statesOf(value, this.#asked.members, 0);
  }

  #holds(test: Value): boolean | undefined {
    return holdsWhere(this.#tracer, { value: test, place: this.#asked.inside }, this.#saysOf);
  }

  #statesOf(value: Value, members: readonly string[], depth: number): readonly State[] | undefined {
    const at = target(value);
    if (depth > MAX_DEPTH) return undefined;
    if (at.kind === "choice" && at.operator === "?:" && at.test) {
      const chosen = this.#holds(at.test);
      const options = chosen === undefined ? at.options : at.options.slice(chosen ? 0 : 1).slice(0, 1);
      return all(options.map((option) => this.#statesOf(option, members, depth + 1)));
    }
    const [name, ...rest] = members;
    if (name !== undefined) {
      if (at.kind !== "object") return undefined;
      const entry = entryOf(at, name);
      if (entry) return this.#statesOf(entry, rest, depth + 1);
      return at.entries.some((other) => maySet(other, name)) ? undefined : NONE;
    }
    if (at.kind === "literal") return [{ kind: "constant", value: at.value }];
    if (at.kind === "object" || at.kind === "array" || (at.kind === "call" && this.#isSomething(at))) return [SOMETHING];
    const said = this.#saysOf(value);
    if (said) return said;
    if (!saysYesOrNo(at)) return undefined;
    const holds = this.#holds(at);
    return holds === undefined ? undefined : [{ kind: "constant", value: holds }];
  }

  #isSomething({ isNew, callee }: CallValue): boolean {
    const path = isNew ? undefined : this.#tracer.canonical({ value: callee, place: this.#asked.inside });
    return isNew || (path !== undefined && ANSWERS.match(path) !== undefined);
  }
}

const NONE: readonly State[] = [{ kind: "constant", value: undefined }];

/** A condition that comes out as `true` or `false`, and as nothing else. */
function saysYesOrNo(value: Value): boolean {
  const at = target(value);
  if (at.kind === "choice") return (at.operator === "&&" || at.operator === "||") && at.options.every(saysYesOrNo);
  if (at.kind === "operation") return at.operator === "!" || /^(?:[!=]==?|[<>]=?)$/u.test(at.operator);
  const callee = at.kind === "call" ? target(at.callee) : undefined;
  if (callee?.kind === "global") return callee.name === "Boolean";
  return callee?.kind === "member" && (callee.property === "includes" || callee.property === "has");
}

function all(found: readonly (readonly State[] | undefined)[] | undefined): readonly State[] | undefined {
  return found?.every((states) => states !== undefined) === true ? found.flat() : undefined;
}
