import path from "node:path";
import { describe, expect, it } from "vitest";
import { luaQuoteAt } from "../../src/fixes/lua-arguments.ts";
import rule from "../../src/rules/no-script-injection.ts";
import { marked, replaceOnce } from "../helpers/marks.ts";
import { project } from "../helpers/project.ts";
import { lint, mendsOf, problemsAfter } from "../helpers/round-trip.ts";
import { runRule, type InvalidCase, type ValidCase } from "../helpers/rule-tester.ts";
import { syntaxMatrix, type MatrixCase } from "../helpers/syntax-matrix.ts";

type Invalid = InvalidCase<"built" | "pass", object>;

const CLIENT = `import { Redis } from "@upstash/redis";
const redis = Redis.fromEnv();
`;

const valid = (name: string, code: string, more: Partial<ValidCase<object>> = {}): ValidCase<object> => ({ name, code: CLIENT + code, ...more });

/** What is reported is marked; `passed` is what the suggestion puts in place of what. */
function invalid(
  name: string,
  source: string,
  command: string,
  passed?: { readonly by: string; readonly edits: readonly (readonly [from: string, to: string])[] },
  more: Partial<Invalid> = {},
): Invalid {
  const { code, places, ranges } = marked(CLIENT + source);
  const part = code.slice(...(ranges[0] ?? [0, 0])).replace(/\s+/g, " ");
  const suggestions = passed && [
    { messageId: "pass" as const, data: { by: passed.by }, output: passed.edits.reduce((text, [from, to]) => replaceOnce(text, from, to), code) },
  ];
  return { name, code, errors: [{ messageId: "built", data: { command, part }, ...places[0], ...(suggestions ? { suggestions } : {}) }], ...more } as Invalid;
}

const one = (...edits: readonly (readonly [string, string])[]) => ({ by: "ARGV[1]", edits });

runRule("no-script-injection", rule, {
  valid: [
    valid("a constant", 'await redis.eval("return redis.call(\'GET\', KEYS[1])", ["k"], []);\n'),
    valid("values in KEYS and ARGV", 'export const take = (id: string) => redis.eval("return redis.call(\'GET\', KEYS[1] .. ARGV[1])", [`k:${id}`], [id]);\n'),
    valid("a constant by name", "const SCRIPT = `\n  return redis.call('INCR', KEYS[1])\n`;\nexport const run = (id: string) => redis.eval(SCRIPT, [id], []);\n"),
    valid("constants built into a constant", 'const FIELD = "count";\nconst SCRIPT = `return redis.call("HINCRBY", KEYS[1], "${FIELD}", ${60 * 60})`;\nexport const run = (id: string) => redis.eval(SCRIPT, [id], []);\n'),
    valid("a constant of another file", 'import { SCRIPT } from "@/lib/script";\nexport const run = (id: string) => redis.eval(SCRIPT, [id], []);\n', {
      files: { "lib/script.ts": 'const FIELD = "count";\nexport const SCRIPT = `return redis.call("HGET", KEYS[1], "${FIELD}")`;\n' },
    }),
    valid("numbers can't be code", 'export const run = (ttl: number, n: number) => redis.eval(`redis.call("EXPIRE", KEYS[1], ${ttl}) return ${n * 2} + ${Number("5")}`, ["k"], []);\n'),
    valid("one of several constants by type", 'export const run = (op: "INCR" | "DECR") => redis.eval(`return redis.call("${op}", KEYS[1])`, ["k"], []);\n'),
    valid("one of several constants by value", 'export const run = (up: boolean) => redis.eval(`return redis.call("${up ? "INCR" : "DECR"}", KEYS[1])`, ["k"], []);\n'),
    valid("looked up among constants", 'const OPS = { up: "INCR", down: "DECR" };\nexport const run = (name: "up" | "down") => redis.eval(`return redis.call("${OPS[name]}", KEYS[1])`, ["k"], []);\n'),
    valid("a source that comes whole from elsewhere", "export const run = (source: string) => redis.eval(source, [], []);\n"),
    valid("a source from a file", 'import { readFileSync } from "node:fs";\nexport const script = redis.createScript(readFileSync("lib/script.lua", "utf8"));\n'),
    valid("placeholders counted from a list", 'export const run = (keys: string[]) => redis.eval(`return redis.call("DEL", ${keys.map((_, index) => `KEYS[${index + 1}]`).join(", ")})`, keys, []);\n'),
    valid("constants joined", 'const LINES = ["local a = 1", "return a"];\nawait redis.eval(LINES.join("\\n"), [], []);\nawait redis.eval(LINES.map((line) => `${line};`).join("\\n"), [], []);\n'),
    valid("what the environment says", 'await redis.eval(`return redis.call("GET", "${process.env.PREFIX}:k")`, [], []);\n'),
    valid("a helper that takes constants", 'const build = (field: string) => `return redis.call("HGET", KEYS[1], "${field}")`;\nawait redis.eval(build("count"), ["k"], []);\n'),
    valid("cleaned, as settings say", 'import { luaSafe } from "@acme/lua";\nexport const run = (id: string) => redis.eval(`return "${luaSafe(id)}"`, [], []);\n', { settings: { sanitizers: ["@acme/lua#luaSafe"] } }),
    valid("a sha", "export const run = (sha: string) => redis.evalsha(`${sha}`, [], []);\n"),
    valid("a function's name", "export const run = (id: string) => redis.functions.call(`fn_${id}`, [], []);\n"),
    valid("values of a script's exec", 'const script = redis.createScript("return ARGV[1]");\nexport const run = (id: string) => script.exec([`k:${id}`], [id]);\n'),
    valid("JavaScript's eval", 'export const run = (id: string) => eval(`return "${id}"`);\n'),
    valid("another client's eval", 'import IORedis from "ioredis"; // @upstash/redis\nconst other = new IORedis();\nexport const run = (id: string) => other.eval(`return "${id}"`, 0);\n'),
    valid("createScript of a document", 'declare const dom: { createScript(html: string): void };\nexport const run = (id: string) => dom.createScript(`<script id="${id}">`);\n'),
    valid("a JSON path is no script", "export const run = (id: string) => redis.json.set(`k`, `$.items[?(@.id == '${id}')]`, 1);\n"),
    valid("a raw command without a script", 'export const run = (id: string) => redis.exec(["GET", `k:${id}`]);\n'),
    valid("a test's file", 'export const run = (id: string) => redis.eval(`return "${id}"`, [], []);\n', { filename: "lib/run.test.ts" }),
  ],
  invalid: [
    invalid("a whole string", "export const run = (id: string) => redis.eval(`return redis.call('GET', '${«id»}')`, [], []);\n", "eval", one(["'${id}'", "ARGV[1]"], ["[], [])", "[], [id])"])),
    invalid("part of a string", 'export const run = (id: string) => redis.eval(`return redis.call("GET", "user:${«id»}")`, ["k"], []);\n', "eval", one(["${id}", '" .. ARGV[1] .. "'], ["[]);", "[id]);"])),
    invalid("concatenated", "export const run = (id: string) => redis.eval(\"return redis.call('GET', 'user:\" + «id» + \"')\", [], []);\n", "eval", one(['+ id +', '+ "\' .. ARGV[1] .. \'" +'], ["[], [])", "[], [id])"])),
    invalid("code", "export const run = (code: string) => redis.eval(`return ${«code»}`, [], []);\n", "eval", one(["${code}", "ARGV[1]"], ["[], [])", "[], [code])"])),
    invalid("what is compared is a number", 'export const run = (limit: any) => redis.eval(`if redis.call("GET", KEYS[1]) > ${«limit»} then return 1 end`, ["k"], []);\n', "eval", one(["${limit}", "tonumber(ARGV[1])"], ["[]);", "[limit]);"])),
    invalid("behind arguments that are there", 'export const run = (id: string, n: string) => redis.eval(`return {ARGV[1], "${«id»}"}`, ["k"], [n]);\n', "eval", {
      by: "ARGV[2]",
      edits: [['"${id}"', "ARGV[2]"], ["[n]", "[n, id]"]],
    }),
    invalid("behind arguments that are a list", 'export const run = (id: string, list: string[]) => redis.eval(`return "${«id»}"`, ["k"], list);\n', "eval", {
      by: "ARGV[#ARGV]",
      edits: [['"${id}"', "ARGV[#ARGV]"], ["list);", "[...list, id]);"]],
    }),
    invalid("two values, one of them twice", 'export const run = (a: string, b: string) => redis.eval(`return "${«a»}" .. "${b}" .. "${a}"`, [], []);\n', "eval", {
      by: "ARGV[1], ARGV[2]",
      edits: [['"${a}" .. "${b}" .. "${a}"', "ARGV[1] .. ARGV[2] .. ARGV[1]"], ["[], [])", "[], [a, b])"]],
    }),
    invalid("request input", 'export async function POST(request: Request) {\n  const { field } = await request.json();\n  return Response.json(await redis.eval(`return redis.call("HGET", KEYS[1], "${«field»}")`, ["k"], []));\n}\n', "eval", one(['"${field}"', "ARGV[1]"], ["[]))", "[field]))"]), { filename: "app/api/a/route.ts" }),
    invalid("in a constant of the function", 'export async function run(id: string) {\n  const script = `return redis.call("GET", "${«id»}")`;\n  return redis.eval(script, [], []);\n}\n', "eval", one(['"${id}"', "ARGV[1]"], ["[], [])", "[], [id])"])),
    invalid("evalRo", 'export const run = (id: string) => redis.evalRo(`return "${«id»}"`, [], []);\n', "evalRo", one(['"${id}"', "ARGV[1]"], ["[], [])", "[], [id])"])),
    invalid("in a pipeline", 'export const run = (id: string) => redis.pipeline().eval(`return "${«id»}"`, [], []).exec();\n', "eval", one(['"${id}"', "ARGV[1]"], ["[], [])", "[], [id])"])),
    invalid("raw EVAL", 'export const run = (id: string) => redis.exec(["EVAL", `return "${«id»}"`, "0"]);\n', "eval"),
    invalid("raw SCRIPT LOAD", 'export const run = (id: string) => redis.exec(["SCRIPT", "LOAD", `return "${«id»}"`]);\n', "script load"),
    invalid("createScript, run at once", 'export const run = (id: string) => redis.createScript(`return "${«id»}"`).exec(["k"], []);\n', "createScript", one(['"${id}"', "ARGV[1]"], ['["k"], []', '["k"], [id]'])),
    invalid("createScript, run later", 'export async function run(id: string) {\n  const script = redis.createScript<string>(`return "${«id»}"`);\n  return script.eval([], []);\n}\n', "createScript", one(['"${id}"', "ARGV[1]"], ["[], [])", "[], [id])"])),
    invalid("createScript, run elsewhere", 'export const make = (id: string) => redis.createScript(`return "${«id»}"`);\n', "createScript", one(['"${id}"', "ARGV[1]"])),
    invalid("scriptLoad", 'export const load = (id: string) => redis.scriptLoad(`return "${«id»}"`);\n', "scriptLoad", one(['"${id}"', "ARGV[1]"])),
    invalid("functions.load", 'export const load = (name: string) => redis.functions.load({ code: `#!lua name=lib\\nreturn "${«name»}"`, replace: true });\n', "functions.load", one(['"${name}"', "ARGV[1]"])),
    invalid("replaced into a constant", 'const SCRIPT = "return redis.call(\'GET\', \'%id\')";\nexport const run = (id: string) => redis.eval(SCRIPT.replace("%id", «id»), [], []);\n', "eval"),
    invalid("joined lines", 'export const run = (id: string) => redis.eval(["local a = 1", «`return "${id}"`»].join("\\n"), [], []);\n'.replace('«`return "${id}"`»', '`return "${«id»}"`'), "eval"),
    invalid("a list made into code", 'export const run = (names: string[]) => redis.eval(`return {${names.map((name) => `"${«name»}"`).join(", ")}}`, [], []);\n', "eval", {
      by: "ARGV[1]",
      edits: [['${names.map((name) => `"${name}"`).join(", ")}', "ARGV[1]"], ["[], [])", '[], [names.map((name) => `"${name}"`).join(", ")])']],
    }),
    invalid("a builder of the file", 'const build = (field: string) => `return redis.call("HGET", KEYS[1], "${«field»}")`;\nexport const run = (field: string) => redis.eval(build(field), ["k"], []);\n', "eval"),
    invalid("a builder of another file", 'import { build } from "@/lib/script";\nexport const run = (id: string) => redis.eval(build(«id»), [], []);\n', "eval", undefined, {
      files: { "lib/script.ts": 'export const build = (id: string) => `return "${id}"`;\n' },
    }),
    invalid("a field of a class", 'export class Store {\n  constructor(private prefix: string) {}\n  run() { return redis.eval(`return redis.call("GET", "${«this.prefix»}")`, [], []); }\n}\n', "eval", one(['"${this.prefix}"', "ARGV[1]"], ["[], [])", "[], [this.prefix])"])),
    invalid("handed to a function that runs it", 'import { runScript } from "@/lib/run";\nexport const run = (id: string) => runScript(`return redis.call("GET", "${«id»}")`, []);\n', "eval", one(['"${id}"', "ARGV[1]"]), {
      files: { "lib/run.ts": `${CLIENT}export const runScript = (source: string, keys: string[]) => redis.eval(source, keys, []);\n` },
    }),
    invalid("@vercel/kv", 'import { kv } from "@vercel/kv";\nexport const run = (id: string) => kv.eval(`return "${«id»}"`, [], []);\n', "eval", one(['"${id}"', "ARGV[1]"], ["[], [])", "[], [id])"])),
  ],
});

const shared = project();

function check({ code, files }: MatrixCase): void {
  const filename = "lib/example.ts";
  const placeOf = (text: string): Parameters<typeof lint>[1] => {
    const cwd = files === undefined ? shared : project({ ...files, [filename]: text });
    return { rule: rule as never, cwd, filename: path.join(cwd, filename), options: [], settings: {} };
  };
  const before = lint(code, placeOf(code));
  expect(before.map((message) => message.messageId), code).toEqual(["built"]);
  for (const mend of mendsOf(code, before)) expect(problemsAfter(mend, code, before, lint(mend.output, placeOf(mend.output))), mend.output).toEqual([]);
}

describe("forms of a value that is built in", () => {
  const cases = syntaxMatrix.value(
    "user.name",
    (setup, expr) => `import { Redis } from "@upstash/redis";
const redis = Redis.fromEnv();
export async function run(user: { name: string }) {
  ${setup}
  return redis.eval(\`return "\${${expr}}"\`, [], []);
}
`,
    { except: { "globalThis singleton": "the model does not follow assignments to globals" } },
  );
  it.each(cases)("$name", check);
});

describe("forms of a client", () => {
  const cases = syntaxMatrix.client(
    (imports, expr) => `${imports}
export async function run(name: string) {
  return ${expr}.eval(\`return "\${name}"\`, [], []);
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

describe("strings of Lua", () => {
  it.each([
    ["return '", "'"],
    ["return \"a'", '"'],
    ["return 'a'", undefined],
    ["return 'it\\'s", "'"],
    ["-- it's\nreturn ", undefined],
    ["-- it's", undefined],
    ["--[[ it's ]] return \"", '"'],
    ["x = [[ it's ]] y = '", "'"],
  ])("%j ends in %j", (source, quote) => {
    expect(luaQuoteAt(source)).toBe(quote);
  });
});
