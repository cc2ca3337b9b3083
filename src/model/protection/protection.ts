import { Audit } from "./audit.ts";
import type { HandsOn } from "./entrance.ts";
import type { Exposure } from "./exposure.ts";
import type { FileModel } from "../file.ts";
import { keepsLastingSession } from "./lasting-sessions.ts";
import { unwrapHandler, type Handler } from "../handlers/index.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** How many parameters of a framework's handlers are what the caller sends. */
const INPUTS: Partial<Record<Handler["framework"], number>> = {
  "next-action": Infinity,
  "server-function": Infinity,
  "sveltekit-remote": Infinity,
  "astro-action": 1,
};

/** What the handler exposes, seen through wrappers, middleware and the project's helpers. */
export function exposureOf(file: FileModel, handler: Handler): Exposure {
  const audit = Audit.ofHandler(file, handler.route);
  audit.callers.inputs = INPUTS[handler.framework] ?? 0;
  audit.callers.keepsByName = handler.framework === "hono";
  let keepsSession: boolean | undefined;
  audit.callers.keepsLastingSession = () => (keepsSession ??= keepsLastingSession(file, handler));
  audit.endsBySending = handler.framework === "fastify";
  for (const middleware of handler.before) audit.entrance.middleware(middleware);
  const written = target(handler.value.value);
  if (written.kind === "call") audit.entrance.wrapper({ value: written, place: handler.value.place });
  const { functions: found, outer } = unwrapHandler(file.tracer, handler.value);
  // What a library's handler is set up with, such as callbacks, is not what the request runs.
  const functions = found.filter(({ wrappers }) => !wrappers.some((wrapper) => audit.isLibrary(wrapper)));
  for (const { wrappers } of functions) for (const wrapper of wrappers) audit.entrance.wrapper(wrapper);
  for (const value of outer) if (value.value.kind === "call") audit.entrance.wrapper({ value: value.value, place: value.place });
  for (const callee of functions) audit.run(callee);
  return audit.result(functions.length > 0);
}

/**
 * A condition of a middleware whose outcome is known.
 * @param isLimited a limiter was consulted before it
 */
type Decide = (test: Located, isLimited: boolean) => boolean | undefined;

/**
 * Whether a middleware consults a limiter, or asks who calls, on some path of a request to `route`.
 * @param handsOn `"by returning"`: who is told is who gets to every end that lets the request pass
 */
export function consultsLimiter(file: FileModel, middleware: Located, decide?: Decide, handsOn?: HandsOn): Pick<Exposure, "guarded" | "limited" | "caller"> {
  const audit: Audit = new Audit(file, decide && ((test) => decide(test, audit.isLimited)));
  audit.entrance.middleware(middleware, handsOn);
  return audit.result(true);
}
