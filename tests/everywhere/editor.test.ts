import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Diagnostic } from "vscode-languageserver-protocol";
import { writeFiles } from "../helpers/project.ts";
import { app } from "./app.ts";
import { consumer } from "./consumer.ts";
import { Editor } from "./language-client.ts";

const CONFIG = `import { defineConfig } from "eslint/config";
import parser from "@typescript-eslint/parser";
import upstash from "eslint-plugin-upstash";
export default defineConfig([
  { files: ["**/*.{ts,tsx}"], languageOptions: { parser } },
  { plugins: { upstash }, extends: ["upstash/recommended"] },
]);
`;

const ROUTE = "app/api/subscribe/route.ts";

/** Lines as people count them, and rules. */
const told = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map(({ range, code }) => `${String(range.start.line + 1)} ${String(code)}`);

describe("the ESLint language server of VS Code", () => {
  let root: string;
  let editor: Editor;
  beforeAll(async () => {
    root = consumer({ files: { "eslint.config.mjs": CONFIG, ...app("ts") }, packages: ["@typescript-eslint/parser"] });
    editor = await Editor.start(root);
  });
  afterAll(() => editor.stop());

  it("shows findings with a link to the rule's page", async () => {
    editor.open(ROUTE);
    const diagnostics = await editor.diagnostics(ROUTE);
    expect(told(diagnostics)).toEqual(["3 upstash/require-ratelimit", "5 upstash/no-plaintext-pii"]);
    for (const { code, codeDescription, source, message } of diagnostics) {
      expect(source).toBe("eslint");
      expect(message).toMatch(/\.$/);
      expect(codeDescription?.href).toMatch(new RegExp(`/docs/rules/${String(code).replace("upstash/", "")}\\.md$`));
    }
  });

  it("offers suggestions, and applies the one that is chosen", async () => {
    editor.open(ROUTE);
    const [, stored] = await editor.diagnostics(ROUTE);
    const titles = (await editor.quickFixes(ROUTE, stored!)).map(({ title }) => title);
    expect(titles).toContain("Encrypt it with a new encrypt() on node:crypto. (upstash/no-plaintext-pii)");
    expect(titles).toContain("Show documentation for upstash/no-plaintext-pii");
    await editor.choose(ROUTE, stored!, /^Encrypt it/);
    expect(editor.text(ROUTE)).toMatch(/redis\.set\(.+, encrypt\((?:String\()?email\)+;/);
    expect(told(await editor.diagnostics(ROUTE)).map((line) => line.split(" ")[1])).toEqual(["upstash/require-ratelimit"]);
    await editor.choose(ROUTE, (await editor.diagnostics(ROUTE))[0]!, /\(upstash\/require-ratelimit\)$/);
    expect(await editor.diagnostics(ROUTE)).toEqual([]);
  });

  it("fixes on save", async () => {
    const file = "lib/legacy.ts";
    editor.open(file);
    expect(told(await editor.diagnostics(file))).toEqual(["2 upstash/require-tls"]);
    await editor.save(file);
    expect(editor.text(file)).toContain('"https://quick-otter');
    expect(readFileSync(path.join(root, file), "utf8")).toBe(editor.text(file));
    expect(await editor.diagnostics(file)).toEqual([]);
  });

  it("follows what is typed, half a statement too", async () => {
    const file = "lib/typed.ts";
    const code = `import { redis } from "./redis";\nexport const save = (user: { email: string }) => redis.set("k", user.email);\n`;
    writeFiles(root, { [file]: "" });
    editor.open(file);
    for (let end = 1; end < code.length; end += 9) {
      editor.type(file, code.slice(0, end));
      // a parsing error, which has no rule, until the call is complete
      for (const { code: rule } of await editor.diagnostics(file)) expect([undefined, "upstash/no-plaintext-pii"]).toContain(rule);
    }
    editor.type(file, code);
    expect(told(await editor.diagnostics(file))).toEqual(["2 upstash/no-plaintext-pii"]);
  });

  it("sees another file that has changed on disk, without a restart", async () => {
    const file = "lib/store.ts";
    writeFiles(root, {
      [file]: `import { redis } from "./redis";\nexport const save = (user: { email: string }) => redis.set("k", user.email);\n`,
    });
    editor.open(file);
    const found = ["2 upstash/no-plaintext-pii"];
    expect(told(await editor.diagnostics(file))).toEqual(found);
    const states: readonly (readonly [string, readonly string[]])[] = [
      ["export const redis = new Map<string, string>();\n", []],
      ['import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\n', found],
      ["export const redis = (((", []],
      ['export { redis } from "./client";\n', []],
    ];
    for (const [text, expected] of states) {
      writeFiles(root, { "lib/redis.ts": text });
      expect(told(await editor.diagnostics(file)), text).toEqual(expected);
    }
    // a file that the last one leads to, and that was not there
    writeFiles(root, { "lib/client.ts": 'import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\n' });
    expect(told(await editor.diagnostics(file))).toEqual(found);
  });

  it("tells how long it takes from an edit to the findings", async () => {
    // a figure to look at: machines differ, so nothing is demanded here
    const file = "lib/store.ts";
    editor.open(file);
    const text = editor.text(file);
    const times: number[] = [];
    for (let turn = 0; turn < 15; turn++) {
      if (turn % 3 === 0) writeFiles(root, { "lib/client.ts": `import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv(); // ${String(turn)}\n` });
      const start = performance.now();
      editor.type(file, `${text}// ${String(turn)}\n`);
      expect(await editor.diagnostics(file)).toHaveLength(1);
      times.push(performance.now() - start);
    }
    const sorted = times.toSorted((a, b) => a - b).map((time) => Math.round(time));
    console.log(`From an edit to its findings in the editor: ${String(sorted[7])} ms (median of 15; longest ${String(sorted.at(-1))} ms).`);
  });
});
