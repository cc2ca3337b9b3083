import type { Step, SwitchCase, Value } from "../values/ir.ts";
import type { Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { exits } from "./flow.ts";
import type { FlowPolicy } from "./policy.ts";

/*
 * Which cases of a `switch` are run, where that is known.
 */

/**
 * The steps that a `switch` runs.
 * @param isIt for each case whether it is the one that is asked for; undefined: that is not known, or it is `default`
 * @returns undefined where it is not known which case is run
 */
export function stepsOfCases(cases: readonly SwitchCase[], isIt: readonly (boolean | undefined)[]): readonly Step[] | undefined {
  const index = isIt.indexOf(true);
  const before = cases.slice(0, index === -1 ? cases.length : index);
  if (before.some(({ test }, at) => test && isIt[at] === undefined)) return undefined;
  const first = index === -1 ? cases.findIndex(({ test }) => !test) : index;
  if (first === -1) return [];
  const rest = cases.slice(first);
  const last = rest.findIndex(({ body }) => leavesCase(body));
  return rest.slice(0, last === -1 ? rest.length : last + 1).flatMap(({ body }) => body);
}

/** A case does not lead on into the next one. */
export const leavesCase = (body: readonly Step[]): boolean => body.some(({ op }) => op === "jump") || exits(body);

/** The first of the cases that lead on to one. */
export function reachedFrom(cases: readonly SwitchCase[], index: number): number {
  let first = index;
  // What may leave a case on some way only leads on, too.
  for (let before = cases[first - 1]; before && !leavesCase(before.body); before = cases[first - 1]) first--;
  return first;
}

/** The steps of a `switch` whose cases a policy settles as it settles comparisons: `switch (pathname)`, `switch (true)`. */
export function stepsDecided(decide: NonNullable<FlowPolicy["decide"]>, discriminant: Value, cases: readonly SwitchCase[], place: Place): readonly Step[] | undefined {
  const asked = target(discriminant);
  const isTrue = asked.kind === "literal" && asked.value === true;
  const isIt = cases.map(({ test }) => test && decide({ value: isTrue ? test : { kind: "operation", operator: "===", operands: [discriminant, test] }, place }));
  return stepsOfCases(cases, isIt);
}
