/**
 * The development server of QStash (https://upstash.com/docs/qstash/howto/local-development): what switches a client or
 * receiver over to it, and the values that are the same for everybody. Those of the default user are checked against the
 * installed SDK in `tests/sdk/qstash-dev.test.ts`; the others stand on that page.
 */

/** The option of `Client`, `Receiver` and the wrappers of Next.js; it wins over the variable, and over keys that are given. */
export const DEV_OPTION = "devMode";
export const DEV_VARIABLE = "QSTASH_DEV";

/** What the SDK takes for "on" in {@link DEV_VARIABLE}; it throws for other texts than these, `false`, `0` and none. */
export const isOn = (value: unknown): boolean => value === "true" || value === "1" || value === true || value === 1;

/**
 * How the signing keys begin: of the default user, whose keys the SDK holds, of the three test users, and of the default
 * user of older servers, which printed other keys when they started.
 */
const SIGNING_KEYS = "7kYjw48m 5ZB6DVzB 7GVPjvuw 5NoELc3E 6jWGaWRx 7qHbvhma 5T8FcSsy 7GFR4YaD 7RvLjqfZ 7W3ZNbfK".split(" ").map((start) => `sig_${start}`);
/** What their tokens are, in base64. */
const TOKENS: ReadonlySet<string> = new Set(
  ["default", "test", "test", "test"].map((kind, index) => `{"UserID":"${kind}User${index === 0 ? "" : String(index)}","Password":"${kind}Password"}`),
);

/**
 * Whether a text is a token or signing key that is the same on every developer's machine: no secret, and in production no
 * protection.
 */
export function isDevelopmentCredential(text: string): boolean {
  if (text.startsWith("sig_")) return SIGNING_KEYS.some((start) => text.startsWith(start));
  return text.startsWith("eyJVc2VySUQi") && TOKENS.has(decoded(text).replaceAll(/\s/gu, ""));
}

/** Empty for what is no base64. */
function decoded(text: string): string {
  try {
    return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}

/** The variable from which the SDK reads what an option holds. */
export const VARIABLE_OF: Readonly<Record<string, string>> = {
  token: "QSTASH_TOKEN",
  currentSigningKey: "QSTASH_CURRENT_SIGNING_KEY",
  nextSigningKey: "QSTASH_NEXT_SIGNING_KEY",
};
