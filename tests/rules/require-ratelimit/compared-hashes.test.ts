import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Anyone can make a hash. It tells a caller only where it takes a secret, or is compared with what is kept. */

const ROUTE = "app/api/plans/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const db = new PrismaClient();\n',
  "lib/hashes.ts": `import { createHash, createHmac } from "node:crypto";
export const hashOf = (text) => createHash("sha256").update(text).digest("hex");
export function signatureOf(text) {
  const hmac = createHmac("sha256", process.env.SIGNING_SECRET);
  hmac.update(text);
  return hmac.digest("hex");
}
`,
};
const IMPORTS = `import { createHash, webcrypto } from "node:crypto";
import jwt from "jsonwebtoken";
import { mail, redis, resend } from "@/lib/clients";
import { db } from "@/lib/db";
import { keptFor } from "some-store";
import { hashOf, signatureOf } from "@/lib/hashes";
const claimsOf = (token) => jwt.verify(token, process.env.JWT_SECRET);
`;

type Case = readonly [name: string, verdict: Verdict, body: string];

const PLAN = "const plan = await db.plan.findFirst({ where: { id: body.id } });";
const SENT = 'const sent = request.headers.get("x-hash");';
const WRITE = "await db.note.delete({ where: { id: 1 } });";
const MAIL = "await resend.emails.send(mail);";
const TOKEN = 'const claims = claimsOf(request.headers.get("authorization"));';

const refuse = (test: string, status: number, work = WRITE): string => `if (${test}) return new Response(null, { status: ${status} });\n  ${work}`;

const CASES: readonly Case[] = [
  ["a signature", "nobody", `${SENT}\n  ${refuse("sent !== signatureOf(JSON.stringify(body))", 401)}`],
  ["a hash of a secret", "nobody", `${SENT}\n  ${refuse("hashOf(sent) !== hashOf(process.env.CRON_SECRET)", 401)}`],
  ["a hash with a secret in it", "nobody", `${SENT}\n  ${refuse('sent !== createHash("sha256").update(process.env.SIGNING_SECRET + body.id).digest("hex")', 401)}`],
  ["a hash that the environment holds", "nobody", refuse("hashOf(body.key) !== process.env.API_KEY_HASH", 401)],
  ["a key whose hash is kept", "nobody", `const key = await db.apiKey.findUnique({ where: { id: body.keyId } });\n  ${refuse("hashOf(body.key) !== key.hash", 401)}`.replace("body.keyId", 'request.headers.get("x-api-key")?.split(".")[0]')],
  ["the same, for mail", "any signed-in caller", `const key = await db.apiKey.findUnique({ where: { id: request.headers.get("x-api-key")?.split(".")[0] } });\n  ${refuse("hashOf(body.key) !== key.hash", 401, MAIL)}`],
  ["a hash that something unknown keeps", "nobody", `const kept = await keptFor(body.id);\n  ${refuse("hashOf(body.key) !== kept.hash", 401)}`],
  ["the same, for mail", "any signed-in caller", `const kept = await keptFor(body.id);\n  ${refuse('createHash("sha256").update(body.key).digest("hex") !== kept.hash', 403, MAIL)}`],
  ["a token whose subject is compared", "any signed-in caller", `${TOKEN}\n  ${refuse("claims.sub !== body.userId", 403, MAIL)}`],
  ["the same, for data", "nobody", `${TOKEN}\n  ${refuse("claims.sub !== body.userId", 403)}`],

  ["what is kept, and the hash that is kept of it", "anyone", `${PLAN}\n  ${refuse("hashOf(plan.text) !== plan.hash", 409)}`],
  ["the same, in a branch", "anyone", `${PLAN}\n  if (plan.isLocked) {\n    const hash = hashOf(plan.text);\n    if (!plan.hash || hash !== plan.hash) return new Response(null, { status: 409 });\n  }\n  ${WRITE}`],
  ["a hash that something unknown keeps, of what it keeps itself", "anyone", `const kept = await keptFor(body.id);\n  ${refuse("hashOf(kept.text) !== kept.hash", 409)}`],
  ["a constant's hash", "anyone", refuse('hashOf(body.text) !== "d41d8cd9"', 401)],
  ["what is sent, and the hash that is sent of it", "anyone", `${SENT}\n  ${refuse("sent !== hashOf(JSON.stringify(body))", 401)}`],
  ["the same, by Web Crypto", "anyone", `${SENT}\n  const hash = Buffer.from(await webcrypto.subtle.digest("SHA-256", Buffer.from(body.text))).toString("hex");\n  ${refuse("sent !== hash", 401)}`],
  ["an answer that is there already", "anyone", `${PLAN}\n  ${refuse('request.headers.get("if-none-match") === hashOf(plan.text)', 304)}`],
];

describe("a hash that is compared", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    const code = `${IMPORTS}export async function POST(request: Request) {\n  const body = await request.json();\n  ${body}\n  return Response.json({});\n}\n`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});
