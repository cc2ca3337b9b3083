import { describe, expect, it } from "vitest";
import { classifyEnvName, PUBLIC_PREFIXES, publicPrefixOf, type UpstashEnvName } from "../../src/sdk/env-names.ts";
import { SDK_EXPORTS } from "../../src/sdk/packages.ts";

/** One word per fact: product, kind, then `secret`, `read-only`, `generic` and the public prefix where they hold. */
const NAMES: readonly (readonly [name: string, facts: string | undefined])[] = [
  ["UPSTASH_REDIS_REST_TOKEN", "redis token secret"],
  ["UPSTASH_REDIS_REST_URL", "redis url"],
  ["UPSTASH_REDIS_REST_READONLY_TOKEN", "redis token secret read-only"],
  ["UPSTASH_REDIS_REST_READ_ONLY_TOKEN", "redis token secret read-only"],
  ["UPSTASH_REDIS_REST_TOKEN_READONLY", "redis token secret read-only"],
  ["UPSTASH_REDIS_REST_TOKEN_READ_ONLY", "redis token secret read-only"],
  ["READONLY_UPSTASH_REDIS_REST_TOKEN", "redis token secret read-only"],
  ["UPSTASH_REDIS_RO_TOKEN", "redis token secret read-only"],
  ["UPSTASH_REDIS_REST_TOKEN_RO", "redis token secret read-only"],
  ["RO_UPSTASH_REDIS_REST_TOKEN", "redis token secret"],
  ["UPSTASH_NON_READONLY_TOKEN", "redis token secret"],
  ["KV_REST_API_TOKEN", "redis token secret"],
  ["KV_REST_API_URL", "redis url"],
  ["KV_REST_API_READ_ONLY_TOKEN", "redis token secret read-only"],
  ["STORAGE_KV_REST_API_TOKEN", "redis token secret"],
  ["STORAGE_KV_REST_API_READ_ONLY_TOKEN", "redis token secret read-only"],
  ["pourfolio_KV_REST_API_TOKEN", "redis token secret"],
  ["UPSTASH_REDIS_REST_KV_REST_API_TOKEN", "redis token secret"],
  ["UPSTASH_REDIS_REST_KV_REST_API_URL", "redis url"],
  ["UPSTASH_REDIS_REST_KV_URL", "redis connection-string secret generic"],
  ["STORAGE_REST_API_TOKEN", "redis token secret generic"],
  ["MYAPP_UPSTASH_REDIS_REST_TOKEN", "redis token secret"],
  ["EU2_UPSTASH_REDIS_REST_TOKEN", "redis token secret"],
  ["UPSTASH_REDIS_REST_TOKEN_PROD", "redis token secret"],
  ["UPSTASH_REDIS_REST_TOKEN_2", "redis token secret"],
  ["UPSTASH_REDIS_REST_URL_STAGING", "redis url"],
  ["UPSTASH_REDIS_REST_READONLY_TOKEN_DEV", "redis token secret read-only"],
  ["UPSTASH_TOKEN", "redis token secret"],
  ["UPSTASH_REST_TOKEN", "redis token secret"],
  ["UPSTASH_REDIS_PASSWORD", "redis password secret"],
  ["UPSTASH_REDIS_HOST", "redis url"],
  ["UPSTASH_REDIS_ENDPOINT", "redis url"],
  ["UPSTASH_REDIS_REST_DOMAIN", "redis url"],
  ["UPSTASH_REDIS_TCP_URL", "redis connection-string secret"],
  ["UPSTASH_REDIS_CLI_URL", "redis connection-string secret"],
  ["UPSTASH_REDIS_LINK", "redis connection-string secret"],
  ["UPSTASH_REDIS_URL", "redis connection-string secret generic"],
  ["UPSTASH_URL", "redis connection-string secret generic"],
  ["KV_URL", "redis connection-string secret generic"],
  ["REDIS_URL", "redis connection-string secret generic"],
  ["CELERY_REDIS_URL", "redis connection-string secret generic"],
  ["REDIS_PASSWORD", "redis password secret generic"],
  ["REDIS_TOKEN", "redis token secret generic"],
  ["REDIS_REST_TOKEN", "redis token secret generic"],
  ["REDIS_HOST", "redis url generic"],
  ["QSTASH_TOKEN", "qstash token secret"],
  ["QSTASH_READONLY_TOKEN", "qstash token secret read-only"],
  ["UPSTASH_QSTASH_TOKEN", "qstash token secret"],
  ["QSTASH_URL", "qstash url"],
  ["QSTASH_CURRENT_SIGNING_KEY", "qstash signing-key secret"],
  ["QSTASH_NEXT_SIGNING_KEY", "qstash signing-key secret"],
  ["UPSTASH_CURRENT_SIGNING_KEY", "qstash signing-key secret"],
  ["US_EAST_1_QSTASH_TOKEN", "qstash token secret"],
  ["EU_CENTRAL_1_QSTASH_NEXT_SIGNING_KEY", "qstash signing-key secret"],
  ["QSTASH_REGION", "qstash switch"],
  ["QSTASH_DEV", "qstash switch"],
  ["QSTASH_DEV_PORT", "qstash switch"],
  ["UPSTASH_WORKFLOW_URL", "workflow url"],
  ["UPSTASH_VECTOR_REST_TOKEN", "vector token secret"],
  ["UPSTASH_VECTOR_REST_URL", "vector url"],
  ["UPSTASH_VECTOR_REST_READONLY_TOKEN", "vector token secret read-only"],
  ["VECTOR_REST_TOKEN", "vector token secret generic"],
  ["UPSTASH_SEARCH_REST_TOKEN", "search token secret"],
  ["UPSTASH_SEARCH_READ_ONLY_REST_TOKEN", "search token secret read-only"],
  ["SEARCH_INDEX_REST_TOKEN", "search token secret generic"],
  ["UPSTASH_KAFKA_REST_URL", "kafka url"],
  ["UPSTASH_KAFKA_REST_USERNAME", "kafka username secret"],
  ["UPSTASH_KAFKA_REST_PASSWORD", "kafka password secret"],
  ["KAFKA_BROKER", "kafka url generic"],
  ["KAFKA_SASL_PASSWORD", "kafka password secret generic"],
  ["UPSTASH_BOX_API_KEY", "box api-key secret"],
  ["UPSTASH_BOX_BASE_URL", "box url"],
  ["UPSTASH_API_KEY", "management api-key secret"],
  ["UPSTASH_EMAIL", "management username"],
  ["UPSTASH_DISABLE_TELEMETRY", "redis switch"],
  ["UPSTASH_CONSOLE", "redis switch"],

  ["NEXT_PUBLIC_UPSTASH_REDIS_REST_TOKEN", "redis token secret NEXT_PUBLIC_"],
  ["NEXT_PUBLIC_UPSTASH_REDIS_REST_URL", "redis url NEXT_PUBLIC_"],
  ["NEXT_PUBLIC_UPSTASH_SEARCH_READONLY_TOKEN", "search token secret read-only NEXT_PUBLIC_"],
  ["NEXT_PUBLIC_UPSTASH_SEARCH_URL", "search url NEXT_PUBLIC_"],
  ["NEXT_PUBLIC_KV_REST_API_READ_ONLY_TOKEN", "redis token secret read-only NEXT_PUBLIC_"],
  ["NEXT_PUBLIC_REDIS_URL", "redis connection-string secret generic NEXT_PUBLIC_"],
  ["VITE_UPSTASH_VECTOR_REST_TOKEN", "vector token secret VITE_"],
  ["VITE_VERCEL_KV_REST_API_READ_ONLY_TOKEN", "redis token secret read-only VITE_"],
  ["PUBLIC_QSTASH_TOKEN", "qstash token secret PUBLIC_"],
  ["NUXT_PUBLIC_UPSTASH_REDIS_REST_TOKEN", "redis token secret NUXT_PUBLIC_"],
  ["NUXT_UPSTASH_REDIS_REST_TOKEN", "redis token secret"],
  ["EXPO_PUBLIC_KV_REST_API_TOKEN", "redis token secret EXPO_PUBLIC_"],
  ["REACT_APP_UPSTASH_TOKEN", "redis token secret REACT_APP_"],
  ["GATSBY_UPSTASH_REDIS_REST_TOKEN", "redis token secret GATSBY_"],
  ["RENDERER_VITE_UPSTASH_REDIS_REST_TOKEN", "redis token secret RENDERER_VITE_"],
  ["MAIN_VITE_UPSTASH_REDIS_REST_TOKEN", "redis token secret"],
  ["upstashRedisRestToken", "redis token secret"],
  ["kvRestApiReadOnlyToken", "redis token secret read-only"],

  ["UPSTASH_TOKEN_COUNT", undefined],
  ["KV_REST_API_TOKEN_EXPIRES_AT", undefined],
  ["UPSTASH_REDIS_REST_TOKEN_NAME", undefined],
  ["UPSTASH_REDIS_REST_TOKEN_FILE", undefined],
  ["UPSTASH_REDIS_PORT", undefined],
  ["UPSTASH_REDIS_PREFIX", undefined],
  ["UPSTASH", undefined],
  ["HAS_UPSTASH_REDIS_REST_TOKEN", undefined],
  ["has_KV_REST_API_TOKEN", undefined],
  ["IS_QSTASH_TOKEN", undefined],
  ["MISSING_KV_REST_API_TOKEN", undefined],
  ["USE_REDIS_URL", undefined],
  ["NEXT_PUBLIC_YOUR_READONLY_TOKEN", undefined],
  ["READ_ONLY_TOKEN", undefined],
  ["MKV_URL", undefined],
  ["PREDIS_URL", undefined],
  ["GITHUB_TOKEN", undefined],
  ["DATABASE_URL", undefined],
  ["NODE_ENV", undefined],
  ["NEXT_PUBLIC_", undefined],
  ["REDIS", undefined],
  ["", undefined],
  ["__proto__", undefined],
];

function facts(found: UpstashEnvName | undefined): string | undefined {
  if (found === undefined) return undefined;
  const { product, kind, secret, access, generic, publicPrefix } = found;
  const words = [
    product,
    kind,
    secret && "secret",
    access === "read-only" && access,
    generic && "generic",
    publicPrefix,
  ];
  return words.filter(Boolean).join(" ");
}

describe("classifyEnvName", () => {
  it.each(NAMES)("%s: %s", (name, expected) => {
    expect(facts(classifyEnvName(name))).toBe(expected);
  });

  it("has at least 60 different names", () => {
    expect(new Set(NAMES.map(([name]) => name)).size).toBeGreaterThanOrEqual(60);
  });

  it("knows every variable that an SDK reads", () => {
    const reads = [...SDK_EXPORTS.values()].flatMap((entry) =>
      Object.values(entry).flatMap((row) => Object.values(row.env ?? {})),
    );
    expect(reads.length).toBeGreaterThan(10);
    for (const { url, secret } of reads) {
      for (const name of url) expect(classifyEnvName(name), name).toMatchObject({ kind: "url", secret: false });
      for (const name of secret) expect(classifyEnvName(name), name).toMatchObject({ secret: true, access: "full" });
      for (const name of [...url, ...secret]) expect(classifyEnvName(name)?.generic, name).toBeUndefined();
    }
  });

  it.each(PUBLIC_PREFIXES)("strips %s and says so", (prefix) => {
    expect(classifyEnvName(`${prefix}UPSTASH_REDIS_REST_TOKEN`)).toEqual({
      product: "redis",
      kind: "token",
      secret: true,
      access: "full",
      publicPrefix: prefix,
    });
  });

  it.each(PUBLIC_PREFIXES)("takes %s alone for no name, as it stands while one is typed", (prefix) => {
    expect(publicPrefixOf(prefix)).not.toBe(prefix);
    expect(publicPrefixOf(`${prefix}A`)).toBe(prefix);
  });

  it("takes the project's own prefixes, the longest first", () => {
    expect(classifyEnvName("APP_PUBLIC_QSTASH_TOKEN")?.publicPrefix).toBeUndefined();
    expect(classifyEnvName("APP_PUBLIC_QSTASH_TOKEN", ["APP_PUBLIC_"])?.publicPrefix).toBe("APP_PUBLIC_");
    expect(classifyEnvName("PUBLIC_APP_QSTASH_TOKEN", ["PUBLIC_APP_"])?.publicPrefix).toBe("PUBLIC_APP_");
    expect(classifyEnvName("QSTASH_TOKEN", [""])?.publicPrefix).toBeUndefined();
  });

  it("takes the names that the project declares read-only, with or without a public prefix", () => {
    expect(facts(classifyEnvName("REDIS_VIEWER", [], ["REDIS_VIEWER"]))).toBe("redis token secret read-only");
    expect(facts(classifyEnvName("NEXT_PUBLIC_REDIS_VIEWER", [], ["REDIS_VIEWER"]))).toBe(
      "redis token secret read-only NEXT_PUBLIC_",
    );
    expect(facts(classifyEnvName("NEXT_PUBLIC_REDIS_VIEWER", [], ["NEXT_PUBLIC_REDIS_VIEWER"]))).toBe(
      "redis token secret read-only NEXT_PUBLIC_",
    );
    expect(facts(classifyEnvName("UPSTASH_VECTOR_REST_TOKEN", [], ["UPSTASH_VECTOR_REST_TOKEN"]))).toBe(
      "vector token secret read-only",
    );
    expect(classifyEnvName("REDIS_VIEWER")).toBeUndefined();
  });

  it("takes time in proportion to the length", () => {
    const start = performance.now();
    for (const part of ["UPSTASH_", "_READ_ONLY", "aB", "_", "KV_URL", "READ"]) classifyEnvName(part.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
