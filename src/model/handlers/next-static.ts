import { BY_SOCKET } from "../../sdk/sockets.ts";
import type { FileModel } from "../file.ts";
import { walk } from "../flow/flow.ts";
import { rangeOf } from "../place/runtime.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/*
 * Route handlers that Next.js runs when it builds the app, and never again.
 */

/** A range of which all versions are of one major: `14.2.5`, `^13.4.0`, `14.x`. */
const OF_ONE_MAJOR = /^[\^~=v]{0,2}(\d{1,6})(?:\.[\w.*-]{1,60})?$/u;
/** Since this version a GET handler is run for each request, unless it says something else. */
const RUN_EACH_TIME = 15;
/** Since this version there are route handlers. */
const FIRST = 13;
/** With one of these the GET handler beside it is run for each request; a HEAD handler makes no difference. */
const LIVE_METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** More calls are not looked through. */
const MAX_CALLS = 300;
const MAX_LINKS = 30;

/**
 * Whether Next.js before 15 keeps what a GET handler answered when the app was built. It does so with a route that has no other
 * methods and no dynamic segment, says nothing else by `dynamic`, `revalidate` or `runtime`, and of which nothing looks at the
 * request, or fetches past the cache (tried with Next.js 13.5, 14.0 and 14.2). A route that answers with an error when the app is built is
 * left out of that, which can't be seen.
 * @returns false also where something that it calls is not known
 */
export function isPrerendered(file: FileModel, route: string, handler: Value): boolean {
  if (route.includes("[") || file.stars.length > 0 || LIVE_METHODS.some((method) => file.exports.has(method)) || !isBeforeLive(file)) return false;
  const says = (name: string, ...allowed: readonly unknown[]): boolean => {
    const exported = file.exports.get(name);
    return exported === undefined || (exported.value !== undefined && allowed.includes(file.tracer.constant({ value: exported.value, place: file.place })));
  };
  if (!says("dynamic", "auto") || !says("revalidate", false) || !says("runtime", "nodejs")) return false;
  const written = target(handler);
  return written.kind === "function" && looksAway(written.fn) && isSelfContained(file, written.fn);
}

/** A handler that does not take the request, or says by its name that it does not use it. */
export function looksAway({ params: [request] }: FunctionFacts): boolean {
  return !request || (request.name?.startsWith("_") ?? false);
}

function isBeforeLive(file: FileModel): boolean {
  const major = Number(OF_ONE_MAJOR.exec(rangeOf(file, "next") ?? "")?.[1] ?? Number.NaN);
  return major >= FIRST && major < RUN_EACH_TIME;
}

/** Whatever it calls is known, and is nothing that makes Next.js run it for each request. */
function isSelfContained({ tracer, place }: FileModel, fn: FunctionFacts): boolean {
  const seen = new Set<CallValue>();
  let isKnown = true;
  walk(tracer, { fn, place }, {
    call(call) {
      seen.add(call.value);
      isKnown &&= seen.size <= MAX_CALLS && handsOverKnown(tracer, call);
      if (!isKnown || isHarmless(tracer, call, seen)) return "skip";
      const callees = tracer.alternatives({ value: call.value.callee, place: call.place });
      isKnown = !call.value.isNew && callees.every(({ value }) => value.kind === "function");
      return isKnown ? undefined : "skip";
    },
  });
  return isKnown;
}

/** The functions that a call is handed are written in the call, and so they are read. */
function handsOverKnown(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  return value.args.every((arg) => target(arg).kind === "function" || tracer.functions({ value: arg, place }).length === 0);
}

/** @param seen calls that have been looked at before */
function isHarmless(tracer: Tracer, { value, place }: Located<CallValue>, seen: ReadonlySet<CallValue>): boolean {
  const path = tracer.canonical({ value: value.callee, place });
  if (path?.source === "global") return !/fetch|^(?:require|import|eval|Function|XMLHttpRequest|WebSocket)$/iu.test(path.path[0] ?? "");
  if (path?.source === "next/server") return path.path[0] === "NextResponse";
  if (path && path.source !== "?") return !/\/(?:edge|wasm)$/u.test(path.source) && BY_SOCKET.match(path) !== undefined;
  const callee = target(value.callee);
  return callee.kind === "member" && OF_VALUES.has(callee.property ?? "") && isMade(callee.object, seen);
}

/** Methods of lists, texts, numbers, dates and promises: what the language has of its own. */
const OF_VALUES = new Set([Array, String, Number, Date, Promise].flatMap((type) => Object.getOwnPropertyNames(type.prototype)));

/** What the program has made, or has been answered by a call that was looked at. */
function isMade(value: Value, seen: ReadonlySet<CallValue>): boolean {
  let at = target(value);
  for (let links = 0; links < MAX_LINKS; links++) {
    if (at.kind === "member") at = target(at.object);
    else if (at.kind === "await") at = target(at.value);
    else return at.kind === "call" ? seen.has(at) : /^(?:literal|template|array|object|param|operation|choice)$/u.test(at.kind);
  }
  return false;
}
