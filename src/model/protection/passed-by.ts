import type { FileModel } from "../file.ts";
import { ofLiteral } from "../flow/answers.ts";
import { requestInputs } from "../input/request-input.ts";
import type { Step, Value } from "../values/ir.ts";
import { callsIn, stepsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located } from "../values/trace.ts";
import { lastName, letsThrough, looksLikeAuthentication, turnsAway } from "./caller-checks.ts";
import { canForce, nameOf, type Decide } from "./forced.ts";

/*
 * Checks that whoever likes passes by: they hang on what a caller sends, or leaves out.
 */

/** What is called as if it checked something: only such branches are asked whether they can be passed by. */
const CHECKING = /verif|valid|sign|hmac|digest|construct|unwrap|check|equal|compar|decode/iu;

/** The two ways of a condition, and the function that it stands in. */
interface Ways {
  readonly then: readonly Step[];
  readonly otherwise: readonly Step[];
  readonly around: readonly Step[];
}

/** What can be said of a condition, for whoever has no secret. */
export class PassedBy {
  readonly #file: FileModel;
  readonly #decide: Decide | undefined;

  constructor(file: FileModel, decide: Decide | undefined) {
    this.#file = file;
    this.#decide = decide;
  }

  /** Whoever likes takes the way that is not refused: the secret is not asked of him, here or further on. */
  isForced(test: Located, { then, otherwise, around }: Ways): boolean {
    const { tracer } = this.#file;
    const isForced = turnsAway(tracer, then, test.place) ? this.#canForce(test, false) : turnsAway(tracer, otherwise, test.place) && this.#canForce(test, true);
    return isForced && !this.#isAskedElsewhere(test, around);
  }

  /** `if (!request.headers.get("origin")) return NextResponse.next()`: a middleware lets through whoever likes. */
  letsThrough(test: Located, { then, otherwise }: Pick<Ways, "then" | "otherwise">): boolean {
    return [then, otherwise].some((side) => letsThrough(this.#file.tracer, side, test.place) && this.#canForce(test, side === then));
  }

  /**
   * `if (signature) verify(signature)`: the way past a check that whoever leaves something out takes, and goes on. What the
   * check sets may be asked for later; so may what was left out.
   */
  freeSide(test: Located, { then, otherwise, around }: Ways): "then" | "else" | undefined {
    return (["then", "else"] as const).find((side) => {
      const [free, checked] = side === "then" ? [then, otherwise] : [otherwise, then];
      if (!mayCheck(checked) || this.#mayRefuse(free, test) || (setsSomething(checked) && !setsSomething(free))) return false;
      return this.#canForce(test, side === "then") && !this.#isAskedElsewhere(test, around);
    });
  }

  /** Somewhere the steps turn callers away, or ask who they are. */
  #mayRefuse(steps: readonly Step[], { place }: Located): boolean {
    const refuses = (part: readonly Step[]): boolean => turnsAway(this.#file.tracer, part, place);
    if (refuses(steps)) return true;
    return [...stepsIn(steps)].some((step) => (step.op === "if" && (refuses(step.then) || refuses(step.else))) || (step.op === "call" && looksLikeAuthentication(lastName(step.call.callee) ?? "")));
  }

  #canForce(test: Located, outcome: boolean): boolean {
    return canForce(this.#file, test, outcome, this.#decide);
  }

  /**
   * Another condition of the function turns callers away by something that this one looks at: who leaves out a signature may
   * be asked for something else there.
   */
  #isAskedElsewhere({ value, place }: Located, steps: readonly Step[]): boolean {
    const { tracer } = this.#file;
    const asked = this.#inputsOf({ value, place });
    const own = new Set([...stepsIn(steps)].flatMap((step) => (step.op === "if" && step.test === value ? [step, ...stepsIn(step.then), ...stepsIn(step.else)] : [])));
    return [...stepsIn(steps)].some((step) => {
      if (step.op !== "if" || own.has(step)) return false;
      if (!turnsAway(tracer, step.then, place) && !turnsAway(tracer, step.else, place)) return false;
      return [...this.#inputsOf({ value: step.test, place })].some((name) => asked.has(name));
    });
  }

  #inputsOf({ value, place }: Located): ReadonlySet<string> {
    const names = new Set<string>();
    dependsOn(value, (part) => {
      if (/^(?:call|member|ref)$/u.test(part.kind)) for (const input of requestInputs(this.#file, { value: part, place })) names.add(nameOf(input));
      return false;
    });
    return names;
  }
}

const mayCheck = (steps: readonly Step[]): boolean => [...callsIn(steps)].some(({ callee }) => CHECKING.test(lastName(callee) ?? ""));

/** A variable, or a member, is given something other than nothing. */
const setsSomething = (steps: readonly Step[]): boolean => [...stepsIn(steps)].some((step) => step.op === "set" && !isNothing(step.value));

const COLLECTS = /^(?:push|unshift|add)$/u;

/** Something is set, or put into a list, that may be asked for later: `errors.push("key")`. */
export const leavesSomething = (steps: readonly Step[]): boolean => setsSomething(steps) || [...callsIn(steps)].some(({ callee }) => COLLECTS.test(lastName(callee) ?? ""));

const isNothing = (value: Value): boolean => ofLiteral(value) === false;
