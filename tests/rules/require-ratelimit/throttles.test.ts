import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* What is called like a limiter, refuses nobody, and only makes the app's own requests wait for each other. */

const ROUTE = "app/api/places/route.ts";

function verdict(lib: string, body: string): Verdict {
  const code = `import { redis } from "@/lib/clients";
import { throttleSearches, withSearchLimit } from "@/lib/searches";
export async function POST(request: Request) {
  ${body}
  return Response.json({});
}
`;
  return verdictOf({ ...CLIENTS, "lib/searches.ts": lib, [ROUTE]: code }, ROUTE);
}

const THROTTLE = "await throttleSearches();\n  await redis.incr(\"searches\");";
const QUEUE = 'await withSearchLimit(() => redis.incr("searches"));';
const SLEEP = "const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));\n";

const WAITS: readonly (readonly [name: string, lib: string, body: string])[] = [
  ["for a place in a window", `let times: number[] = [];\nexport async function throttleSearches(most = 18) {\n  while (true) {\n    const now = Date.now();\n    times = times.filter((time) => now - time < 1000);\n    if (times.length < most) {\n      times.push(now);\n      return;\n    }\n    await new Promise((resolve) => setTimeout(resolve, 30));\n  }\n}\n`, THROTTLE],
  ["by another function", `${SLEEP}let last = 0;\nexport const throttleSearches = async () => {\n  const left = last + 1000 - Date.now();\n  if (left > 0) await sleep(Math.min(left, 1000));\n  last = Date.now();\n  console.debug("next");\n};\n`, THROTTLE],
  ["for so long as it is told", `${SLEEP}export async function throttleSearches(ms: number) {\n  await sleep(ms);\n}\n`, 'const PAUSE = 200;\n  await throttleSearches(PAUSE);\n  await redis.incr("searches");'],
  ["in a queue", `let active = 0;\nconst queue: (() => void)[] = [];\nexport async function withSearchLimit<T>(run: () => Promise<T>): Promise<T> {\n  if (active >= 2) await new Promise<void>((resolve) => queue.push(resolve));\n  active++;\n  try {\n    return await run();\n  } finally {\n    active--;\n    const next = queue.shift();\n    if (next) next();\n  }\n}\n`, QUEUE],
  ["before it sends a request", "let last = 0;\nexport async function throttleSearches(url: string, init = {}) {\n  const left = last + 1000 - Date.now();\n  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));\n  last = Date.now();\n  return fetch(`https://places.example.com/${url}`, { ...init, headers: { accept: \"application/json\" } });\n}\n", 'const found = await throttleSearches(await request.text());\n  await redis.set("found", await found.json());'],
];

const REFUSES: readonly (readonly [name: string, lib: string, body: string])[] = [
  ["throws", "const times: number[] = [];\nexport async function throttleSearches() {\n  times.push(Date.now());\n  if (times.length > 18) throw new Error(\"Later\");\n}\n", THROTTLE],
  ["rejects", "const times: number[] = [];\nexport const throttleSearches = () => new Promise<void>((resolve, reject) => {\n  times.push(Date.now());\n  if (times.length > 18) reject(new Error(\"Later\"));\n  else resolve();\n});\n", THROTTLE],
  ["hands back a refusal", "const times: number[] = [];\nexport async function throttleSearches() {\n  times.push(Date.now());\n  if (times.length > 18) await Promise.reject(new Date());\n}\n", THROTTLE],
  ["says so", "const times: number[] = [];\nexport function throttleSearches() {\n  times.push(Date.now());\n  return times.length < 18;\n}\n", 'if (!throttleSearches()) return new Response("Later");\n  await redis.incr("searches");'],
  ["asks a package", 'import { searches } from "@acme/gate";\nexport async function throttleSearches() {\n  await searches.enter();\n}\n', THROTTLE],
  ["asks a package about what it runs", 'import { searches } from "@acme/gate";\nexport async function withSearchLimit<T>(run: () => Promise<T>) {\n  return searches.schedule(run);\n}\n', QUEUE],
  ["answers by itself", 'const seen: string[] = [];\nexport async function throttleSearches(response) {\n  seen.push("now");\n  if (seen.length > 18) response.end();\n}\n', 'await throttleSearches(new Reply());\n  await redis.incr("searches");'],
  ["asks somebody else and passes his answer on", "export async function throttleSearches(who: string) {\n  return fetch(`https://gate.example.com/${who}`);\n}\n", 'if (!(await throttleSearches(request.url)).ok) return new Response("Later");\n  await redis.incr("searches");'],
  ["asks somebody else, after a while", `${SLEEP}export async function throttleSearches(who: string) {\n  await sleep(100);\n  const answer = await fetch(\`https://gate.example.com/\${who}\`);\n  return answer.ok;\n}\n`, 'if (!(await throttleSearches(request.url))) return new Response("Later");\n  await redis.incr("searches");'],
  ["finds out by itself who calls", `import { headers } from "next/headers";\n${SLEEP}const last = new Map<string, number>();\nexport async function throttleSearches() {\n  const who = (await headers()).get("x-real-ip") ?? "";\n  const left = (last.get(who) ?? 0) + 1000 - Date.now();\n  if (left > 0) await sleep(left);\n  last.set(who, Date.now());\n}\n`, THROTTLE],
  ["makes each caller wait, and then sends a request", `${SLEEP}const last = new Map<string, number>();\nexport async function throttleSearches(who: string) {\n  const left = (last.get(who) ?? 0) + 1000 - Date.now();\n  if (left > 0) await sleep(left);\n  last.set(who, Date.now());\n  return fetch("https://places.example.com");\n}\n`, 'await throttleSearches(request.headers.get("x-real-ip") ?? "");\n  await redis.incr("searches");'],
  ["makes each caller wait for himself", `${SLEEP}const last = new Map<string, number>();\nexport async function throttleSearches(who: string) {\n  const left = (last.get(who) ?? 0) + 1000 - Date.now();\n  if (left > 0) await sleep(left);\n  last.set(who, Date.now());\n}\n`, 'await throttleSearches(request.headers.get("x-real-ip") ?? "");\n  await redis.incr("searches");'],
];

describe("a function that is called like a limiter", () => {
  it.each(WAITS)("and only waits %s", (_, lib, body) => {
    expect(verdict(lib, body)).toBe("anyone");
  });

  it.each(REFUSES)("is one where it %s", (_, lib, body) => {
    expect(verdict(lib, body)).toBe("nobody");
  });

  it("is believed where it keeps something in a store", () => {
    const lib = 'import { redis } from "@/lib/clients";\nexport async function throttleSearches() {\n  await redis.set("last", Date.now());\n}\n';
    expect(verdict(lib, THROTTLE)).toBe("nobody");
  });
});
