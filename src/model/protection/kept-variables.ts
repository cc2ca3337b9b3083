import type { Branches, OncePart } from "../flow/policy.ts";
import { isAnyClock } from "../values/clock.ts";
import type { CallValue, RefValue, Step, Value } from "../values/ir.ts";
import { stepsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { isEmpty, target } from "../values/values.ts";

/*
 * What is done only while a variable of the module holds nothing, and is then put into it: a table that is made sure of, a
 * list that is kept for a minute. Each instance of the server does it once, or once in that time, however often somebody asks.
 */

/** Functions of the module in one another that may put something into the variable. */
const MAX_CALLS = 2;
const MAX_DEPTH = 8;
/** What makes numbers of times. */
const OF_TIMES: ReadonlySet<string> = new Set(["Date", "Number", "Math"]);
const TIME_OF: ReadonlySet<string> = new Set(["getTime", "valueOf"]);

/** A variable of the module that something is put into later. */
type Variable = RefValue & { readonly puts: readonly Value[] };

/**
 * Where something is done that is then kept in a variable of the module: in a branch of a condition, or in what follows it.
 * @param around the function that the condition stands in
 * @returns undefined: the condition asks for something else as well, or it is not put there on every way
 */
export function keptInVariable(tracer: Tracer, { value, place }: Located, branches: Branches, around: readonly Step[]): OncePart | undefined {
  // By what it is made of first: this is asked of each condition.
  if (!dependsOn(value, (part) => part.kind === "ref" && part.puts !== undefined)) return undefined;
  const variables = variablesIn(value);
  const isThere = variables.length === 0 ? undefined : saysThere(value, 0);
  if (isThere === undefined) return undefined;
  const where: Where = { tracer, place, variables };
  const steps = { then: branches.then, else: branches.otherwise };
  const [found, missing] = isThere ? (["then", "else"] as const) : (["else", "then"] as const);
  const part = steps[missing].length > 0 ? missing : steps[found].some(({ op }) => op === "return" || op === "throw") ? "rest" : undefined;
  const made = part === "rest" ? branches.rest() : steps[missing];
  return part !== undefined && variables.every((variable) => isPut(made, variable, where, 0)) && !empties(around, where, 0) ? part : undefined;
}

interface Where {
  readonly tracer: Tracer;
  readonly place: Place;
  readonly variables: readonly Variable[];
}

function variableOf(value: Value): Variable | undefined {
  return value.kind === "ref" && value.puts !== undefined ? (value as Variable) : undefined;
}

/** The variables of the module that a value is made of. */
function variablesIn(value: Value): readonly Variable[] {
  const found: Variable[] = [];
  const note = (part: Value): boolean => {
    const variable = variableOf(part);
    if (variable && !found.some(({ puts }) => puts === variable.puts)) found.push(variable);
    return false;
  };
  dependsOn(value, note, (part) => variableOf(part) !== undefined);
  return found;
}

/** Whether something is there, and new enough, where a condition holds; undefined: it asks for something else, too. */
function saysThere(test: Value, depth: number): boolean | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (variableOf(test)) return true;
  const at = test.kind === "ref" ? target(test) : test;
  // `kept[id]` is another one for each id.
  if (at.kind === "member") return at.property !== undefined && variableOf(at.object) ? true : undefined;
  if (at.kind === "choice" && (at.operator === "&&" || at.operator === "||")) {
    const [first, ...others] = at.options.map((option) => saysThere(option, depth + 1));
    return others.every((other) => other === first) ? first : undefined;
  }
  if (at.kind !== "operation") return undefined;
  const [left, right] = at.operands;
  if (at.operator === "!" && left) {
    const inner = saysThere(left, depth + 1);
    return inner === undefined ? undefined : !inner;
  }
  if (!left || !right) return undefined;
  if (/^[!=]==?$/u.test(at.operator)) {
    const asked = saysThere(left, depth + 1);
    const compared = target(right);
    const isTrue = compared.kind === "literal" && compared.value === true;
    if (asked !== true || (!isTrue && !isEmpty(compared))) return undefined;
    return at.operator.startsWith("=") === isTrue;
  }
  return saysNew(at.operator, left, right);
}

/** `Date.now() - keptAt < MINUTE`, `Date.now() < until`: where it holds, what is kept is new enough. */
function saysNew(operator: string, left: Value, right: Value): boolean | undefined {
  if (!/^[<>]=?$/u.test(operator) || ![left, right].every(isOfTimes)) return undefined;
  const inLeft = growth(left);
  const inRight = growth(right);
  if ((inLeft === undefined) === (inRight === undefined)) return undefined;
  const isSmaller = operator.startsWith("<");
  return inLeft === undefined ? isSmaller !== inRight : isSmaller === inLeft;
}

/** True where a value grows as time goes on, false where it shrinks; undefined: neither. */
function growth(value: Value): boolean | undefined {
  const at = target(value);
  if (at.kind === "call") return isAnyClock(at) ? true : (receiverOf(at) && growth(receiverOf(at) ?? at));
  if (at.kind !== "operation") return undefined;
  const [left, right] = at.operands.map(growth);
  if (at.operator === "-" && right !== undefined) return left === undefined ? !right : undefined;
  return right === undefined ? left : left === undefined ? right : undefined;
}

/** `new Date()` of `new Date().getTime()` */
function receiverOf({ callee }: CallValue): Value | undefined {
  const method = target(callee);
  return method.kind === "member" && TIME_OF.has(method.property ?? "") ? method.object : undefined;
}

/** It is made of the time of day, of variables of the module and of what the program is given, and of nothing of a request. */
function isOfTimes(value: Value): boolean {
  const isOther = (part: Value): boolean => {
    if (part.kind === "call") return !isAnyClock(part) && receiverOf(part) === undefined;
    if (part.kind === "global") return !OF_TIMES.has(part.name);
    return /^(?:param|await|unknown|function|object|array)$/u.test(part.kind);
  };
  return !dependsOn(value, isOther, (part) => variableOf(part) !== undefined);
}

/** Steps put something into a variable, unless they end before for a reason that a caller has a say in. */
function isPut(steps: readonly Step[], variable: Variable, where: Where, depth: number): boolean {
  for (const step of steps) {
    if (step.op === "set" && variable.puts.includes(step.value)) return true;
    if (step.op === "try" && isPut(step.block, variable, where, depth)) return true;
    if (step.op === "call" && depth < MAX_CALLS && bodiesOf(step.call, where).some((body) => isPut(body, variable, where, depth + 1))) return true;
    if (step.op === "return" || step.op === "throw" || step.op === "jump") return false;
    if (step.op === "if" && dependsOn(step.test, ({ kind }) => kind === "param")) return false;
  }
  return false;
}

/** What a call of a function of the same module runs: `load()`, `(async () => { … })()`. */
function bodiesOf({ callee }: CallValue, { tracer, place }: Where): readonly (readonly Step[])[] {
  const called = tracer.functions({ value: callee, place });
  return called.length === 1 ? called.flatMap(({ fn, place: { module } }) => (module === place.module ? [fn.body] : [])) : [];
}

/** The function, or one that it hands over or calls in its place, puts nothing into a variable again. */
function empties(steps: readonly Step[], where: Where, depth: number): boolean {
  for (const step of stepsIn(steps)) {
    if (step.op === "set" && isFalse(step.value) && where.variables.some(({ puts }) => puts.includes(step.value))) return true;
    if (step.op !== "call" || depth > MAX_CALLS) continue;
    const handed = [step.call.callee, ...step.call.args].map(target).flatMap((part) => (part.kind === "function" ? [part.fn.body] : []));
    if ([...handed, ...bodiesOf(step.call, where)].some((body) => empties(body, where, depth + 1))) return true;
  }
  return false;
}

function isFalse(value: Value): boolean {
  const at = target(value);
  return isEmpty(at) || (at.kind === "literal" && !at.value);
}
