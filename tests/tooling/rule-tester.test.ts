import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { project } from "../helpers/project.ts";
import { lint, lostComments, mendsOf, problemsAfter } from "../helpers/round-trip.ts";
import { runRule } from "../helpers/rule-tester.ts";
import { newErrors, typeErrors } from "../helpers/type-check.ts";
import { throwawayRule } from "./throwaway-rule.ts";

const at = { line: 1, column: 1, endLine: 1, endColumn: 7 };

runRule("no-bad-call", throwawayRule("Math.abs(1)"), {
  valid: [
    { name: "another call", code: "good(1);" },
    { name: "JSX", code: "export const a = <p>bad</p>;", filename: "components/a.tsx" },
  ],
  invalid: [
    {
      name: "the call",
      code: "bad(1);",
      errors: [
        { messageId: "bad", data: { name: "bad" }, ...at, suggestions: [{ messageId: "replace", output: "Math.abs(1);" }] },
      ],
    },
    {
      name: "two calls, in a project of its own",
      code: 'import { one } from "@/lib/one";\nbad(1); bad(one);',
      filename: "app/page.ts",
      files: { "lib/one.ts": "export const one = 1;" },
      options: { level: "high" },
      errors: [
        {
          messageId: "bad",
          data: { name: "bad" },
          ...{ line: 2, column: 1, endLine: 2, endColumn: 7 },
          suggestions: [
            { messageId: "replace", output: 'import { one } from "@/lib/one";\nMath.abs(1); bad(one);' },
          ],
        },
        {
          messageId: "bad",
          data: { name: "bad" },
          ...{ line: 2, column: 9, endLine: 2, endColumn: 17 },
          suggestions: [
            { messageId: "replace", output: 'import { one } from "@/lib/one";\nbad(1); Math.abs(1);' },
          ],
        },
      ],
    },
  ],
});

describe("the fix round trip", () => {
  const problems = (code: string, suggestion: string): string[] => {
    const cwd = project();
    const place = {
      rule: throwawayRule(suggestion) as never,
      cwd,
      filename: path.join(cwd, "a.ts"),
      options: [],
      settings: {},
    };
    const before = lint(code, place);
    return mendsOf(code, before).flatMap((mend) => problemsAfter(mend, code, before, lint(mend.output, place)));
  };

  it("accepts a mend that leaves the other reports where they were", () => {
    expect(problems("bad(1);\nbad(2); bad(3);", "aMuchLongerName()")).toEqual([]);
  });
  it("sees a mend that keeps its report", () => {
    expect(problems("bad(1);", "bad(2)")).toEqual([expect.stringContaining("reports bad at 1:1")]);
  });
  it("sees a mend that brings a new report", () => {
    expect(problems("bad(1);", "f(bad(1), bad(2))")).toHaveLength(2);
  });
  it("sees a mend that does not parse", () => {
    expect(problems("bad(1);", "good(")).toEqual([expect.stringContaining("does not parse")]);
  });
  it("sees lost comments", () => {
    expect(lostComments("a(/* why */); // end", "b(); // end", "a.ts")).toEqual(["why"]);
  });
});

describe("the type check of outputs", () => {
  const errorsOf = (before: string, after: string, files = {}): string[] => {
    const [old = [], now = []] = typeErrors(
      [before, after].map((code) => ({ code, filename: "app/api/a/route.ts", files })),
    );
    return newErrors(old, now);
  };
  const limiter = 'import { Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\n';

  it("passes code that fits the real packages", () => {
    const after = `${limiter}export const r = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(1, "1 s") });`;
    expect(errorsOf("", after)).toEqual([]);
  });
  it("sees code that does not", () => {
    expect(errorsOf("", `${limiter}export const r = new Ratelimit({ redis: Redis.fromEnv() });`)).not.toEqual([]);
    expect(errorsOf("", 'import { nope } from "@upstash/redis"; nope();')).not.toEqual([]);
    expect(errorsOf("", "notDeclared();")).toEqual(["TS2304: Cannot find name 'notDeclared'."]);
  });
  it("forgives what was wrong before", () => {
    expect(errorsOf("notDeclared();", "notDeclared(); export {};")).toEqual([]);
  });
  it("resolves the project's own files through its alias", () => {
    const files = { "lib/one.ts": "export const one = 1;" };
    expect(errorsOf("", 'import { one } from "@/lib/one"; export const two: string = one;', files)).toEqual([
      "TS2322: Type 'number' is not assignable to type 'string'.",
    ]);
  });
});

describe("project()", () => {
  it("writes the defaults and what it is given", () => {
    const root = project({ "app/page.tsx": "export default () => null;" });
    for (const file of ["package.json", "tsconfig.json", "app/page.tsx", "node_modules/@upstash/redis"]) {
      expect(existsSync(path.join(root, file)), file).toBe(true);
    }
  });
});
