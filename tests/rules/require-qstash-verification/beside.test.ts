/* Handlers of one file, some of which check: whom does QStash call? */
import rule from "../../../src/rules/require-qstash-verification.ts";
import { replaceOnce } from "../../helpers/marks.ts";
import { runRule } from "../../helpers/rule-tester.ts";

const SIGNED = `import { Receiver } from "@upstash/qstash";
import { Redis } from "@upstash/redis";
const redis = Redis.fromEnv();
const receiver = new Receiver();
`;
const EXPRESS = `${SIGNED}import express from "express";
const app = express();
const raw = express.text({ type: "*/*" });
async function fromQstash(req, res, next) {
  try {
    await receiver.verify({ signature: req.get("upstash-signature") ?? "", body: req.body });
    next();
  } catch {
    res.status(401).end();
  }
}
app.post("/jobs/cleanup", raw, fromQstash, async (req, res) => {
  await redis.del("events");
  res.sendStatus(204);
});
`;
const HONO = `${SIGNED}import { Hono } from "hono";
const app = new Hono();
const work = async (c) => {
  await redis.del("jobs");
  return c.json({ ok: true });
};
const signed = async (c, next) => {
  await receiver.verify({ signature: c.req.header("upstash-signature") ?? "", body: await c.req.text() });
  await next();
};
app.post("/jobs", signed, work);
`;

const CHECK_FIRST = "Check the signature with `Receiver` first";
const HONO_CHECK = `
  try {
    await receiver.verify({
      signature: c.req.header("upstash-signature") ?? "",
      body: await c.req.text(),
    });
  } catch {
    return c.text("Invalid signature", 401);
  }`;
const EXPRESS_CHECK = `
  try {
    await receiver.verify({
      signature: req.get("upstash-signature") ?? "",
      body: typeof req.body === "string" ? req.body : "",
    });
  } catch {
    res.status(401).send("Invalid signature");
    return;
  }`;
/** The suggestion that checks first; `at` is behind what its code is added. */
const checked = (code: string, ...edits: readonly (readonly [at: string, added: string])[]) => [
  { messageId: "wrap" as const, data: { how: CHECK_FIRST }, output: edits.reduce((text, [at, added]) => replaceOnce(text, at, at + added), code) },
];
const AT_ANOTHER_PATH = `${HONO}app.post("/try", work);\nexport default app;\n`;
const ANOTHER_METHOD = `${HONO}app.put("/jobs", async (c) => {\n  await redis.del("all");\n  return c.json({ ok: true });\n});\nexport default app;\n`;
const MAIL = `${EXPRESS}app.post("/jobs/mail", async (req, res) => {\n  await redis.incr(\`mail:\${req.get("upstash-message-id")}\`);\n  res.end();\n});\n`;

runRule("require-qstash-verification", rule, {
  valid: [
    {
      name: "Express: other paths of the application are for other callers",
      filename: "server.ts",
      code: `${EXPRESS}
app.get("/posts/:slug", async (req, res) => {
  res.json({ views: await redis.incr(\`views:\${req.params.slug}\`) });
});
app.listen(3000);
`,
    },
    {
      name: "Express: another path does work of its own with QStash's client",
      filename: "server.ts",
      code: `${EXPRESS}
import { Client } from "@upstash/qstash";
app.post("/orders", async (req, res) => {
  await new Client().publishJSON({ url: \`\${process.env.APP_URL}/jobs/cleanup\`, body: {} });
  res.end();
});
app.listen(3000);
`,
    },
    {
      name: "Hono: another path",
      filename: "src/app.ts",
      code: `${HONO}
app.post("/contact", async (c) => {
  await redis.lpush("contacts", "x");
  return c.json({ ok: true });
});
export default app;
`,
    },
    {
      name: "Bun: routes of one server",
      filename: "server.ts",
      code: `${SIGNED}
Bun.serve({
  routes: {
    "/jobs": {
      POST: async (req) => {
        await receiver.verify({ signature: req.headers.get("upstash-signature") ?? "", body: await req.text() });
        await redis.del("jobs");
        return new Response("ok");
      },
    },
    "/views": { POST: async () => Response.json(await redis.incr("views")) },
  },
});
`,
    },
  ],
  invalid: [
    {
      name: "Hono: the checked function at another path, unchecked",
      filename: "src/app.ts",
      code: AT_ANOTHER_PATH,
      errors: [{ messageId: "beside", data: { title: "POST /try", verified: "POST /jobs" }, line: 16, column: 10, endLine: 16, endColumn: 16, suggestions: checked(AT_ANOTHER_PATH, ["const work = async (c) => {", HONO_CHECK]) }],
    },
    {
      name: "Hono: another method of the same path does work of its own",
      filename: "src/app.ts",
      code: ANOTHER_METHOD,
      errors: [{ messageId: "beside", data: { title: "PUT /jobs", verified: "POST /jobs" }, line: 16, column: 9, endLine: 16, endColumn: 16, suggestions: checked(ANOTHER_METHOD, ['app.put("/jobs", async (c) => {', HONO_CHECK]) }],
    },
    {
      name: "an application's other path that is a destination itself",
      filename: "server.ts",
      code: MAIL,
      errors: [{ messageId: "open", data: { title: "POST /jobs/mail", because: "it reads the `upstash-message-id` header" }, line: 20, column: 10, endLine: 20, endColumn: 22, suggestions: checked(MAIL, ["const app = express();", '\napp.post("/jobs/mail", express.text({ type: "*/*" }));'], ['app.post("/jobs/mail", async (req, res) => {', EXPRESS_CHECK]) }],
    },
  ],
});
