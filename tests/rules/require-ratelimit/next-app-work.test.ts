import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { GUARD, LIMITER } from "./shared.ts";

const ROUTE = "app/api/contact/route.ts";

/** Route handlers of the Next.js app router: what counts as work, and what a suggestion inserts. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "a handler that does no work",
      filename: ROUTE,
      code: `export async function GET() {
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "an export that is no HTTP method",
      filename: ROUTE,
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function sendWelcome() {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
}
`,
    },
    {
      name: "a file that answers no request",
      filename: "app/api/contact/send.ts",
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST() {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
}
`,
    },
    {
      name: "a private folder of the app router",
      filename: "app/api/_lib/route.ts",
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST() {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
}
`,
    },
    {
      name: "a request to a public service",
      filename: ROUTE,
      code: `export async function GET() {
  return fetch("https://api.github.com/repos/upstash/redis-js");
}
`,
    },
    {
      name: "a variable called redis that is none",
      filename: ROUTE,
      code: `const redis = new Map<string, string>();

export async function POST(request: Request) {
  redis.set("last", await request.text());
  return Response.json({ ok: true });
}
`,
    },
  ],
  invalid: [
    {
      name: "sends mail: the project's limiter is imported",
      filename: ROUTE,
      files: LIMITER,
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  const { to } = await request.json();
  // one mail a request
  await resend.emails.send({ from: "a@example.com", to, subject: "Hi", text: "Hi" });
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
  const { to } = await request.json();
  // one mail a request
  await resend.emails.send({ from: "a@example.com", to, subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "no limiter in the project: one is made",
      filename: ROUTE,
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST() {
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
              data: { limiter: "a new `Ratelimit` of 10 requests in 10 seconds" },
              output: `import { Resend } from "resend";
import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

const ratelimit = new Ratelimit({
  redis: Redis.fromEnv(),
  limiter: Ratelimit.slidingWindow(10, "10 s"),
});

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
${GUARD}
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
      name: "a new limiter stands behind the file's own Redis client",
      filename: ROUTE,
      code: `import { Redis } from "@upstash/redis";

const redis = Redis.fromEnv();

export async function POST(request: Request) {
  await redis.set("last", await request.text());
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "writes to Redis (`set`)", file: "" },
          line: 5,
          column: 23,
          endLine: 5,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "a new `Ratelimit` of 10 requests in 10 seconds" },
              output: `import { Redis } from "@upstash/redis";
import { Ratelimit } from "@upstash/ratelimit";

const redis = Redis.fromEnv();

const ratelimit = new Ratelimit({
  redis: redis,
  limiter: Ratelimit.slidingWindow(10, "10 s"),
});

export async function POST(request: Request) {
${GUARD}
  await redis.set("last", await request.text());
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "the work stands two files away",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "lib/mail.ts": `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function send(to: string) {
  await resend.emails.send({ from: "a@example.com", to, subject: "Hi", text: "Hi" });
}
`,
        "lib/contact.ts": `import { send } from "./mail";

export const contact = async (to: string) => send(to);
`,
      },
      code: `import { contact } from "@/lib/contact";

export async function POST(request: Request) {
  await contact(await request.text());
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: " (in lib/mail.ts, through `contact()`)" },
          line: 3,
          column: 23,
          endLine: 3,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { contact } from "@/lib/contact";
import { ratelimit } from "@/lib/ratelimit";

export async function POST(request: Request) {
${GUARD}
  await contact(await request.text());
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "an arrow function with an expression body and no parameters",
      options: { reads: "all" },
      filename: ROUTE,
      files: LIMITER,
      code: `import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export const GET = async () => Response.json(await db.note.findMany());
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "GET /api/contact", work: "queries the database through Prisma", file: "" },
          line: 5,
          column: 14,
          endLine: 5,
          endColumn: 17,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { PrismaClient } from "@prisma/client";
import { ratelimit } from "@/lib/ratelimit";

const db = new PrismaClient();

export const GET = async (request: Request) => {
${GUARD}
  return Response.json(await db.note.findMany());
};
`,
            },
          ],
        },
      ],
    },
    {
      name: "a function that is not async, with a declared return type",
      options: { reads: "all" },
      filename: ROUTE,
      files: LIMITER,
      code: `import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export function GET(request: Request): Promise<Response> {
  return db.note.findMany({ where: { author: request.url } }).then((notes: unknown) => Response.json(notes));
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "GET /api/contact", work: "queries the database through Prisma", file: "" },
          line: 5,
          column: 17,
          endLine: 5,
          endColumn: 20,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { PrismaClient } from "@prisma/client";
import { ratelimit } from "@/lib/ratelimit";

const db = new PrismaClient();

export async function GET(request: Request): Promise<Response> {
${GUARD}
  return db.note.findMany({ where: { author: request.url } }).then((notes: unknown) => Response.json(notes));
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a parameter that is taken apart",
      options: { reads: "all" },
      filename: ROUTE,
      files: LIMITER,
      code: `import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function GET({ url }: Request) {
  return Response.json(await db.note.findMany({ where: { url } }));
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "GET /api/contact", work: "queries the database through Prisma", file: "" },
          line: 5,
          column: 23,
          endLine: 5,
          endColumn: 26,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { PrismaClient } from "@prisma/client";
import { ratelimit } from "@/lib/ratelimit";
import { headers } from "next/headers";

const db = new PrismaClient();

export async function GET({ url }: Request) {
  const rate = await ratelimit.limit((await headers()).get("x-real-ip") ?? "anonymous");
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
  return Response.json(await db.note.findMany({ where: { url } }));
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "exported under another name",
      filename: ROUTE,
      files: LIMITER,
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

async function handler(request: Request) {
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}

export { handler as POST };
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: "" },
          line: 10,
          column: 10,
          endLine: 10,
          endColumn: 25,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";

const resend = new Resend(process.env.RESEND_API_KEY);

async function handler(request: Request) {
${GUARD}
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}

export { handler as POST };
`,
            },
          ],
        },
      ],
    },
    {
      name: "the handler stands in another file: no suggestion",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "lib/handler.ts": `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST() {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
      },
      code: `export { POST } from "@/lib/handler";
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: " (in lib/handler.ts)" },
          line: 1,
          column: 10,
          endLine: 1,
          endColumn: 14,
        },
      ],
    },
    {
      name: "a request to the host of a model",
      filename: ROUTE,
      files: LIMITER,
      code: `const HOST = "https://api.openai.com";

export async function POST(request: Request) {
  const body = await request.text();
  return fetch(\`\${HOST}/v1/chat/completions\`, { method: "POST", body });
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "calls OpenAI", file: "" },
          line: 3,
          column: 23,
          endLine: 3,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { ratelimit } from "@/lib/ratelimit";
const HOST = "https://api.openai.com";

export async function POST(request: Request) {
${GUARD}
  const body = await request.text();
  return fetch(\`\${HOST}/v1/chat/completions\`, { method: "POST", body });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a request with the server's own key",
      filename: ROUTE,
      files: LIMITER,
      code: `export async function GET(request: Request) {
  const headers = { authorization: \`Bearer \${process.env.WEATHER_API_KEY}\` };
  return fetch("https://api.weather.example/now?q=" + new URL(request.url).search, { headers });
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "GET /api/contact", work: "calls api.weather.example with the server's own key", file: "" },
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 26,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { ratelimit } from "@/lib/ratelimit";
export async function GET(request: Request) {
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
  const headers = { authorization: \`Bearer \${process.env.WEATHER_API_KEY}\` };
  return fetch("https://api.weather.example/now?q=" + new URL(request.url).search, { headers });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "work in a callback",
      filename: ROUTE,
      files: LIMITER,
      code: `import { after } from "next/server";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function POST(request: Request) {
  const body = await request.text();
  after(async () => {
    await db.event.create({ data: { body } });
  });
  return Response.json({ received: true });
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
              output: `import { after } from "next/server";
import { PrismaClient } from "@prisma/client";
import { ratelimit } from "@/lib/ratelimit";

const db = new PrismaClient();

export async function POST(request: Request) {
${GUARD}
  const body = await request.text();
  after(async () => {
    await db.event.create({ data: { body } });
  });
  return Response.json({ received: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "JavaScript with tabs, single quotes and no semicolons",
      filename: "app/api/contact/route.js",
      files: {
      },
      code: `import { Resend } from 'resend'

const resend = new Resend(process.env.RESEND_API_KEY)

export async function POST(req) {
	const { to } = await req.json()
	await resend.emails.send({ from: 'a@example.com', to, subject: 'Hi', text: 'Hi' })
	return new Response('sent')
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
              data: { limiter: "a new `Ratelimit` of 10 requests in 10 seconds" },
              output: `import { Resend } from 'resend'
import { Ratelimit } from '@upstash/ratelimit'
import { Redis } from '@upstash/redis'

const ratelimit = new Ratelimit({
	redis: Redis.fromEnv(),
	limiter: Ratelimit.slidingWindow(10, '10 s'),
})

const resend = new Resend(process.env.RESEND_API_KEY)

export async function POST(req) {
	const rate = await ratelimit.limit(req.headers.get('x-real-ip') ?? 'anonymous')
	if (!rate.success) {
		return Response.json(
			{ error: 'Too many requests' },
			{
				status: 429,
				headers: {
					'Retry-After': String(Math.ceil((rate.reset - Date.now()) / 1000)),
					'X-RateLimit-Limit': String(rate.limit),
					'X-RateLimit-Remaining': String(rate.remaining),
					'X-RateLimit-Reset': String(rate.reset),
				},
			},
		)
	}
	const { to } = await req.json()
	await resend.emails.send({ from: 'a@example.com', to, subject: 'Hi', text: 'Hi' })
	return new Response('sent')
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "names that the suggestion needs are taken",
      filename: ROUTE,
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const ratelimit = 5;

export async function POST(request: Request) {
  const rate = Number(await request.text());
  if (rate > ratelimit) return new Response("Not so much", { status: 400 });
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ rate });
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

const ratelimitValue = new Ratelimit({
  redis: Redis.fromEnv(),
  limiter: Ratelimit.slidingWindow(10, "10 s"),
});

const resend = new Resend(process.env.RESEND_API_KEY);

const ratelimit = 5;

export async function POST(request: Request) {
  const rateValue = await ratelimitValue.limit(request.headers.get("x-real-ip") ?? "anonymous");
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
  const rate = Number(await request.text());
  if (rate > ratelimit) return new Response("Not so much", { status: 400 });
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ rate });
}
`,
            },
          ],
        },
      ],
    },
  ],
});
