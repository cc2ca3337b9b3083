import { Linter } from "eslint";
import fc from "fast-check";
import * as tomlParser from "toml-eslint-parser";
import { describe, expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { connectionString, filler, indexToken, qstashToken, redisToken } from "../helpers/fake-credentials.ts";

const every = Object.fromEntries(Object.keys(plugin.rules).map((name) => [`upstash/${name}`, "error"]));
const configs = plugin.configs["env-strict"].map((config) => ({ ...config, rules: every })) as Linter.Config[];

/** A file of each format, with something to report in each way. */
const SEEDS: Readonly<Record<string, string>> = {
  ".env": `# ${redisToken()}\nexport UPSTASH_REDIS_REST_TOKEN="${filler(40)}" # x\nNEXT_PUBLIC_QSTASH_TOKEN='${qstashToken()}'\nREDIS_URL=${connectionString({ scheme: "redis" })}\nHOOK="https://a.upstash.io/get/b?_token=\${TOKEN}&x=1"\nNODE_TLS_REJECT_UNAUTHORIZED=0\n`,
  "vercel.json": `{\n  // c\n  "env": { "UPSTASH_REDIS_REST_TOKEN": "${redisToken()}", "VITE_QSTASH_TOKEN": "@qstash" },\n  "list": ["http://a.upstash.io", { "to": "https://u:${filler(24)}@a.upstash.io" }, 1, null]\n}\n`,
  "app.json": `{ "expo": { "extra": { "upstash": { "token": "${indexToken()}" } } } }\n`,
  "wrangler.toml": `# c\n[vars]\nUPSTASH_REDIS_REST_TOKEN = "${redisToken()}"\n"a.b".c = { QSTASH_TOKEN = '''${qstashToken()}''', d = [1, "redis://a.upstash.io"] }\n[[x]]\ny = """\nhttp://a.upstash.io"""\n`,
};

/** ESLint turns what a rule throws into an exception. */
const lint = (filename: string, code: string): Linter.LintMessage[] => new Linter({ cwd: "/" }).verify(code, configs, { filename: `/${filename}` });

/** Texts that come from a seed by a few edits, as somebody types. */
const edited = (seed: string): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.nat(seed.length), fc.nat(12), fc.constantFrom("", "", '"', "'", "`", "\\", "#", "=", ":", "{", "}", "[", "]", "\n", "\r\n", "$", "${", "é", "//", "/*", "\u0000")), { minLength: 1, maxLength: 4 })
    .map((edits) => edits.reduce((text, [at, length, inserted]) => text.slice(0, at) + inserted + text.slice(at + length), seed));

describe.each(Object.entries(SEEDS))("%s", (filename, seed) => {
  it("has something to report", () => {
    const messages = lint(filename, seed);
    expect(messages.every(({ ruleId }) => ruleId !== null)).toBe(true);
    expect(messages.length).toBeGreaterThan(filename === "app.json" ? 0 : 2);
  });

  it("never makes a rule throw, half typed or mistyped", () => {
    for (let end = 0; end < seed.length; end += 3) lint(filename, seed.slice(0, end));
    fc.assert(fc.property(edited(seed), (text) => void lint(filename, text)), { numRuns: 100 });
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (text) => void lint(filename, `${text}\nUPSTASH_`)), { numRuns: 50 });
  });

  it("has fixes and suggestions that fit, and places that exist", () => {
    fc.assert(
      fc.property(fc.oneof(fc.constant(seed), edited(seed)), (text) => {
        const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
        for (const { fix, suggestions = [], line, column, ruleId } of lint(filename, text)) {
          if (ruleId === null) continue;
          expect(lines.length).toBeGreaterThanOrEqual(line);
          expect(column).toBeGreaterThan(0);
          for (const edit of [...(fix ? [fix] : []), ...suggestions.map((suggestion) => suggestion.fix)]) {
            const [start, end] = edit.range;
            const output = text.slice(0, start) + edit.text + text.slice(end);
            expect(lint(filename, output).filter((message) => message.ruleId === null)).toEqual([]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it.each(["\"", "'", "", "{ \"a\": \"", "{ 'a': '\\", "A='", 'A="'])("ends where it breaks off after a backslash: %j", (start) => {
    for (const text of [`${start}\\`, `${seed}${start}\\`, `${seed.trimEnd().slice(0, -1)}${start}\\`]) lint(filename, text);
  });

  it("is fixed in one go", () => {
    const { output } = new Linter({ cwd: "/" }).verifyAndFix(seed, configs, { filename: `/${filename}` });
    expect(new Linter({ cwd: "/" }).verifyAndFix(output, configs, { filename: `/${filename}` }).fixed).toBe(false);
  });
});

describe("TOML by its parser alone, in the language of JavaScript", () => {
  const config = { files: ["**/*.toml"], languageOptions: { parser: tomlParser }, plugins: { upstash: plugin }, rules: every } as unknown as Linter.Config;

  it("is read all the same, and makes no rule throw", () => {
    const verify = (text: string): Linter.LintMessage[] => new Linter({ cwd: "/" }).verify(text, config, { filename: "/wrangler.toml" });
    const seed = SEEDS["wrangler.toml"] ?? "";
    expect(verify(seed).map(({ messageId }) => messageId)).toEqual(lint("wrangler.toml", seed).map(({ messageId }) => messageId));
    fc.assert(fc.property(edited(seed), (text) => void verify(text)), { numRuns: 50 });
  });
});
