import { describe, expect, it } from "vitest";
import { parsePath } from "../../src/sdk/canonical.ts";
import { callerParametersOf, checksToken, isLastingSession, isOfSession, keepsCaller, refusalOf, rejectsTokens } from "../../src/sdk/sessions.ts";

describe("isOfSession", () => {
  it.each([
    "@clerk/nextjs/server#auth.userId",
    "@clerk/nextjs#currentUser.id",
    "@clerk/express#getAuth.userId",
    "next-auth#getServerSession",
    "next-auth/next#getServerSession.user.id",
    "next-auth#default.auth.user.id",
    "next-auth/jwt#getToken.sub",
    "better-auth#betterAuth.api.getSession.user.id",
    "@supabase/ssr#createServerClient.auth.getUser.data.user.id",
    "@supabase/auth-helpers-nextjs#createServerActionClient.auth.getSession.data",
    "@kinde-oss/kinde-auth-nextjs/server#getKindeServerSession.getUser.id",
    "@auth0/nextjs-auth0#getSession.user",
    "@auth0/nextjs-auth0/server#Auth0Client.getSession.user",
    "iron-session#getIronSession.userId",
  ])("is: %s", (path) => {
    expect(isOfSession(parsePath(path))).toBe(true);
  });

  it.each([
    "@clerk/nextjs/server#auth.protect.userId",
    "@clerk/nextjs/server#clerkClient.users.getUser",
    "next-auth#default.handlers.GET",
    "@supabase/supabase-js#createClient.from.select",
    "next/headers#cookies.get.value",
    "?#getServerSession.user",
  ])("is not: %s", (path) => {
    expect(isOfSession(parsePath(path))).toBe(false);
  });
});

describe("keepsCaller", () => {
  it.each(["$app/server#getRequestEvent.locals", "solid-js/web#getRequestEvent.locals", "#imports#useEvent.context", "global#useEvent.context", "hono/context-storage#getContext.var"])("does: %s", (path) => {
    expect(keepsCaller(parsePath(path))).toBe(true);
  });

  it.each(["$app/server#getRequestEvent.params", "$app/server#getRequestEvent", "$app/server#read.locals", "hono/context-storage#getContext.req", "?#getRequestEvent.locals"])("does not: %s", (path) => {
    expect(keepsCaller(parsePath(path))).toBe(false);
  });
});

describe("isLastingSession", () => {
  it.each(["iron-session#getIronSession", "iron-session/edge#getIronSession", "@remix-run/node#createCookieSessionStorage.getSession", "react-router#createSessionStorage.getSession", "h3#useSession", "@tanstack/react-start/server#useSession"])("is: %s", (path) => {
    expect(isLastingSession(parsePath(path))).toBe(true);
  });

  it.each(["iron-session#getIronSession.user", "next-auth#getServerSession", "@remix-run/node#createCookieSessionStorage.commitSession", "h3#getCookie", "?#getSession"])("is not: %s", (path) => {
    expect(isLastingSession(parsePath(path))).toBe(false);
  });
});

describe("checksToken", () => {
  it.each(["jsonwebtoken#verify", "jsonwebtoken#default.verify", "jose#jwtVerify", "hono/jwt#verify", "firebase-admin/auth#getAuth.verifyIdToken", "@clerk/backend#verifyToken", "arctic#GitHub.validateAuthorizationCode", "googleapis#google.auth.OAuth2.getToken"])("is: %s", (path) => {
    expect(checksToken(parsePath(path))).toBe(true);
  });

  it.each(["jsonwebtoken#decode", "jsonwebtoken#sign", "jose#decodeJwt", "hono/jwt#decode", "@tsndr/cloudflare-worker-jwt#verify"])("is not: %s", (path) => {
    expect(checksToken(parsePath(path))).toBe(false);
  });
});

describe("rejectsTokens", () => {
  it.each([
    ["jsonwebtoken#default.verify", false],
    ["jsonwebtoken#verify", false],
    ["jose#jwtVerify", true],
    ["hono/jwt#verify", true],
    ["firebase-admin/auth#getAuth.verifyIdToken", true],
  ] as const)("%s: %s", (path, rejects) => {
    expect(rejectsTokens(parsePath(path))).toBe(rejects);
  });
});

describe("refusalOf", () => {
  it.each([
    ["@shopify/shopify-app-remix/server#shopifyApp.authenticate.admin", {}],
    ["@shopify/shopify-app-react-router/server#shopifyApp.authenticate.public.appProxy", {}],
    ["@shopify/shopify-app-remix/server#shopifyApp.unauthenticated.admin", undefined],
    ["remix-auth#Authenticator.isAuthenticated", { option: { name: "failureRedirect" } }],
    ["@stackframe/stack#StackServerApp.getUser", { option: { name: "or", values: ["throw", "redirect"], argument: 0 } }],
    ["@stackframe/js#StackServerApp.getUser", { option: { name: "or", values: ["throw"], argument: 0 } }],
    ["@stackframe/stack#StackServerApp.listUsers", undefined],
    ["@workos-inc/authkit-nextjs#withAuth", { option: { name: "ensureSignedIn", values: [true], argument: 0 } }],
    ["@propelauth/nextjs/server/app-router#getUserOrRedirect", {}],
    ["@propelauth/nextjs/server/app-router#getUser", undefined],
    ["remix-auth#Authenticator.authenticate", undefined],
  ] as const)("%s", (path, row) => {
    const found = refusalOf(parsePath(path));
    if (row) expect(found).toMatchObject(row);
    else expect(found).toBeUndefined();
  });
});

describe("callerParametersOf", () => {
  it.each([
    ["passport#default.authenticate", [1]],
    ["passport#authenticate", [1]],
    ["passport#default.use", []],
    ["passport#default.initialize", []],
    ["jsonwebtoken#default.verify", [0, 1]],
    ["jsonwebtoken#default.decode", []],
  ] as const)("%s: %s", (path, parameters) => {
    expect(callerParametersOf(parsePath(path))).toEqual(parameters);
  });
});
