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

const MANY = 'return Response.json({ error: "Slow down" }, { status: 429 });';
const LOG = "const now = Date.now();\n  await redis.zremrangebyscore(key, 0, now - 60_000);\n  ";
const SCRIPT = `async function counted(id: string) {
  const count = await redis.eval('local c = redis.call("INCR", KEYS[1]) redis.call("EXPIRE", KEYS[1], 60) return c', [id], []);
  return { isFree: (count as number) <= 5, left: 5 - (count as number) };
}
`;

describe("what keeps the count is no work, where 429 is answered", () => {
  it.each([
    ["a time that is set once", `${COUNT}if (count > 5) ${MANY}`],
    ["a time that is set each time", `const count = await redis.incr(key);\n  await redis.expire(key, 60, "NX");\n  const left = Math.max(0, 5 - count);\n  if (left === 0) ${MANY}`],
    ["in a try that lets through", `try {\n    ${COUNT}if (count > 5) ${MANY}\n  } catch (error) {\n    console.error(error);\n  }`],
    ["a log of calls", `${LOG}const count = await redis.zcard(key);\n  if (count >= 5) ${MANY}\n  await redis.zadd(key, { score: now, member: String(now) });`],
    [
      "a log in a pipeline",
      `const now = Date.now();
  const pipeline = redis.pipeline();
  pipeline.zremrangebyscore(key, 0, now - 60_000);
  pipeline.zadd(key, { score: now, member: String(now) });
  pipeline.zcard(key);
  pipeline.expire(key, 60);
  const answers = await pipeline.exec();
  const count = answers[2] as number;
  if (count > 5) ${MANY}`,
    ],
  ])("%s", (_name, body) => {
    expect(verdict(body)).toBe("nobody");
  });

  it("a script, in a helper whose answer decides", () => {
    expect(verdict(`const { isFree } = await counted(key);\n  if (!isFree) ${MANY}`, SCRIPT)).toBe("nobody");
    expect(verdict(`const { isFree } = await counted(key);\n  if (!isFree) console.warn("many");`, SCRIPT)).toBe("anyone");
  });

  it.each([
    ["a queue that grows also for those who are refused", `await redis.lpush("queue", await request.text());\n  const count = await redis.llen("queue");\n  if (count > 1000) ${MANY}`],
    ["a log that nothing is thrown out of", `await redis.zadd("log", { score: Date.now(), member: await request.text() });\n  const count = await redis.zcard("log");\n  if (count > 1000) ${MANY}`],
    ["something else is stored before", `await redis.set("last", await request.text());\n  ${COUNT}if (count > 5) ${MANY}`],
    ["a helper that sends before it counts", `if (await sent(key)) ${MANY}`],
  ])("but not %s", (_name, body) => {
    const helper = `async function sent(key: string) {\n  await resend.emails.send(mail);\n  const count = await redis.incr(key);\n  await redis.expire(key, 60);\n  return count > 5;\n}\n`;
    expect(verdict(body, helper)).toBe("anyone");
  });
});

describe("a count that is read first and written after", () => {
  it.each([
    ["set with its time", `const count = (await redis.get<number>(key)) ?? 0;\n  if (count >= 5) ${ENOUGH}\n  await redis.set(key, count + 1, { ex: 60 });`],
    ["counted on, and given a time", `const count = Number(await redis.get(key));\n  if (count >= 5) ${ENOUGH}\n  await redis.incr(key);\n  await redis.expire(key, 60);`],
    ["a log of calls", `${LOG}const count = await redis.zcard(key);\n  if (count >= 5) ${ENOUGH}\n  await redis.zadd(key, { score: now, member: String(now) });`],
  ])("%s", (_name, body) => {
    expect(verdict(body)).toBe("nobody");
  });

  it.each([
    ["nobody is sent away", `const count = (await redis.get<number>(key)) ?? 0;\n  if (count >= 5) console.warn("many");\n  await redis.set(key, count + 1, { ex: 60 });`],
    ["what is written has nothing to do with the count", `const count = (await redis.get<number>(key)) ?? 0;\n  if (count >= 5) ${ENOUGH}\n  await redis.set(key, 0, { ex: 60 });`],
    ["another key is written", `const count = (await redis.get<number>(key)) ?? 0;\n  if (count >= 5) ${ENOUGH}\n  await redis.set("notes", count + 1, { ex: 60 });`],
    ["it is kept for ever", `const count = (await redis.get<number>(key)) ?? 0;\n  if (count >= 5) ${ENOUGH}\n  await redis.set(key, count + 1);`],
    ["it is counted on only after the work", `const count = (await redis.get<number>(key)) ?? 0;\n  if (count >= 5) ${ENOUGH}\n  await resend.emails.send(mail);\n  await redis.set(key, count, { ex: 60 });`],
  ])("but not where %s", (_name, body) => {
    expect(verdict(body)).toBe("anyone");
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

/* Work in the branch of those who are below the count, and nothing else. */
describe("only those below a count get to a branch", () => {
  const SEND = "await resend.emails.send(mail);";
  const branches = (body: string): string =>
    verdictOf({ ...CLIENTS, [ROUTE]: `import { mail, redis, resend } from "@/lib/clients";\nexport async function POST(request: Request) {\n  const key = \`notes:\${request.headers.get("x-real-ip")}\`;\n  ${body}\n  return Response.json({});\n}\n` }, ROUTE);

  it.each([
    ["below", `${COUNT}if (count <= 5) {\n    ${SEND}\n  }`],
    ["not above", `${COUNT}if (!(count > 5)) {\n    ${SEND}\n  }`],
    ["below, and something else", `${COUNT}if (request.headers.get("x-send") && count <= 5) {\n    ${SEND}\n  }`],
    ["the other branch", `${COUNT}if (count > 5) console.log("often");\n  else {\n    ${SEND}\n  }`],
  ])("%s", (_name, body) => {
    expect(branches(body)).toBe("nobody");
  });

  it.each([
    ["above", `${COUNT}if (count > 5) {\n    ${SEND}\n  }`],
    ["below, or whoever says so", `${COUNT}if (request.headers.get("x-send") || count <= 5) {\n    ${SEND}\n  }`],
    ["the other branch, also for whoever says so", `${COUNT}if (count > 5 && request.headers.get("x-test")) console.log("often");\n  else {\n    ${SEND}\n  }`],
    ["what follows", `${COUNT}if (count <= 5) {\n    ${SEND}\n  }\n  ${SEND}`],
    ["what comes before", `${SEND}\n  ${COUNT}if (count <= 5) {\n    ${SEND}\n  }`],
    ["both", `${COUNT}if (count <= 5) {\n    ${SEND}\n  } else {\n    ${SEND}\n  }`],
    ["a count that never begins anew", `const count = await redis.incr(key);\n  if (count <= 5) {\n    ${SEND}\n  }`],
  ])("reported where it is %s", (_name, body) => {
    expect(branches(body)).toBe("anyone");
  });
});
