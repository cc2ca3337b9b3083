import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* What is done only while a variable of the module holds nothing, and is then put into it. The work is mail, for anyone. */

const ROUTE = "app/api/plans/route.ts";
const SEND = "await resend.emails.send(mail);";
const MAKE = `{ ${SEND} return [1]; }`;

/** A route that asks a helper of another file. */
const verdict = (helper: string, more: ProjectFiles = {}): Verdict =>
  verdictOf(
    {
      ...CLIENTS,
      "lib/plans.ts": `import { mail, redis, resend } from "./clients";\nconst TTL = 30_000;\n${helper}\n`,
      [ROUTE]: 'import { plans } from "@/lib/plans";\nexport async function POST(request: Request) {\n  return Response.json(await plans(await request.json()));\n}\n',
      ...more,
    },
    ROUTE,
  );

const LOAD = `async function load() ${MAKE}`;

describe("something is done while a variable of the module holds nothing, and is put into it", () => {
  it.each([
    ["a flag", `let ensured = false;\nexport async function plans() {\n  if (ensured) return [];\n  ${SEND}\n  ensured = true;\n  return [];\n}`],
    ["a flag, asked for the other way", `let ensured = false;\nexport async function plans() {\n  if (!ensured) {\n    ${SEND}\n    ensured = true;\n  }\n  return [];\n}`],
    ["a flag, compared", `let state: boolean | null = null;\nexport async function plans() {\n  if (state === true) return [];\n  ${SEND}\n  state = true;\n  return [];\n}`],
    ["what was made", `let kept: number[] | null = null;\n${LOAD}\nexport async function plans() {\n  if (kept) return kept;\n  kept = await load();\n  return kept;\n}`],
    ["what was made, compared with nothing", `let kept: number[] | undefined;\n${LOAD}\nexport async function plans() {\n  if (kept !== undefined) return kept;\n  kept = await load();\n  return kept;\n}`],
    ["its promise", `let kept: Promise<number[]> | undefined;\n${LOAD}\nexport async function plans() {\n  if (!kept) kept = load();\n  return kept;\n}`],
    ["for a while", `let kept: number[] | null = null;\nlet keptAt = 0;\n${LOAD}\nexport async function plans() {\n  if (kept && Date.now() - keptAt < TTL) return kept;\n  kept = await load();\n  keptAt = Date.now();\n  return kept;\n}`],
    ["for a while, by the time at which it ends", `let kept: number[] | null = null;\nlet until = 0;\n${LOAD}\nexport async function plans() {\n  const now = Date.now();\n  if (!kept || now > until) {\n    kept = await load();\n    until = now + TTL;\n  }\n  return kept;\n}`],
    ["for a while, with its time", `let kept: { rows: number[]; at: number } | null = null;\n${LOAD}\nexport async function plans() {\n  if (kept && Date.now() - kept.at < TTL) return kept.rows;\n  kept = { rows: await load(), at: Date.now() };\n  return kept.rows;\n}`],
    ["a pause for all", `let last = 0;\nexport async function plans() {\n  if (Date.now() - last < TTL) return [];\n  last = Date.now();\n  ${SEND}\n  return [];\n}`],
    ["in a function that is called in its place, as what fails is tried again", `let kept: number[] | null = null;\nlet keptAt = 0;\nlet loading: Promise<void> | null = null;\n${LOAD}\nexport async function plans() {\n  if (kept && Date.now() - keptAt < TTL) return kept;\n  if (loading) {\n    await loading;\n    return kept;\n  }\n  loading = (async () => {\n    try {\n      kept = await load();\n      keptAt = Date.now();\n    } finally {\n      loading = null;\n    }\n  })();\n  await loading;\n  return kept;\n}`],
    ["by a helper of the module", `let kept: number[] | null = null;\nasync function refresh() {\n  ${SEND}\n  kept = [1];\n}\nexport async function plans() {\n  if (!kept) await refresh();\n  return kept;\n}`],
    ["and it is thrown away by somebody else", `let kept: number[] | null = null;\n${LOAD}\nexport const forget = () => {\n  kept = null;\n};\nexport async function plans() {\n  if (kept) return kept;\n  kept = await load();\n  return kept;\n}`],
  ])("%s", (_, helper) => {
    expect(verdict(helper)).toBe("nobody");
  });

  it("in the file of the handler", () => {
    const route = `import { mail, resend } from "@/lib/clients";\nlet told = false;\nexport async function POST() {\n  if (!told) {\n    ${SEND}\n    told = true;\n  }\n  return Response.json({});\n}\n`;
    expect(verdict("", { [ROUTE]: route })).toBe("nobody");
    expect(verdict("", { [ROUTE]: route.replace("    told = true;\n", "") })).toBe("anyone");
    expect(verdict("", { [ROUTE]: route.replace("let told = false;\n", "").replace("() {\n", "() {\n  let told = false;\n") })).toBe("anyone");
  });

  it.each([
    ["the variable is the function's own", `export async function plans() {\n  let ensured = false;\n  if (ensured) return [];\n  ${SEND}\n  ensured = true;\n  return [];\n}`],
    ["nothing is put into it", `let ensured = false;\nexport const ensure = () => {\n  ensured = true;\n};\nexport async function plans() {\n  if (ensured) return [];\n  ${SEND}\n  return [];\n}`],
    ["another variable gets it", `let ensured = false;\nlet told = false;\nexport const ensure = () => {\n  ensured = true;\n};\nexport async function plans() {\n  if (ensured) return [told];\n  ${SEND}\n  told = true;\n  return [];\n}`],
    ["it is done for each of several things that are asked for", `let kept: number[] | null = null;\n${LOAD}\nexport async function plans({ ids }: { ids: string[] }) {\n  for (const id of ids) await load();\n  if (kept) return kept;\n  kept = [1];\n  return kept;\n}`],
    ["it is put there where the request is good, which is asked in between", `let kept: number[] | null = null;\n${LOAD}\nexport async function plans({ good }: { good: boolean }) {\n  if (kept) return kept;\n  const made = await load();\n  if (!good) throw new Error("bad");\n  kept = made;\n  return made;\n}`],
    ["it is done where it holds something", `let ready = false;\nexport async function plans() {\n  if (!ready) return [];\n  ${SEND}\n  ready = true;\n  return [];\n}`],
    ["it is done whatever it holds", `let ensured = false;\nexport async function plans() {\n  if (ensured) console.log("again");\n  ${SEND}\n  ensured = true;\n  return [];\n}`],
    ["a caller may ask for a fresh one", `let kept: number[] | null = null;\n${LOAD}\nexport async function plans({ fresh }: { fresh: boolean }) {\n  if (kept && !fresh) return kept;\n  kept = await load();\n  return kept;\n}`],
    ["it is kept for one caller, and asked for by the next", `let kept: number[] | null = null;\nlet owner = "";\n${LOAD}\nexport async function plans({ id }: { id: string }) {\n  if (kept && owner === id) return kept;\n  kept = await load();\n  owner = id;\n  return kept;\n}`],
    ["there is one for each id", `let kept: Record<string, number[]> = {};\n${LOAD}\nexport async function plans({ id }: { id: string }) {\n  if (kept[id]) return kept[id];\n  kept = { ...kept, [id]: await load() };\n  return kept[id];\n}`],
    ["it is kept where the caller says so", `let kept: number[] | null = null;\n${LOAD}\nexport async function plans({ keep }: { keep: boolean }) {\n  if (kept) return kept;\n  const made = await load();\n  if (keep) kept = made;\n  return made;\n}`],
    ["whoever sends something gets away before it is kept", `let kept: number[] | null = null;\n${LOAD}\nexport async function plans({ quick }: { quick: boolean }) {\n  if (kept) return kept;\n  const made = await load();\n  if (quick) return made;\n  kept = made;\n  return made;\n}`],
    ["it is emptied again when it is done", `let busy = false;\nexport async function plans() {\n  if (busy) return [];\n  busy = true;\n  ${SEND}\n  busy = false;\n  return [];\n}`],
    ["it is emptied when its promise is done", `let loading: Promise<void> | null = null;\nexport async function plans() {\n  if (loading) return loading;\n  loading = (async () => {\n    try {\n      ${SEND}\n    } finally {\n      loading = null;\n    }\n  })();\n  return loading;\n}`],
    ["the time is not kept anew", `let kept: number[] | null = null;\nlet keptAt = 0;\n${LOAD}\nexport const start = () => {\n  keptAt = Date.now();\n};\nexport async function plans() {\n  if (kept && Date.now() - keptAt < TTL) return kept;\n  kept = await load();\n  return kept;\n}`],
    ["what is old counts as new", `let kept: number[] | null = null;\nlet keptAt = 0;\n${LOAD}\nexport async function plans() {\n  if (kept && Date.now() - keptAt > TTL) return kept;\n  kept = await load();\n  keptAt = Date.now();\n  return kept;\n}`],
    ["the caller says for how long", `let kept: number[] | null = null;\nlet keptAt = 0;\n${LOAD}\nexport async function plans({ ttl }: { ttl: number }) {\n  if (kept && Date.now() - keptAt < ttl) return kept;\n  kept = await load();\n  keptAt = Date.now();\n  return kept;\n}`],
    ["something else is asked as well", `let kept: number[] | null = null;\n${LOAD}\nexport async function plans() {\n  if (kept && (await redis.get("fresh"))) return kept;\n  kept = await load();\n  return kept;\n}`],
    ["it is done before", `let kept: number[] | null = null;\n${LOAD}\nexport async function plans() {\n  const made = await load();\n  if (kept) return kept;\n  kept = made;\n  return made;\n}`],
    ["nothing is what is put there", `let ensured: boolean | null = null;\nexport async function plans() {\n  if (ensured) return [];\n  ${SEND}\n  ensured = false;\n  return [];\n}`],
    ["it is put into a list for each", `let kept: string[] = [];\nexport const clear = () => {\n  kept = [];\n};\nexport async function plans({ id }: { id: string }) {\n  if (kept.includes(id)) return [];\n  ${SEND}\n  kept.push(id);\n  return [];\n}`],
  ])("reported where %s", (_, helper) => {
    expect(verdict(helper)).toBe("anyone");
  });
});
