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

const SESSIONS: Matcher<SessionRow> = compile(SESSION_ROWS);

/** True for what a session's library answers, and for its members. `auth.protect()` turns strangers away by itself. */
export function isOfSession(path: CanonicalPath): boolean {
  return SESSIONS.match(path) !== undefined && !path.path.includes("protect");
}
