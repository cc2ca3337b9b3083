import parser from "@typescript-eslint/parser";
import { describe, expect, it } from "vitest";
import { syntaxMatrix } from "../helpers/syntax-matrix.ts";
import { typeErrors } from "../helpers/type-check.ts";

const values = (value: string, except?: Record<string, string>) =>
  syntaxMatrix.value(
    value,
    (setup, expr) => `export async function write(user: { email: string }) {\n${setup}\nreturn [user, ${expr}];\n}`,
    except === undefined ? {} : { except },
  );
const clients = syntaxMatrix.client((imports, expr) => `${imports}\nexport const got = await ${expr}.get("key");`);

describe.each([
  ["a member", values("user.email")],
  ["an environment variable", values("process.env.UPSTASH_REDIS_REST_TOKEN")],
  ["a literal", values('"secret"')],
  ["a client", clients],
])("the forms of %s", (_, forms) => {
  it("are many, each with its own name and code", () => {
    expect(forms.length).toBeGreaterThanOrEqual(25);
    expect(new Set(forms.map((form) => form.name)).size).toBe(forms.length);
    expect(new Set(forms.map(({ code, files }) => JSON.stringify([code, files]))).size).toBe(forms.length);
  });

  it("parse as TypeScript, with and without JSX", () => {
    for (const { name, code, files = {} } of forms) {
      for (const [filePath, text] of [["a.ts", code], ["a.tsx", code], ...Object.entries(files)] as [string, string][]) {
        const parse = () => parser.parse(text, { filePath, ecmaFeatures: { jsx: true }, sourceType: "module" });
        expect(parse, `${name}, ${filePath}`).not.toThrow();
      }
    }
  });
});

it("a client's forms are what they say: `.get()` of each type-checks", () => {
  // `import = require` is for CommonJS output only; the left side of a comma need not do anything
  const excused = /^TS(?:1202|2695):/;
  const errors = typeErrors(clients.map(({ code, files = {} }) => ({ filename: "app/a.ts", code, files })));
  clients.forEach(({ name }, index) => {
    expect(errors[index]?.filter((error) => !excused.test(error)), name).toEqual([]);
  });
});

it("forms can be left out by name", () => {
  const all = values("user.email");
  expect(values("user.email", { comma: "a reason" })).toHaveLength(all.length - 1);
  expect(() => values("user.email", { nope: "a reason" })).toThrow('no form "nope"');
});
