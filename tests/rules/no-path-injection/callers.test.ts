import rule from "../../../src/rules/no-path-injection.ts";
import { marked } from "../../helpers/marks.ts";
import type { ProjectFiles } from "../../helpers/project.ts";
import { runRule } from "../../helpers/rule-tester.ts";

/* An exported function's argument is one of several constants where the whole project hands in nothing else. */

const FILE = "lib/modes.ts";
const CALLER = "lib/bus.ts";
const ROUTE = "app/api/modes/route.ts";
const TYPES: ProjectFiles = { "lib/types.ts": 'export type Name = "auth" | "payments";\nexport interface Event { name: Name; text: string; retries: number }\n' };
const HEAD = 'import { isOff } from "./modes";\nimport type { Event, Name } from "./types";\n';
const FROM_LIB = 'import { isOff } from "@/lib/modes";\nimport type { Event, Name } from "@/lib/types";\n';
const modes = (arg: string, rest = "", type = "string"): string =>
  `const url = process.env.UPSTASH_REDIS_REST_URL!;\nexport async function isOff(name: ${type}) {\n  return fetch(\`\${url}/get/mode:\${${arg}}\`);\n}\n${rest}`;

const valid = (name: string, files: ProjectFiles, rest = "") => ({ name, filename: FILE, code: modes("name", rest), files: { ...TYPES, ...files } });

function invalid(name: string, files: ProjectFiles, { rest = "", type = "string" }: { readonly rest?: string; readonly type?: string } = {}) {
  const source = modes("«name»", rest, type);
  const { code, places } = marked(source);
  const suggestions = [{ messageId: "encode" as const, output: source.replace("«name»", "encodeURIComponent(name)") }];
  return { name, filename: FILE, code, files: { ...TYPES, ...files }, errors: [{ messageId: "raw" as const, data: { What: "`name`" }, ...places[0], suggestions }] };
}

const manifest = (more: object = {}): ProjectFiles => ({ "app/page.tsx": "export default () => null;\n", "package.json": JSON.stringify({ private: true, dependencies: { next: "16.0.0" }, ...more }) });
/** An application of Node.js: what it runs has any name. */
const OF_NODE = manifest({ dependencies: { express: "5.0.0" } });
const OTHER: ProjectFiles = { [CALLER]: 'import { other } from "./modes";\nexport const a = () => other();\n' };
const PUBLISHED: readonly [string, object][] = [
  ["is not private", { private: false, dependencies: {} }],
  ["exports something", { exports: "./lib/modes.ts" }],
  ["has an entry", { main: "lib/modes.js" }],
  ["says how it is published", { publishConfig: { access: "public" } }],
  ["finds modules by their places", { dependencies: { nuxt: "4.0.0" } }],
  ["has pages that are no scripts", { dependencies: { next: "16.0.0", "@next/mdx": "16.0.0" } }],
];

runRule("no-path-injection", rule, {
  valid: [
    valid("nobody calls it in an app", manifest()),
    valid("another export of its module is used in an app", { ...OF_NODE, ...OTHER }, "export const other = () => 1;\n"),
    valid("a table of its module's name", { ...manifest(), "app/api/modes/route.ts": 'declare const db: any;\nexport const GET = () => db.from("modes").select();\n' }),
    valid("only tests call it in an app", { ...manifest(), "tests/modes.test.ts": 'import { isOff } from "@/lib/modes";\nit("is off", () => isOff(String(Math.random())));\n' }),
    valid("nobody calls what calls it in an app", manifest(), "export const again = (text: string) => isOff(text);\n"),
    valid("each of a list of constants, by a method", { [CALLER]: 'import { all } from "./modes";\nexport const a = () => all();\n' }, 'export const all = () => ["auth", "payments"].map(isOff);\n'),
    { name: "a declared union", filename: FILE, code: modes("name", "", '"auth" | "payments"') },
    { name: "a declared union of another file", filename: FILE, code: `import type { Name } from "./types";\n${modes("name", "", "Name")}`, files: TYPES },
    valid("constants", { [CALLER]: `${HEAD}export const a = () => isOff("auth");\nexport const b = (on: boolean) => isOff(on ? "auth" : "payments");\n` }),
    valid("an argument of a declared union", { [CALLER]: `${HEAD}export async function emit(name: Name) { return isOff(name); }\n` }),
    valid("a member of an argument's type", { [CALLER]: `${HEAD}export async function emit(event: Event) { return isOff(event.name); }\nexport const again = (event: Event) => isOff(\`\${event.name}:\${event.retries}\`);\n` }),
    valid("each of a list of constants, here", { [CALLER]: `${HEAD}export const a = () => isOff("auth");\n` }, 'export async function all() {\n  const names = ["auth", "payments"];\n  for (const name of names) await isOff(name);\n}\n'),
    valid("each of a list of constants, by a function that is exported, too", { [CALLER]: 'import { status } from "./modes";\nexport const a = () => status("auth");\n' }, "export async function status(name: string) { return isOff(name); }\n"),
    valid("another name of the export", { [CALLER]: 'import { off as isOff } from "./modes";\nexport const a = () => isOff("auth");\n' }, "export { isOff as off };\n"),
    valid("a test hands in a text", { [CALLER]: `${HEAD}export const a = () => isOff("auth");\n`, "tests/modes.test.ts": 'import { isOff } from "@/lib/modes";\nit("is off", () => isOff(String(Math.random())));\n' }),
    { name: "a function that nobody calls, and nobody can", filename: FILE, code: modes("name").replace("export ", "") },
  ],
  invalid: [
    invalid("nobody calls it, but somebody may", {}),
    ...PUBLISHED.map(([name, more]) => invalid(`nobody calls it in a package that ${name}`, manifest(more))),
    invalid("nobody imports its module, which may be what is run", OF_NODE),
    invalid("there is nothing that the app would run", { "package.json": manifest()["package.json"] ?? "" }),
    invalid("it is called in an app", { ...manifest(), [CALLER]: `${HEAD}export const a = (text: string) => isOff(text);\nexport const b = () => a(String(Math.random()));\n` }),
    invalid("its module is taken whole in an app", { ...manifest(), [CALLER]: 'import * as modes from "./modes";\nexport const a = (text: string) => modes.isOff(text);\n' }),
    invalid("its module is handed out whole in an app", { ...manifest(), [CALLER]: 'export * from "./modes";\n' }),
    invalid("its module may be loaded by a name that is made", { ...manifest(), [CALLER]: "export const a = (name: string) => import(`./${name}`);\n" }),
    invalid("what its module's name means is not known", { ...manifest(), [CALLER]: 'import { isOff } from "#lib/modes";\nexport const a = (text: string) => isOff(text);\n' }),
    invalid("its module is loaded by its name", { ...manifest(), [CALLER]: 'export const a = async (text: string) => (await import("./modes")).isOff(text);\n' }),
    invalid("each of a list that a request brings", { ...manifest(), [ROUTE]: 'import { all } from "@/lib/modes";\nexport const POST = async (request: Request) => all((await request.json()).names);\n' }, { rest: "export const all = (names: string[]) => names.map(isOff);\n" }),
    invalid("each of a list, behind something else", { ...manifest(), [CALLER]: 'import { all } from "./modes";\nexport const a = () => all();\n' }, { rest: 'export const all = () => Array.from(["auth"], isOff);\n' }),
    invalid("input of a request", { [ROUTE]: `${FROM_LIB}export async function POST(request: Request) {\n  const { name } = await request.json();\n  return isOff(name);\n}\n` }),
    invalid("input of a request, cast", { [ROUTE]: `${FROM_LIB}export async function POST(request: Request) {\n  const { name } = (await request.json()) as Event;\n  return isOff(name);\n}\n` }),
    invalid("input of a request, declared", { [ROUTE]: `${FROM_LIB}export async function POST(request: Request) {\n  const event: Event = await request.json();\n  const name: Name = event.name;\n  return isOff(name);\n}\n` }),
    invalid("a part of the route's path, declared", { [ROUTE]: `${FROM_LIB}export const GET = (_: Request, { params }: { params: { name: Name } }) => isOff(params.name);\n` }),
    invalid("what a server action is called with", { "app/actions.ts": `"use server";\n${FROM_LIB}export async function off(name: Name) { return isOff(name); }\n` }),
    invalid("a caller among others", { [CALLER]: `${HEAD}export const a = () => isOff("auth");\nexport const b = (text: string) => isOff(text);\n` }),
    invalid("a caller here among others", { [CALLER]: `import { b } from "./modes";\n${HEAD}export const a = () => isOff("auth");\nexport const c = (text: string) => b(text);\n` }, { rest: "export const b = (text: string) => isOff(text);\n" }),
    invalid("a text of an argument's type", { [CALLER]: `${HEAD}export const emit = (event: Event) => isOff(event.text);\n` }),
    invalid("a text beside constants", { [CALLER]: `${HEAD}export const emit = (event: Event) => isOff(\`\${event.name}:\${event.text}\`);\n` }),
    invalid("it is handed on", { [CALLER]: `${HEAD}export const a = () => isOff("auth");\nexport const rules = { check: isOff };\n` }),
    invalid("it is handed to an iterator", { [CALLER]: `${HEAD}export const a = (names: string[]) => names.map(isOff);\n` }),
    invalid("another module hands it out", { [CALLER]: 'export { isOff } from "./modes";\n', "lib/other.ts": `${HEAD}export const a = () => isOff("auth");\n` }),
    invalid("the whole module is taken", { [CALLER]: 'import * as modes from "./modes";\nexport const a = () => modes.isOff("auth");\n' }),
    invalid("the module is loaded when it is needed", { [CALLER]: `${HEAD}export const a = () => isOff("auth");\n`, "lib/late.ts": 'export const b = async (text: string) => (await import("./modes")).isOff(text);\n' }),
    invalid("a spread", { [CALLER]: `${HEAD}export const a = (all: [string]) => isOff(...all);\n` }),
    invalid("what a database holds", { [CALLER]: `${HEAD}declare const db: any;\nexport const a = async () => isOff((await db.find()).name);\n` }),
    invalid("calls in markup", { "components/modes.tsx": `${FROM_LIB}export const Modes = ({ text }: { text: string }) => <a onClick={() => isOff(text)}>{String(isOff("auth"))}</a>;\n` }),
  ],
});
