import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { GUARD, LIMITER, MAIL, open, SEND } from "./shared.ts";

const ROUTE = "app/api/notes/route.ts";

const CAPTCHA = `async function isPerson(token: string): Promise<boolean> {
  const answer = await fetch("https://challenges.cloudflare.com/turnstile/v0/siteverify", {
    method: "POST",
    body: new URLSearchParams({ secret: process.env.TURNSTILE_SECRET_KEY ?? "", response: token }),
  });
  const { success } = await answer.json();
  return success;
}
`;
const SESSION = `const session = await getServerSession();
  if (!session) return new Response(null, { status: 401 });`;
const SCIM = {
  "lib/jackson.ts": `import jackson from "@boxyhq/saml-jackson";

export const controllers = () => jackson({ externalUrl: "https://example.com", samlAudience: "example", db: {} });
`,
};

/** What counts as work, and by which words. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "a function that has been made to promise, and costs nothing",
      filename: ROUTE,
      code: `import { promisify } from "node:util";
import { gzip } from "node:zlib";

const pack = promisify(gzip);

export async function POST(request: Request) {
  return new Response(await pack(await request.text()));
}
`,
    },
    {
      name: "a captcha is checked, and nothing done",
      filename: ROUTE,
      code: `${CAPTCHA}
export async function POST(request: Request) {
  return Response.json({ ok: await isPerson(await request.text()) });
}
`,
    },
    {
      name: "Google's captcha, by its address",
      filename: ROUTE,
      code: `export async function POST(request: Request) {
  const secret = process.env.RECAPTCHA_SECRET_KEY;
  const answer = await fetch(\`https://www.google.com/recaptcha/api/siteverify?secret=\${secret}&response=\${await request.text()}\`, { method: "POST" });
  return Response.json(await answer.json());
}
`,
    },
    {
      name: "files that a signed-in caller stores for a model",
      filename: ROUTE,
      code: `import { getServerSession } from "next-auth";
import OpenAI from "openai";

const openai = new OpenAI();

export async function POST(request: Request) {
  ${SESSION}
  const store = await openai.vectorStores.create({ name: await request.text() });
  return Response.json(store);
}
`,
    },
    {
      name: "a directory's events, which a library hands on once it knows the directory",
      filename: ROUTE,
      files: SCIM,
      code: `import { PrismaClient } from "@prisma/client";
import { controllers } from "@/lib/jackson";

const db = new PrismaClient();

export async function POST(request: Request) {
  const { directorySyncController } = await controllers();
  const { status, data } = await directorySyncController.requests.handle(await request.json(), async (event) => {
    await db.user.create({ data: event.data });
  });
  return Response.json(data, { status });
}
`,
    },
  ],
  invalid: [
    open({
      name: "a process, by a function that has been made to promise",
      filename: ROUTE,
      files: LIMITER,
      code: `import { exec } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(exec);

export async function POST(request: Request) {
  await run(\`ls \${await request.text()}\`);
  return Response.json({ ok: true });
}
`,
      at: "POST",
      title: "POST /api/notes",
      work: "starts a process",
      guarded: true,
    }),
    open({
      name: "a password that such a function hashes",
      filename: ROUTE,
      files: LIMITER,
      code: `import crypto from "node:crypto";
import util from "node:util";

const scrypt = util.promisify(crypto.scrypt);

export async function POST(request: Request) {
  const hash = await scrypt(await request.text(), "salt", 64);
  return Response.json({ hash });
}
`,
      at: "POST",
      title: "POST /api/notes",
      work: "hashes or checks a password",
      guarded: true,
    }),
    open({
      name: "mail, behind a captcha",
      filename: ROUTE,
      files: LIMITER,
      code: `${MAIL}
${CAPTCHA}
export async function POST(request: Request) {
  if (!(await isPerson(await request.text()))) return new Response(null, { status: 403 });
  ${SEND}
  return Response.json({ ok: true });
}
`,
      at: "POST",
      after: "export async function ",
      title: "POST /api/notes",
      guarded: true,
    }),
    open({
      name: "another service under a name that sounds like one for captchas",
      filename: ROUTE,
      files: LIMITER,
      code: `export async function POST(request: Request) {
  const answer = await fetch("https://hcaptcha.com.example.com/solve", { headers: { authorization: process.env.SOLVER_KEY ?? "" } });
  return Response.json({ answer: await answer.text(), sent: await request.text() });
}
`,
      at: "POST",
      title: "POST /api/notes",
      work: "calls hcaptcha.com.example.com with the server's own key",
      output: `import { ratelimit } from "@/lib/ratelimit";
export async function POST(request: Request) {
${GUARD}
  const answer = await fetch("https://hcaptcha.com.example.com/solve", { headers: { authorization: process.env.SOLVER_KEY ?? "" } });
  return Response.json({ answer: await answer.text(), sent: await request.text() });
}
`,
    }),
    open({
      name: "files that anyone stores for a model",
      filename: ROUTE,
      files: LIMITER,
      code: `import OpenAI from "openai";

const openai = new OpenAI();

export async function POST(request: Request) {
  const store = await openai.vectorStores.create({ name: await request.text() });
  return Response.json(store);
}
`,
      at: "POST",
      title: "POST /api/notes",
      work: "stores files at OpenAI",
      guarded: true,
    }),
    open({
      name: "work beside a directory's events",
      filename: ROUTE,
      files: { ...LIMITER, ...SCIM },
      code: `import { PrismaClient } from "@prisma/client";
import { controllers } from "@/lib/jackson";

const db = new PrismaClient();

export async function POST(request: Request) {
  const { directorySyncController } = await controllers();
  await db.call.create({ data: { at: new Date() } });
  const { status, data } = await directorySyncController.requests.handle(await request.json());
  return Response.json(data, { status });
}
`,
      at: "POST",
      title: "POST /api/notes",
      work: "changes the database through Prisma",
      guarded: true,
    }),
    open({
      name: "a transaction of Drizzle that only reads",
      filename: ROUTE,
      files: LIMITER,
      code: `import { drizzle } from "drizzle-orm/neon-http";
import { notes } from "./schema";

const db = drizzle(process.env.DATABASE_URL ?? "");

export async function POST(request: Request) {
  const page = Number(await request.text());
  const found = await db.transaction(async (tx) => tx.select().from(notes).offset(page));
  return Response.json(found);
}
`,
      at: "POST",
      title: "POST /api/notes",
      work: "runs a transaction through Drizzle",
      guarded: true,
    }),
  ],
});
