import { Audit } from "./audit.ts";
import type { Exposure } from "./exposure.ts";
import type { FileModel } from "../file.ts";
import { keepsLastingSession } from "./lasting-sessions.ts";
import type { FlowPolicy } from "../flow/policy.ts";
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

/** Whether a middleware consults a limiter, or asks who calls, on some path of a request to `route`. */
export function consultsLimiter(file: FileModel, middleware: Located, decide?: FlowPolicy["decide"]): Pick<Exposure, "guarded" | "limited" | "caller"> {
  const audit = new Audit(file, decide);
  audit.entrance.middleware(middleware);
  return audit.result(true);
}
