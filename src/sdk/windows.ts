/**
 * Windows of rate limits as `@upstash/ratelimit` reads them.
 * Source: `ms()` of `@upstash/ratelimit` 2.2.0, compared with the installed package in `tests/sdk/windows.test.ts`.
 */

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** A window in milliseconds; undefined where the SDK throws. */
export function windowOf(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s?(ms|[smhdw])$/u.exec(text) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  const time = Math.round(Number.parseFloat(amount) * (MILLISECONDS[unit] ?? 0));
  return time < 1 ? undefined : time;
}

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(?:ms|msecs?|millis|milliseconds?)$/iu, "ms"],
  [/^(?:s|secs?|seconds?)$/iu, "s"],
  [/^(?:m|mins?|minutes?)$/iu, "m"],
  [/^(?:h|hrs?|hours?)$/iu, "h"],
  [/^(?:d|days?)$/iu, "d"],
  [/^(?:w|wks?|weeks?)$/iu, "w"],
];

/** The window that a text which the SDK does not read may be meant to be. Undefined: no idea. */
export function correctedWindow(text: string): string | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/iu.exec(text.trim()) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  // A bare number: thousands are milliseconds, as elsewhere in JavaScript.
  const corrected = unit === "" ? (Number(amount) >= 1000 ? "ms" : "s") : UNITS.find(([word]) => word.test(unit))?.[1];
  const window = corrected === undefined ? undefined : `${amount} ${corrected}`;
  return window !== undefined && windowOf(window) !== undefined ? window : undefined;
}
