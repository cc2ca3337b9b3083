import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { client, EMAIL, invalid, valid, type Expected } from "./cases.ts";

/* Look-alikes of public code, and the mistake that stands behind each exemption. */

const set = (data: string, becomes: Expected["becomes"]): Expected => ({ command: "set", data, becomes });
const SCHEMA = `import { z } from "zod";\nconst exportQuerySchema = z.object({ email: z.string().optional(), page: z.number() });\nconst signupSchema = z.object({ email: z.string(), page: z.number() });\n`;
const COIN = "interface Token { id: string; symbol: string; name: string; logoUrl: string; marketCap: number; address: string; twitter?: string }\n";
const LOGIN = "interface Token { id: string; value: string; secret: string }\n";
const CONGREGATION = "interface Place { id: string; name: string; address: string; crossStreets?: string; phone?: string; contactName?: string; source: string }\n";

runRule("no-plaintext-pii", rule, {
  valid: [
    valid("what a query looks for, by the schema's name", client(`${SCHEMA}export async function later(input: unknown) {\n  const given = exportQuerySchema.parse(input);\n  await redis.lpush("exports", JSON.stringify({ ...given, at: 1 }));\n}\n`)),
    valid("what a query looks for, by its own name", client(`${SCHEMA}export async function later(input: unknown) {\n  const filters = signupSchema.parse(input);\n  await redis.set("export:1", filters);\n}\n`)),
    valid("a type of filters", client("interface Filters { email?: string; page: number }\nexport const later = (filters: Filters) => redis.set(\"export:1\", filters);\n")),
    valid("an organisation's entry, with whom to ask there", client(`${CONGREGATION}export const save = (places: Place[]) => redis.set("directory", JSON.stringify(places));\n`)),
    valid("the same, put together", client('export const save = (p: any) => redis.set("places", { id: p.id, name: p.name, address: p.a, crossStreets: p.c, phone: p.phone, contactName: p.contactName });\n')),
    valid("a stand-in under the key of a token", client("export async function seed() {\n  const dummyToken = `dummy-${Math.random()}`;\n  await redis.set(\"access_token\", dummyToken);\n}\n")),
    valid("a text and the time under the key of a token", client('export const seed = () => redis.set("access_token", "token-" + Date.now());\n')),
    valid("a coin that is called a token", client(`${COIN}interface Run { runId: string; userId: string; usedReprieve: boolean; lastToken: Token }\nexport const save = (run: Run) => redis.set("run", JSON.stringify(run));\n`)),
    valid("the coin itself", client(`${COIN}export const save = (lastToken: Token) => redis.set("last", lastToken);\n`)),
    valid("what is read of a run", client(`${COIN}interface Run { lastToken: Token }\nexport const save = (run: Run) => redis.hset("last", { lastToken: run.lastToken });\n`)),
    valid("the time of day", client("export async function mark(id: string) {\n  await redis.set(`otp:${id}`, Date.now());\n  await redis.set(`reset:${id}`, new Date());\n}\n")),
    valid("a property that a hash was put into before", client('import bcrypt from "bcryptjs";\nexport async function save(request: Request) {\n  const body = await request.json();\n  body.password = await bcrypt.hash(body.password, 10);\n  await redis.hset("u", { password: body.password, name: body.id });\n}\n')),
    valid("a record whose only secret was replaced by its hash", client('import bcrypt from "bcryptjs";\nexport async function save(body: { id: string; password: string }) {\n  body.password = await bcrypt.hash(body.password, 10);\n  await redis.set("u", body);\n}\n')),
    valid("a record whose only secret was taken out", client('export async function save(body: { id: string; password?: string }) {\n  delete body.password;\n  await redis.set("u", body);\n}\n')),
    valid("a record of nobody, whose address is read", client('export async function save() {\n  const shop = JSON.parse((await redis.get<string>("shop")) ?? "{}");\n  console.log(shop.email);\n  await redis.set("shop", shop);\n}\n')),
    valid("a user of whom only the password is read, to compare it", client('import bcrypt from "bcryptjs";\nexport async function save(given: string) {\n  const user = JSON.parse((await redis.get<string>("u")) ?? "{}");\n  if (await bcrypt.compare(given, user.password)) await redis.set("u", user);\n}\n')),
    valid("a user whose address was taken out", client('export async function save() {\n  const user = JSON.parse((await redis.get<string>("u")) ?? "{}");\n  console.log(user.email);\n  delete user.email;\n  await redis.set("u", user);\n}\n')),
    valid("a user's id", client('export async function save() {\n  const user = JSON.parse((await redis.get<string>("u")) ?? "{}");\n  console.log(user.email);\n  await redis.set("last", user.id);\n}\n')),
    valid("preferences by schema", client('import { z } from "zod";\nconst schema = z.object({ email: z.boolean(), phone: z.boolean().default(false), password: z.number() });\nexport const save = (input: unknown) => redis.set("prefs", schema.parse(input));\n')),
  ],
  invalid: [
    invalid("a user of no declared shape, whose address is read", client('export async function save() {\n  const user = JSON.parse((await redis.get<string>("u")) ?? "{}");\n  console.log(user.email);\n  await redis.set("u", «user»);\n}\n'), [set(EMAIL, "encrypt(JSON.stringify(user))")]),
    invalid("a user whose password is hashed, and whose address was written", client('import bcrypt from "bcryptjs";\nexport async function save(password: string, address: string) {\n  const user = JSON.parse((await redis.get<string>("u")) ?? "{}");\n  user.password = await bcrypt.hash(password, 10);\n  user.email = address;\n  await redis.set("u", JSON.stringify(«user»));\n}\n'), [
      set(EMAIL, ["JSON.stringify(user)", "encrypt(JSON.stringify(user))"]),
    ]),
    invalid("an arktype, in another file", client('import { User } from "@/lib/user";\nexport async function save(input: unknown) {\n  const user = User.assert(input);\n  await redis.set("u", «user»);\n}\n'), [set(EMAIL, "encrypt(JSON.stringify(user))")], {
      files: { "lib/user.ts": 'import { type } from "arktype";\nexport const User = type({ id: "string", email: "string.email", "emailVerified?": "boolean" });\n' },
    }),
    invalid("an instance of a class", client('class User { constructor(public id: string, public email: string) {} }\nexport const save = (id: string, mail: string) => redis.set("u", «new User(id, mail)»);\n'), [set(EMAIL, "encrypt(JSON.stringify(new User(id, mail)))")]),
    invalid("a sign-up that is parsed", client(`${SCHEMA}export async function save(input: unknown) {\n  const given = signupSchema.parse(input);\n  await redis.set("u", «given»);\n}\n`), [set(EMAIL, "encrypt(JSON.stringify(given))")]),
    invalid("a query's own property", client('export const save = (filters: { email: string }) => redis.set("k", «filters.email»);\n'), [set(EMAIL, "encrypt(String(filters.email))")]),
    invalid("somebody who has a contact, by a password", client('export const save = (p: any) => redis.set("k", { name: p.name, contactName: p.c, password: «p.password» });\n'), [set("a password (`password`)", "encrypt(String(p.password))")]),
    invalid("a contact's own email beside an organisation's name", client('export const save = (p: any) => redis.set("k", { name: p.name, contactName: «p.c», ownerEmail: «p.ownerEmail» });\n'), [set("the name of a person (`contactName`)", "encrypt(String(p.c))"), set("an email address (`ownerEmail`)", "encrypt(String(p.ownerEmail))")]),
    invalid("a token beside the time", client("export const save = (accessToken: string) => redis.set(\"k\", `«${accessToken}»:${Date.now()}`);\n".replace("«${accessToken}»", "${«accessToken»}")), [set("an access token (`accessToken`)", "encrypt(accessToken)")]),
    invalid("a token that lets somebody in, in a run", client(`${LOGIN}interface Run { runId: string; userId: string; usedReprieve: boolean; lastToken: Token }\nexport const save = (run: Run) => redis.set("run", «run»);\n`), [set("a token (`lastToken`)", "encrypt(JSON.stringify(run))")]),
    invalid("an address to which the price of a coin is sent", client('interface Alert { symbol: string; price: number; email: string }\nexport const save = (alert: Alert) => redis.set("alert", «alert»);\n'), [set(EMAIL, "encrypt(JSON.stringify(alert))")]),
    invalid("a token beside a coin", client(`${COIN}interface Run { coin: Token; accessToken: string }\nexport const save = (run: Run) => redis.set("run", «run»);\n`), [set("an access token (`accessToken`)", "encrypt(JSON.stringify(run))")]),
    invalid("a birthday is no time of day", client('export const save = (birthday: string) => redis.set("k", new Date(«birthday»));\n'), [set("a date of birth (`birthday`)", "encrypt(birthday)")]),
    invalid("a property that is hashed only afterwards", client('import bcrypt from "bcryptjs";\nexport async function save(request: Request) {\n  const body = await request.json();\n  await redis.hset("u", { password: «body.password» });\n  body.password = await bcrypt.hash(body.password, 10);\n}\n'), [
      { command: "hset", data: "a password (`password`)", becomes: ["{ password: body.password }", "{ password: encrypt(String(body.password)) }"] },
    ]),
    invalid("the address beside a hashed password", client('import bcrypt from "bcryptjs";\nexport async function save(body: { email: string; password: string }) {\n  body.password = await bcrypt.hash(body.password, 10);\n  await redis.set("u", «body»);\n}\n'), [set(EMAIL, "encrypt(JSON.stringify(body))")]),
    invalid("a property that something else was put into", client('export async function save(request: Request) {\n  const body = await request.json();\n  body.password = body.password.trim();\n  await redis.set("u", «body.password»);\n}\n'), [set("a password (`password`)", "encrypt(String(body.password))")]),
  ],
});
