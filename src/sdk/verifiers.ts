/**
 * Handlers that only machines may call, and handlers that a library brings along. Both need no limiter of their own:
 * a forged request fails at the signature, and a library's handler protects itself or is limited elsewhere.
 */
import { compile, type CanonicalPath, type Matcher } from "./canonical.ts";
import type { GuardRow } from "./limiters.ts";

/** A call that proves that a known machine sent the request. */
export type VerifierRow = GuardRow;

const BOOLEAN = [{ refused: false }] as const;

function wrapper(label: string, pattern: string, handler?: number): VerifierRow {
  return { pattern, form: "wrapper", label, ...(handler !== undefined && { handler }) };
}

function throwing(label: string, pattern: string, timing: "sync" | "async"): VerifierRow {
  return { pattern, form: "throws", label, ...(timing === "async" && { async: true }) };
}

function answering(label: string, pattern: string, timing: "sync" | "async"): VerifierRow {
  return { pattern, form: "call", label, outcomes: BOOLEAN, ...(timing === "async" && { async: true }) };
}

/** Every row, for tests and documentation. */
export const VERIFIER_ROWS: readonly VerifierRow[] = [
  // upstash-facts, sections 1.3 and 7.1: verify() returns true or throws
  wrapper(
    "QStash",
    "@upstash/qstash/{nextjs,dist/nextjs}#{verifySignature,verifySignatureEdge,verifySignatureAppRouter}",
    0,
  ),
  wrapper("QStash", "@upstash/qstash/h3#verifySignatureH3", 0),
  wrapper("QStash", "@upstash/qstash/nuxt#verifySignatureNuxt", 0),
  wrapper("QStash", "@upstash/qstash/svelte#verifySignatureSvelte", 0),
  wrapper("QStash", "@upstash/qstash/solidjs#verifySignatureSolidjs", 0),
  throwing("QStash", "{@upstash/qstash,@upstash/qstash/*}#Receiver.verify", "async"),
  // upstash-facts, sections 1.4 and 7.2. Whether verification is on is `require-workflow-verification`'s question.
  wrapper(
    "Upstash Workflow",
    `{@upstash/workflow,@upstash/workflow/*,@upstash/qstash/*}#{serve,servePagesRouter,serveMany,
      serveManyPagesRouter}.**`,
  ),
  // https://miniapps.farcaster.xyz/docs/guides/notifications
  throwing("Farcaster", "{@farcaster/miniapp-node,@farcaster/frame-node}#parseWebhookEvent", "async"),
  // https://docs.stripe.com/webhooks#verify-official-libraries
  throwing("Stripe", "stripe#{default,Stripe}.webhooks.constructEvent", "sync"),
  throwing("Stripe", "stripe#{default,Stripe}.webhooks.constructEventAsync", "async"),
  throwing("Stripe", "stripe#{default,Stripe}.webhooks.signature.verifyHeader", "sync"),
  throwing("Stripe", "stripe#{default,Stripe}.webhooks.signature.verifyHeaderAsync", "async"),
  // A workspace's package may hand the client out, or a place of `globalThis` keep it.
  throwing("Stripe", "{?,*,global}#**.webhooks.constructEvent", "sync"),
  throwing("Stripe", "{?,*,global}#**.webhooks.constructEventAsync", "async"),
  // https://docs.stripe.com/webhooks?snapshot-or-thin=thin; `parseThinEvent` until stripe 19
  throwing("Stripe", "stripe#{default,Stripe}.{parseEventNotification,parseThinEvent}", "sync"),
  throwing("Stripe", "stripe#{default,Stripe}.parseEventNotificationAsync", "async"),
  throwing("Stripe", "{?,*,global}#**.{parseEventNotification,parseThinEvent}", "sync"),
  throwing("Stripe", "{?,*,global}#**.parseEventNotificationAsync", "async"),
  // https://apple.github.io/app-store-server-library-node: a buyer holds signed transactions, and no notification
  throwing("Apple", "@apple/app-store-server-library#SignedDataVerifier.verifyAndDecodeNotification", "async"),
  // https://docs.svix.com/receiving/verifying-payloads/how, https://github.com/standard-webhooks/standard-webhooks
  throwing("Svix", "svix#Webhook.verify", "sync"),
  throwing("Standard Webhooks", "standardwebhooks#Webhook.verify", "sync"),
  // https://github.com/octokit/webhooks.js, https://github.com/octokit/webhooks-methods.js
  answering("GitHub", "@octokit/webhooks#Webhooks.verify", "async"),
  answering("GitHub", "@octokit/webhooks-methods#verify", "async"),
  throwing("GitHub", "@octokit/webhooks#Webhooks.verifyAndReceive", "async"),
  wrapper("GitHub", "@octokit/webhooks#createNodeMiddleware"),
  wrapper("GitHub", "{@octokit/app#App,octokit#App,probot#default}.createNodeMiddleware"),
  // https://clerk.com/docs/reference/backend/verify-webhook
  throwing(
    "Clerk",
    "@clerk/{nextjs,backend,express,astro,fastify,nuxt,tanstack-react-start}/webhooks#verifyWebhook",
    "async",
  ),
  // https://www.inngest.com/docs/reference/serve
  wrapper("Inngest", "inngest/*#serve.**"),
  // https://trigger.dev/docs (version 2's endpoint adapters)
  wrapper("Trigger.dev", "@trigger.dev/nextjs#{createAppRoute,createPagesRoute}.**"),
  wrapper("Trigger.dev", "@trigger.dev/{remix#createRemixRoute,astro#createAstroRoute,sveltekit#createSvelteRoute}.**"),
  // https://docs.novu.co/framework/endpoint
  wrapper("Novu", "@novu/framework/*#serve.**"),
  // https://polar.sh/docs/integrate/sdk/adapters/nextjs, https://polar.sh/docs/integrate/webhooks/delivery
  wrapper("Polar", "@polar-sh/*#Webhooks"),
  throwing("Polar", "@polar-sh/sdk/webhooks#validateEvent", "sync"),
  // https://github.com/PaddleHQ/paddle-node-sdk: unmarshal() rejects on a bad signature
  throwing("Paddle", "@paddle/paddle-node-sdk#Paddle.webhooks.unmarshal", "async"),
  // https://razorpay.com/docs/webhooks/validate-test
  answering("Razorpay", "razorpay#{default,Razorpay}.validateWebhookSignature", "sync"),
  answering("Razorpay", "razorpay/dist/utils/razorpay-utils#validateWebhookSignature", "sync"),
  // https://github.com/coinbase/coinbase-commerce-node#webhooks: both throw on a bad signature
  throwing("Coinbase Commerce", "coinbase-commerce-node#**.{verifyEventBody,verifySigHeader}", "sync"),
  // https://replicate.com/docs/topics/webhooks/verify-webhook
  answering("Replicate", "replicate#validateWebhook", "async"),
  // https://resend.com/docs/dashboard/webhooks/verify-webhooks-requests
  throwing("Resend", "resend#Resend.webhooks.verify", "sync"),
  // https://platform.openai.com/docs/guides/webhooks
  throwing("OpenAI", "openai#{default,OpenAI}.webhooks.{unwrap,verifySignature}", "async"),
  // https://www.mux.com/docs/core/verify-webhook-signatures (asynchronous since version 9 of the SDK)
  throwing("Mux", "@mux/mux-node#{default,Mux}.webhooks.{unwrap,verifySignature}", "async"),
  // https://workos.com/docs/events/data-syncing/webhooks
  throwing("WorkOS", "@workos-inc/node#WorkOS.webhooks.constructEvent", "async"),
  // https://liveblocks.io/docs/api-reference/liveblocks-node, https://docs.livekit.io/home/server/webhooks
  throwing("Liveblocks", "@liveblocks/node#WebhookHandler.verifyRequest", "sync"),
  throwing("LiveKit", "livekit-server-sdk#WebhookReceiver.receive", "async"),
  // https://github.com/sanity-io/webhook-toolkit, https://github.com/sanity-io/next-sanity
  answering("Sanity", "@sanity/webhook#isValidSignature", "async"),
  throwing("Sanity", "@sanity/webhook#{assertValidSignature,assertValidRequest}", "async"),
  {
    pattern: "next-sanity/webhook#parseBody",
    form: "call",
    label: "Sanity",
    outcomes: [{ member: "isValidSignature", refused: false }],
    async: true,
  },
  // https://tools.slack.dev/bolt-js, https://github.com/slackapi/node-slack-events-api
  wrapper("Slack", "@slack/bolt#{App,ExpressReceiver,HTTPReceiver}.{start,app,router}"),
  wrapper("Slack", "@slack/bolt#AwsLambdaReceiver.{start,toHandler}"),
  wrapper("Slack", "@vercel/slack-bolt#createHandler"),
  wrapper("Slack", "@slack/events-api#createEventAdapter.{requestListener,expressMiddleware}"),
  // https://github.com/discord/discord-interactions-js: a promise since version 4, and `await` is harmless before
  answering("Discord", "discord-interactions#verifyKey", "async"),
  { pattern: "discord-interactions#verifyKeyMiddleware", form: "middleware", label: "Discord" },
  // https://www.twilio.com/docs/usage/security#validating-requests
  answering(
    "Twilio",
    "twilio#{default,Twilio}.{validateRequest,validateRequestWithBody,validateExpressRequest}",
    "sync",
  ),
  { pattern: "twilio#{default,Twilio}.webhook", form: "middleware", label: "Twilio" },
  // https://github.com/sendgrid/sendgrid-nodejs/tree/main/packages/eventwebhook
  answering("SendGrid", "@sendgrid/eventwebhook#EventWebhook.verifySignature", "sync"),
  // https://line.github.io/line-bot-sdk-nodejs
  answering("LINE", "@line/bot-sdk#validateSignature", "sync"),
  { pattern: "@line/bot-sdk#middleware", form: "middleware", label: "LINE" },
  // https://shopify.dev/docs/api/shopify-app-remix (webhooks), which answers 401 by throwing a response
  throwing(
    "Shopify",
    "@shopify/{shopify-app-remix,shopify-app-react-router}/server#shopifyApp.authenticate.webhook",
    "async",
  ),
  // https://hono.dev/docs/middleware/builtin/bearer-auth, https://hono.dev/docs/middleware/builtin/basic-auth
  { pattern: "hono/bearer-auth#bearerAuth", form: "middleware", label: "a bearer token" },
  { pattern: "hono/basic-auth#basicAuth", form: "middleware", label: "a password" },
  // https://github.com/LionC/express-basic-auth, https://github.com/koajs/basic-auth
  { pattern: "{express-basic-auth,koa-basic-auth}#default", form: "middleware", label: "a password" },
  // https://nodejs.org/api/crypto.html, https://developers.cloudflare.com/workers/runtime-apis/web-crypto/
  answering("a constant-time comparison", "crypto#timingSafeEqual", "sync"),
  answering("a constant-time comparison", "global#crypto.subtle.timingSafeEqual", "sync"),
  answering("a constant-time comparison", "@std/crypto{,/timing-safe-equal}#timingSafeEqual", "sync"),
  answering("a constant-time comparison", "hono/utils/buffer#timingSafeEqual", "async"),
  answering("a constant-time comparison", "{scmp,safe-compare,tsscmp,secure-compare}#default", "sync"),
  answering("a signature check", "global#crypto.subtle.verify", "async"),
  answering("a signature check", "crypto#{subtle,webcrypto.subtle}.verify", "async"),
  answering("a signature check", "crypto#{verify,createVerify.**.verify}", "sync"),
  answering("a signature check", "tweetnacl#sign.detached.verify", "sync"),
];

export const VERIFIERS: Matcher<VerifierRow> = compile(VERIFIER_ROWS);

/** The check of a machine caller that a callee makes. Undefined: none that the table knows. */
export function verifierOf(path: CanonicalPath): VerifierRow | undefined {
  return VERIFIERS.match(path);
}

/** Why a library's handler needs no limiter at the route. */
export type LibraryHandlerReason =
  /** The library limits by itself unless told otherwise. */
  | "limits-itself"
  /** The work happens in procedures, resolvers, routes or hooks that are looked at by themselves. */
  | "limited-inside"
  /** The project has no code in it: at most a limiter in front, which is the library's or the provider's matter. */
  | "opaque";

export interface LibraryHandlerRow {
  readonly pattern: string;
  readonly reason: LibraryHandlerReason;
  readonly label: string;
}

function library(
  reason: LibraryHandlerReason,
  label: string,
  ...patterns: readonly string[]
): readonly LibraryHandlerRow[] {
  return patterns.map((pattern) => ({ pattern, reason, label }));
}

/** Handlers that a library makes and a route re-exports. A row matches the making call and members of its result. */
export const LIBRARY_HANDLER_ROWS: readonly LibraryHandlerRow[] = [
  // https://www.better-auth.com/docs/concepts/rate-limit: on by default in production
  ...library(
    "limits-itself",
    "Better Auth",
    "better-auth/next-js#toNextJsHandler.**",
    "better-auth/node#toNodeHandler",
    "better-auth/svelte-kit#svelteKitHandler",
    "better-auth/solid-start#toSolidStartHandler.**",
    "better-auth#betterAuth.handler",
  ),
  // https://authjs.dev/reference, https://next-auth.js.org/configuration/initialization
  ...library("opaque", "Auth.js", "{next-auth,next-auth/next}#default", "next-auth#default.handlers.**"),
  ...library(
    "opaque",
    "Auth.js",
    "@auth/{core#Auth,sveltekit#SvelteKitAuth,express#ExpressAuth,fastify#FastifyAuth,qwik#QwikAuth$}.**",
    "@hono/auth-js#authHandler",
    "auth-astro#AstroAuth.**",
  ),
  // https://github.com/auth0/nextjs-auth0 (version 3), https://clerk.com/docs/reference/nextjs/clerk-middleware,
  // https://docs.kinde.com/developer-tools/sdks/backend/nextjs-sdk, https://workos.com/docs/authkit/nextjs,
  // https://supertokens.com/docs
  ...library(
    "opaque",
    "Auth0",
    "@auth0/nextjs-auth0#{handleAuth,handleLogin,handleLogout,handleCallback,initAuth0.handleAuth}",
  ),
  ...library("opaque", "Clerk", "@clerk/nextjs/server#createFrontendApiProxyHandlers.**"),
  ...library("opaque", "Kinde", "@kinde-oss/kinde-auth-nextjs/server#handleAuth"),
  ...library("opaque", "WorkOS AuthKit", "@workos-inc/authkit-nextjs#handleAuth"),
  ...library("opaque", "SuperTokens", "supertokens-node/nextjs#getAppDirRequestHandler"),
  // https://boxyhq.com/docs/directory-sync/code-integration: events are handed on once the directory's secret is right
  ...library(
    "opaque",
    "SAML Jackson",
    "@boxyhq/saml-jackson#default.directorySyncController.requests.handle",
    "@boxyhq/saml-jackson#IDirectorySyncController.requests.handle",
  ),
  // https://www.sanity.io/docs/visual-editing, https://payloadcms.com/docs/rest-api/overview,
  // https://keystatic.com/docs, https://polar.sh/docs/integrate/sdk/adapters/nextjs
  ...library("opaque", "Sanity", "next-sanity/draft-mode#defineEnableDraftMode.**"),
  ...library(
    "opaque",
    "Payload",
    "@payloadcms/next/routes#{REST_GET,REST_POST,REST_PUT,REST_PATCH,REST_DELETE,REST_OPTIONS,GRAPHQL_POST}",
    "@payloadcms/next/routes#GRAPHQL_PLAYGROUND_GET",
  ),
  ...library("opaque", "Keystatic", "@keystatic/next/route-handler#makeRouteHandler.**"),
  ...library("opaque", "Polar", "@polar-sh/*#{Checkout,CustomerPortal}"),
  // https://vercel.com/docs/vercel-blob/client-upload: onBeforeGenerateToken decides who may upload
  ...library("limited-inside", "Vercel Blob", "@vercel/blob/client#handleUpload"),
  // https://docs.uploadthing.com/file-routes: the limit belongs into the file route's .middleware()
  ...library(
    "limited-inside",
    "UploadThing",
    "uploadthing/*#createRouteHandler.**",
    "uploadthing/next#createNextRouteHandler.**",
    "uploadthing/next-legacy#createNextPageApiHandler",
  ),
  // https://trpc.io/docs/server/adapters
  ...library(
    "limited-inside",
    "tRPC",
    "@trpc/server/adapters/fetch#fetchRequestHandler",
    "@trpc/server/adapters/next#createNextApiHandler",
    "@trpc/server/adapters/next-app-dir#experimental_createNextRouteHandler",
    "@trpc/server/adapters/express#createExpressMiddleware",
    "@trpc/server/adapters/fastify#fastifyTRPCPlugin",
    "@trpc/server/adapters/aws-lambda#awsLambdaRequestHandler",
    "@trpc/server/adapters/standalone#{createHTTPHandler,createHTTPServer}",
    "@hono/trpc-server#trpcServer",
    "trpc-nuxt#createNuxtApiHandler",
    "trpc-nuxt/server#createTRPCNuxtHandler",
    "trpc-sveltekit#createTRPCHandle",
  ),
  // https://orpc.unnoq.com/docs/rpc-handler, https://ts-rest.com/server/next
  ...library(
    "limited-inside",
    "oRPC",
    "@orpc/server/{fetch,node}#RPCHandler.handle",
    "@orpc/openapi/{fetch,node}#OpenAPIHandler.handle",
  ),
  ...library("limited-inside", "ts-rest", "@ts-rest/{next#createNextRouter,serverless/next#createNextHandler}.**"),
  // https://the-guild.dev/graphql/yoga-server, https://www.apollographql.com/docs/apollo-server/integrations
  ...library("limited-inside", "GraphQL Yoga", "graphql-yoga#createYoga.**"),
  ...library(
    "limited-inside",
    "Apollo Server",
    "@as-integrations/next#startServerAndCreateNextHandler",
    "@as-integrations/aws-lambda#startServerAndCreateLambdaHandler",
    "{@apollo/server/express4,@as-integrations/express5}#expressMiddleware",
  ),
  // https://hono.dev/docs/getting-started/vercel
  ...library(
    "limited-inside",
    "Hono",
    "{hono/vercel,hono/netlify,hono/aws-lambda,hono/cloudflare-pages,@hono/node-server/vercel}#handle",
  ),
];

export const LIBRARY_HANDLERS: Matcher<LibraryHandlerRow> = compile(LIBRARY_HANDLER_ROWS);

/** The library that made a handler. Undefined: none that the table knows. */
export function libraryHandlerOf(path: CanonicalPath): LibraryHandlerRow | undefined {
  return LIBRARY_HANDLERS.match(path);
}
