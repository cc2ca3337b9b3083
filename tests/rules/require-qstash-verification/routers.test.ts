import rule from "../../../src/rules/require-qstash-verification.ts";
import { runRule } from "../../helpers/rule-tester.ts";


runRule("require-qstash-verification", rule, {
  valid: [
    {
      name: "Hono: middleware that checks",
      filename: "src/app.ts",
      code: `import { Hono } from "hono";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const app = new Hono();

app.use("/jobs", async (c, next) => {
  await receiver.verify({ signature: c.req.header("upstash-signature") ?? "", body: await c.req.text() });
  await next();
});
app.post("/jobs", async (c) => {
  await fetch("https://example.com/charge");
  return c.json({ retried: c.req.header("upstash-retried") });
});

export default app;
`,
    },
    {
      name: "Hono: middleware of the route",
      filename: "src/app.ts",
      files: { "src/signed.ts": `import { Receiver } from "@upstash/qstash";
import { createMiddleware } from "hono/factory";

const receiver = new Receiver();

export const signed = createMiddleware(async (c, next) => {
  try {
    await receiver.verify({ signature: c.req.header("upstash-signature") ?? "", body: await c.req.text() });
  } catch {
    return c.text("no", 401);
  }
  await next();
});
` },
      code: `import { Hono } from "hono";
import { signed } from "./signed";

const app = new Hono();

app.post("/jobs", signed, async (c) => {
  await fetch("https://example.com/charge");
  return c.json({ retried: c.req.header("upstash-retried") });
});

export default app;
`,
    },
    {
      name: "Hono: checked where the router is mounted",
      filename: "src/jobs.ts",
      files: { "src/index.ts": `import { Receiver } from "@upstash/qstash";
import { Hono } from "hono";
import jobs from "./jobs";

const receiver = new Receiver();
const app = new Hono();

app.use("/jobs/*", async (c, next) => {
  await receiver.verify({ signature: c.req.header("upstash-signature") ?? "", body: await c.req.text() });
  await next();
});
app.route("/jobs", jobs);

export default app;
` },
      code: `import { Hono } from "hono";

const app = new Hono();

app.post("/run", async (c) => {
  await fetch("https://example.com/charge");
  return c.json({ retried: c.req.header("upstash-retried") });
});

export default app;
`,
    },
    {
      name: "Hono: checked in the handler",
      filename: "src/app.ts",
      code: `import { Hono } from "hono";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const app = new Hono();

app.post("/jobs", async (c) => {
  await receiver.verify({ signature: c.req.header("upstash-signature") ?? "", body: await c.req.text() });
  await fetch("https://example.com/charge");
  return c.json({ ok: true });
});

export default app;
`,
    },
    {
      name: "Hono: a workflow",
      filename: "src/app.ts",
      code: `import { Hono } from "hono";
import { serve } from "@upstash/workflow/hono";

const app = new Hono();

app.post("/jobs", serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}));

export default app;
`,
    },
    {
      name: "Hono: another route",
      filename: "src/app.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `import { Hono } from "hono";

const app = new Hono();

app.post("/api/other", async (c) => {
  await fetch("https://example.com/charge");
  return c.json({ ok: true });
});

export default app;
`,
    },
    {
      name: "Express: checked in the handler",
      filename: "server.ts",
      code: `import express from "express";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const app = express();
app.post("/jobs", express.text({ type: "*/*" }), async (req, res) => {
  try {
    await receiver.verify({ signature: req.get("upstash-signature") ?? "", body: req.body });
  } catch {
    res.status(401).end();
    return;
  }
  await fetch("https://example.com/charge");
  res.end();
});
app.listen(3000);
`,
    },
    {
      name: "Express: middleware from another file",
      filename: "server.ts",
      files: { "signed.ts": `import { Receiver } from "@upstash/qstash";
import type { NextFunction, Request, Response } from "express";

const receiver = new Receiver();

export async function signed(req: Request, res: Response, next: NextFunction) {
  try {
    await receiver.verify({ signature: req.headers["upstash-signature"] as string, body: req.body });
    next();
  } catch {
    res.status(401).end();
  }
}
` },
      code: `import express from "express";
import { signed } from "./signed";

const app = express();
app.post("/jobs", signed, async (req, res) => {
  console.log(req.headers["upstash-retried"]);
  await fetch("https://example.com/charge");
  res.end();
});
app.listen(3000);
`,
    },
    {
      name: "Express: a middleware of a package that may check",
      filename: "server.ts",
      code: `import express from "express";
import { verifyQstash } from "express-qstash";

const app = express();
app.post("/jobs", verifyQstash(), async (req, res) => {
  console.log(req.headers["upstash-retried"]);
  await fetch("https://example.com/charge");
  res.end();
});
app.listen(3000);
`,
    },
    {
      name: "pages: wrapped",
      filename: "pages/api/jobs.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `import { verifySignature } from "@upstash/qstash/nextjs";
import type { NextApiRequest, NextApiResponse } from "next";

async function handler(req: NextApiRequest, res: NextApiResponse) {
  await fetch("https://example.com/charge");
  res.end();
}

export default verifySignature(handler);

export const config = { api: { bodyParser: false } };
`,
    },
    {
      name: "pages: wrapped, from dist",
      filename: "pages/api/jobs.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `import { verifySignature } from "@upstash/qstash/dist/nextjs";

export default verifySignature(async (req, res) => {
  await fetch("https://example.com/charge");
  res.end();
});
`,
    },
    {
      name: "pages: required",
      filename: "pages/api/jobs.js",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `const { verifySignature } = require("@upstash/qstash/nextjs");

module.exports = verifySignature(async (req, res) => {
  await fetch("https://example.com/charge");
  res.end();
});
`,
    },
    {
      name: "pages: other methods are refused, the rest is checked",
      filename: "pages/api/jobs.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `import { Receiver } from "@upstash/qstash";
import type { NextApiRequest, NextApiResponse } from "next";

const receiver = new Receiver();

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method !== "POST") return res.status(405).end();
  const signature = req.headers["upstash-signature"];
  if (typeof signature !== "string") {
    res.status(401).end();
    return;
  }
  await receiver.verify({ signature, body: String(req.read()) });
  await fetch("https://example.com/charge");
  res.end();
}
`,
    },
    {
      name: "pages: no destination",
      filename: "pages/api/contact.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `import type { NextApiRequest, NextApiResponse } from "next";

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  await fetch("https://example.com/charge");
  res.end();
}
`,
    },
    {
      name: "pages: a signed-in user",
      filename: "pages/api/jobs.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `import { getServerSession } from "next-auth";
import type { NextApiRequest, NextApiResponse } from "next";

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const session = await getServerSession(req, res, {});
  if (!session) return res.status(401).end();
  await fetch("https://example.com/charge");
  res.end();
}
`,
    },
  ],
  invalid: [
    {
      name: "Hono: nothing checks",
      filename: "src/app.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `import { Hono } from "hono";

const app = new Hono();

app.post("/api/jobs", async (c) => {
  const { id } = await c.req.json();
  await fetch(\`https://example.com/charge/\${id}\`);
  return c.json({ ok: true });
});

export default app;
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 5,
          column: 10,
          endLine: 5,
          endColumn: 21,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Check the signature with `Receiver` first"},
              output: `import { Hono } from "hono";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const app = new Hono();

app.post("/api/jobs", async (c) => {
  try {
    await receiver.verify({
      signature: c.req.header("upstash-signature") ?? "",
      body: await c.req.text(),
    });
  } catch {
    return c.text("Invalid signature", 401);
  }
  const { id } = await c.req.json();
  await fetch(\`https://example.com/charge/\${id}\`);
  return c.json({ ok: true });
});

export default app;
`,
            },
          ],
        },
      ],
    },
    {
      name: "Hono: it reads a header",
      filename: "src/app.ts",
      code: `import { Hono } from "hono";

const app = new Hono();

app.post("/jobs", (c) => fetch(\`https://example.com/charge/\${c.req.header("upstash-message-id")}\`));

export default app;
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /jobs","because":"it reads the `upstash-message-id` header"},
          line: 5,
          column: 10,
          endLine: 5,
          endColumn: 17,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Check the signature with `Receiver` first"},
              output: `import { Hono } from "hono";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const app = new Hono();

app.post("/jobs", async (c) => {
  try {
    await receiver.verify({
      signature: c.req.header("upstash-signature") ?? "",
      body: await c.req.text(),
    });
  } catch {
    return c.text("Invalid signature", 401);
  }
  return fetch(\`https://example.com/charge/\${c.req.header("upstash-message-id")}\`);
});

export default app;
`,
            },
          ],
        },
      ],
    },
    {
      name: "Hono: there is a receiver, and it is not asked",
      filename: "src/app.ts",
      files: { "lib/qstash.ts": `import { Receiver } from "@upstash/qstash";

export const receiver = new Receiver();
` },
      code: `import { Hono } from "hono";

const app = new Hono();

app.post("/jobs", async (c) => {
  if (!c.req.header("upstash-signature")) return c.text("no", 401);
  await fetch("https://example.com/charge");
  return c.json({ ok: true });
});

export default app;
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /jobs","because":"it reads the `upstash-signature` header"},
          line: 5,
          column: 10,
          endLine: 5,
          endColumn: 17,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Check the signature with `Receiver` first"},
              output: `import { Hono } from "hono";
import { receiver } from "@/lib/qstash";

const app = new Hono();

app.post("/jobs", async (c) => {
  try {
    await receiver.verify({
      signature: c.req.header("upstash-signature") ?? "",
      body: await c.req.text(),
    });
  } catch {
    return c.text("Invalid signature", 401);
  }
  if (!c.req.header("upstash-signature")) return c.text("no", 401);
  await fetch("https://example.com/charge");
  return c.json({ ok: true });
});

export default app;
`,
            },
          ],
        },
      ],
    },
    {
      name: "Hono: the middleware is for another path",
      filename: "src/app.ts",
      code: `import { Hono } from "hono";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const app = new Hono();

app.use("/other/*", async (c, next) => {
  await receiver.verify({ signature: c.req.header("upstash-signature") ?? "", body: await c.req.text() });
  await next();
});
app.post("/jobs", async (c) => {
  await fetch("https://example.com/charge");
  return c.json({ retried: c.req.header("upstash-retried") });
});

export default app;
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /jobs","because":"it reads the `upstash-retried` header"},
          line: 12,
          column: 10,
          endLine: 12,
          endColumn: 17,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Check the signature with `Receiver` first"},
              output: `import { Hono } from "hono";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const app = new Hono();

app.use("/other/*", async (c, next) => {
  await receiver.verify({ signature: c.req.header("upstash-signature") ?? "", body: await c.req.text() });
  await next();
});
app.post("/jobs", async (c) => {
  try {
    await receiver.verify({
      signature: c.req.header("upstash-signature") ?? "",
      body: await c.req.text(),
    });
  } catch {
    return c.text("Invalid signature", 401);
  }
  await fetch("https://example.com/charge");
  return c.json({ retried: c.req.header("upstash-retried") });
});

export default app;
`,
            },
          ],
        },
      ],
    },
    {
      name: "Express: nothing checks",
      filename: "server.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `import express from "express";

const app = express();
app.use(express.json());
app.post("/api/jobs", async (req, res) => {
  await fetch(\`https://example.com/charge/\${req.body.id}\`);
  res.json({ ok: true });
});
app.listen(3000);
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 5,
          column: 10,
          endLine: 5,
          endColumn: 21,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Check the signature with `Receiver` first"},
              output: `import express from "express";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const app = express();
app.post("/api/jobs", express.text({ type: "*/*" }));
app.use(express.json());
app.post("/api/jobs", async (req, res) => {
  try {
    await receiver.verify({
      signature: req.get("upstash-signature") ?? "",
      body: typeof req.body === "string" ? req.body : "",
    });
  } catch {
    res.status(401).send("Invalid signature");
    return;
  }
  req.body = JSON.parse(req.body);
  await fetch(\`https://example.com/charge/\${req.body.id}\`);
  res.json({ ok: true });
});
app.listen(3000);
`,
            },
          ],
        },
      ],
    },
    {
      name: "Express: it reads a header",
      filename: "server.ts",
      code: `import express from "express";

const app = express();
app.post("/jobs", (req, res) => {
  console.log(req.headers["upstash-message-id"]);
  void fetch("https://example.com/charge");
  res.end();
});
app.listen(3000);
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /jobs","because":"it reads the `upstash-message-id` header"},
          line: 4,
          column: 10,
          endLine: 4,
          endColumn: 17,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Check the signature with `Receiver` first"},
              output: `import express from "express";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const app = express();
app.post("/jobs", express.text({ type: "*/*" }));
app.post("/jobs", async (req, res) => {
  try {
    await receiver.verify({
      signature: req.get("upstash-signature") ?? "",
      body: typeof req.body === "string" ? req.body : "",
    });
  } catch {
    res.status(401).send("Invalid signature");
    return;
  }
  console.log(req.headers["upstash-message-id"]);
  void fetch("https://example.com/charge");
  res.end();
});
app.listen(3000);
`,
            },
          ],
        },
      ],
    },
    {
      name: "Express: a router by name",
      filename: "jobs.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `import { Router } from "express";

export const router = Router();

router.post("/api/jobs", async (req, res) => {
  await fetch(\`https://example.com/charge/\${req.body.id}\`);
  res.end();
});
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 5,
          column: 13,
          endLine: 5,
          endColumn: 24,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Check the signature with `Receiver` first"},
              output: `import { Router, text } from "express";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export const router = Router();
router.post("/api/jobs", text({ type: "*/*" }));

router.post("/api/jobs", async (req, res) => {
  try {
    await receiver.verify({
      signature: req.get("upstash-signature") ?? "",
      body: typeof req.body === "string" ? req.body : "",
    });
  } catch {
    res.status(401).send("Invalid signature");
    return;
  }
  req.body = JSON.parse(req.body);
  await fetch(\`https://example.com/charge/\${req.body.id}\`);
  res.end();
});
`,
            },
          ],
        },
      ],
    },
    {
      name: "Express: a router that is handed over",
      filename: "jobs.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
`, "app.ts": `import express from "express";

export const app = express();
` },
      code: `import { app } from "./app";
import express from "express";

app.post("/api/jobs", async (req, res) => {
  await fetch(\`https://example.com/charge/\${req.body.id}\`);
  res.end();
});
void express;
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 4,
          column: 10,
          endLine: 4,
          endColumn: 21,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Check the signature with `Receiver` first"},
              output: `import { app } from "./app";
import express from "express";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

app.post("/api/jobs", express.text({ type: "*/*" }), async (req, res) => {
  try {
    await receiver.verify({
      signature: req.get("upstash-signature") ?? "",
      body: typeof req.body === "string" ? req.body : "",
    });
  } catch {
    res.status(401).send("Invalid signature");
    return;
  }
  req.body = JSON.parse(req.body);
  await fetch(\`https://example.com/charge/\${req.body.id}\`);
  res.end();
});
void express;
`,
            },
          ],
        },
      ],
    },
    {
      name: "pages: a named function",
      filename: "pages/api/jobs.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `import type { NextApiRequest, NextApiResponse } from "next";

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  await fetch("https://example.com/charge", { method: "POST", body: req.body });
  res.end();
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"/api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 3,
          column: 31,
          endLine: 3,
          endColumn: 38,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignature()`"},
              output: `import type { NextApiRequest, NextApiResponse } from "next";
import { verifySignature } from "@upstash/qstash/nextjs";

async function handler(req: NextApiRequest, res: NextApiResponse) {
  await fetch("https://example.com/charge", { method: "POST", body: req.body });
  res.end();
}

export default verifySignature(handler);

export const config = { api: { bodyParser: false } };
`,
            },
          ],
        },
      ],
    },
    {
      name: "pages: a function without a name",
      filename: "pages/api/jobs.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `import type { NextApiRequest, NextApiResponse } from "next";

export default async function (req: NextApiRequest, res: NextApiResponse) {
  await fetch("https://example.com/charge", { method: "POST", body: req.body });
  res.end();
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"/api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 4,
          column: 3,
          endLine: 4,
          endColumn: 81,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignature()`"},
              output: `import type { NextApiRequest, NextApiResponse } from "next";
import { verifySignature } from "@upstash/qstash/nextjs";

export default verifySignature(async function (req: NextApiRequest, res: NextApiResponse) {
  await fetch("https://example.com/charge", { method: "POST", body: req.body });
  res.end();
});

export const config = { api: { bodyParser: false } };
`,
            },
          ],
        },
      ],
    },
    {
      name: "pages: by name, with a config",
      filename: "pages/api/jobs.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `import type { NextApiRequest, NextApiResponse } from "next";

export const config = { maxDuration: 60 };

const handler = async (req: NextApiRequest, res: NextApiResponse) => {
  await fetch("https://example.com/charge", { method: "POST", body: req.body });
  res.end();
};

export default handler;
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"/api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 10,
          column: 16,
          endLine: 10,
          endColumn: 23,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignature()`"},
              output: `import type { NextApiRequest, NextApiResponse } from "next";
import { verifySignature } from "@upstash/qstash/nextjs";

export const config = { api: { bodyParser: false }, maxDuration: 60 };

const handler = async (req: NextApiRequest, res: NextApiResponse) => {
  await fetch("https://example.com/charge", { method: "POST", body: req.body });
  res.end();
};

export default verifySignature(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "pages: the parser's limit is set",
      filename: "pages/api/jobs.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `import type { NextApiRequest, NextApiResponse } from "next";

export const config = { api: { bodyParser: { sizeLimit: "1mb" } } };

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  await fetch("https://example.com/charge", { method: "POST", body: req.body });
  res.end();
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"/api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 5,
          column: 31,
          endLine: 5,
          endColumn: 38,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignature()`"},
              output: `import type { NextApiRequest, NextApiResponse } from "next";
import { verifySignature } from "@upstash/qstash/nextjs";

export const config = { api: { bodyParser: false } };

async function handler(req: NextApiRequest, res: NextApiResponse) {
  await fetch("https://example.com/charge", { method: "POST", body: req.body });
  res.end();
}

export default verifySignature(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "pages: something else of the API is set",
      filename: "pages/api/jobs.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `import type { NextApiRequest, NextApiResponse } from "next";

export const config = { api: { externalResolver: true } };

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  await fetch("https://example.com/charge", { method: "POST", body: req.body });
  res.end();
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"/api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 5,
          column: 31,
          endLine: 5,
          endColumn: 38,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignature()`"},
              output: `import type { NextApiRequest, NextApiResponse } from "next";
import { verifySignature } from "@upstash/qstash/nextjs";

export const config = { api: { bodyParser: false, externalResolver: true } };

async function handler(req: NextApiRequest, res: NextApiResponse) {
  await fetch("https://example.com/charge", { method: "POST", body: req.body });
  res.end();
}

export default verifySignature(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "pages: on the edge",
      filename: "pages/api/jobs.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `import type { NextRequest } from "next/server";

export const config = { runtime: "edge" };

export default async function handler(request: NextRequest) {
  await fetch("https://example.com/charge", { method: "POST", body: await request.text() });
  return new Response("ok");
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"/api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 5,
          column: 31,
          endLine: 5,
          endColumn: 38,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureEdge()`"},
              output: `import type { NextRequest } from "next/server";
import { verifySignatureEdge } from "@upstash/qstash/nextjs";

export const config = { runtime: "edge" };

async function handler(request: NextRequest) {
  await fetch("https://example.com/charge", { method: "POST", body: await request.text() });
  return new Response("ok");
}

export default verifySignatureEdge(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "pages: CommonJS",
      filename: "pages/api/jobs.js",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `const { charge } = require("some-bank");

module.exports = async function handler(req, res) {
  await charge(req.body);
  res.end();
};
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"/api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 3,
          column: 1,
          endLine: 3,
          endColumn: 15,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignature()`"},
              output: `const { charge } = require("some-bank");
const { verifySignature } = require("@upstash/qstash/nextjs");

module.exports = verifySignature(async function handler(req, res) {
  await charge(req.body);
  res.end();
});

module.exports.config = { api: { bodyParser: false } };
`,
            },
          ],
        },
      ],
    },
    {
      name: "pages: the header in brackets",
      filename: "pages/api/jobs.ts",
      code: `import type { NextApiRequest, NextApiResponse } from "next";

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const { ["upstash-message-id"]: id } = req.headers;
  console.log(id, req.headers["upstash-retried"]);
  await fetch("https://example.com/charge", { method: "POST", body: req.body });
  res.end();
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"/api/jobs","because":"it reads the `upstash-retried` header"},
          line: 3,
          column: 31,
          endLine: 3,
          endColumn: 38,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignature()`"},
              output: `import type { NextApiRequest, NextApiResponse } from "next";
import { verifySignature } from "@upstash/qstash/nextjs";

async function handler(req: NextApiRequest, res: NextApiResponse) {
  const { ["upstash-message-id"]: id } = req.headers;
  console.log(id, req.headers["upstash-retried"]);
  await fetch("https://example.com/charge", { method: "POST", body: req.body });
  res.end();
}

export default verifySignature(handler);

export const config = { api: { bodyParser: false } };
`,
            },
          ],
        },
      ],
    },
  ],
});
