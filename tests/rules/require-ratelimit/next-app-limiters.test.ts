import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { GUARD, LIMITER } from "./shared.ts";

const ROUTE = "app/api/contact/route.ts";

/** Route handlers of the Next.js app router: what counts as a limiter, and what only looks like one. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "the project's limiter is asked first",
      filename: ROUTE,
      files: LIMITER,
      code: `import { ratelimit } from "@/lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new Response("Too many requests", { status: 429 });
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "the limiter stands behind two helpers in other files",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "lib/limit.ts": `import { ratelimit } from "./ratelimit";

export async function check(id: string) {
  const { success } = await ratelimit.limit(id);
  return success;
}
`,
        "lib/guard.ts": `import { check } from "./limit";

export async function admit(request: Request) {
  if (!(await check(request.headers.get("x-real-ip") ?? "anonymous"))) throw new Response(null, { status: 429 });
}
`,
      },
      code: `import { admit } from "@/lib/guard";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  await admit(request);
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a wrapper in another file limits, two files deep",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "lib/limited.ts": `import { ratelimit } from "./ratelimit";

type Handler = (request: Request) => Promise<Response>;

export function limited(handler: Handler): Handler {
  return async (request) => {
    const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
    if (!success) return new Response("Too many requests", { status: 429 });
    return handler(request);
  };
}
`,
        "lib/route.ts": `import { limited } from "./limited";

export const route = (handler: (request: Request) => Promise<Response>) => limited(handler);
`,
      },
      code: `import { route } from "@/lib/route";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export const POST = route(async () => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
});
`,
    },
    {
      name: "Unkey's limiter",
      filename: ROUTE,
      code: `import { Ratelimit } from "@unkey/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const limiter = new Ratelimit({ rootKey: process.env.UNKEY_ROOT_KEY ?? "", namespace: "mail", limit: 2, duration: "30s" });

export async function POST() {
  const { success } = await limiter.limit("user");
  if (!success) return new Response(null, { status: 429 });
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "Arcjet",
      filename: ROUTE,
      code: `import arcjet, { slidingWindow } from "@arcjet/next";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const aj = arcjet({ key: process.env.ARCJET_KEY ?? "", rules: [slidingWindow({ mode: "LIVE", interval: 60, max: 5 })] });

export async function POST(request: Request) {
  const decision = await aj.protect(request);
  if (decision.isDenied()) return new Response(null, { status: 429 });
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a limiter that rejects, from rate-limiter-flexible",
      filename: ROUTE,
      code: `import { RateLimiterMemory } from "rate-limiter-flexible";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const limiter = new RateLimiterMemory({ points: 5, duration: 60 });

export async function POST() {
  await limiter.consume("key");
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a counter kept by hand in Redis, which refuses with 429",
      filename: ROUTE,
      code: `import { Redis } from "@upstash/redis";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const redis = Redis.fromEnv();

export async function POST(request: Request) {
  const count = await redis.incr(\`hits:\${request.headers.get("x-real-ip")}\`);
  if (count > 5) return new Response("Too many requests", { status: 429 });
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a limiter kept by hand in memory, behind a function of the project",
      filename: ROUTE,
      files: {
        "lib/rate-limit.ts": `const hits = new Map<string, number>();

export function rateLimit(id: string): boolean {
  const count = (hits.get(id) ?? 0) + 1;
  hits.set(id, count);
  return count <= 10;
}
`,
      },
      code: `import { rateLimit } from "@/lib/rate-limit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST() {
  if (!rateLimit("key")) return new Response(null, { status: 403 });
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a route for development only",
      filename: ROUTE,
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST() {
  if (process.env.NODE_ENV === "production") return new Response(null, { status: 404 });
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a limiter that is asked in production only",
      filename: ROUTE,
      files: LIMITER,
      code: `import { ratelimit } from "@/lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST() {
  if (process.env.NODE_ENV === "production") {
    const { success } = await ratelimit.limit("key");
    if (!success) return new Response(null, { status: 429 });
  }
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a limiter asked in one branch: some path before the work consults it",
      filename: ROUTE,
      files: LIMITER,
      code: `import { ratelimit } from "@/lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  const ip = request.headers.get("x-real-ip");
  if (ip) {
    const { success } = await ratelimit.limit(ip);
    if (!success) return new Response(null, { status: 429 });
  }
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a limiter whose result is thrown away: no-unchecked-ratelimit's report",
      filename: ROUTE,
      files: LIMITER,
      code: `import { ratelimit } from "@/lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST() {
  await ratelimit.limit("key");
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "whom to limit is looked up first",
      filename: ROUTE,
      files: LIMITER,
      code: `import { ratelimit } from "@/lib/ratelimit";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function POST(request: Request) {
  const key = await db.apiKey.findUnique({ where: { key: request.headers.get("x-api-key") ?? "" } });
  const { success } = await ratelimit.limit(key?.id ?? "anonymous");
  if (!success) return new Response(null, { status: 429 });
  await db.note.create({ data: {} });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "an error answered with 429: a limiter may have thrown it",
      filename: ROUTE,
      code: `import { list } from "@acme/notes";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function GET(request: Request) {
  try {
    await list(request);
    return Response.json(await db.note.findMany());
  } catch (error) {
    if (error instanceof Error && error.message === "limit") return new Response(null, { status: 429 });
    throw error;
  }
}
`,
    },
    {
      name: "a limiter that settings name",
      filename: ROUTE,
      settings: {"rateLimiters":["@acme/edge#admit"]},
      code: `import { admit } from "@acme/edge";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  await admit(request);
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
  ],
  invalid: [
    {
      name: "POST is open beside a GET that is limited",
      filename: ROUTE,
      files: LIMITER,
      code: `import { NextResponse } from "next/server";
import { ratelimit } from "@/lib/ratelimit";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function GET(request: Request) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new Response(null, { status: 429 });
  return NextResponse.json(await db.note.findMany());
}

export async function POST(request: Request) {
  return NextResponse.json(await db.note.create({ data: await request.json() }));
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "changes the database through Prisma", file: "" },
          line: 13,
          column: 23,
          endLine: 13,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit`" },
              output: `import { NextResponse } from "next/server";
import { ratelimit } from "@/lib/ratelimit";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function GET(request: Request) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new Response(null, { status: 429 });
  return NextResponse.json(await db.note.findMany());
}

export async function POST(request: Request) {
  const rate = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    return NextResponse.json(
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
  return NextResponse.json(await db.note.create({ data: await request.json() }));
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "the limiter is asked after the work",
      filename: ROUTE,
      files: LIMITER,
      code: `import { ratelimit } from "@/lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST() {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  const { success } = await ratelimit.limit("key");
  return Response.json({ success });
}
`,
      errors: [
        {
          messageId: "although",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: "", although: "the limiter that it consults comes after that, or on another path through it" },
          line: 6,
          column: 23,
          endLine: 6,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit`" },
              output: `import { ratelimit } from "@/lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
${GUARD}
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  const { success } = await ratelimit.limit("key");
  return Response.json({ success });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "the limiter is asked only when the work has failed",
      filename: ROUTE,
      files: LIMITER,
      code: `import { ratelimit } from "@/lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST() {
  try {
    await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  } catch {
    const { success } = await ratelimit.limit("key");
    if (!success) return new Response(null, { status: 429 });
  }
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "although",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: "", although: "the limiter that it consults comes after that, or on another path through it" },
          line: 6,
          column: 23,
          endLine: 6,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit`" },
              output: `import { ratelimit } from "@/lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
${GUARD}
  try {
    await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  } catch {
    const { success } = await ratelimit.limit("key");
    if (!success) return new Response(null, { status: 429 });
  }
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a wrapper that is not known to limit",
      filename: ROUTE,
      files: LIMITER,
      code: `import { withSentry } from "@acme/sentry";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export const POST = withSentry(async (request: Request) => {
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
});
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: "" },
          line: 6,
          column: 14,
          endLine: 6,
          endColumn: 18,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { withSentry } from "@acme/sentry";
import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";

const resend = new Resend(process.env.RESEND_API_KEY);

export const POST = withSentry(async (request: Request) => {
${GUARD}
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
});
`,
            },
          ],
        },
      ],
    },
    {
      name: "an answer of 429 that passes on what the service said limits nobody",
      filename: ROUTE,
      files: LIMITER,
      code: `export async function POST(request: Request) {
  const answer = await fetch("https://api.openai.com/v1/chat/completions", { method: "POST", body: await request.text() });
  if (answer.status === 429) return Response.json({ error: "Rate limit exceeded" }, { status: 429 });
  return Response.json(await answer.json());
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "calls OpenAI", file: "" },
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
  const answer = await fetch("https://api.openai.com/v1/chat/completions", { method: "POST", body: await request.text() });
  if (answer.status === 429) return Response.json({ error: "Rate limit exceeded" }, { status: 429 });
  return Response.json(await answer.json());
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a stub with a limiter's name",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "lib/rate-limit.ts": `export async function checkRateLimit(_id: string) {
  // TODO
  return { success: true };
}
`,
      },
      code: `import { checkRateLimit } from "@/lib/rate-limit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  const { success } = await checkRateLimit(request.url);
  if (!success) return new Response("Slow down", { status: 403 });
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: "" },
          line: 6,
          column: 23,
          endLine: 6,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { checkRateLimit } from "@/lib/rate-limit";
import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  const rateValue = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!rateValue.success) {
    return Response.json(
      { error: "Too many requests" },
      {
        status: 429,
        headers: {
          "Retry-After": String(Math.ceil((rateValue.reset - Date.now()) / 1000)),
          "X-RateLimit-Limit": String(rateValue.limit),
          "X-RateLimit-Remaining": String(rateValue.remaining),
          "X-RateLimit-Reset": String(rateValue.reset),
        },
      },
    );
  }
  const { success } = await checkRateLimit(request.url);
  if (!success) return new Response("Slow down", { status: 403 });
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
      name: "an object with a limiter's method",
      filename: ROUTE,
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const limits = { limit: async () => ({ success: true }) };

export async function POST(request: Request) {
  const { success } = await limits.limit();
  if (!success) return new Response("Slow down", { status: 403 });
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: "" },
          line: 7,
          column: 23,
          endLine: 7,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "a new `Ratelimit` of 10 requests in 10 seconds" },
              output: `import { Resend } from "resend";
import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

const ratelimit = new Ratelimit({
  redis: Redis.fromEnv(),
  limiter: Ratelimit.slidingWindow(10, "10 s"),
});

const resend = new Resend(process.env.RESEND_API_KEY);

const limits = { limit: async () => ({ success: true }) };

export async function POST(request: Request) {
${GUARD}
  const { success } = await limits.limit();
  if (!success) return new Response("Slow down", { status: 403 });
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
      name: "a limiter in a function that nobody calls",
      filename: ROUTE,
      files: LIMITER,
      code: `import { ratelimit } from "@/lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  const admit = async () => ratelimit.limit("key");
  void admit.name;
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: "" },
          line: 6,
          column: 23,
          endLine: 6,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit`" },
              output: `import { ratelimit } from "@/lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
${GUARD}
  const admit = async () => ratelimit.limit("key");
  void admit.name;
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
  ],
});
