/*
 * What rule cases may use without declaring it, so that they stay short. Seen only by the type check of fixes.
 * A case's own declaration goes first.
 */

interface AmbientUser {
  id: string;
  name: string;
  email: string;
  phone: string;
  password: string;
}

declare const user: AmbientUser;
declare const session: { user: AmbientUser; accessToken: string };
declare const flag: boolean;
declare function encrypt(value: string): string;
declare function waitUntil(promise: Promise<unknown>): void;

interface ImportMeta {
  readonly env: Record<string, string | undefined>;
}

declare const Deno: { readonly env: { get(name: string): string | undefined } };
declare const Bun: { readonly env: Record<string, string | undefined> };

/* What Nuxt and Nitro make known in a server without an import. */
declare const defineEventHandler: typeof import("h3").defineEventHandler;
declare const defineCachedEventHandler: typeof import("h3").defineEventHandler;
declare const defineLazyEventHandler: typeof import("h3").defineLazyEventHandler;
declare const readRawBody: typeof import("h3").readRawBody;
declare const readBody: typeof import("h3").readBody;
declare const createError: typeof import("h3").createError;
declare const getRequestHeader: typeof import("h3").getRequestHeader;
declare const getRequestIP: typeof import("h3").getRequestIP;
declare const setResponseHeaders: typeof import("h3").setResponseHeaders;

/* What suggestions import from packages that are not installed here. */
declare module "@tanstack/react-start/server" {
  export function getRequestHeader(name: string): string | undefined;
  export function setResponseStatus(status: number): void;
}
