import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { GUARD, LIMITER } from "./shared.ts";

const ROUTE = "app/api/contact/route.ts";

/** What middleware.ts and proxy.ts do before a route of Next.js. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "middleware.ts without a matcher",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "@/lib/ratelimit";

export async function middleware(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new NextResponse("Too many requests", { status: 429 });
  return NextResponse.next();
}
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "middleware.ts whose matcher covers the route",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "@/lib/ratelimit";

export async function middleware(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new NextResponse("Too many requests", { status: 429 });
  return NextResponse.next();
}

export const config = { matcher: ["/dashboard", "/api/:path*"] };
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a matcher that leaves out other paths",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "@/lib/ratelimit";

export async function middleware(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new NextResponse("Too many requests", { status: 429 });
  return NextResponse.next();
}

export const config = { matcher: "/((?!_next/static|favicon.ico).*)" };
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a matcher with a condition: it may cover",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "@/lib/ratelimit";

export async function middleware(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new NextResponse("Too many requests", { status: 429 });
  return NextResponse.next();
}

export const config = { matcher: [{ source: "/api/:path*", missing: [{ type: "header", key: "x-prefetch" }] }] };
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "proxy.ts",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "proxy.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "@/lib/ratelimit";

export async function proxy(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new NextResponse("Too many requests", { status: 429 });
  return NextResponse.next();
}

export const config = { matcher: "/api/contact" };
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "middleware.ts below src/, for a route of the pages router",
      filename: "src/pages/api/contact.ts",
      files: {
        ...LIMITER,
        "src/middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "../lib/ratelimit";

export async function middleware(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new NextResponse("Too many requests", { status: 429 });
  return NextResponse.next();
}

export const config = { matcher: "/api/:path*" };
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default async function handler() {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
}
`,
    },
    {
      name: "an app of a monorepo with its own middleware",
      filename: "apps/web/app/api/contact/route.ts",
      files: {
        ...LIMITER,
        "apps/web/middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "../../lib/ratelimit";

export async function middleware(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new NextResponse("Too many requests", { status: 429 });
  return NextResponse.next();
}
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a middleware that limits paths of this kind",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "@/lib/ratelimit";

export default async function middleware(request: NextRequest) {
  if (request.nextUrl.pathname.startsWith("/api/")) {
    const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
    if (!success) return new NextResponse("Too many requests", { status: 429 });
  }
  return NextResponse.next();
}
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a middleware inside a library's, by an arrow function",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "middleware.ts": `import { clerkMiddleware } from "@clerk/nextjs/server";
import { ratelimit } from "@/lib/ratelimit";

export default clerkMiddleware(async (_auth, request) => {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new Response("Too many requests", { status: 429 });
});
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a middleware that hands over to another file",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "middleware.ts": `export { limitAll as middleware } from "@/lib/edge";
`,
        "lib/edge.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "./ratelimit";

export async function limitAll(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new NextResponse("Too many requests", { status: 429 });
  return NextResponse.next();
}
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
    },
  ],
  invalid: [
    {
      name: "a matcher that does not cover the route",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "@/lib/ratelimit";

export async function middleware(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new NextResponse("Too many requests", { status: 429 });
  return NextResponse.next();
}

export const config = { matcher: ["/dashboard/:path*", "/api/chat"] };
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "although",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: "", although: "the limiter of middleware.ts does not run for it" },
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
      name: "a matcher that leaves out the API",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "@/lib/ratelimit";

export async function middleware(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new NextResponse("Too many requests", { status: 429 });
  return NextResponse.next();
}

export const config = { matcher: "/((?!api|_next/static).*)" };
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "although",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: "", although: "the limiter of middleware.ts does not run for it" },
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
      name: "a middleware that does other things",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "middleware.ts": `import { NextResponse } from "next/server";

export function middleware() {
  return NextResponse.next({ headers: { "x-frame-options": "DENY" } });
}
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
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
      name: "a middleware that Next.js does not look for, as the app stands below src/",
      filename: `src/${ROUTE}`,
      files: {
        ...LIMITER,
        "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "@/lib/ratelimit";

export async function middleware(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  return success ? NextResponse.next() : new NextResponse("Too many requests", { status: 429 });
}
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "although",
          data: {
            title: "POST /api/contact",
            work: "sends mail through Resend",
            file: "",
            although: "the limiter of middleware.ts never runs, for Next.js looks for it beside the folder of its routes",
          },
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
      name: "a middleware that limits other paths",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "@/lib/ratelimit";

export async function middleware(request: NextRequest) {
  if (!request.nextUrl.pathname.startsWith("/api/chat")) return NextResponse.next();
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  return success ? NextResponse.next() : new NextResponse("Too many requests", { status: 429 });
}
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
  await resend.emails.send({ from: "a@example.com", to: await request.text(), subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "although",
          data: { title: "POST /api/contact", work: "sends mail through Resend", file: "", although: "the limiter of middleware.ts does not run for it" },
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
      name: "middleware.ts where Next.js does not look for it",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "app/middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "@/lib/ratelimit";

export async function middleware(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new NextResponse("Too many requests", { status: 429 });
  return NextResponse.next();
}
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
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
      name: "a middleware under another name than Next.js runs",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "@/lib/ratelimit";

export async function limitAll(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new NextResponse("Too many requests", { status: 429 });
  return NextResponse.next();
}
`,
      },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function POST(request: Request) {
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
      name: "a middleware does not see what a server action is asked for",
      filename: "app/actions.ts",
      files: {
        ...LIMITER,
        "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "@/lib/ratelimit";

export async function middleware(request: NextRequest) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new NextResponse("Too many requests", { status: 429 });
  return NextResponse.next();
}

export const config = { matcher: "/api/:path*" };
`,
      },
      code: `"use server";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function contact(to: string) {
  await resend.emails.send({ from: "a@example.com", to, subject: "Hi", text: "Hi" });
}
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "Server action contact", work: "sends mail through Resend", file: "" },
          line: 6,
          column: 23,
          endLine: 6,
          endColumn: 30,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `"use server";
import { Resend } from "resend";
import { ratelimit } from "@/lib/ratelimit";
import { headers } from "next/headers";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function contact(to: string) {
  const rate = await ratelimit.limit((await headers()).get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    throw new Error("Too many requests. Try again later.");
  }
  await resend.emails.send({ from: "a@example.com", to, subject: "Hi", text: "Hi" });
}
`,
            },
          ],
        },
      ],
    },
  ],
});
