import { oncePerName } from "../../once-per-text.ts";
import { refusalOf } from "../../sdk/sessions.ts";
import { referenceNames } from "../clients/clients.ts";
import { exits } from "../flow/flow.ts";
import { MAX_LINKS } from "../values/chains.ts";
import type { CallValue, FunctionFacts, Step, Value } from "../values/ir.ts";
import { optionOf } from "../values/options.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";

/*
 * What checks of a caller look like, whoever asks: those who want a limiter, and those who want a signature.
 */

const AUTH_NAME =
  /^(?:auth|protect|authenticate|authorize|currentuser|getserversession|getsession|getauth|getuser|gettoken|isadmin|isloggedin|validaterequest|checkuser)$|auth(?:enticat|oriz|ed|required|session|user)|session|currentuser|isadmin|useradmin|adminuser|loggedin|jwt|jwk|bearer|accesstoken|permission|role|^(?:require|assert|ensure|enforce|verify|validate|check|get|is)_?(?:auth|user|(?:(?:super|global|platform|site|system)_?)?admin|session|token|login|access|owner|member|api_?key)(?!by|name|count)|^(?:auth|admin|token|jwt)_?(?:verification|validation|check|guard)$/iu;
/** `getUsers`, `getUserStats`, `getMemberContributions`: data of users, and nothing about who calls. */
const USER_DATA =
  /^(?:check|get|is)_?(?:[Aa]uth|[Uu]ser|[Aa]dmin|[Ss]ession|[Oo]wner|[Mm]ember)(?:s(?![a-z])|_?(?:[Aa]ctivit|[Aa]nalytic|[Cc]hat|[Cc]omment|[Cc]ontribution|[Dd]ashboard|[Dd]ocument|[Ff]eed|[Ff]ile|[Hh]istory|[Ii]nvoice|[Ll]ist|[Mm]essage|[Mm]etric|[Nn]otification|[Oo]rder|[Pp]ayment|[Pp]ost|[Pp]reference|[Rr]eport|[Ss]etting|[Ss]tat(?!us)|[Ss]ubscription|[Ss]ummary))/u;
/** `getAdminClient`, `getAdminDb`: what the application itself may do anything with. */
const ADMIN_CLIENT = /^get_?admin_?(?:[a-z]+_?)?(?:client|db|database|firestore|supabase|firebase|prisma|sdk|app|storage|bucket)$/iu;
/** `getTokenPrice`, `isTokenListed`: a coin's, or what a model counts. */
const COIN_DATA =
  /^(?:check|fetch|get|is|validate|verify)_?tokens?_?(?:account_?balance|address|amount|balance|by_?(?:address|category|mint|symbol)|chart|decimal|histor|holder|icon|image|largest|launch|limit|list(?!en)|logo|market|metadata|mint|pair|pool|price|summary|suppl|support|symbol|transfer|usage|volume)/iu;
const AUTH_WORK = /sign_?(?:in|up|out)|log_?(?:in|out)$|password|register|reset|create|delete|destroy|revoke|update|refresh|set|save|store|generate|write|link/iu;
const STAGE_ENV = /^(?:NODE_ENV|VERCEL_ENV|APP_ENV|NEXT_PUBLIC_VERCEL_ENV|ENVIRONMENT|CI|TEST)$/u;
/** What ends a request by throwing, by module. */
const NEVER_RETURNING: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["next/navigation", new Set(["redirect", "permanentRedirect", "notFound", "forbidden", "unauthorized"])],
  ["@sveltejs/kit", new Set(["error", "redirect"])],
]);
/** Where frameworks keep who calls: `locals.user`, `event.context.session`, `req.auth`, `event.requestContext.authorizer`. */
const CALLER = /^(?:user|userId|session|auth|account|viewer|currentUser|isAdmin|admin|member|jwtPayload|authorizer)$/u;
const SENT_BY_CALLER = /^(?:body|params|query|input|searchParams|data|form|formData|headers|cookies)$/u;

/** Members on the way to a value, of which one is who calls, and none what he sends. */
export function nameCaller(names: readonly (string | undefined)[]): boolean {
  return names.some((name) => CALLER.test(name ?? "")) && names.every((name) => name !== undefined && !SENT_BY_CALLER.test(name));
}

/** By its name alone, a function that finds out who calls. */
export const looksLikeAuthentication = oncePerName((name) => AUTH_NAME.test(name) && !AUTH_WORK.test(name) && !USER_DATA.test(name) && !ADMIN_CLIENT.test(name) && !COIN_DATA.test(name));

/** No path of production gets past the steps; a redirect of Next.js, or an error of SvelteKit, never returns. */
export function turnsAway(tracer: Tracer, steps: readonly Step[], place: Place): boolean {
  return exits(steps) || steps.some((step) => {
    if (step.op === "call") return neverReturns(tracer, { value: step.call, place });
    const taken = step.op === "if" ? takenInProduction(step) : undefined;
    return taken !== undefined && turnsAway(tracer, taken, place);
  });
}

/** The branch of a stage check that production takes; undefined: it is none, or may take either. */
function takenInProduction(step: Step & { op: "if" }): readonly Step[] | undefined {
  const stage = stageBranches(step.test);
  return stage?.then ? step.else : stage?.otherwise ? step.then : undefined;
}

/** `return NextResponse.next()`, `next(); return`: the middleware ends, and the request goes on. */
export function letsThrough(tracer: Tracer, steps: readonly Step[], place: Place): boolean {
  return steps.some((step) => {
    if (step.op === "if") return letsThrough(tracer, step.then, place) || letsThrough(tracer, step.else, place);
    if (step.op === "call") return isNext(step.call.callee) && step.call.args.length === 0;
    const value = step.op === "return" && step.value ? target(step.value) : undefined;
    if (value?.kind !== "call") return false;
    // Also `withHeaders(NextResponse.next())`; what is taken out of such an answer, such as cookies, lets nobody through.
    return [value, ...(value.isNew ? [] : value.args)].some((part) => isNextAnswer(tracer, target(part), place));
  });
}

function isNextAnswer(tracer: Tracer, value: Value, place: Place): boolean {
  if (value.kind !== "call" || lastName(value.callee) !== "next") return false;
  const path = tracer.canonical({ value: value.callee, place });
  return path?.source === "next/server" && path.path.join(".") === "NextResponse.next";
}

/** What a middleware is handed to call for the request to go on. */
export function isNext(value: Value): boolean {
  return lastName(value) === "next" && target(value).kind === "param";
}

/** Somewhere it throws, or calls what ends a request: a check that may refuse by itself. */
export function mayRefuse(tracer: Tracer, { fn, place }: { readonly fn: FunctionFacts; readonly place: Place }): boolean {
  const refuses = (steps: readonly Step[]): boolean =>
    steps.some((step) => {
      if (step.op === "call") return neverReturns(tracer, { value: step.call, place });
      if (step.op === "if") return refuses(step.then) || refuses(step.else);
      return step.op === "throw" || (step.op === "try" && refuses(step.block));
    });
  return refuses(fn.body);
}

/** A library's check, which tells who calls, and rejects for strangers as it is called here. */
export function refusesStrangers(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  const path = tracer.canonical({ value: value.callee, place });
  const refusal = path && refusalOf(path);
  if (!refusal?.option) return refusal !== undefined;
  const { name, values, argument } = refusal.option;
  return value.args.some((arg, index) => {
    if (argument !== undefined && argument !== index) return false;
    const option = optionOf(tracer, { value: arg, place }, name);
    if (option.is !== "given") return false;
    return !values || option.values.every(({ value: said }) => said.kind === "literal" && values.some((one) => one === said.value));
  });
}

const ENDING = new Set([...NEVER_RETURNING.values()].flatMap((names) => [...names]));

/** The call ends the request: `redirect("/login")` of Next.js. */
export function neverReturns(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  if (endsRequest(value)) return true;
  // By its name first: other modules are read to follow a callee.
  if (![lastName(value.callee), lastName(target(value.callee))].some((name) => name !== undefined && ENDING.has(name))) return false;
  const path = tracer.canonical({ value: value.callee, place });
  return path !== undefined && (NEVER_RETURNING.get(path.source)?.has(path.path.join(".")) ?? false);
}

/** The call throws what ends the request, as far as it can be told without following anything: `ctx.throw(401)`. */
export function endsRequest({ callee }: CallValue): boolean {
  const called = target(callee);
  if (called.kind === "import") return NEVER_RETURNING.get(called.source)?.has(called.name) ?? false;
  return called.kind === "member" && called.property === "throw" && target(called.object).kind === "param";
}

interface KeptCallers {
  readonly inputs: number;
  readonly keepsByName: boolean;
  readonly keepsLastingSession: () => boolean;
}

/**
 * The condition looks at who calls, as the framework hands it to the handler: `locals.user`, `event.context.session`.
 * @param kept how many of the handler's parameters are what the caller sends, and how the framework keeps what middleware has found
 *   out: `keepsByName`: the first parameter hands it out by name, as `c.get("user")` of Hono does. `keepsLastingSession`: a `session` is
 *   there for everybody, and says by what it holds who calls
 */
export function looksAtCaller({ value, place }: Located, { inputs, keepsByName, keepsLastingSession }: KeptCallers): boolean {
  // In a helper, a parameter is what the handler makes of it.
  if (place.frame) return false;
  return isMadeOf(value, (part) => {
    if (part.kind === "call") return keepsByName && isKept(part);
    let isCaller = false;
    let at: Value = part;
    for (let links = 0; at.kind === "member" && links < 8; links++) {
      if (at.property === undefined || SENT_BY_CALLER.test(at.property)) return false;
      isCaller ||= CALLER.test(at.property) && !(links === 0 && at.property === "session" && keepsLastingSession());
      at = withoutDefault(at.object);
    }
    return isCaller && at.kind === "param" && at.index >= inputs;
  }, inputs);
}

/** What a request brings along that anyone may write; a cookie is looked up. */
const SENT = /^(?:headers?|body|json|query|searchParams|formData|input|parsedInput|rawInput)$/u;

/**
 * A value is made from something that tells who calls, and not from that or what anyone sends.
 * @param inputs how many of the parameters that it is made from are what the caller sends
 */
export function isMadeOf(value: Value, tells: (part: Value) => boolean, inputs = 0): boolean {
  // What the first question finds out is kept, and most values are made from nothing of the kind.
  return dependsOn(value, tells) && dependsOn(value, tells, (part) => isAlsoSent(part, inputs));
}

/** `session?.userId ?? request.headers.get("x-user-id")`: it may be what anyone sends. */
function isAlsoSent(value: Value, inputs: number): boolean {
  const at = target(value);
  return at.kind === "choice" && at.operator !== "&&" && at.options.some((option) => isSentAsItIs(option, inputs));
}

/** A header, or a field of the body, as it comes in. */
function isSentAsItIs(value: Value, inputs: number): boolean {
  let isNamed = false;
  let at = target(value);
  for (let links = 0; links < MAX_LINKS; links++) {
    if (at.kind === "await") at = target(at.value);
    else if (at.kind === "call" && !at.isNew) at = target(at.callee);
    else if (at.kind === "member") {
      isNamed ||= SENT.test(at.property ?? "");
      at = target(at.object);
    } else break;
  }
  return at.kind === "param" && (isNamed || at.index < inputs);
}

/** `context.session` of `context.session ?? {}` */
function withoutDefault(value: Value): Value {
  const at = target(value);
  if (at.kind !== "choice") return at;
  const [option, ...others] = at.options.map(target).filter((part) => part.kind !== "literal" && (part.kind !== "object" || part.entries.length > 0));
  return option && others.length === 0 ? option : at;
}

/** `c.get("user")` */
function isKept({ callee, args }: CallValue): boolean {
  const method = target(callee);
  const context = method.kind === "member" && method.property === "get" ? target(method.object) : undefined;
  return context?.kind === "param" && context.index === 0 && args[0] !== undefined && CALLER.test(constantOf(args[0]) ?? "");
}

const BYPASS = /bypass/iu;

/** In what tells who may pass something by, such as a site that is down: others are not turned away for the lack of it. */
export function isForBypass(place: Place): boolean {
  let { frame } = place;
  for (let depth = 0; frame && depth < MAX_LINKS; depth++) {
    if (frame.fn.name !== undefined && BYPASS.test(frame.fn.name)) return true;
    ({ frame } = frame.place);
  }
  return false;
}

/** What is called comes from an export that a list of the settings names. */
export function isNamedIn(tracer: Tracer, { value, place }: Located, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  const imported = rootImport(value);
  return imported !== undefined && referenceNames(imported, place, tracer).some((name) => names.has(name));
}

function rootImport(value: Value): (Value & { kind: "import" }) | undefined {
  const at = target(value);
  if (at.kind === "import") return at;
  if (at.kind === "member") {
    const object = target(at.object);
    if (object.kind === "import" && object.name === "*" && at.property !== undefined) return { ...object, name: at.property };
    return rootImport(at.object);
  }
  return at.kind === "call" ? rootImport(at.callee) : undefined;
}

/** The last name of a callee as it is written. */
export function lastName(value: Value): string | undefined {
  switch (value.kind) {
    case "ref":
      return value.name ?? lastName(value.target);
    case "member":
      return value.property;
    case "import":
      return value.name === "default" || value.name === "*" ? undefined : value.name;
    case "global":
      return value.name;
    case "await":
      return lastName(value.value);
    case "call":
      return lastName(value.callee);
    default:
      return undefined;
  }
}

/** The branches of a stage check that run outside production only: `process.env.NODE_ENV !== "production"`. */
export function stageBranches(test: Value): { then: boolean; otherwise: boolean } | undefined {
  const at = target(test);
  if (at.kind === "operation" && at.operator === "!") {
    const inner = at.operands[0] && stageBranches(at.operands[0]);
    return inner && { then: inner.otherwise, otherwise: inner.then };
  }
  if (at.kind === "choice" && (at.operator === "&&" || at.operator === "||")) {
    const isOr = at.operator === "||";
    const options = at.options.filter((part) => opensForDevelopers(part) !== isOr);
    const parts = options.map(stageBranches).filter((part) => part !== undefined);
    if (parts.length === 0) return undefined;
    if (!isOr) return { then: parts.some((part) => part.then), otherwise: parts.length === options.length && parts.every((part) => part.otherwise) };
    return { then: parts.length === options.length && parts.every((part) => part.then), otherwise: parts.some((part) => part.otherwise) };
  }
  if (at.kind !== "operation" || !/^[!=]==?$/u.test(at.operator)) return undefined;
  const [left, right] = at.operands;
  const name = [left, right].map((side) => side && variableName(target(side))).find((side) => side !== undefined);
  const stage = [left, right].map((side) => side && constantOf(side)).find((side) => side !== undefined);
  if (name === undefined || !STAGE_ENV.test(name) || stage === undefined) return undefined;
  const isProduction = stage === "production";
  const equal = at.operator.startsWith("=");
  // Equal to development, or different from production: not for the public.
  return isProduction ? { then: !equal, otherwise: equal } : { then: equal, otherwise: !equal };
}

/** What whoever runs the project sets to have a route for developers where it would not be. */
const FOR_DEVELOPERS = /(?:^|_)(?:TESTS?|TESTING|DEBUG|DEV|SEED(?:ING)?|MOCKS?|FIXTURES?|E2E)(?:_|$)/u;

/** `process.env.ALLOW_TEST_ROUTES === "true"`: true; `!== "true"`, and `!`: false. Undefined: something else is asked. */
function opensForDevelopers(test: Value): boolean | undefined {
  const at = target(test);
  if (at.kind === "env") return FOR_DEVELOPERS.test(at.name ?? "") || undefined;
  if (at.kind !== "operation") return undefined;
  const [left, right] = at.operands;
  if (at.operator === "!") return left && opensForDevelopers(left) === true ? false : undefined;
  const isSet = right && /^(?:true|1|yes|on|enabled)$/iu.test(constantOf(right) ?? "");
  if (!left || !isSet || !/^[!=]==?$/u.test(at.operator) || opensForDevelopers(left) !== true) return undefined;
  return at.operator.startsWith("=");
}

/** `process.env.NODE_ENV`, and `env.NODE_ENV` of a module that has checked the environment: nothing that a caller sends. */
function variableName(value: Value): string | undefined {
  if (value.kind === "env") return value.name;
  return value.kind === "member" && target(value.object).kind === "import" ? value.property : undefined;
}
