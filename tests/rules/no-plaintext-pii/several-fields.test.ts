import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { EMAIL, invalid, type Expected } from "./cases.ts";

/* Several fields of one message are hidden together, and reported together; what Redis stores, each by itself. */

const QSTASH = 'import { Client } from "@upstash/qstash";\nimport { Redis } from "@upstash/redis";\nimport { encrypt } from "@/lib/crypto";\nvoid encrypt;\nconst qstash = new Client({ token: process.env.QSTASH_TOKEN! });\nconst redis = Redis.fromEnv();\nvoid [qstash, redis];\n';
const send = (options: string): string => `${QSTASH}export const send = (u: any) => qstash.publishJSON({ url: "https://a.example", ${options} });\n`;
const message = (data: string, becomes: Expected["becomes"], redacts: Expected["redacts"]): Expected => ({ command: "publishJSON", messageId: "message", data, becomes, ...(redacts ? { redacts } : {}) });

const TWO = "{ phone: u.phone, id: u.id, contactName: u.name }";
const MAILS = "{ from: { email: u.from }, to: { backupEmail: u.to } }";

runRule("no-plaintext-pii", rule, {
  valid: [],
  invalid: [
    invalid("two fields of a body", send(`body: «${TWO}»`), [
      message("a phone number (`phone`) and the name of a person (`contactName`)", [TWO, "{ phone: encrypt(String(u.phone)), id: u.id, contactName: encrypt(String(u.name)) }"], [`body: ${TWO}`, `body: ${TWO}, redact: { body: true }`]),
    ]),
    invalid("two of a kind", send(`body: «${MAILS}»`), [
      message("email addresses (`email`, `backupEmail`)", [MAILS, "{ from: { email: encrypt(String(u.from)) }, to: { backupEmail: encrypt(String(u.to)) } }"], [`body: ${MAILS}`, `body: ${MAILS}, redact: { body: true }`]),
    ]),
    invalid("a body and headers, which are hidden apart", send('body: { email: «u.email» }, headers: { "x-phone": «u.phone» }'), [
      message(EMAIL, ["{ email: u.email }", "{ email: encrypt(String(u.email)) }"], ["body: { email: u.email }", "body: { email: u.email }, redact: { body: true }"]),
      message("a phone number (`phone`)", ['"x-phone": u.phone }', '"x-phone": encrypt(String(u.phone)) }'], ['headers: { "x-phone": u.phone }', 'headers: { "x-phone": u.phone }, redact: { header: true }']),
    ]),
    invalid("a type with several of a kind", `${QSTASH}interface Change { oldEmail: string; newEmail: string; password: string }\nexport const send = (change: Change) => qstash.publishJSON({ url: "https://a.example", body: «change» });\n`, [
      message("email addresses (`oldEmail`, `newEmail`) and a password (`password`)", ["body: change", "body: encrypt(JSON.stringify(change))"], ["body: change", "body: change, redact: { body: true }"]),
    ]),
    invalid("two messages of a batch", `${QSTASH}export const send = (u: any) => qstash.batchJSON([{ url: "https://a.example", body: { email: «u.email» } }, { url: "https://b.example", body: { phone: «u.phone» } }]);\n`, [
      { ...message(EMAIL, ["{ email: u.email }", "{ email: encrypt(String(u.email)) }"], ["body: { email: u.email }", "body: { email: u.email }, redact: { body: true }"]), command: "batchJSON" },
      { ...message("a phone number (`phone`)", ["{ phone: u.phone }", "{ phone: encrypt(String(u.phone)) }"], ["body: { phone: u.phone }", "body: { phone: u.phone }, redact: { body: true }"]), command: "batchJSON" },
    ]),
    invalid("two fields that Redis stores", `${QSTASH}export const save = (u: any) => redis.set("k", { email: «u.email», phone: «u.phone» });\n`, [
      { command: "set", data: EMAIL, becomes: ["email: u.email", "email: encrypt(String(u.email))"] },
      { command: "set", data: "a phone number (`phone`)", becomes: ["phone: u.phone", "phone: encrypt(String(u.phone))"] },
    ]),
  ],
});
