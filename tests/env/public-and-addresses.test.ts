import { describe, expect, it } from "vitest";
import { connectionString, filler, indexToken, qstashToken, redisToken } from "../helpers/fake-credentials.ts";
import { mendsOf, reportsIn, type SettingsCase } from "../helpers/lint-settings.ts";

const token = redisToken();
const readOnly = redisToken({ access: "read-only" });
const secret = filler(40);
/** Git ignores the file, so that the rule on written credentials has nothing to say. */
const ignored = (files: Record<string, string>, rest: Omit<SettingsCase, "files"> = {}): SettingsCase => ({
  ...rest,
  files: { ...files, ".gitignore": `${Object.keys(files).join("\n")}\n` },
  tracked: [".gitignore"],
});

describe("no-public-env-credentials in files of settings", () => {
  const report = (place: string): string => `${place} no-public-env-credentials/publicName`;

  it.each<[string, SettingsCase, string[]]>([
    ["a token under a public name", ignored({ ".env.local": `NEXT_PUBLIC_UPSTASH_REDIS_REST_TOKEN=${token}` }), [report(".env.local:1:1")]],
    ["a secret without a shape", ignored({ ".env": `VITE_QSTASH_TOKEN="${secret}"` }), [report(".env:1:1")]],
    ["a token under a name that says nothing", ignored({ ".env": `EXPO_PUBLIC_DB=${token}` }), [report(".env:1:1")]],
    ["an address with a password", ignored({ ".env": `REACT_APP_CACHE=${connectionString()}` }), [report(".env:1:1")]],
    ["a name of many, beside a host of Upstash", ignored({ ".env": `VITE_REDIS_REST_URL=https://a.upstash.io\nVITE_REDIS_TOKEN=${secret}` }), [report(".env:2:1")]],
    ["what is filled in with a secret", ignored({ ".env": `UPSTASH_REDIS_REST_TOKEN=${token}\nNEXT_PUBLIC_T=\${UPSTASH_REDIS_REST_TOKEN}` }), [report(".env:2:1")]],
    ["what comes from a store of secrets", ignored({ ".env": "NEXT_PUBLIC_QSTASH_TOKEN=op://vault/qstash/token" }), [report(".env:1:1")]],
    ["a name of Vector's SDK that holds a token with full access", ignored({ ".env": `NEXT_PUBLIC_UPSTASH_VECTOR_REST_TOKEN=${indexToken()}` }), [report(".env:1:1")]],
    ["a token with full access that is called read-only", ignored({ ".env": `NEXT_PUBLIC_UPSTASH_REDIS_REST_READ_ONLY_TOKEN=${token}` }), [report(".env:1:1")]],
    ["a prefix of the project", ignored({ ".env": `MY_PUBLIC_QSTASH_TOKEN=${secret}` }, { settings: { envPrefixes: ["MY_PUBLIC_"] } }), [report(".env:1:1")]],
    ["vercel.json", { files: { "vercel.json": '{ "build": { "env": { "NEXT_PUBLIC_UPSTASH_REDIS_REST_TOKEN": "@upstash-token" } } }' } }, [report("vercel.json:1:24")]],
    ["netlify.toml", ignored({ "netlify.toml": `[build.environment]\nVITE_UPSTASH_REDIS_REST_TOKEN = "${token}"` }), [report("netlify.toml:2:1")]],
    ["eas.json", ignored({ "eas.json": `{ "build": { "production": { "env": { "EXPO_PUBLIC_QSTASH_TOKEN": "${qstashToken()}" } } } }` }), [report("eas.json:1:40")]],
    ["extra of app.json", ignored({ "app.json": `{ "expo": { "extra": { "upstashRedisRestToken": "${secret}" } } }` }), ["app.json:1:25 no-public-env-credentials/inlined"]],
  ])("reports %s", async (_, testCase, expected) => {
    expect(await reportsIn(testCase)).toEqual(expected);
  });

  it.each<[string, SettingsCase]>([
    ["a private name", ignored({ ".env": `UPSTASH_REDIS_REST_TOKEN=${token}` })],
    ["an address", ignored({ ".env": "NEXT_PUBLIC_UPSTASH_REDIS_REST_URL=https://a.upstash.io" })],
    ["a read-only token, by its name", ignored({ ".env": `NEXT_PUBLIC_UPSTASH_REDIS_REST_READ_ONLY_TOKEN=${secret}` })],
    ["a read-only token, by what it is", ignored({ ".env": `NEXT_PUBLIC_UPSTASH_REDIS_REST_TOKEN=${readOnly}` })],
    ["a name of the settings", ignored({ ".env": `VITE_REDIS_READER=${secret}\nA=upstash` }, { settings: { readOnlyTokenEnv: ["VITE_REDIS_READER"] } })],
    ["what Vector's and Search's SDKs read", ignored({ ".env": `NEXT_PUBLIC_UPSTASH_VECTOR_REST_TOKEN=${indexToken("readonly")}\nNEXT_PUBLIC_UPSTASH_SEARCH_REST_TOKEN=${secret}` })],
    ["nothing, and placeholders", ignored({ ".env": "NEXT_PUBLIC_UPSTASH_REDIS_REST_TOKEN=\nVITE_QSTASH_TOKEN=your-token\nREACT_APP_QSTASH_TOKEN=''" })],
    ["samples", { files: { ".env.example": `NEXT_PUBLIC_UPSTASH_REDIS_REST_TOKEN=${secret}` } }],
    ["secrets of others", ignored({ ".env": `VITE_REDIS_PASSWORD=${secret}\nNEXT_PUBLIC_STRIPE_TOKEN=${secret}\nUPSTASH_EMAIL=a` })],
    ["what is filled in with an address", ignored({ ".env": "NEXT_PUBLIC_REDIS=${UPSTASH_REDIS_REST_URL}" })],
    ["a server of one's own", ignored({ ".env": `VITE_UPSTASH_REDIS_REST_URL=http://localhost:8079\nVITE_UPSTASH_REDIS_REST_TOKEN=${secret}` })],
    ["what Expo leaves out of the app", ignored({ "app.json": `{ "expo": { "hooks": { "upstashRedisRestToken": "${secret}" } } }` })],
  ])("leaves %s alone", async (_, testCase) => {
    expect(await reportsIn(testCase)).toEqual([]);
  });

  it.each<[string, SettingsCase, string[]]>([
    [".env", ignored({ ".env": `NEXT_PUBLIC_UPSTASH_REDIS_REST_TOKEN="${secret}" # x\n` }), ['UPSTASH_REDIS_REST_TOKEN="'.concat(secret, '" # x\n'), "NEXT_PUBLIC_UPSTASH_REDIS_REST_READ_ONLY_TOKEN= # x\n"]],
    [".env", ignored({ ".env": `QSTASH_TOKEN=\nVITE_QSTASH_TOKEN=${secret}\nA=1\n` }), ["QSTASH_TOKEN=\nA=1\n", "QSTASH_TOKEN=\nVITE_QSTASH_READ_ONLY_TOKEN=\nA=1\n"]],
    ["vercel.json", ignored({ "vercel.json": `{ "env": { "VITE_QSTASH_TOKEN": "${secret}" } }` }), [`{ "env": { "QSTASH_TOKEN": "${secret}" } }`, '{ "env": { "VITE_QSTASH_READ_ONLY_TOKEN": "" } }']],
    ["app.json", ignored({ "app.json": `{ "expo": { "extra": { "qstashToken": "${secret}" } } }` }), ['{ "expo": { "extra": { "qstashToken": "" } } }']],
  ])("suggests what to do in %s", async (file, testCase, expected) => {
    const mends = await mendsOf(file, testCase);
    expect(mends.map(({ output }) => output)).toEqual(expected);
    expect(mends.flatMap(({ after }) => after)).toEqual([]);
  });
});

describe("require-tls in files of settings", () => {
  it.each<[string, SettingsCase, string[]]>([
    ["a REST address", { files: { ".env": "UPSTASH_REDIS_REST_URL=http://quick-otter-12345.upstash.io" } }, [".env:1:24 require-tls/scheme"]],
    ["a Redis address", ignored({ ".env": `REDIS_URL="${connectionString({ scheme: "redis" })}"` }), [".env:1:11 require-tls/scheme"]],
    ["wrangler.toml", { files: { "wrangler.toml": '[vars]\nURL = "http://a.upstash.io"' } }, ["wrangler.toml:2:7 require-tls/scheme"]],
    ["a process without checks", { files: { ".env.production": "NODE_TLS_REJECT_UNAUTHORIZED=0\nUPSTASH_REDIS_REST_URL=https://a.upstash.io" } }, [".env.production:1:30 require-tls/process"]],
  ])("reports and fixes %s", async (_, testCase, expected) => {
    expect(await reportsIn(testCase)).toEqual(expected);
    const [file = ""] = Object.keys(testCase.files);
    const mends = await mendsOf(file, testCase);
    expect(mends.filter(({ label }) => label === "fix").map(({ output }) => output)).toEqual([
      testCase.files[file]?.replace(/http:|redis:/, (scheme) => scheme.replace(":", "s:")).replace("UNAUTHORIZED=0", "UNAUTHORIZED=1"),
    ]);
    expect(mends.flatMap(({ after }) => after)).toEqual([]);
  });

  it.each<[string, SettingsCase]>([
    ["secure addresses", ignored({ ".env": `UPSTASH_REDIS_REST_URL=https://a.upstash.io\nREDIS_URL=${connectionString()}` })],
    ["other hosts", { files: { ".env": "UPSTASH_REDIS_REST_URL=http://localhost:8079\nREDIS_URL=redis://redis:6379\nA=http://upstash.io.example.com" } }],
    ["samples", { files: { ".env.example": "REDIS_URL=redis://default:password@a.upstash.io:6379" } }],
    ["checks on the developer's machine", { files: { ".env.development": "NODE_TLS_REJECT_UNAUTHORIZED=0\nUPSTASH_REDIS_REST_URL=https://a.upstash.io" } }],
    ["a process that has nothing to do with Upstash", { files: { ".env.production": "NODE_TLS_REJECT_UNAUTHORIZED=0" } }],
    ["checks that are on", { files: { ".env": "NODE_TLS_REJECT_UNAUTHORIZED=1\nA=upstash" } }],
  ])("leaves %s alone", async (_, testCase) => {
    expect(await reportsIn(testCase)).toEqual([]);
  });
});

describe("no-credential-in-url in files of settings", () => {
  it.each<[string, SettingsCase, string[], string[]]>([
    ["a token in a query", ignored({ ".env": `HOOK=https://a.upstash.io/get/b?x=1&_token=${token}&y=2` }), [".env:1:36 no-credential-in-url/parameter"], ["HOOK=https://a.upstash.io/get/b?x=1&y=2"]],
    ["the only parameter", ignored({ ".env": `HOOK=https://a.upstash.io/get/b?_token=${token}` }), [".env:1:32 no-credential-in-url/parameter"], ["HOOK=https://a.upstash.io/get/b"]],
    ["one that is filled in", { files: { ".env": "HOOK=https://a.upstash.io/get/b?_token=${TOKEN}" } }, [".env:1:32 no-credential-in-url/parameter"], ["HOOK=https://a.upstash.io/get/b"]],
    ["a rewrite", ignored({ "vercel.json": `{ "rewrites": [{ "source": "/a", "destination": "https://a.upstash.io/get/b?_token=${token}" }] }` }), ["vercel.json:1:76 no-credential-in-url/parameter"], ['{ "rewrites": [{ "source": "/a", "destination": "https://a.upstash.io/get/b" }] }']],
    ["a password before the host", ignored({ "netlify.toml": `to = "https://default:${secret}@a.upstash.io/get/b"` }), ["netlify.toml:1:15 no-credential-in-url/authority"], ['to = "https://a.upstash.io/get/b"']],
    ["QStash's parameter at any host", ignored({ ".env": `HOOK=https://example.com/?qstash_token=${secret}` }), [".env:1:26 no-credential-in-url/parameter"], ["HOOK=https://example.com/"]],
  ])("reports %s", async (_, testCase, expected, outputs) => {
    expect(await reportsIn(testCase)).toEqual(expected);
    const mends = await mendsOf(Object.keys(testCase.files)[0] ?? "", testCase);
    expect(mends.map(({ output }) => output)).toEqual(outputs);
    expect(mends.flatMap(({ after }) => after)).toEqual([]);
  });

  it.each<[string, SettingsCase]>([
    ["placeholders", { files: { ".env": "HOOK=https://a.upstash.io/get/b?_token=YOUR_TOKEN" } }],
    ["other hosts", { files: { ".env": `HOOK=https://example.com/?_token=${secret}\nA=upstash` } }],
    ["addresses of Redis", ignored({ ".env": `REDIS_URL=${connectionString()}` })],
    ["samples", { files: { ".env.example": `HOOK=https://a.upstash.io/get/b?_token=${secret}` } }],
  ])("leaves %s alone", async (_, testCase) => {
    expect(await reportsIn(testCase)).toEqual([]);
  });
});

describe("prefer-read-only-token in files of settings", () => {
  const mistaken = ignored({ ".env": `UPSTASH_REDIS_REST_READ_ONLY_TOKEN=${token}\n` });

  it("reports a token with full access under a name that promises less, in env-strict alone", async () => {
    expect(await reportsIn({ ...mistaken, preset: "env-strict" })).toEqual([".env:1:36 prefer-read-only-token/mistaken"]);
    expect(await reportsIn(mistaken)).toEqual([]);
    const mends = await mendsOf(".env", { ...mistaken, preset: "env-strict" });
    expect(mends.map(({ output }) => output)).toEqual(["# The read-only token.\nUPSTASH_REDIS_REST_READ_ONLY_TOKEN=\n"]);
    expect(mends.flatMap(({ after }) => after)).toEqual([]);
  });

  it.each<[string, SettingsCase]>([
    ["a read-only token", ignored({ ".env": `UPSTASH_REDIS_REST_READ_ONLY_TOKEN=${readOnly}` }, { preset: "env-strict" })],
    ["what does not show what it is", ignored({ ".env": `UPSTASH_REDIS_REST_READ_ONLY_TOKEN=${secret}` }, { preset: "env-strict" })],
    ["a name that promises nothing", ignored({ ".env": `UPSTASH_REDIS_REST_TOKEN=${token}` }, { preset: "env-strict" })],
  ])("leaves %s alone", async (_, testCase) => {
    expect(await reportsIn(testCase)).toEqual([]);
  });
});
