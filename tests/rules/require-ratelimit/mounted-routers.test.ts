import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { LIMITER } from "./shared.ts";


/** What a file that mounts a router runs before it. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "Hono: the application limits before it mounts the router",
      filename: "src/routes/contact.ts",
      files: {
        ...LIMITER,
        "src/index.ts": `import { Hono } from "hono";
import { ratelimit } from "../lib/ratelimit";
import { contact } from "./routes/contact";

const app = new Hono();
app.use("/api/*", async (c, next) => {
  const { success } = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!success) return c.text("Too many requests", 429);
  await next();
});
app.route("/api/contact", contact);
export default app;
`,
      },
      code: `import { Hono } from "hono";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export const contact = new Hono().post("/", async (c) => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
`,
    },
    {
      name: "Express: the limiter stands beside the router",
      filename: "src/routes/contact.ts",
      files: {
        "src/server.ts": `import express from "express";
import rateLimit from "express-rate-limit";
import contact from "./routes/contact";

const app = express();
app.use("/api", rateLimit({ windowMs: 60_000, limit: 10 }), contact);
`,
      },
      code: `import { Router } from "express";
import nodemailer from "nodemailer";

const mail = nodemailer.createTransport({});
const router = Router();
router.post("/contact", async (req, res) => {
  await mail.sendMail({ to: req.body.to });
  res.end();
});
export default router;
`,
    },
  ],
  invalid: [
    {
      name: "Hono: the application limits after it has mounted the router",
      filename: "src/routes/contact.ts",
      files: {
        ...LIMITER,
        "src/index.ts": `import { Hono } from "hono";
import { ratelimit } from "../lib/ratelimit";
import { contact } from "./routes/contact";

const app = new Hono();
app.route("/api/contact", contact);
app.use("/api/*", async (c, next) => {
  const { success } = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!success) return c.text("Too many requests", 429);
  await next();
});

export default app;
`,
      },
      code: `import { Hono } from "hono";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export const contact = new Hono().post("/", async (c) => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: "" },
          line: 6,
          column: 40,
          endLine: 6,
          endColumn: 43,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { Hono } from "hono";
import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";

const resend = new Resend(process.env.RESEND_API_KEY);

export const contact = new Hono().post("/", async (c) => {
  const rate = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    return c.text("Too many requests", 429, {
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
  }
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
`,
            },
          ],
        },
      ],
    },
    {
      name: "Hono: the application limits another path",
      filename: "src/routes/contact.ts",
      files: {
        ...LIMITER,
        "src/index.ts": `import { Hono } from "hono";
import { ratelimit } from "../lib/ratelimit";
import { contact } from "./routes/contact";

const app = new Hono();
app.use("/api/*", async (c, next) => {
  const { success } = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!success) return c.text("Too many requests", 429);
  await next();
});
app.route("/contact", contact);
export default app;
`,
      },
      code: `import { Hono } from "hono";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export const contact = new Hono().post("/", async (c) => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /contact", work: "sends mail through Resend", file: "" },
          line: 6,
          column: 40,
          endLine: 6,
          endColumn: 43,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { Hono } from "hono";
import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";

const resend = new Resend(process.env.RESEND_API_KEY);

export const contact = new Hono().post("/", async (c) => {
  const rate = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    return c.text("Too many requests", 429, {
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
  }
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
`,
            },
          ],
        },
      ],
    },
    {
      name: "Express: nobody limits where the router is mounted",
      filename: "src/routes/contact.ts",
      files: {
        ...LIMITER,
        "src/server.ts": `import express from "express";
import contact from "./routes/contact";

const app = express();
app.use("/api", express.json(), contact);
`,
      },
      code: `import { Router } from "express";
import nodemailer from "nodemailer";

const mail = nodemailer.createTransport({});
const router = Router();
router.post("/contact", async (req, res) => {
  await mail.sendMail({ to: req.body.to });
  res.end();
});
export default router;
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "sends mail through Nodemailer", file: "" },
          line: 6,
          column: 13,
          endLine: 6,
          endColumn: 23,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { Router } from "express";
import nodemailer from "nodemailer";
import { ratelimit } from "@/lib/ratelimit";

const mail = nodemailer.createTransport({});
const router = Router();
router.post("/contact", async (req, res) => {
  const rate = await ratelimit.limit(req.ip ?? "anonymous");
  if (!rate.success) {
    res.set({
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
    res.status(429).send("Too many requests");
    return;
  }
  await mail.sendMail({ to: req.body.to });
  res.end();
});
export default router;
`,
            },
          ],
        },
      ],
    },
  ],
});
