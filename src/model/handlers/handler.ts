import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import type { Node } from "../syntax/ast.ts";

export type Framework =
  | "next-app"
  | "next-pages"
  | "next-action"
  | "hono"
  | "express"
  | "fastify"
  | "koa"
  | "elysia"
  | "h3"
  | "sveltekit"
  | "sveltekit-action"
  | "sveltekit-load"
  | "sveltekit-remote"
  | "remix"
  | "trpc"
  | "cloudflare"
  | "cloudflare-pages"
  | "astro"
  | "astro-action"
  | "lambda"
  | "netlify"
  | "netlify-lambda"
  | "expo"
  | "fetch"
  | "solid"
  | "tanstack"
  | "tanstack-route"
  | "server-function"
  | "auth-js";

/** Code that a request from outside runs. */
export interface Handler {
  readonly framework: Framework;
  /** HTTP method in upper case, `ANY`, or `ACTION` for a server action. */
  readonly method: string;
  /** Words for a message: `POST /api/contact`, `server action signUp`. */
  readonly title: string;
  /** URL path pattern, where the framework or the file says it. */
  readonly route: string | undefined;
  /** The outermost router of the file that hands requests to it. */
  readonly router?: Value;
  /** Where a report stands: the exported name, or the path in `app.post("/path", …)`. */
  readonly node: Node;
  /** The framework answers from its cache: the code runs now and then, however often it is called. */
  readonly isCached?: boolean;
  /** A setting of the route limits it. */
  readonly isLimited?: boolean;
  /** No request runs it: nobody outside can name it, or it is run when the app is built. Asked where something would be told. */
  readonly isOutOfReach?: () => boolean;
  /** What is exported or registered, wrappers included. */
  readonly value: Located;
  /** Middleware that runs before it, outermost first. */
  readonly before: readonly Located[];
  /** It answers with a page: what it reads is what the page shows. */
  readonly isPage?: boolean;
  /** What other files run before it: read when asked. */
  readonly outside?: () => Outside;
}

/** What stands before a handler in other files. */
export interface Outside {
  /** Middleware of the framework, such as a hook, outermost first. */
  readonly middleware: readonly Located[];
  /** A setting of the framework limits all requests. */
  readonly isLimited?: boolean;
  /** The requests come through this route of the Next.js app in this directory, and its middleware. */
  readonly next?: { readonly directory: string; readonly route: string };
}

/** A function that a handler's value leads to, and the calls that wrap it. */
export interface Unwrapped {
  readonly fn: FunctionFacts;
  readonly place: Place;
  readonly wrappers: readonly Located<CallValue>[];
}

/**
 * The functions behind a handler's value. Wrappers of the project are entered by tracing; for others, such as
 * `withSentry(handler)`, the function among the arguments is taken, and the call is listed among the wrappers.
 */
export function unwrapHandler(tracer: Tracer, located: Located): { readonly functions: readonly Unwrapped[]; readonly outer: readonly Located[] } {
  const functions: Unwrapped[] = [];
  const outer: Located[] = [];
  const visit = (at: Located, wrappers: readonly Located<CallValue>[], depth: number): void => {
    for (const { value, place } of tracer.alternatives(at)) {
      if (value.kind === "function") functions.push({ fn: value.fn, place, wrappers });
      else if (value.kind === "call" && depth < 6) {
        const inside = [...wrappers, { value, place }];
        const before = functions.length;
        for (const arg of value.args) visit({ value: arg, place }, inside, depth + 1);
        // `compose(withAuth, withLimit)(handler)`: the callee is a call with functions of its own.
        if (value.callee.kind === "call") visit({ value: value.callee, place }, inside, depth + 1);
        if (functions.length === before) outer.push({ value, place });
      } else outer.push({ value, place });
    }
  };
  visit(located, [], 0);
  return { functions, outer };
}
