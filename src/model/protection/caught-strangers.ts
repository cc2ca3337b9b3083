import { isOfSession, isOpenToStrangers } from "../../sdk/sessions.ts";
import { answeringCall } from "./caller-presence.ts";
import { exits } from "../flow/flow.ts";
import type { CallValue, Step } from "../values/ir.ts";
import { stepsIn } from "../values/lower.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/*
 * Whether strangers get to a `catch`. They do not, where the first thing that is tried is to look whether they are somebody, and they are
 * answered: what is caught is thrown later, for known callers.
 */

/** Packages that make answers. */
const ANSWERS = /^(?:global|next\/server)$/u;

/**
 * Strangers have been answered before anything that is tried can throw for them. Only sessions of libraries count, which give nothing to
 * strangers and throw for nobody; a body that is parsed first throws for whoever sends nonsense. False: they may get to the `catch`.
 */
export function areAnsweredFirst(tracer: Tracer, block: readonly Step[], place: Place): boolean {
  for (const step of block) {
    if (step.op === "if") return isStranger(tracer, { value: step.test, place }) && isAnswered(tracer, step.then, place);
    if (step.op === "call" ? !isHarmless(tracer, { value: step.call, place }) : step.op !== "set") return false;
  }
  return false;
}

/** A line in the log, or a session that is looked up. */
function isHarmless(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  const path = tracer.canonical({ value: value.callee, place });
  return path !== undefined && (isOfSession(path) || (path.source === "global" && path.path[0] === "console"));
}

/** `!session`, `!session?.user?.id`, `!userId`, and perhaps more behind `||`: true for strangers, without reading a member of nothing. */
function isStranger(tracer: Tracer, { value, place }: Located): boolean {
  const at = target(value);
  if (at.kind === "choice" && at.operator === "||") return at.options[0] !== undefined && isStranger(tracer, { value: at.options[0], place });
  const [told] = at.kind === "operation" && at.operator === "!" ? at.operands : [];
  const call = told && answeringCall(told);
  const path = call && tracer.canonical({ value: call.callee, place });
  return told !== undefined && path !== undefined && isOfSession(path) && isReadSafely(tracer, { value: told, place });
}

/** Each member is read of what is there, or by `?.`. */
function isReadSafely(tracer: Tracer, { value, place }: Located): boolean {
  const at = target(value);
  if (at.kind === "await" || at.kind === "call") return true;
  if (at.kind !== "member") return false;
  const path = tracer.canonical({ value: at, place });
  if (path && isOpenToStrangers(path)) return true;
  return at.node?.type === "MemberExpression" && at.node.optional && isReadSafely(tracer, { value: at.object, place });
}

/** The branch ends with an answer, and does nothing that may fail. */
function isAnswered(tracer: Tracer, steps: readonly Step[], place: Place): boolean {
  const mayFail = (step: Step): boolean => {
    const path = step.op === "call" ? tracer.canonical({ value: step.call.callee, place }) : undefined;
    return step.op === "throw" || (step.op === "call" && !ANSWERS.test(path?.source ?? ""));
  };
  return exits(steps) && ![...stepsIn(steps)].some(mayFail);
}
