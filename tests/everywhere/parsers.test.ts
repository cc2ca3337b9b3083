import { readFileSync } from "node:fs";
import path from "node:path";
import { ESLint, type Linter } from "eslint";
import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../helpers/project.ts";
import { app, FINDINGS } from "./app.ts";
import { consumer, findings, runEslint, type ConsumerOptions } from "./consumer.ts";

/** A flat config with the preset, after `before` and the object that `languageOptions` go into for `files`. */
const config = (imports: string, files: string, languageOptions: string): string => `import { defineConfig } from "eslint/config";
import upstash from "eslint-plugin-upstash";
${imports}
export default defineConfig([
  { files: ["${files}"], languageOptions: ${languageOptions} },
  { plugins: { upstash }, extends: ["upstash/recommended"] },
]);
`;

describe("the parser", () => {
  it.each<[string, string, ProjectFiles, Partial<ConsumerOptions>]>([
    [
      "ESLint's own (espree)",
      config("", "**/*.{js,jsx}", "{ parserOptions: { ecmaFeatures: { jsx: true } } }"),
      app("js"),
      {},
    ],
    [
      "of typescript-eslint",
      config('import tseslint from "typescript-eslint";', "**/*.{ts,tsx}", "{ parser: tseslint.parser }"),
      app("ts"),
      { packages: ["typescript-eslint"] },
    ],
    [
      "of typescript-eslint, with types",
      config(
        'import tseslint from "typescript-eslint";',
        "**/*.{ts,tsx}",
        "{ parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } }",
      ),
      app("ts"),
      { packages: ["typescript-eslint", "typescript", "@upstash/redis"] },
    ],
    [
      "of Babel, for JavaScript",
      config(
        'import parser from "@babel/eslint-parser";',
        "**/*.{js,jsx}",
        '{ parser, parserOptions: { requireConfigFile: false, babelOptions: { parserOpts: { plugins: ["jsx"] } } } }',
      ),
      app("js"),
      { eslint: "9", packages: ["@babel/eslint-parser", "@babel/core"] },
    ],
    [
      "of Babel, for TypeScript",
      config(
        'import parser from "@babel/eslint-parser";',
        "**/*.{ts,tsx}",
        '{ parser, parserOptions: { requireConfigFile: false, babelOptions: { presets: ["@babel/preset-typescript"], parserOpts: { plugins: ["jsx"] } } } }',
      ),
      app("ts"),
      { eslint: "9", packages: ["@babel/eslint-parser", "@babel/core", "@babel/preset-typescript"] },
    ],
  ])("%s gives the same findings", (_, text, files, options) => {
    expect(findings(consumer({ files: { "eslint.config.mjs": text, ...files }, ...options }))).toEqual(FINDINGS);
  });
});

/*
 * Components of Vue and Svelte run in browsers too, the frontmatter of an Astro page on servers only. Each has a client
 * of its own, uses one of another file, and has something to fix: fixes must hit the text of the whole file.
 */
describe("files with scripts in them", () => {
  const client = `import { Redis } from "@upstash/redis";
import { redis } from "../lib/redis";
const own = new Redis({ url: "http://quick-otter-12345.upstash.io", token: process.env.UPSTASH_REDIS_REST_TOKEN });`;
  const use = "void redis.set(`user:${user.id}`, user.email);";
  const insecure = "http://quick-otter";

  it.each<[string, ConsumerOptions & { readonly file: string }, readonly string[]]>([
    [
      "Vue",
      {
        packages: ["vue-eslint-parser", "typescript-eslint"],
        file: "src/Plain.vue",
        files: {
          "eslint.config.mjs": config(
            'import parser from "vue-eslint-parser";\nimport tseslint from "typescript-eslint";',
            "**/*.{vue,ts}",
            "{ parser, parserOptions: { parser: tseslint.parser } }",
          ),
          "src/Plain.vue": `<template>\n  <p @click="count++">{{ count }}</p>\n</template>\n<script>\n${client}\nexport default { methods: { save(user) { ${use} } } };\n</script>\n`,
          "src/Setup.vue": `<script setup lang="ts">\n${client}\nconst user: { id: string; email: string } = defineProps();\n${use}\n</script>\n<template><p>{{ user.email }}</p></template>\n`,
          "src/Empty.vue": "<template><p>Nothing</p></template>\n",
        },
      },
      [
        "src/Plain 6 upstash/no-client-import",
        "src/Plain 7 upstash/require-tls",
        "src/Plain 7 upstash/no-client-credentials",
        "src/Plain 8 upstash/no-plaintext-pii",
        "src/Setup 3 upstash/no-client-import",
        "src/Setup 4 upstash/require-tls",
        "src/Setup 4 upstash/no-client-credentials",
        "src/Setup 6 upstash/no-plaintext-pii",
      ],
    ],
    [
      "Svelte",
      {
        packages: ["svelte-eslint-parser", "svelte", "typescript-eslint"],
        file: "src/Setup.svelte",
        files: {
          "eslint.config.mjs": config(
            'import * as parser from "svelte-eslint-parser";\nimport tseslint from "typescript-eslint";',
            "**/*.svelte",
            "{ parser, parserOptions: { parser: tseslint.parser } }",
          ),
          "src/Setup.svelte": `<script lang="ts">\n${client}\nconst { user }: { user: { id: string; email: string } } = $props();\n${use}\n</script>\n<button onclick={() => redis.incr("n")}>{user.email}</button>\n`,
          "src/Empty.svelte": "<p>Nothing</p>\n",
        },
      },
      [
        "src/Setup 3 upstash/no-client-import",
        "src/Setup 4 upstash/require-tls",
        "src/Setup 4 upstash/no-client-credentials",
        "src/Setup 6 upstash/no-plaintext-pii",
      ],
    ],
    [
      "Astro",
      {
        packages: ["astro-eslint-parser", "typescript-eslint"],
        file: "src/Page.astro",
        files: {
          "eslint.config.mjs": config(
            'import * as parser from "astro-eslint-parser";\nimport tseslint from "typescript-eslint";',
            "**/*.astro",
            '{ parser, parserOptions: { parser: tseslint.parser, extraFileExtensions: [".astro"] } }',
          ),
          "src/Page.astro": `---\n${client}\nconst { user } = Astro.props;\n${use}\n---\n<p>{user.email}</p>\n<script>\nconsole.log("in the browser");\n</script>\n`,
          "src/Empty.astro": "<p>Nothing</p>\n",
        },
      },
      ["src/Page 4 upstash/require-tls", "src/Page 6 upstash/no-plaintext-pii"],
    ],
  ])("%s", async (_, { file, files, ...options }, expected) => {
    const root = consumer({ files: { ...app("ts"), ...files }, ...options });
    expect(findings(root, ["src"])).toEqual(expected);
    await expectSoundSuggestions(root, file);
    runEslint(root, ["src", "--fix"]);
    const before = files[file] ?? "";
    expect(before).toContain(insecure);
    expect(readFileSync(path.join(root, file), "utf8")).toBe(before.replace(insecure, "https://quick-otter"));
  });
});

/** Each suggestion, alone, leaves a file that parses and no longer has the finding; what stands behind the script stays. */
async function expectSoundSuggestions(root: string, file: string): Promise<void> {
  const eslint = new ESLint({ cwd: root });
  const lint = async (text: string): Promise<readonly Linter.LintMessage[]> =>
    (await eslint.lintText(text, { filePath: path.join(root, file) })).flatMap(({ messages }) => messages);
  const text = readFileSync(path.join(root, file), "utf8");
  const behind = /\n(?:<\/script>|---\n<).*$/su.exec(text)?.[0] ?? "";
  const messages = await lint(text);
  const suggestions = messages.flatMap((message) => (message.suggestions ?? []).map((suggestion) => ({ message, ...suggestion })));
  expect(suggestions).not.toEqual([]);
  for (const { message, desc, fix } of suggestions) {
    const mended = text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1]);
    const left = await lint(mended);
    expect(mended.endsWith(behind), `${desc}\n${mended}`).toBe(true);
    const of = (list: readonly Linter.LintMessage[]): number => list.filter(({ ruleId }) => ruleId === message.ruleId).length;
    expect(left.find(({ fatal }) => fatal)?.message, `${desc}\n${mended}`).toBeUndefined();
    expect(of(left), `${desc}\n${mended}`).toBeLessThan(of(messages));
  }
}
