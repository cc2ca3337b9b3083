import { describe, expect, it } from "vitest";
import { syntaxMatrix } from "../../helpers/syntax-matrix.ts";
import { canonicalName, probed, sources } from "../probe.ts";

describe("a value in every form", () => {
  const forms = syntaxMatrix.value(
    "process.env.SECRET",
    (setup, expr) => `export async function work() {\n${setup}\nprobe(${expr});\n}\n`,
  );
  it.each(forms)("$name", ({ code, files }) => {
    expect(sources(code, files)).toContain("env SECRET");
  });
});

describe("constants", () => {
  it.each([
    ["a string", '"a"', ['"a"']],
    ["a template without parts", "`a`", ['"a"']],
    ["a number", "1", ["1"]],
    ["a bigint", "10n", ["10"]],
    ["true", "true", ["true"]],
    ["null", "null", ["null"]],
    ["undefined", "undefined", ["undefined"]],
    ["a regular expression", "/a+/u", ['"/a+/u"']],
    ["a concatenation", '"a" + "b" + `c`', ['"abc"']],
    ["texts that are joined", '["a", "b", "c"].join(":")', ['"a:b:c"']],
    ["texts that are joined by nothing", '["a", "b"].join("")', ['"ab"']],
    ["texts that are joined without a separator", '["a", "b"].join()', ['"a,b"']],
    ["concat", '"a".concat("b", "c")', ['"abc"']],
    ["lists are joined to no text by concat", '["a"].concat("b")', ["call"]],
    ["a sum is none", "1 + 2", ["1", "2"]],
    ["a comma", '(0, "a")', ['"a"']],
    ["an assignment", '(given = "a")', ['"a"']],
    ["a comparison is an operation on what it compares", 'given === "a"', ["global given", '"a"']],
    ["an enum member", "Level.High", ['"high"']],
    ["a numbered enum member", "Level.Low", ["0"]],
    ["a frozen object's member", 'Object.freeze({ a: "x" }).a', ['"x"']],
    ["a structured clone", 'structuredClone({ a: "x" }).a', ['"x"']],
  ])("%s", (_name, expr, expected) => {
    expect(sources(`enum Level { Low, High = "high" }\nprobe(${expr});`)).toEqual(expected);
  });
});

describe("several possible values", () => {
  it.each([
    ["a ternary", 'probe(given ? "a" : "b");', ['"a"', '"b"']],
    ["assignments", 'let x = "a"; if (given) x = "b"; else x = "c"; probe(x);', ['"a"', '"b"', '"c"']],
    ["a function with several returns", 'function f() { if (given) return "a"; return "b"; } probe(f());', ['"a"', '"b"']],
    ["a default in a pattern", 'const { a = "b" } = { a: "a" }; probe(a);', ['"a"', '"b"']],
    ["nested ternaries", 'probe(a ? "1" : b ? "2" : "3");', ['"1"', '"2"', '"3"']],
    ["the elements that a loop goes through", 'for (const x of ["a", "b"]) probe(x);', ['"a"', '"b"']],
    ["the elements that a loop assigns", 'let x; for (x of ["a", "b"]) probe(x);', ['"a"', '"b"']],
    ["an unknown index", 'probe(["a", "b"][given]);', ['"a"', '"b"']],
    ["a member assigned later", 'const o = { a: "1" }; o.a = "2"; probe(o.a);', ['"1"', '"2"']],
    ["what is pushed", 'const list = ["a"]; list.push("b"); for (const x of list) probe(x);', ['"a"', '"b"']],
  ])("%s", (_name, code, expected) => {
    expect(sources(code)).toEqual(expected);
  });
});

describe("what can't be known", () => {
  it.each([
    ["a parameter", "function f(given) { probe(given); }", ["parameter given"]],
    ["a global", "probe(given);", ["global given"]],
    ["the call of a global", "probe(given());", ["call"]],
    ["a variable without a value", "let x; probe(x);", ["unknown"]],
    ["a name caught", "try { f(); } catch (error) { probe(error); }", ["unknown"]],
    ["a module that is not there", 'import { a } from "./missing"; probe(a);', ["./missing#a"]],
    ["a name that a module does not export", 'import { b } from "./other"; probe(b);', ["./other#b"]],
    ["a spread argument's place", "function f(a, b) { return b; } probe(f(...given));", ["parameter b"]],
  ])("%s", (_name, code, expected) => {
    expect(sources(code, { "lib/other.ts": "export const a = 1;" })).toEqual(expected);
  });

  it.each([
    ["a variable defined through itself", "let x = x; probe(x);"],
    ["two variables defined through each other", "let a = b; let b = a; probe(a);"],
    ["a function that calls itself", "function f(n) { return n ? f(n - 1) : f(n); } probe(f(1));"],
    ["functions that call each other", "const f = () => g(); const g = () => f(); probe(f());"],
    ["a class that extends itself", "class A extends A { a = this.a; } probe(new A().a);"],
    ["a spread of itself", "const o = { ...o }; probe(o.a);"],
    ["an object that holds itself", "const o = {}; o.o = o; probe(o.o.o.o.a);"],
    ["a deep chain of members", `probe(given${".a".repeat(500)});`],
    ["a long concatenation", `probe(${Array.from({ length: 300 }, (_, index) => `g${String(index)}`).join(" + ")});`],
    ["many alternatives", `let x; ${"x = f(x);".repeat(300)} probe(x);`],
    ["a function that returns what it makes of itself", "const f = (a) => f((b) => a(b))(f); probe(f(f));"],
  ])("ends at %s", (_name, code) => {
    expect(sources(code).length).toBeGreaterThan(0);
  });
});

describe("scopes", () => {
  it.each([
    ["an inner variable hides an outer one", 'const x = "outer"; { const x = "inner"; probe(x); }', ['"inner"']],
    ["a parameter hides an outer variable", 'const x = "outer"; function f(x) { probe(x); }', ["parameter x"]],
    ["an outer variable is seen in a function", 'const x = "outer"; function f() { probe(x); }', ['"outer"']],
    ["var leaves its block", '{ var x = "a"; } probe(x);', ['"a"']],
    ["a function is known before its place", 'probe(f()); function f() { return "a"; }', ['"a"']],
    ["a named function expression", "const g = function f() { probe(f); };", ["function"]],
    ["a parameter's default sees outer names only", 'const x = "a"; function f(y = x) { probe(y); } ', ["parameter y", '"a"']],
    ["arguments", 'const f = (a, { b }) => b; probe(f("x", { b: "y" }));', ['"y"']],
    ["a rest parameter stays open", 'const f = (...all) => all; probe(f("x"));', ["parameter all"]],
    ["a generic call", 'const f = <T,>(a: T) => a; probe(f<string>("x"));', ['"x"']],
    ["a private class field", 'class A { #a = "x"; read() { return this.#a; } } probe(new A().read());', ['"x"']],
    ["an accessor field", 'class A { accessor a = "x"; } probe(new A().a);', ['"x"']],
    ["a parameter property", "class A { constructor(private a: string) {} read() { probe(this.a); } }", ["parameter a"]],
    ["an inherited field", 'class A { a = "x"; } class B extends A {} probe(new B().a);', ['"x"']],
    ["a field of super", 'class A { a() { return "x"; } } class B extends A { b() { probe(super.a()); } }', ['"x"']],
    ["an inherited static", 'class A { static a = "x"; } class B extends A {} probe(B.a);', ['"x"']],
    ["a static that is set when it is first asked for", 'class A { static a; static get() { if (!A.a) A.a = "x"; return A.a; } } probe(A.get());', ['"x"']],
    ["the same, by this", 'class A { private static a: string | null = null; static get() { return (this.a ??= "x"); } } probe(A.get());', ["null", '"x"']],
    ["a field that is set later", 'class A { private a?: string; read() { if (!this.a) this.a = "x"; return this.a; } } probe(new A().read());', ['"x"']],
    ["a private field that is set later", 'class A { #a; read() { this.#a ||= "x"; return this.#a; } } probe(new A().read());', ['"x"']],
    ["a field that is set in a branch of the constructor", 'class A { a: string; constructor() { if (given) this.a = "x"; else { this.a = "y"; } } } probe(new A().a);', ['"x"', '"y"']],
    ["a field that is emptied again", 'class A { a = null; set() { this.a = "x"; } clear() { this.a = null; } } probe(new A().a);', ["null", '"x"']],
    ["a field with a value keeps it", 'class A { a = "x"; set() { this.a = "y"; } } probe(new A().a);', ['"x"']],
    ["a field of another class, or of another function", 'class A { a; set() { class B { b() { this.a = "x"; } } function f() { this.a = "y"; } } } probe(new A().a);', ["unknown"]],
    ["a field that a parameter sets", "class A { a; set(b) { this.a = b; } } probe(new A().a);", ["unknown"]],
  ])("%s", (_name, code, expected) => {
    expect(sources(code)).toEqual(expected);
  });
});

describe("the environment in every form", () => {
  it.each([
    ["process.env", "process.env.A"],
    ["by string", 'process.env["A"]'],
    ["by constant", "process.env[NAME]"],
    ["by destructuring", "env", "const { A: env } = process.env;"],
    ["through globalThis", "globalThis.process.env.A"],
    ["by import", "env.A", 'import { env } from "node:process";'],
    ["by default import", "proc.env.A", 'import proc from "process";'],
    ["by namespace import", "proc.env.A", 'import * as proc from "node:process";'],
    ["by require", 'require("node:process").env.A'],
    ["import.meta.env", "import.meta.env.A"],
    ["Deno.env.get", 'Deno.env.get("A")'],
    ["Deno.env.get of an alias", 'env.get("A")', "const { env } = Deno;"],
    ["Bun.env", "Bun.env.A"],
    ["through an alias", "e.A", "const e = process.env;"],
    ["through an object", "config.a", "const config = { a: process.env.A };"],
    ["asserted", "(process.env as Record<string, string>).A"],
    ["optional", "process?.env?.A"],
  ])("%s", (_name, expr, setup = "") => {
    expect(sources(`${setup}\nconst NAME = "A";\nprobe(${expr});`)).toEqual(["env A"]);
  });

  it("is not what is only called process", () => {
    expect(sources("const process = given; probe(process.env.A);")).toEqual(["global given.env.A"]);
  });
});

describe("what a value is called in the outside world", () => {
  it.each([
    ["a named import", 'import { Redis } from "@upstash/redis"; probe(Redis.fromEnv);', "@upstash/redis#Redis.fromEnv"],
    ["an entry point", 'import { Redis } from "@upstash/redis/cloudflare"; probe(Redis);', "@upstash/redis/cloudflare#Redis"],
    ["a namespace", 'import * as u from "@upstash/redis"; probe(u.Redis);', "@upstash/redis#Redis"],
    ["a default import", 'import Stripe from "stripe"; probe(new Stripe("x").charges.create);', "stripe#default.charges.create"],
    ["Deno's npm:", 'import { Redis } from "npm:@upstash/redis@1"; probe(Redis);', "@upstash/redis#Redis"],
    ["npm: with an entry point", 'import { Redis } from "npm:@upstash/redis@1.35.0/cloudflare"; probe(Redis);', "@upstash/redis/cloudflare#Redis"],
    ["esm.sh", 'import { Redis } from "https://esm.sh/@upstash/redis@1.35.0"; probe(Redis);', "@upstash/redis#Redis"],
    ["a node: module", 'import { createHash } from "node:crypto"; probe(createHash("x").update);', "crypto#createHash.update"],
    ["a global", "probe(fetch);", "global#fetch"],
    ["an environment variable", "probe(process.env.A);", "env#A"],
    ["require", 'probe(require("resend").Resend);', "resend#Resend"],
    ["dynamic import", '(async () => probe((await import("resend")).Resend))();', "resend#Resend"],
    ["dynamic import and then", 'import("resend").then(({ Resend }) => probe(Resend));', "resend#Resend"],
    ["by declared type", 'import type { Redis } from "@upstash/redis"; function f(db: Redis) { probe(db.set); }', "@upstash/redis#Redis.set"],
    ["by an alias of a type", 'import type { Redis } from "@upstash/redis"; type Db = Redis; function f(db: Db) { probe(db.set); }', "@upstash/redis#Redis.set"],
    ["by a type in a namespace", 'import type * as u from "@upstash/redis"; function f(db: u.Redis) { probe(db.set); }', "@upstash/redis#Redis.set"],
    ["by a type among others", 'import type { Redis } from "@upstash/redis"; function f(db: Redis | null) { probe(db.set); }', "@upstash/redis#Redis.set"],
    ["by a field's type", 'import type { Redis } from "@upstash/redis"; class A { db: Redis; f() { probe(this.db.set); } }', "@upstash/redis#Redis.set"],
    ["through a subclass", 'import { Redis } from "@upstash/redis"; class Db extends Redis {} probe(new Db({}).set);', "@upstash/redis#Redis.set"],
    ["a ternary that may be null", 'import { a } from "pkg"; const x = given ? a : null; probe(x);', "pkg#a"],
    ["a function of this file", "function f() {} probe(f);", undefined],
    ["a literal", 'probe("x");', undefined],
    ["a parameter without a type", "function f(x) { probe(x); }", undefined],
  ])("%s", (_name, code, expected) => {
    expect(canonicalName(code)).toBe(expected);
  });
});

describe("questions to the tracer", () => {
  it("finds a constant only where there is one", () => {
    const constant = (expr: string) =>
      probed(`probe(${expr});`, (file, located) => file.tracer.constant(located));
    expect(constant('"a"')).toBe("a");
    expect(constant('given ? "a" : "b"')).toBeUndefined();
    expect(constant("given")).toBeUndefined();
  });

  it("gives a property's values, and none where the object lacks it", () => {
    const property = (expr: string, name: string) =>
      probed(`probe(${expr});`, (file, located) => file.tracer.property(located, name).length);
    expect(property('{ a: "x" }', "a")).toBe(1);
    expect(property('{ a: "x" }', "b")).toBe(0);
    expect(property('{ ...{ a: "x" }, b: 1 }', "a")).toBe(1);
    expect(property("given", "a")).toBe(0);
  });

  it("gives the functions that a value may be", () => {
    const names = probed("const f = () => 1; const g = () => 2; probe(given ? f : g);", (file, located) =>
      file.tracer.functions(located).map(({ fn }) => fn.name),
    );
    expect(names).toEqual(["f", "g"]);
  });
});
