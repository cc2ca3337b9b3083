import { describe, expect, it } from "vitest";
import { envReads, runtimeImports } from "../../src/model/environment.ts";
import { withModel } from "./file-model.ts";

const reads = (code: string, files: Readonly<Record<string, string>> = {}): string[] =>
  withModel({ ...files, "lib/a.ts": code }, "lib/a.ts", (file) => envReads(file).map(({ name, via }) => `${name} (${via})`));

describe("envReads()", () => {
  it.each([
    ["process.env.A_B;", ["A_B (process.env)"]],
    ['process["env"]["A_B"];', ["A_B (process.env)"]],
    ['Deno.env.get("A_B");', ["A_B (Deno.env)"]],
    ["const { A_B, C_D = 1, ...rest } = import.meta.env;", ["A_B (import.meta.env)", "C_D (import.meta.env)"]],
    ['const copy = { ...process.env, C_D: "" }; copy.A_B; copy.C_D;', ["A_B (process.env)"]],
    ["process.env.A_B ??= '';", ["A_B (process.env)"]],
    ["process.env.A_B = '';", []],
    ["process.env[unknown];", []],
    ["const env = {}; env.A_B;", []],
    ["const { A_B } = unknown();", []],
  ])("%s", (code, expected) => {
    expect(reads(code)).toEqual(expected);
  });

  it("reads the modules of frameworks", () => {
    expect(reads('import { env } from "cloudflare:workers"; env.A_B;')).toEqual(["A_B (module)"]);
    expect(reads('import { A_B } from "astro:env/server"; use(A_B);')).toEqual(["A_B (module)"]);
    expect(reads('import { getSecret } from "astro:env/server"; getSecret("A_B");')).toEqual(["A_B (module)"]);
    expect(reads('import { cleanEnv } from "envalid"; const env = cleanEnv(process.env, {}); env.A_B;')).toEqual(["A_B (module)"]);
  });

  it("tells a read of another module once, where it comes in", () => {
    const files = { "lib/b.ts": "export const token = process.env.A_B;\n" };
    expect(reads('import { token } from "./b"; const copy = String(token); use(token, copy.length);', files)).toEqual(["A_B (module)"]);
  });

  it("ends where modules import each other", () => {
    const files = { "lib/b.ts": 'import { token } from "./a";\nexport const other = token;\n' };
    expect(reads('import { other } from "./b"; export const token = other; use(token);', files)).toEqual([]);
  });
});

describe("runtimeImports()", () => {
  it("leaves out what is there for types, or not used at all", () => {
    const code = 'import a, { b, c, type d } from "x"; import type e from "x"; export { f, type g } from "x"; use(a); type T = typeof b;';
    const names = withModel({ "lib/a.ts": code }, "lib/a.ts", (file) => runtimeImports(file, (nodes) => nodes).map(({ value }) => value.name));
    expect(names).toEqual(["default", "f"]);
  });
});
