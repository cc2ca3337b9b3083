import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-qstash-verification.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

/* Batches whose messages are made of a list. */

const ROUTE = "app/api/jobs/route.ts";
const HANDLER = `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`;
const reports = (go: string): number =>
  lintMessages(
    "require-qstash-verification",
    rule,
    { "lib/queue.ts": `import { Client } from "@upstash/qstash";\nimport { messageFor } from "some-messages";\n\nconst client = new Client();\n\nexport async function go(ids: string[]) {\n  ${go}\n}\n`, [ROUTE]: HANDLER },
    ROUTE,
  ).length;

const URL_OF = "url: `${process.env.APP_URL}/api/jobs`";

describe("a batch", () => {
  it.each([
    ["of what an arrow makes of each", `await client.batchJSON(ids.map((id) => ({ ${URL_OF}, body: { id } })));`],
    ["by name, of what a function returns", `const messages = ids.map((id) => {\n    return { ${URL_OF}, body: { id } };\n  });\n  await client.batchJSON(messages);`],
    ["of lists that are laid out", `await client.batch(ids.flatMap((id) => [{ ${URL_OF}, body: id }]));`],
    ["of what a function of the file makes", `const message = (id: string) => ({ ${URL_OF}, body: { id } });\n  await client.batchJSON(ids.map(message));`],
  ])("tells of its destinations: %s", (_name, go) => expect(reports(go)).toBe(1));

  it.each([
    ["for another path", "await client.batchJSON(ids.map((id) => ({ url: `${process.env.APP_URL}/api/jobs/done`, body: { id } })));"],
    ["of what is not known", "await client.batchJSON(ids.map(messageFor));"],
    ["that is not sent", `return [client, ids.map((id) => ({ ${URL_OF}, body: { id } }))];`],
    ["that is made of itself", "const messages: any = () => ids.map(messages);\n  await client.batchJSON(ids.map(messages));"],
  ])("tells of none: %s", (_name, go) => expect(reports(go)).toBe(0));
});
