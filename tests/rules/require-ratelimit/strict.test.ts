import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { GUARD, LIMITER } from "./shared.ts";

const ROUTE = "app/api/contact/route.ts";

/** The option `handlers: "all"`, which `upstash/strict` sets. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "static: a GET that does nothing",
      filename: ROUTE,
      options: { handlers: "all" },
      code: `export const GET = () => Response.json({ ok: true });
`,
    },
    {
      name: "static: a DELETE that refuses",
      filename: ROUTE,
      options: { handlers: "all" },
      code: `export async function DELETE() {
  return new Response("Not here", { status: 405 });
}
`,
    },
    {
      name: "static: an answer that a helper builds",
      filename: ROUTE,
      options: { handlers: "all" },
      code: `const answer = (ok: boolean) => Response.json({ ok });

export async function POST() {
  return answer(true);
}
`,
    },
    {
      name: "static: Express and a chain",
      filename: "src/app.ts",
      options: { handlers: "all" },
      code: `import express from "express";

express().get("/health", (_req, res) => res.status(200).json({ ok: true }));
`,
    },
    {
      name: "static: a picture of what the address says",
      filename: "app/api/og/route.tsx",
      options: { handlers: "all" },
      code: `import { ImageResponse } from "next/og";
import { parseTitle } from "@acme/titles";

export async function GET(request: Request) {
  const title = parseTitle(new URL(request.url).searchParams);
  return new ImageResponse(<p>{title}</p>);
}
`,
    },
    {
      name: "for developers, by a checked environment",
      filename: ROUTE,
      options: { handlers: "all" },
      files: { "env.ts": 'import { createEnv } from "@t3-oss/env-nextjs";\nexport const env = createEnv({ server: {}, runtimeEnv: process.env });\n' },
      code: `import { revalidatePath } from "next/cache";
import { env } from "@/env";

export async function GET() {
  if (env.NODE_ENV !== "development") return new Response(null, { status: 403 });
  revalidatePath("/");
  return new Response("done");
}
`,
    },
    {
      name: "limited before a change that is not known to be costly",
      filename: ROUTE,
      files: LIMITER,
      options: { handlers: "all" },
      code: `import { ratelimit } from "@/lib/ratelimit";
import { save } from "@acme/store";

export async function POST(request: Request) {
  const { success } = await ratelimit.limit("key");
  if (!success) return new Response(null, { status: 429 });
  return Response.json(await save(await request.json()));
}
`,
    },
    {
      name: "a library's handler",
      filename: ROUTE,
      options: { handlers: "all" },
      code: `import { handlers } from "@acme/auth";

export const { GET, POST } = handlers;
`,
    },
    {
      name: "a library's handler that is called",
      filename: "app/api/trpc/[trpc]/route.ts",
      options: { handlers: "all" },
      code: `import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "@acme/router";

const handler = (req: Request) => fetchRequestHandler({ endpoint: "/api/trpc", req, router: appRouter });

export { handler as POST };
`,
    },
    {
      name: "a signed-in caller reads",
      filename: ROUTE,
      options: { handlers: "all" },
      code: `import { auth } from "@clerk/nextjs/server";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function GET() {
  const { userId } = await auth();
  if (!userId) return new Response(null, { status: 401 });
  return Response.json(await db.note.findMany({ where: { userId } }));
}
`,
    },
    {
      name: "a machine",
      filename: ROUTE,
      options: { handlers: "all" },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  if (request.headers.get("authorization") !== \`Bearer \${process.env.CRON_SECRET}\`) return new Response(null, { status: 401 });
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
  ],
  invalid: [
    {
      name: "a POST whose work is not known",
      filename: ROUTE,
      files: LIMITER,
      options: { handlers: "all" },
      code: `import { save } from "@acme/store";

export async function POST(request: Request) {
  return Response.json(await save(await request.json()));
}
`,
      errors: [
        {
          messageId: "any",
          data: { title: "POST /api/contact" },
          line: 3,
          column: 23,
          endLine: 3,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { save } from "@acme/store";
import { ratelimit } from "@/lib/ratelimit";

export async function POST(request: Request) {
${GUARD}
  return Response.json(await save(await request.json()));
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a GET whose work is not known",
      filename: ROUTE,
      files: LIMITER,
      options: { handlers: "all" },
      code: `import { load } from "@acme/store";

export async function GET() {
  return Response.json(await load());
}
`,
      errors: [
        {
          messageId: "any",
          data: { title: "GET /api/contact" },
          line: 3,
          column: 23,
          endLine: 3,
          endColumn: 26,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { load } from "@acme/store";
import { ratelimit } from "@/lib/ratelimit";

export async function GET(request: Request) {
${GUARD}
  return Response.json(await load());
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a body that is read",
      filename: ROUTE,
      files: LIMITER,
      options: { handlers: "all" },
      code: `export async function POST(request: Request) {
  const body = await request.text();
  return new Response(body);
}
`,
      errors: [
        {
          messageId: "any",
          data: { title: "POST /api/contact" },
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { ratelimit } from "@/lib/ratelimit";
export async function POST(request: Request) {
  const rate = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    return Response.json(
      { error: "Too many requests" },
      {
        status: 429,
        headers: {
          "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
          "X-RateLimit-Limit": String(rate.limit),
          "X-RateLimit-Remaining": String(rate.remaining),
          "X-RateLimit-Reset": String(rate.reset),
        },
      },
    );
  }
  const body = await request.text();
  return new Response(body);
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "an API route of the pages router whose work is not known",
      filename: "pages/api/stats.ts",
      files: LIMITER,
      options: { handlers: "all" },
      code: `import type { NextApiRequest, NextApiResponse } from "next";
import { load } from "@acme/store";

export default async function handler(_req: NextApiRequest, res: NextApiResponse) {
  res.json(await load());
}
`,
      errors: [
        {
          messageId: "any",
          data: { title: "/api/stats" },
          line: 4,
          column: 31,
          endLine: 4,
          endColumn: 38,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import type { NextApiRequest, NextApiResponse } from "next";
import { load } from "@acme/store";
import { ratelimit } from "@/lib/ratelimit";

export default async function handler(_req: NextApiRequest, res: NextApiResponse) {
  const rate = await ratelimit.limit(String(_req.headers["x-real-ip"] ?? _req.socket.remoteAddress));
  if (!rate.success) {
    res.setHeader("Retry-After", String(Math.ceil((rate.reset - Date.now()) / 1000)));
    res.setHeader("X-RateLimit-Limit", String(rate.limit));
    res.setHeader("X-RateLimit-Remaining", String(rate.remaining));
    res.setHeader("X-RateLimit-Reset", String(rate.reset));
    res.status(429).end("Too many requests");
    return;
  }
  res.json(await load());
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a signed-in caller who changes data",
      filename: ROUTE,
      files: LIMITER,
      options: { handlers: "all" },
      code: `import { auth } from "@clerk/nextjs/server";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function POST(request: Request) {
  const { userId } = await auth();
  if (!userId) return new Response(null, { status: 401 });
  await db.note.create({ data: { userId, text: await request.text() } });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "known",
          data: { title: "POST /api/contact", work: "changes the database through Prisma", file: "", although: "" },
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
  if (!userId) return new Response(null, { status: 401 });
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
      name: "a server action that does something of its own",
      filename: "app/actions.ts",
      files: LIMITER,
      options: { handlers: "all" },
      code: `"use server";

import { save } from "@acme/store";

export async function greet(name: string) {
  return save(name);
}
`,
      errors: [
        {
          messageId: "any",
          data: { title: "Server action greet" },
          line: 5,
          column: 23,
          endLine: 5,
          endColumn: 28,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `"use server";

import { save } from "@acme/store";
import { ratelimit } from "@/lib/ratelimit";
import { headers } from "next/headers";

export async function greet(name: string) {
  const rate = await ratelimit.limit((await headers()).get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    throw new Error("Too many requests. Try again later.");
  }
  return save(name);
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "Express: a route that answers by itself",
      filename: "src/app.ts",
      files: LIMITER,
      options: { handlers: "all" },
      code: `import express from "express";

const app = express();
app.put("/echo", (req, res) => {
  res.json(req.body);
});
`,
      errors: [
        {
          messageId: "any",
          data: { title: "PUT /echo" },
          line: 4,
          column: 9,
          endLine: 4,
          endColumn: 16,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import express from "express";
import { ratelimit } from "@/lib/ratelimit";

const app = express();
app.put("/echo", async (req, res) => {
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
  res.json(req.body);
});
`,
            },
          ],
        },
      ],
    },
  ],
});
