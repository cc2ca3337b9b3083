/*
 * Components with the parsers that their ESLint plugins bring: which of their code runs in browsers, and which on servers.
 */
import path from "node:path";
import typescript from "@typescript-eslint/parser";
import * as astro from "astro-eslint-parser";
import { Linter } from "eslint";
import * as svelte from "svelte-eslint-parser";
import { describe, expect, it } from "vitest";
import * as vue from "vue-eslint-parser";
import plugin from "../src/index.ts";
import { replaceOnce } from "./helpers/marked-text.ts";
import { project, type ProjectFiles } from "./helpers/project.ts";

const PARSERS: Readonly<Record<string, Linter.Parser>> = { ".vue": vue, ".svelte": svelte, ".astro": astro };
const RULES = [
  "no-hardcoded-credentials",
  "no-credential-exposure",
  "no-credential-in-url",
  "require-tls",
  "prefer-from-env",
  "no-error-leak",
  "no-write-with-read-only-token",
  "prefer-read-only-token",
  "no-client-credentials",
  "no-public-env-credentials",
  "no-client-import",
  "require-server-only",
];
const dependencies = (...names: readonly string[]): ProjectFiles => ({
  "package.json": JSON.stringify({ dependencies: Object.fromEntries(["@upstash/redis", ...names].map((name) => [name, "*"])) }),
});
const FILES: ProjectFiles = {
  "lib/redis.ts": 'import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\nexport interface Row { id: string }\n',
  "lib/visits.ts": 'import { Redis } from "@upstash/redis";\nexport const visits = () => Redis.fromEnv().get("visits");\nexport const KEY = "visits";\n',
};

function lint(root: string, file: string, code: string): readonly Linter.LintMessage[] {
  const extension = path.extname(file);
  return new Linter({ configType: "flat", cwd: root }).verify(
    code,
    {
      files: ["**"],
      languageOptions: { parser: PARSERS[extension] ?? typescript, parserOptions: { parser: typescript, extraFileExtensions: [extension] } },
      plugins: { upstash: plugin },
      rules: Object.fromEntries(RULES.map((name) => [`upstash/${name}`, "error" as const])),
    },
    { filename: path.join(root, file) },
  );
}

const told = ({ ruleId, message, line }: Linter.LintMessage): string => (ruleId === null ? message : `${ruleId.replace("upstash/", "")} ${String(line)}`);

type Case = readonly [name: string, code: string] | readonly [name: string, code: string, reports: readonly string[]];

/** Lints each, and its code after each fix and suggestion: it parses, that report is gone, and none has come. */
function check(file: string, files: ProjectFiles, cases: readonly Case[]): void {
  const root = project({ ...FILES, ...files });
  it.each(cases.map(([name, code, reports = []]) => ({ name, code, reports })))("$name", ({ code, reports }) => {
    const messages = lint(root, file, code);
    expect(messages.map(told)).toEqual(reports);
    for (const message of messages) {
      for (const { range, text } of [message.fix, ...(message.suggestions ?? []).map(({ fix }) => fix)].flatMap((fix) => fix ?? [])) {
        const output = code.slice(0, range[0]) + text + code.slice(range[1]);
        const after = lint(root, file, output).filter(({ ruleId }) => ruleId === null || ruleId === message.ruleId);
        expect(after, output).toHaveLength(messages.filter(({ ruleId }) => ruleId === message.ruleId).length - 1);
      }
    }
  });
}

const TOKEN = "process.env.UPSTASH_REDIS_REST_TOKEN";
const SDK = 'import { Redis } from "@upstash/redis";\n';
const READ = `const token = ${TOKEN};\n`;
const CLIENT = `${SDK}const redis = Redis.fromEnv();\n`;
const IMPORT = 'import { redis } from "../lib/redis";\n';
const VISITS = 'import { visits } from "../lib/visits";\n';

const setup = (script: string, template = "<p>text</p>", lang = ' lang="ts"'): string => `<script setup${lang}>\n${script}</script>\n<template>\n${template}\n</template>\n`;
const options = (script: string, lang = ""): string => `<template><p>{{ value }}</p></template>\n<script${lang}>\n${script}</script>\n`;

describe("Vue", () => {
  check("src/Cart.vue", dependencies("vue"), [
    ["a component without Upstash", setup("const count = 1;\n", "<p>{{ count }}</p>")],
    ["a component without scripts", "<template><p>Upstash</p></template>\n"],
    ["a secret is read", setup(READ, "<p>{{ token }}</p>"), ["no-client-credentials 2"]],
    ["a secret is read, in the other kind of script", options(`export default { data: () => ({ value: ${TOKEN} }) };\n`), ["no-client-credentials 3"]],
    ["a client is built", setup(CLIENT, "<p @click=\"redis.get('a')\" />"), ["no-client-credentials 3"]],
    ["another module's client", setup(`${IMPORT}const value = await redis.get("a");\n`, "<p>{{ value }}</p>"), ["no-client-import 2"]],
    ["another module's client, in the template alone", setup(IMPORT, "<p @click=\"redis.get('a')\" />"), ["no-client-import 2"]],
    ["a function that builds one, in the template alone", setup(VISITS, '<p @click="visits()" />'), ["no-client-import 2"]],
    ["a function that builds one, in the template of JavaScript", setup(VISITS, '<p @click="visits" />', ""), ["no-client-import 2"]],
    ["a constant beside that function, in the template alone", setup('import { KEY } from "../lib/visits";\n', "<p>{{ KEY }}</p>")],
    ["another module's client, in the other kind of script", options(`${IMPORT}export default { mounted() { void redis.get("a"); } };\n`), ["no-client-import 3"]],
    ["an import that nothing uses: TypeScript drops it", setup(IMPORT)],
    ["an import that nothing uses, of JavaScript", setup(IMPORT, "<p />", ""), ["no-client-import 2"]],
    ["a type", setup('import type { Row } from "../lib/redis";\ndefineProps<{ row: Row }>();\n')],
    ["a type that does not say so: TypeScript drops it", setup('import { Row } from "../lib/redis";\ndefineProps<{ row: Row }>();\n')],
    ["both kinds of script", `<script lang="ts">\nexport const token = ${TOKEN};\n</script>\n${setup(`${IMPORT}const value = await redis.get("a");\n`, "<p>{{ value }}</p>")}`, ["no-client-credentials 2", "no-client-import 5"]],
    ["on the server only", setup('if (import.meta.server) {\n  const { redis } = await import("../lib/redis");\n  await redis.get("a");\n}\n')],
    ["on the server only, in Vite", setup(`const token = import.meta.env.SSR ? ${TOKEN} : undefined;\n`, "<p>{{ token }}</p>")],
    ["a secret under a public name", setup("const token = import.meta.env.VITE_UPSTASH_REDIS_REST_TOKEN;\n", "<p>{{ token }}</p>"), ["no-public-env-credentials 2"]],
    ["a read-only token under a public name", setup("const token = import.meta.env.VITE_UPSTASH_REDIS_REST_READ_ONLY_TOKEN;\n", "<p>{{ token }}</p>")],
  ]);
  describe("in Nuxt", () => {
    check("app/components/Cart.vue", { ...dependencies("nuxt"), "lib/redis.ts": "" }, [
      ["the private part of the configuration", setup("const { upstashRedisRestToken } = useRuntimeConfig();\n", "<p>{{ upstashRedisRestToken }}</p>"), ["no-client-credentials 2"]],
      ["the answer of a server route", setup('const { data } = await useFetch("/api/visits");\n', "<p>{{ data }}</p>")],
      ["the public part of the configuration", setup("const site = useRuntimeConfig().public.site;\n", "<p>{{ site }}</p>")],
    ]);
    check("app/components/Cart.server.vue", dependencies("nuxt"), [["a component that only the server renders", setup(CLIENT, "<p>{{ redis }}</p>")]]);
  });
});

const svelteOf = (script: string, markup = "<p>text</p>", attributes = ' lang="ts"'): string => `<script${attributes}>\n${script}</script>\n\n${markup}\n`;

describe("Svelte", () => {
  check("src/Cart.svelte", dependencies("svelte"), [
    ["a component without Upstash", svelteOf("let count = $state(0);\n", "<button onclick={() => count++}>{count}</button>")],
    ["a component without scripts", "<p>Upstash</p>\n"],
    ["a secret is read", svelteOf(READ, "<p>{token}</p>"), ["no-client-credentials 2"]],
    ["a secret is read, in JavaScript", svelteOf(READ, "<p>{token}</p>", ""), ["no-client-credentials 2"]],
    ["a secret is read in markup", `<p>{${TOKEN}}</p>\n`, ["no-client-credentials 1"]],
    ["a client is built", svelteOf(CLIENT, '<button onclick={() => redis.get("a")}>a</button>'), ["no-client-credentials 3"]],
    ["another module's client", svelteOf(`${IMPORT}const value = redis.get("a");\n`, "{#await value}<p>…</p>{/await}"), ["no-client-import 2"]],
    ["another module's client, in markup alone", svelteOf(IMPORT, '<button onclick={() => redis.get("a")}>a</button>'), ["no-client-import 2"]],
    ["a function that builds one, in markup alone", svelteOf(VISITS, "<button onclick={() => visits()}>a</button>"), ["no-client-import 2"]],
    ["a constant beside that function", svelteOf('import { KEY } from "../lib/visits";\n', "<p>{KEY}</p>")],
    ["an import when it is needed", svelteOf('const load = async () => (await import("../lib/redis")).redis.get("a");\n', "<button onclick={load}>a</button>"), ["no-client-import 2"]],
    ["an import that nothing uses: Svelte keeps it", svelteOf(IMPORT), ["no-client-import 2"]],
    ["a type", svelteOf('import type { Row } from "../lib/redis";\nlet { row }: { row: Row } = $props();\n', "<p>{row.id}</p>")],
    ["the script of the module", svelteOf(`export const token = ${TOKEN};\n`, "<p />", ' module lang="ts"'), ["no-client-credentials 2"]],
    ["the script of the module, as it was written before", svelteOf(`${IMPORT}export const load = () => redis.get("a");\n`, "<p />", ' context="module"'), ["no-client-import 2"]],
    ["both scripts", `${svelteOf(`${SDK}export const redis = Redis.fromEnv();\n`, "", ' module lang="ts"')}${svelteOf(`${VISITS}const value = visits();\n`, "<p>{value}</p>")}`, ["no-client-credentials 3", "no-client-import 8"]],
    ["on the server only", svelteOf(`import { browser } from "$app/environment";\nconst token = browser ? undefined : ${TOKEN};\n`, "<p>{token}</p>")],
    ["a private variable of SvelteKit", svelteOf('import { UPSTASH_REDIS_REST_TOKEN } from "$env/static/private";\n', "<p>{UPSTASH_REDIS_REST_TOKEN}</p>"), ["no-client-credentials 2"]],
    ["a public variable of SvelteKit", svelteOf('import { PUBLIC_UPSTASH_REDIS_REST_TOKEN } from "$env/static/public";\n', "<p>{PUBLIC_UPSTASH_REDIS_REST_TOKEN}</p>"), ["no-public-env-credentials 2"]],
    ["a public variable, in markup", "<p>{import.meta.env.VITE_UPSTASH_REDIS_REST_TOKEN}</p>\n", ["no-public-env-credentials 1"]],
    ["an SDK for servers", svelteOf('import { Client } from "@upstash/qstash";\nconst queue = new Client({ token: "" });\n', "<p>{queue}</p>"), ["no-client-import 2"]],
    ["what the server's load function answers", svelteOf("let { data } = $props();\n", "<p>{data.upstash}</p>")],
  ]);
  const KIT = { ...dependencies("@sveltejs/kit", "svelte"), "src/routes/+page.svelte": "" };
  const SERVER = `${IMPORT.replace("../", "../../")}export const load = async () => ({ value: await redis.get("a") });\n`;
  check("src/routes/+page.server.ts", KIT, [["a load function of the server", SERVER]]);
  check("src/routes/+page.ts", KIT, [["a load function of both sides", SERVER, ["no-client-import 1"]]]);
});

const page = (frontmatter: string, markup = "<p>text</p>"): string => `---\n${frontmatter}---\n\n${markup}\n`;
const ASTRO_TOKEN = "import.meta.env.UPSTASH_REDIS_REST_TOKEN";

describe("Astro", () => {
  const ASTRO = { ...dependencies("astro", "vite"), "index.html": "", "src/Cart.svelte": "" };
  check("src/pages/index.astro", ASTRO, [
    ["a page without frontmatter", "<p>Upstash</p>\n"],
    ["frontmatter: a secret is read", page(`const token = ${ASTRO_TOKEN};\nconst answer = await fetch("https://example.upstash.io/get/a", { headers: { Authorization: \`Bearer \${token}\` } });\n`, "<p>{await answer.text()}</p>")],
    ["frontmatter: a client is built", page(CLIENT, '<p>{await redis.get("a")}</p>'), ["prefer-read-only-token 3"]],
    ["frontmatter: another module's client", page('import { redis } from "../../lib/redis";\n', '<p>{await redis.get("a")}</p>')],
    ["frontmatter: an SDK for servers", page('import { Client } from "@upstash/qstash";\nawait new Client().publishJSON({ url: "https://example.com" });\n')],
    ["frontmatter: a variable of the server", page('import { UPSTASH_REDIS_REST_TOKEN } from "astro:env/server";\nconst isSet = Boolean(UPSTASH_REDIS_REST_TOKEN);\n', "<p>{isSet}</p>")],
    ["frontmatter: a secret under a public name", page("const token = import.meta.env.PUBLIC_UPSTASH_REDIS_REST_TOKEN;\n"), ["no-public-env-credentials 2"]],
    ["frontmatter: a secret in the log", page(`console.log(${ASTRO_TOKEN});\n`), ["no-credential-exposure 2"]],
    ["a secret in the page", page(`const token = ${ASTRO_TOKEN};\n`, "<p>{token}</p>"), ["no-credential-exposure 5"]],
    ["a secret in an attribute", page(`const token = ${ASTRO_TOKEN};\n`, "<p title={token} />"), ["no-credential-exposure 5"]],
    ["a secret for a script of the page", page(`const token = ${ASTRO_TOKEN};\n`, "<script define:vars={{ token }}>console.log(token);</script>"), ["no-credential-exposure 5"]],
    ["a secret for an island", page(`import Cart from "../Cart.svelte";\nconst token = ${ASTRO_TOKEN};\n`, "<Cart client:load token={token} />"), ["no-credential-exposure 6"]],
    ["a secret for an island, in short", page(`import Cart from "../Cart.svelte";\nconst token = ${ASTRO_TOKEN};\n`, '<Cart client:media="(width > 40em)" {token} />'), ["no-credential-exposure 6"]],
    ["a secret for a component that the server renders", page(`import Cart from "../Cart.svelte";\nconst token = ${ASTRO_TOKEN};\n`, "<Cart token={token} />")],
    ["whether it is set, for an island", page('import Cart from "../Cart.svelte";\n', `<Cart client:load isSet={Boolean(${ASTRO_TOKEN})} />`)],
  ]);
  // The processor of Astro's ESLint plugin hands out the scripts of a page as files of their own.
  check("src/pages/index.astro/0_0.ts", ASTRO, [
    ["a script: a secret is read", `console.log(${ASTRO_TOKEN});\n`, ["no-client-credentials 1"]],
    ["a script: a client is built", CLIENT, ["no-client-credentials 2"]],
    ["a script: another module's client", 'import { redis } from "../../lib/redis";\nconsole.log(await redis.get("a"));\n', ["no-client-import 1"]],
  ]);
});

describe("half typed", () => {
  const whole: readonly (readonly [string, string])[] = [
    ["src/Cart.vue", setup(`${IMPORT}${READ}`, "<p @click=\"redis.get('a')\">{{ token }}</p>")],
    ["src/Cart.svelte", svelteOf(`${IMPORT}${READ}`, '<button onclick={() => redis.get("a")}>{token}</button>')],
    ["src/pages/index.astro", page(`${IMPORT}${READ}`, "<p>{token}</p>")],
  ];
  it.each(whole)("%s", (file, code) => {
    const root = project({ ...FILES, ...dependencies("vue") });
    for (let end = 0; end < code.length; end += 5) expect(() => lint(root, file, code.slice(0, end))).not.toThrow();
    expect(lint(root, file, replaceOnce(code, READ, "")).length).toBeLessThan(3);
  });
});
