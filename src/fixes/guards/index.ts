import type { Framework } from "../../model/handlers/index.ts";
import { h3 } from "./h3.ts";
import { nextAction, nextApp, nextPages } from "./next.ts";
import type { Guard } from "./parts.ts";
import { elysia, express, fastify, hono, koa } from "./routers.ts";
import { sveltekit, sveltekitAction, sveltekitLoad, sveltekitRemote } from "./sveltekit.ts";
import { trpc } from "./trpc.ts";
import { astro, astroAction, cloudflare, cloudflarePages, fetchFunction, lambda, netlify, netlifyLambda, remix, requestInObject, serverFunction, tanstack } from "./web.ts";

/** How each framework names its caller and refuses a request. */
export const GUARDS: Readonly<Record<Framework, Guard>> = {
  "next-app": nextApp,
  "next-action": nextAction,
  "next-pages": nextPages,
  hono,
  express,
  fastify,
  koa,
  elysia,
  h3,
  sveltekit,
  "sveltekit-action": sveltekitAction,
  "sveltekit-load": sveltekitLoad,
  "sveltekit-remote": sveltekitRemote,
  remix,
  trpc,
  cloudflare,
  "cloudflare-pages": cloudflarePages,
  astro,
  "astro-action": astroAction,
  lambda,
  netlify,
  "netlify-lambda": netlifyLambda,
  expo: fetchFunction,
  fetch: fetchFunction,
  solid: requestInObject,
  tanstack,
  "tanstack-route": requestInObject,
  "server-function": serverFunction,
  // Which versions hand over a request, and of which kind, the code does not say.
  "auth-js": () => undefined,
};
