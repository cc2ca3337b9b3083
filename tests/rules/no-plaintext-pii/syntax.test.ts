import path from "node:path";
import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/no-plaintext-pii.ts";
import { project } from "../../helpers/project.ts";
import { lint, mendsOf, problemsAfter } from "../../helpers/round-trip.ts";
import { syntaxMatrix, type MatrixCase } from "../../helpers/syntax-matrix.ts";

/* However a value is written and a client is reached: one report, and a suggestion after which it is gone. */

const shared = project();

function check({ code, files }: MatrixCase): void {
  const filename = "lib/example.ts";
  const placed = (text: string): { place: Parameters<typeof lint>[1]; text: string } => {
    const cwd = files === undefined ? shared : project({ ...files, [filename]: text });
    return { text, place: { rule: rule as never, cwd, filename: path.join(cwd, filename), options: [], settings: {} } };
  };
  const { place } = placed(code);
  const before = lint(code, place);
  expect(before.map(({ message }) => message)).toEqual([expect.stringMatching(/stores an email address \(`\w+`\) in plain text/)]);
  const mends = mendsOf(code, before);
  expect(mends).toHaveLength(1);
  for (const mend of mends) {
    const after = lint(mend.output, placed(mend.output).place);
    expect(problemsAfter(mend, code, before, after), mend.output).toEqual([]);
  }
}

const values = (command: (expr: string) => string): MatrixCase[] =>
  syntaxMatrix.value(
    "user.email",
    (setup, expr) => `import { Redis } from "@upstash/redis";
const redis = Redis.fromEnv();
export async function save(user: { email: string }) {
  ${setup}
  await ${command(expr)};
}
`,
    { except: { "globalThis singleton": "the model does not follow assignments to globals" } },
  );

describe("forms of a stored value", () => {
  it.each(values((expr) => `redis.set("k", ${expr})`))("$name", check);
});

describe("forms of a field's value", () => {
  it.each(values((expr) => `redis.hset("k", { field: ${expr} })`))("$name", check);
});

describe("forms of a client", () => {
  const cases = syntaxMatrix.client(
    (imports, expr) => `${imports}
export async function save(user: { email: string }) {
  await ${expr}.set("k", user.email);
}
`,
    {
      except: {
        "dynamic import in .then()": "the model does not know the parameter of such a callback",
        "dynamic import in .then(), destructured": "as above",
        "own module, dynamic import in .then()": "as above",
      },
    },
  );
  it.each(cases)("$name", check);
});
