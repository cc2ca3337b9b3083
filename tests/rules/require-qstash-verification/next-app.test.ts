import rule from "../../../src/rules/require-qstash-verification.ts";
import { runRule } from "../../helpers/rule-tester.ts";

const QUEUE = {
  "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) =>
  client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`,
};

runRule("require-qstash-verification", rule, {
  valid: [
    {
      name: "wrapped",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

async function handler(request: Request) {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
    },
    {
      name: "wrapped, with explicit keys",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

export const POST = verifySignatureAppRouter(
  async () => {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
  },
  { currentSigningKey: process.env.A ?? "", nextSigningKey: process.env.B ?? "" },
);
`,
    },
    {
      name: "wrapped inside of another wrapper",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { withSentry } from "@sentry/nextjs";
import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

export const POST = withSentry(verifySignatureAppRouter(async () => {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}));
`,
    },
    {
      name: "wrapped around another wrapper",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { withSentry } from "@sentry/nextjs";
import { verifySignatureEdge } from "@upstash/qstash/nextjs";

export const POST = verifySignatureEdge(withSentry(async () => {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}));
`,
    },
    {
      name: "wrapped when the request comes",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `export async function POST(request: Request) {
  const { verifySignatureAppRouter } = await import("@upstash/qstash/nextjs");
  return verifySignatureAppRouter(async () => {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
  })(request);
}
`,
    },
    {
      name: "wrapped in production only",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = process.env.NODE_ENV === "production" ? verifySignatureAppRouter(handler) : handler;
`,
    },
    {
      name: "a wrapper of the project in another file",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) =>
  client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`, "lib/verified.ts": `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

export const verified = (handler: (request: Request) => Promise<Response>) => verifySignatureAppRouter(handler);
` },
      code: `import { verified } from "@/lib/verified";

export const POST = verified(async () => {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
});
`,
    },
    {
      name: "a wrapper of the project that checks by itself",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) =>
  client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`, "lib/verified.ts": `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export function verified(handler: (request: Request, body: string) => Promise<Response>) {
  return async (request: Request) => {
    const body = await request.text();
    try {
      await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
    } catch {
      return new Response("no", { status: 401 });
    }
    return handler(request, body);
  };
}
` },
      code: `import { verified } from "@/lib/verified";

export const POST = verified(async () => {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
});
`,
    },
    {
      name: "a wrapper that chooses by what a function says",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) =>
  client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`, "lib/verified.ts": `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

const mode = (env: Record<string, string | undefined>) => (env.QSTASH_CURRENT_SIGNING_KEY ? "verify" : env.VERCEL ? "reject" : "pass");

type Handler = (request: Request) => Promise<Response>;

export function verified(handler: Handler): Handler {
  switch (mode(process.env)) {
    case "verify":
      return verifySignatureAppRouter(handler);
    case "reject":
      return async () => new Response("no keys", { status: 401 });
    default:
      return handler;
  }
}
` },
      code: `import { verified } from "@/lib/verified";

export const POST = verified(async () => {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
});
`,
    },
    {
      name: "verify() is awaited first",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
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
      name: "verify() in a condition",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  if (!(await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }))) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "without a signature the request is refused first",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  const signature = request.headers.get("upstash-signature");
  if (!signature) return Response.json({ error: "no signature" }, { status: 401 });
  await receiver.verify({ signature, body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a failed check is answered in the catch",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch (error) {
    console.error(error);
    return new Response("no", { status: 401 });
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "check and work in one try",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  try {
    const body = await request.text();
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
    await fetch("https://example.com/charge", { method: "POST" });
    return Response.json({ ok: true });
  } catch (error) {
    return new Response(String(error), { status: 500 });
  }
}
`,
    },
    {
      name: "a flag tells what became of the check",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  let valid = true;
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch {
    valid = false;
  }
  if (!valid) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "the result is kept outside of the try",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  let valid = false;
  try {
    valid = await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  } catch (error) {
    console.error(error);
  }
  if (!valid) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a rejection becomes false, and false is refused",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  const valid = await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }).catch(() => false);
  if (!valid) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a helper that throws",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) =>
  client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`, "lib/verify.ts": `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function assertSigned(request: Request, body: string) {
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
}
` },
      code: `import { assertSigned } from "@/lib/verify";

export async function POST(request: Request) {
  const body = await request.text();
  await assertSigned(request, body);
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a helper that says yes or no",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) =>
  client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`, "lib/verify.ts": `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function isSigned(request: Request, body: string) {
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
    return true;
  } catch {
    return false;
  }
}
` },
      code: `import { isSigned } from "@/lib/verify";

export async function POST(request: Request) {
  const body = await request.text();
  if (!(await isSigned(request, body))) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a helper that answers with the refusal",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) =>
  client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`, "lib/verify.ts": `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function refusal(request: Request, body: string) {
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
    return null;
  } catch {
    return new Response("no", { status: 401 });
  }
}
` },
      code: `import { refusal } from "@/lib/verify";

export async function POST(request: Request) {
  const body = await request.text();
  const denied = await refusal(request, body);
  if (denied) return denied;
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a helper that answers with an object",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) =>
  client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`, "lib/verify.ts": `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function check(request: Request) {
  const body = await request.text();
  const valid = await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body }).catch(() => false);
  return { valid, payload: valid ? JSON.parse(body) : undefined };
}
` },
      code: `import { check } from "@/lib/verify";

export async function POST(request: Request) {
  const { valid } = await check(request);
  if (!valid) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a helper that checks in production only",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) =>
  client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`, "lib/verify.ts": `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function verifyQstash(request: Request, body: string) {
  if (process.env.VERCEL !== "1") return;
  const signature = request.headers.get("Upstash-Signature");
  if (!signature) throw new Error("no signature");
  await receiver.verify({ signature, body });
}
` },
      code: `import { verifyQstash } from "@/lib/verify";

export async function POST(request: Request) {
  const body = await request.text();
  await verifyQstash(request, body);
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "checked in production, refused in production without a signature",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  const signature = request.headers.get("upstash-signature");
  if (signature) {
    await receiver.verify({ signature, body });
  } else if (process.env.NODE_ENV === "production") {
    return new Response("no", { status: 401 });
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a signature or the project's own secret",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  const signature = request.headers.get("upstash-signature");
  if (signature) {
    await receiver.verify({ signature, body });
  } else if (request.headers.get("x-internal") !== process.env.INTERNAL_SECRET) {
    return new Response("no", { status: 401 });
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a secret that the message carries",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `export async function POST(request: Request) {
  if (request.headers.get("authorization") !== \`Bearer \${process.env.CRON_SECRET}\`) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "for signed-in users as well",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { auth } from "@/auth";

export async function POST() {
  const session = await auth();
  if (!session) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a check in a package that is not known",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { verifyRequest } from "@acme/internal-signatures";

export async function POST(request: Request) {
  await verifyRequest(request);
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a wrapper in a package that is not known",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { withVerifiedSender } from "@acme/http";

export const POST = withVerifiedSender(async () => {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
});
`,
    },
    {
      name: "settings name the check",
      filename: "app/api/jobs/route.ts",
      settings: {"verifiers":["lib/verify#passes"]},
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) =>
  client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`, "lib/verify.ts": `export declare function passes(request: Request): Promise<void>;
` },
      code: `import { passes } from "@/lib/verify";

export async function POST(request: Request) {
  await passes(request);
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a workflow checks by itself",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/workflow";

export const start = () => new Client().trigger({ url: \`\${process.env.APP_URL}/api/jobs\` });
` },
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge", { method: "POST" }));
});
`,
    },
    {
      name: "a publisher is no destination",
      filename: "app/api/start/route.ts",
      code: `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) =>
  client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });

export async function POST(request: Request) {
  await start(await request.text());
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "another route",
      filename: "app/api/other/route.ts",
      files: QUEUE,
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "another method",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `export async function GET() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a page that shows a message's id",
      filename: "app/api/status/route.ts",
      code: `import { Client } from "@upstash/qstash";

export async function GET(request: Request) {
  const message = await new Client().messages.get(new URL(request.url).searchParams.get("id") ?? "");
  return Response.json(message);
}
`,
    },
    {
      name: "a health check beside a checked handler",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

export const POST = verifySignatureAppRouter(async () => {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
});

export function GET() {
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a destination that does nothing",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `export async function POST(request: Request) {
  console.log(await request.text());
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "other methods are answered without work",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  if (request.headers.get("x-ping")) return Response.json({ pong: true });
  const body = await request.text();
  await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "pages: requests without a signature get an answer, and the body of the others is put together for the check",
      filename: "pages/api/receiver.ts",
      code: `import type { NextApiRequest, NextApiResponse } from "next";
import { Receiver } from "@upstash/qstash";

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const signature = req.headers["upstash-signature"] as string | undefined;
  console.log({ signature });
  if (!signature) {
    res.status(200).send("This request does not come from QStash");
    return res.end();
  }
  const receiver = new Receiver();
  const chunks = [];
  for await (const chunk of req) {
    chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  }
  const body = Buffer.concat(chunks).toString("utf-8");
  const valid = await receiver.verify({ signature, body });
  if (!valid) {
    res.status(403).send("Signature is invalid");
    return res.end();
  }
  await fetch("https://example.com/charge", { method: "POST" });
  res.status(200).json({ valid });
  return res.end();
}
`,
    },
    {
      name: "pages: an answer of several calls to requests without a signature",
      filename: "pages/api/receiver.ts",
      code: `import type { NextApiRequest, NextApiResponse } from "next";
import { Receiver } from "@upstash/qstash";

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const signature = req.headers["upstash-signature"] as string | undefined;
  if (!signature) {
    res.setHeader("x-from", "nobody");
    res.status(204);
    res.end();
    return;
  }
  if (!(await new Receiver().verify({ signature, body: req.body }))) return res.status(401).end();
  await fetch("https://example.com/charge", { method: "POST" });
  res.status(200).end();
}
`,
    },
    {
      name: "other methods get a list of words",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

export async function POST(request: Request) {
  const signature = request.headers.get("upstash-signature");
  if (!signature) return Response.json({ hint: ["call", "me"].concat("later").join(" ") });
  await new Receiver().verify({ signature, body: await request.text() });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a sender that names the headers",
      filename: "app/api/forward/route.ts",
      code: `export async function POST(request: Request) {
  const headers = new Headers();
  headers.set("upstash-retried", "0");
  await fetch("https://example.com/charge", { method: "POST", headers, body: await request.text() });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "another service's address with the same path",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const start = () => new Client().publishJSON({ url: "https://api.resend.com/api/jobs", body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "what sends is no QStash client",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { client } from "some-queue";

// not @upstash/qstash
export const start = () => client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "an address of which the last part is not known",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

export const start = (name: string) => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/\${name}\`, body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a test",
      filename: "app/api/jobs/route.test.ts",
      files: QUEUE,
      code: `export async function POST(request: Request) {
  request.headers.get("upstash-signature");
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
  ],
  invalid: [
    {
      name: "pages: requests without a signature are answered, after work",
      filename: "pages/api/receiver.js",
      code: `import { Receiver } from "@upstash/qstash";

export default async function handler(req, res) {
  const signature = req.headers["upstash-signature"];
  const ids = [];
  if (!signature) {
    ids.push(req.body.id);
    await fetch("https://example.com/charge", { method: "POST", body: ids.join() });
    return res.status(200).end();
  }
  if (!(await new Receiver().verify({ signature, body: req.body }))) return res.status(401).end();
  res.status(200).end();
}
`,
      errors: [
        {
          messageId: "bypassed",
          data: {"title":"/api/receiver","because":"it reads the `upstash-signature` header","condition":""},
          line: 3,
          column: 31,
          endLine: 3,
          endColumn: 38,
          suggestions: [{ messageId: "wrap", data: {"how":"Wrap it in `verifySignature()`"}, output: `import { Receiver } from "@upstash/qstash";
import { verifySignature } from "@upstash/qstash/nextjs";

async function handler(req, res) {
  const signature = req.headers["upstash-signature"];
  const ids = [];
  if (!signature) {
    ids.push(req.body.id);
    await fetch("https://example.com/charge", { method: "POST", body: ids.join() });
    return res.status(200).end();
  }
  if (!(await new Receiver().verify({ signature, body: req.body }))) return res.status(401).end();
  res.status(200).end();
}

export default verifySignature(handler);

export const config = { api: { bodyParser: false } };
` }],
        },
      ],
    },
    {
      name: "nothing checks",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `export async function POST(request: Request) {
  const { id } = await request.json();
  await fetch(\`https://example.com/charge/\${id}\`, { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler(request: Request) {
  const { id } = await request.json();
  await fetch(\`https://example.com/charge/\${id}\`, { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "an arrow",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `export const POST = async () => {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
};
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 14,
          endLine: 1,
          endColumn: 18,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
export const POST = verifySignatureAppRouter(async () => {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
});
`,
            },
          ],
        },
      ],
    },
    {
      name: "exported by name",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `async function run() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export { run as POST };
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 6,
          column: 10,
          endLine: 6,
          endColumn: 21,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function run() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

const verified = verifySignatureAppRouter(run);
export { verified as POST };
`,
            },
          ],
        },
      ],
    },
    {
      name: "exported under its own name",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export { POST };
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 6,
          column: 10,
          endLine: 6,
          endColumn: 14,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

const verified = verifySignatureAppRouter(POST);
export { verified as POST };
`,
            },
          ],
        },
      ],
    },
    {
      name: "from another file",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) =>
  client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`, "lib/run.ts": `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
` },
      code: `export { POST } from "@/lib/run";
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 10,
          endLine: 1,
          endColumn: 14,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
import { POST as handler } from "@/lib/run";

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "the work is done elsewhere",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) =>
  client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`, "lib/run.ts": `export async function run() {
  await fetch("https://example.com/charge", { method: "POST" });
}
` },
      code: `import { run } from "@/lib/run";

/** Charges. */
export async function POST() {
  await run();
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 4,
          column: 23,
          endLine: 4,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { run } from "@/lib/run";
import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

/** Charges. */
async function handler() {
  await run();
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "wrapped in what checks nothing",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      typecheck: false,
      reason: "the package is not installed",
      code: `import { withSentry } from "@sentry/nextjs";

export const POST = withSentry(async () => {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
});
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 3,
          column: 14,
          endLine: 3,
          endColumn: 18,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { withSentry } from "@sentry/nextjs";
import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

export const POST = verifySignatureAppRouter(withSentry(async () => {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}));
`,
            },
          ],
        },
      ],
    },
    {
      name: "a limiter is no check of the sender",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") });

export async function POST(request: Request) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "all");
  if (!success) return new Response("later", { status: 429 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 6,
          column: 23,
          endLine: 6,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";
import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") });

async function handler(request: Request) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "all");
  if (!success) return new Response("later", { status: 429 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "it reads the message's id",
      filename: "app/api/jobs/route.ts",
      code: `export async function POST(request: Request) {
  console.log(request.headers.get("Upstash-Message-Id"));
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"it reads the `upstash-message-id` header"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler(request: Request) {
  console.log(request.headers.get("Upstash-Message-Id"));
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "it reads the number of retries in a helper",
      filename: "app/api/jobs/route.ts",
      code: `const retries = (request: Request) => Number(request.headers.get("upstash-retried"));

export async function POST(request: Request) {
  if (retries(request) > 3) return Response.json({ ok: false });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"it reads the `upstash-retried` header"},
          line: 3,
          column: 23,
          endLine: 3,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
const retries = (request: Request) => Number(request.headers.get("upstash-retried"));

async function handler(request: Request) {
  if (retries(request) > 3) return Response.json({ ok: false });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "the signature is looked at and not checked",
      filename: "app/api/jobs/route.ts",
      code: `export async function POST(request: Request) {
  if (!request.headers.get("upstash-signature")) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"it reads the `upstash-signature` header"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler(request: Request) {
  if (!request.headers.get("upstash-signature")) return new Response("no", { status: 401 });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "checked only where there is a signature",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  const signature = request.headers.get("upstash-signature");
  if (signature) {
    await receiver.verify({ signature, body });
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "bypassed",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it","condition":", depending on the `upstash-signature` header"},
          line: 5,
          column: 23,
          endLine: 5,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { Receiver } from "@upstash/qstash";
import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

const receiver = new Receiver();

async function handler(request: Request) {
  const body = await request.text();
  const signature = request.headers.get("upstash-signature");
  if (signature) {
    await receiver.verify({ signature, body });
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "checked only where the key is set",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  if (process.env.QSTASH_CURRENT_SIGNING_KEY) {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "bypassed",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it","condition":", depending on the variable `QSTASH_CURRENT_SIGNING_KEY`"},
          line: 5,
          column: 23,
          endLine: 5,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { Receiver } from "@upstash/qstash";
import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

const receiver = new Receiver();

async function handler(request: Request) {
  const body = await request.text();
  if (process.env.QSTASH_CURRENT_SIGNING_KEY) {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
  }
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "wrapped only where the key is set",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = process.env.QSTASH_CURRENT_SIGNING_KEY ? verifySignatureAppRouter(handler) : handler;
`,
      errors: [
        {
          messageId: "bypassed",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it","condition":", depending on the variable `QSTASH_CURRENT_SIGNING_KEY`"},
          line: 8,
          column: 14,
          endLine: 8,
          endColumn: 18,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(process.env.QSTASH_CURRENT_SIGNING_KEY ? verifySignatureAppRouter(handler) : handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "no message tells of it, but it checks at times",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST(request: Request) {
  const body = await request.text();
  const { skip } = JSON.parse(body);
  if (!skip) await receiver.verify({ signature: request.headers.get("x-signature") ?? "", body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "bypassed",
          data: {"title":"POST /api/jobs","because":"it checks its signature","condition":""},
          line: 5,
          column: 23,
          endLine: 5,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { Receiver } from "@upstash/qstash";
import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

const receiver = new Receiver();

async function handler(request: Request) {
  const body = await request.text();
  const { skip } = JSON.parse(body);
  if (!skip) await receiver.verify({ signature: request.headers.get("x-signature") ?? "", body });
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a helper says no, and nobody listens",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) =>
  client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`, "lib/verify.ts": `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function isSigned(request: Request, body: string) {
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
    return true;
  } catch {
    return false;
  }
}
` },
      code: `import { isSigned } from "@/lib/verify";

export async function POST(request: Request) {
  const body = await request.text();
  const signed = await isSigned(request, body);
  console.log(signed);
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "bypassed",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it","condition":""},
          line: 3,
          column: 23,
          endLine: 3,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { isSigned } from "@/lib/verify";
import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

async function handler(request: Request) {
  const body = await request.text();
  const signed = await isSigned(request, body);
  console.log(signed);
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a helper says no, and that is logged",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) =>
  client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`, "lib/verify.ts": `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function isSigned(request: Request, body: string) {
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body });
    return true;
  } catch {
    return false;
  }
}
` },
      code: `import { isSigned } from "@/lib/verify";

export async function POST(request: Request) {
  const body = await request.text();
  if (!(await isSigned(request, body))) console.warn("unsigned");
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "bypassed",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it","condition":""},
          line: 3,
          column: 23,
          endLine: 3,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { isSigned } from "@/lib/verify";
import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

async function handler(request: Request) {
  const body = await request.text();
  if (!(await isSigned(request, body))) console.warn("unsigned");
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "the bare handler is exported too",
      filename: "app/api/jobs/route.ts",
      code: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
export const GET = handler;
`,
      errors: [
        {
          messageId: "beside",
          data: {"title":"GET /api/jobs","verified":"POST /api/jobs"},
          line: 9,
          column: 14,
          endLine: 9,
          endColumn: 17,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
export const GET = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "another export charges without a check",
      filename: "app/api/jobs/route.ts",
      code: `import { Redis } from "@upstash/redis";
import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

const redis = Redis.fromEnv();

export const POST = verifySignatureAppRouter(async () => {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
});

// for trying it out
export async function PUT() {
  await redis.del("jobs");
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "beside",
          data: {"title":"PUT /api/jobs","verified":"POST /api/jobs"},
          line: 12,
          column: 23,
          endLine: 12,
          endColumn: 26,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { Redis } from "@upstash/redis";
import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

const redis = Redis.fromEnv();

export const POST = verifySignatureAppRouter(async () => {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
});

// for trying it out
async function handler() {
  await redis.del("jobs");
  return Response.json({ ok: true });
}

export const PUT = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "the new name is taken",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `const handler = "name";

export async function POST() {
  await fetch(\`https://example.com/charge/\${handler}\`, { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 3,
          column: 23,
          endLine: 3,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
const handler = "name";

async function handlerValue() {
  await fetch(\`https://example.com/charge/\${handler}\`, { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handlerValue);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a file without semicolons",
      filename: "app/api/jobs/route.ts",
      files: QUEUE,
      code: `import { headers } from 'next/headers'

export async function POST() {
  await headers()
  await fetch('https://example.com/charge', { method: 'POST' })
  return Response.json({ ok: true })
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 3,
          column: 23,
          endLine: 3,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { headers } from 'next/headers'
import { verifySignatureAppRouter } from '@upstash/qstash/nextjs'

async function handler() {
  await headers()
  await fetch('https://example.com/charge', { method: 'POST' })
  return Response.json({ ok: true })
}

export const POST = verifySignatureAppRouter(handler)
`,
            },
          ],
        },
      ],
    },
  ],
});
