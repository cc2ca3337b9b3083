import { expect, it } from "vitest";
import rule from "../../../src/rules/no-hardcoded-credentials.ts";
import { filler, redisToken } from "../../helpers/fake-credentials.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import { exceptAroundText, syntaxMatrix } from "../../helpers/syntax-matrix.ts";
import { REDIS, URL } from "./shared.ts";

const SECRET = filler(32, 47);

/** What is joined with other text is no credential any more; the beginning of the list is one. */
const EXCEPT = {
  ...exceptAroundText("text around it makes it another value"),
  "&& guarded": "is a boolean else",
};

it.each(syntaxMatrix.value(`"${SECRET}"`, (setup, expr) => `${REDIS}export async function held() {\n${setup}\nreturn new Redis({ ${URL}, token: ${expr} });\n}\n`, { except: EXCEPT }))(
  "knows a token given as: $name",
  ({ code, files }) => {
    const messages = lintMessages("no-hardcoded-credentials", rule, { ...files, "lib/example.ts": code }, "lib/example.ts");
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain("the `token` of a Redis client");
    expect(messages[0]).not.toContain(SECRET);
  },
);

it.each(syntaxMatrix.value(`"${redisToken()}"`, (setup, expr) => `export async function held() {\n${setup}\nreturn [${expr}];\n}\n`))("knows a shape in: $name", ({ code, files }) => {
  const messages = lintMessages("no-hardcoded-credentials", rule, { ...files, "lib/example.ts": code }, "lib/example.ts");
  expect(messages).toHaveLength(1);
  expect(messages[0]).not.toContain(redisToken().slice(5));
});

it("knows options across files, through a barrel", () => {
  const files = {
    "lib/example.ts": `${REDIS}import { settings } from "@/lib/index";\nexport const redis = new Redis({ url: settings.url, token: settings.token });\n`,
    "lib/index.ts": 'export * from "./settings";\n',
    "lib/settings.ts": `export const settings = { ${URL}, token: "${SECRET}" };\n`,
  };
  expect(lintMessages("no-hardcoded-credentials", rule, files, "lib/example.ts")).toHaveLength(1);
});
