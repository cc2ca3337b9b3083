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

runRule("no-path-injection", rule, {
  valid: [
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
    invalid("input of a request", { [ROUTE]: `${FROM_LIB}export async function POST(request: Request) {\n  const { name } = await request.json();\n  return isOff(name);\n}\n` }),
    invalid("input of a request, cast", { [ROUTE]: `${FROM_LIB}export async function POST(request: Request) {\n  const { name } = (await request.json()) as Event;\n  return isOff(name);\n}\n` }),
    invalid("input of a request, declared", { [ROUTE]: `${FROM_LIB}export async function POST(request: Request) {\n  const event: Event = await request.json();\n  const name: Name = event.name;\n  return isOff(name);\n}\n` }),
    invalid("a part of the route's path, declared", { [ROUTE]: `${FROM_LIB}export const GET = (_: Request, { params }: { params: { name: Name } }) => isOff(params.name);\n` }),
    invalid("what a server action is called with", { "app/actions.ts": `"use server";\n${FROM_LIB}export async function off(name: Name) { return isOff(name); }\n` }),
    invalid("a caller among others", { [CALLER]: `${HEAD}export const a = () => isOff("auth");\nexport const b = (text: string) => isOff(text);\n` }),
    invalid("a caller here among others", { [CALLER]: `${HEAD}export const a = () => isOff("auth");\n` }, { rest: "export const b = (text: string) => isOff(text);\n" }),
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
