import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* A time kept in Redis, before which nothing is done again. */

const ROUTE = "app/api/tick/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/state.ts": `import { redis } from "./clients";
export async function lastTime(): Promise<number> {
  return (await redis.get<number>("last")) ?? 0;
}
export async function keepTime() {
  await redis.set("last", Date.now());
}
export async function keepAndSend(send: () => Promise<void>) {
  await send();
  await redis.set("last", Date.now());
}
`,
};
const SEND = "await resend.emails.send(mail);";
const SOON = "return Response.json({ soon: true });";
const READ = 'const last = (await redis.get<number>("last")) ?? 0;';
const KEEP = 'await redis.set("last", Date.now());';

type Case = readonly [name: string, verdict: Verdict, body: string];

const CASES: readonly Case[] = [
  ["a time in between", "nobody", `${READ}\n  if (Date.now() - last < 60_000) ${SOON}\n  ${KEEP}\n  ${SEND}`],
  ["in variables", "nobody", `${READ}\n  const now = Date.now();\n  const elapsed = now - last;\n  if (elapsed < PAUSE) ${SOON}\n  await redis.set("last", now);\n  ${SEND}`],
  ["by helpers of another file", "nobody", `const elapsed = Date.now() - (await lastTime());\n  if (elapsed <= PAUSE) ${SOON}\n  await keepTime();\n  ${SEND}`],
  ["when it is time again", "nobody", `${READ}\n  if (last + PAUSE > Date.now()) ${SOON}\n  ${KEEP}\n  ${SEND}`],
  ["the same, the other way round", "nobody", `${READ}\n  if (Date.now() < last + PAUSE) ${SOON}\n  ${KEEP}\n  ${SEND}`],
  ["how long it was, the other way round", "nobody", `${READ}\n  if (PAUSE > Date.now() - last) ${SOON}\n  console.log("again");\n  ${KEEP}\n  ${SEND}`],

  ["the time is kept when all is done", "anyone", `${READ}\n  if (Date.now() - last < PAUSE) ${SOON}\n  ${SEND}\n  ${KEEP}`],
  ["the same, by a helper", "anyone", `${READ}\n  if (Date.now() - last < PAUSE) ${SOON}\n  await keepAndSend(() => resend.emails.send(mail));`],
  ["the time is kept for some", "anyone", `${READ}\n  if (Date.now() - last < PAUSE) ${SOON}\n  if (body.keep) ${KEEP}\n  ${SEND}`],
  ["the time is never kept", "anyone", `${READ}\n  if (Date.now() - last < PAUSE) ${SOON}\n  ${SEND}`],
  ["another time is kept", "anyone", `${READ}\n  if (Date.now() - last < PAUSE) ${SOON}\n  await redis.set("other", Date.now());\n  ${SEND}`],
  ["the caller's time is kept", "anyone", `${READ}\n  if (Date.now() - last < PAUSE) ${SOON}\n  await redis.set("last", body.at);\n  ${SEND}`],
  ["the caller's time is kept, for whom it was something", "anyone", `${READ}\n  if (Date.now() - last < PAUSE) ${SOON}\n  await redis.set("last", body.at ?? Date.now());\n  ${SEND}`],
  ["the caller says how long", "anyone", `${READ}\n  if (Date.now() - last < body.pause) ${SOON}\n  ${KEEP}\n  ${SEND}`],
  ["a header says how long", "anyone", `${READ}\n  const pause = Number((await headers()).get("x-pause"));\n  if (Date.now() - last < pause) ${SOON}\n  ${KEEP}\n  ${SEND}`],
  ["a header is taken away from the time", "anyone", `${READ}\n  if (Date.now() - last < PAUSE) ${SOON}\n  await redis.set("last", Date.now() - Number((await headers()).get("x-back")));\n  ${SEND}`],
  ["a time for each name", "anyone", `const last = (await redis.get<number>(\`last:\${body.name}\`)) ?? 0;\n  if (Date.now() - last < PAUSE) ${SOON}\n  await redis.set(\`last:\${body.name}\`, Date.now());\n  ${SEND}`],
  ["who comes late is turned away", "anyone", `${READ}\n  if (Date.now() - last > PAUSE) ${SOON}\n  ${KEEP}\n  ${SEND}`],
  ["nobody is turned away", "anyone", `${READ}\n  if (Date.now() - last < PAUSE) console.log("soon");\n  ${KEEP}\n  ${SEND}`],
  ["what was done before", "anyone", `${SEND}\n  ${READ}\n  if (Date.now() - last < PAUSE) ${SOON}\n  ${KEEP}`],
  ["what is done where it is too soon", "anyone", `${READ}\n  if (Date.now() - last < PAUSE) {\n    ${SEND}\n    ${SOON}\n  }\n  ${KEEP}`],
  ["what the caller says is no clock", "anyone", `${READ}\n  if (body.now - last < PAUSE) ${SOON}\n  ${KEEP}\n  ${SEND}`],
];

describe("a time that has to pass", () => {
  it.each(CASES)("%s: %s", (_, verdict, lines) => {
    const code = `import { headers } from "next/headers";
import { mail, redis, resend } from "@/lib/clients";
import { keepAndSend, keepTime, lastTime } from "@/lib/state";
const PAUSE = 60_000;
export async function POST(request: Request) {
  const body = await request.json();
  ${lines}
  return Response.json({});
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});
