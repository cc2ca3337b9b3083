import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { GUARD, LIMITER } from "./shared.ts";

const ROUTE = "app/api/contact/route.ts";

/** Route handlers of the Next.js app router: callers who are known, machines, and handlers of libraries. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "QStash's signature is verified by a wrapper",
      filename: ROUTE,
      code: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

async function handler() {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
    },
    {
      name: "QStash's signature is verified by a receiver",
      filename: ROUTE,
      code: `import { Receiver } from "@upstash/qstash";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const receiver = new Receiver();

export async function POST(request: Request) {
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: await request.text() });
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a cron job's secret",
      filename: ROUTE,
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function GET(request: Request) {
  if (request.headers.get("authorization") !== \`Bearer \${process.env.CRON_SECRET}\`) {
    return new Response("Unauthorized", { status: 401 });
  }
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a webhook whose signature Stripe's library checks",
      filename: ROUTE,
      code: `import Stripe from "stripe";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY ?? "");

export async function POST(request: Request) {
  const signature = request.headers.get("stripe-signature") ?? "";
  const event = stripe.webhooks.constructEvent(await request.text(), signature, process.env.STRIPE_WEBHOOK_SECRET ?? "");
  await db.event.create({ data: { id: event.id } });
  return Response.json({ received: true });
}
`,
    },
    {
      name: "a webhook whose signature is computed by hand",
      filename: ROUTE,
      code: `import { createHmac } from "node:crypto";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function POST(request: Request) {
  const body = await request.text();
  const digest = createHmac("sha256", process.env.WEBHOOK_SECRET ?? "").update(body).digest("hex");
  if (digest !== request.headers.get("x-signature")) return new Response(null, { status: 401 });
  await db.event.create({ data: { body } });
  return Response.json({ received: true });
}
`,
    },
    {
      name: "Auth.js's handlers, re-exported",
      filename: ROUTE,
      files: {
        "auth.ts": `import NextAuth from "next-auth";
import { db } from "./db";

export const { handlers, auth } = NextAuth({ callbacks: { signIn: async ({ user }) => Boolean(await db.user.create({ data: user })) } });
`,
        "db.ts": `import { PrismaClient } from "@prisma/client";

export const db = new PrismaClient();
`,
      },
      code: `import { handlers } from "@/auth";

export const { GET, POST } = handlers;
`,
    },
    {
      name: "Auth.js, set up by a function of the request",
      filename: ROUTE,
      code: `import NextAuth from "next-auth";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

const handler = NextAuth(async (request) => {
  await db.visit.create({ data: { url: request?.url } });
  return { providers: [] };
});

export { handler as GET, handler as POST };
`,
    },
    {
      name: "Better Auth, which limits by itself",
      filename: ROUTE,
      files: {
        "lib/auth.ts": `import { betterAuth } from "better-auth";

export const auth = betterAuth({ emailAndPassword: { enabled: true } });
`,
      },
      code: `import { toNextJsHandler } from "better-auth/next-js";
import { auth } from "@/lib/auth";

export const { GET, POST } = toNextJsHandler(auth.handler);
`,
    },
    {
      name: "tRPC's handler: its procedures are limited by themselves",
      filename: "app/api/trpc/[trpc]/route.ts",
      code: `import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "@/server/router";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

const handler = (req: Request) =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
    router: appRouter,
    createContext: async () => ({ visits: await db.visit.create({ data: {} }) }),
  });

export { handler as GET, handler as POST };
`,
    },
    {
      name: "a signed-in caller changes data",
      filename: ROUTE,
      code: `import { auth } from "@clerk/nextjs/server";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function POST(request: Request) {
  const { userId } = await auth();
  if (!userId) return new Response("Unauthorized", { status: 401 });
  await db.note.create({ data: { userId, text: await request.text() } });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a verifier that settings name",
      filename: ROUTE,
      settings: {"verifiers":["@acme/edge#onlyOurs"]},
      code: `import { onlyOurs } from "@acme/edge";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export const POST = onlyOurs(async () => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
});
`,
    },
  ],
  invalid: [
    {
      name: "a signed-in caller can still run up the bill of a model",
      filename: ROUTE,
      files: LIMITER,
      code: `import { auth } from "@clerk/nextjs/server";
import { generateText } from "ai";

export async function POST(request: Request) {
  const { userId } = await auth();
  if (!userId) return new Response("Unauthorized", { status: 401 });
  const { text } = await generateText({ model: "openai/gpt-5-mini", prompt: await request.text() });
  return Response.json({ text });
}
`,
      errors: [
        {
          messageId: "known",
          data: { title: "POST /api/contact", work: "calls an LLM through the AI SDK", file: "", although: "" },
          line: 4,
          column: 23,
          endLine: 4,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { auth } from "@clerk/nextjs/server";
import { generateText } from "ai";
import { ratelimit } from "@/lib/ratelimit";

export async function POST(request: Request) {
${GUARD}
  const { userId } = await auth();
  if (!userId) return new Response("Unauthorized", { status: 401 });
  const { text } = await generateText({ model: "openai/gpt-5-mini", prompt: await request.text() });
  return Response.json({ text });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a session that is asked for and not checked",
      filename: ROUTE,
      files: LIMITER,
      code: `import { auth } from "@clerk/nextjs/server";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function POST(request: Request) {
  const { userId } = await auth();
  await db.note.create({ data: { userId, text: await request.text() } });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "changes the database through Prisma", file: "" },
          line: 6,
          column: 23,
          endLine: 6,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { auth } from "@clerk/nextjs/server";
import { PrismaClient } from "@prisma/client";
import { ratelimit } from "@/lib/ratelimit";

const db = new PrismaClient();

export async function POST(request: Request) {
${GUARD}
  const { userId } = await auth();
  await db.note.create({ data: { userId, text: await request.text() } });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a key that must be there is no secret that the caller knows",
      filename: ROUTE,
      files: LIMITER,
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  if (!process.env.RESEND_API_KEY || process.env.RESEND_API_KEY === undefined) return new Response(null, { status: 500 });
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: "" },
          line: 5,
          column: 23,
          endLine: 5,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
${GUARD}
  if (!process.env.RESEND_API_KEY || process.env.RESEND_API_KEY === undefined) return new Response(null, { status: 500 });
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a secret that the browser has is none",
      filename: ROUTE,
      files: LIMITER,
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  if (request.headers.get("x-key") !== process.env.NEXT_PUBLIC_API_KEY) return new Response(null, { status: 401 });
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: "" },
          line: 5,
          column: 23,
          endLine: 5,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
${GUARD}
  if (request.headers.get("x-key") !== process.env.NEXT_PUBLIC_API_KEY) return new Response(null, { status: 401 });
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a signature that is read and not verified",
      filename: ROUTE,
      files: LIMITER,
      code: `import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function POST(request: Request) {
  const signature = request.headers.get("stripe-signature");
  if (!signature) return new Response(null, { status: 401 });
  await db.event.create({ data: { body: await request.text() } });
  return Response.json({ received: true });
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "changes the database through Prisma", file: "" },
          line: 5,
          column: 23,
          endLine: 5,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { PrismaClient } from "@prisma/client";
import { ratelimit } from "@/lib/ratelimit";

const db = new PrismaClient();

export async function POST(request: Request) {
${GUARD}
  const signature = request.headers.get("stripe-signature");
  if (!signature) return new Response(null, { status: 401 });
  await db.event.create({ data: { body: await request.text() } });
  return Response.json({ received: true });
}
`,
            },
          ],
        },
      ],
    },
  ],
});
