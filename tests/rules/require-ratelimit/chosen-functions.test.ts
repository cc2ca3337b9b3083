import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

const ROUTE = "app/api/actions/route.ts";

const verdict = (code: string, body: string, files: Readonly<Record<string, string>> = {}): Verdict =>
  verdictOf(
    {
      ...CLIENTS,
      ...files,
      [ROUTE]: `import { mail, redis, resend } from "@/lib/clients";
import { ratelimit } from "@/lib/ratelimit";
import { auth } from "@clerk/nextjs/server";
${code}
export async function POST(request: Request) {
  const { kind, text } = await request.json();
  ${body}
  return Response.json({ ok: true });
}
`,
    },
    ROUTE,
  );

const LIMITER = { "lib/ratelimit.ts": 'import { Ratelimit } from "@upstash/ratelimit";\nimport { redis } from "./clients";\nexport const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });\n' };
const LIMIT = 'if (!(await ratelimit.limit("a")).success) return new Response("no", { status: 429 });';
const SEND = "async function send(text: string) { await resend.emails.send({ ...mail, text }); }";
const ECHO = "function echo(text: string) { return text; }";

describe("a table of functions of which a key chooses one", () => {
  it.each([
    ["called at once", `${SEND}\n${ECHO}\nconst ACTIONS: Record<string, (text: string) => unknown> = { send, echo };`, "await ACTIONS[kind]?.(text);"],
    ["kept in a variable", `${SEND}\n${ECHO}\nconst ACTIONS = { send, echo };`, "const run = ACTIONS[kind as keyof typeof ACTIONS];\n  if (!run) return new Response(null, { status: 404 });\n  await run(text);"],
    ["a method of what is chosen", `${ECHO}\nconst SENDERS = { mail: { send: async (text: string) => { await resend.emails.send({ ...mail, text }); } }, none: { send: echo } };`, "const sender = SENDERS[kind as keyof typeof SENDERS];\n  await sender.send(text);"],
    ["a method, in a helper that is handed what is chosen", `${SEND}\nconst SENDERS = { mail: { send } };\nasync function deliver(sender: { send(text: string): Promise<void> }, text: string) { await sender.send(text); }`, "await deliver(SENDERS[kind as keyof typeof SENDERS], text);"],
    ["written there", "", "await { send: (text: string) => resend.emails.send({ ...mail, text }) }[kind as string]?.(text);"],
    ["one that checks who calls, beside one that does not", `${SEND}\nasync function clear() { const { userId } = await auth(); if (!userId) throw new Error("Unauthorized"); await redis.del("notes"); }\nconst ACTIONS = { send, clear };`, "await ACTIONS[kind as keyof typeof ACTIONS](text);"],
    ["one that asks a limiter, beside one that does not", `${SEND}\nasync function limited() { await ratelimit.limit("a"); }\nconst ACTIONS = { limited, send };`, "await ACTIONS[kind as keyof typeof ACTIONS](text);"],
  ])("%s", (_, code, body) => {
    expect(verdict(code, body, LIMITER)).toBe("anyone");
  });

  it.each([
    ["that do nothing which costs", `${ECHO}\nconst ACTIONS = { echo };`, "await ACTIONS[kind as keyof typeof ACTIONS](text);"],
    ["behind a limiter", `${SEND}\nconst ACTIONS = { send };`, `${LIMIT}\n  await ACTIONS[kind as keyof typeof ACTIONS](text);`],
    ["each of which is limited", `${SEND}\nconst ACTIONS = { send: async (text: string) => { if (!(await ratelimit.limit("a")).success) throw new Error("Too many"); await send(text); } };`, "await ACTIONS[kind as keyof typeof ACTIONS](text);"],
    ["of which the key is a constant", `${SEND}\n${ECHO}\nconst ACTIONS = { send, echo };\nconst KIND = "echo";`, "await ACTIONS[KIND](text);"],
    ["each of which asks who calls", `async function clear() { const { userId } = await auth(); if (!userId) throw new Error("Unauthorized"); await redis.del("notes"); }\nconst ACTIONS = { clear };`, "await ACTIONS[kind as keyof typeof ACTIONS]();"],
    ["that is only read", `${SEND}\nconst ACTIONS = { send };`, "if (!(kind in ACTIONS)) return new Response(null, { status: 404 });\n  console.log(ACTIONS[kind as keyof typeof ACTIONS].name);"],
  ])("functions %s", (_, code, body) => {
    expect(verdict(code, body, LIMITER)).toBe("nobody");
  });
});
