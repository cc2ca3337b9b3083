import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { LIMITER, open } from "./shared.ts";

const ROUTE = "app/api/codes/route.ts";

const REDIS = `import { Redis } from "@upstash/redis";

const redis = new Redis({ url: process.env.UPSTASH_REDIS_REST_URL ?? "", token: process.env.UPSTASH_REDIS_REST_TOKEN ?? "" });
`;

/** A signature made with Web Crypto, by a key that comes from elsewhere. */
const SIGN = `async function sign(body: string, secret: string) {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(body)));
}

const hex = (bytes: Uint8Array) => Array.from(bytes).map((byte) => byte.toString(16).padStart(2, "0")).join("");
`;

const CONFIG = { "lib/config.ts": "export const config = { signing: String(process.env.SLACK_SIGNING_SECRET) };\n" };

const signed = (check: string, more = ""): string => `import { config } from "@/lib/config";
${REDIS}
${SIGN}${more}
export async function POST(request: Request) {
  const signature = request.headers.get("x-signature") ?? "";
  const computed = await sign(await request.text(), config.signing);
  ${check.replaceAll("\n", "\n  ")}
  await redis.incr("runs");
  return Response.json({ ok: true });
}
`;

const REFUSE = "return new Response(null, { status: 401 });";

/** Secrets that only machines know, and what is compared with something else. */
/** What is reported where a stranger makes the route count. */
const COUNTED = { at: "POST", title: "POST /api/codes", work: "writes to Redis (`incr`)", guarded: true } as const;

runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "a hash of the secret",
      filename: ROUTE,
      code: `import { createHash } from "node:crypto";
${REDIS}
export async function POST(request: Request) {
  const expected = createHash("sha256").update(process.env.CRON_SECRET ?? "").digest("hex");
  if (request.headers.get("x-key") !== expected) return new Response(null, { status: 401 });
  await redis.incr("runs");
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a notification of Apple's, in one of two environments",
      filename: ROUTE,
      code: `import { Environment, SignedDataVerifier } from "@apple/app-store-server-library";
${REDIS}
let production: SignedDataVerifier | null = null;
let sandbox: SignedDataVerifier | null = null;
function verifierOf(environment: Environment) {
  if (environment === Environment.PRODUCTION) {
    production ||= new SignedDataVerifier([], true, environment, "com.example.app", 1);
    return production;
  }
  sandbox ||= new SignedDataVerifier([], true, environment, "com.example.app");
  return sandbox;
}
async function verified(payload: string) {
  let last: unknown;
  for (const environment of [Environment.PRODUCTION, Environment.SANDBOX]) {
    try {
      return await verifierOf(environment).verifyAndDecodeNotification(payload);
    } catch (error) {
      last = error;
    }
  }
  throw last;
}
export async function POST(request: Request) {
  let notification;
  try {
    notification = await verified(await request.text());
  } catch {
    return new Response(null, { status: 400 });
  }
  await redis.incr(\`runs:\${notification.notificationType}\`);
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "Stripe's client from a package of the workspace that can't be read",
      filename: ROUTE,
      code: `import { stripe } from "@acme/utils";
${REDIS}
export async function POST(request: Request) {
  const signature = request.headers.get("Stripe-Signature") as string;
  try {
    stripe().webhooks.constructEvent(await request.text(), signature, process.env.STRIPE_WEBHOOK_SECRET);
  } catch {
    return new Response(null, { status: 400 });
  }
  await redis.incr("runs");
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a secret that is compared as bytes",
      filename: ROUTE,
      code: `${REDIS}
export async function POST(request: Request) {
  const key = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(process.env.WEBHOOK_SECRET));
  if (request.headers.get("x-key") !== Buffer.from(key).toString("hex")) return new Response(null, { status: 401 });
  await redis.incr("runs");
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a signature of a library for hashes",
      filename: ROUTE,
      code: `import hmacSHA256 from "crypto-js/hmac-sha256";
${REDIS}
export async function POST(request: Request) {
  const body = await request.text();
  if (request.headers.get("x-signature") !== hmacSHA256(body, process.env.WEBHOOK_SECRET ?? "").toString()) {
    return new Response(null, { status: 401 });
  }
  await redis.incr("runs");
  return Response.json({ ok: true });
}
`,
    },
    { name: "a signature of Web Crypto", filename: ROUTE, files: CONFIG, code: signed(`if (hex(computed) !== signature) ${REFUSE}`) },
    {
      name: "a signature that is compared byte by byte, all of it",
      filename: ROUTE,
      files: CONFIG,
      code: signed(`const given = new TextEncoder().encode(signature);
const expected = new TextEncoder().encode(\`v0=\${hex(computed)}\`);
if (given.length !== expected.length) ${REFUSE}
let mismatch = 0;
for (let at = 0; at < expected.length; at++) mismatch |= expected[at]! ^ given[at]!;
if (mismatch !== 0) ${REFUSE}`),
    },
    {
      name: "a helper that compares character by character",
      filename: ROUTE,
      files: CONFIG,
      code: signed(
        `if (!areEqual(hex(computed), signature)) ${REFUSE}`,
        `
function areEqual(one: string, other: string) {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let at = 0; at < one.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}
`,
      ),
    },
    {
      name: "a helper of another file",
      filename: ROUTE,
      files: {
        ...CONFIG,
        "lib/equal.ts":
          "export function areEqual(one: string, other: string) {\n  let difference = one.length ^ other.length;\n  for (let at = 0; at < one.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);\n  return difference === 0;\n}\n",
      },
      code: signed(`if (!areEqual(hex(computed), signature)) ${REFUSE}`).replace("import", 'import { areEqual } from "@/lib/equal";\nimport'),
    },
  ],
  invalid: [
    open({
      name: "a signature of which nothing but the length is compared",
      filename: ROUTE,
      files: { ...LIMITER, ...CONFIG },
      code: signed(`if (hex(computed).length !== signature.length) ${REFUSE}`),
      ...COUNTED,
    }),
    open({
      name: "the length of a secret",
      filename: ROUTE,
      files: LIMITER,
      code: `import { createHmac } from "node:crypto";
${REDIS}
export async function POST(request: Request) {
  const computed = createHmac("sha256", process.env.SLACK_SIGNING_SECRET ?? "").update(await request.text()).digest("hex");
  if (request.headers.get("x-signature")?.length !== computed.length) return new Response(null, { status: 401 });
  await redis.incr("runs");
  return Response.json({ ok: true });
}
`,
      ...COUNTED,
    }),
    open({
      name: "two things that the caller sends, byte by byte",
      filename: ROUTE,
      files: { ...LIMITER, ...CONFIG },
      code: signed(`const other = request.headers.get("x-other") ?? "";
let mismatch = 0;
for (let at = 0; at < other.length; at++) mismatch |= other.charCodeAt(at) ^ signature.charCodeAt(at);
if (mismatch !== 0) ${REFUSE}`),
      ...COUNTED,
    }),
    open({
      name: "a signature that is made and not looked at",
      filename: ROUTE,
      files: { ...LIMITER, ...CONFIG },
      code: signed(`if (signature === "") ${REFUSE}
console.log(computed);`),
      ...COUNTED,
    }),
    open({
      name: "a transaction that Apple has signed for whoever sends it",
      filename: ROUTE,
      files: LIMITER,
      code: `import { Environment, SignedDataVerifier } from "@apple/app-store-server-library";
${REDIS}
const verifier = new SignedDataVerifier([], true, Environment.PRODUCTION, "com.example.app", 1);

export async function POST(request: Request) {
  await verifier.verifyAndDecodeTransaction(await request.text());
  await redis.incr("runs");
  return Response.json({ ok: true });
}
`,
      ...COUNTED,
      untyped: "Apple's library is not installed",
    }),
    open({
      name: "a code that is read with a client that knows a secret",
      filename: ROUTE,
      files: LIMITER,
      code: `${REDIS}
export async function POST(request: Request) {
  const { email, code } = await request.json();
  const stored = await redis.get<string>(\`code:\${email}\`);
  if (stored !== code) return new Response(null, { status: 400 });
  await redis.set(\`verified:\${email}\`, true);
  return Response.json({ ok: true });
}
`,
      at: "POST",
      title: "POST /api/codes",
      work: "writes to Redis (`set`)",
      guarded: true,
    }),
    open({
      name: "an owner that is read from a database with its key",
      filename: ROUTE,
      files: LIMITER,
      code: `import { createClient } from "@supabase/supabase-js";

const supabase = createClient(process.env.SUPABASE_URL ?? "", process.env.SUPABASE_SERVICE_ROLE_KEY ?? "");

export async function POST(request: Request) {
  const { id, owner } = await request.json();
  const { data } = await supabase.from("notes").select().eq("id", id).single();
  if (data.owner !== owner) return new Response(null, { status: 403 });
  await supabase.from("notes").delete().eq("id", id);
  return Response.json({ ok: true });
}
`,
      at: "POST",
      title: "POST /api/codes",
      work: "changes the database through Supabase",
      guarded: true,
    }),
    open({
      name: "items of a stored list that are told apart",
      filename: ROUTE,
      files: LIMITER,
      code: `${REDIS}
export async function POST(request: Request) {
  const { id } = await request.json();
  const groups = (await redis.get<{ id: string; open: boolean }[]>("groups")) ?? [];
  for (const group of groups) {
    const found = groups.find((other) => other.id === group.id);
    if (found) found.open = id === group.id;
  }
  await redis.set("groups", groups);
  return Response.json({ ok: true });
}
`,
      at: "POST",
      title: "POST /api/codes",
      work: "writes to Redis (`set`)",
      guarded: true,
    }),
    open({
      name: "what another service says of a caller, asked with its key",
      filename: ROUTE,
      files: LIMITER,
      code: `${REDIS}
export async function POST(request: Request) {
  const { id, name } = await request.json();
  const answer = await fetch(\`https://api.example.com/users/\${id}\`, { headers: { authorization: \`Bearer \${process.env.API_TOKEN}\` } });
  const user = await answer.json();
  if (user.name !== name) return new Response(null, { status: 403 });
  await redis.incr("runs");
  return Response.json({ ok: true });
}
`,
      at: "POST",
      title: "POST /api/codes",
      work: "calls api.example.com with the server's own key",
      guarded: true,
    }),
  ],
});
