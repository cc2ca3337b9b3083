import { check, refusal, route, type Told } from "./shared.ts";

const unused = (name: string, body: string, edits: Told["edits"], more: Partial<Told> = {}): Told => ({ name, id: "unused", code: route(body), edits, ...more });
const promise = (name: string, body: string, edits: Told["edits"]): Told => ({ name, id: "promise", code: route(body), edits });
const object = (name: string, body: string, edits: Told["edits"], more: Partial<Told> = {}): Told => ({ name, id: "object", code: route(body), edits, ...more });
const unstopped = (name: string, body: string, edits: Told["edits"]): Told => ({ name, id: "unstopped", code: route(body), edits });

const asked = `const rate = await ratelimit.limit("id");\n${refusal("rate")}`;

/** How an answer is looked at, and how it is not. */
check(
  [
    ["success, destructured", 'const { success } = await ratelimit.limit("id");\n  if (!success) return new Response(null, { status: 429 });'],
    ["success, renamed and tested later", 'const { success: isFine } = await ratelimit.limit("id");\n  const body = await request.clone().text();\n  if (!isFine) throw new Error(body);'],
    ["a member of the result", 'const rate = await ratelimit.limit("id");\n  if (!rate.success) return new Response(null, { status: 429 });'],
    ["read at once", 'if (!(await ratelimit.limit("id")).success) return new Response(null, { status: 429 });'],
    ["null as well as success", 'const rate = process.env.CI ? null : await ratelimit.limit("id");\n  if (rate && !rate.success) return new Response(null, { status: 429 });'],
    ["a promise that is awaited later", 'const asked = ratelimit.limit("id");\n  const { success } = await asked;\n  if (!success) return new Response(null, { status: 429 });'],
    ["Promise.all, destructured", 'const [{ success }, text] = await Promise.all([ratelimit.limit("id"), request.clone().text()]);\n  if (!success) throw new Error(text);'],
    ["Promise.all of two limiters", 'const all = await Promise.all([ratelimit.limit("a"), ratelimit.limit("b")]);\n  if (all.some(({ success }) => !success)) throw new Error("no");'],
    [".then() that throws", 'await ratelimit.limit("id").then((rate) => { if (!rate.success) throw new Error("no"); });'],
    ["handed to a function", 'refuse(await ratelimit.limit("id"));\n  function refuse(rate: { success: boolean }) { if (!rate.success) throw new Error("no"); }'],
    ["kept in an object", 'const state = { rate: await ratelimit.limit("id") };\n  if (!state.rate.success) throw new Error("no");'],
    ["compared", 'const { success } = await ratelimit.limit("id");\n  if (success === false) return new Response(null, { status: 429 });'],
    ["remaining instead of success", 'const { remaining } = await ratelimit.limit("id");\n  if (remaining <= 0) return new Response(null, { status: 429 });'],
    ["the reason", 'const { reason } = await ratelimit.limit("id");\n  if (reason) throw new Error(reason);'],
    ["work only where it is granted", 'const { success } = await ratelimit.limit("id");\n  if (success) { console.log("sent"); }'],
    ["refused by a function that may throw", 'const { success } = await ratelimit.limit("id");\n  if (!success) refuse();\n  function refuse(): never { throw new Error("no"); }'],
    ["a flag that is set", 'let status = 200;\n  const { success } = await ratelimit.limit("id");\n  if (!success) status = 429;\n  if (status === 429) throw new Error("no");'],
    ["the last statement: nothing follows that could be stopped", 'const work = async (res: { end(): void }) => {\n    const { success } = await ratelimit.limit("id");\n    if (!success) res.end();\n  };\n  await work({ end() {} });'],
    ["a choice by ternary", 'const { success } = await ratelimit.limit("id");\n  const answer = success ? "yes" : "no";\n  if (answer === "no") throw new Error(answer);'],
    ["asked first, and counted afterwards", 'const { remaining } = await ratelimit.getRemaining("id");\n  if (remaining <= 0) return new Response(null, { status: 429 });\n  await ratelimit.limit("id");'],
    ["counted by what was used", 'const used = (await request.clone().text()).length;\n  await ratelimit.limit("id", { rate: used });'],
    ["a refund", 'await ratelimit.limit("id", { rate: -1 });'],
    ["other methods", 'await ratelimit.resetUsedTokens("id");'],
    ["limit() of a query builder", 'const query = { limit: (count: number) => Promise.resolve(count) };\n  await query.limit(10);'],
  ].map(([name = "", body = ""]) => ({ name, code: route(`  ${body}`) })),
  [
    unused("the statement ends", '  await «ratelimit.limit»("id");', [['await ratelimit.limit("id");', asked]]),
    unused("not even awaited", '  «ratelimit.limit»("id");', [['ratelimit.limit("id");', asked]]),
    unused("void", '  void «ratelimit.limit»("id");', [['void ratelimit.limit("id");', asked]]),
    unused("a variable that is never read", '  const held = await «ratelimit.limit»("id");', [['const held = await ratelimit.limit("id");', `const held = await ratelimit.limit("id");\n${refusal("held")}`]]),
    unused("success that is never read", '  const { success } = await «ratelimit.limit»("id");', [
      ['const { success } = await ratelimit.limit("id");', `${asked}\n  const { success } = rate;`],
    ]),
    unused("only headers are set", '  const { limit, remaining } = await «ratelimit.limit»("id");\n  const headers = new Headers();\n  headers.set("X-RateLimit-Limit", String(limit));\n  headers.set("X-RateLimit-Remaining", remaining.toString());', [
      ['const { limit, remaining } = await ratelimit.limit("id");', `${asked}\n  const { limit, remaining } = rate;`],
    ]),
    unused("only what is pending", '  const { pending } = await «ratelimit.limit»("id");\n  await pending; // analytics', [
      ['const { pending } = await ratelimit.limit("id");', `${asked}\n  const { pending } = rate;`],
    ]),
    unused("only logged", '  const rate = await «ratelimit.limit»("id");\n  console.log(rate.success);', [
      ['const rate = await ratelimit.limit("id");', `const rate = await ratelimit.limit("id");\n${refusal("rate")}`],
    ]),
    unused("errors are swallowed, the answer as well", '  await «ratelimit.limit»("id").catch(() => null);', [
      ['await ratelimit.limit("id").catch(() => null);', asked],
    ]),
    unused("left to waitUntil()", '  waitUntil(«ratelimit.limit»("id"));', [['waitUntil(ratelimit.limit("id"));', asked]]),
    unused("among others in Promise.all", '  await Promise.all([request.clone().text(), «ratelimit.limit»("id")]);', [
      ['  await Promise.all([request.clone().text(), ratelimit.limit("id")]);', `  const [, rate] = await Promise.all([request.clone().text(), ratelimit.limit("id")]);\n${refusal("rate")}`],
    ]),
    unused("blockUntilReady()", '  await «ratelimit.blockUntilReady»("id", 1000);', [
      ['await ratelimit.blockUntilReady("id", 1000);', `const rate = await ratelimit.blockUntilReady("id", 1000);\n${refusal("rate")}`],
    ], { call: "ratelimit.blockUntilReady()" }),
    promise("destructured without await", '  const { success } = «ratelimit.limit»("id");\n  if (!success) return new Response(null, { status: 429 });', [
      ['= ratelimit.limit("id")', '= await ratelimit.limit("id")'],
    ]),
    promise("read without await", '  if (!«ratelimit.limit»("id").success) return new Response(null, { status: 429 });', [
      ['ratelimit.limit("id").success', '(await ratelimit.limit("id")).success'],
    ]),
    promise("a variable, read without await", '  const rate = «ratelimit.limit»("id");\n  if (!rate.success) return new Response(null, { status: 429 });', [
      ['= ratelimit.limit("id")', '= await ratelimit.limit("id")'],
    ]),
    object("the result as a condition", '  const rate = await ratelimit.limit("id");\n  if (!«rate») return new Response(null, { status: 429 });', [["!rate", "!rate.success"]]),
    object("the awaited call as a condition", '  if (!(«await ratelimit.limit("id")»)) return new Response(null, { status: 429 });', [
      ['await ratelimit.limit("id")', '(await ratelimit.limit("id")).success'],
    ]),
    object("a ternary", '  const rate = await ratelimit.limit("id");\n  console.log(«rate» ? "yes" : "no");', [["rate ?", "rate.success ?"]]),
    unstopped("an answer that is not returned", '  const { success } = await ratelimit.limit("id");\n  if (!«success») {\n    Response.json({ error: "slow down" }, { status: 429 });\n  }', [
      ["    Response.json({ error", "    return Response.json({ error"],
    ]),
    unstopped("new Response that is not returned", '  const { success } = await ratelimit.limit("id");\n  if (!«success») new Response("slow down", { status: 429 });', [
      ["new Response(", "return new Response("],
    ]),
    unstopped("only a log", '  const rate = await ratelimit.limit("id");\n  if (!«rate.success») {\n    console.warn("too many"); // TODO\n  }', [
      ['console.warn("too many");', 'console.warn("too many");\n    return new Response("Too many requests", { status: 429 });'],
    ]),
    unstopped("an empty branch", '  const { success } = await ratelimit.limit("id");\n  if (!«success») {\n  }', [
      ["if (!success) {\n  }", 'if (!success) {\n    return new Response("Too many requests", { status: 429 });\n  }'],
    ]),
  ],
);
