import { ADDRESSES, BASES, BODIES, BODY_SECOND, CLIENT_MAKERS, QUERIES, REQUEST_METHODS } from "../../sdk/http-clients.ts";
import { REQUESTS } from "../../sdk/sinks.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { isNothing, target } from "../values/values.ts";

/** A request as it is written at a call. */
export interface HttpRequest {
  readonly address: Located;
  /** What stands before an address that is relative. */
  readonly base: Located | undefined;
  readonly body: Located | undefined;
  /** An object with what is appended as the query. */
  readonly query: Located | undefined;
}

const LIBRARY = /fetch|ky|got|axios/u;

/** A cheap question: false where a call is no request by a function such as `fetch`, or by a client made in this file. */
export function isRequestName(callee: Value): boolean {
  const at = target(callee);
  if (at.kind === "global") return at.name === "fetch" || at.name === "$fetch";
  if (at.kind === "import") return LIBRARY.test(at.source);
  const made = at.kind === "call" ? target(at.callee) : undefined;
  return made?.kind === "member" && CLIENT_MAKERS.test(made.property ?? "") && isRequestName(made.object);
}

/** A cheap question: false where a call by this name is no request by a method such as `axios.post`. */
export const isRequestMethod = (name: string): boolean => REQUEST_METHODS.has(name);

/** A cheap question: false where a call is no request, neither by a function nor by a method of a client. */
export function mayRequest(callee: Value): boolean {
  const at = target(callee);
  return at.kind === "member" ? at.property !== undefined && isRequestMethod(at.property) : isRequestName(callee);
}

/** The request that a call sends. Undefined: it sends none, or what it calls is not known. */
export function httpRequestOf(tracer: Tracer, { value, place }: Located<CallValue>): HttpRequest | undefined {
  const [first, second, third] = value.args;
  if (!first || value.isNew || (value.spreadAt !== undefined && value.spreadAt < 3)) return undefined;
  const path = tracer.canonical({ value: value.callee, place });
  if (!path || !REQUESTS.match(path)) return undefined;
  const callee = target(value.callee);
  const method = callee.kind === "member" ? callee.property : undefined;
  const given = { value: first, place };
  const whole = tracer.only(given)?.value.kind === "object" ? given : undefined;
  const isBodySecond = path.source === "axios" && method !== undefined && BODY_SECOND.has(method);
  const rest = isBodySecond ? third : second;
  const options = whole ?? (rest && { value: rest, place });
  const address = whole ? option(tracer, whole, ADDRESSES) : given;
  if (!address) return undefined;
  const body = isBodySecond ? second && { value: second, place } : options && option(tracer, options, BODIES);
  return {
    address,
    base: (options && option(tracer, options, BASES)) ?? instanceBase(tracer, { value, place }),
    body: body && isNothing(body.value) ? undefined : body,
    query: options && option(tracer, options, QUERIES),
  };
}

/** `axios.create({ baseURL })`, `ky.extend({ prefixUrl })`: the base that the client which sends was made with. */
export function instanceBase(tracer: Tracer, call: Located<CallValue>): Located | undefined {
  return instanceOptions(tracer, call).map((options) => option(tracer, options, BASES)).find((base) => base !== undefined);
}

/** What the client that sends was made with. */
export function instanceOptions(tracer: Tracer, { value: { callee }, place }: Located<CallValue>): readonly Located[] {
  const at = target(callee);
  const owners = tracer.alternatives({ value: at.kind === "member" ? at.object : callee, place });
  return owners.flatMap(({ value, place: from }) => {
    const method = value.kind === "call" ? target(value.callee) : undefined;
    if (value.kind !== "call" || method?.kind !== "member" || !CLIENT_MAKERS.test(method.property ?? "")) return [];
    return value.args.slice(0, 1).map((options) => ({ value: options, place: from }));
  });
}

function option(tracer: Tracer, options: Located, names: readonly string[]): Located | undefined {
  const object = tracer.only(options);
  if (object?.value.kind !== "object") return undefined;
  const entry = object.value.entries.findLast(({ key, spread }) => !spread && key !== undefined && names.includes(key));
  return entry && { value: entry.value, place: object.place };
}

