import { all, any, opposite } from "./three-valued.ts";
import type { Step, Value } from "../values/ir.ts";
import { target } from "../values/values.ts";

/*
 * What a function answers that tells yes from no, where it is known of some conditions how they come out.
 */

/** Conditions within each other. */
const MAX_DEPTH = 16;

/** How a condition comes out; undefined: that is not known. */
type Decide = (test: Value) => boolean | undefined;

/**
 * What steps answer, as far as conditions let them.
 * @param decide is asked for each condition, and for what is returned
 */
export function answerOf(steps: readonly Step[], decide: Decide): boolean | undefined {
  const { answers, goesOn } = answersOf(steps, decide);
  const [answer, ...others] = goesOn ? [...answers, false] : answers;
  return others.every((other) => other === answer) ? answer : undefined;
}

function answersOf(steps: readonly Step[], decide: Decide): { readonly answers: readonly (boolean | undefined)[]; readonly goesOn: boolean } {
  const answers: (boolean | undefined)[] = [];
  for (const step of steps) {
    if (step.op === "call" || step.op === "set" || step.op === "assert") continue;
    if (step.op === "return") return { answers: [...answers, step.value === undefined ? false : (ofLiteral(step.value) ?? decide(step.value))], goesOn: false };
    if (step.op !== "if") return { answers: [...answers, undefined], goesOn: false };
    const decided = decide(step.test);
    const ways = [...(decided === false ? [] : [step.then]), ...(decided === true ? [] : [step.else])].map((way) => answersOf(way, decide));
    answers.push(...ways.flatMap((way) => way.answers));
    if (!ways.some(({ goesOn }) => goesOn)) return { answers, goesOn: false };
  }
  return { answers, goesOn: true };
}

/**
 * What steps give back, as far as conditions let them, as it is written; where they give back nothing, that is undefined. Ways
 * on which they throw give back nothing at all.
 * @returns undefined: what comes back can't be told
 */
export function givenBackBy(steps: readonly Step[], decide: Decide): readonly (Value | undefined)[] | undefined {
  const given: (Value | undefined)[] = [];
  const goesOn = gather(steps, decide, given);
  return goesOn === undefined ? undefined : goesOn ? [...given, undefined] : given;
}

/** Whether some way leads past the steps; undefined: that can't be told. */
function gather(steps: readonly Step[], decide: Decide, given: (Value | undefined)[]): boolean | undefined {
  for (const step of steps) {
    if (step.op === "throw") return false;
    if (step.op === "return") {
      given.push(step.value);
      return false;
    }
    if (step.op === "call" || step.op === "assert") continue;
    if (step.op !== "if") return undefined;
    const decided = decide(step.test);
    const ways = [...(decided === false ? [] : [step.then]), ...(decided === true ? [] : [step.else])].map((way) => gather(way, decide, given));
    if (ways.includes(undefined)) return undefined;
    if (!ways.includes(true)) return false;
  }
  return true;
}

/** Whether a constant is a yes; undefined: it is none. */
export function ofLiteral(value: Value): boolean | undefined {
  const at = target(value);
  return at.kind === "literal" ? Boolean(at.value) : undefined;
}

/** `!a`, `a && b` or `a || b` */
export const isCombined = (value: Value): boolean =>
  value.kind === "operation" ? value.operator === "!" : value.kind === "choice" && (value.operator === "&&" || value.operator === "||");

/** How `!a`, `a && b` and `a || b` come out, by how their parts do; anything else is a part itself. */
export function ofCombination(value: Value, ofPart: Decide, depth = 0): boolean | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const at = target(value);
  if (at.kind === "operation" && at.operator === "!") return at.operands[0] && opposite(ofCombination(at.operands[0], ofPart, depth + 1));
  if (at.kind !== "choice" || !isCombined(at)) return ofPart(value);
  const parts = at.options.map((option) => ofCombination(option, ofPart, depth + 1));
  return at.operator === "||" ? any(parts) : all(parts);
}
