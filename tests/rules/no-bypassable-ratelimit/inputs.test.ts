import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/no-bypassable-ratelimit.ts";
import { LIMITER_FILE } from "../../helpers/limiter-cases.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import { syntaxMatrix } from "../../helpers/syntax-matrix.ts";
import { check, IMPORT, PACKAGES, route, type Told } from "./shared.ts";

const of = (name: string): string => `\`${name}\` of the request's body`;
const told = (id: Told["id"], name: string, code: string, constant: string | undefined, edits: Told["edits"], Input: string, more: Partial<Told> & { through?: string } = {}): Told => {
  const { through = "", ...rest } = more;
  return { id, name, code, data: { Input, through }, ...(constant === undefined ? {} : { constant }), ...(edits ? { edits } : {}), ...rest };
};
const rate = (name: string, body: string, edits: Told["edits"], Input = of("cost"), more: Partial<Told> & { through?: string; above?: string } = {}): Told => {
  const { above, ...rest } = more;
  return told("rate", name, route(body, above), edits ? "1" : undefined, edits, Input, rest);
};
const LIMIT = 'const { success } = await ratelimit.limit("user:1", ';
const STOP = "\n  if (!success) return new Response(null, { status: 429 });";
const AUTH = 'import { getServerSession } from "next-auth";\n';
const AUTH_TYPES = { "types/auth.d.ts": 'declare module "next-auth" {\n  export function getServerSession(): Promise<{ user: { id: string } } | null>;\n}\n' };
const ZOD = `import { z } from "zod";\n${IMPORT}`;
const QSTASH = `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";\n${IMPORT}`;
const made = (prefix: string): string => `const limiter = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s"), prefix: ${prefix} });\n  await limiter.limit("user:1");`;
const allowed = (tokens: string, window = '"10 s"'): string => `const limiter = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(${tokens}, ${window}) });\n  await limiter.limit("user:1");`;
const HELPERS = {
  "lib/limits.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";
import { ratelimit } from "./ratelimit";

export async function consumeLimit(id: string, rate: number) {
  const { success } = await ratelimit.limit(id, { rate });
  return success;
}
export async function checkedLimit(id: string, rate: number) {
  if (rate < 1) throw new Error("too little");
  const { success } = await ratelimit.limit(id, { rate });
  return success;
}
export const limiterFor = (name: string) =>
  new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s"), prefix: \`limit:\${name}\` });
export const resetLimit = (id: string) => ratelimit.resetUsedTokens(id);
`,
};

check(
  [
    { name: "a constant", code: route(`${LIMIT}{ rate: 3 });${STOP}`) },
    { name: "as much as the work is", code: route(`${LIMIT}{ rate: body.messages.length });${STOP}`) },
    { name: "a part of its size", code: route(`${LIMIT}{ rate: Math.ceil(body.text.length / 1000) });${STOP}`) },
    { name: "at least one", code: route(`${LIMIT}{ rate: Math.max(1, Number(body.cost)) });${STOP}`) },
    { name: "compared before", code: route(`if (body.cost < 1 || body.cost > 10) return new Response(null, { status: 400 });\n  ${LIMIT}{ rate: body.cost });${STOP}`) },
    { name: "a number, compared before", code: route(`const cost = Number(body.cost);\n  if (!(cost >= 1)) return new Response(null, { status: 400 });\n  ${LIMIT}{ rate: cost });${STOP}`) },
    { name: "one of a table", code: route(`const COSTS: Record<string, number> = { image: 5, text: 1 };\n  ${LIMIT}{ rate: COSTS[body.kind] ?? 5 });${STOP}`) },
    { name: "a schema with limits", code: route(`const { cost } = z.object({ cost: z.number().int().min(1) }).parse(body);\n  ${LIMIT}{ rate: cost });${STOP}`, ZOD) },
    { name: "a function that asks", files: HELPERS, code: route('await checkedLimit("user:1", body.cost);', 'import { checkedLimit } from "@/lib/limits";\n') },
    { name: "what a database holds", code: route(`const plan = await loadPlan(body.user);\n  ${LIMIT}{ rate: plan.cost });${STOP}`) },
    { name: "who calls is for other rules", code: route("await ratelimit.limit(body.user);") },
    { name: "an address for the deny list", code: route(`${LIMIT}{ ip: body.ip });${STOP}`) },
    { name: "reset of the caller's own address", code: route('await ratelimit.resetUsedTokens(request.headers.get("x-real-ip") ?? "anonymous");') },
    { name: "reset after a password was checked", code: route("if (!(await passwordMatches(body.email, body.password))) return new Response(null, { status: 401 });\n  await ratelimit.resetUsedTokens(body.email);") },
    { name: "reset after a stored code was named", code: route('const code = await Redis.fromEnv().get(`code:${body.email}`);\n  if (code !== body.code) return new Response(null, { status: 401 });\n  await ratelimit.resetUsedTokens(body.email);', `import { Redis } from "@upstash/redis";\n${IMPORT}`) },
    { name: "reset by somebody who is signed in", files: AUTH_TYPES, code: route("const session = await getServerSession();\n  if (!session) return new Response(null, { status: 401 });\n  await ratelimit.resetUsedTokens(body.user);", `${AUTH}${IMPORT}`) },
    { name: "reset by who knows the secret", code: route('if (request.headers.get("authorization") !== `Bearer ${process.env.ADMIN_SECRET}`) return new Response(null, { status: 401 });\n  await ratelimit.resetUsedTokens(body.user);') },
    { name: "reset in a function whose callers are not known", filename: "lib/reset.ts", code: 'import { ratelimit } from "./ratelimit";\nexport async function reset(request: Request) {\n  const { user } = await request.json();\n  await ratelimit.resetUsedTokens(user);\n}\n' },
    { name: "a limit for all that a signed message sets", code: `${QSTASH}\nexport const POST = verifySignatureAppRouter(async (request: Request) => {\n  const { limit } = await request.json();\n  await ratelimit.setDynamicLimit({ limit });\n  return new Response();\n});\n` },
    { name: "a limit for all, set to a constant", code: route("await ratelimit.setDynamicLimit({ limit: false });") },
    { name: "a prefix of constants", code: route(made('"notes"'), PACKAGES) },
    { name: "a prefix by the path, which names a thing", code: 'import { Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\nexport async function GET(_: Request, { params }: { params: Promise<{ slug: string }> }) {\n  const { slug } = await params;\n  const limiter = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s"), prefix: `page:${slug}` });\n  await limiter.limit("user:1");\n  return new Response();\n}\n' },
    { name: "a prefix from a list", code: route(`if (!["free", "paid"].includes(body.plan)) return new Response(null, { status: 400 });\n  ${made("body.plan")}`, PACKAGES) },
    { name: "numbers of a plan that is looked up", code: route(allowed("(await loadPlan(body.user)).tokens"), PACKAGES) },
    { name: "tokens of one of two", code: route(allowed('body.plan === "paid" ? 100 : 5'), PACKAGES) },
    { name: "rate of something else", code: route('const player = { limit: (id: string, { rate }: { rate: number }) => id + rate };\n  player.limit("a", { rate: body.cost });') },
    { name: "failures are asked for in strict alone", code: route(`try {\n    const { success } = await ratelimit.limit("user:1");${STOP}\n  } catch {}`) },
    { name: "a test", filename: "tests/note.test.ts", code: route(`${LIMIT}{ rate: body.cost });${STOP}`) },
  ],
  [
    rate("a field of the body", `${LIMIT}{ rate: «body.cost» });${STOP}`, [["rate: body.cost", "rate: 1"]]),
    rate("a shorthand", `const { cost: rate } = body;\n  ${LIMIT}{ «rate» });${STOP}`, [["{ rate })", "{ rate: 1 })"]]),
    rate("made a number", `${LIMIT}{ rate: «Number(body.cost)» });${STOP}`, [["rate: Number(body.cost)", "rate: 1"]]),
    rate("parsed, with a default", `${LIMIT}{ rate: «parseInt(body.cost, 10) || 1» });${STOP}`, [["rate: parseInt(body.cost, 10) || 1", "rate: 1"]]),
    rate("rounded and multiplied", `${LIMIT}{ rate: «Math.ceil(body.cost * 2)» });${STOP}`, [["rate: Math.ceil(body.cost * 2)", "rate: 1"]]),
    rate("of the query", `const cost = new URL(request.url).searchParams.get("cost");\n  ${LIMIT}{ rate: «Number(cost)» });${STOP}`, [["rate: Number(cost)", "rate: 1"]], "The query parameter `cost`"),
    rate("of a header", `${LIMIT}{ rate: «Number(request.headers.get("x-cost"))» });${STOP}`, [['rate: Number(request.headers.get("x-cost"))', "rate: 1"]], "The header `x-cost`"),
    rate("a number as its type says", `if (typeof body.cost !== "number") return new Response(null, { status: 400 });\n  ${LIMIT}{ rate: «body.cost» });${STOP}`, [["rate: body.cost", "rate: 1"]]),
    rate("whatever the body says", `${LIMIT}«body.options»);${STOP}`, [["body.options)", "{ rate: 1 })"]], of("options.rate"), { constant: "{ rate: 1 }" }),
    rate("a spread", `${LIMIT}«{ ip: "a", ...body }»);${STOP}`, [["...body }", "...body, rate: 1 }"]], of("rate"), { constant: "rate: 1" }),
    rate("through a helper of another file", 'await consumeLimit("user:1", «body.cost»);', [['"user:1", body.cost', '"user:1", 1']], of("cost"), { files: HELPERS, above: 'import { consumeLimit } from "@/lib/limits";\n', through: " through `consumeLimit` (lib/limits.ts)" }),
    rate("to a signed-in user too", `const session = await getServerSession();\n  if (!session) return new Response(null, { status: 401 });\n  ${LIMIT}{ rate: «body.cost» });${STOP}`, [["rate: body.cost", "rate: 1"]], of("cost"), { files: AUTH_TYPES, above: `${AUTH}${IMPORT}` }),
    told("rate", "in Hono", 'import { Hono } from "hono";\nimport { ratelimit } from "../lib/ratelimit";\n\nconst app = new Hono();\napp.post("/", async (c) => {\n  const { success } = await ratelimit.limit("user:1", { rate: «Number(c.req.query("n"))» });\n  return c.text("ok", success ? 200 : 429);\n});\nexport default app;\n', "1", [['Number(c.req.query("n"))', "1"]], "The query parameter `n`", { filename: "src/app.ts" }),
    told("rate", "in Express, in JavaScript", "import express from 'express'\nimport { ratelimit } from '../lib/ratelimit'\n\nexport const app = express()\napp.post('/', async (req, res) => {\n  const { success } = await ratelimit.limit('user:1', { rate: «req.body.cost» })\n  res.sendStatus(success ? 200 : 429)\n})\n", "1", [["req.body.cost", "1"]], of("cost"), { filename: "src/app.js" }),
    told("reset", "a reset for anybody", route("«x»").replace("«x»", "await ratelimit.resetUsedTokens(«body.user»);"), undefined, [["\n  await ratelimit.resetUsedTokens(body.user);", ""]], of("user")),
    told("reset", "a reset of an id in the path", `${IMPORT}export async function DELETE(_: Request, { params }: { params: Promise<{ id: string }> }) {\n  const { id } = await params;\n  await ratelimit.resetUsedTokens(«id»);\n  return new Response();\n}\n`, undefined, [["\n  await ratelimit.resetUsedTokens(id);", ""]], "The route parameter `id`", { filename: "app/api/note/[id]/route.ts" }),
    told("reset", "through a helper", route("await resetLimit(«body.user»);", 'import { resetLimit } from "@/lib/limits";\n'), undefined, [["\n  await resetLimit(body.user);", ""]], of("user"), { files: HELPERS, through: " through `resetLimit` (lib/limits.ts)" }),
    told("dynamic", "the limit for all", route("await ratelimit.setDynamicLimit({ limit: «body.limit» });"), "false", [["limit: body.limit", "limit: false"]], of("limit")),
    told("dynamic", "all that the body holds", route("await ratelimit.setDynamicLimit(«body»);"), "{ limit: false }", [["setDynamicLimit(body)", "setDynamicLimit({ limit: false })"]], of("limit")),
    told("tokens", "how many", route(allowed("«body.limit»"), PACKAGES), "10", [["slidingWindow(body.limit,", "slidingWindow(10,"]], of("limit")),
    told("tokens", "the size of a bucket", route('const limiter = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.tokenBucket(5, "10 s", «Number(body.burst)») });\n  await limiter.limit("user:1");', PACKAGES), "10", [["Number(body.burst)", "10"]], of("burst")),
    told("window", "in which time", route(allowed("5", "«body.window»"), PACKAGES), '"10 s"', [["(5, body.window)", '(5, "10 s")']], of("window")),
    told("prefix", "the prefix", route(made("«body.client»"), PACKAGES), '"@upstash/ratelimit"', [["prefix: body.client", 'prefix: "@upstash/ratelimit"']], of("client")),
    told("prefix", "a part of it", route(made("«`notes:${body.client}`»"), PACKAGES), '"notes"', [["`notes:${body.client}`", '"notes"']], of("client")),
    told("prefix", "concatenated with the user agent", route(made('«"ua:" + request.headers.get("user-agent")»'), PACKAGES), '"ua"', [['"ua:" + request.headers.get("user-agent")', '"ua"']], "The header `user-agent`"),
    told("prefix", "through a factory", route('await limiterFor(«body.client»).limit("user:1");', 'import { limiterFor } from "@/lib/limits";\n'), '"@upstash/ratelimit"', [["limiterFor(body.client)", 'limiterFor("@upstash/ratelimit")']], of("client"), { files: HELPERS, through: " through `limiterFor` (lib/limits.ts)" }),
  ],
  false,
);

describe("however the input is written", () => {
  const CONDITION = "a condition may have looked at it";
  const forms = syntaxMatrix.value("body.cost", (setup, expr) => route(`${setup}\n  await ratelimit.limit("user:1", { rate: (${expr}) as number });`), {
    except: { "&& guarded": CONDITION, "ternary, first branch": CONDITION, "ternary, second branch": CONDITION },
  });
  it.each(forms)("$name", ({ code, files }) => {
    expect(lintMessages("no-bypassable-ratelimit", rule, { ...LIMITER_FILE, ...files, "app/api/note/route.ts": code }, "app/api/note/route.ts")).toHaveLength(1);
  });
});

describe("however the client behind the limiter is reached", () => {
  const forms = syntaxMatrix.client((imports, expr) => `import { Ratelimit } from "@upstash/ratelimit";\n${imports}\nexport async function POST(request: Request) {\n  const { client } = await request.json();\n  const limiter = new Ratelimit({ redis: ${expr}, limiter: Ratelimit.slidingWindow(5, "10 s"), prefix: client });\n  return Response.json(await limiter.limit("user:1"));\n}\n`, { except: { "optional chaining": "nothing is read of the client" } });
  it.each(forms)("$name", ({ code, files }) => {
    expect(lintMessages("no-bypassable-ratelimit", rule, { ...files, "app/api/note/route.ts": code }, "app/api/note/route.ts")).toHaveLength(1);
  });
});
