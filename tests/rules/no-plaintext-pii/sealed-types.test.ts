import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { client, EMAIL, invalid, valid } from "./cases.ts";

/* A declared type whose member the file itself fills with what is encrypted: the type does not tell that it can be read. */

const TYPE = "interface Connection { id: string; config: { apiKey: string; list?: string } }\n";
const MADE = (value: string, type = ": Connection"): string => `  const one${type} = { id: "1", config: { apiKey: ${value} } };\n`;
const PARSE = "const parse = (text: string | null): Connection[] => (text ? JSON.parse(text) : []);\n";
const add = (value: string, type?: string): string =>
  `export async function add(key: string) {\n  const all = parse(await redis.get("all"));\n${MADE(value, type)}  all.push(one);\n  await redis.set("all", JSON.stringify(all));\n}\n`;
const REMOVE = 'export async function remove(id: string) {\n  const left = parse(await redis.get("all")).filter((one) => one.id !== id);\n  await redis.set("all", JSON.stringify(left));\n}\n';
const API_KEY = "an API key (`apiKey`)";
const marked = (code: string): string => code.replaceAll("JSON.stringify(all)", "JSON.stringify(«all»)").replaceAll("JSON.stringify(left)", "JSON.stringify(«left»)");
const of = (name: string): { command: string; data: string; becomes: readonly [string, string] } => ({ command: "set", data: API_KEY, becomes: [`JSON.stringify(${name})`, `encrypt(JSON.stringify(${name}))`] });

runRule("no-plaintext-pii", rule, {
  valid: [
    valid("a list, and one more in it", client(TYPE + PARSE + add("encrypt(key)"))),
    valid("what is left of it", client(TYPE + PARSE + add("encrypt(key)") + REMOVE)),
    valid("a parameter of that type", client(`${TYPE}export const make = (key: string) => {\n${MADE("encrypt(key)")}  return one;\n};\nexport const keep = (one: Connection) => redis.set("one", JSON.stringify(one));\n`)),
    valid("an encryptor that hands back what is empty", client(`import { createCipheriv } from "node:crypto";\nfunction seal(text: string): string {\n  if (!text) return text;\n  const cipher = createCipheriv("aes-256-gcm", Buffer.alloc(32), Buffer.alloc(12));\n  return \`v1:\${cipher.update(text, "utf8", "hex")}\`;\n}\n${TYPE}${PARSE}${add("seal(key)")}${REMOVE}`)),
    valid("a type of another file", client('import type { Connection } from "@/lib/types";\n' + PARSE + add("encrypt(key)") + REMOVE), { files: { "lib/types.ts": `export ${TYPE}` } }),
  ],
  invalid: [
    invalid("it is made of another one of its type", client(`${TYPE}import { wrap } from "unknown-package";\nconst next = (one: Connection, key: string): Connection => {\n  const made: Connection = { id: encrypt(JSON.stringify(wrap(one))), config: { apiKey: key } };\n  return made;\n};\nexport const keep = (one: Connection) => redis.set("one", JSON.stringify(«one»));\nexport { next };\n`), [of("one")]),
    invalid("nothing is encrypted", marked(client(TYPE + PARSE + add("key"))), [of("all")]),
    invalid("it is encoded", marked(client(TYPE + PARSE + add("btoa(key)") + REMOVE)), [of("all"), of("left")]),
    invalid("it is hashed, and kept beside the hash", marked(client(`import { createHash } from "node:crypto";\nconst pack = (text: string) => \`\${createHash("sha256").update(text).digest("hex")}:\${text}\`;\n${TYPE}${PARSE}${add("pack(key)")}`)), [of("all")]),
    invalid("another member is encrypted", marked(client(TYPE.replace("list?", "secret?: string; list?") + PARSE + add('key, secret: encrypt("a")'))), [of("all")]),
    invalid("an object of another type is encrypted", marked(client(`${TYPE}interface Other { apiKey: string; name: string }\n${PARSE}export const other = (key: string) => {\n  const one: Other = { apiKey: encrypt(key), name: "a" };\n  return one;\n};\n${add("key")}`)), [of("all")]),
    invalid("the object that is stored is not", client(`${TYPE}${PARSE}${add("encrypt(key)")}export const keep = async (key: string) => {\n  const one: Connection = { id: "2", config: { apiKey: «key» } };\n  await redis.set("one", JSON.stringify(one));\n};\n`).replace("{ apiKey: «key» }", "{ apiKey: key }").replace("JSON.stringify(one)", "JSON.stringify(«one»)"), [
      { command: "set", data: "an API key (`apiKey`)", becomes: ["JSON.stringify(one)", "encrypt(JSON.stringify(one))"] },
    ]),
    invalid("the address beside it is not", client("interface Account { id: string; email: string; password: string }\nexport async function make(email: string, password: string) {\n  const one: Account = { id: \"1\", email: «email», password: encrypt(password) };\n  await redis.set(\"one\", one);\n}\nexport const keep = (one: Account) => redis.set(\"one\", «one»);\n").replace("email: «email»", "email").replace("\"one\", one)", "\"one\", «one»)"), [
      { command: "set", data: EMAIL, becomes: "encrypt(JSON.stringify(one))" },
      { command: "set", data: EMAIL, becomes: "encrypt(JSON.stringify(one))" },
    ]),
  ],
});
