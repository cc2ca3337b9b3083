import type { FunctionFacts, Step, Value } from "./ir.ts";
import { isEmpty, target } from "./values.ts";

/*
 * What a function hands back where it was given nothing: `if (!text) return text;`.
 */

/** Conditions within each other. */
const MAX_DEPTH = 16;

/**
 * What a function may return, without what is known to be empty where it is returned: nothing, no text, or none of a list.
 * Only a variable that is put in place once is known so; anything else stays.
 */
export function fullReturns(fn: FunctionFacts): readonly Value[] {
  if (fn.returns.length < 2) return fn.returns;
  const full = new Set<Value>();
  const empty = new Set<Value>();
  walk(fn.body, [], { full, empty }, 0);
  return fn.returns.filter((value) => full.has(value) || !empty.has(value));
}

/**
 * A value of two ways (`text ? encrypt(text) : text`), without the way on which the variable that it gives is empty.
 * @returns the options that hold something, in their order
 */
export function fullOptions(test: Value | undefined, options: readonly Value[]): readonly Value[] {
  if (!test || options.length !== 2) return options;
  return options.filter((option, index) => !isAmong(option, emptyWhere(test, index === 0, 0)));
}

interface Returned {
  readonly full: Set<Value>;
  readonly empty: Set<Value>;
}

/** Notes what steps return; true where they may go on behind the last one. */
function walk(steps: readonly Step[], known: readonly Value[], found: Returned, depth: number): boolean {
  if (depth > MAX_DEPTH) return true;
  let empty = known;
  for (const step of steps) {
    switch (step.op) {
      case "return":
        if (step.value) (isAmong(step.value, empty) ? found.empty : found.full).add(step.value);
        return false;
      case "throw":
      case "jump":
        return false;
      case "if": {
        const [held, failed] = [emptyWhere(step.test, true, 0), emptyWhere(step.test, false, 0)];
        const goesOn = walk(step.then, [...empty, ...held], found, depth + 1);
        const elseGoesOn = walk(step.else, [...empty, ...failed], found, depth + 1);
        if (!goesOn && !elseGoesOn) return false;
        if (!goesOn) empty = [...empty, ...failed];
        if (!elseGoesOn) empty = [...empty, ...held];
        break;
      }
      case "loop":
        walk(step.body, empty, found, depth + 1);
        break;
      case "try":
        for (const part of [step.block, step.handler ?? [], step.finalizer]) walk(part, empty, found, depth + 1);
        break;
      case "switch":
        for (const { body } of step.cases) walk(body, empty, found, depth + 1);
        break;
      case "call":
      case "set":
      case "assert":
        break;
    }
  }
  return true;
}

/** The variables that are known to be empty where a condition comes out so. */
function emptyWhere(test: Value, outcome: boolean, depth: number): readonly Value[] {
  if (depth > MAX_DEPTH) return [];
  const at = target(test);
  if (at.kind === "operation" && at.operator === "!" && at.operands[0]) return emptyWhere(at.operands[0], !outcome, depth + 1);
  if (at.kind === "choice" && (at.operator === "&&" || at.operator === "||")) {
    const parts = at.options.map((option) => emptyWhere(option, outcome, depth + 1));
    // All parts of `a && b` hold where it does; none of `a || b` where it does not. Else only what each of them says is known.
    return outcome === (at.operator === "&&") ? parts.flat() : (parts[0] ?? []).filter((variable) => parts.every((part) => isAmong(variable, part)));
  }
  if (at.kind === "operation" && /^[!=]==?$/u.test(at.operator)) {
    return at.operator.startsWith("=") === outcome && at.operands.some(isEmpty) ? at.operands.filter((operand) => !isEmpty(operand)) : [];
  }
  return outcome ? [] : [test];
}

/** Variables are the same where they stand for the same; one that is put in place several times is none. */
function isAmong(value: Value, variables: readonly Value[]): boolean {
  const at = target(value);
  return at.kind !== "choice" && at.kind !== "unknown" && variables.some((variable) => target(variable) === at);
}
