import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { client, EMAIL, invalid, valid, type Expected } from "./cases.ts";

/* What is true or false holds nothing of anybody, whatever its name, and makes nothing beside it telling. */

const set = (data: string, becomes: Expected["becomes"]): Expected => ({ command: "set", data, becomes });
const ROW = "interface Row { code: string; cpf: boolean; title: string }\n";

runRule("no-plaintext-pii", rule, {
  valid: [
    valid("a match of an expression", client('export const save = (text: string) => redis.set("k", { title: text, cpf: /x/.test(text) });\n')),
    valid("matches that are put together", client('export async function save(text: string, isOpen: any) {\n  const cpf = isOpen && (/x/i.test(text) || !/y/.test(text));\n  await redis.set("k", { cpf });\n}\n')),
    valid("a match beside a code", client('export const save = (code: string, text: string) => redis.set("k", { code, cpf: /x/.test(text) });\n')),
    valid("an expression that is kept", client('const CPF = new RegExp("x");\nexport const save = (code: string, text: string) => redis.set("k", { code, cpf: CPF.test(text), email: text.includes("@"), phone: Array.isArray(text) });\n')),
    valid("a constant flag beside a code", client('export const save = (code: string) => redis.set("k", { code, email: true });\n')),
    valid("a member of the declared result", client(`${ROW}function read(db: any, code: string): Row | null {\n  const found = db.find(code);\n  return { code, cpf: found.cpf, title: found.title };\n}\nexport const save = (db: any, code: string) => redis.set("k", read(db, code));\n`)),
    valid("a member of a promised result", client(`${ROW}async function read(db: any, code: string): Promise<Row | null> {\n  const found = await db.find(code);\n  return { code, cpf: found.cpf, title: found.title };\n}\nexport const save = async (db: any, code: string) => redis.set("k", await read(db, code));\n`)),
    valid("an element of a declared list", client(`${ROW}export async function save(db: any) {\n  const rows: Row[] = [];\n  for (const found of await db.all()) rows.push({ code: found.code, cpf: found.cpf, title: found.title });\n  await redis.set("k", rows);\n}\n`)),
    valid("a member that may not be there", client('async function look(db: any): Promise<{ cpf: boolean } | null> {\n  return db.find();\n}\nexport async function save(db: any, code: string) {\n  const found = await look(db);\n  await redis.set("k", { code, cpf: found?.cpf });\n}\n')),
    valid("what somebody may ask for", client('export const save = (row: any) => redis.set("k", { code: row.code, eligible_cpf: row.eligible_cpf, isCpf: row.isCpf });\n')),
  ],
  invalid: [
    invalid("the number itself", client('export const save = (row: any) => redis.set("k", { title: row.title, cpf: «row.cpf» });\n'), [set("a national identity number (`cpf`)", "encrypt(String(row.cpf))")]),
    invalid("a number behind a flag", client('export const save = (row: any) => redis.set("k", { cpf: row.isOpen && «row.cpf» });\n'), [set("a national identity number (`cpf`)", "encrypt(String(row.cpf))")]),
    invalid("one or the other", client('export const save = (text: string, cpf: string) => redis.set("k", { cpf: /x/.test(text) || «cpf» });\n'), [set("a national identity number (`cpf`)", "encrypt(cpf)")]),
    invalid("a method of the project's own by such a name", client('const lens = { test: (text: string) => text.trim() };\nexport const save = (email: string) => redis.set("k", { email: «lens.test(email)» });\n'), [set(EMAIL, "encrypt(String(lens.test(email)))")]),
    invalid("the text that was matched", client('export const save = (email: string) => redis.set("k", { email: «email», isValid: /@/.test(email) });\n'), [set(EMAIL, "encrypt(email)")]),
    invalid("a text of a declared result", client('function read(db: any): { email: string; cpf: boolean } {\n  const found = db.find();\n  return { email: found.email, cpf: found.cpf };\n}\nexport const save = (db: any) => redis.set("k", «read(db)»);\n'), [set(EMAIL, "encrypt(JSON.stringify(read(db)))")]),
    invalid("a text of a declared list", client('export async function save(db: any) {\n  const rows: { email: string; cpf: boolean }[] = [];\n  for (const found of await db.all()) rows.push({ email: found.email, cpf: found.cpf });\n  await redis.set("k", «rows»);\n}\n'), [set(EMAIL, "encrypt(JSON.stringify(rows))")]),
    invalid("a code beside an address and a flag", client('export const save = (row: any) => redis.set("k", { code: «row.code», email: «row.email», isUsed: true });\n'), [
      { command: "set", data: "a one-time code (`code`)", becomes: ["code: row.code", "code: encrypt(String(row.code))"] },
      { command: "set", data: EMAIL, becomes: ["email: row.email", "email: encrypt(String(row.email))"] },
    ]),
    invalid("an address that may be written to", client('export const save = (row: any) => redis.set("k", { eligibleEmail: «row.address» });\n'), [set("an email address (`eligibleEmail`)", "encrypt(String(row.address))")]),
  ],
});
