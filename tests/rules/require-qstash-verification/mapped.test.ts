/* Messages of a batch that a callback makes of a list. */
import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-qstash-verification.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

const ROUTE = "app/api/jobs/route.ts";
const HANDLER = `import { Redis } from "@upstash/redis";

const redis = Redis.fromEnv();

export async function POST(request: Request) {
  const { id } = await request.json();
  await redis.del(id);
  return Response.json({ ok: true });
}
`;
const sender = (body: string): string => `import { Client } from "@upstash/qstash";
import { messageFor } from "some-messages";

const client = new Client({ token: process.env.QSTASH_TOKEN });
const BASE = process.env.APP_URL;

export async function enqueueAll(ids: string[]) {
  ${body}
}
`;
const messagesOf = (body: string): readonly string[] => lintMessages("require-qstash-verification", rule, { "lib/queue.ts": sender(body), [ROUTE]: HANDLER }, ROUTE);

describe("a batch that is made by a callback", () => {
  it.each([
    ["at once", "await client.batchJSON(ids.map((id) => ({ url: `${BASE}/api/jobs`, body: { id } })));"],
    ["first", "const messages = ids.map((id) => {\n    return { url: `${BASE}/api/jobs`, body: { id } };\n  });\n  await client.batchJSON(messages);"],
    ["by several for each", "await client.batchJSON(ids.flatMap((id) => [{ url: `${BASE}/api/other`, body: { id } }, { url: `${BASE}/api/jobs`, body: { id } }]));"],
    ["by a function that has a name", "const toMessage = (id: string) => ({ url: `${BASE}/api/jobs`, body: { id } });\n  await client.batchJSON(ids.map(toMessage));"],
    ["of what has been filtered", "await client.batchJSON(ids.filter(Boolean).map((id) => ({ url: `${BASE}/api/jobs`, body: { id } })));"],
  ])("%s: the route is called by QStash", (_, body) => {
    expect(messagesOf(body)).toEqual([expect.stringContaining("`batchJSON` in lib/queue.ts sends to it")]);
  });

  it.each([
    ["to another path", "await client.batchJSON(ids.map((id) => ({ url: `${BASE}/api/other`, body: { id } })));"],
    ["to a path of each", "await client.batchJSON(ids.map((id) => ({ url: `${BASE}/api/${id}`, body: { id } })));"],
    ["by what can't be read", "await client.batchJSON(ids.map(messageFor));"],
    ["by a callback that calls itself", "const nested = (id: string) => [id].map(nested);\n  await client.batchJSON(ids.map(nested));"],
    ["which is not sent", "const messages = ids.map((id) => ({ url: `${BASE}/api/jobs`, body: { id } }));\n  console.log(messages);\n  await client.batchJSON([]);"],
  ])("%s: nothing is known of the route", (_, body) => {
    expect(messagesOf(body)).toEqual([]);
  });
});
