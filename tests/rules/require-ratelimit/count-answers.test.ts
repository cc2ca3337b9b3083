import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* A helper counts and gives the count back; whoever calls it compares. */

const ROUTE = "app/api/notes/route.ts";

const HELPERS = `import { redis } from "./clients";

export async function countUse(id: string, by = 1) {
  const key = \`used:\${id}\`;
  const used = await redis.incrbyfloat(key, by);
  if (used === by) await redis.expire(key, 86400 * 30);
  return used;
}
export const allowed = async (plan?: string) => (plan === "pro" ? 500 : 50);
export async function isUsedUp(id: string, plan?: string) {
  const used = await countUse(id, 2);
  return used > (await allowed(plan));
}
export async function counted(id: string) {
  const count = await redis.incr(id);
  await redis.expire(id, 60);
  const size = Number(await redis.get("size"));
  return { count, size };
}
export async function left(id: string) {
  const count = await redis.incr(id);
  await redis.expire(id, 60);
  return Math.max(0, 5 - count);
}
export async function counts(id: string) {
  return Number(await countUse(id));
}
export async function visits(id: string) {
  return redis.incr(id);
}
export async function noteFor(id: string) {
  const count = await redis.incr(id);
  await redis.expire(id, 60);
  return redis.hget("notes", String(count));
}
export async function textOf(id: string) {
  const count = await redis.incr(id);
  await redis.expire(id, 60);
  return { text: \`\${count} notes\`, all: [count] };
}
export async function sizeOf(id: string) {
  await countUse(id);
  return redis.llen(id);
}
`;

const IMPORTS = 'import { countUse, counted, counts, isUsedUp, left, noteFor, sizeOf, textOf, visits } from "@/lib/helpers";\n';
const FULL = 'return Response.json({ error: "Nothing left of this month" });';

const CODE = (body: string, helpers = IMPORTS): string => `import { mail, redis, resend } from "@/lib/clients";
${helpers}
export async function POST(request: Request) {
  const id = request.headers.get("x-real-ip") ?? "";
  ${body}
  await resend.emails.send(mail);
  return Response.json({ ok: true });
}
`;

const verdict = (body: string): Verdict => verdictOf({ ...CLIENTS, "lib/helpers.ts": HELPERS, [ROUTE]: CODE(body) }, ROUTE);

describe("what a helper counts holds back", () => {
  it.each([
    ["compared with a number", `if ((await countUse(id)) > 50) ${FULL}`],
    ["compared by another helper", `if (await isUsedUp(id)) ${FULL}`],
    ["handed on by another helper", `const used = await counts(id);\n  if (used >= 50) ${FULL}`],
    ["thrown away with an error", 'if ((await countUse(id)) > 50) throw new Error("Quota exceeded");'],
    ["in an object", `const { count } = await counted(id);\n  if (count > 5) ${FULL}`],
    ["in an object with a name", `const use = await counted(id);\n  if (use.count > 5) ${FULL}`],
    ["only those below it go on", `if ((await countUse(id)) <= 50) console.log("more");\n  else ${FULL}`],
  ])("%s", (_, body) => {
    expect(verdict(body)).toBe("nobody");
  });

  it("in the same file", () => {
    const code = CODE(`if (await isUsedUp(id)) ${FULL}`, HELPERS.replace(/^import .*$/mu, "").replaceAll("export ", ""));
    expect(verdictOf({ ...CLIENTS, [ROUTE]: code }, ROUTE)).toBe("nobody");
  });

  it("also where it was read for another handler before", () => {
    const handler = (method: string, body: string): string => `export async function ${method}(request: Request) {\n  const id = request.headers.get("x-real-ip") ?? "";\n  ${body}\n  await resend.emails.send(mail);\n  return Response.json({});\n}\n`;
    const body = `if ((await countUse(id)) > 50) ${FULL}`;
    const files = (...bodies: readonly string[]): Record<string, string> => ({
      ...(CLIENTS as Record<string, string>),
      "lib/helpers.ts": HELPERS,
      [ROUTE]: `import { mail, resend } from "@/lib/clients";\n${IMPORTS}${bodies.join("")}`,
    });
    expect(verdictOf(files(handler("POST", body), handler("PUT", body), handler("PATCH", `const { count } = await counted(id);\n  if (count > 5) ${FULL}`), handler("DELETE", `const { count } = await counted(id);\n  if (count > 5) ${FULL}`)), ROUTE)).toBe("nobody");
    expect(verdictOf(files(handler("POST", body), handler("PUT", "await countUse(id);")), ROUTE)).toBe("anyone");
  });
});

describe("what a helper counts holds nobody back", () => {
  it.each([
    ["the count is left alone", "await countUse(id);"],
    ["nobody is sent away", 'if ((await countUse(id)) > 50) console.warn("much");'],
    ["the first ones are sent away", `if ((await countUse(id)) < 50) ${FULL}`],
    ["only the first one is", `if ((await countUse(id)) === 1) ${FULL}`],
    ["a count that never begins anew", `if ((await visits(id)) > 50) ${FULL}`],
    ["something else of the same answer is compared", `const { size } = await counted(id);\n  if (size > 50) ${FULL}`],
    ["what is looked up by the count", `const note = await noteFor(id);\n  if (Number(note) > 50) ${FULL}`],
    ["a text, and a list, that hold it", `const { text, all } = await textOf(id);\n  if (text.length > 50 || all.length > 50) ${FULL}`],
    ["something else is given back", `if ((await sizeOf(id)) > 50) ${FULL}`],
    ["the work is done before", `await resend.emails.send(mail);\n  if ((await countUse(id)) > 50) ${FULL}`],
    ["one branch asks, for whom something else holds", `if (request.headers.get("x-new") && (await countUse(id)) < 50) ${FULL}`],
  ])("%s", (_, body) => {
    expect(verdict(body)).toBe("anyone");
  });
});
