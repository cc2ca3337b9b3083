import path from "node:path";
import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/no-ignored-ttl.ts";
import { project } from "../../helpers/project.ts";
import { lint, mendsOf, problemsAfter } from "../../helpers/round-trip.ts";
import { syntaxMatrix, type MatrixCase } from "../../helpers/syntax-matrix.ts";

/* However the time is written and the client is reached: one report, and an edit after which it is gone. */

const shared = project();

const check =
  (messageId: string) =>
  ({ code, files }: MatrixCase): void => {
    const filename = "lib/example.ts";
    const placeOf = (text: string): Parameters<typeof lint>[1] => {
      const cwd = files === undefined ? shared : project({ ...files, [filename]: text });
      return { rule: rule as never, cwd, filename: path.join(cwd, filename), options: [], settings: {} };
    };
    const before = lint(code, placeOf(code));
    expect(before.map((message) => message.messageId), code).toEqual([messageId]);
    const mends = mendsOf(code, before);
    expect(mends).toHaveLength(1);
    for (const mend of mends) expect(problemsAfter(mend, code, before, lint(mend.output, placeOf(mend.output))), mend.output).toEqual([]);
  };

describe("forms of a time that is a string", () => {
  const cases = syntaxMatrix.value(
    "process.env.TTL",
    (setup, expr) => `import { Redis } from "@upstash/redis";
const redis = Redis.fromEnv();
export async function save() {
  ${setup}
  await redis.set("k", 1, { ex: ${expr} });
}
`,
    {
      except: {
        "ternary, first branch": "a test with an operation in it may be about the type",
        "ternary, second branch": "as above",
        "default of a parameter": "a parameter may be something else as well, and it has no type",
        "globalThis singleton": "the model does not follow assignments to globals",
      },
    },
  );
  it.each(cases)("$name", check("notNumber"));
});

describe("forms of a client", () => {
  const cases = syntaxMatrix.client(
    (imports, expr) => `${imports}
export async function save() {
  await ${expr}.set("k", 1, { EX: 60 });
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
  it.each(cases)("$name", check("ignored"));
});
