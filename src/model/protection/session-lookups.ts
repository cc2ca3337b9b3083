import { lastName } from "./caller-checks.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";

/*
 * A session, or a key, that a project keeps itself: whoever calls is told by what his cookie or his header leads to.
 */

/** `authorization`, `x-api-key`, `x-app-session-id`: one of its words says it. */
const TOKEN_HEADER = /^(?:authorization|cookie)$|(?:^|-)(?:api-?key|auth|token|session)(?:$|-)/iu;
const COOKIES = /^cookies?$|^(?:get|parse|read)_?cookies?$/iu;
const SENT = /^(?:body|json|formData|text|rawBody)$/u;
const MAX_DEPTH = 3;

/**
 * What the call answers was found by a cookie or a header that tells who calls, and by nothing that a form sends: a
 * password, or a code, that is looked up is being tried.
 */
export function looksUpSession(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  if (value.args.some((arg) => dependsOn(arg, isSent))) return false;
  if (value.args.some((arg) => dependsOn(arg, isToken, isParsed))) return true;
  const functions = tracer.functions({ value: value.callee, place });
  return functions.length > 0 && functions.every((callee) => readsToken(tracer, callee, 0));
}

/** The condition looks at a cookie or a header that tells who calls. */
export function asksForToken(test: Value): boolean {
  return dependsOn(test, isToken);
}

function readsToken(tracer: Tracer, { fn, place }: { readonly fn: FunctionFacts; readonly place: Located["place"] }, depth: number): boolean {
  const own = tokensIn(fn);
  if (own !== "none" || depth >= MAX_DEPTH) return own === "read";
  return [...callsIn(fn.body)].some((call) => tracer.functions({ value: call.callee, place }).some((callee) => readsToken(tracer, callee, depth + 1)));
}

/** What a function's own calls do: `sent` where one takes what a form sends, else `read` where one reads a token. */
function tokensIn(fn: FunctionFacts): "sent" | "read" | "none" {
  let found = tokens.get(fn);
  if (!found) tokens.set(fn, (found = findTokens(fn)));
  return found;
}

const tokens = new WeakMap<FunctionFacts, "sent" | "read" | "none">();

function findTokens({ body }: FunctionFacts): "sent" | "read" | "none" {
  let reads = false;
  for (const call of callsIn(body)) {
    const parts = [call.callee, ...call.args];
    if (isSent(call) || parts.some((part) => dependsOn(part, isSent))) return "sent";
    reads ||= isToken(call) || parts.some((part) => dependsOn(part, isToken, isParsed));
  }
  return reads ? "read" : "none";
}

/** `cookies().get("sid")`, `request.cookies`, `req.headers.authorization`, `headers.get("x-api-key")` */
function isToken(part: Value): boolean {
  if (isOfCookies(part)) return true;
  if (part.kind === "member") return part.property !== undefined && TOKEN_HEADER.test(part.property) && isHeaders(part.object);
  if (part.kind !== "call") return false;
  const [name] = part.args;
  const callee = target(part.callee);
  if (name === undefined || callee.kind !== "member" || !/^(?:get|header)$/u.test(callee.property ?? "")) return false;
  // `searchParams.get("token")` is what a link, or who guesses, sends.
  return TOKEN_HEADER.test(constantOf(name) ?? "") && !/^(?:searchParams|query|params|form|formData)$/iu.test(lastName(callee.object) ?? "");
}

/** `cookies()`, `request.cookies`, `parseCookies(request)` */
export function isOfCookies(part: Value): boolean {
  if (part.kind === "member") return COOKIES.test(part.property ?? "");
  return part.kind === "call" && COOKIES.test(lastName(part.callee) ?? "");
}

function isHeaders(value: Value): boolean {
  return /^headers?$/iu.test(lastName(value) ?? "");
}

/** What a caller writes into his cookie is not what the project gave out. */
function isParsed(part: Value): boolean {
  if (part.kind !== "call") return false;
  const callee = target(part.callee);
  return callee.kind === "member" && callee.property === "parse" && target(callee.object).kind === "global" && lastName(callee.object) === "JSON";
}

/** `await request.json()`, `req.body.code`; `answer.json()` of what a server has answered is none. */
function isSent(part: Value): boolean {
  if (part.kind === "member") return part.property === "body";
  if (part.kind !== "call") return false;
  const callee = target(part.callee);
  return callee.kind === "member" && part.args.length === 0 && SENT.test(callee.property ?? "") && !isFetched(callee.object);
}

/** `await fetch(…)` */
function isFetched(value: Value): boolean {
  const at = target(value);
  const asked = at.kind === "await" ? target(at.value) : undefined;
  const called = asked?.kind === "call" ? target(asked.callee) : undefined;
  return called?.kind === "global" && called.name === "fetch";
}
