import rule from "../../src/rules/require-ratelimit-pending.ts";
import { edited } from "../helpers/limiter-cases.ts";
import { marked } from "../helpers/marks.ts";
import { PROJECT_DEFAULTS, type ProjectFiles } from "../helpers/project.ts";
import { runRule } from "../helpers/rule-tester.ts";

const PACKAGES = 'import { MultiRegionRatelimit, Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\n\n';
const BASE = 'redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s")';
const LIB: ProjectFiles = {
  "lib/ratelimit.ts": `${PACKAGES}export const ratelimit = new Ratelimit({ ${BASE}, analytics: true });
export const quiet = new Ratelimit({ ${BASE} });
export const off = new Ratelimit({ ${BASE}, analytics: false });
export const maybe = new Ratelimit({ ${BASE}, analytics: process.env.NODE_ENV === "production" });
export const shielded = new Ratelimit({ ${BASE}, enableProtection: true });
export const cached = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.cachedFixedWindow(5, "10 s"), ephemeralCache: new Map() });
export const regions = new MultiRegionRatelimit({ redis: [Redis.fromEnv()], limiter: MultiRegionRatelimit.slidingWindow(5, "10 s") });
`,
};
/** Functions of the project that ask a limiter for their callers. */
const ASK: ProjectFiles = {
  "lib/ask.ts": `import { off, ratelimit } from "./ratelimit";
export async function checkLimit(id: string) { return await ratelimit.limit(id); }
export async function checkKept(id: string) { const rate = await ratelimit.limit(id); await rate.pending; return rate; }
export async function checkSuccess(id: string) { const rate = await ratelimit.limit(id); await rate.pending; return { success: rate.success }; }
export const checkOff = (id: string) => off.limit(id);
`,
};
const asking = (name: string): string => `import { ${name} } from "@/lib/ask";\n`;
const SVELTE = { "package.json": '{ "name": "kit", "type": "module", "dependencies": { "@sveltejs/kit": "^2.0.0", "@sveltejs/adapter-vercel": "^5.0.0" } }\n' };
const KIT = (body: string): string => `import { ratelimit } from "../../../../lib/ratelimit";\n\nexport const POST = async ({ getClientAddress }: { getClientAddress(): string }) => {\n  ${body}\n  return new Response(null, { status: success ? 200 : 429 });\n};\n`;
const NAMES = "cached, maybe, off, quiet, ratelimit, regions, shielded";
const IMPORT = `import { ${NAMES} } from "@/lib/ratelimit";\n\nvoid [${NAMES}];\n`;
const NODE = { "package.json": '{ "name": "plain", "type": "module", "dependencies": { "express": "^5.0.0" } }\n' };
const NEXT_15 = { "package.json": (PROJECT_DEFAULTS["package.json"] ?? "").replace("^16.0.0", "^15.0.0") };
const AFTER: readonly [string, string] = ['} from "@/lib/ratelimit";\n', '} from "@/lib/ratelimit";\nimport { after } from "next/server";\n'];

interface Case {
  readonly name: string;
  readonly code: string;
  readonly filename?: string;
  readonly files?: ProjectFiles;
}
interface Told extends Case {
  readonly because?: string;
  readonly edits?: readonly (readonly [from: string, to: string])[];
}

const route = (body: string, above = IMPORT): string => `${above}
export async function POST(request: Request) {
  ${body}
  return new Response(await request.text());
}
`;
const REFUSE = "if (!success) return new Response(null, { status: 429 });";
const based = ({ name, code, filename, files }: Case): object => ({ name, code: marked(code).code, filename: filename ?? "app/api/note/route.ts", files: { ...LIB, ...files } });

const valid: readonly Case[] = [
  { name: "nothing is pending", code: route(`const { success } = await quiet.limit("id");\n  ${REFUSE}`) },
  { name: "analytics are off", code: route(`const { success } = await off.limit("id");\n  ${REFUSE}`) },
  { name: "analytics are not known", code: route(`const { success } = await maybe.limit("id");\n  ${REFUSE}`) },
  { name: "awaited", code: route(`const { success, pending } = await ratelimit.limit("id");\n  await pending;\n  ${REFUSE}`) },
  { name: "awaited under another name", code: route(`const { success, pending: rest } = await ratelimit.limit("id");\n  await rest;\n  ${REFUSE}`) },
  { name: "handed to waitUntil()", code: route(`const { success, pending } = await ratelimit.limit("id");\n  waitUntil(pending);\n  ${REFUSE}`) },
  { name: "handed to after()", code: route(`const rate = await ratelimit.limit("id");\n  after(() => rate.pending);\n  if (!rate.success) return new Response(null, { status: 429 });`, `${IMPORT}import { after } from "next/server";\n`) },
  { name: "awaited among others", code: route(`const { success, pending } = await ratelimit.limit("id");\n  await Promise.all([pending, Promise.resolve()]);\n  ${REFUSE}`) },
  { name: "returned to the caller", filename: "lib/note.ts", code: `${IMPORT}export const ask = (id: string) => ratelimit.limit(id);\n` },
  { name: "handed to a function", code: route('await refuse(await ratelimit.limit("id"));\n  async function refuse(rate: { success: boolean; pending: Promise<unknown> }) { await rate.pending; }') },
  { name: "a server that stays", filename: "src/app.ts", files: NODE, code: 'import express from "express";\nimport { ratelimit } from "../lib/ratelimit";\n\nexport const app = express();\napp.get("/", async (req, res) => {\n  const { success } = await ratelimit.limit("id");\n  res.status(success ? 200 : 429).end();\n});\n' },
  { name: "a helper of such a server", filename: "src/limit.ts", files: NODE, code: 'import { ratelimit } from "../lib/ratelimit";\n\nexport async function ask(id: string) {\n  return (await ratelimit.limit(id)).success;\n}\n' },
  { name: "kept in the function that asks", files: ASK, code: route(`const { success } = await checkKept("id");\n  ${REFUSE}`, asking("checkKept")) },
  { name: "the function that asks says yes or no alone", files: ASK, code: route(`const { success } = await checkSuccess("id");\n  ${REFUSE}`, asking("checkSuccess")) },
  { name: "the function that asks has nothing pending", files: ASK, code: route(`const { success } = await checkOff("id");\n  ${REFUSE}`, asking("checkOff")) },
  { name: "kept by who has called it", files: ASK, code: route(`const { success, pending } = await checkLimit("id");\n  await pending;\n  ${REFUSE}`, asking("checkLimit")) },
  { name: "SvelteKit where it is not known to be deployed", filename: "src/routes/api/note/+server.ts", files: { "package.json": SVELTE["package.json"].replace("adapter-vercel", "adapter-node") }, code: KIT("const { success } = await ratelimit.limit(getClientAddress());") },
  { name: "other methods", code: route('await ratelimit.getRemaining("id");') },
  { name: "limit() of something else", code: route('const query = { limit: async (id: string) => ({ success: id !== "" }) };\n  await query.limit("id");') },
  { name: "a test", filename: "tests/limit.test.ts", code: `${IMPORT}export const ask = async () => (await ratelimit.limit("id")).success;\n` },
  { name: "a script", filename: "scripts/limit.ts", code: `${IMPORT}export const ask = async () => (await ratelimit.limit("id")).success;\n` },
];

const pattern = (limiter: string): NonNullable<Told["edits"]> => [
  AFTER,
  [`const { success } = await ${limiter}.limit("id");`, `const { success, pending } = await ${limiter}.limit("id");\n  after(() => pending);`],
];

const AWAITED: NonNullable<Told["edits"]> = [['const { success } = await ratelimit.limit("id");', 'const { success, pending } = await ratelimit.limit("id");\n  await pending;']];

const invalid: readonly Told[] = [
  { name: "success alone", code: route(`const { success } = await «ratelimit.limit»("id");\n  ${REFUSE}`), edits: pattern("ratelimit") },
  { name: "protection", because: "brings its deny lists up to date", code: route(`const { success } = await «shielded.limit»("id");\n  ${REFUSE}`), edits: pattern("shielded") },
  { name: "several regions", because: "brings its regions into step", code: route(`const { success } = await «regions.limit»("id");\n  ${REFUSE}`), edits: pattern("regions") },
  { name: "a cached window", because: "counts in Redis", code: route(`const { success } = await «cached.limit»("id");\n  ${REFUSE}`), edits: pattern("cached") },
  { name: "the whole result in a variable", code: route('const rate = await «ratelimit.limit»("id");\n  if (!rate.success) return new Response(null, { status: 429 });'), edits: [AFTER, ['limit("id");\n', 'limit("id");\n  after(() => rate.pending);\n']] },
  { name: "nothing is looked at", code: route('await «ratelimit.limit»("id");'), edits: [AFTER, ['await ratelimit.limit("id");', 'const { pending } = await ratelimit.limit("id");\n  after(() => pending);']] },
  { name: "read at once", code: route('if (!(await «ratelimit.limit»("id")).success) return new Response(null, { status: 429 });'), edits: [AFTER, ['if (!(await ratelimit.limit("id")).success)', 'const rate = await ratelimit.limit("id");\n  after(() => rate.pending);\n  if (!rate.success)']] },
  { name: "taken out and not used", code: route(`const { success, pending } = await «ratelimit.limit»("id");\n  ${REFUSE}`), edits: [AFTER, ['limit("id");\n', 'limit("id");\n  after(() => pending);\n']] },
  { name: "only logged", code: route('const rate = await «ratelimit.limit»("id");\n  console.log(rate.pending);\n  if (!rate.success) return new Response(null, { status: 429 });'), edits: [AFTER, ['limit("id");\n', 'limit("id");\n  after(() => rate.pending);\n']] },
  { name: "in Promise.all", code: route(`const [{ success }] = await Promise.all([«ratelimit.limit»("id"), 1]);\n  ${REFUSE}`) },
  { name: "before after() is stable", files: NEXT_15, code: route(`const { success } = await «ratelimit.limit»("id");\n  ${REFUSE}`), edits: [['const { success } = await ratelimit.limit("id");', 'const { success, pending } = await ratelimit.limit("id");\n  await pending;']] },
  { name: "middleware", filename: "middleware.ts", code: `${IMPORT}import type { NextFetchEvent, NextRequest } from "next/server";\n\nexport async function middleware(request: NextRequest, event: NextFetchEvent) {\n  const { success } = await «ratelimit.limit»(request.url);\n  return success ? undefined : new Response(null, { status: 429 });\n}\n`, edits: [["const { success } = await ratelimit.limit(request.url);", "const { success, pending } = await ratelimit.limit(request.url);\n  event.waitUntil(pending);"]] },
  { name: "a server action", filename: "app/actions.ts", code: `"use server";\n${IMPORT}\nexport async function send() {\n  const { success } = await «ratelimit.limit»("id");\n  return success;\n}\n`, edits: pattern("ratelimit") },
  { name: "the pages router", filename: "pages/api/note.ts", code: `${IMPORT}import type { NextApiRequest, NextApiResponse } from "next";\n\nexport default async function handler(_req: NextApiRequest, res: NextApiResponse) {\n  const { success } = await «ratelimit.limit»("id");\n  res.status(success ? 200 : 429).end();\n}\n`, edits: AWAITED },
  { name: "a helper in a Next.js app", filename: "lib/note.ts", code: `${IMPORT}export async function ask() {\n  const { success } = await «ratelimit.limit»("id");\n  return success;\n}\n`, edits: AWAITED },
  { name: "handed on by a function that asks", files: ASK, code: route(`const { success } = await «checkLimit»("id");\n  ${REFUSE}`, asking("checkLimit")), edits: [['import { checkLimit } from "@/lib/ask";\n', 'import { checkLimit } from "@/lib/ask";\nimport { after } from "next/server";\n'], ['const { success } = await checkLimit("id");', 'const { success, pending } = await checkLimit("id");\n  after(() => pending);']] },
  { name: "SvelteKit that is deployed to Vercel", filename: "src/routes/api/note/+server.ts", files: SVELTE, code: KIT("const { success } = await «ratelimit.limit»(getClientAddress());"), edits: [["const { success } = await ratelimit.limit(getClientAddress());", "const { success, pending } = await ratelimit.limit(getClientAddress());\n  await pending;"]] },
  { name: "blockUntilReady()", code: route(`const { success } = await «ratelimit.blockUntilReady»("id", 1000);\n  ${REFUSE}`), edits: [AFTER, ['const { success } = await ratelimit.blockUntilReady("id", 1000);', 'const { success, pending } = await ratelimit.blockUntilReady("id", 1000);\n  after(() => pending);']] },
];

runRule("require-ratelimit-pending", rule, {
  valid: valid.map((one) => based(one) as never),
  invalid: invalid.map(({ because = "records analytics", edits, ...one }) => {
    const { code, places } = marked(one.code);
    return {
      ...based(one),
      errors: places.map((place) => ({ messageId: "pending", data: { because }, ...place, suggestions: edits ? [{ messageId: "keep", output: edited(code, ...edits) }] : [] })),
    } as never;
  }),
});
