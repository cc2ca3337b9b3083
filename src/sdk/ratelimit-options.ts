/**
 * Options of `new Ratelimit()` that have not always been there, with the major and minor version of `@upstash/ratelimit` that brought
 * them, as the declarations of its published versions say.
 */
export const OPTIONS_SINCE = {
  analytics: [0, 3],
  enableProtection: [1, 2],
} as const satisfies Readonly<Record<string, readonly [major: number, minor: number]>>;
