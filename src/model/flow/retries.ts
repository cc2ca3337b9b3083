import type { Step } from "../values/ir.ts";
import { isSameForAll } from "../values/same-for-all.ts";
import type { Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/*
 * Loops that try again what has failed: `for (let tries = 0; tries < 3; tries++) { try { return await load(); } catch { … } }`.
 */

/** How often something is tried that is likely to succeed. */
const MAX_TRIES = 10;

/** A loop that is left once what stands in it has succeeded, and does not go on for as long as a caller likes. */
export function triesAgain(tracer: Tracer, { test, body }: Step & { op: "loop" }, place: Place): boolean {
  const at = test && target(test);
  const most = at?.kind === "operation" && /^<=?$/u.test(at.operator) ? at.operands[1] : undefined;
  if (!most || !body.some(leavesWhenDone) || goesOn(body) || !isSameForAll(tracer, { value: most, place })) return false;
  return tracer.alternatives({ value: most, place }).every(({ value }) => value.kind !== "literal" || (typeof value.value === "number" && value.value <= MAX_TRIES));
}

/** What is found, and not what fails, has the loop go on: `if (!found) continue`. */
function goesOn(steps: readonly Step[]): boolean {
  return steps.some((step) => {
    if (step.op === "if") return goesOn(step.then) || goesOn(step.else);
    return step.op === "try" ? goesOn(step.block) : step.op === "throw" || (step.op === "jump" && step.to === "continue");
  });
}

/** `return await load()`, also with a `catch` around it. */
function leavesWhenDone(step: Step): boolean {
  if (step.op === "try") return step.block.some(leavesWhenDone);
  return step.op === "return" || (step.op === "jump" && step.to === "break");
}
