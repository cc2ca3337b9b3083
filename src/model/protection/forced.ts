import type { FileModel } from "../file.ts";
import { answerOf, isCombined, ofCombination, ofLiteral } from "../flow/answers.ts";
import { requestInputs, type RequestInput } from "../input/request-input.ts";
import type { CallValue, FunctionFacts, OperationValue, Step, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import type { Located, Place } from "../values/trace.ts";
import { memberOf, target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";
import { comparesSecret } from "./secrets.ts";

/*
 * Conditions that come out as whoever sends the request likes: because a header says "yes" (`x-vercel-cron: 1`), because it is
 * there at all (`!!headers.get("upstash-signature")`), or because it is left out.
 */

/** What everybody knows to say; another text may be a secret. */
const YES = /^(?:1|true|yes|on)$/iu;
/** Platforms and servers set these, whatever a caller sends. */
const SET_ON_THE_WAY = /^(?:host|via|content-length|x-forwarded-.*|x-real-ip|x-vercel-(?:ip|id|deployment|proxied).*|cf-.*|fly-.*|true-client-ip)$/iu;
/** Calls that read a request or a text, and refuse nobody. */
const READING =
  /^(?:get|getAll|has|header|headers|cookies|json|text|formData|includes|startsWith|endsWith|toLowerCase|toUpperCase|trim|test|match|slice|substring|split|replace|some|every|find|filter|map|at|String|Boolean|URL|URLSearchParams|log|warn|info)$/u;
/** Conditions and functions within each other. */
const MAX_DEPTH = 12;
/** Ways through the functions that a condition calls. */
const MAX_WAYS = 60;

/** What the caller sends, and what he leaves out, for a condition to come out as he likes: by the name of each input. */
type Sent = ReadonlyMap<string, boolean>;
export type Decide = (test: Located) => boolean | undefined;

/**
 * Whether a caller can bring a condition to this outcome by what he sends, or leaves out, without knowing a secret.
 * @param decide says how a condition comes out whatever is sent, as one on the path of the request does
 */
export function canForce(file: FileModel, test: Located, outcome: boolean, decide?: Decide): boolean {
  return new Forcing(file, decide).of(test, outcome, NOTHING, 0) !== undefined;
}

/**
 * A function of the project compares a secret, and answers in the same way to whoever sends, or leaves out, something else:
 * `return auth === secret || !!headers.get("upstash-signature")`.
 */
export function letsInAnyone(file: FileModel, call: Located<CallValue>, decide?: Decide): boolean {
  const { value, place } = call;
  const [callee, ...others] = value.isNew ? [] : file.tracer.functions({ value: value.callee, place });
  if (!callee || others.length > 0 || !mayAnswer(callee.fn)) return false;
  const outcome = ofMachine(file, callee.fn, file.tracer.inside(call, callee));
  return outcome !== undefined && new Forcing(file, decide, true).of(call, outcome, NOTHING, 0) !== undefined;
}

const NOTHING: Sent = new Map();

/** It tells yes from no, in few steps. */
function mayAnswer({ body, returns }: FunctionFacts): boolean {
  return body.length <= MAX_WAYS && returns.length > 0 && returns.every((value) => ofLiteral(value) !== undefined || isCombined(target(value)) || /^(?:operation|call)$/u.test(target(value).kind));
}

/** What the function answers to whoever knows the secret; undefined: it compares none, or that does not settle it. */
function ofMachine({ tracer }: FileModel, fn: FunctionFacts, place: Place): boolean | undefined {
  let compares = false;
  const decide = (value: Value): boolean | undefined =>
    ofCombination(value, (part) => {
      const at = target(part);
      if (at.kind === "env") return true;
      if (at.kind !== "operation" || !/^[!=]==?$/u.test(at.operator) || !comparesSecret(tracer, { value: at, place })) return undefined;
      compares = true;
      return at.operator.startsWith("=");
    });
  const answer = answerOf(fn.body, decide);
  return compares ? answer : undefined;
}

class Forcing {
  readonly #file: FileModel;
  readonly #decide: Decide;
  readonly #failsSecrets: boolean;
  #ways = 0;

  /** @param failsSecrets what is compared with a secret is known to be something else: which way follows from that is asked */
  constructor(file: FileModel, decide: Decide = () => undefined, failsSecrets = false) {
    this.#file = file;
    this.#failsSecrets = failsSecrets;
    this.#decide = decide;
  }

  /** What has to be sent for a condition to come out so; undefined: it is not in the caller's hands. */
  of({ value, place }: Located, outcome: boolean, sent: Sent, depth: number): Sent | undefined {
    const at = target(value);
    if (depth > MAX_DEPTH) return undefined;
    const decided = this.#decide({ value, place }) ?? ofLiteral(value);
    if (decided !== undefined) return decided === outcome ? sent : undefined;
    if (at.kind === "choice" && isCombined(at)) {
      // One false part makes it false, or one true part true.
      const parts = at.options.map((option) => ({ value: option, place }));
      return outcome === (at.operator === "||") ? this.#any(parts, outcome, sent, depth) : this.#all(parts, outcome, sent, depth);
    }
    // Whether the secret is set is not known; without it a check is no question of what is sent.
    if (at.kind === "env") return outcome ? sent : undefined;
    if (at.kind === "operation") return this.#operation(at, place, outcome, sent, depth);
    if (at.kind === "call" && !at.isNew) {
      const answered = this.#call({ value: at, place }, outcome, sent, depth);
      if (answered) return answered;
    }
    return this.#presence({ value, place }, outcome, sent);
  }

  #any(parts: readonly Located[], outcome: boolean, sent: Sent, depth: number): Sent | undefined {
    for (const part of parts) {
      const forced = this.of(part, outcome, sent, depth + 1);
      if (forced) return forced;
    }
    return undefined;
  }

  #all(parts: readonly Located[], outcome: boolean, sent: Sent, depth: number): Sent | undefined {
    let all: Sent | undefined = sent;
    for (const part of parts) all &&= this.of(part, outcome, all, depth + 1);
    return all;
  }

  #operation(value: OperationValue, place: Place, outcome: boolean, sent: Sent, depth: number): Sent | undefined {
    const { operator, operands } = value;
    const [left, right] = operands;
    if (operator === "!") return left && this.of({ value: left, place }, !outcome, sent, depth + 1);
    if (!left || !right || !/^[!=]==?$/u.test(operator)) return undefined;
    if (this.#failsSecrets && comparesSecret(this.#file.tracer, { value, place })) return outcome === operator.startsWith("=") ? undefined : sent;
    const said = [left, right].find((side) => target(side).kind === "literal");
    if (!said) return undefined;
    const other = { value: said === left ? right : left, place };
    const word = target(said);
    if (word.kind === "literal" && (word.value === null || word.value === undefined)) return this.#presence(other, outcome !== operator.startsWith("="), sent);
    const isYes = word.kind === "literal" && YES.test(String(word.value));
    return isYes && requestInputs(this.#file, other).length > 0 ? sent : undefined;
  }

  /** Something of the request itself is there, or is not. */
  #presence(located: Located, outcome: boolean, sent: Sent): Sent | undefined {
    const name = inputName(this.#file, readOf(located));
    if (name === undefined || sent.get(name) === !outcome) return undefined;
    return new Map(sent).set(name, outcome);
  }

  /** What a function of the project answers. */
  #call(call: Located<CallValue>, outcome: boolean, sent: Sent, depth: number): Sent | undefined {
    const { tracer } = this.#file;
    const [callee, ...others] = tracer.functions({ value: call.value.callee, place: call.place });
    if (!callee || others.length > 0 || callee.fn.isAsync) return undefined;
    return this.#answer(callee.fn.body, tracer.inside(call, callee), outcome, sent, depth + 1);
  }

  #answer(steps: readonly Step[], place: Place, outcome: boolean, sent: Sent, depth: number): Sent | undefined {
    if (this.#ways++ > MAX_WAYS) return undefined;
    for (const [index, step] of steps.entries()) {
      switch (step.op) {
        case "set":
        case "assert":
          break;
        case "call":
          // Whatever else is called may refuse by itself.
          if (!this.#onlyReads(step.call, place)) return undefined;
          break;
        case "return":
          return step.value === undefined ? this.#ifNo(outcome, sent) : this.of({ value: step.value, place }, outcome, sent, depth);
        case "if": {
          // What comes out of a part of an expression is asked for where the expression is.
          if (step.isPart && [...callsIn([step])].every((call) => this.#onlyReads(call, place))) break;
          for (const isThen of [true, false]) {
            const taken = this.of({ value: step.test, place }, isThen, sent, depth + 1);
            const way = [...(isThen ? step.then : step.else), ...steps.slice(index + 1)];
            const forced = taken && this.#answer(way, place, outcome, taken, depth);
            if (forced) return forced;
          }
          return undefined;
        }
        default:
          return undefined;
      }
    }
    return this.#ifNo(outcome, sent);
  }

  #onlyReads({ callee }: CallValue, place: Place): boolean {
    return READING.test(lastName(callee) ?? "") && this.#file.tracer.functions({ value: callee, place }).length === 0;
  }

  /** A function that comes to its end answers no. */
  #ifNo(outcome: boolean, sent: Sent): Sent | undefined {
    return outcome ? undefined : sent;
  }
}

/** `headers.get("x")` for `headers.has("x")`, which asks for the same. */
function readOf({ value, place }: Located): Located {
  const at = target(value);
  const method = at.kind === "call" && !at.isNew ? target(at.callee) : undefined;
  if (at.kind !== "call" || method?.kind !== "member" || method.property !== "has") return { value, place };
  return { value: { ...at, callee: memberOf(method.object, "get") }, place };
}

/** One part of the request that a value is, and that a caller may leave out. */
function inputName(file: FileModel, located: Located): string | undefined {
  const inputs = requestInputs(file, located);
  const names = new Set(inputs.map(nameOf));
  const [name] = names;
  return names.size === 1 && inputs.every(isLeftToCaller) ? name : undefined;
}

/** The name of a part of a request. */
export const nameOf = ({ kind, path }: RequestInput): string => `${kind}:${path.join(".").toLowerCase()}`;

function isLeftToCaller({ whole, kind, path }: RequestInput): boolean {
  if (!whole || path.length === 0 || kind === "param" || kind === "argument") return false;
  return kind !== "header" || !SET_ON_THE_WAY.test(path[0] ?? "");
}
