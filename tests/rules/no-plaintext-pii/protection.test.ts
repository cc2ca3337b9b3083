import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { client, EMAIL, invalid, valid } from "./cases.ts";

/* What protects, and what only looks as if it did. */

const stores = (expr: string, rest = ""): string => client(`${rest}export async function save(email: string) {\n  await redis.set("k", ${expr});\n  await redis.hset("h", { email: ${expr} });\n}\n`);
const twice = (expr: string, rest = ""): string => stores(`«${expr}»`, rest);
const both = (becomes: string, data = EMAIL): readonly [Report, Report] => [
  { command: "set", data, becomes },
  { command: "hset", data, becomes },
];
type Report = Parameters<typeof invalid>[2][number];

runRule("no-plaintext-pii", rule, {
  valid: [
    valid("the project's encryptor", stores("encrypt(email)")),
    valid("an encrypted whole", client('export const save = (user: { email: string }) => redis.set("k", encrypt(JSON.stringify(user)));\n')),
    valid("bcrypt", client('import bcrypt from "bcryptjs";\nexport const save = async (password: string) => redis.hset("k", { password: await bcrypt.hash(password, 10) });\n')),
    valid("argon2", client('import * as argon2 from "argon2";\nexport const save = async (password: string) => redis.set("k", await argon2.hash(password));\n')),
    valid("Node's hash, in steps", client('import { createHash } from "node:crypto";\nexport async function save(email: string) {\n  const digest = createHash("sha256").update(email).digest("hex");\n  await redis.sadd("k", digest);\n  await redis.set("k", { email: digest });\n}\n')),
    valid("Web Crypto", client('export async function save(email: string) {\n  const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(email));\n  await redis.hset("k", { email: btoa(String.fromCharCode(...new Uint8Array(sum))) });\n}\n')),
    valid("a signed token", client('import jwt from "jsonwebtoken";\nexport const save = (email: string) => redis.set("k", jwt.sign({ email }, process.env.SECRET ?? ""));\n')),
    valid("an encrypted token of jose", client('import { EncryptJWT } from "jose";\nexport const save = async (email: string, key: Uint8Array) => redis.set("k", await new EncryptJWT({ email }).encrypt(key));\n')),
    valid("a helper elsewhere whose body encrypts", stores("put(email)", 'import { put } from "@/lib/box";\n'), {
      files: { "lib/box.ts": 'import { createCipheriv } from "node:crypto";\nexport function put(text: string) {\n  const cipher = createCipheriv("aes-256-gcm", "", "");\n  return Buffer.concat([cipher.update(text, "utf8"), cipher.final()]).toString("base64");\n}\n' },
    }),
    valid("an async helper elsewhere on Web Crypto", stores("await put(email)", 'import { put } from "@/lib/box";\n'), {
      files: { "lib/box.ts": 'export async function put(text: string) {\n  const key = await crypto.subtle.importKey("raw", new Uint8Array(32), "AES-GCM", false, ["encrypt"]);\n  const out = await crypto.subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12) }, key, new TextEncoder().encode(text));\n  return btoa(String.fromCharCode(...new Uint8Array(out)));\n}\n' },
    }),
    valid("a method whose body encrypts", stores("vault.put(email)", 'import { createCipheriv } from "node:crypto";\nclass Vault { put(text: string) { return createCipheriv("aes-256-gcm", "", "").update(text, "utf8", "hex"); } }\nconst vault = new Vault();\n')),
    valid("a record whose helper encrypts the field", client('import { seal } from "@/lib/seal";\nexport const save = (user: { id: string; email: string }) => redis.set("k", seal(user));\n'), {
      files: { "lib/seal.ts": 'import { encrypt } from "./crypto";\nexport interface User { id: string; email: string }\nexport const seal = (user: User): User => ({ ...user, email: encrypt(user.email) });\n' },
    }),
    valid("an unknown module's function named after it", stores("encryptField(email)", 'import { encryptField } from "unknown-package";\n')),
    valid("settings.encryptors", stores("put(email)", 'import { put } from "@/lib/vault";\n'), { settings: { encryptors: ["@/lib/vault#put"] } }),
    valid("settings.hashers, by path", stores("fold(email)", 'import { fold } from "./vault";\n'), {
      settings: { hashers: ["lib/vault#fold"] },
      files: { "lib/vault.ts": "export const fold = (text: string) => text;\n" },
    }),
    valid("settings.sanitizers", stores("mute(email)", 'import { mute } from "@/lib/vault";\n'), { settings: { sanitizers: ["@/lib/vault#mute"] } }),
    valid("a variable that is hashed before", client('import bcrypt from "bcryptjs";\nexport async function save(password: string) {\n  password = await bcrypt.hash(password, 10);\n  await redis.set("k", password);\n}\n')),
    valid("a spread whose field is hashed", client('import { createHash } from "node:crypto";\nexport const save = (user: { id: string; email: string }) => redis.set("k", { ...user, email: createHash("sha256").update(user.email).digest("hex") });\n')),
    valid("elements that are hashed", client('import { createHash } from "node:crypto";\nexport const save = (users: { email: string }[]) => redis.set("k", users.map((u) => createHash("sha256").update(u.email).digest("hex")));\n')),
    valid("a database's password hash", client('export const save = (user: any) => redis.hset("k", { passwordHash: user.password });\n')),
    valid("what was stored encrypted", client('export const save = (row: any) => redis.hset("k", { email: row.encryptedEmail, phone: row.phoneHash });\n')),
  ],
  invalid: [
    invalid("base64 by btoa", client('export const save = (email: string) => redis.set("k", btoa(«email»));\n'), [{ command: "set", data: EMAIL, becomes: "encrypt(email)" }]),
    invalid("base64 by Buffer", client('export const save = (email: string) => redis.set("k", Buffer.from(«email»).toString("base64"));\n'), [{ command: "set", data: EMAIL, becomes: "encrypt(email)" }]),
    invalid("URI encoding", client('export const save = (email: string) => redis.set("k", encodeURIComponent(«email»));\n'), [{ command: "set", data: EMAIL, becomes: "encrypt(email)" }]),
    invalid("compression", client('import { gzipSync } from "node:zlib";\nexport const save = (email: string) => redis.set("k", gzipSync(«email»).toString("base64"));\n'), [{ command: "set", data: EMAIL, becomes: "encrypt(email)" }]),
    invalid("a serialiser", client('import superjson from "superjson";\nexport const save = (u: any) => redis.set("k", superjson.stringify({ id: 1, email: «u.email» }));\n'), [{ command: "set", data: EMAIL, becomes: "encrypt(String(u.email))" }]),
    invalid("lower case, trimmed", client('export const save = (email: string) => redis.set("k", «email».trim().toLowerCase());\n'), [{ command: "set", data: EMAIL, becomes: "encrypt(email)" }]),
    invalid("digits only", client('export const save = (phone: string) => redis.set("k", «phone».replace(/\\D/g, ""));\n'), [{ command: "set", data: "a phone number (`phone`)", becomes: "encrypt(phone)" }]),
    invalid("a function named hash that returns its argument", twice("hash(email)", "const hash = (text: string) => text;\n"), both("encrypt(String(hash(email)))")),
    invalid("a function named encrypt that encodes", twice("encryptMail(email)", 'import { encryptMail } from "@/lib/mail";\n'), both("encrypt(String(encryptMail(email)))"), {
      files: { "lib/mail.ts": 'export const encryptMail = (text: string) => Buffer.from(text).toString("base64");\n' },
    }),
    invalid("a helper that hashes and hands out both", twice("pack(email)", 'import { createHash } from "node:crypto";\nconst pack = (text: string) => `${createHash("sha256").update(text).digest("hex")}:${text}`;\n'), both("encrypt(String(pack(email)))")),
    invalid("a helper that hashes for nothing", twice("pack(email)", 'import { createHash } from "node:crypto";\nfunction pack(text: string) { createHash("sha256").update(text).digest("hex"); return text; }\n'), both("encrypt(String(pack(email)))")),
    invalid("a hashed copy beside the plain value", client('import { createHash } from "node:crypto";\nexport const save = (email: string) => redis.set("k", { id: createHash("sha256").update(email).digest("hex"), mail: «email» });\n'), [
      { command: "set", data: EMAIL, becomes: "encrypt(email)" },
    ]),
    invalid("a hashed key", client('import { createHash } from "node:crypto";\nexport const save = (email: string) => redis.set(createHash("sha256").update(email).digest("hex"), «email»);\n'), [
      { command: "set", data: EMAIL, becomes: "encrypt(email)" },
    ]),
    invalid("the password hashed, the address not", client('import bcrypt from "bcryptjs";\nexport const save = async (u: any) => redis.hset("k", { email: «u.email», password: await bcrypt.hash(u.password, 10) });\n'), [
      { command: "hset", data: EMAIL, becomes: "encrypt(String(u.email))" },
    ]),
    invalid("a name that promises too much", client('export async function save(email: string) {\n  const maskedEmail = email;\n  await redis.set("k", «maskedEmail»);\n  await redis.hset("h", { encryptedEmail: «email» });\n}\n'), [
      { command: "set", data: EMAIL, becomes: "encrypt(String(maskedEmail))" },
      { command: "hset", data: EMAIL, becomes: "encrypt(email)" },
    ]),
    invalid("what is decrypted", client('import { decrypt } from "unknown-package";\nexport const save = (row: any) => redis.set("k", «decrypt(row.encryptedPhone)»);\n'), [
      { command: "set", data: "a phone number (`Phone`)", becomes: "encrypt(String(decrypt(row.encryptedPhone)))" },
    ]),
    invalid("what is normalised elsewhere", client('import { normalizeEmail } from "unknown-package";\nexport const save = (text: string, email: string) => redis.set("k", «normalizeEmail(email)»);\n'), [
      { command: "set", data: "an email address (`normalizeEmail`)", becomes: "encrypt(String(normalizeEmail(email)))" },
    ]),
    invalid(
      "settings.encryptors of another function",
      client('import { put } from "@/lib/other";\nvoid put;\nexport const save = (email: string) => redis.set("k", «email»);\n'),
      [{ command: "set", data: EMAIL, becomes: "encrypt(email)" }],
      { settings: { encryptors: ["@/lib/vault#put"] } },
    ),
  ],
});
