import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import plugin from "../src/index.ts";
import { project, repositoryRoot, type ProjectFiles } from "./helpers/project.ts";

/** Lints with every rule; a rule that throws fails the test. Code that does not parse has ESLint's own message. */
function lint(cwd: string, filename: string, code: string): number {
  return new Linter({ configType: "flat", cwd }).verify(
    code,
    {
      files: ["**/*.ts", "**/*.tsx"],
      languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      plugins: { upstash: plugin },
      rules: Object.fromEntries(Object.keys(plugin.rules).map((name) => [`upstash/${name}`, "error"])),
    },
    { filename: path.join(cwd, filename) },
  ).length;
}

const example = path.join(repositoryRoot, "example");
const sources = readdirSync(example, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/u.test(file) && !/node_modules|\.next/u.test(file));

describe("code as an editor sends it", () => {
  it.each(sources)("%s, half typed", (file) => {
    const text = readFileSync(path.join(example, file), "utf8");
    const step = Math.max(7, Math.floor(text.length / 40));
    for (let end = 0; end < text.length; end += step) lint(example, file, text.slice(0, end));
    // A line that is not there yet, or twice.
    const lines = text.split("\n");
    for (let at = 0; at < lines.length; at += 3) {
      lint(example, file, lines.toSpliced(at, 1).join("\n"));
      lint(example, file, lines.toSpliced(at, 0, lines[at] ?? "").join("\n"));
    }
  });
});

describe("projects that are not in order", () => {
  const route = 'import { redis } from "@/lib/a"; import * as all from "@/lib/a"; export async function POST(r: Request) { const { email } = await r.json(); await redis.set("k", email); await all.redis.set("k", { ...all }); return Response.json({}); }\n';

  it.each<[string, ProjectFiles]>([
    ["imports in a circle", { "lib/a.ts": 'export * from "./b"; export { redis } from "./b";', "lib/b.ts": 'export * from "./a"; export { redis } from "./a";' }],
    ["a module that imports itself", { "lib/a.ts": 'import { redis } from "./a"; export { redis };' }],
    ["a module that does not parse", { "lib/a.ts": "export const redis = (((;" }],
    ["an empty module", { "lib/a.ts": "" }],
    ["a module that is not there", {}],
    ["a broken tsconfig", { "tsconfig.json": '{ "compilerOptions": { "paths": {', "lib/a.ts": "export const redis = 1;" }],
    ["a tsconfig that extends itself", { "tsconfig.json": '{ "extends": "./tsconfig.json" }', "lib/a.ts": "" }],
    ["a broken package.json", { "package.json": "[", "lib/a.ts": "" }],
    ["values and types in circles", { "lib/a.ts": "export const redis = make(() => redis); function make(f) { return f() ?? make(f); } export type T = T[] | { t: T };" }],
    ["functions that call each other", { "lib/a.ts": "const a = (x) => b(a(x)); const b = (x) => a(b(x)) ?? c(a, b); const c = (...f) => f.map((g) => g(c(...f))); export const redis = a(b(c(a)));" }],
  ])("%s", (_, files) => {
    const cwd = project({ ...files, "app/api/x/route.ts": route });
    expect(() => lint(cwd, "app/api/x/route.ts", route)).not.toThrow();
  });
});

describe("code that leads to itself in many ways", () => {
  it("has an end", () => {
    const names = Array.from({ length: 24 }, (_, index) => `f${String(index)}`);
    const functions = names.map((name) => `async function ${name}(x) { const y = x ?? ${names.map((other) => `${other}(x)`).join(" ?? ")}; await redis.get(y.a); return { ...y, a: ${names.map((other) => `(await ${other}(y)).a`).join(" || ")} }; }`);
    const code = `import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\n${functions.join("\n")}\nexport async function POST(r) { const z = await f0(await r.json()); await redis.set("k", z); return Response.json(z); }\n`;
    const cwd = project({ "app/api/x/route.ts": code });
    const start = performance.now();
    lint(cwd, "app/api/x/route.ts", code);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it("has an end where values hold themselves", () => {
    const code = `import { Redis } from "@upstash/redis";
import { z } from "zod";
const redis = Redis.fromEnv();
const codes = {};
codes.all = codes;
codes.list = [codes, codes.all];
let env = { token: process.env.UPSTASH_REDIS_REST_TOKEN };
env = { ...env, env, list: [env] };
env.self = env;
let schema = z.object({});
schema = schema.and(schema);
function checkRateLimit() { const answer = {}; answer.self = answer; answer.list = [answer]; return answer; }
export async function POST(request) {
  let body = await request.json();
  body = z.parse(codes, body, env, schema);
  body = body || (body && codes);
  if (!checkRateLimit(body) || body) return new Response(null, { status: 429 });
  await redis.set(body.key, { body, codes, env });
  return Response.json({ body, env, codes, schema: schema.parse(process.env) });
}
`;
    const cwd = project({ "app/api/x/route.ts": code });
    expect(() => lint(cwd, "app/api/x/route.ts", code)).not.toThrow();
  });

  /** Each line writes the variable once more, from what it was. */
  const WRITES: readonly (readonly [name: string, write: (index: number) => string])[] = [
    ["a helper's answer, and more", (index) => `v = put("line ${String(index)}", v); v += ${String(index)};`],
    ["in branches", (index) => `if (v > ${String(index)} && body.a${String(index)}) { v = put(body.b, v) ?? v; } else { v += v; }`],
    ["where it hangs on itself", (index) => `if (!v) { v = body.token; } if (v !== body.token${String(index)} && note?.secretToken !== v) return new Response(null, { status: 401 });`],
    ["in texts", (index) => `v = \`\${v}${String(index)}\${v}\`;`],
    ["in choices", (index) => `v = v && (body.a${String(index)} || v) ? v ?? body : v || put(v, v);`],
    ["in objects", (index) => `v = { ...v, a${String(index)}: v, b: [v, ...[v]] };`],
    ["in members", (index) => `v = v.a[v.b${String(index)}] ?? v.concat(v);`],
    ["in new variables", (index) => `const v${String(index)} = v && v${String(Math.max(0, index - 1))} || !v; v = v${String(index)};`],
    ["in functions", (index) => `const f${String(index)} = (x) => x && f${String(Math.max(0, index - 1))}(v) && f${String(Math.max(0, index - 1))}(x); v = f${String(index)}(v);`],
  ];

  it.each(WRITES)("has an end where a variable is written over and over: %s", (_, write) => {
    const writes = Array.from({ length: 50 }, (_item, index) => `  ${write(index)}`).join("\n");
    const work = `  let v = body.start;\n  const note = await redis.get("note");\n${writes}\n  if (v > 200 && body.more) await redis.set(\`k:\${v}\`, v);\n  await fetch(\`\${process.env.UPSTASH_REDIS_REST_URL}/get/\${v}\`, { headers: { a: v } });`;
    const code = `import { Redis } from "@upstash/redis";
import { auth } from "@clerk/nextjs/server";
const redis = Redis.fromEnv();
function put(text, y) { if (y > 270) { y = 20; } return y; }
async function report(body, user) {
${work}
  return v;
}
export async function POST(r) {
  const { userId } = await auth();
  const body = await r.json();
${work}
  if (!v) return new Response(null, { status: 401 });
  const done = await report(body, userId);
  if (done === v) return new Response(null, { status: 429 });
  return Response.json({ v, done });
}
`;
    const cwd = project({ "app/api/x/route.ts": code });
    const { user, system } = process.cpuUsage();
    lint(cwd, "app/api/x/route.ts", code);
    const used = process.cpuUsage({ user, system });
    expect((used.user + used.system) / 1000).toBeLessThan(20_000);
  });
});
