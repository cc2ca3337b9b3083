/** Calls that tell who is signed in; for strangers what they tell is missing. */
import { compile, type CanonicalPath, type Matcher } from "./canonical.ts";

interface SessionRow {
  readonly pattern: string;
}

/** Every row, for tests. */
export const SESSION_ROWS: readonly SessionRow[] = [
  // https://clerk.com/docs/reference/nextjs/app-router/auth, https://clerk.com/docs/reference/backend-only/get-auth
  "@clerk/nextjs{,/server,/ssr,/app-beta}#{auth,currentUser,getAuth}.**",
  "@clerk/{express,hono,fastify,astro/server,tanstack-react-start/server,remix/ssr.server,react-router/server}#{getAuth,auth}.**",
  // https://authjs.dev/getting-started/session-management/get-session, https://next-auth.js.org/configuration/nextjs
  "{next-auth,next-auth/next,next-auth/react}#{getServerSession,unstable_getServerSession,getSession}.**",
  "next-auth#default.auth.**",
  "next-auth/jwt#getToken.**",
  // https://better-auth.com/docs/basic-usage
  "better-auth#betterAuth.api.getSession.**",
  // https://supabase.com/docs/guides/auth/server-side/nextjs
  "@supabase/{ssr,supabase-js}#{createServerClient,createBrowserClient,createClient}.auth.{getUser,getSession,getClaims}.**",
  "@supabase/auth-helpers-nextjs#*.auth.{getUser,getSession}.**",
  // https://docs.kinde.com/developer-tools/sdks/backend/nextjs-sdk/
  "@kinde-oss/kinde-auth-nextjs/server#getKindeServerSession.{getUser,getClaim}.**",
  // https://github.com/auth0/nextjs-auth0
  "@auth0/nextjs-auth0{,/server,/edge}#{getSession,Auth0Client.getSession}.**",
  // https://github.com/vvo/iron-session
  "iron-session{,/edge}#getIronSession.**",
].map((pattern) => ({ pattern }));

/**
 * Members of answers that are there for strangers, too: to read one of them gives nothing, where `session.user` of others would
 * throw.
 */
export const OPEN_SESSION_ROWS: readonly SessionRow[] = [
  // https://clerk.com/docs/reference/backend/types/auth-object: `userId: null` of whoever has signed out
  "@clerk/nextjs{,/server,/ssr,/app-beta}#{auth,getAuth}.{userId,sessionId,orgId}",
  "@clerk/{express,hono,fastify,astro/server,tanstack-react-start/server,remix/ssr.server,react-router/server}#{getAuth,auth}.{userId,sessionId,orgId}",
  // https://github.com/vvo/iron-session: an empty session
  "iron-session{,/edge}#getIronSession.*",
].map((pattern) => ({ pattern }));

/**
 * Calls that answer an object for everybody: a session without a user in it, for strangers. Whether there is one says nothing of
 * who calls; what it holds does.
 */
export const LASTING_SESSION_ROWS: readonly SessionRow[] = [
  // https://github.com/vvo/iron-session
  "iron-session{,/edge}#getIronSession",
  // https://remix.run/docs/en/main/utils/sessions, https://reactrouter.com/explanation/sessions-and-cookies
  "{@remix-run/node,@remix-run/cloudflare,@remix-run/deno,react-router,@react-router/node,@react-router/cloudflare}#create{,Cookie,Memory,File,WorkersKV}SessionStorage.getSession",
  // https://h3.dev/examples/handle-session, https://tanstack.com/start/latest/docs/framework/react/guide/authentication
  "{h3,vinxi/http,@tanstack/react-start/server}#{getSession,useSession}",
].map((pattern) => ({ pattern }));

/** Packages that put such a session on every request, as `request.session`. https://github.com/expressjs/session and others */
export const PUTS_SESSION = /^(?:express-session|cookie-session|koa-session|@fastify\/(?:secure-)?session|iron-session)$/u;

/** Checks of a caller's token that throw, or reject, where it is not one of the app's own. `?`: what comes before is not known. */
export const TOKEN_CHECK_ROWS: readonly SessionRow[] = [
  // https://github.com/auth0/node-jsonwebtoken
  "jsonwebtoken#{verify,default.verify}",
  // https://github.com/panva/jose
  "jose#{jwtVerify,jwtDecrypt,compactVerify,compactDecrypt}",
  // https://hono.dev/docs/helpers/jwt
  "hono/jwt#{verify,jwt.verify,verifyWithJwks}",
  // https://firebase.google.com/docs/auth/admin/verify-id-tokens
  "firebase-admin{,/auth}#**.{verifyIdToken,verifySessionCookie}",
  // https://clerk.com/docs/reference/backend/verify-token
  "@clerk/backend#verifyToken",
  // https://github.com/awslabs/aws-jwt-verify
  "aws-jwt-verify#{CognitoJwtVerifier,JwtVerifier,JwtRsaVerifier}.create.verify",
  // https://docs.privy.io/authentication/user-authentication/access-tokens
  "@privy-io/server-auth#PrivyClient.verifyAuthToken",
  // Codes that a provider has handed to the caller. https://arcticjs.dev, https://github.com/googleapis/google-auth-library-nodejs
  "arctic#*.validateAuthorizationCode",
  "google-auth-library#OAuth2Client.getToken",
  "googleapis#google.auth.OAuth2.getToken",
  // https://github.com/fastify/fastify-jwt
  "?#**.jwtVerify",
].map((pattern) => ({ pattern }));

interface RefusalOption {
  readonly name: string;
  /** What it has to say; undefined: anything. */
  readonly values?: readonly (string | boolean)[];
  /** The argument that holds it; undefined: any. */
  readonly argument?: number;
}

interface RefusalRow extends SessionRow {
  /** The option that makes it refuse: without it, it tells who calls. */
  readonly option?: RefusalOption;
  /** The member of the answer's session that says whose it is, and which callers do not choose. */
  readonly id?: string;
}

/** Calls that tell who is signed in, and reject for strangers. */
export const REFUSAL_ROWS: readonly RefusalRow[] = [
  // https://shopify.dev/docs/api/shopify-app-remix, https://shopify.dev/docs/api/shopify-app-react-router
  { pattern: "@shopify/{shopify-app-remix,shopify-app-react-router}/server#shopifyApp.authenticate.{admin,pos,public.**}", id: "shop" },
  // https://github.com/sergiodxa/remix-auth (until version 3)
  { pattern: "remix-auth#Authenticator.isAuthenticated", option: { name: "failureRedirect" } },
  // https://docs.stack-auth.com/docs/sdk/objects/stack-app: with an id before the options it looks up that user
  { pattern: "@stackframe/stack#{StackServerApp,StackClientApp}.getUser", option: { name: "or", values: ["throw", "redirect"], argument: 0 } },
  { pattern: "@stackframe/js#{StackServerApp,StackClientApp}.getUser", option: { name: "or", values: ["throw"], argument: 0 } },
  // https://github.com/workos/authkit-nextjs
  { pattern: "@workos-inc/authkit-nextjs#withAuth", option: { name: "ensureSignedIn", values: [true], argument: 0 } },
  // https://docs.propelauth.com/reference/fullstack-apis/nextjsapp/server-component-functions
  { pattern: "@propelauth/nextjs/server/app-router#getUserOrRedirect" },
];

/** Calls that hand out the request of the moment anywhere, up to where middleware keeps who calls. */
export const KEPT_CALLER_ROWS: readonly SessionRow[] = [
  // https://svelte.dev/docs/kit/$app-server#getRequestEvent
  "$app/server#getRequestEvent.locals",
  // https://docs.solidjs.com/solid-start/reference/server/get-request-event
  "solid-js/web#getRequestEvent.locals",
  // https://nitro.build/guide/utils#async-context: imported by itself
  "{nitropack/runtime,#imports,global}#useEvent.context",
  // https://hono.dev/docs/middleware/builtin/context-storage
  "hono/context-storage#getContext.var",
].map((pattern) => ({ pattern }));

const KEPT_CALLERS: Matcher<SessionRow> = compile(KEPT_CALLER_ROWS);

/** True for what middleware keeps with the request of the moment, such as `getRequestEvent().locals`. */
export function keepsCaller(path: CanonicalPath): boolean {
  return KEPT_CALLERS.match(path) !== undefined;
}

const REFUSALS = compile(REFUSAL_ROWS);

/** What a call that rejects for strangers must be given to do so; undefined for calls that do not. */
export function refusalOf(path: CanonicalPath): RefusalRow | undefined {
  return REFUSALS.match(path);
}

interface CallbackRow extends SessionRow {
  /** The indices of the callback's parameters that tell who calls. */
  readonly parameters: readonly number[];
}

/** Calls that tell a callback who calls: nothing, for strangers, or what is wrong with them. */
export const CALLER_CALLBACK_ROWS: readonly CallbackRow[] = [
  // https://www.passportjs.org/docs/authenticate/#custom-callback: the error is the server's own
  { pattern: "passport#{authenticate,default.authenticate}", parameters: [1] },
  // https://github.com/auth0/node-jsonwebtoken#jwtverifytoken-secretorpublickey-options-callback
  { pattern: "jsonwebtoken#{verify,default.verify}", parameters: [0, 1] },
];

const CALLER_CALLBACKS = compile(CALLER_CALLBACK_ROWS);

/** The indices of a callback's parameters that tell who calls; none for calls that do not tell it. */
export function callerParametersOf(path: CanonicalPath): readonly number[] {
  return CALLER_CALLBACKS.match(path)?.parameters ?? [];
}

const TOKEN_CHECKS: Matcher<SessionRow> = compile(TOKEN_CHECK_ROWS);

/** True for a call that tells a caller by his token. Whether strangers are turned away is said by what becomes of its answer. */
export function checksToken(path: CanonicalPath): boolean {
  return TOKEN_CHECKS.match(path) !== undefined;
}

/** True where a check of a token is one whose failure rejects a promise; the others throw at once. */
export function rejectsTokens({ source }: CanonicalPath): boolean {
  return source !== "jsonwebtoken";
}

const SESSIONS: Matcher<SessionRow> = compile(SESSION_ROWS);

/** True for what a session's library answers, and for its members. `auth.protect()` turns strangers away by itself. */
export function isOfSession(path: CanonicalPath): boolean {
  return SESSIONS.match(path) !== undefined && !path.path.includes("protect");
}

const OPEN_SESSIONS: Matcher<SessionRow> = compile(OPEN_SESSION_ROWS);

/** True for a member that is nothing for strangers, and that can be read for them without an error. */
export function isOpenToStrangers(path: CanonicalPath): boolean {
  return OPEN_SESSIONS.match(path) !== undefined;
}

const LASTING_SESSIONS: Matcher<SessionRow> = compile(LASTING_SESSION_ROWS);

/** True for a call whose answer is there for strangers, too: an empty session. */
export function isLastingSession(path: CanonicalPath): boolean {
  return LASTING_SESSIONS.match(path) !== undefined;
}
