import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { client, EMAIL, invalid, valid, type Expected } from "./cases.ts";

const set = (data: string, becomes: Expected["becomes"]): Expected => ({ command: "set", data, becomes });
const whole = (name: string): string => `encrypt(JSON.stringify(${name}))`;
const EMAIL_AND_PASSWORD = "an email address (`email`) and a password (`password`)";
const save = (type: string, rest = ""): string =>
  client(`${rest}export async function save(user: ${type}) {\n  await redis.set("k", «user»);\n}\n`);

runRule("no-plaintext-pii", rule, {
  valid: [
    valid("flags, counts, dates and lengths", client('export const save = (u: any) => redis.hset("k", { emailVerified: u.emailVerified, hasPassword: Boolean(u.password), passwordResetAt: 1, tokenCount: 3, emails: u.emails.length, isSame: u.email === "x" });\n')),
    valid("a constant of an enum", client('enum Audience { ALL_EMAILS = "all" }\nexport const save = () => redis.hset("k", { audience: Audience.ALL_EMAILS });\n')),
    valid("a constant of an imported enum", client('import { Audience } from "unknown-package";\nexport const save = () => redis.hset("k", { audience: Audience.ALL_EMAILS });\n')),
    valid("ids and references", client('export const save = (u: any) => redis.hset("k", { userId: u.id, emailTemplateId: u.emailTemplateId, cardId: u.card.id });\n')),
    valid("texts of the interface", client('const texts = { email: "Your email address", password: "Password" };\nexport const save = () => redis.set("i18n:en", texts);\n')),
    valid("labels by type", client('interface Texts { emailLabel: string; passwordPlaceholder: string }\nexport const save = (texts: Texts) => redis.set("i18n:en", texts);\n')),
    valid("configuration", client('export const save = () => redis.hset("config", { smtpHost: process.env.SMTP_HOST ?? "", emailFrom: process.env.EMAIL_FROM ?? "", passwordMinLength: 8 });\n')),
    valid("constants", client('export const save = () => redis.set("demo", { email: "user@example.com" });\n')),
    valid("a shop's entry is public", client('export const save = (s: any) => redis.hset("shop:1", { id: s.id, name: s.name, email: s.email, phone: s.phone, website: s.website, openingHours: s.openingHours, logo: s.logo });\n')),
    valid("a shop's entry by shorthand", client('export async function save(request: Request) {\n  const { id, name, phone, address, website, cuisine, hours } = await request.json();\n  await redis.set("shop:" + id, { id, name, phone, address, website, cuisine, hours });\n}\n')),
    valid("a shop's entry by type", client('interface Shop { name: string; phone: string; email: string; website: string; openingHours: string; logo: string }\nexport async function save(shop: Shop) { await redis.set("k", shop); await redis.hset("k", { ...shop, at: 1 }); }\n')),
    valid("a place with opening hours", client('interface Store { id: string; name: string; address: string; phone: string; openingHours: string; lat: number; lng: number }\nexport async function save(s: Store) { await redis.hset("store:" + s.id, { ...s }); }\n')),
    valid("booleans by type", client('interface Prefs { email: boolean; phone: boolean }\nexport async function save(p: Prefs) { await redis.set("k", p); await redis.hset("k", { email: p.email }); }\n')),
    valid("numbers by type count", client('interface Stats { email: number; phone: number }\nexport async function save(s: Stats) { await redis.set("k", s); await redis.hset("k", { email: s.email }); }\n')),
    valid("one of several constants by type", client('interface Prefs { email: "on" | "off" }\nexport async function save(p: Prefs, channel: "email" | "phone") { await redis.set("k", p); await redis.hset("k", { email: p.email }); await redis.set("c", channel); }\n')),
    valid("the rest without what is sensitive", client('export async function save(user: { id: string; email: string }) {\n  const { email, ...rest } = user;\n  await redis.set("k", rest);\n  return email;\n}\n')),
    valid("Omit and Pick", client('interface User { id: string; email: string; role: string }\nexport async function save(a: Omit<User, "email">, b: Pick<User, "id" | "role">) { await redis.set("a", a); await redis.set("b", b); }\n')),
    valid("a spread with what is sensitive taken out", client('export const save = (user: { id: string; email: string }) => redis.set("k", { ...user, email: undefined });\n')),
    valid("a generated secret, shortened", client('import { nanoid } from "nanoid";\nexport async function save(id: string) {\n  const key = nanoid();\n  await redis.hset("user:" + id, { apiKey: `sk_${key.slice(0, 4)}...` });\n  await redis.hset("user:" + id, { apiKey: `****${key.slice(-4)}` });\n}\n')),
    valid("the ends of a token, under a key that names tokens", client('const label = (token: string) => `${token.slice(0, 4)}...${token.slice(-4)}`;\nexport const save = (token: string) => redis.set(`pool:github:tokens:${label(token)}`, { label: label(token), left: 3 });\n')),
    valid("the ends of a token, by other methods", client('export async function save(token: string) { await redis.set("refresh:token:1", `${token.substring(0, 6)}…`); await redis.set("refresh:token:1", `***${token.at(-1)}`); }\n')),
    valid("a hash of a generated secret", client('import { createHash, randomBytes } from "node:crypto";\nexport async function save(id: string) {\n  const key = randomBytes(24).toString("hex");\n  const apiKey = `sha256:${createHash("sha256").update(key).digest("hex")}`;\n  await redis.hset("user:" + id, { apiKey });\n}\n')),
    valid("an id with a mark before it", client('import { nanoid } from "nanoid";\nexport async function save() {\n  const orderId = `ord_${nanoid()}`;\n  await redis.set("k", { orderId, code: `c_${nanoid()}` });\n}\n')),
    valid("a text about a secret", client('export async function save(id: string) {\n  const apiKey = `rotated by ${crypto.randomUUID()}`;\n  await redis.hset("user:" + id, { apiKey, password: `user:${id}` });\n}\n')),
    valid("a coupon's code and a language's", client('export async function save(c: any) { await redis.set(`promo:${c.id}`, { code: c.code, discount: c.discount }); await redis.set("lang", c.code); }\n')),
    valid("a counter about codes", client('export const save = (id: string, count: number) => redis.set(`otp:attempts:${id}`, count);\n')),
    valid("tokens that are coins or words", client('export async function save(t: any) { await redis.set("token:price:eth", t.price); await redis.hset("usage", { promptTokens: t.promptTokens, tokenId: t.tokenId }); }\n')),
    valid("a part that names nobody", client('export async function save(email: string) { await redis.sadd("domains", email.split("@")[1]); await redis.set("n", email.length); await redis.set("m", email.slice(0, 2)); }\n')),
    valid("what an unknown function makes of it", client('import { score } from "unknown-package";\nexport const save = (email: string) => redis.set("risk", score(email));\n')),
    valid("a name that settings take out", client('export const save = (u: any) => redis.set("k", u.phone);\n'), { settings: { sensitiveNames: { remove: ["phone"] } } }),
  ],
  invalid: [
    invalid("an account is no place, whatever hours it keeps", client('export const save = (p: any) => redis.hset("k", { userId: p.id, name: «p.name», email: «p.email», phone: «p.phone», businessHours: p.hours });\n'), [{ command: "hset", data: "a name (`name`)", becomes: "encrypt(String(p.name))" }, { command: "hset", data: "an email address (`email`)", becomes: "encrypt(String(p.email))" }, { command: "hset", data: "a phone number (`phone`)", becomes: "encrypt(String(p.phone))" }]),
    invalid("the beginning of a token, without what stands for the rest", client('export const save = (token: string) => redis.set("refresh:token:1", `t-${«token.slice(0, 4)»}`);\n'), [set("a refresh token (`value`)", "encrypt(String(token.slice(0, 4)))")]),
    invalid("most of a token", client('export const save = (token: string) => redis.set("refresh:token:1", `${«token.slice(0, 40)»}...`);\n'), [set("a refresh token (`value`)", "encrypt(String(token.slice(0, 40)))")]),
    invalid("both halves of a code", client('export const save = (code: string) => redis.set("otp:1", `${«code.slice(0, 3)»}..${«code.slice(-3)»}`);\n'), [set("a one-time code (`value`)", "encrypt(String(code.slice(0, 3)))"), set("a one-time code (`value`)", "encrypt(String(code.slice(-3)))")]),
    invalid("a code with a mark, made there", client('export const save = () => redis.set("otp:1", `..${«Math.random().toString(36).slice(-6)»}`);\n'), [set("a one-time code (`value`)", "encrypt(String(Math.random().toString(36).slice(-6)))")]),
    invalid("a masked token beside one that is not", client('export const save = (token: string) => redis.set("k", { label: `${token.slice(0, 4)}...`, refreshToken: «token» });\n'), [set("a refresh token (`refreshToken`)", "encrypt(token)")]),
    invalid("a generated secret with a mark before it", client('import { randomBytes } from "node:crypto";\nexport async function save(id: string) {\n  const apiKey = `sk_live_${randomBytes(24).toString("hex")}`;\n  await redis.set("k:" + id, «apiKey»);\n}\n'), [set("an API key (`apiKey`)", "encrypt(String(apiKey))")]),
    invalid("a generated secret with a mark, by a function", client('const newKey = (id: string) => "sk_" + id + "." + crypto.randomUUID();\nexport async function save(id: string) {\n  const apiKey = newKey(id);\n  await redis.set("k:" + id, «apiKey»);\n}\n'), [set("an API key (`apiKey`)", "encrypt(String(apiKey))")]),
    invalid("a property", client('export const save = (x: any) => redis.set("k", «x.profile.phoneNumber»);\n'), [set("a phone number (`phoneNumber`)", "encrypt(String(x.profile.phoneNumber))")]),
    invalid("a variable", client('export async function save(request: Request) {\n  const password = await request.text();\n  await redis.set("k", «password»);\n}\n'), [set("a password (`password`)", "encrypt(String(password))")]),
    invalid("a parameter", client('export const save = (creditCardNumber: string) => redis.set("k", «creditCardNumber»);\n'), [set("a card number (`creditCardNumber`)", "encrypt(creditCardNumber)")]),
    invalid("a destructured parameter", client('export const save = ({ ssn }: { ssn: string }) => redis.set("k", «ssn»);\n'), [set("a social security number (`ssn`)", "encrypt(String(ssn))")]),
    invalid("a request's JSON", client('export async function POST(request: Request) {\n  const { email, password } = await request.json();\n  await redis.set("k", { «email», «password» });\n}\n'), [
      set(EMAIL, "email: encrypt(String(email))"),
      set("a password (`password`)", "password: encrypt(String(password))"),
    ]),
    invalid("a form's field", client('export const save = (form: FormData) => redis.hset("k", { email: «form.get("email")» });\n'), [{ command: "hset", data: EMAIL, becomes: 'encrypt(String(form.get("email")))' }]),
    invalid("a key that says it", client('export async function save(id: string) {\n  const code = Math.floor(Math.random() * 1e6).toString();\n  await redis.set(`otp:${id}`, «code», { ex: 60 });\n}\n'), [set("a one-time code (`code`)", "encrypt(String(code))")]),
    invalid(
      "a reset code of a function elsewhere",
      client('import { generateCode } from "@/lib/code";\nexport async function save(email: string) {\n  const code = generateCode();\n  await redis.set(`reset:${email.toLowerCase()}`, «code», { ex: 900 });\n}\n'),
      [set("a code to reset a password (`code`)", "encrypt(String(code))")],
      { files: { "lib/code.ts": "export function generateCode() { return Math.floor(100000 + Math.random() * 900000).toString(); }\n" } },
    ),
    invalid("weak names that stand together", client('export const save = (o: any) => redis.set("k", { name: «o.n», address: «o.a» });\n'), [
      set("a name (`name`)", "encrypt(String(o.n))"),
      set("a postal address (`address`)", "encrypt(String(o.a))"),
    ]),
    invalid("an inline type", save("{ id: string; email: string }"), [set(EMAIL, whole("user"))]),
    invalid("an interface", save("User", "interface User { id: string; email: string; password: string }\n"), [set(EMAIL_AND_PASSWORD, whole("user"))]),
    invalid("an interface that extends one", save("User", "interface Base { email: string }\ninterface User extends Base { id: string }\n"), [set(EMAIL, whole("user"))]),
    invalid("an intersection", save("User", "type Base = { id: string };\ntype User = Base & { email: string };\n"), [set(EMAIL, whole("user"))]),
    invalid("a list", save("readonly User[]", "interface User { email: string }\n"), [set(EMAIL, whole("user"))]),
    invalid("a dictionary", save("Record<string, User>", "interface User { email: string }\n"), [set(EMAIL, whole("user"))]),
    invalid("an object in an object", save("Order", "interface Order { id: string; customer: { email: string } }\n"), [set(EMAIL, whole("user"))]),
    invalid("a class", save("User", 'class User { id = ""; email = ""; }\n'), [set(EMAIL, whole("user"))]),
    invalid("an imported type", save("User", 'import type { User } from "@/lib/types";\n'), [set(EMAIL, whole("user"))], {
      files: { "lib/types.ts": "export interface User { id: string; email: string }\n" },
    }),
    invalid("a zod schema", client('import { z } from "zod";\nconst schema = z.object({ email: z.string(), password: z.string() });\nexport async function save(body: unknown) {\n  const user = schema.parse(body);\n  await redis.set("k", «user»);\n}\n'), [
      set(EMAIL_AND_PASSWORD, whole("user")),
    ]),
    invalid("a zod schema's type, imported", save("Signup", 'import type { Signup } from "@/lib/schema";\n'), [set(EMAIL_AND_PASSWORD, whole("user"))], {
      files: { "lib/schema.ts": 'import { z } from "zod";\nexport const signup = z.object({ email: z.string(), password: z.string() });\nexport type Signup = z.infer<typeof signup>;\n' },
    }),
    invalid(
      "a Prisma row, found by its address",
      client('import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport async function save(email: string) {\n  const user = await prisma.user.findUnique({ where: { email } });\n  await redis.set("k", JSON.stringify(«user»));\n}\n'),
      [set("an email address (`email`) and a name (`name`)", ["JSON.stringify(user)", "encrypt(JSON.stringify(user))"])],
      { files: { "prisma/schema.prisma": "model User {\n  id String @id\n  email String\n  name String\n}\n" } },
    ),
    invalid(
      "a Prisma row of a schema in several files",
      client('import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport async function save(id: string) {\n  const row = await prisma.user.findUnique({ where: { id } });\n  await redis.set("k", JSON.stringify(«row»));\n}\n'),
      [set(EMAIL, ["JSON.stringify(row)", "encrypt(JSON.stringify(row))"])],
      { files: { "prisma/schema/schema.prisma": "generator client {\n}\n", "prisma/schema/user.prisma": "model User {\n  id String @id\n  email String\n}\n" } },
    ),
    invalid(
      "a Drizzle row",
      client('import { drizzle } from "drizzle-orm/node-postgres";\nimport { users } from "@/lib/schema";\nconst db = drizzle("");\nexport async function save() {\n  const [user] = await db.select().from(users);\n  await redis.set("k", «user»);\n}\n'),
      [set(EMAIL, whole("user"))],
      { files: { "lib/schema.ts": 'import { pgTable, text } from "drizzle-orm/pg-core";\nexport const users = pgTable("users", { id: text("id"), email: text("email") });\n' } },
    ),
    invalid(
      "a declared result of a look-up by address",
      client('import { findUser } from "@/lib/users";\nexport async function save(email: string) {\n  const user = await findUser(email);\n  await redis.set("k", «user»);\n}\n'),
      [set(EMAIL, whole("user"))],
      { files: { "lib/users.ts": "export interface User { id: string; email: string }\nexport async function findUser(email: string): Promise<User> { return (await fetch(`https://a.example/${email}`)).json(); }\n" } },
    ),
    invalid("a spread", client('export const save = (user: { id: string; email: string }) => redis.hset("k", { ...«user», at: 1 });\n'), [
      { command: "hset", data: EMAIL, becomes: ["...user", "...user, email: encrypt(String(user.email))"] },
    ]),
    invalid("a spread of what is chosen there", client('export const save = (isOne: boolean, one: { email: string }, other: { email: string }) => redis.hset("k", { ...(isOne ? «one» : other), at: 1 });\n'), [
      { command: "hset", data: EMAIL, becomes: ["(isOne ? one : other)", "(isOne ? { ...one, email: encrypt(String(one.email)) } : { ...other, email: encrypt(String(other.email)) })"] },
    ]),
    invalid("a spread of one of two that holds it", client('export const save = (isGuest: boolean, guest: { id: string }, user: { email: string }) => redis.hset("k", { ...(isGuest ? guest : «user») });\n'), [
      { command: "hset", data: EMAIL, becomes: ["guest : user", "guest : { ...user, email: encrypt(String(user.email)) }"] },
    ]),
    invalid("a spread of what may be left out", client('export const save = (isOne: boolean, one: { email: string }) => redis.hset("k", { at: 1, ...(isOne && «one») });\n'), [
      { command: "hset", data: EMAIL, becomes: ["isOne && one", "isOne && { ...one, email: encrypt(String(one.email)) }"] },
    ]),
    invalid("a spread of what stands in for another", client('export const save = (other: { email: string }, maybe?: { email: string }) => redis.hset("k", { ...(«maybe» ?? other) });\n'), [
      { command: "hset", data: EMAIL, becomes: ["maybe ?? other", "(maybe && { ...maybe, email: encrypt(String(maybe.email)) }) ?? { ...other, email: encrypt(String(other.email)) }"] },
    ]),
    invalid("a whole record as fields", client('export const save = (user: { id: string; email: string }) => redis.hset("k", «user»);\n'), [
      { command: "hset", data: EMAIL, becomes: "{ ...user, email: encrypt(String(user.email)) }" },
    ]),
    invalid("a field of a field of a hash", client('export const save = (user: { id: string; email: string }) => redis.hset("k", { data: JSON.stringify(«user») });\n'), [
      { command: "hset", data: EMAIL, becomes: ["JSON.stringify(user)", "encrypt(JSON.stringify(user))"] },
    ]),
    invalid("an object put together before", client('export async function save(u: any) {\n  const payload = { v: u.email };\n  await redis.hset("k", «payload»);\n}\n'), [
      { command: "hset", data: EMAIL, becomes: "{ ...payload, v: encrypt(String(payload.v)) }" },
    ]),
    invalid("what a list's elements become", client('export const save = (rows: any[]) => redis.set("k", «rows.map((row) => ({ id: row.id, email: row.mail }))»);\n'), [
      set(EMAIL, whole("rows.map((row) => ({ id: row.id, email: row.mail }))")),
    ]),
    invalid("a name that settings add", client('export const save = (u: any) => redis.set("k", «u.employeeNumber»);\n'), [set("an employee number (`employeeNumber`)", "encrypt(String(u.employeeNumber))")], {
      settings: { sensitiveNames: { add: ["employeeNumber"] } },
    }),
    invalid("a shop's phone that is somebody's", client('export const save = (s: any) => redis.hset("shop:1", { name: s.name, phone: «s.ownerPassword», website: s.website, hours: s.hours, cuisine: s.cuisine });\n'), [
      { command: "hset", data: "a password (`ownerPassword`)", becomes: "encrypt(String(s.ownerPassword))" },
    ]),
  ],
});
