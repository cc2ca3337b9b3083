/**
 * Environment variables: what a variable of a given name holds.
 *
 * Source: the names that the published SDKs read, Upstash's docs, and what Vercel's integration writes (also with the
 * prefixes that its users choose). Names are matched by their end, so `STORAGE_KV_REST_API_TOKEN` is a KV token.
 */
import type { Product } from "./packages.ts";

export interface UpstashEnvName {
  readonly product: Product | "management";
  readonly kind: "token" | "url" | "password" | "signing-key" | "api-key" | "connection-string" | "switch" | "username";
  /** Whoever knows the value can act. A read-only token is still a secret: look at `access`. */
  readonly secret: boolean;
  readonly access: "full" | "read-only";
  /** The prefix that makes bundlers show the value to browsers, such as `"NEXT_PUBLIC_"`. */
  readonly publicPrefix?: string;
  /**
   * The name alone does not prove that this is an Upstash credential: other services use it too (`REDIS_URL`), or it
   * is as often used for an address without a password (`UPSTASH_REDIS_URL`). Ask for more evidence before reporting.
   */
  readonly generic?: true;
}

/**
 * Prefixes that bundlers and frameworks show to browsers by default. SolidStart's `CLIENT_` is missing because it only
 * counts in its `env:client` module; electron-vite's `MAIN_VITE_` because it stays in the main process.
 */
export const PUBLIC_PREFIXES: readonly string[] = [
  "NEXT_PUBLIC_",
  "NUXT_PUBLIC_",
  "EXPO_PUBLIC_",
  "PUBLIC_",
  "VITE_",
  "RENDERER_VITE_",
  "PRELOAD_VITE_",
  "REACT_APP_",
  "VUE_APP_",
  "NG_APP_",
  "GATSBY_",
  "STORYBOOK_",
];

type Meaning = Omit<UpstashEnvName, "access" | "publicPrefix">;

const meaning = (product: Meaning["product"], kind: Meaning["kind"], secret: boolean): Meaning => ({
  product,
  kind,
  secret,
});
const generic = (product: Meaning["product"], kind: Meaning["kind"], secret: boolean): Meaning => ({
  ...meaning(product, kind, secret),
  generic: true,
});

/** Ends of names, first match wins. Written without `READ_ONLY`, which is taken out before. */
const ENDINGS: readonly (readonly [ending: RegExp, meaning: Meaning])[] = (
  [
    // Vercel's integration writes these behind any prefix, `UPSTASH_REDIS_REST_` included.
    ["KV_REST_API_TOKEN|KV_REST_TOKEN", meaning("redis", "token", true)],
    ["KV_REST_API_URL|KV_REST_URL", meaning("redis", "url", false)],
    [
      "KV_URL|KV_REDIS_URL|UPSTASH_REDIS_URL|UPSTASH_URL|REDIS_URL|REDIS_TLS_URL",
      generic("redis", "connection-string", true),
    ],
    ["UPSTASH_REDIS_(?:CLI_URL|TCP_URL|TLS_URL|LINK|CONNECTION_STRING)", meaning("redis", "connection-string", true)],
    ["STORAGE_REST_API_TOKEN", generic("redis", "token", true)],
    ["STORAGE_REST_API_URL", generic("redis", "url", false)],

    ["QSTASH_(?:(?:CURRENT|NEXT)_)?SIGNING_KEY", meaning("qstash", "signing-key", true)],
    ["QSTASH_REGION|QSTASH_DEV|QSTASH_DEV_(?:PORT|LOG_PORT|QUOTA)", meaning("qstash", "switch", false)],
    ["UPSTASH_(?:DISABLE_TELEMETRY|CONSOLE)", meaning("redis", "switch", false)],

    ["UPSTASH_(?:MANAGEMENT_|DEVELOPER_|ACCOUNT_)?API_KEY", meaning("management", "api-key", true)],
    ["UPSTASH_(?:MANAGEMENT|DEVELOPER|ACCOUNT)_(?:API_)?(?:TOKEN|KEY)", meaning("management", "api-key", true)],
    ["UPSTASH_(?:ACCOUNT_)?EMAIL", meaning("management", "username", false)],

    // Half of Basic auth, so it is kept with the password.
    ["UPSTASH_KAFKA_(?:REST_|SASL_)?USER(?:NAME)?", meaning("kafka", "username", true)],
    ["KAFKA_SASL_USER(?:NAME)?", generic("kafka", "username", true)],
    ["KAFKA_(?:SASL_|REST_)?PASSWORD", generic("kafka", "password", true)],
    ["KAFKA_(?:BROKERS?|REST_URL|BOOTSTRAP_SERVERS?)", generic("kafka", "url", false)],

    ["REDIS_PASSWORD", generic("redis", "password", true)],
    ["REDIS_(?:REST_(?:API_)?)?TOKEN", generic("redis", "token", true)],
    ["REDIS_(?:HOST|ENDPOINT|REST_(?:API_)?URL)", generic("redis", "url", false)],
    ["VECTOR_REST_TOKEN", generic("vector", "token", true)],
    ["VECTOR_REST_URL", generic("vector", "url", false)],
    ["SEARCH_(?:INDEX_)?REST_TOKEN", generic("search", "token", true)],
    ["SEARCH_(?:INDEX_)?REST_URL", generic("search", "url", false)],
  ] as const
).map(([ending, found]) => [new RegExp(`(?:^|_)(?:${ending})$`, "u"), found]);

/** Last words of a name that says `UPSTASH` or `QSTASH` somewhere before. */
const LAST_WORDS: readonly (readonly [ending: RegExp, kind: Meaning["kind"], secret: boolean])[] = [
  [/_SIGNING_KEY$/u, "signing-key", true],
  [/_(?:API_KEY|SECRET|SECRET_KEY|ACCESS_KEY)$/u, "api-key", true],
  [/_(?:TOKEN|BEARER)$/u, "token", true],
  [/_(?:PASSWORD|PASS)$/u, "password", true],
  [/_(?:CONNECTION_STRING|CONNECTION_URL|DSN)$/u, "connection-string", true],
  [/_(?:URL|URI|ENDPOINT|HOST|HOSTNAME|DOMAIN|ADDRESS)$/u, "url", false],
];

const PRODUCT_WORDS: readonly (readonly [word: string, product: Product])[] = [
  ["QSTASH", "qstash"],
  ["WORKFLOW", "workflow"],
  ["VECTOR", "vector"],
  ["SEARCH", "search"],
  ["KAFKA", "kafka"],
  ["BOX", "box"],
];

/** `HAS_KV_REST_API_TOKEN` is a yes or no, not a token. */
const QUESTION =
  /^(?:HAS|IS|USE|USES|ENABLE|ENABLED|DISABLE|SKIP|MISSING|REQUIRE|NEED|NEEDS|NO|WITHOUT|VALIDATE|CHECK)_/u;
/** Words after a name that tell several values of one kind apart. */
const VARIANT =
  /_(?:PROD|PRODUCTION|DEV|DEVELOPMENT|STAGING|STAGE|PREVIEW|TEST|TESTING|LOCAL|CI|PRIMARY|SECONDARY|BACKUP|OLD|NEW|DEFAULT|\d+)$/u;
const READ_ONLY = /(?:^|_)READ_?ONLY(?=_|$)/u;
/** A bare `RO` may be a country elsewhere in a name: it counts only next to the token. */
const SHORT_READ_ONLY = /_RO(?=_TOKEN$)|_RO$/u;
const NOT_READ_ONLY = /(?:^|_)(?:NON|NOT|NO)_READ_?ONLY(?:_|$)/u;

/**
 * What a variable of this name holds.
 *
 * @param name As written: any case, also camelCase as in Nuxt's `runtimeConfig`.
 * @param extraPublicPrefixes The project's own, from `settings.upstash.envPrefixes`.
 * @param readOnlyNames Names that hold read-only tokens, from `settings.upstash.readOnlyTokenEnv`.
 * @returns `undefined` when the name says nothing that we know.
 */
export function classifyEnvName(
  name: string,
  extraPublicPrefixes: readonly string[] = [],
  readOnlyNames: readonly string[] = [],
): UpstashEnvName | undefined {
  const whole = upperSnake(name);
  const publicPrefix = publicPrefixOf(whole, extraPublicPrefixes);
  const privateName = publicPrefix === undefined ? whole : whole.slice(upperSnake(publicPrefix).length);
  const declared = readOnlyNames.some((known) => known === name || upperSnake(known) === privateName);
  const { plain, readOnly } = splitReadOnly(privateName);

  const found = meaningOf(plain) ?? (declared ? meaning("redis", "token", true) : undefined);
  if (found === undefined) return undefined;
  const canBeReadOnly = found.kind === "token" || found.kind === "password" || found.kind === "connection-string";
  return {
    ...found,
    access: declared || (readOnly && canBeReadOnly) ? "read-only" : "full",
    ...(publicPrefix !== undefined && { publicPrefix }),
  };
}

/** The variable that a token with full access stands in, where a read-only one stands in `name`; never a public one. */
export function fullAccessNameOf(name: string, extraPublicPrefixes: readonly string[] = []): string {
  return splitReadOnly(privateNameOf(name, extraPublicPrefixes)).plain;
}

/** A name without the prefix that shows its variable to browsers; the name itself where it has none. */
export function privateNameOf(name: string, extraPublicPrefixes: readonly string[] = []): string {
  const prefix = publicPrefixOf(name, extraPublicPrefixes);
  return prefix === undefined ? name : name.slice(prefix.length);
}

function upperSnake(name: string): string {
  return name.replaceAll(/([a-z\d])([A-Z])/gu, "$1_$2").toUpperCase();
}

/**
 * The prefix that shows a variable to browsers; undefined where it has none, or no name behind it. The longest that
 * fits, so that a project's `PUBLIC_APP_` wins over `PUBLIC_`.
 */
export function publicPrefixOf(name: string, extra: readonly string[] = []): string | undefined {
  return [...extra, ...PUBLIC_PREFIXES]
    .filter((prefix) => prefix !== "" && name.startsWith(upperSnake(prefix)) && name.length > upperSnake(prefix).length)
    .reduce<string | undefined>((best, prefix) => (prefix.length > (best?.length ?? 0) ? prefix : best), undefined);
}

function splitReadOnly(name: string): { readonly plain: string; readonly readOnly: boolean } {
  if (NOT_READ_ONLY.test(name))
    return { plain: name.replace(NOT_READ_ONLY, "_").replace(/^_|_$/gu, ""), readOnly: false };
  const marker = READ_ONLY.test(name) ? READ_ONLY : SHORT_READ_ONLY;
  const plain = name.replace(marker, "").replace(/^_/u, "");
  return { plain, readOnly: plain !== name };
}

function meaningOf(name: string): Meaning | undefined {
  if (QUESTION.test(name)) return undefined;
  const withoutVariant = name.replace(VARIANT, "");
  return meaningByEnd(name) ?? (withoutVariant === name ? undefined : meaningByEnd(withoutVariant));
}

function meaningByEnd(name: string): Meaning | undefined {
  const brand = /(?:^|_)(?:UPSTASH|QSTASH)(?=_)/u.exec(name);
  const ending = ENDINGS.find(([pattern]) => pattern.test(name))?.[1];
  // `UPSTASH_REDIS_REST_TOKEN` ends like the generic `REDIS_REST_TOKEN`, but says whose it is. A connection string
  // stays generic: `UPSTASH_REDIS_URL` is used for both kinds of address.
  if (ending !== undefined && !(ending.generic && brand && ending.kind !== "connection-string")) return ending;
  if (brand === null) return undefined;
  const last = LAST_WORDS.find(([pattern]) => pattern.test(name));
  if (last === undefined) return undefined;
  const words = name.slice(brand.index).split("_");
  const product = PRODUCT_WORDS.find(([word]) => words.includes(word))?.[1];
  const [, kind, secret] = last;
  return meaning(product ?? (kind === "signing-key" ? "qstash" : "redis"), kind, secret);
}
