import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf } from "./verdicts.ts";

/* A counter that begins anew after a time, and what its count is good for. */

const ROUTE = "app/api/notes/route.ts";

const verdict = (body: string, more = "", files: Record<string, string> = {}): string =>
  verdictOf(
    {
      ...CLIENTS,
      ...files,
      [ROUTE]: `import { mail, redis, resend } from "@/lib/clients";
${more}
export async function POST(request: Request) {
  const key = \`notes:\${request.headers.get("x-real-ip")}\`;
  ${body}
  await resend.emails.send(mail);
  return Response.json({ ok: true });
}
`,
    },
    ROUTE,
  );

const COUNT = "const count = await redis.incr(key);\n  if (count === 1) await redis.expire(key, 60);\n  ";
const ENOUGH = 'return Response.json({ note: "You have written already" });';

const HELPER = `async function isTooSoon(key: string) {
  const work = (async () => {
    const count = await redis.incr(key);
    if (count === 1) await redis.expire(key, 60);
    return count > 1;
  })();
  return Promise.race([work, new Promise<boolean>((_, reject) => setTimeout(() => reject(new Error("late")), 1000))]);
}
`;

describe("a count holds back, whatever is answered", () => {
  it.each([
    ["above a number", `${COUNT}if (count > 5) ${ENOUGH}`],
    ["with the number first", `${COUNT}if (5 < count) ${ENOUGH}`],
    ["not below it", `${COUNT}if (!(count <= 5)) ${ENOUGH}`],
    ["in the other branch", `${COUNT}if (count <= 5) console.log(count);\n  else ${ENOUGH}`],
    ["with another condition", `${COUNT}if (request.headers.get("x-test") === null && count >= 5) ${ENOUGH}`],
    ["in a transaction", `const [count] = await redis.multi().incr(key).expire(key, 60).exec<[number, number]>();\n  if (count > 5) ${ENOUGH}`],
    ["a key that is set with its time first", `await redis.set(key, 0, { ex: 60, nx: true });\n  if ((await redis.incr(key)) > 5) ${ENOUGH}`],
    ["the same text written twice", `const ip = request.headers.get("x-real-ip");\n  const count = await redis.incr(\`n:\${ip}\`);\n  await redis.expire(\`n:\${ip}\`, 60);\n  if (count > 5) ${ENOUGH}`],
  ])("%s", (_name, body) => {
    expect(verdict(body)).toBe("nobody");
  });

  it("in a helper that tells it", () => {
    expect(verdict(`if (await isTooSoon(key)) ${ENOUGH}`, HELPER)).toBe("nobody");
  });

  it("in a helper of another file", () => {
    const files = { "lib/soon.ts": `import { redis } from "./clients";\n\nexport ${HELPER}` };
    expect(verdict(`if (await isTooSoon(key)) ${ENOUGH}`, 'import { isTooSoon } from "@/lib/soon";\n', files)).toBe("nobody");
  });
});

describe("a count holds nobody back", () => {
  it.each([
    ["nobody is sent away", `${COUNT}if (count > 5) console.warn("many");`],
    ["the first ones are sent away", `${COUNT}if (count < 5) ${ENOUGH}`],
    ["only the first one is", `${COUNT}if (count === 1) ${ENOUGH}`],
    ["a counter that never begins anew", `const count = await redis.incr(key);\n  if (count > 5) ${ENOUGH}`],
    ["another key expires", `const count = await redis.incr(key);\n  await redis.expire("notes", 60);\n  if (count > 5) ${ENOUGH}`],
    ["what is read is no count", `const count = Number(await redis.get(key));\n  await redis.expire(key, 60);\n  if (count > 5) ${ENOUGH}`],
    ["something else is compared", `${COUNT}if (request.url.length > 500) ${ENOUGH}`],
  ])("%s", (_name, body) => {
    expect(verdict(body)).toBe("anyone");
  });

  it("a helper that gives back the count, and no verdict", () => {
    const helper = "async function counted(key: string) {\n  const count = await redis.incr(key);\n  await redis.expire(key, 60);\n  return count;\n}\n";
    expect(verdict(`await counted(key);`, helper)).toBe("anyone");
  });

  it("the work is done before", () => {
    expect(verdict(`await resend.emails.send(mail);\n  ${COUNT}if (count > 5) ${ENOUGH}`)).toBe("anyone");
  });
});
