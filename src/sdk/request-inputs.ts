/**
 * Where requests hold what their callers choose: objects that frameworks hand to handlers, functions that read from the
 * request of the moment, and types that say so. Sources stand beside the rows.
 */
import { compile, type Matcher } from "./canonical.ts";

/** The part of a request that a value comes from. */
export type InputKind = "body" | "query" | "param" | "header" | "cookie";

/**
 * What an object of a request holds: a kind of input, with everything below it, or members and methods by name. With a
 * colon follows the input's name: `header:host`.
 */
export type InputShape = InputKind | `${InputKind}:${string}` | { readonly [member: string]: InputShape };

function all<Kind extends InputKind>(kind: Kind, ...names: readonly string[]): Record<string, Kind> {
  return Object.fromEntries(names.map((name) => [name, kind]));
}

/** https://developer.mozilla.org/docs/Web/API/URL, of the request. */
export const REQUEST_URL: InputShape = {
  ...all("query", "searchParams", "search", "href", "toString"),
  ...all("param", "pathname"),
  ...{ host: "header:host", hostname: "header:host", origin: "header:host" },
};

/** https://developer.mozilla.org/docs/Web/API/Request, https://nextjs.org/docs/app/api-reference/functions/next-request */
const WEB_REQUEST: InputShape = {
  ...all("body", "json", "text", "formData", "blob", "arrayBuffer", "bytes", "body"),
  ...all("query", "url"),
  ...all("header", "headers"),
  ...all("cookie", "cookies"),
  nextUrl: REQUEST_URL,
};
/** `request.clone().json()` */
const FETCH_REQUEST: InputShape = { ...WEB_REQUEST, clone: WEB_REQUEST };

const PARAMS: InputShape = { params: "param" };
/** https://nextjs.org/docs/app/api-reference/file-conventions/page */
const PAGE_PROPS: InputShape = { params: "param", searchParams: "query" };

/** https://nodejs.org/api/http.html#class-httpincomingmessage */
const NODE_REQUEST: InputShape = { ...all("query", "url"), ...all("header", "headers", "rawHeaders") };

/** https://expressjs.com/en/5x/api.html#req, https://nextjs.org/docs/pages/building-your-application/routing/api-routes */
const EXPRESS_REQUEST: InputShape = {
  ...NODE_REQUEST,
  ...all("body", "body", "rawBody", "file", "files"),
  ...all("query", "query", "originalUrl"),
  ...all("param", "params", "path"),
  ...all("header", "header", "get"),
  ...all("cookie", "cookies"),
  ...{ hostname: "header:host", host: "header:host" },
};

/** https://hono.dev/docs/api/request */
const HONO_CONTEXT: InputShape = {
  req: {
    ...all("body", "json", "text", "parseBody", "formData", "blob", "arrayBuffer", "body"),
    ...all("query", "query", "queries", "url"),
    ...all("param", "param", "path"),
    ...all("header", "header"),
    raw: FETCH_REQUEST,
  },
};

/** https://fastify.dev/docs/latest/Reference/Request/ */
const FASTIFY_REQUEST: InputShape = {
  ...all("body", "body"),
  ...all("query", "query", "url", "originalUrl"),
  ...all("param", "params"),
  ...all("header", "headers"),
  ...all("cookie", "cookies"),
  ...{ hostname: "header:host", host: "header:host", raw: NODE_REQUEST },
};

/** https://github.com/koajs/koa/blob/master/docs/api/request.md */
const KOA_PARTS = {
  ...all("query", "query", "querystring", "search", "url", "originalUrl", "href"),
  ...all("param", "path"),
  ...all("header", "headers", "header", "get"),
  ...{ host: "header:host", hostname: "header:host", origin: "header:host", req: NODE_REQUEST },
} as const satisfies InputShape;
const KOA_CONTEXT: InputShape = {
  ...KOA_PARTS,
  ...all("param", "params"),
  ...all("cookie", "cookies"),
  request: { ...KOA_PARTS, ...all("body", "body", "rawBody", "files") },
};

/** https://elysiajs.com/essential/handler */
const ELYSIA_CONTEXT: InputShape = {
  ...{ query: "query", params: "param", body: "body", headers: "header", cookie: "cookie", path: "param" },
  request: FETCH_REQUEST,
};

/** https://svelte.dev/docs/kit/@sveltejs-kit#RequestEvent, https://docs.astro.build/en/reference/api-reference/ */
const FETCH_EVENT: InputShape = { request: FETCH_REQUEST, params: "param", url: REQUEST_URL, cookies: "cookie" };

/** https://h3.dev/guide/api/h3event */
const H3_EVENT: InputShape = {
  req: FETCH_REQUEST,
  request: FETCH_REQUEST,
  url: REQUEST_URL,
  path: "query",
  headers: "header",
  context: PARAMS,
  node: { req: NODE_REQUEST },
};

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads */
const LAMBDA_EVENT: InputShape = {
  ...all("body", "body"),
  ...all("query", "queryStringParameters", "multiValueQueryStringParameters", "rawQueryString"),
  ...all("param", "pathParameters", "rawPath", "path"),
  ...all("header", "headers", "multiValueHeaders"),
  ...all("cookie", "cookies"),
};

/** What a handler of each framework is handed, by parameter. `"every"`: each argument is what the caller sends. */
export const HANDLER_INPUTS = {
  "next-app": [FETCH_REQUEST, PARAMS],
  "next-pages": [EXPRESS_REQUEST],
  "next-action": "every",
  hono: [HONO_CONTEXT],
  express: [EXPRESS_REQUEST],
  fastify: [FASTIFY_REQUEST],
  koa: [KOA_CONTEXT],
  elysia: [ELYSIA_CONTEXT],
  h3: [H3_EVENT],
  sveltekit: [FETCH_EVENT],
  "sveltekit-action": [FETCH_EVENT],
  "sveltekit-load": [FETCH_EVENT],
  // https://svelte.dev/docs/kit/remote-functions
  "sveltekit-remote": "every",
  remix: [FETCH_EVENT],
  // https://trpc.io/docs/server/procedures
  trpc: [{ input: "body", rawInput: "body", getRawInput: "body" }],
  astro: [FETCH_EVENT],
  "astro-action": ["body", FETCH_EVENT],
  solid: [FETCH_EVENT],
  // https://tanstack.com/start/latest/docs/framework/react/guide/server-functions
  tanstack: [{ data: "body" }],
  "tanstack-route": [FETCH_EVENT],
  "server-function": "every",
  // https://authjs.dev/reference/core/providers/credentials#authorize
  "auth-js": ["body", FETCH_REQUEST],
  // https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch/
  cloudflare: [FETCH_REQUEST],
  "cloudflare-pages": [FETCH_EVENT],
  // https://docs.deno.com/api/deno/~/Deno.serve, https://bun.com/docs/api/http
  fetch: [{ ...FETCH_REQUEST, params: "param" }],
  lambda: [LAMBDA_EVENT],
  "netlify-lambda": [LAMBDA_EVENT],
  // https://docs.expo.dev/router/web/api-routes/
  expo: [FETCH_REQUEST, "param"],
  netlify: [FETCH_REQUEST, PARAMS],
} as const satisfies Readonly<Record<string, readonly InputShape[] | "every">>;

/** Exports of Next.js files that are no handlers and still see the request. */
export const NEXT_EXPORTS: Readonly<Record<"page" | "middleware" | "pages", Readonly<Record<string, readonly InputShape[]>>>> = {
  page: { default: [PAGE_PROPS], generateMetadata: [PAGE_PROPS], generateViewport: [PAGE_PROPS] },
  middleware: { default: [FETCH_REQUEST], middleware: [FETCH_REQUEST], proxy: [FETCH_REQUEST] },
  // https://nextjs.org/docs/pages/api-reference/functions/get-server-side-props
  pages: { getServerSideProps: [{ params: "param", query: "query", resolvedUrl: "query", req: { ...NODE_REQUEST, cookies: "cookie" } }] },
};

/** A row: what a path is, or gives back when called. */
export interface InputRow {
  readonly pattern: string;
  readonly shape: InputShape;
  /** The call reads input only where its last argument says `true` under this name. */
  readonly option?: string;
}

/** A row: what the functions of a type, or those handed to a call, get as arguments. */
export interface ParameterRow {
  readonly pattern: string;
  readonly parameters: readonly InputShape[];
}

const row = (shape: InputShape, ...patterns: readonly string[]): readonly InputRow[] => patterns.map((pattern) => ({ pattern, shape }));
const given = (parameters: readonly InputShape[], ...patterns: readonly string[]): readonly ParameterRow[] =>
  patterns.map((pattern) => ({ pattern, parameters }));

/** Functions and objects that stand for the request of the moment. Nuxt imports those of h3 by itself. */
const H3 = "{h3,nitro/h3,#imports,vinxi/http,@tanstack/react-start/server,@tanstack/start/server,global}";
export const REQUEST_READS: Matcher<InputRow> = compile([
  // https://nextjs.org/docs/app/api-reference/functions/headers
  ...row("header", "next/headers#headers"),
  ...row("cookie", "next/headers#cookies"),
  // https://hono.dev/docs/helpers/cookie
  ...row("cookie", "hono/cookie#getCookie"),
  // https://h3.dev/utils/request
  ...row("query", `${H3}#getQuery`, `${H3}#getRequestPath`),
  ...row("body", `${H3}#{readBody,readRawBody,readFormData,readMultipartFormData}`),
  ...row("param", `${H3}#{getRouterParam,getRouterParams}`),
  ...row("header", `${H3}#{getHeader,getHeaders,getRequestHeader,getRequestHeaders}`),
  { pattern: `${H3}#getRequestIP`, shape: "header:x-forwarded-for", option: "xForwardedFor" },
  ...row("cookie", `${H3}#{getCookie,parseCookies}`),
  ...row(REQUEST_URL, `${H3}#getRequestURL`),
  ...row(FETCH_REQUEST, `${H3}#{toWebRequest,getWebRequest,getRequest}`),
  // https://docs.astro.build/en/reference/api-reference/
  ...row(FETCH_EVENT, "global#Astro"),
  // https://docs.solidjs.com/solid-start/reference/server/get-request-event
  ...row(FETCH_EVENT, "solid-js/web#getRequestEvent"),
  // https://svelte.dev/docs/kit/$app-server#getRequestEvent
  ...row(FETCH_EVENT, "$app/server#getRequestEvent"),
]);

/** Types of parameters. A global type has the source `global`. */
export const REQUEST_TYPES: Matcher<InputRow> = compile([
  ...row(FETCH_REQUEST, "global#Request", "next/server#NextRequest", "next-auth/middleware#NextRequestWithAuth"),
  ...row(EXPRESS_REQUEST, "next#NextApiRequest", "blitz#BlitzApiRequest", "{express,express-serve-static-core}#{Request,default.Request}", "@vercel/node#{VercelRequest,NowRequest}"),
  ...row(NODE_REQUEST, "http#IncomingMessage"),
  ...row(HONO_CONTEXT, "hono#Context"),
  ...row(FASTIFY_REQUEST, "fastify#FastifyRequest"),
  ...row(KOA_CONTEXT, "koa#{Context,ParameterizedContext}", "koa-router#RouterContext", "@koa/router#RouterContext"),
  ...row(FETCH_EVENT, "@sveltejs/kit#{RequestEvent,ServerLoadEvent}", "./$types#{RequestEvent,PageServerLoadEvent,LayoutServerLoadEvent}"),
  ...row(H3_EVENT, "h3#H3Event", "nitro/h3#H3Event"),
  ...row(FETCH_EVENT, "{@remix-run/node,@remix-run/cloudflare,@remix-run/server-runtime,react-router}#{LoaderFunctionArgs,ActionFunctionArgs,LoaderArgs,ActionArgs,DataFunctionArgs}"),
  ...row(FETCH_EVENT, "astro#{APIContext,AstroGlobal}", "@solidjs/start/server#APIEvent"),
  ...row({ request: FETCH_REQUEST, params: "param" }, "global#EventContext"),
  ...row(LAMBDA_EVENT, "aws-lambda#{APIGatewayProxyEvent,APIGatewayProxyEventV2,APIGatewayEvent,LambdaFunctionURLEvent,ALBEvent}"),
]);

/** Types of functions, as `export const POST: RequestHandler = …` declares them. */
export const HANDLER_TYPES: Matcher<ParameterRow> = compile([
  ...given([FETCH_EVENT], "@sveltejs/kit#{RequestHandler,ServerLoad,Action,Handle}", "./$types#{RequestHandler,PageServerLoad,LayoutServerLoad,Action}"),
  ...given([FETCH_EVENT], "astro#APIRoute", "{@remix-run/node,@remix-run/cloudflare,react-router}#{LoaderFunction,ActionFunction}"),
  ...given([EXPRESS_REQUEST], "next#NextApiHandler", "express#{RequestHandler,Handler}"),
  ...given([FETCH_REQUEST], "next/server#{NextMiddleware,NextProxy}", "global#ExportedHandlerFetchHandler"),
  ...given([HONO_CONTEXT], "hono#{Handler,MiddlewareHandler}"),
  ...given([LAMBDA_EVENT], "aws-lambda#{APIGatewayProxyHandler,APIGatewayProxyHandlerV2}"),
  ...given([{ request: FETCH_REQUEST, params: "param" }], "global#PagesFunction"),
  ...given([{ params: "param", query: "query", resolvedUrl: "query", req: { ...NODE_REQUEST, cookies: "cookie" } }], "next#GetServerSideProps"),
]);

/** Calls that take a handler. */
export const HANDLER_MAKERS: Matcher<ParameterRow> = compile([
  ...given([H3_EVENT], `${H3}#{defineEventHandler,eventHandler,defineCachedEventHandler,defineLazyEventHandler}`),
  ...given([HONO_CONTEXT], "hono/factory#createMiddleware"),
  ...given([FETCH_REQUEST], "global#Deno.serve", "@std/http#serve"),
]);

/**
 * Headers that a platform writes itself, whatever the caller sent: where he is, and by what address. Sources:
 * https://developers.cloudflare.com/fundamentals/reference/http-headers/, https://vercel.com/docs/headers/request-headers,
 * https://docs.netlify.com/build/functions/api/, https://fly.io/docs/networking/request-headers/,
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html
 */
const PLATFORM_HEADER =
  /^(?:cf-(?:ip(?:country|city|continent|latitude|longitude)|region|region-code|timezone|metro-code|postal-code|ray|connecting-ip|connecting-ipv6)|x-vercel-(?:ip-[a-z-]+|forwarded-for|proxied-for|id)|x-nf-(?:geo|client-connection-ip|request-id)|fly-(?:client-ip|region|request-id)|fastly-client-ip|cloudfront-viewer-[a-z-]+|x-azure-clientip)$/u;

/** True for a header that no caller chooses, where its platform runs. */
export const isSetByPlatform = (header: string): boolean => PLATFORM_HEADER.test(header.toLowerCase());
