import { exits } from "../flow/flow.ts";
import type { FunctionFacts, Value } from "../values/ir.ts";
import { stepsIn } from "../values/lower.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/*
 * A middleware of Next.js that answers by itself: the request gets no further, and so what holds there says nothing of those who do.
 */

const RESPONSES = /^(?:Next)?Response$/u;
const NOT_OK = 400;
/** Functions that hand out what one another has answered. */
const MAX_CALLS = 3;

/** The function that is called before a handler. */
interface Middleware {
  readonly fn: FunctionFacts;
  readonly place: Place;
}

/** The value is returned by a middleware, or by a function whose answer it returns as it is, and is an answer that refuses the request. */
export function refusesRequest(tracer: Tracer, { value, place }: Located, middleware: Middleware): boolean {
  return isRefusal(tracer, { value, place }) && answersFor(place, middleware, 0);
}

/** `NextResponse.redirect(url)`, `NextResponse.json({}, { status: 401 })`, `new Response(null, { status: 403 })` */
function isRefusal(tracer: Tracer, { value, place }: Located): boolean {
  const at = target(value);
  if (at.kind !== "call") return false;
  const path = tracer.canonical({ value: at.callee, place });
  if (!path || (path.source !== "global" && path.source !== "next/server") || !RESPONSES.test(path.path[0] ?? "")) return false;
  const [, method] = path.path;
  if (method === "redirect") return true;
  if (method !== "json" && !(at.isNew && method === undefined)) return false;
  const [, options] = at.args;
  const [status, more] = options ? tracer.property({ value: options, place }, "status") : [];
  const constant = status && !more ? tracer.constant(status) : undefined;
  return typeof constant === "number" && constant >= NOT_OK;
}

/** The place is in the middleware itself, or in a function whose answer that returns where it calls it. */
function answersFor(place: Place, middleware: Middleware, depth: number): boolean {
  const { frame } = place;
  if (place === middleware.place || !frame || depth >= MAX_CALLS) return place === middleware.place;
  const around = frame.place === middleware.place ? middleware.fn : frame.place.frame?.fn;
  return around !== undefined && isReturned(around, frame.args) && answersFor(frame.place, middleware, depth + 1);
}

/** A function returns what the call with these arguments answers. */
function isReturned({ body, returns }: FunctionFacts, args: readonly Value[]): boolean {
  if (returns.some((returned) => isCallWith(returned, args))) return true;
  // `const response = await updateSession(request); response.cookies.set(…); return response;`
  const called = body.findIndex((step) => step.op === "call" && step.call.args === args);
  const rest = called < 0 ? [] : body.slice(called + 1);
  return exits(rest) && [...stepsIn(rest)].every((step) => step.op !== "return" || (step.value !== undefined && isCallWith(target(step.value), args)));
}

function isCallWith(returned: Value, args: readonly Value[]): boolean {
  const at = returned.kind === "await" ? returned.value : returned;
  return at.kind === "call" && at.args === args;
}
