import { check, route } from "./shared.ts";

const HELPERS = {
  "lib/limits.ts": `import { ratelimit } from "./ratelimit";

export async function checkLimit(id: string) {
  const { success } = await ratelimit.limit(id);
  return success;
}
export const rateLimit = async (id: string) => {
  const rate = await ratelimit.limit(id);
  if (!rate.success) console.warn("too many", id);
  return { allowed: rate.success, reset: rate.reset };
};
export const limitByIp = (id: string) => ratelimit.limit(\`ip:\${id}\`);
export async function enforceLimit(id: string) {
  const rate = await ratelimit.limit(id);
  if (!rate.success) throw new Error("too many");
  return rate;
}
export async function assertLimit(id: string) {
  const rate = await ratelimit.limit(id);
  refuse(rate.success);
  return rate;
}
function refuse(success: boolean) {
  if (!success) throw new Error("too many");
}
`,
};
const withHelpers = (body: string): string => route(body).replace('import { ratelimit } from "@/lib/ratelimit";', 'import { assertLimit, checkLimit, enforceLimit, limitByIp, rateLimit } from "@/lib/limits";\nvoid [assertLimit, checkLimit, enforceLimit, limitByIp, rateLimit];');

const PLAIN = `if (!allowed) {
    return new Response("Too many requests", { status: 429 });
  }`;

/** Limiters behind the project's functions, and frameworks. */
check(
  [
    { name: "a helper that throws", files: HELPERS, code: withHelpers('  await enforceLimit("id");') },
    { name: "a helper that hands the verdict to one that throws", files: HELPERS, code: withHelpers('  await assertLimit("id");') },
    { name: "a helper's answer, checked", files: HELPERS, code: withHelpers('  if (!(await checkLimit("id"))) return new Response(null, { status: 429 });') },
    { name: "a helper's object, checked", files: HELPERS, code: withHelpers('  const { allowed } = await rateLimit("id");\n  if (!allowed) return new Response(null, { status: 429 });') },
    { name: "returned to the caller", filename: "lib/limits.ts", code: 'import { ratelimit } from "./ratelimit";\nexport const ask = async (id: string) => await ratelimit.limit(id);\n' },
    { name: "success returned under another name", filename: "lib/limits.ts", code: 'import { ratelimit } from "./ratelimit";\nexport async function ask(id: string) {\n  const { success, reset } = await ratelimit.limit(id);\n  return { ok: success, reset };\n}\n' },
    { name: "a function of the same name that is no limiter", code: 'const ratelimit = { limit: async (id: string) => ({ success: id !== "" }) };\nexport async function POST() {\n  await ratelimit.limit("id");\n  return new Response();\n}\n' },
    { name: "a test", filename: "tests/limit.test.ts", code: 'import { ratelimit } from "@/lib/ratelimit";\nexport async function fill() {\n  for (let i = 0; i < 10; i++) await ratelimit.limit("id");\n}\n' },
    { name: "a script", filename: "scripts/fill.ts", code: 'import { ratelimit } from "../lib/ratelimit";\nexport async function fill() {\n  await ratelimit.limit("id");\n}\n' },
    { name: "a module's own top level", filename: "lib/warm.ts", code: 'import { ratelimit } from "./ratelimit";\nawait ratelimit.limit("warm");\n' },
    { name: "Express: refused, else next()", filename: "src/app.ts", code: 'import express from "express";\nimport { ratelimit } from "../lib/ratelimit";\n\nexport const app = express();\napp.use(async (req, res, next) => {\n  const { success } = await ratelimit.limit(req.ip ?? "");\n  if (!success) res.status(429).end();\n  else next();\n});\n' },
    { name: "Express: answered and left", filename: "src/app.ts", code: 'import express from "express";\nimport { ratelimit } from "../lib/ratelimit";\n\nexport const app = express();\napp.use(async (req, res, next) => {\n  const { success } = await ratelimit.limit(req.ip ?? "");\n  if (!success) {\n    res.status(429).end();\n    return;\n  }\n  next();\n});\n' },
    { name: "tRPC: a middleware that throws", filename: "server/trpc.ts", code: 'import { ratelimit } from "../lib/ratelimit";\nexport const limited = async (opts: { next(): Promise<void> }) => {\n  const { success } = await ratelimit.limit("id");\n  if (!success) throw new Error("TOO_MANY_REQUESTS");\n  return opts.next();\n};\n' },
  ],
  [
    {
      name: "a helper's verdict, dropped",
      id: "unused",
      call: "checkLimit()",
      success: "its answer",
      files: HELPERS,
      code: withHelpers('  await «checkLimit»("id");'),
      edits: [['await checkLimit("id");', `const allowed = await checkLimit("id");\n  ${PLAIN}`]],
    },
    {
      name: "a helper's verdict, not awaited",
      id: "promise",
      call: "checkLimit()",
      success: "its answer",
      files: HELPERS,
      code: withHelpers('  if (!«checkLimit»("id")) return new Response(null, { status: 429 });'),
      edits: [['checkLimit("id"))', 'await checkLimit("id"))']],
    },
    {
      name: "a helper's object, dropped",
      id: "unused",
      call: "rateLimit()",
      success: "allowed",
      files: HELPERS,
      code: withHelpers('  await «rateLimit»("id");'),
      edits: [['await rateLimit("id");', `const rate = await rateLimit("id");\n  ${PLAIN.replace("allowed", "rate.allowed")}`]],
    },
    {
      name: "a helper's object as a condition",
      id: "object",
      call: "rateLimit()",
      success: "allowed",
      files: HELPERS,
      code: withHelpers('  const rate = await rateLimit("id");\n  if (!«rate») return new Response(null, { status: 429 });'),
      edits: [["!rate", "!rate.allowed"]],
    },
    {
      name: "a helper that hands on the promise",
      id: "unused",
      call: "limitByIp()",
      files: HELPERS,
      code: withHelpers('  await «limitByIp»("id");'),
      edits: [['await limitByIp("id");', `const rate = await limitByIp("id");\n  ${PLAIN.replace("allowed", "rate.success")}`]],
    },
    {
      name: "a limiter of the file's own, in a server action",
      id: "unused",
      call: "limiter.limit()",
      filename: "app/actions.ts",
      code: '"use server";\nimport { Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\n\nconst limiter = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.fixedWindow(5, "1 m") });\n\nexport async function send(text: string) {\n  await «limiter.limit»("id");\n  console.log(text);\n}\n',
      edits: [['await limiter.limit("id");', 'const rate = await limiter.limit("id");\n  if (!rate.success) {\n    throw new Error("Too many requests. Try again later.");\n  }']],
    },
    {
      name: "Express: answered, and not left",
      id: "unstopped",
      filename: "src/app.ts",
      code: 'import express from "express";\nimport { ratelimit } from "../lib/ratelimit";\n\nexport const app = express();\napp.post("/notes", async (req, res) => {\n  const { success } = await ratelimit.limit(req.ip ?? "");\n  if (!«success») {\n    res.status(429).json({ error: "slow down" });\n  }\n  res.json({ ok: true });\n});\n',
      edits: [['json({ error: "slow down" });', 'json({ error: "slow down" });\n    return;']],
    },
    {
      name: "Express: answered in one line, and not left",
      id: "unstopped",
      filename: "src/app.ts",
      code: 'import express from "express";\nimport { ratelimit } from "../lib/ratelimit";\n\nexport const app = express();\napp.post("/notes", async (req, res) => {\n  const { success } = await ratelimit.limit(req.ip ?? "");\n  if (!«success») res.sendStatus(429);\n  res.json({ ok: true });\n});\n',
      edits: [["if (!success) res.sendStatus(429);", "if (!success) { res.sendStatus(429); return; }"]],
    },
    {
      name: "Hono: an answer that is not returned",
      id: "unstopped",
      filename: "src/app.ts",
      code: 'import { Hono } from "hono";\nimport { ratelimit } from "../lib/ratelimit";\n\nexport const app = new Hono();\napp.post("/notes", async (c) => {\n  const { success } = await ratelimit.limit("id");\n  if (!«success») {\n    c.text("slow down", 429);\n  }\n  return c.text("ok");\n});\n',
      edits: [["    c.text(", "    return c.text("]],
    },
    {
      name: "Hono: dropped in a handler",
      id: "unused",
      filename: "src/app.ts",
      code: 'import { Hono } from "hono";\nimport { ratelimit } from "../lib/ratelimit";\n\nexport const app = new Hono();\napp.post("/notes", async (c) => {\n  await «ratelimit.limit»("id");\n  return c.text("ok");\n});\n',
      edits: [['await ratelimit.limit("id");', 'const rate = await ratelimit.limit("id");\n  if (!rate.success) {\n    return c.text("Too many requests", 429, {\n      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),\n      "X-RateLimit-Limit": String(rate.limit),\n      "X-RateLimit-Remaining": String(rate.remaining),\n      "X-RateLimit-Reset": String(rate.reset),\n    });\n  }']],
    },
    {
      name: "pages router",
      id: "unused",
      filename: "pages/api/note.ts",
      code: 'import type { NextApiRequest, NextApiResponse } from "next";\nimport { ratelimit } from "@/lib/ratelimit";\n\nexport default async function handler(req: NextApiRequest, res: NextApiResponse) {\n  await «ratelimit.limit»("id");\n  res.json(req.body);\n}\n',
      edits: [['await ratelimit.limit("id");', 'const rate = await ratelimit.limit("id");\n  if (!rate.success) {\n    res.setHeader("Retry-After", String(Math.ceil((rate.reset - Date.now()) / 1000)));\n    res.setHeader("X-RateLimit-Limit", String(rate.limit));\n    res.setHeader("X-RateLimit-Remaining", String(rate.remaining));\n    res.setHeader("X-RateLimit-Reset", String(rate.reset));\n    res.status(429).end("Too many requests");\n    return;\n  }']],
    },
    {
      name: "a handler that is not async",
      id: "promise",
      code: 'import { ratelimit } from "@/lib/ratelimit";\n\nexport function POST(): Response {\n  const { success } = «ratelimit.limit»("id");\n  return success ? new Response("ok") : new Response(null, { status: 429 });\n}\n',
      edits: [["export function POST(): Response", "export async function POST(): Promise<Response>"], ['= ratelimit.limit("id")', '= await ratelimit.limit("id")']],
    },
  ],
);
