/**
 * Where what a program knows gets out of it: logs, services that watch it, answers to requests, errors, other hosts and
 * stores. What a value does on its way there is for the model to say.
 */
import { compile, type Matcher } from "./canonical.ts";

export type SinkKind =
  | "log"
  /** A service that the program reports to, such as Sentry. */
  | "service"
  /** The answer to a request: its body, headers, cookies, or the address that it redirects to. */
  | "response"
  /** What a framework hands to the browser by itself: a loader's result, props, markup. */
  | "browser"
  | "error"
  /** A request to another host. */
  | "request"
  | "store";

/** What part of a call goes out. */
export type Shown = "all" | readonly number[];

export interface SinkRow {
  readonly pattern: string;
  readonly kind: SinkKind;
  readonly shown: Shown;
  /** Follows "sent to", "stored": `Sentry`, `in a file`. Empty for logs, and for errors that the program may catch. */
  readonly label: string;
  /** The value need not be a string there, so that a yes or no may stand in its place. */
  readonly takesAnything?: boolean;
}

const rows = (kind: SinkKind, label: string, shown: Shown, ...patterns: readonly string[]): readonly SinkRow[] =>
  patterns.map((pattern) => ({ pattern, kind, shown, label }));
const open = (given: readonly SinkRow[]): readonly SinkRow[] => given.map((row) => ({ ...row, takesAnything: true }));

const LEVELS = "{log,trace,debug,info,notice,warn,warning,error,fatal,critical,silly,verbose,http,success,fail,ready,start,box}";
const LOGGERS =
  "{pino,pino-http,winston,consola,bunyan,log4js,loglevel,signale,tslog,roarr,electron-log,npmlog,fancy-log,lambda-log,next-axiom," +
  "@logtape/logtape,@logtail/node,@logtail/next,@axiomhq/logging,@axiomhq/nextjs,@aws-lambda-powertools/logger,@nestjs/common," +
  "nestjs-pino,adonisjs-logger,cloudflare-logger,evlog,diary,adze}";
const SERVICES: readonly (readonly [label: string, sources: string, methods: string])[] = [
  [
    "Sentry",
    "{@sentry/*,sentry-expo,raven}",
    "{captureException,captureMessage,captureEvent,captureFeedback,setContext,setExtra,setExtras,setTag,setTags,setUser,addBreadcrumb,setAttribute,setAttributes,startSpan}",
  ],
  ["PostHog", "{posthog-js,posthog-js/*,posthog-node,posthog-react-native}", "{capture,captureException,identify,register,register_once,alias,group,groupIdentify,setPersonProperties,people.set}"],
  ["Mixpanel", "{mixpanel,mixpanel-browser}", "{track,identify,register,people.set}"],
  ["Segment", "{@segment/*,analytics-node}", "{track,identify,page,group,alias}"],
  ["Amplitude", "@amplitude/*", "{track,logEvent,identify,setUserProperties}"],
  ["Datadog", "{@datadog/*,dd-trace,hot-shots}", `{setTag,addTags,addAction,addError,setGlobalContext,setUser,log,debug,info,warn,error}`],
  ["New Relic", "newrelic", "{noticeError,addCustomAttribute,addCustomAttributes,recordCustomEvent,recordLogEvent}"],
  ["Rollbar", "rollbar", "{log,debug,info,warning,warn,error,critical,configure}"],
  ["Bugsnag", "@bugsnag/*", "{notify,addMetadata,leaveBreadcrumb,setUser}"],
  ["LogRocket", "{logrocket,logrocket-react}", "{identify,track,log,info,warn,error,captureException,captureMessage}"],
  ["Highlight", "{@highlight-run/*,highlight.run}", "{consumeError,consumeEvent,identify,track,log}"],
  ["Honeybadger", "@honeybadger-io/*", "{notify,setContext,addBreadcrumb,event}"],
  ["Vercel Analytics", "@vercel/analytics{,/*}", "{track}"],
  ["OpenTelemetry", "@opentelemetry/*", "{setAttribute,setAttributes,addEvent,recordException,setStatus,emit}"],
];

/** Exceptions of the language, besides what extends `Error`. */
const EXCEPTIONS = "global#{Error,TypeError,RangeError,SyntaxError,ReferenceError,EvalError,URIError,AggregateError,DOMException}";
/** Exceptions whose message the framework answers with: their documentation. */
const ANSWERED_EXCEPTIONS: readonly string[] = [
  "{hono/http-exception#HTTPException,@trpc/server#TRPCError,graphql#GraphQLError,convex/values#ConvexError}",
  "{http-errors,@hapi/boom}#**",
  "@nestjs/common#{HttpException,BadRequestException,InternalServerErrorException}",
];

/** The label of errors that become an answer. */
export const ANSWERED = "the answer to a request";

/** Every row, for tests and documentation. */
export const SINK_ROWS: readonly SinkRow[] = [
  // https://developer.mozilla.org/docs/Web/API/console, https://nodejs.org/api/util.html#utildebuglogsection-callback
  ...open([
    ...rows("log", "", "all", "{global,console}#console.{log,info,warn,error,debug,trace,dir,dirxml,table,group,groupCollapsed,assert}"),
    ...rows("log", "", "all", "console#{log,info,warn,error,debug,trace,dir,table}", "util#{debuglog,debug,log}"),
    // Their READMEs: loggers with a method a level, and children that have them too.
    ...rows("log", "", "all", `${LOGGERS}#**.${LEVELS}`, "debug#**", "{fancy-log,next-axiom}#default"),
    ...rows("log", "", "all", "@std/log#**.{debug,info,warn,error,critical}", "firebase-functions{,/logger}#**.{log,debug,info,warn,error,write}"),
    ...rows("log", "", "all", "fastify#**.log.{trace,debug,info,warn,error,fatal}", "effect#Effect.{log,logInfo,logDebug,logWarning,logError}"),
    ...rows("log", "", "all", "@google-cloud/logging#**.{write,entry}", "electron-log/*#**.{log,info,warn,error,verbose,debug,silly}"),
  ]),
  ...rows("log", "", [0], "{global#process,process#default,process#*}.{stdout,stderr}.write", "process#{stdout,stderr}.write"),
  ...rows("log", "", [1], "global#Deno.stdout.write"),
  ...SERVICES.flatMap(([label, sources, methods]) => open(rows("service", label, "all", `${sources}#**.${methods}`))),

  // https://developer.mozilla.org/docs/Web/API/Response, https://nextjs.org/docs/app/api-reference/functions/next-response
  ...open(rows("response", "", "all", "{global#Response,next/server#NextResponse}.json")),
  ...rows("response", "", "all", "global#Response{,.redirect}", "next/server#NextResponse{,.redirect,.rewrite}"),
  ...rows("response", "", "all", "next/server#NextResponse.**.{cookies.set,headers.set,headers.append}"),
  ...rows("response", "", "all", "global#Response.**.headers.{set,append}"),
  // https://nextjs.org/docs/app/api-reference/functions/cookies, /redirect
  ...rows("response", "", "all", "next/headers#cookies.set", "next/navigation#{redirect,permanentRedirect}"),
  ...rows("response", "", "all", "{cookies-next,cookies-next/*,nookies,js-cookie,universal-cookie,tiny-cookie}#**.{setCookie,set}"),
  // https://nextjs.org/docs/pages/building-your-application/routing/api-routes, https://nodejs.org/api/http.html#class-httpserverresponse
  ...open(rows("response", "", "all", "{next#NextApiResponse,express#Response,@vercel/node#VercelResponse,fastify#FastifyReply}.**.{json,jsonp,send}")),
  ...rows(
    "response",
    "",
    "all",
    `{next#NextApiResponse,express#Response,@vercel/node#VercelResponse,fastify#FastifyReply,http#ServerResponse}.**.{write,end,setHeader,
      setHeaders,appendHeader,writeHead,header,headers,set,append,cookie,setCookie,redirect,location,render,raw.write,raw.end}`,
  ),
  // https://hono.dev/docs/api/context
  ...open(rows("response", "", "all", "hono#Context.json")),
  ...rows("response", "", "all", "hono#Context.{text,html,body,render,header,redirect,newResponse}", "hono/cookie#{setCookie,setSignedCookie}"),
  // https://svelte.dev/docs/kit/@sveltejs-kit, https://reactrouter.com/api/utils/data
  ...open(rows("response", "", "all", "{@sveltejs/kit,@remix-run/*,react-router,react-router/*,@solidjs/router,@tanstack/*}#{json,data,defer,fail}")),
  ...rows("response", "", "all", "{@sveltejs/kit,@remix-run/*,react-router,@solidjs/router,elysia}#{redirect,error,text,status}"),
  ...rows("response", "", "all", "{@sveltejs/kit#RequestEvent,@sveltejs/kit#ServerLoadEvent}.**.{cookies.set,setHeaders}"),
  // https://h3.dev/utils/response
  ...open(rows("response", "", "all", "{h3,global,#imports,nitropack/runtime}#{send,sendError,createError}")),
  ...rows(
    "response",
    "",
    "all",
    "{h3,global,#imports,nitropack/runtime}#{setCookie,setHeader,setHeaders,setResponseHeader,setResponseHeaders,appendHeader,appendResponseHeader,sendRedirect,setResponseStatus}",
  ),
  ...rows("response", "", "all", "{koa#Context,koa#ParameterizedContext}.**.{set,append,redirect,cookies.set}"),

  ...rows("error", "", "all", EXCEPTIONS, "global#Promise.reject", "effect#{Data.Error,Effect.fail}"),
  ...rows("error", ANSWERED, "all", ...ANSWERED_EXCEPTIONS),

  // https://nodejs.org/api/fs.html, https://docs.deno.com/api/deno/file-system, https://bun.sh/docs/api/file-io
  ...rows("store", "in a file", [1], "{fs,fs/promises,fs-extra}#**.{writeFile,writeFileSync,appendFile,appendFileSync,outputFile,outputFileSync}"),
  ...rows("store", "in a file", [1], "global#{Deno.writeTextFile,Deno.writeTextFileSync,Deno.writeFile,Bun.write}"),
  ...rows("store", "in the browser's storage", "all", "global#{localStorage,sessionStorage}.setItem"),
  // https://developers.cloudflare.com/kv/api/write-key-value-pairs has no import of its own; stores that npm has:
  ...rows("store", "in a store", "all", "@netlify/blobs#**.{set,setJSON}", "@vercel/blob#put", "{@vercel/edge-config,keyv,lru-cache,node-cache}#**.set"),
];

export const SINKS: Matcher<SinkRow> = compile(SINK_ROWS);

function lastNames(pattern: string): readonly string[] {
  return pattern.replaceAll(/\s/gu, "").split(/[{},.#]/u).filter((name) => /^[A-Za-z_$][\w$]*$/u.test(name));
}

/** Functions that send a request: where its address stands, and the properties that hold it in an object of options. */
export const REQUESTS: Matcher<{ readonly pattern: string }> = compile([
  { pattern: "global#{fetch,$fetch,WebSocket,EventSource,navigator.sendBeacon}" },
  { pattern: "{node-fetch,cross-fetch,isomorphic-fetch,isomorphic-unfetch,undici,ofetch,ky,got,axios,superagent,needle,@whatwg-node/fetch}#**" },
]);
/** Functions that are handed code whose result they send to the browser, and the argument that holds it. */
export interface AnsweringRow {
  readonly pattern: string;
  readonly handler: "first" | "last";
  /** The property of an object of options that holds the code. */
  readonly property?: string;
  readonly label: string;
}

/** Every row, for tests and documentation. */
export const ANSWERING_ROWS: readonly AnsweringRow[] = [
  // https://h3.dev/guide/basics/handler, https://nitro.build/guide/cache
  ...["{h3,global,#imports,nitropack/runtime,nitro}#{eventHandler,defineEventHandler,defineHandler,defineCachedEventHandler,cachedEventHandler,defineLazyEventHandler}"].map(
    (pattern) => ({ pattern, handler: "first", property: "handler", label: "the result of an event handler" }) as const,
  ),
  // https://tanstack.com/start/latest/docs/framework/react/guide/server-functions
  { pattern: "{@tanstack/react-start,@tanstack/solid-start,@tanstack/start}#createServerFn.**.handler", handler: "first", label: "the result of a server function" },
  // https://trpc.io/docs/server/procedures
  { pattern: "@trpc/server#initTRPC.**.{query,mutation,subscription}", handler: "first", label: "the result of a tRPC procedure" },
  // https://docs.astro.build/en/guides/actions, https://next-safe-action.dev, https://zsa.vercel.app
  { pattern: "astro:actions#defineAction", handler: "first", property: "handler", label: "the result of an action" },
  { pattern: "{next-safe-action#createSafeActionClient,zsa#createServerAction,zsa#createServerActionProcedure}.**.{action,stateAction,handler}", handler: "first", label: "the result of a server action" },
  // https://elysiajs.com/essential/handler, https://fastify.dev/docs/latest/Reference/Routes
  { pattern: "{elysia#Elysia,fastify#default,fastify#fastify}.**.{get,post,put,patch,delete,all,options}", handler: "last", label: "the result of a handler" },
  // https://svelte.dev/docs/kit/remote-functions
  { pattern: "$app/server#{query,form,command,prerender}", handler: "last", label: "the result of a remote function" },
];

export const ANSWERING: Matcher<AnsweringRow> = compile(ANSWERING_ROWS);
export const ANSWERING_NAMES: ReadonlySet<string> = new Set(ANSWERING_ROWS.flatMap(({ pattern }) => lastNames(pattern)));

/**
 * The type of the object that answers, by the framework of a handler and the place of its parameter, for handlers that do
 * not declare it.
 */
export const RESPONSE_PARAMETERS: Readonly<Record<string, readonly (string | undefined)[]>> = {
  express: [undefined, "express#Response"],
  "next-pages": [undefined, "next#NextApiResponse"],
  hono: ["hono#Context"],
  fastify: [undefined, "fastify#FastifyReply"],
  koa: ["koa#Context"],
  sveltekit: ["@sveltejs/kit#RequestEvent"],
};

/** Exported functions whose results a framework hands to the browser. */
export interface ExportedLoader {
  readonly name: RegExp;
  /** Of the path below the project's root. */
  readonly path: RegExp;
  /** A package that the file imports, or that its project depends on. */
  readonly package: RegExp;
  readonly label: string;
}

export const EXPORTED_LOADERS: readonly ExportedLoader[] = [
  // https://nextjs.org/docs/pages/building-your-application/data-fetching
  { name: /^get(?:ServerSide|Static)Props$/u, path: /(?:^|\/)pages\//u, package: /^next$/u, label: "props of a page" },
  // https://reactrouter.com/start/framework/data-loading, https://remix.run/docs/en/main/route/loader
  { name: /^(?:loader|action)$/u, path: /(?:^|\/)(?:routes\/|root\.|entry\.)/u, package: /^(?:@remix-run\/.*|@react-router\/.*|react-router)$/u, label: "the result of a loader or action" },
  // https://svelte.dev/docs/kit/load
  { name: /^(?:load|actions)$/u, path: /(?:^|\/)\+(?:page|layout)(?:\.server)?\.[jt]s$/u, package: /^@sveltejs\/kit$/u, label: "data of a page" },
  // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html, https://docs.netlify.com/build/functions
  { name: /^handler$/u, path: /(?:^|\/)(?:functions|lambda|lambdas|api|handlers)\//u, package: /^(?:@netlify\/functions|aws-lambda|@types\/aws-lambda|@aws-lambda-powertools\/.*|serverless.*)$/u, label: "the answer of a function" },
];
