import { COSTLY } from "../../sdk/costly/index.ts";
import { lastName } from "./caller-checks.ts";
import type { CallValue, FunctionFacts, Step, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { isNothing, target } from "../values/values.ts";

/*
 * Functions that are called like limiters and only tell somebody of limits: they send mail, write a line, show a page. Whoever calls
 * the app is neither counted nor refused there.
 */

/** Functions that call each other. */
const MAX_DEPTH = 4;

/** What the language has for making texts and answers; it knows nothing of who has called before. */
const OF_LANGUAGE = /^(?:Array|Boolean|Date|Error|Intl|JSON|Math|Number|Object|String|URL|URLSearchParams|TypeError|console|encodeURIComponent|isNaN|parseFloat|parseInt)$/u;
/** Methods of texts, numbers, dates and lists; none of them is one of a map, which may hold callers. */
const OF_TEXT = /^(?:at|charAt|concat|endsWith|filter|flatMap|includes|indexOf|join|map|pad(?:End|Start)|replace(?:All)?|slice|split|startsWith|substring|to[A-Z][A-Za-z]*|trim(?:End|Start)?)$/u;
const LOGS = /^(?:debug|error|info|log|trace|warn)$/u;
const INSERTS = /^(?:create(?:Many)?|insert(?:One|Many)?|values)$/u;
/** They make markup, or a text of it. */
const RENDERERS = /^(?:@react-email\/.+|date-fns|html-to-text|mjml|react|react\/jsx-runtime|react-dom\/server|react-email)$/u;

/**
 * A function of the project, whose body and those of the functions that it calls can be read, that tells something and decides nothing: it
 * gives back and throws nothing that hangs on what it is handed or on what was there before the call. False: it may decide, or that can't
 * be told.
 */
export function onlyTells(tracer: Tracer, callee: Located): boolean {
  const met = { tells: false };
  return areTelling(tracer, callee, 0, met) && met.tells;
}

/** Whether some of what was read tells something. */
interface Met {
  tells: boolean;
}

function areTelling(tracer: Tracer, callee: Located, depth: number, met: Met): boolean {
  const found = tracer.alternatives(callee);
  return depth < MAX_DEPTH && found.every(({ value, place }) => value.kind === "function" && new Reading(tracer, place, depth, met).isTelling(value.fn));
}

/** How a step is come to: on all ways, by what was answered or is set up, or by what the function was handed or found. */
type Reached = "always" | "by answers" | "decided";

/** One reading of a function's body. */
class Reading {
  readonly #tracer: Tracer;
  readonly #place: Place;
  readonly #depth: number;
  readonly #met: Met;

  constructor(tracer: Tracer, place: Place, depth: number, met: Met) {
    this.#tracer = tracer;
    this.#place = place;
    this.#depth = depth;
    this.#met = met;
  }

  isTelling(fn: FunctionFacts): boolean {
    this.#met.tells ||= fn.returns.some(isMarkup);
    // Whatever the way to it, nothing says nothing, and a page is what is shown.
    const saysNothing = fn.returns.every((value) => isNothing(value) || isMarkup(value));
    return this.#areHarmless(fn.body, saysNothing, "always");
  }

  /** @param isSilent what is given back does not matter */
  #areHarmless(steps: readonly Step[], isSilent: boolean, reached: Reached): boolean {
    const within = (part: readonly Step[], where: Reached): boolean => this.#areHarmless(part, isSilent, reached === "decided" ? reached : where);
    return steps.every((step) => {
      switch (step.op) {
        case "call":
          return this.#isHarmless(step.call);
        case "if": {
          const where = this.#isOfAnswers(step.test) ? "by answers" : "decided";
          return within(step.then, where) && within(step.else, where);
        }
        case "switch":
          return step.cases.every(({ body }) => within(body, "decided"));
        case "loop":
          return within(step.body, "decided");
        case "try":
          return within(step.block, reached) && within(step.handler ?? [], "by answers") && within(step.finalizer, reached);
        case "return":
          return isSilent || (reached !== "decided" && (step.value === undefined || this.#isAnswer(step.value)));
        case "throw":
          return reached === "by answers";
        case "set":
          return false;
        default:
          return true;
      }
    });
  }

  #isHarmless(call: CallValue): boolean {
    if (this.#tells(call)) return true;
    const path = this.#tracer.canonical({ value: call.callee, place: this.#place });
    if (path && (path.source === "global" ? OF_LANGUAGE.test(path.path[0] ?? "") : RENDERERS.test(path.source))) return true;
    const callee = target(call.callee);
    if (callee.kind === "member" && OF_TEXT.test(callee.property ?? "")) return call.args.every((arg) => this.#isHarmlessCallback(arg));
    return this.#isOwn(call);
  }

  #isHarmlessCallback(arg: Value): boolean {
    const given = target(arg);
    return given.kind !== "function" || this.#areHarmless(given.fn.body, true, "always");
  }

  /** It sends a message, adds a row or writes a line. */
  #tells({ callee }: CallValue): boolean {
    const path = this.#tracer.canonical({ value: callee, place: this.#place });
    if (!path || path.source === "?") return false;
    const kind = COSTLY.match(path)?.kind;
    const name = lastName(callee) ?? "";
    const tells = kind === "mail" || kind === "sms" || (kind === "data-write" && INSERTS.test(name)) || LOGS.test(name);
    this.#met.tells ||= tells;
    return tells;
  }

  /** A function of the project that is like this. */
  #isOwn({ callee }: CallValue): boolean {
    return areTelling(this.#tracer, { value: callee, place: this.#place }, this.#depth + 1, this.#met);
  }

  /** It asks whether something went well, or is set up, and neither what the function was handed nor how much of something there is. */
  #isOfAnswers(test: Value): boolean {
    const isOther = (part: Value): boolean =>
      /^(?:global|param|this|unknown)$/u.test(part.kind) || (part.kind === "operation" && part.operator !== "!") || (part.kind === "call" && !this.#tells(part) && !this.#isOwn(part));
    return dependsOn(test, (part) => part.kind === "call" || part.kind === "env") && !dependsOn(test, isOther, (part) => part.kind === "call");
  }

  /** What was sent, what came of it, or words of the function's own. */
  #isAnswer(value: Value): boolean {
    const at = target(value);
    if (at.kind === "await") return this.#isAnswer(at.value);
    if (at.kind === "member") return this.#isAnswer(at.object);
    if (at.kind === "object") return at.entries.every((entry) => this.#isAnswer(entry.value));
    return at.kind === "literal" || isMarkup(at) || (at.kind === "call" && (this.#tells(at) || this.#isOwn(at)));
  }
}

function isMarkup(value: Value): boolean {
  const at = target(value);
  return at.kind === "unknown" && at.isMarkup === true;
}
