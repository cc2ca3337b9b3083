import { describe, expect, it } from "vitest";
import rule from "../../src/rules/no-untrusted-command.ts";
import { lintMessages } from "../helpers/lint-messages.ts";
import { marked } from "../helpers/marks.ts";
import { runRule } from "../helpers/rule-tester.ts";
import { syntaxMatrix, type MatrixCase } from "../helpers/syntax-matrix.ts";

const ROUTE = "app/api/run/route.ts";
const CLIENT = 'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\n';
const ADDRESS = "process.env.UPSTASH_REDIS_REST_URL";

const HELPERS = {
  allowedCommand: `const ALLOWED_COMMANDS = ["GET"];

function allowedCommand(command: unknown): string {
  const word = String(command).toUpperCase();
  if (!ALLOWED_COMMANDS.includes(word)) throw new Error("This command is not allowed.");
  return word;
}`,
  allowedMethod: `const ALLOWED_METHODS = ["get"];

function allowedMethod(method: unknown): any {
  if (!ALLOWED_METHODS.includes(String(method))) throw new Error("This command is not allowed.");
  return method;
}`,
  allowedWords: `const ALLOWED_COMMANDS = ["GET"];

function allowedWords(words: unknown): [string, ...string[]] {
  const [command = "", ...rest] = Array.isArray(words) ? words.map(String) : [];
  if (!ALLOWED_COMMANDS.includes(command.toUpperCase())) throw new Error("This command is not allowed.");
  return [command, ...rest];
}`,
  allowedCommands: `const ALLOWED_COMMANDS = ["GET"];

function allowedCommands(body: unknown): string {
  const given = typeof body === "string" ? JSON.parse(body) : body;
  const lists = Array.isArray(given) && Array.isArray(given[0]) ? given : [given];
  if (!lists.every((list) => ALLOWED_COMMANDS.includes(String(list[0]).toUpperCase()))) throw new Error("This command is not allowed.");
  return JSON.stringify(given);
}`,
};

const post = (body: string, imports = CLIENT): string =>
  `${imports}export async function POST(request: Request) {\nconst body = await request.json();\n${body}\n}`;

const valid = (name: string, body: string, imports = CLIENT) => ({ name, filename: ROUTE, code: post(body, imports) });

/** A case whose value, written as `«…»`, is reported and wrapped in a helper. */
function chosen(name: string, body: string, helper: keyof typeof HELPERS, Input = "`command` of the request's body", imports = CLIENT) {
  const { code, places } = marked(post(body, imports));
  const output = `${post(body.replace("«", `${helper}(`).replace("»", ")"), imports)}\n\n${HELPERS[helper]}`;
  const [place] = places;
  return {
    name,
    filename: ROUTE,
    code,
    errors: [{ messageId: "command" as const, data: { Input, through: "" }, ...place, suggestions: [{ messageId: "allow" as const, output }] }],
  };
}

const BODY = "The request's body";

runRule("no-untrusted-command", rule, {
  valid: [
    valid("a method", "await redis.get(body.key);"),
    valid("a constant command", 'await redis.exec(["GET", body.key]);'),
    valid("input behind the name", 'await redis.exec(["SET", body.key, ...body.rest]);'),
    valid("a list of names", 'if (!["GET", "TTL"].includes(body.command)) return;\nawait redis.exec([body.command, "a"]);'),
    valid("a set of names", 'const NAMES = new Set(["GET"]);\nif (!NAMES.has(body.command)) throw new Error();\nawait redis.exec([body.command, "a"]);'),
    valid("the first word is checked", 'if (body.words[0] !== "GET") return;\nawait redis.exec(body.words);'),
    valid("each first word is checked", 'if (!body.lists.every((list: string[]) => ["GET"].includes(list[0]!))) return;\nfor (const list of body.lists) await redis.exec(list);'),
    valid("a table", 'const TABLE: Record<string, string> = { read: "GET" };\nawait redis.exec([TABLE[body.command] ?? "GET", "a"]);'),
    valid("an enum of a schema", 'const { command } = z.object({ command: z.enum(["GET"]) }).parse(body);\nawait redis.exec([command, "a"]);', `import { z } from "zod";\n${CLIENT}`),
    valid("a choice of two", 'await redis.exec([body.command === "read" ? "GET" : "TTL", "a"]);'),
    valid("a checked method", 'if (body.command !== "get" && body.command !== "ttl") return;\nawait (redis as any)[body.command]("a");'),
    valid("a method of constants", 'const name = body.fast ? "get" : "ttl";\nawait redis[name]("a");'),
    valid("an unknown list", "const words = await load();\nawait redis.exec(words);"),
    valid("another client", "await client.exec(body.words);\nawait client[body.command]();", 'import { client } from "other";\n'),
    valid("the exec of a pattern", "const found = /a/u.exec(body.command);"),
    valid("the exec of a pipeline", "const pipeline = redis.pipeline();\npipeline.get(body.key);\nawait pipeline.exec();"),
    valid("a value of a request by hand", `await fetch(\`\${${ADDRESS}}/set/a\`, { method: "POST", body: await request.text() });`, ""),
    valid("a constant command by hand", `await fetch(${ADDRESS}!, { method: "POST", body: JSON.stringify(["SET", "a", body.value]) });`, ""),
    valid("constant commands by hand", `await fetch(${ADDRESS} + "/pipeline", { method: "POST", body: JSON.stringify([["SET", "a", body.value], ["GET", body.key]]) });`, ""),
    valid("a key in a path by hand", `await fetch(\`\${${ADDRESS}}/get/\${body.key}\`);`, ""),
    valid("another host", 'await fetch("https://a.example", { method: "POST", body: JSON.stringify(body) });'),
    valid("a message", 'await fetch(`${process.env.QSTASH_URL}/v2/publish/a`, { method: "POST", body: JSON.stringify(body) });', ""),
    valid("a vector", "await fetch(process.env.UPSTASH_VECTOR_REST_URL!, { method: \"POST\", body: JSON.stringify(body) });", ""),
    {
      name: "signed requests",
      filename: ROUTE,
      code: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";\n${CLIENT}export const POST = verifySignatureAppRouter(async (request: Request) => {\nconst { words } = await request.json();\nawait redis.exec(words);\nreturn new Response();\n});`,
    },
    {
      name: "a helper that checks",
      filename: ROUTE,
      code: 'import { execute } from "@/lib/run";\nexport async function POST(request: Request) {\nconst { words } = await request.json();\nawait execute(words);\n}',
      files: { "lib/run.ts": `${CLIENT}const NAMES = ["GET"];\nexport async function execute(words: [string]) {\nif (!NAMES.includes(words[0])) throw new Error();\nreturn redis.exec(words);\n}` },
    },
    { name: "a test", filename: "app/api/run/route.test.ts", code: post("await redis.exec(body.words);") },
  ],
  invalid: [
    chosen("a list", "await redis.exec(«body.words»);", "allowedWords", "`words` of the request's body"),
    chosen("a name", 'await redis.exec([«body.command», "a"]);', "allowedCommand"),
    chosen("the whole body", "await redis.exec(«body»);", "allowedWords", BODY),
    chosen("a part of a command's name", 'await redis.exec(["CONFIG", «body.command»]);', "allowedCommand"),
    chosen("upper case", 'await redis.exec([«body.command.toUpperCase()», "a"]);', "allowedCommand"),
    chosen("the query", 'const name = new URL(request.url).searchParams.get("name")!;\nawait redis.exec([«name»]);', "allowedCommand", "The query parameter `name`"),
    chosen("a header", 'await redis.exec([«request.headers.get("x-command")»!, "a"]);', "allowedCommand", "The header `x-command`"),
    chosen("a method", "await (redis as any)[«body.command»](body.key);", "allowedMethod"),
    chosen("a method of a pipeline", "const pipeline: any = redis.pipeline();\npipeline[«body.command»](body.key);", "allowedMethod"),
    chosen("a method for JSON", "await (redis.json as any)[«body.command»](body.key);", "allowedMethod"),
    chosen("a list of names that are refused", 'if (["FLUSHALL", "KEYS"].includes(body.command)) return;\nawait redis.exec([«body.command»]);', "allowedCommand"),
    chosen("a check of the type", 'if (typeof body.command !== "string") return;\nawait redis.exec([«body.command»]);', "allowedCommand"),
    chosen("a schema that any text passes", "const { command } = z.object({ command: z.string() }).parse(body);\nawait redis.exec([«command»]);", "allowedCommand", undefined, `import { z } from "zod";\n${CLIENT}`),
    chosen("a forwarded body", `await fetch(${ADDRESS}!, { method: "POST", body: «JSON.stringify(body)» });`, "allowedCommands", BODY, ""),
    {
      ...chosen("a forwarded text, whose promise is awaited first", `await fetch(${ADDRESS}!, { method: "POST", body: await «request.text()» });`, "allowedCommands", BODY, ""),
      errors: [
        {
          messageId: "command",
          data: { Input: BODY, through: "" },
          line: 3,
          column: 80,
          endLine: 3,
          endColumn: 94,
          suggestions: [
            { messageId: "allow", output: `${post(`await fetch(${ADDRESS}!, { method: "POST", body: allowedCommands(await request.text()) });`, "")}\n\n${HELPERS.allowedCommands}` },
          ],
        },
      ],
    },
    chosen("a forwarded pipeline", `await fetch(\`\${${ADDRESS}}/pipeline\`, { method: "POST", body: «JSON.stringify(body.lists)» });`, "allowedCommands", "`lists` of the request's body", ""),
    chosen("a name in a request by hand", `await fetch(${ADDRESS}!, { method: "POST", body: JSON.stringify([«body.command», "a"]) });`, "allowedCommand", undefined, ""),
    chosen("a list of a pipeline by hand", `await fetch(${ADDRESS} + "/multi-exec", { method: "POST", body: JSON.stringify([["GET", "a"], «body.words»]) });`, "allowedWords", "`words` of the request's body", ""),
    chosen("a name in a path", `await fetch(\`\${${ADDRESS}}/\${«body.command»}/a\`);`, "allowedCommand", undefined, ""),
    chosen("a path of a host", 'await fetch("https://a-1.upstash.io/" + «body.command»);', "allowedCommand", undefined, ""),
    {
      name: "a stream, which no suggestion can look into",
      filename: ROUTE,
      code: 'export async function POST(request: Request) {\nawait fetch(process.env.KV_REST_API_URL!, { method: "POST", body: request.body });\n}',
      errors: [{ messageId: "command", data: { Input: BODY, through: "" }, line: 2, column: 67, endLine: 2, endColumn: 79, suggestions: [] }],
    },
    {
      name: "a helper in another file",
      filename: ROUTE,
      code: 'import { execute } from "@/lib/redis";\nexport async function POST(request: Request) {\nconst { words } = await request.json();\nawait execute(words);\n}',
      files: { "lib/redis.ts": `${CLIENT}export async function execute(words: [string]) {\nreturn redis.exec(words);\n}` },
      errors: [{ messageId: "command", data: { Input: "`words` of the request's body", through: " through `execute` (lib/redis.ts)" }, line: 4, column: 15, endLine: 4, endColumn: 20, suggestions: [] }],
    },
    {
      name: "a client of another file, in JavaScript",
      filename: "app/api/run/route.js",
      code: "import { redis } from '@/lib/redis'\nexport async function POST(request) {\n  await redis.exec((await request.json()).words)\n}\n",
      files: { "lib/redis.ts": `${CLIENT}export { redis };` },
      errors: [
        {
          messageId: "command",
          data: { Input: "`words` of the request's body", through: "" },
          line: 3,
          column: 20,
          endLine: 3,
          endColumn: 48,
          suggestions: [
            {
              messageId: "allow",
              output:
                "import { redis } from '@/lib/redis'\nexport async function POST(request) {\n  await redis.exec(allowedWords((await request.json()).words))\n}\n\nconst ALLOWED_COMMANDS = ['GET']\n\nfunction allowedWords(words) {\n  const [command = '', ...rest] = Array.isArray(words) ? words.map(String) : []\n  if (!ALLOWED_COMMANDS.includes(command.toUpperCase())) throw new Error('This command is not allowed.')\n  return [command, ...rest]\n}\n",
            },
          ],
        },
      ],
    },
  ],
});

function reportsOf({ code, files }: MatrixCase): number {
  return lintMessages("no-untrusted-command", rule, { ...files, [ROUTE]: code }, ROUTE).length;
}

describe("forms of the words", () => {
  const cases = syntaxMatrix.value("body.words", (setup, expr) => post(`${setup}\nawait redis.exec([${expr}, "a"]);`), {
    except: { "globalThis singleton": "the model does not follow assignments to globals" },
  });
  it.each(cases)("$name", (form) => expect(reportsOf(form)).toBe(1));
});

describe("forms of a client", () => {
  const cases = syntaxMatrix.client(
    (imports, expr) => `${imports}
export async function POST(request: Request) {
  await ${expr}.exec((await request.json()).words);
}
`,
    {
      except: {
        "dynamic import in .then()": "the model does not know the parameter of such a callback",
        "dynamic import in .then(), destructured": "as above",
        "own module, dynamic import in .then()": "as above",
        "pipeline of the client": "its `exec` takes no words",
        "transaction of the client": "as above",
      },
    },
  );
  it.each(cases)("$name", (form) => expect(reportsOf(form)).toBe(1));
});
