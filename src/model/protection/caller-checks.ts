import { oncePerName } from "../../once-per-text.ts";
import { COSTLY, type CostlyKind } from "../../sdk/costly/index.ts";
import type { CanonicalPath } from "../../sdk/canonical.ts";
import { publicPrefixOf } from "../../sdk/env-names.ts";
import { checksToken } from "../../sdk/sessions.ts";
import { referenceNames } from "../clients/clients.ts";
import { exits } from "../flow/flow.ts";
import { MAX_LINKS } from "../values/chains.ts";
import type { CallValue, FunctionFacts, ImportValue, Step, Value } from "../values/ir.ts";
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
const AUTH_WORK = /sign_?(?:in|up|out)|log_?(?:in|out)$|password|register|reset|create|delete|destroy|revoke|update|refresh|set|save|store|generate|write|link/iu;
const SECRET_ENV = /secret|token|key|password|passwd|signature|auth|cron|bearer/iu;
/** Keys that are there to be read by everybody. IndexNow's stands on the site: https://www.indexnow.org/documentation */
const PUBLISHED_ENV = /index_?now|publishable|public_?key/iu;
/** Tells of a secret even where the constant stands in the project; `CRON` or `STORAGE_KEY` does not. */
const SECRET_NAME = /secret|password|passwd|token$/iu;
const STAGE_ENV = /^(?:NODE_ENV|VERCEL_ENV|APP_ENV|NEXT_PUBLIC_VERCEL_ENV|ENVIRONMENT|CI|TEST)$/u;
/** What ends a request by throwing, by module. */
const NEVER_RETURNING: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["next/navigation", new Set(["redirect", "permanentRedirect", "notFound", "forbidden", "unauthorized"])],
  ["@sveltejs/kit", new Set(["error", "redirect"])],
]);
/** Where frameworks keep who calls: `locals.user`, `event.context.session`, `req.auth`, `event.requestContext.authorizer`. */
const CALLER = /^(?:user|userId|session|auth|account|viewer|currentUser|isAdmin|admin|member|jwtPayload|authorizer)$/u;
const SENT_BY_CALLER = /^(?:body|params|query|input|searchParams|data|form|formData|headers|cookies)$/u;
const SECRET_CONSTANT = /^[A-Z][A-Z\d_]*$/u;

/** By its name alone, a function that finds out who calls. */
export const looksLikeAuthentication = oncePerName((name) => AUTH_NAME.test(name) && !AUTH_WORK.test(name) && !USER_DATA.test(name));

/** No path gets past the steps; a redirect of Next.js, or an error of SvelteKit, never returns. */
export function turnsAway(tracer: Tracer, steps: readonly Step[], place: Place): boolean {
  return exits(steps) || steps.some((step) => step.op === "call" && neverReturns(tracer, { value: step.call, place }));
}

/** `return NextResponse.next()`, `next(); return`: the middleware ends, and the request goes on. */
export function letsThrough(tracer: Tracer, steps: readonly Step[], place: Place): boolean {
  return steps.some((step) => {
    if (step.op === "if") return letsThrough(tracer, step.then, place) || letsThrough(tracer, step.else, place);
    if (step.op === "call") return isNext(step.call.callee) && step.call.args.length === 0;
    const value = step.op === "return" && step.value ? target(step.value) : undefined;
    if (value?.kind !== "call" || lastName(value.callee) !== "next") return false;
    const path = tracer.canonical({ value: value.callee, place });
    return path?.source === "next/server" && path.path.join(".") === "NextResponse.next";
  });
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

/**
 * The condition looks at who calls, as the framework hands it to the handler: `locals.user`, `event.context.session`.
 * @param inputs how many of the handler's parameters are what the caller sends
 * @param keepsByName the first parameter hands out by name what middleware has found out: `c.get("user")` of Hono
 */
export function looksAtCaller({ value, place }: Located, inputs: number, keepsByName: boolean): boolean {
  // In a helper, a parameter is what the handler makes of it.
  if (place.frame) return false;
  return isMadeOf(value, (part) => {
    if (part.kind === "call") return keepsByName && isKept(part);
    let isCaller = false;
    let at: Value = part;
    for (let links = 0; at.kind === "member" && links < 8; links++) {
      if (at.property === undefined || SENT_BY_CALLER.test(at.property)) return false;
      isCaller ||= CALLER.test(at.property);
      at = withoutDefault(at.object);
    }
    return isCaller && at.kind === "param" && at.index >= inputs;
  });
}

/** What a request brings along that anyone may write; a cookie is looked up. */
const SENT = /^(?:headers?|body|json|query|searchParams|formData)$/u;

/** A value is made from something that tells who calls, and not from that or what anyone sends. */
export function isMadeOf(value: Value, tells: (part: Value) => boolean): boolean {
  // What the first question finds out is kept, and most values are made from nothing of the kind.
  return dependsOn(value, tells) && dependsOn(value, tells, isAlsoSent);
}

/** `session?.userId ?? request.headers.get("x-user-id")`: it may be what anyone sends. */
function isAlsoSent(value: Value): boolean {
  const at = target(value);
  return at.kind === "choice" && at.operator !== "&&" && at.options.some(isSentAsItIs);
}

/** A header, or a field of the body, as it comes in. */
function isSentAsItIs(value: Value): boolean {
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
  return isNamed && at.kind === "param";
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

/** `header !== \`Bearer ${process.env.CRON_SECRET}\``, `digest === signature`: only a machine knows it. */
export function comparesSecret(tracer: Tracer, { value, place }: Located): boolean {
  return dependsOn(value, (part) => {
    // `mismatch |= a[i] ^ b[i]`: all of it is compared, in the same time for all callers.
    if (part.kind !== "operation" || !/^(?:[!=]==?|\^)$/u.test(part.operator)) return false;
    const [left, right] = part.operands;
    if (!left || !right || isConstant(left) || isConstant(right)) return false;
    return [left, right].some((side) => isSecretSide(tracer, { value: wholeOf(side), place }));
  });
}

/**
 * `hashOf(key) !== kept.hash`: where what is kept does not come from the caller, he knows what was hashed.
 * @param isSent whether a value comes from the caller's request
 */
export function comparesKeptHash(tracer: Tracer, { value, place }: Located, isSent: (value: Value) => boolean): boolean {
  return dependsOn(value, (part) => {
    if (part.kind !== "operation" || !/^[!=]==?$/u.test(part.operator)) return false;
    const [left, right] = part.operands;
    if (!left || !right) return false;
    return [[left, right] as const, [right, left] as const].some(
      ([hash, kept]) => !isConstant(kept) && !isSent(kept) && holds(tracer, { value: hash, place }, (inner, at) => inner.kind === "call" && makesDigest(tracer, { value: inner, place: at }, 0, HASH)),
    );
  });
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

const PARTS_OF_TEXT = new Set(["charCodeAt", "codePointAt", "charAt", "at"]);

/** `signature` of `signature.charCodeAt(i)` and `signature[i]`. */
function wholeOf(value: Value): Value {
  const part = target(value);
  const callee = part.kind === "call" ? target(part.callee) : undefined;
  if (callee?.kind === "member" && callee.property !== undefined && PARTS_OF_TEXT.has(callee.property)) return callee.object;
  return part.kind === "member" && part.property === undefined ? part.object : value;
}

function isSecretSide(tracer: Tracer, side: Located): boolean {
  return holds(tracer, side, (part, place) => isSecret(tracer, part, place) || (part.kind === "call" && makesDigest(tracer, { value: part, place }, 0, SIGNATURE)));
}

/** What makes a digest, by its name and where it comes from. */
type Makes = (name: string | undefined, path: () => CanonicalPath | undefined) => boolean;

/** Only who has the key makes it. */
const SIGNATURE: Makes = (name, path) => {
  if (name === "createHmac") return true;
  if (name === "digest") return path()?.source === "crypto" && path()?.path.includes("createHmac") === true;
  // Web Crypto signs with a key alone.
  return name === "sign" && path()?.path.at(-2) === "subtle" && /^(?:global|crypto)$/u.test(path()?.source ?? "");
};

/** Anyone can make it of what he knows. */
const HASH: Makes = (name, path) => name === "createHash" || (name === "digest" && path()?.path.at(-2) === "subtle");

/** A digest is made, by this call or by what a function of the project gives back. */
function makesDigest(tracer: Tracer, { value, place }: Located<CallValue>, depth: number, makes: Makes): boolean {
  if (makes(lastName(value.callee), () => tracer.canonical({ value: value.callee, place }))) return true;
  if (depth >= MAX_HELPERS || !/^(?:function|import)$/u.test(target(value.callee).kind)) return false;
  return tracer.alternatives({ value, place }).some(
    (made) =>
      made.value !== value &&
      dependsOn(
        made.value,
        (part) => part.kind === "call" && makesDigest(tracer, { value: part, place: made.place }, depth + 1, makes),
        (part) => saysNothingOfSecrets(tracer, part, made.place),
      ),
  );
}

const MAX_HELPERS = 3;

/** A secret of the environment is part of a value: whoever sends its like is no stranger. */
export const holdsSecret = (tracer: Tracer, side: Located): boolean => holds(tracer, side, (part, place) => isSecret(tracer, part, place));

function holds(tracer: Tracer, side: Located, found: (part: Value, place: Place) => boolean, depth = 0): boolean {
  return [side, ...tracer.alternatives(side)].some(({ value, place }) =>
    dependsOn(
      value,
      (part) => {
        if (found(part, place)) return true;
        const { frame } = place;
        const given = part.kind === "param" && !part.rest && frame?.fn === part.fn && depth < MAX_HELPERS ? frame.args[part.index] : undefined;
        return frame !== undefined && given !== undefined && holds(tracer, { value: given, place: frame.place }, found, depth + 1);
      },
      (part) => saysNothingOfSecrets(tracer, part, place),
    ),
  );
}

/** A client that was given a secret answers with something else, and how long a secret is can be guessed. */
function saysNothingOfSecrets(tracer: Tracer, part: Value, place: Place): boolean {
  if (part.kind === "member") return part.property === "length" || part.property === "byteLength";
  if (part.kind !== "call") return part.kind === "object";
  return (part.isNew && !isBytes(part)) || isAnswer(tracer, { value: part, place });
}

/** `new Uint8Array(signature)` holds what it is made of. */
function isBytes({ callee }: CallValue): boolean {
  const made = target(callee);
  return made.kind === "global" && /^(?:Ui|I)nt\d+(?:Clamped)?Array$|^(?:DataView|Buffer)$/u.test(made.name);
}

function isSecret(tracer: Tracer, part: Value, place: Place): boolean {
  if (part.kind === "env") return part.name !== undefined && isSecretEnv(part.name);
  if (isSecretSetting(part)) return part.kind !== "import" || SECRET_NAME.test(part.name) || tracer.constant({ value: part, place }) === undefined;
  return part.kind === "import" && isImportedSecret(tracer, { value: part, place });
}

/** What another module makes of a secret of the environment: `export const secret = process.env.CRON_SECRET`. */
function isImportedSecret(tracer: Tracer, { value, place }: Located<ImportValue>): boolean {
  const imported = tracer.imported(value, place);
  return imported !== undefined && isSecretText(imported.value, 0);
}

/** The secret, or a text of it. What is built with a secret, such as a client, is none. */
function isSecretText(value: Value, depth: number): boolean {
  const at = target(value);
  if (depth > MAX_TEXT) return false;
  switch (at.kind) {
    case "env":
      return at.name !== undefined && isSecretEnv(at.name);
    case "template":
      return at.parts.some((part) => isSecretText(part, depth + 1));
    case "choice":
      return at.options.some((option) => isSecretText(option, depth + 1));
    case "call": {
      const callee = target(at.callee);
      return !at.isNew && callee.kind === "member" && isSecretText(callee.object, depth + 1);
    }
    default:
      return false;
  }
}

const MAX_TEXT = 8;

/** What makes hashes and tokens: what comes out of it is as secret as what goes in. */
const MAKES_SECRETS: ReadonlySet<CostlyKind> = new Set<CostlyKind>(["password", "auth"]);

/** A store, a service or a check of a token answered: it takes a secret to ask it, and what it says is none. */
function isAnswer(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  const path = value.isNew ? undefined : tracer.canonical({ value: value.callee, place });
  if (!path) return false;
  // Whose token it is.
  if (checksToken(path)) return true;
  if (path.path.length > 1 && /^@(?:upstash\/(?:redis|vector|search)|vercel\/kv)(?:\/|$)/u.test(path.source)) return true;
  const row = COSTLY.match(path);
  return row !== undefined && !MAKES_SECRETS.has(row.kind);
}

/** `env.CRON_SECRET` of a platform's bindings or a typed module, `useRuntimeConfig().cronSecret`. */
export function isSecretSetting(part: Value): boolean {
  if (part.kind !== "member" && part.kind !== "import") return false;
  const name = part.kind === "import" ? part.name : part.property;
  if (name === undefined || !isSecretEnv(name)) return false;
  if (SECRET_CONSTANT.test(name)) return true;
  const of = part.kind === "member" ? target(part.object) : undefined;
  return of?.kind === "call" && lastName(of.callee) === "useRuntimeConfig";
}

function isConstant(value: Value): boolean {
  const at = target(value);
  return at.kind === "literal";
}

export function isSecretEnv(name: string): boolean {
  return SECRET_ENV.test(name) && !PUBLISHED_ENV.test(name) && publicPrefixOf(name) === undefined;
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
    const parts = at.options.map(stageBranches).filter((part) => part !== undefined);
    if (parts.length === 0) return undefined;
    if (at.operator === "&&") return { then: parts.some((part) => part.then), otherwise: parts.length === at.options.length && parts.every((part) => part.otherwise) };
    return { then: parts.length === at.options.length && parts.every((part) => part.then), otherwise: parts.some((part) => part.otherwise) };
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

/** `process.env.NODE_ENV`, and `env.NODE_ENV` of a module that has checked the environment: nothing that a caller sends. */
function variableName(value: Value): string | undefined {
  if (value.kind === "env") return value.name;
  return value.kind === "member" && target(value.object).kind === "import" ? value.property : undefined;
}
