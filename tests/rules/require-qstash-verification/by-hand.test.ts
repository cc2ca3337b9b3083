/* Messages that are sent through QStash's REST API without its SDK, and headers that say where answers go. */
import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-qstash-verification.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

const ROUTE = "app/api/jobs/route.ts";
const HANDLER = `import { db } from "@/lib/db";

export async function POST(request: Request) {
  const { id } = await request.json();
  await db.user.update({ where: { id }, data: { paid: true } });
  return Response.json({ ok: true });
}
`;
const REDIS_ONLY = JSON.stringify({ dependencies: { "@upstash/redis": "1.35.0" } });
const messagesOf = (sender: string, manifest = REDIS_ONLY): readonly string[] =>
  lintMessages("require-qstash-verification", rule, { "lib/queue.ts": sender, [ROUTE]: HANDLER, "package.json": manifest }, ROUTE);
const CLIENT = `import { Client } from "@upstash/qstash";\nconst client = new Client({ token: process.env.QSTASH_TOKEN });\n`;
const HEADERS = "headers: { Authorization: `Bearer ${process.env.QSTASH_TOKEN}` }";
const ask = (address: string, options = `method: "POST", ${HEADERS}`): string => `export const go = () => fetch(${address}, { ${options} });\n`;

describe("a request to QStash's own address", () => {
  it.each([
    ["publish", "fetch", ask("`https://qstash.upstash.io/v2/publish/${process.env.APP_URL}/api/jobs`")],
    ["an address that is written out", "fetch", ask('"https://qstash.upstash.io/v2/publish/https://shop.example/api/jobs"')],
    ["a region", "fetch", ask("`https://qstash-us-east-1.upstash.io/v2/publish/${process.env.APP_URL}/api/jobs`")],
    ["a queue", "fetch", ask("`${process.env.QSTASH_URL}/v2/enqueue/mails/${process.env.APP_URL}/api/jobs`")],
    ["a schedule", "fetch", ask("`${process.env.QSTASH_URL}/v2/schedules/${process.env.APP_URL}/api/jobs`", '"method": "POST", headers: { "Upstash-Cron": "0 0 * * *" }')],
    ["an address that ends with the path", "fetch", ask("`${process.env.QSTASH_URL}${process.env.APP_URL}/api/jobs`")],
    ["through a variable", "fetch", "const base = process.env.QSTASH_URL;\n" + ask("`${base}/v2/publish/${process.env.APP_URL}/api/jobs`")],
    ["axios", "post", 'import axios from "axios";\nexport const go = (id: string) => axios.post(`https://qstash.upstash.io/v2/publish/${process.env.APP_URL}/api/jobs`, { id });\n'],
    ["where answers go", "fetch", ask('"https://qstash.upstash.io/v2/publish/https://api.openai.com/v1/responses"', 'method: "POST", headers: { "Upstash-Callback": `${process.env.APP_URL}/api/jobs` }')],
    ["where failures go", "fetch", ask('"https://qstash.upstash.io/v2/publish/https://api.openai.com/v1/responses"', 'method: "POST", headers: { "upstash-failure-callback": `${process.env.APP_URL}/api/jobs` }')],
  ])("%s: the route is called by QStash", (_, by, sender) => {
    expect(messagesOf(sender)).toEqual([expect.stringContaining(`\`${by}\` in lib/queue.ts sends to it`)]);
  });

  it.each([
    ["another path", ask("`https://qstash.upstash.io/v2/publish/${process.env.APP_URL}/api/other`")],
    ["another method", ask("`https://qstash.upstash.io/v2/publish/${process.env.APP_URL}/api/jobs`", 'method: "POST", headers: { "Upstash-Method": "PUT" }')],
    ["another endpoint of QStash", ask("`https://qstash.upstash.io/v2/messages/${process.env.APP_URL}/api/jobs`")],
    ["a service of the same form", "// not https://qstash.upstash.io\n" + ask("`https://queue.example/v2/publish/${process.env.APP_URL}/api/jobs`")],
    ["another service's address of the environment", "// not QSTASH_URL\n" + ask("`${process.env.QUEUE_URL}/v2/publish/${process.env.APP_URL}/api/jobs`")],
    ["a header for somebody else", "// not QSTASH_URL\n" + ask('"https://proxy.example/forward"', 'headers: { "Upstash-Callback": `${process.env.APP_URL}/api/jobs` }')],
  ])("%s: it is not", (_, sender) => {
    expect(messagesOf(sender)).toEqual([]);
  });

  it("is not looked for where nothing of Upstash is installed", () => {
    expect(messagesOf(ask("`https://qstash.upstash.io/v2/publish/${process.env.APP_URL}/api/jobs`"), "{}")).toEqual([]);
  });
});

describe("headers that the SDK is given", () => {
  const manifest = JSON.stringify({ dependencies: { "@upstash/qstash": "2.8.0" } });
  it.each([
    ["a callback", '"Upstash-Callback": `${process.env.APP_URL}/api/jobs`'],
    ["a callback for failures", '"Upstash-Failure-Callback": `${process.env.APP_URL}/api/jobs`'],
  ])("%s: the route is called by QStash", (_, header) => {
    const sender = `${CLIENT}export const go = () => client.publishJSON({ url: "https://api.openai.com/v1/responses", headers: { ${header} }, body: {} });\n`;
    expect(messagesOf(sender, manifest)).toEqual([expect.stringContaining("`publishJSON` in lib/queue.ts sends to it")]);
  });

  it("that say something else do not", () => {
    const sender = `${CLIENT}export const go = () => client.publishJSON({ url: "https://api.openai.com/v1/responses", headers: { "Upstash-Forward-Callback": \`\${process.env.APP_URL}/api/jobs\` }, body: {} });\n`;
    expect(messagesOf(sender, manifest)).toEqual([]);
  });
});
