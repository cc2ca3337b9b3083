import type { FileModel } from "../file.ts";
import { requestInputs } from "../input/request-input.ts";
import type { CallValue, Step, Value } from "../values/ir.ts";
import { callsIn, stepsIn } from "../values/lower.ts";
import { statesOf } from "../values/states.ts";
import type { Place } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { linksOf } from "./row-conditions.ts";
import type { Change } from "./rows.ts";
import { isJump, isOnEachWay } from "./ways.ts";

/*
 * Up to where what a function does is done together with the changes that end a state: nobody has one without the other.
 */

/** A call that puts an end to what a condition asks for, and what it sets. */
export type Ending = Pick<Change, "call" | "data">;

/** From where on whatever is done is done together with the changes, for each of them by which that can be told. */
export function togetherWith(file: FileModel, steps: readonly Step[], endings: readonly Ending[], place: Place): readonly (Step | "start")[] {
  const isSent = (value: Value): boolean => requestInputs(file, { value, place }).length > 0;
  // A change that the caller can have refused leaves the record as it was.
  const calls = endings.filter(({ data }) => !data.entries.some(({ value }) => isSent(value) && !statesOf(file.tracer, value, place))).map(({ call }) => call);
  const isEnding = (call: CallValue): boolean => linksOf(call).some((link) => calls.includes(link.call));
  const mayFail = (call: CallValue): boolean => !isEnding(call) && call.args.some((arg) => target(arg).kind === "param" || isSent(arg));
  return calls.flatMap((call) => togetherFrom(steps, call, mayFail, calls) ?? []);
}

/**
 * From where on whatever is done is done together with a call that comes later: nothing leaves in between.
 * @param mayFail a call that may throw if the caller likes; what comes before it may be done without the later one
 * @param others calls that are as good as the later one: whoever leaves after one of them has not passed it by
 * @returns `"start"`: all of the steps before it; a step: what follows that one. Undefined: some way passes the call by
 */
function togetherFrom(steps: readonly Step[], call: CallValue, mayFail: (call: CallValue) => boolean, others: readonly CallValue[]): Step | "start" | undefined {
  let from: Step | "start" = "start";
  let last: Step | "start" = "start";
  for (const step of steps) {
    if (isOnEachWay([step], call, isJump)) {
      const within = step.op === "try" ? togetherFrom(step.block, call, mayFail, others) : undefined;
      return within === undefined || within === "start" ? from : within;
    }
    const open = withoutRest([step], others);
    if (isLeftIn(open)) from = step;
    else if ([...callsIn(open)].some(mayFail)) from = step.op === "call" ? last : step;
    last = step;
  }
  return undefined;
}

/** Steps up to any of the calls, in each branch: behind it they are as good as done. What is tried may fail before. */
function withoutRest(steps: readonly Step[], calls: readonly CallValue[]): readonly Step[] {
  if (calls.length === 0) return steps;
  const end = steps.findIndex((step) => step.op !== "try" && calls.some((call) => isOnEachWay([step], call, isJump)));
  return (end === -1 ? steps : steps.slice(0, end)).map((step) => {
    if (step.op === "if") return { ...step, then: withoutRest(step.then, calls), else: withoutRest(step.else, calls) };
    return step.op === "try" ? { ...step, block: withoutRest(step.block, calls), handler: step.handler && withoutRest(step.handler, calls) } : step;
  });
}

/** Some way leaves the steps; what leaves a loop in them does not. */
function isLeftIn(steps: readonly Step[]): boolean {
  return steps.some((step) => {
    switch (step.op) {
      case "loop":
        return [...stepsIn(step.body)].some(({ op }) => op === "return" || op === "throw");
      case "if":
        return isLeftIn(step.then) || isLeftIn(step.else);
      case "try":
        return isLeftIn(step.block) || isLeftIn(step.handler ?? []) || isLeftIn(step.finalizer);
      case "switch":
        return step.cases.some(({ body }) => isLeftIn(body));
      default:
        return isJump(step);
    }
  });
}
