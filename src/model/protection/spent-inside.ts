import type { FileModel } from "../file.ts";
import type { CallValue, FunctionFacts, Step, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { agreed, holdsWhere } from "../values/states.ts";
import type { Located, Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { statesOfAnswer } from "./answers-of-helpers.ts";
import { linksOf } from "./row-conditions.ts";
import { mayMake, mayChange, originOf } from "./rows.ts";
import { allCallsIn, transactionOf } from "./ways.ts";

/*
 * A function that uses something up, such as a one-time token, and says whether there was any: `const id = await consume(token)`.
 * Told is what it gives back on those of its ways that do not come to the change by which that is used up.
 */

/** What is known of the steps of such a function. */
export interface Spending {
  /** Behind this step all is done once. */
  isLastTime(step: Step): boolean;
  /** What all others than the winner of a claim do, who get no further; undefined: the condition asks for none. */
  others(test: Value): readonly Step[] | undefined;
  /** The tables in which it is used up. */
  readonly tables: ReadonlySet<string>;
}

/** What a function gives back on ways without the change; where it comes to its end, nothing. */
type Given = readonly (Value | undefined)[];

interface Lost {
  readonly isLost: boolean;
  /** Where those who go on have used something up. */
  readonly tables: ReadonlySet<string>;
}

interface Spent {
  readonly fn: FunctionFacts;
  readonly place: Place;
  /** Empty: whoever has nothing to use up is thrown out. */
  readonly given: Given;
  readonly tables: ReadonlySet<string>;
}

/** How deep in functions of the project something may be made, or used up. */
const MAX_CALLS = 3;
/** A function around another one that uses something up does little more than to call it. */
const MAX_CALLS_OF_SHELL = 12;

/** The functions of the project that use something up. */
export class SpentInside {
  readonly #file: FileModel;
  readonly #read: (body: readonly Step[], place: Place) => Spending;
  /** Undefined while it is being read, too: a function that calls itself says nothing. */
  readonly #known = new Map<FunctionFacts, Spent | undefined>();
  #depth = 0;

  /** @param read tells what is done once in a function, by nothing but its body */
  constructor(file: FileModel, read: (body: readonly Step[], place: Place) => Spending) {
    this.#file = file;
    this.#read = read;
  }

  /**
   * Whether a condition holds for those who had nothing to use up, by the answer of such a function. Undefined: it asks no such
   * function, or that is not known.
   * @param isMadeAnew whether such records are made, or given back, around the condition
   */
  lostIn({ value, place: { module } }: Located, isMadeAnew: (table: string) => boolean): Lost | undefined {
    const place = { module };
    let call: CallValue | undefined;
    let spent: Spent | undefined;
    dependsOn(value, (part) => {
      spent = part.kind === "call" ? this.#spentBy({ value: part, place }, isMadeAnew) : undefined;
      if (spent && part.kind === "call") call = part;
      return spent !== undefined;
    });
    if (!spent || !call || spent.given.length === 0) return undefined;
    const { tracer } = this.#file;
    const { fn, place: inside, given } = spent;
    // A promise that nothing waits for is always something.
    if (fn.isAsync && !dependsOn(value, (part) => part.kind === "await" && target(part.value) === call)) return undefined;
    const isLost = agreed(
      given.map((answer) =>
        holdsWhere(tracer, { value, place }, (part) => {
          const origin = part.kind === "operation" ? undefined : originOf({ value: part, place });
          return origin && origin.call.value === call ? statesOfAnswer(tracer, answer, origin.members, inside) : undefined;
        }),
      ),
    );
    return isLost === undefined ? undefined : { isLost, tables: spent.tables };
  }

  /** Who comes behind this call has used something up in these tables: all others are thrown out by it. */
  tablesLeft(step: Step & { op: "call" }, { module }: Place, isMadeAnew: (table: string) => boolean): ReadonlySet<string> | undefined {
    if (!step.awaited || step.caught) return undefined;
    const spent = this.#spentBy({ value: step.call, place: { module } }, isMadeAnew);
    return spent?.given.length === 0 ? spent.tables : undefined;
  }

  #spentBy(call: Located<CallValue>, isMadeAnew: (table: string) => boolean): Spent | undefined {
    const { value, place } = call;
    if (value.isNew || value.spreadAt !== undefined) return undefined;
    const [only, more] = this.#file.tracer.functions({ value: value.callee, place });
    const spent = only && !more ? this.#spentIn(only) : undefined;
    if (!spent || [...spent.tables].some(isMadeAnew) || this.#handsOverNew(call)) return undefined;
    return spent;
  }

  #spentIn({ fn, place: { module } }: { readonly fn: FunctionFacts; readonly place: Place }): Spent | undefined {
    if (this.#known.has(fn)) return this.#known.get(fn);
    this.#known.set(fn, undefined);
    const calls = [...allCallsIn(fn.body)];
    const changes = calls.some((inner) => linksOf(inner).some(({ name }) => mayChange(name)));
    if (!changes && calls.length > MAX_CALLS_OF_SHELL) return undefined;
    if (!changes && this.#depth >= MAX_CALLS) {
      // From somewhere else it may not lie so deep.
      this.#known.delete(fn);
      return undefined;
    }
    const place = { module };
    this.#depth++;
    const spending = this.#read(fn.body, place);
    this.#depth--;
    if (spending.tables.size === 0) return undefined;
    const { given, isLeft } = waysOf(fn.body, spending, 0);
    const spent = { fn, place, given: isLeft ? given : [...given, undefined], tables: spending.tables };
    this.#known.set(fn, spent);
    return spent;
  }

  /** What it is to use up may have been made just before: `await consume(await issueToken(email))`. */
  #handsOverNew({ value, place }: Located<CallValue>): boolean {
    return value.args.some((arg) => dependsOn(arg, (part) => part.kind === "call" && this.#makes({ value: part, place }, 0)));
  }

  #makes({ value, place }: Located<CallValue>, depth: number): boolean {
    if (linksOf(value).some(({ name }) => mayMake(name) || name === "upsert" || name === "save")) return true;
    if (depth >= MAX_CALLS) return false;
    return this.#file.tracer.functions({ value: value.callee, place }).some(({ fn, place: inside }) => [...allCallsIn(fn.body)].some((inner) => this.#makes({ value: inner, place: { module: inside.module } }, depth + 1)));
  }
}

/** What is called on ways that do not come to the change. */
export function calledWithout(body: readonly Step[], spending: Spending): readonly CallValue[] {
  return waysOf(body, spending, 0).calls;
}

interface Ways {
  readonly given: Given;
  readonly calls: readonly CallValue[];
  /** No way without the change comes behind these steps. */
  readonly isLeft: boolean;
}

/** Steps within steps; what lies deeper is given back to whoever likes. */
const MAX_NESTING = 24;

function waysOf(steps: readonly Step[], spending: Spending, depth: number): Ways {
  const given: (Value | undefined)[] = [];
  const calls: CallValue[] = [];
  const inside = (part: readonly Step[]): boolean => {
    const ways = waysOf(part, spending, depth + 1);
    given.push(...ways.given);
    calls.push(...ways.calls);
    return ways.isLeft;
  };
  const left = (): Ways => ({ given, calls, isLeft: true });
  if (depth > MAX_NESTING) return { given: [UNKNOWN], calls: [...allCallsIn(steps)], isLeft: false };
  for (const step of steps) {
    switch (step.op) {
      case "call":
        if (spending.isLastTime(step)) return left();
        calls.push(...allCallsIn([step]));
        break;
      case "throw":
        return left();
      case "return": {
        const body = transactionGiven(step.value);
        if (!body) given.push(step.value);
        else if (!inside(body)) given.push(undefined);
        return left();
      }
      case "if": {
        const others = spending.others(step.test);
        if (others) {
          inside(others);
          return left();
        }
        // Both: what the second one gives back counts, too.
        const sides = [inside(step.then), inside(step.else)];
        if (sides.every(Boolean)) return left();
        break;
      }
      case "try": {
        // Whatever is tried may fail before the change.
        const parts = [inside(step.block), step.handler ? inside(step.handler) : true];
        if (inside(step.finalizer) || parts.every(Boolean)) return left();
        break;
      }
      case "loop":
        inside(step.body);
        break;
      case "switch":
        for (const { body } of step.cases) inside(body);
        break;
      case "jump":
        // Where it leads to is not told: all behind it counts as passed by.
        return { given, calls, isLeft: false };
      default:
    }
  }
  return { given, calls, isLeft: false };
}

const UNKNOWN: Value = { kind: "unknown" };

/** `return db.transaction(async (tx) => { … })`: what that one gives back is given back. */
function transactionGiven(value: Value | undefined): readonly Step[] | undefined {
  const at = value && target(value);
  const call = at?.kind === "await" ? target(at.value) : at;
  return call?.kind === "call" ? transactionOf(call) : undefined;
}
