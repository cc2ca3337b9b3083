import { exits } from "./flow.ts";
import { leavesCase } from "./switches.ts";
import type { CallValue, OperationValue, Step, Value } from "../values/ir.ts";
import { callsIn, stepsIn } from "../values/lower.ts";

/** A condition and its outcome. */
export interface Outcome {
  readonly test: Value;
  readonly holds: boolean;
}

/** What has happened on every way to a point. */
export interface KnownBefore {
  readonly outcomes: readonly Outcome[];
  readonly ran: readonly CallValue[];
}

/** True where no way leads past the steps, besides what {@link exits} knows. */
type Leaves = (steps: readonly Step[]) => boolean;

/**
 * What is known when a call of these steps runs: conditions that every way to it has settled, and calls that ran.
 * Undefined: the steps do not hold the call.
 */
export function knownBefore(steps: readonly Step[], call: CallValue, leaves: Leaves = exits): KnownBefore | undefined {
  const before = new Before(call, leaves);
  return before.read(steps) ? before : undefined;
}

/** All conditions of the steps with both outcomes, and all calls: whatever may have been checked. */
export function* allIn(steps: readonly Step[]): Generator<Value> {
  for (const step of stepsIn(steps)) {
    if (step.op === "call") yield step.call;
    else if ((step.op === "if" || step.op === "loop") && step.test) yield step.test;
    else if (step.op === "switch") for (const { test } of step.cases) if (test) yield equality(step.discriminant, test);
  }
}

class Before implements KnownBefore {
  readonly outcomes: Outcome[] = [];
  readonly ran: CallValue[] = [];
  readonly #call: CallValue;
  readonly #leaves: Leaves;

  constructor(call: CallValue, leaves: Leaves) {
    this.#call = call;
    this.#leaves = leaves;
  }

  /** True: the call is among the steps, and what stands before it is known now. */
  read(steps: readonly Step[]): boolean {
    return steps.some((step) => this.#step(step));
  }

  #step(step: Step): boolean {
    switch (step.op) {
      case "call":
        if (step.call === this.#call) return true;
        this.ran.push(step.call);
        return false;
      case "if":
        return this.#branches(step.test, step.then, step.else);
      case "loop":
        if (this.#holds(step.body)) {
          if (step.test) this.outcomes.push({ test: step.test, holds: true });
          return this.read(step.body);
        }
        // What each element had to pass.
        this.read(step.body);
        return false;
      case "try":
        return this.#attempt(step);
      case "switch":
        return this.#cases(step);
      default:
        return false;
    }
  }

  #branches(test: Value, then: readonly Step[], otherwise: readonly Step[]): boolean {
    for (const [steps, holds] of [[then, true], [otherwise, false]] as const) {
      if (!this.#holds(steps)) continue;
      this.outcomes.push({ test, holds });
      return this.read(steps);
    }
    if (this.#leaves(then)) this.outcomes.push({ test, holds: false });
    if (this.#leaves(otherwise)) this.outcomes.push({ test, holds: true });
    return false;
  }

  #attempt(step: Step & { op: "try" }): boolean {
    const { outcomes, ran } = this;
    const before = [outcomes.length, ran.length] as const;
    if (this.read(step.block)) return true;
    // The block may have thrown at its first step.
    const forget = (): void => {
      outcomes.length = before[0];
      ran.length = before[1];
    };
    if (step.handler && this.#holds(step.handler)) {
      forget();
      return this.read(step.handler);
    }
    if (step.handler && !this.#leaves(step.handler)) forget();
    return this.read(step.finalizer);
  }

  #cases({ discriminant, cases }: Step & { op: "switch" }): boolean {
    for (const [index, { body }] of cases.entries()) {
      if (!this.#holds(body)) continue;
      let first = index;
      while (first > 0 && !leavesCase(cases[first - 1]?.body ?? [])) first--;
      const tests = cases.slice(first, index + 1).map(({ test }) => test);
      const [test] = tests;
      if (test && !tests.includes(undefined)) this.outcomes.push({ test: equality(discriminant, test), holds: true });
      return this.read(body);
    }
    const otherwise = cases.find(({ test }) => test === undefined);
    const listed = cases.find(({ test }) => test !== undefined)?.test;
    if (listed && otherwise && this.#leaves(otherwise.body)) this.outcomes.push({ test: equality(discriminant, listed), holds: true });
    return false;
  }

  #holds(steps: readonly Step[]): boolean {
    for (const call of callsIn(steps)) if (call === this.#call) return true;
    return false;
  }
}

const equalities = new WeakMap<Value, OperationValue>();

/** A case of a `switch` as the comparison that it is. */
function equality(discriminant: Value, test: Value): OperationValue {
  let made = equalities.get(test);
  if (!made) equalities.set(test, (made = { kind: "operation", operator: "===", operands: [discriminant, test] }));
  return made;
}
