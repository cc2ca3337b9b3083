import { compile, type Matcher } from "../../sdk/canonical.ts";
import type { FileModel } from "../file.ts";
import { givenBackBy } from "../flow/answers.ts";
import { allIn } from "../flow/known-before.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { holdsWhere, SOMETHING, statesOf, type State } from "../values/states.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { handedOver } from "./caller-presence.ts";
import { entryOf, maySet } from "./row-conditions.ts";

/*
 * What a function of the project answers that is handed a record, or a column of it, and only looks at it: `refusalOf(order)`,
 * `mayCancel(order.status)`.
 */

/** What is known of a value that a call hands over; undefined: nothing. */
type SaysOf = (handed: Located) => readonly State[] | undefined;

interface Asked {
  readonly fn: FunctionFacts;
  /** Where the function is run by the call. */
  readonly inside: Place;
  /** From its answer to the value. */
  readonly members: readonly string[];
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
  return asked && new Reader(tracer, asked, saysOf).states();
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
  if (!only || more || tracer.alternatives(callee).length > 1) return undefined;
  return { fn: only.fn, inside: tracer.inside(call, only), members };
}

class Reader {
  readonly #tracer: FileModel["tracer"];
  readonly #asked: Asked;
  readonly #saysOf: SaysOf;

  constructor(tracer: FileModel["tracer"], asked: Asked, saysOf: SaysOf) {
    this.#tracer = tracer;
    this.#asked = asked;
    this.#saysOf = saysOf;
  }

  states(): readonly State[] | undefined {
    const { fn, members } = this.#asked;
    return all(givenBackBy(fn.body, (test) => this.#holds(test))?.map((value) => (value ? this.#statesOf(value, members, 0) : NONE)));
  }

  #holds(test: Value): boolean | undefined {
    return holdsWhere(this.#tracer, { value: test, place: this.#asked.inside }, (part) => this.#handed(part));
  }

  #handed(part: Value): readonly State[] | undefined {
    const given = handedOver({ value: part, place: this.#asked.inside });
    return given && (this.#saysOf(given) ?? statesOf(this.#tracer, given.value, given.place));
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
    const handed = this.#handed(at);
    if (handed) return handed;
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
  return callee?.kind === "member" && (callee.property === "includes" || callee.property === "has");
}

function all(found: readonly (readonly State[] | undefined)[] | undefined): readonly State[] | undefined {
  return found?.every((states) => states !== undefined) === true ? found.flat() : undefined;
}
