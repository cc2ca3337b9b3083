/* Messages of a batch that a callback makes of a list. */
import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/no-plaintext-pii.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

const messagesOf = (body: string): readonly string[] =>
  lintMessages(
    "no-plaintext-pii",
    rule,
    {
      "lib/queue.ts": `import { Client } from "@upstash/qstash";
import { Index } from "@upstash/vector";
import { encrypt } from "@/lib/crypto";

const qstash = new Client({ token: process.env.QSTASH_TOKEN });
const index = Index.fromEnv();

export async function enqueueAll(users: { id: string; email: string; theme: string }[], accessToken: string) {
  ${body}
}
`,
      "lib/crypto.ts": `import { createCipheriv } from "node:crypto";\n\nexport const encrypt = (text: string) => createCipheriv("aes-256-gcm", process.env.KEY ?? "", "x").update(text, "utf8", "hex");\n`,
    },
    "lib/queue.ts",
  );
const URL = `url: "https://example.com/api/jobs"`;

describe("a batch that is made by a callback", () => {
  it.each([
    ["a body", `await qstash.batchJSON(users.map((user) => ({ ${URL}, body: { mail: user.email } })));`, "an email address"],
    ["headers", `const messages = users.map((user) => {\n    return { ${URL}, headers: { Authorization: \`Bearer \${accessToken}\` }, body: { id: user.id } };\n  });\n  await qstash.batchJSON(messages);`, "an access token"],
    ["several for each", `await qstash.batchJSON(users.flatMap((user) => [{ ${URL}, body: { id: user.id } }, { ${URL}, body: { email: user.email } }]));`, "an email address"],
    ["vectors", `await index.upsert(users.map((user) => ({ id: user.id, data: user.theme, metadata: { email: user.email } })));`, "an email address"],
  ])("%s: told", (_, body, what) => {
    expect(messagesOf(body)).toEqual([expect.stringContaining(what)]);
  });

  it.each([
    ["an id", `await qstash.batchJSON(users.map((user) => ({ ${URL}, body: { id: user.id } })));`],
    ["a callback that calls itself", "const nested = (user) => [user].map(nested);\n  await qstash.batchJSON(users.map(nested));"],
    ["encrypted", `await qstash.batchJSON(users.map((user) => ({ ${URL}, body: { mail: encrypt(user.email) } })));`],
    ["hidden", `await qstash.batchJSON(users.map((user) => ({ ${URL}, body: { mail: user.email }, redact: { body: true } })));`],
    ["what decides, and is not sent", `await qstash.batchJSON(users.map((user) => ({ ${URL}, body: { isKnown: user.email !== "" } })));`],
  ])("%s: silent", (_, body) => {
    expect(messagesOf(body)).toEqual([]);
  });
});
