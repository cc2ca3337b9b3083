import rule from "../../../src/rules/require-qstash-verification.ts";
import { runRule } from "../../helpers/rule-tester.ts";

const RECEIVER = {
  "lib/qstash.ts": `import { Receiver } from "@upstash/qstash";

export const receiver = new Receiver();
`,
};

runRule("require-qstash-verification", rule, {
  valid: [
    {
      name: "awaited",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "returned to a caller who awaits it",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export const check = (request: Request, body: string) => receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
`,
    },
    {
      name: "awaited later",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  const pending = receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  await pending;
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "awaited together",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  await Promise.all([receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }), Promise.resolve()]);
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "chained to the work",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export function POST(request: Request) {
  return request.text().then((body) => receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }).then(() => fetch("https://example.com/charge")));
}
`,
    },
    {
      name: "handed to somebody else",
      filename: "app/api/jobs/route.ts",
      code: `import { settle } from "some-package";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function check(request: Request, body: string) {
  settle(receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }));
}
`,
    },
    {
      name: "the catch refuses",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch {
    return new Response("no", { status: 401 });
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "the catch throws",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch (error) {
    console.error(error);
    throw error;
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "the catch refuses in each case",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch (error) {
    if (error instanceof Error) return new Response(error.message, { status: 401 });
    return new Response("no", { status: 500 });
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "the catch redirects",
      filename: "app/api/jobs/route.ts",
      code: `import { redirect } from "next/navigation";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch {
    redirect("/");
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "the work stands in the try",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  try {
    const body = await request.text();
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
    await fetch("https://example.com/charge", { method: "POST" });
  } catch (error) {
    console.error(error);
  }
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "the catch says no",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function isSigned(request: Request, body: string) {
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
    return true;
  } catch {
    return false;
  }
}
`,
    },
    {
      name: "the catch keeps the error",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  let failure: unknown;
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch (error) {
    failure = error;
  }
  if (failure) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a flag is set behind the check",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  let signed = false;
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
    signed = true;
  } catch (error) {
    console.error(error);
  }
  if (!signed) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "the raw text",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  const { id } = JSON.parse(body);
  console.log(id);
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a body of which nothing is known",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export const check = (signature: string, body: string) => receiver.verify({ signature, body });
`,
    },
    {
      name: "a body that Express kept as text",
      filename: "server.ts",
      code: `import express from "express";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const app = express();
app.post("/jobs", express.text({ type: "*/*" }), async (req, res) => {
  await receiver.verify({ signature: req.get("upstash-signature") ?? "", body: req.body });
  res.json(JSON.parse(req.body));
});
`,
    },
    {
      name: "another verify()",
      filename: "app/api/jobs/route.ts",
      code: `import jwt from "jsonwebtoken";

// @upstash/qstash has one too
export function read(token: string) {
  try {
    jwt.verify(token, process.env.KEY ?? "");
  } catch (error) {
    console.error(error);
  }
  return token;
}
`,
    },
    {
      name: "a receiver by name alone",
      filename: "app/api/jobs/route.ts",
      code: `import { receiver } from "some-radio";

// not @upstash/qstash
export function tune() {
  receiver.verify({ body: JSON.stringify({}) });
}
`,
    },
    {
      name: "a test",
      filename: "tests/verify.test.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

receiver.verify({ signature: "", body: "" });
`,
    },
  ],
  invalid: [
    {
      name: "not awaited",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "unawaited",
          line: 7,
          column: 3,
          endLine: 7,
          endColumn: 18,
          suggestions: [
            {
              messageId: "await",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "not awaited, on purpose",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  void receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "unawaited",
          line: 7,
          column: 8,
          endLine: 7,
          endColumn: 23,
          suggestions: [
            {
              messageId: "await",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "not awaited, on purpose, in brackets behind `void`",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  void /* later */ (receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }));
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "unawaited",
          line: 7,
          column: 21,
          endLine: 7,
          endColumn: 36,
          suggestions: [
            {
              messageId: "await",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  await /* later */ (receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }));
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "not awaited, in a function that is not async",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export function check(request: Request, body: string) {
  receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
}
`,
      errors: [
        {
          messageId: "unawaited",
          line: 6,
          column: 3,
          endLine: 6,
          endColumn: 18,
          suggestions: [
            {
              messageId: "await",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function check(request: Request, body: string) {
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a promise is always true",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  if (!receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body })) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "unawaited",
          line: 7,
          column: 8,
          endLine: 7,
          endColumn: 23,
          suggestions: [
            {
              messageId: "await",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  if (!await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body })) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a promise is always true, kept in a variable",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  const valid = receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  if (!valid) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "unawaited",
          line: 7,
          column: 17,
          endLine: 7,
          endColumn: 32,
          suggestions: [
            {
              messageId: "await",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  const valid = await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  if (!valid) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a promise is never false",
      filename: "app/api/jobs/route.ts",
      typecheck: false,
      reason: "the comparison is wrong before and after",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  if (receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }) === (false as never)) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "unawaited",
          line: 7,
          column: 7,
          endLine: 7,
          endColumn: 22,
          suggestions: [
            {
              messageId: "await",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  if (await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }) === (false as never)) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a promise before &&",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  const name = receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }) && "signed";
  console.log(name);
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "unawaited",
          line: 7,
          column: 16,
          endLine: 7,
          endColumn: 31,
          suggestions: [
            {
              messageId: "await",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  const name = await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }) && "signed";
  console.log(name);
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "the failure is logged, and nobody waits",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }).catch(console.error);
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "unawaited",
          line: 7,
          column: 3,
          endLine: 7,
          endColumn: 18,
          suggestions: [
            {
              messageId: "await",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "an imported receiver",
      filename: "app/api/jobs/route.ts",
      files: RECEIVER,
      code: `import { receiver } from "@/lib/qstash";

export async function POST(request: Request) {
  const body = await request.text();
  receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "unawaited",
          line: 5,
          column: 3,
          endLine: 5,
          endColumn: 18,
          suggestions: [
            {
              messageId: "await",
              output: `import { receiver } from "@/lib/qstash";

export async function POST(request: Request) {
  const body = await request.text();
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a receiver made on the spot",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

export async function POST(request: Request) {
  const body = await request.text();
  new Receiver().verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "unawaited",
          line: 5,
          column: 3,
          endLine: 5,
          endColumn: 24,
          suggestions: [
            {
              messageId: "await",
              output: `import { Receiver } from "@upstash/qstash";

export async function POST(request: Request) {
  const body = await request.text();
  await new Receiver().verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a receiver in a class",
      filename: "lib/inbox.ts",
      code: `import { Receiver } from "@upstash/qstash";

export class Inbox {
  private readonly receiver = new Receiver();

  async take(signature: string, body: string) {
    this.receiver.verify({ signature, body });
    return JSON.parse(body);
  }
}
`,
      errors: [
        {
          messageId: "unawaited",
          line: 7,
          column: 5,
          endLine: 7,
          endColumn: 25,
          suggestions: [
            {
              messageId: "await",
              output: `import { Receiver } from "@upstash/qstash";

export class Inbox {
  private readonly receiver = new Receiver();

  async take(signature: string, body: string) {
    await this.receiver.verify({ signature, body });
    return JSON.parse(body);
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a receiver by type",
      filename: "lib/inbox.ts",
      code: `import type { Receiver } from "@upstash/qstash";

export async function take(receiver: Receiver, signature: string, body: string) {
  receiver["verify"]({ signature, body });
  return JSON.parse(body);
}
`,
      errors: [
        {
          messageId: "unawaited",
          line: 4,
          column: 3,
          endLine: 4,
          endColumn: 21,
          suggestions: [
            {
              messageId: "await",
              output: `import type { Receiver } from "@upstash/qstash";

export async function take(receiver: Receiver, signature: string, body: string) {
  await receiver["verify"]({ signature, body });
  return JSON.parse(body);
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a failed check is logged",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch (error) {
    console.error(error);
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "swallowed",
          line: 9,
          column: 5,
          endLine: 11,
          endColumn: 4,
          suggestions: [
            {
              messageId: "rethrow",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch (error) {
    console.error(error);
    throw error;
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a failed check is nothing",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch {}
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "swallowed",
          line: 9,
          column: 5,
          endLine: 9,
          endColumn: 13,
          suggestions: [
            {
              messageId: "rethrow",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch (error) {
    throw error;
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a failed check is a comment",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch {
    // never mind
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "swallowed",
          line: 9,
          column: 5,
          endLine: 11,
          endColumn: 4,
          suggestions: [
            {
              messageId: "rethrow",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch (error) {
    // never mind
    throw error;
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a helper that never tells",
      filename: "lib/verify.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function check(request: Request, body: string) {
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch (error) {
    console.warn("bad signature", error);
  }
}
`,
      errors: [
        {
          messageId: "swallowed",
          line: 8,
          column: 5,
          endLine: 10,
          endColumn: 4,
          suggestions: [
            {
              messageId: "rethrow",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function check(request: Request, body: string) {
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch (error) {
    console.warn("bad signature", error);
    throw error;
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a helper that says yes in any case",
      filename: "lib/verify.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function isSigned(request: Request, body: string) {
  try {
    return await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch (error) {
    console.warn("bad signature", error);
    return true;
  }
}
`,
      errors: [
        {
          messageId: "swallowed",
          line: 8,
          column: 5,
          endLine: 11,
          endColumn: 4,
          suggestions: [
            {
              messageId: "rethrow",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function isSigned(request: Request, body: string) {
  try {
    return await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch (error) {
    console.warn("bad signature", error);
    return false;
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a refusal that does not end the request",
      filename: "server.ts",
      code: `import express from "express";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const app = express();
app.post("/jobs", express.text(), async (req, res) => {
  try {
    await receiver.verify({ signature: req.get("upstash-signature") ?? "", body: req.body });
  } catch {
    res.status(401).end();
  }
  await fetch("https://example.com/charge", { method: "POST" });
  res.end();
});
`,
      errors: [
        {
          messageId: "swallowed",
          line: 10,
          column: 5,
          endLine: 12,
          endColumn: 4,
          suggestions: [
            {
              messageId: "rethrow",
              output: `import express from "express";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const app = express();
app.post("/jobs", express.text(), async (req, res) => {
  try {
    await receiver.verify({ signature: req.get("upstash-signature") ?? "", body: req.body });
  } catch {
    res.status(401).end();
    return;
  }
  await fetch("https://example.com/charge", { method: "POST" });
  res.end();
});
`,
            },
          ],
        },
      ],
    },
    {
      name: "a failed check is caught in the chain",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }).catch(() => {});
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "swallowed",
          line: 7,
          column: 9,
          endLine: 7,
          endColumn: 24,
          suggestions: [
            {
              messageId: "rethrow",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a failed check is true",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  const valid = await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }).catch(() => true);
  if (!valid) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "swallowed",
          line: 7,
          column: 23,
          endLine: 7,
          endColumn: 38,
          suggestions: [
            {
              messageId: "rethrow",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  const valid = await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  if (!valid) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "parsed and written anew",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.json();
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: JSON.stringify(body) });
  console.log(body.id);
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "parsed",
          line: 7,
          column: 92,
          endLine: 7,
          endColumn: 112,
          suggestions: [
            {
              messageId: "raw",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const rawBody = await request.text();
  const body = JSON.parse(rawBody);
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: rawBody });
  console.log(body.id);
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "parsed and written anew, with a type",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  // the order
  const order = (await request.json()) as { id: string };
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: JSON.stringify(order) });
  console.log(order.id);
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "parsed",
          line: 8,
          column: 92,
          endLine: 8,
          endColumn: 113,
          suggestions: [
            {
              messageId: "raw",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  // the order
  const rawBody = await request.text();
  const order = (JSON.parse(rawBody)) as { id: string };
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: rawBody });
  console.log(order.id);
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "parsed and written anew on the spot",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: JSON.stringify(await request.json()) });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "parsed",
          line: 6,
          column: 92,
          endLine: 6,
          endColumn: 128,
          suggestions: [
            {
              messageId: "raw",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: await request.text() });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "parsed, and not written anew",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.json();
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "parsed",
          line: 7,
          column: 86,
          endLine: 7,
          endColumn: 90,
          suggestions: [
            {
              messageId: "raw",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const rawBody = await request.text();
  const body = JSON.parse(rawBody);
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: rawBody });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a copy is parsed",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.clone().json();
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: JSON.stringify(body) });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "parsed",
          line: 7,
          column: 92,
          endLine: 7,
          endColumn: 112,
          suggestions: [
            {
              messageId: "raw",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const rawBody = await request.clone().text();
  const body = JSON.parse(rawBody);
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: rawBody });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "what Express parsed",
      filename: "server.ts",
      code: `import express from "express";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const app = express();
app.use(express.json());
app.post("/jobs", async (req, res) => {
  await receiver.verify({ signature: req.get("upstash-signature") ?? "", body: JSON.stringify(req.body) });
  res.end();
});
`,
      errors: [
        {
          messageId: "parsed",
          line: 9,
          column: 80,
          endLine: 9,
          endColumn: 104,
        },
      ],
    },
    {
      name: "two mistakes",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: JSON.stringify(await request.json()) });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "unawaited",
          line: 6,
          column: 3,
          endLine: 6,
          endColumn: 18,
          suggestions: [
            {
              messageId: "await",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: JSON.stringify(await request.json()) });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
            },
          ],
        },
        {
          messageId: "parsed",
          line: 6,
          column: 86,
          endLine: 6,
          endColumn: 122,
          suggestions: [
            {
              messageId: "raw",
              output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: await request.text() });
  await fetch("https://example.com/charge", { method: "POST" });
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
