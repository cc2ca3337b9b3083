import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { LIMITER } from "./shared.ts";

const ROUTE = "pages/api/contact.ts";

/** API routes of the Next.js pages router. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "no work",
      filename: ROUTE,
      code: `import type { NextApiRequest, NextApiResponse } from "next";

export default function handler(_req: NextApiRequest, res: NextApiResponse) {
  res.status(200).json({ ok: true });
}
`,
    },
    {
      name: "a page, not an API route",
      filename: "pages/contact.tsx",
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default async function Contact() {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return null;
}
`,
    },
    {
      name: "limited in the method's branch",
      filename: ROUTE,
      files: LIMITER,
      code: `import type { NextApiRequest, NextApiResponse } from "next";
import { ratelimit } from "../../lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method !== "POST") return res.status(405).end();
  const { success } = await ratelimit.limit(String(req.headers["x-real-ip"]));
  if (!success) return res.status(429).end();
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return res.status(200).end();
}
`,
    },
    {
      name: "a named export is no handler",
      filename: ROUTE,
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function send() {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
}

export default function handler() {
  return null;
}
`,
    },
    {
      name: "QStash's signature is verified by the wrapper for this router",
      filename: ROUTE,
      code: `import type { NextApiRequest, NextApiResponse } from "next";
import { verifySignature } from "@upstash/qstash/nextjs";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

async function handler(_req: NextApiRequest, res: NextApiResponse) {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  res.status(200).end();
}

export default verifySignature(handler);

export const config = { api: { bodyParser: false } };
`,
    },
    {
      name: "NextAuth",
      filename: "pages/api/auth/[...nextauth].ts",
      code: `import NextAuth from "next-auth";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export default NextAuth({ providers: [], callbacks: { signIn: async () => Boolean(await db.visit.create({ data: {} })) } });
`,
    },
    {
      name: "NextAuth, called in a handler",
      filename: "pages/api/auth/[...nextauth].ts",
      code: `import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export default async function auth(req: NextApiRequest, res: NextApiResponse) {
  return await NextAuth(req, res, { providers: [], events: { signIn: async () => void (await db.visit.create({ data: {} })) } });
}
`,
    },
    {
      name: "a signed-in caller changes data",
      filename: ROUTE,
      code: `import type { NextApiRequest, NextApiResponse } from "next";
import { getServerSession } from "next-auth";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const session = await getServerSession(req, res, {});
  if (!session) return res.status(401).end();
  await db.note.create({ data: { text: req.body } });
  return res.status(200).end();
}
`,
    },
    {
      name: "express-rate-limit, run as a promise",
      filename: ROUTE,
      files: {
        "lib/limit.ts": `import rateLimit from "express-rate-limit";

const limiter = rateLimit({ windowMs: 60_000, limit: 10 });

export const applyRateLimit = (req: unknown, res: unknown) =>
  new Promise((resolve, reject) => {
    limiter(req as never, res as never, (result: unknown) => (result instanceof Error ? reject(result) : resolve(result)));
  });
`,
      },
      code: `import type { NextApiRequest, NextApiResponse } from "next";
import { applyRateLimit } from "../../lib/limit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  await applyRateLimit(req, res);
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  res.status(200).end();
}
`,
    },
  ],
  invalid: [
    {
      name: "a default function",
      filename: ROUTE,
      files: LIMITER,
      code: `import type { NextApiRequest, NextApiResponse } from "next";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method !== "POST") return res.status(405).end();
  await resend.emails.send({ from: "a@example.com", to: req.body.to, subject: "Hi", text: "Hi" });
  return res.status(200).end();
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "/api/contact", work: "sends mail through Resend", file: "" },
          line: 6,
          column: 31,
          endLine: 6,
          endColumn: 38,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import type { NextApiRequest, NextApiResponse } from "next";
import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";

const resend = new Resend(process.env.RESEND_API_KEY);

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const rate = await ratelimit.limit(String(req.headers["x-real-ip"] ?? req.socket.remoteAddress));
  if (!rate.success) {
    res.setHeader("Retry-After", String(Math.ceil((rate.reset - Date.now()) / 1000)));
    res.setHeader("X-RateLimit-Limit", String(rate.limit));
    res.setHeader("X-RateLimit-Remaining", String(rate.remaining));
    res.setHeader("X-RateLimit-Reset", String(rate.reset));
    res.status(429).end("Too many requests");
    return;
  }
  if (req.method !== "POST") return res.status(405).end();
  await resend.emails.send({ from: "a@example.com", to: req.body.to, subject: "Hi", text: "Hi" });
  return res.status(200).end();
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "an arrow function under a name, with dynamic segments",
      filename: "pages/api/notes/[id].ts",
      code: `import type { NextApiRequest, NextApiResponse } from "next";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

const handler = async (req: NextApiRequest, res: NextApiResponse) => {
  await db.note.delete({ where: { id: String(req.query.id) } });
  res.status(204).end();
};

export default handler;
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "/api/notes/[id]", work: "changes the database through Prisma", file: "" },
          line: 11,
          column: 16,
          endLine: 11,
          endColumn: 23,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "a new `Ratelimit` of 10 requests in 10 seconds" },
              output: `import type { NextApiRequest, NextApiResponse } from "next";
import { PrismaClient } from "@prisma/client";
import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

const ratelimit = new Ratelimit({
  redis: Redis.fromEnv(),
  limiter: Ratelimit.slidingWindow(10, "10 s"),
});

const db = new PrismaClient();

const handler = async (req: NextApiRequest, res: NextApiResponse) => {
  const rate = await ratelimit.limit(String(req.headers["x-real-ip"] ?? req.socket.remoteAddress));
  if (!rate.success) {
    res.setHeader("Retry-After", String(Math.ceil((rate.reset - Date.now()) / 1000)));
    res.setHeader("X-RateLimit-Limit", String(rate.limit));
    res.setHeader("X-RateLimit-Remaining", String(rate.remaining));
    res.setHeader("X-RateLimit-Reset", String(rate.reset));
    res.status(429).end("Too many requests");
    return;
  }
  await db.note.delete({ where: { id: String(req.query.id) } });
  res.status(204).end();
};

export default handler;
`,
            },
          ],
        },
      ],
    },
    {
      name: "an anonymous function below src/",
      filename: "src/pages/api/contact.ts",
      code: `import type { NextApiRequest, NextApiResponse } from "next";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default async function (req: NextApiRequest, res: NextApiResponse) {
  await resend.emails.send({ from: "a@example.com", to: req.body.to, subject: "Hi", text: "Hi" });
  res.end();
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "/api/contact", work: "sends mail through Resend", file: "" },
          line: 7,
          column: 3,
          endLine: 7,
          endColumn: 99,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "a new `Ratelimit` of 10 requests in 10 seconds" },
              output: `import type { NextApiRequest, NextApiResponse } from "next";
import { Resend } from "resend";
import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

const ratelimit = new Ratelimit({
  redis: Redis.fromEnv(),
  limiter: Ratelimit.slidingWindow(10, "10 s"),
});

const resend = new Resend(process.env.RESEND_API_KEY);

export default async function (req: NextApiRequest, res: NextApiResponse) {
  const rate = await ratelimit.limit(String(req.headers["x-real-ip"] ?? req.socket.remoteAddress));
  if (!rate.success) {
    res.setHeader("Retry-After", String(Math.ceil((rate.reset - Date.now()) / 1000)));
    res.setHeader("X-RateLimit-Limit", String(rate.limit));
    res.setHeader("X-RateLimit-Remaining", String(rate.remaining));
    res.setHeader("X-RateLimit-Reset", String(rate.reset));
    res.status(429).end("Too many requests");
    return;
  }
  await resend.emails.send({ from: "a@example.com", to: req.body.to, subject: "Hi", text: "Hi" });
  res.end();
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "one method is limited, and the other is not",
      filename: ROUTE,
      files: LIMITER,
      code: `import type { NextApiRequest, NextApiResponse } from "next";
import { ratelimit } from "../../lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method === "GET") {
    const { success } = await ratelimit.limit("key");
    return res.status(success ? 200 : 429).end();
  }
  await resend.emails.send({ from: "a@example.com", to: req.body.to, subject: "Hi", text: "Hi" });
  return res.status(200).end();
}
`,
      errors: [
        {
          messageId: "although",
          data: { title: "/api/contact", work: "sends mail through Resend", file: "", although: 'its limiter is consulted only where `req.method === "GET"`' },
          line: 7,
          column: 31,
          endLine: 7,
          endColumn: 38,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit`" },
              output: `import type { NextApiRequest, NextApiResponse } from "next";
import { ratelimit } from "../../lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const rate = await ratelimit.limit(String(req.headers["x-real-ip"] ?? req.socket.remoteAddress));
  if (!rate.success) {
    res.setHeader("Retry-After", String(Math.ceil((rate.reset - Date.now()) / 1000)));
    res.setHeader("X-RateLimit-Limit", String(rate.limit));
    res.setHeader("X-RateLimit-Remaining", String(rate.remaining));
    res.setHeader("X-RateLimit-Reset", String(rate.reset));
    res.status(429).end("Too many requests");
    return;
  }
  if (req.method === "GET") {
    const { success } = await ratelimit.limit("key");
    return res.status(success ? 200 : 429).end();
  }
  await resend.emails.send({ from: "a@example.com", to: req.body.to, subject: "Hi", text: "Hi" });
  return res.status(200).end();
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a handler without a response to answer with: no suggestion",
      filename: ROUTE,
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default async function handler() {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "/api/contact", work: "sends mail through Resend", file: "" },
          line: 5,
          column: 31,
          endLine: 5,
          endColumn: 38,
        },
      ],
    },
  ],
});
