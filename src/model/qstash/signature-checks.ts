import { oncePerName } from "../../once-per-text.ts";
import { wordsOf } from "../../sdk/canonical.ts";
import { VERIFIERS } from "../../sdk/verifiers.ts";
import { requestInputs } from "../input/request-input.ts";
import { isNamedIn, lastName, looksLikeAuthentication, refusesStrangers, stageBranches, turnsAway } from "../protection/caller-checks.ts";
import { letsInAnyone } from "../protection/forced.ts";
import { comparesSecret } from "../protection/secrets.ts";
import type { FileModel } from "../file.ts";
import { walk } from "../flow/flow.ts";
import type { Guarded } from "../flow/guarded.ts";
import type { BranchFacts, Branches, FlowPolicy } from "../flow/policy.ts";
import { refuses, setsRefusal } from "./refusing-answers.ts";
import { unwrapHandler, type Handler, type Unwrapped } from "../handlers/index.ts";
import { AWAITS, beginning } from "../values/chains.ts";
import type { CallValue, FunctionFacts, Step, Value } from "../values/ir.ts";
import { callsIn, stepsIn } from "../values/lower.ts";
import { decidedByRoute, decidedInMiddleware, looksAtPath } from "../flow/path-decision.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { constantOf, isEmpty, isNothing, target } from "../values/values.ts";

/** What a handler does about the signature of its requests. */
export interface SignatureCheck {
  /**
   * - `checked`: no request gets past without a signature, or another secret that a machine knows;
   * - `bypassed`: some do, on a path that leads around the check;
   * - `open`: nothing looks at a signature;
   * - `unknown`: something that can't be read may check, or the handler is for other callers.
   */
  readonly verdict: "checked" | "bypassed" | "open" | "unknown";
  /** Words for what the check depends on: `the upstash-signature header`; undefined where it can't be said in short. */
  readonly condition: string | undefined;
  /** The check is QStash's, and not some other one. */
  readonly byQstash: boolean;
  /** Headers of QStash that the handler reads, in lower case. */
  readonly headers: ReadonlySet<string>;
  /** The functions that the handler's value leads to. */
  readonly functions: readonly FunctionFacts[];
}

/** Headers that QStash sends to a destination (upstash-facts, section 7.1). */
export const QSTASH_HEADER =
  /^upstash-(?:signature|region|message-id|source-message-id|retried|schedule-id|topic-name|url-group-name|caller-ip|dlq-id|label|workflow-[a-z-]+)$/iu;

/** A name that promises a check of the caller. */
const CHECKING_NAME = /verif|signature|signed|secret|webhook|hmac|guard|qstash|upstash|receiver|internal|cron|machine/iu;
/** Words in the name of a condition that tell a stage: `isDev`, `IS_PRODUCTION`. */
const STAGES = new Set(["dev", "development", "prod", "production", "local", "localhost", "test", "testing", "preview", "staging", "emulator"]);
const STAGE_CONSTANT = /^(?:NODE_ENV|VERCEL_ENV|APP_ENV|ENVIRONMENT|MODE|STAGE|VERCEL|CI|QSTASH_DEV)$/u;
/** Refuses by itself: nothing comes back to be checked. */
const ENFORCING_NAME = /^(?:require|assert|ensure|enforce|protect|with|authorize)/iu;
const LOOK_UP = /^(?:get|find|load|fetch)/iu;

/** Looks for the check through wrappers, middleware and the project's helpers. */
export function signatureCheckOf(file: FileModel, handler: Handler): SignatureCheck {
  const { functions, outer } = unwrapHandler(file.tracer, handler.value);
  const audit = new SignatureAudit(file, handler.route);
  for (const middleware of handler.before) audit.middleware(middleware);
  if (!audit.isEntryChecked) for (const made of outer) audit.wrapper(made);
  const verdicts = functions.map((callee) => audit.handler(callee));
  const check = audit.result(verdicts, outer.length > 0 && functions.length === 0);
  const isMixed = functions.length > 1 && verdicts.includes("checked") && check.verdict === "bypassed";
  const condition = isMixed ? chosenBy(handler.value.value) : check.condition;
  // What a function of the project chooses among, it chooses for reasons of its own.
  const verdict = isMixed && condition === undefined ? "unknown" : check.verdict;
  return { ...check, verdict, condition, functions: functions.map(({ fn }) => fn) };
}

/**
 * A middleware in a file of its own, through which all requests to a route go, refuses what it has not checked; or it asks
 * who calls, in its own way, and refuses strangers.
 */
export function checksBefore(file: FileModel, middleware: Located, route: string): boolean {
  const { functions } = unwrapHandler(file.tracer, middleware);
  return functions.some((callee) => new SignatureAudit(file, route, decidedInMiddleware(route, file.tracer)).handsOnChecked(callee));
}

/** `process.env.QSTASH_CURRENT_SIGNING_KEY ? verifySignatureAppRouter(handler) : handler` */
function chosenBy(value: Value): string | undefined {
  const at = target(value);
  if (at.kind !== "choice" || !at.test || tellsStage(at.test)) return undefined;
  return wordsFor(at.test);
}

type Verdict = SignatureCheck["verdict"];

class SignatureAudit implements FlowPolicy {
  readonly #file: FileModel;
  readonly #tracer: Tracer;
  readonly decide?: NonNullable<FlowPolicy["decide"]>;
  readonly #headers = new Set<string>();
  /** Calls whose result says whether the request may pass. */
  readonly #asking = new Map<CallValue, "truthy" | "either">();
  /** A verifier was met. */
  #met = false;
  /** Something is called, where nothing has been checked, that does more than to read the request and to answer it. */
  #works = false;
  /** A library has turned strangers away, by their session. */
  #isForUsers = false;
  /** Somewhere in the handler that is read stands a verifier. */
  #leads = false;
  /** Sessions and users that were asked for. */
  readonly #authCalls = new Set<CallValue>();
  #byQstash = false;
  /** Something may check that can't be read, or that checks something else. */
  #unknown = false;
  #condition: string | undefined;
  isEntryChecked = false;

  /** Paths of other routes may be what a condition looks at. */
  readonly #isForMany: boolean;

  constructor(file: FileModel, route: string | undefined, decide?: NonNullable<FlowPolicy["decide"]>) {
    this.#file = file;
    this.#tracer = file.tracer;
    this.#isForMany = decide !== undefined;
    if (decide) this.decide = decide;
    else if (route !== undefined) this.decide = decidedByRoute(route, file.tracer, () => undefined);
  }

  /** A middleware that Next.js runs before the handler. */
  handsOnChecked(callee: { readonly fn: FunctionFacts; readonly place: Place }): boolean {
    this.#top = callee.place;
    const end = walk(this.#tracer, callee, this);
    return this.#unknown || (this.#met && (!end || end.every));
  }

  result(verdicts: readonly Verdict[], isMadeElsewhere: boolean): Omit<SignatureCheck, "functions"> {
    const facts = { condition: this.#condition, byQstash: this.#byQstash, headers: this.#headers };
    if (this.isEntryChecked) return { ...facts, verdict: "checked" };
    if (this.#unknown || isMadeElsewhere || verdicts.length === 0 || verdicts.includes("unknown")) return { ...facts, verdict: "unknown" };
    const open = verdicts.filter((verdict) => verdict !== "checked");
    if (open.length === 0) return { ...facts, verdict: "checked" };
    // Checked or not, as something decides when the module is loaded.
    const isMixed = open.length < verdicts.length || open.includes("bypassed");
    return { ...facts, verdict: isMixed ? "bypassed" : "open" };
  }

  /** One of the functions that the handler may be. */
  handler({ fn, place, wrappers }: Unwrapped): Verdict {
    if (wrappers.some((call) => this.#wraps(call))) return "checked";
    const before = this.#met;
    this.#met = false;
    this.#works = false;
    this.#top = place;
    this.#body = fn.body;
    const leads = this.#leadsToVerifier(fn, place, 0);
    this.#leads = leads;
    const end = walk(this.#tracer, { fn, place }, this);
    const met = this.#met;
    this.#met = before || met;
    this.#noteMembers(fn);
    if (!end || end.every || !this.#works) return this.#isForUsers ? "unknown" : "checked";
    if (!met) return "open";
    // A check in a callback, such as in `.then()`: what waits for it can't be known.
    return leads ? "bypassed" : "unknown";
  }

  /** Middleware that runs before the handler. */
  middleware(located: Located): void {
    for (const { value, place } of this.#tracer.alternatives(located)) {
      if (value.kind === "array") for (const item of value.items) this.middleware({ value: item, place });
      else if (value.kind === "call" && this.#wraps({ value, place })) this.isEntryChecked = true;
      else if (this.#isVerifier({ value, place }) || isNamedIn(this.#tracer, located, this.#file.settings.verifiers)) this.isEntryChecked = true;
      const functions = value.kind === "function" ? [{ fn: value.fn, place }] : unwrapHandler(this.#tracer, { value, place }).functions;
      for (const callee of functions) {
        const met = this.#met;
        this.#met = false;
        const end = walk(this.#tracer, callee, this);
        // A middleware that checks hands the request on where it is content; how is its own affair.
        if (this.#met && (!end || end.some)) this.isEntryChecked = true;
        this.#met ||= met;
      }
      if (functions.length === 0) this.#named(lastName(located.value) ?? lastName(value));
    }
  }

  /** What makes the handler, where its function is not to be seen. */
  wrapper({ value, place }: Located): void {
    if (value.kind === "call" && this.#wraps({ value, place })) this.isEntryChecked = true;
    else if (this.#isVerifier({ value, place })) this.isEntryChecked = true;
  }

  /** `verifySignatureAppRouter(handler)`; a wrapper that can't be read may check as well. */
  #wraps(call: Located<CallValue>): boolean {
    const callee = { value: call.value.callee, place: call.place };
    if (isNamedIn(this.#tracer, callee, this.#file.settings.verifiers)) return true;
    if (this.#isVerifier(callee)) return true;
    this.#named(lastName(call.value.callee));
    const made = target(call.value.callee);
    return made.kind === "call" && this.#wraps({ value: made, place: call.place });
  }

  #isVerifier(callee: Located): boolean {
    const path = this.#tracer.canonical(callee);
    const row = path && VERIFIERS.match(path);
    if (!row) return false;
    this.#noteVerifier(row.label);
    return true;
  }

  #noteVerifier(label: string): void {
    this.#met = true;
    this.#byQstash ||= label === "QStash";
  }

  #named(name: string | undefined): void {
    if (name !== undefined && (looksLikeAuthentication(name) || CHECKING_NAME.test(name))) this.#unknown = true;
  }

  call(call: Located<CallValue>, state: Guarded): "guard" | "skip" | undefined {
    const callee = { value: call.value.callee, place: call.place };
    this.#noteHeader(call);
    if (setsRefusal(call.value)) return "guard";
    if (isNamedIn(this.#tracer, callee, this.#file.settings.verifiers)) {
      this.#met = true;
      return "guard";
    }
    const path = this.#tracer.canonical(callee);
    const row = path && !call.value.isNew ? VERIFIERS.match(path) : undefined;
    if (row) return this.#verifier(call, row.form === "call", row.label);
    const functions = this.#tracer.functions(callee);
    if (functions.some(({ fn, place }) => this.#leadsToVerifier(fn, place, 0))) {
      this.#asking.set(call.value, functions.every(({ fn }) => answersYesOrNo(fn)) ? "truthy" : "either");
      return undefined;
    }
    // A library turns strangers away: the handler is for callers that it knows.
    if (!this.#works && !this.#isForMany && refusesStrangers(this.#tracer, call) && this.#isAwaited(call)) {
      this.#isForUsers = true;
      return "guard";
    }
    // What a function does that asks such a library, its own calls say.
    const asks = functions.some(({ fn, place }) => [...callsIn(fn.body)].some((value) => refusesStrangers(this.#tracer, { value, place })));
    this.#works ||= !state.every && !asks && !isHarmless(this.#tracer, call, 0);
    const name = lastName(call.value.callee);
    if (name === undefined || call.value.isNew) return undefined;
    if (looksLikeAuthentication(name) && !letsInAnyone(this.#file, call)) {
      if (LOOK_UP.test(name) && this.#isHandedBody(call)) return undefined;
      this.#authCalls.add(call.value);
      // What a middleware asks for of some paths says nothing of others.
      if (ENFORCING_NAME.test(name) && !this.#isForMany) this.#unknown = true;
    }
    // `headers.get("upstash-signature")` reads; `verifyRequest(request)` from a package that is not known may check.
    else if (functions.length === 0 && CHECKING_NAME.test(name) && path?.source !== "global") this.#unknown = true;
    return undefined;
  }

  /** The call was waited for, in the function that it stands in. */
  #isAwaited({ value, place }: Located<CallValue>): boolean {
    const steps = place.frame?.fn.body ?? this.#body;
    return [...stepsIn(steps)].some((step) => step.op === "call" && step.call === value && (step.awaited || step.returned === "waited-for"));
  }

  /** `getUser(userId)`, of whom the message speaks: who has sent it is not asked. */
  #isHandedBody({ value, place }: Located<CallValue>): boolean {
    return value.args.some((arg) => requestInputs(this.#file, { value: arg, place }).some(({ kind }) => kind === "body"));
  }

  #verifier(call: Located<CallValue>, answers: boolean, label: string): "guard" | "skip" {
    this.#noteVerifier(label);
    this.#asking.set(call.value, "truthy");
    return answers || this.#caught.has(call.value) ? "skip" : "guard";
  }

  /** Calls whose rejection a `.catch()` turns into a value. */
  readonly #caught = new Set<CallValue>();
  readonly #scanned = new Map<FunctionFacts, boolean>();

  #leadsToVerifier(fn: FunctionFacts, place: Place, depth: number): boolean {
    const known = this.#scanned.get(fn);
    if (known !== undefined || depth > 4) return known ?? false;
    this.#scanned.set(fn, false);
    const leads = this.#stepsLeadToVerifier(fn.body, place, depth);
    this.#scanned.set(fn, leads);
    return leads;
  }

  #stepsLeadToVerifier(steps: readonly Step[], place: Place, depth: number): boolean {
    let leads = false;
    for (const call of callsIn(steps)) {
      const callee = { value: call.callee, place };
      const path = this.#tracer.canonical(callee);
      const isVerifier = (path && !call.isNew && VERIFIERS.match(path) !== undefined) === true;
      leads ||= isVerifier || isNamedIn(this.#tracer, callee, this.#file.settings.verifiers);
      leads ||= this.#tracer.functions(callee).some((next) => this.#leadsToVerifier(next.fn, next.place, depth + 1));
      const method = target(call.callee);
      const catches = method.kind === "member" && (method.property === "catch" || (method.property === "then" && call.args.length > 1));
      if (catches) {
        dependsOn(method.object, (part) => {
          if (part.kind === "call") this.#caught.add(part);
          return false;
        });
      }
    }
    return leads;
  }

  branch(test: Located, { then, otherwise, isPart }: Branches): BranchFacts | undefined {
    const stage = stageBranches(this.#tracer.only(test)?.value ?? test.value) ?? stageBranches(test.value);
    if (stage && (stage.then || stage.otherwise)) return { then: stage.then, else: stage.otherwise };
    const refuses = turnsAway(this.#tracer, then, test.place) || turnsAway(this.#tracer, otherwise, test.place);
    if (comparesSecret(this.#tracer, test)) {
      // `return key === secret || other()`: what becomes of it is asked for later.
      if (isPart && then.length === 0) return undefined;
      this.#met = true;
      return refuses ? { after: true } : { then: true };
    }
    const asked = this.#askedIn(test.value);
    if (asked) return this.#answer(test.value, asked, refuses);
    if (refuses && this.#met && isFlag(test.value)) return { after: true };
    if (refuses && this.#authCalls.size > 0 && dependsOn(test.value, (part) => part.kind === "call" && this.#authCalls.has(part))) {
      this.#unknown ||= !this.#isForMany || !looksAtPath(this.#tracer, test);
    }
    // What is not checked on some stages only is nobody's from outside.
    const isUnchecked = !this.#leads && !this.#met && asksForHeaderAlone(test.value);
    if (tellsStage(test.value) && !isUnchecked) return { then: true, else: true };
    this.#noteCondition(test, then, otherwise);
    const answers = [then, otherwise].map((steps) => turnsAway(this.#tracer, steps, test.place) && onlyAnswers(this.#tracer, steps, test.place));
    return { then: answers[0] === true, else: answers[1] === true };
  }

  #answer(test: Value, asked: "truthy" | "either", refuses: boolean): BranchFacts {
    if (refuses) return { after: true };
    if (asked === "either") return { then: true, else: true };
    return isNegated(test) ? { else: true } : { then: true };
  }

  #askedIn(test: Value): "truthy" | "either" | undefined {
    let asked: "truthy" | "either" | undefined;
    dependsOn(test, (part) => {
      if (part.kind === "call") asked ??= this.#asking.get(part);
      return asked !== undefined;
    });
    return asked;
  }

  /** `if (signature) await receiver.verify(…)`: what the check depends on. */
  #noteCondition(test: Located, then: readonly Step[], otherwise: readonly Step[]): void {
    if (this.#condition !== undefined) return;
    const [isThen, isElse] = [then, otherwise].map((steps) => this.#stepsLeadToVerifier(steps, test.place, 0));
    if (isThen === isElse) return;
    this.#condition = wordsFor(test.value);
  }

  /** Where the handler's own function is read. */
  #top: Place | undefined;
  #body: readonly Step[] = [];

  /** What the handler does about a failed check in a `catch` that ends there is an answer to whoever failed. */
  caught(handler: readonly Step[], place: Place): "guard" | undefined {
    return place === this.#top && turnsAway(this.#tracer, handler, place) ? "guard" : undefined;
  }

  returned({ value }: Located, state: Guarded): "guard" | undefined {
    if (state.every) return undefined;
    return this.#askedIn(value) !== undefined || refuses(value) ? "guard" : undefined;
  }

  #noteHeader({ value }: Located<CallValue>): void {
    for (const arg of value.args) {
      const at = target(arg);
      if (at.kind === "literal" && typeof at.value === "string" && QSTASH_HEADER.test(at.value) && !isWriting(value)) this.#headers.add(at.value.toLowerCase());
    }
  }

  /** `request.headers["upstash-signature"]` in the handler itself. */
  #noteMembers({ node }: FunctionFacts): void {
    if (!node) return;
    for (const member of this.#file.memberNodes) {
      if (!member.computed || member.range[0] < node.range[0] || member.range[1] > node.range[1]) continue;
      const value = this.#file.evaluator.value(member);
      if (value.kind === "member" && value.property !== undefined && QSTASH_HEADER.test(value.property)) this.#headers.add(value.property.toLowerCase());
    }
  }
}

/** `headers.set("upstash-…", value)` is what a sender does. */
function isWriting({ callee }: CallValue): boolean {
  const at = target(callee);
  return at.kind === "member" && /^(?:set|append|setHeader|delete|includes|startsWith)$/u.test(at.property ?? "");
}

/** Packages whose functions build answers, or read the request. */
const ANSWERING = /^(?:next\/(?:server|headers|navigation|cache)|hono(?:\/.*)?|h3|@sveltejs\/kit)$/u;
/** Types of what a handler is given to read the request and to answer it: `res: NextApiResponse`. */
const HTTP_TYPES = /^(?:(?:NextApi|Next|Vercel|BlitzApi|Express|Fastify|Http)?(?:Request|Response|Reply)|IncomingMessage|ServerResponse)$/u;
/** Of the language, and what Nuxt has without an import. */
const PLAIN_GLOBALS =
  /^(?:console|JSON|Object|Array|String|Number|Boolean|BigInt|Symbol|Date|Math|Promise|Response|Request|Headers|URL|URLSearchParams|TextEncoder|TextDecoder|Buffer|[A-Za-z]*Error|Map|Set|RegExp|Reflect|Intl|parseInt|parseFloat|isNaN|(?:en|de)codeURI(?:Component)?|structuredClone|atob|btoa|crypto|performance|process|globalThis|getHeaders?|getQuery|getRouterParams?|read(?:Raw)?Body|setResponseStatus)$/u;
const LOGGING = /^(?:log|info|warn|error|debug|trace|captureException|captureMessage|flush)$/u;

/** Nothing is done: a health check, a refusal, an answer to other methods. */
export function onlyAnswers(tracer: Tracer, steps: readonly Step[], place: Place): boolean {
  for (const value of callsIn(steps)) if (!isHarmless(tracer, { value, place }, 0)) return false;
  return true;
}

/** Reads the request, builds an answer or writes a log; of a function of the project, all that it calls does. */
function isHarmless(tracer: Tracer, { value, place }: Located<CallValue>, depth: number): boolean {
  if (value.isNew || LOGGING.test(lastName(value.callee) ?? "")) return true;
  const callee = { value: value.callee, place };
  const functions = depth < 4 ? tracer.functions(callee) : [];
  if (functions.length > 0) {
    return functions.every((next) => [...callsIn(next.fn.body)].every((inner) => isHarmless(tracer, { value: inner, place: next.place }, depth + 1)));
  }
  // `process.env.SECRET?.trim()`: a setting is read.
  if (rootOf(value.callee).kind === "env") return COLLECTING.test(lastName(value.callee) ?? "");
  const path = tracer.canonical(callee);
  if (path?.source === "global") return PLAIN_GLOBALS.test(path.path[0] ?? "");
  if (path) return ANSWERING.test(path.source) || HTTP_TYPES.test(path.path[0] ?? "") || VERIFIERS.match(path) !== undefined;
  const root = rootOf(value.callee).kind;
  if (root === "param") return true;
  // `chunks.push(chunk)`: the body of the request is put together.
  return (root === "array" || root === "literal" || root === "template") && COLLECTING.test(lastName(value.callee) ?? "");
}

/** Methods of lists and texts that look at them or add to them, and call nobody. */
const COLLECTING = /^(?:push|unshift|pop|shift|at|concat|join|slice|includes|indexOf|startsWith|endsWith|trim|split|toLowerCase|toUpperCase|toString|replace|replaceAll)$/u;

/** What a chain of members and calls begins with. */
function rootOf(value: Value): Value {
  let at = target(value);
  for (let links = 0; links < 50; links++) {
    if (at.kind === "member") at = target(at.object);
    else if (at.kind === "call") at = target(at.callee);
    else if (at.kind === "await") at = target(at.value);
    else break;
  }
  return at;
}

/** Every result is `true`, `false` or what a verifier answered. */
function answersYesOrNo({ returns }: FunctionFacts): boolean {
  return (
    returns.length > 0 &&
    returns.every((value) => {
      const at = beginning(value, AWAITS);
      return (at.kind === "literal" && typeof at.value === "boolean") || at.kind === "operation" || at.kind === "call";
    })
  );
}

function isNegated(test: Value): boolean {
  const at = target(test);
  if (at.kind !== "operation") return false;
  if (at.operator === "!") return !(at.operands[0] && isNegated(at.operands[0]));
  const isFalse = at.operands.some((side) => {
    const constant = target(side);
    return constant.kind === "literal" && constant.value === false;
  });
  return at.operator.startsWith("=") ? isFalse : /^!=/u.test(at.operator) && !isFalse;
}

/** A condition that is about where the code runs, as far as its names tell. */
export function tellsStage(test: Value): boolean {
  return dependsOn(test, (part) => {
    const name = part.kind === "member" ? part.property : "name" in part ? part.name : undefined;
    return name !== undefined && (STAGE_CONSTANT.test(name) || soundsLikeStage(name));
  });
}

/** `!signature && process.env.NODE_ENV === "production"`: where it counts, it asks whether a header of QStash is there. */
function asksForHeaderAlone(test: Value): boolean {
  const at = target(test);
  if (at.kind !== "choice" || (at.operator !== "&&" && at.operator !== "||")) return false;
  const asked = at.options.filter((option) => !tellsStage(option));
  return asked.length > 0 && asked.every(isHeaderThere);
}

function isHeaderThere(test: Value): boolean {
  const at = target(test);
  if (at.kind === "operation") {
    const asked = at.operands.filter((operand) => constantOf(operand) !== "" && !isNothing(operand));
    return /^(?:!|[!=]==?)$/u.test(at.operator) && asked.length === 1 && asked.every(isHeaderThere);
  }
  // `headers.get("upstash-signature") ?? ""`: what stands in for it is nothing, too.
  if (at.kind === "choice" && /^(?:\|\||\?\?)$/u.test(at.operator)) {
    const asked = at.options.filter((option) => !isEmpty(option));
    return asked.length > 0 && asked.every(isHeaderThere);
  }
  if (at.kind === "member") return at.property !== undefined && QSTASH_HEADER.test(at.property);
  return at.kind === "call" && /^(?:get|has|header)$/u.test(lastName(at.callee) ?? "") && at.args.some((arg) => QSTASH_HEADER.test(constantOf(arg) ?? ""));
}

/** `isDev`, `localClient`: a name that speaks of a stage. */
export const soundsLikeStage = oncePerName((name) => wordsOf(name).some((word) => STAGES.has(word)));

/** A variable that is set here and there: what became of a `try`. */
function isFlag(test: Value): boolean {
  return dependsOn(test, (part) => (part.kind === "choice" && part.operator === "=") || (part.kind === "ref" && part.target.kind === "unknown"));
}

/** What a condition looks at, in short. */
export function wordsFor(test: Value): string | undefined {
  let words: string | undefined;
  dependsOn(test, (part) => {
    if (part.kind === "env" && part.name !== undefined) words ??= `the variable \`${part.name}\``;
    const header = part.kind === "call" ? part.args.map(target).find(isHeaderName) : part.kind === "member" && QSTASH_HEADER.test(part.property ?? "") ? part : undefined;
    if (header) words ??= `the \`${header.kind === "member" ? (header.property ?? "") : header.kind === "literal" ? String(header.value) : ""}\` header`;
    return words !== undefined;
  });
  return words;
}

const isHeaderName = (value: Value): boolean => value.kind === "literal" && typeof value.value === "string" && QSTASH_HEADER.test(value.value);
