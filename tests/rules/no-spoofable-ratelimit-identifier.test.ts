import rule from "../../src/rules/no-spoofable-ratelimit-identifier.ts";
import { edited, LIMITER_FILE, markedIdentifier } from "../helpers/limiter-cases.ts";
import { marked } from "../helpers/marks.ts";
import type { ProjectFiles } from "../helpers/project.ts";
import { runRule } from "../helpers/rule-tester.ts";
import { syntaxMatrix } from "../helpers/syntax-matrix.ts";

const IMPORT = 'import { ratelimit } from "@/lib/ratelimit";\n';
const LIB: ProjectFiles = {
  ...LIMITER_FILE,
  "lib/limits.ts": `import { ratelimit } from "./ratelimit";
export const checkLimit = async ({ id }: { id: string }) => (await ratelimit.limit(\`note:\${id}\`)).success;
export const limitBy = async (id: string) => (await ratelimit.limit(id)).success;
export const callerOf = (request: { headers: Headers }) => request.headers.get("x-forwarded-for")?.split(",")[0] ?? "unknown";
export const realCaller = (request: { headers: Headers }) => {
  const real = request.headers.get("x-real-ip");
  if (real) return real;
  return request.headers.get("x-forwarded-for") ?? "unknown";
};
`,
  "types/auth.d.ts": 'declare module "next-auth" {\n  export function getServerSession(): Promise<{ user: { id: string } } | null>;\n}\n',
};
const HELPED = 'import { callerOf, checkLimit, limitBy, realCaller } from "@/lib/limits";\nvoid [callerOf, checkLimit, limitBy, realCaller];\n';
const SESSION = `${IMPORT}import { getServerSession } from "next-auth";\n`;
const FORWARDED = 'request.headers.get("x-forwarded-for")';
const ADDRESS = 'request.headers.get("x-real-ip") ?? "anonymous"';
const REAL = ['"x-forwarded-for"', '"x-real-ip"'] as const;

const route = (body: string, above = IMPORT): string => `${above}
export async function POST(request: Request) {
  ${body}
  return Response.json({ ok: true });
}
`;
const express = (body: string): string => `import express from "express";
import { ratelimit } from "../lib/ratelimit";

export const app = express();
app.post("/", async (req, res) => {
  ${body}
  res.end();
});
`;

const h3 = (identifier: string): string => `import { defineEventHandler, getRequestIP } from "h3";
import { ratelimit } from "~/lib/ratelimit";

export default defineEventHandler(async (event) => {
  await ratelimit.limit(${identifier});
});
`;

interface Case {
  readonly name: string;
  readonly code: string;
  readonly filename?: string;
  readonly files?: ProjectFiles;
}
interface Told extends Case {
  readonly input?: string;
  /** The line in which it is read, where that is another one. */
  readonly line?: number;
  /** What the suggestion changes; left out: there is none. */
  readonly edits?: readonly (readonly [from: string, to: string])[];
}

const valid: readonly Case[] = [
  { name: "a user's id", code: route('const session = await getServerSession();\n  await ratelimit.limit(session!.user.id);', SESSION) },
  { name: "the platform's header", code: route(`await ratelimit.limit(${ADDRESS});`) },
  { name: "Cloudflare's header", code: route('await ratelimit.limit(request.headers.get("cf-connecting-ip")!);') },
  { name: "Vercel's header", code: route('await ratelimit.limit(request.headers.get("x-vercel-forwarded-for")!);') },
  { name: "a function for the address", code: route('await ratelimit.limit(ipAddress(request) ?? "anonymous");', `${IMPORT}declare function ipAddress(request: Request): string | undefined;\n`) },
  { name: "such a function before the header", code: route(`await ratelimit.limit(ipAddress(request) ?? ${FORWARDED}!);`, `${IMPORT}declare function ipAddress(request: Request): string | undefined;\n`) },
  { name: "the platform's header before the forwarded one", code: route(`await ratelimit.limit(request.headers.get("x-real-ip") ?? ${FORWARDED} ?? "anonymous");`) },
  { name: "the same in a helper", files: LIB, code: route("await limitBy(realCaller(request));", HELPED) },
  { name: "the platform's header, or nothing", code: route('const asked: string | null = request.headers.get("x-real-ip") ?? null;\n  await ratelimit.limit(asked!);') },
  { name: "the entry that the last proxy added", code: route(`await ratelimit.limit(${FORWARDED}?.split(",").at(-1) ?? "anonymous");`) },
  { name: "the same by pop()", code: route(`await ratelimit.limit(${FORWARDED}?.split(",").pop() ?? "anonymous");`) },
  { name: "the entry before it, by index", code: route(`const all = ${FORWARDED}?.split(",") ?? [];\n  await ratelimit.limit(all[all.length - 1] ?? "anonymous");`) },
  { name: "as the platform asks for", code: route(`await ratelimit.limit(process.env.VERCEL ? ${FORWARDED}! : "local");`) },
  { name: "a user's limit for each text", code: route('const session = await getServerSession();\n  const { tag } = await request.json();\n  await ratelimit.limit(`${session!.user.id}:${tag}`);', SESSION) },
  { name: "a limit for each account that is tried, beside one for each caller", code: route(`const { email } = await request.json();\n  await ratelimit.limit(${ADDRESS});\n  await ratelimit.limit(email);`) },
  { name: "a limit for each thing", code: route("const { orderId } = await request.json();\n  await ratelimit.limit(`order:${orderId}`);") },
  { name: "a constant", code: route('await ratelimit.limit("api");') },
  { name: "an API key, which is looked up", code: route('await ratelimit.limit(request.headers.get("authorization")!);') },
  { name: "a parameter that is not known", filename: "lib/note.ts", code: `${IMPORT}export const limitThe = (id: string) => ratelimit.limit(id);\n` },
  { name: "Express's address", filename: "src/app.ts", code: express("await ratelimit.limit(req.ip!);") },
  { name: "h3's address of the connection", filename: "server/api/a.ts", code: h3('getRequestIP(event) ?? "anonymous"') },
  { name: "the same, spelt out", filename: "server/api/a.ts", code: h3("getRequestIP(event, { xForwardedFor: false })!") },
  { name: "limit() of something else", code: route(`const query = { limit: (id: string | null) => id };\n  query.limit(${FORWARDED});`) },
  { name: "a test", filename: "tests/note.test.ts", code: route(`await ratelimit.limit(${FORWARDED}!);`) },
];

const invalid: readonly Told[] = [
  { name: "the forwarded address", code: route(`await ratelimit.limit(«${FORWARDED}»!);`), edits: [REAL] },
  { name: "h3's address, which the header may say", filename: "server/api/a.ts", files: { ...LIB, "package.json": '{ "dependencies": { "h3": "*" } }' }, code: h3('«getRequestIP(event, { xForwardedFor: true })» ?? "anonymous"'), edits: [["getRequestIP }", "getRequestIP, getRequestHeader }"], ["getRequestIP(event, { xForwardedFor: true })", 'getRequestHeader(event, "x-real-ip") ?? getRequestIP(event)']] },
  { name: "its first entry", code: route(`await ratelimit.limit(«${FORWARDED}»?.split(",")[0]?.trim() ?? "anonymous");`), edits: [REAL] },
  { name: "in a variable", line: 4, code: route(`const forwarded = ${FORWARDED};\n  // the caller\n  const ip = forwarded ? forwarded.split(",")[0] : "anonymous";\n  await ratelimit.limit(«ip!»);`), edits: [REAL] },
  { name: "in a text", code: route(`await ratelimit.limit(\`ip:\${«${FORWARDED}»}\`);`), edits: [REAL] },
  { name: "before the platform's header", code: route(`await ratelimit.limit(«${FORWARDED}» ?? request.headers.get("x-real-ip") ?? "anonymous");`), edits: [REAL] },
  { name: "for those who are not signed in", code: route(`const session = await getServerSession();\n  await ratelimit.limit(session?.user.id ?? «${FORWARDED}»!);`, SESSION), edits: [REAL] },
  { name: "in capitals", code: route('await ratelimit.limit(«request.headers.get("X-Forwarded-For")»!);'), edits: [['"X-Forwarded-For"', '"x-real-ip"']] },
  { name: "the user agent", input: "the header `user-agent`", code: route('await ratelimit.limit(«request.headers.get("user-agent")» ?? "anonymous");'), edits: [['"user-agent"', '"x-real-ip"']] },
  { name: "the user agent beside the address", input: "the header `user-agent`", code: route('await ratelimit.limit(`${request.headers.get("x-real-ip")}:${«request.headers.get("user-agent")»}`);'), edits: [['"user-agent"', '"x-real-ip"']] },
  { name: "the body", input: "`email` of the request's body", code: route("const { email } = await request.json();\n  await ratelimit.limit(«email»);"), edits: [["limit(email)", `limit(${ADDRESS})`]] },
  { name: "a user's id that the body says", input: "`userId` of the request's body", code: route("const body = await request.json();\n  await ratelimit.limit(`chat:${«body.userId»}`);"), edits: [["${body.userId}", `\${${ADDRESS}}`]] },
  { name: "the user agent, or nothing", line: 4, input: "the header `user-agent`", code: route('const asked: string | undefined = request.headers.get("user-agent") ?? undefined;\n  await ratelimit.limit(«asked!»);'), edits: [['"user-agent"', '"x-real-ip"']] },
  { name: "the query, or nothing", input: "the query parameter `device`", line: 5, code: route('const { searchParams } = new URL(request.url);\n  const asked: string | null = searchParams.get("device") ?? null;\n  await ratelimit.limit(«asked!»);'), edits: [['searchParams.get("device") ?? null', ADDRESS]] },
  { name: "the query", input: "the query parameter `device`", code: route('const { searchParams } = new URL(request.url);\n  await ratelimit.limit(«searchParams.get("device")» ?? "anonymous");'), edits: [['searchParams.get("device")', 'request.headers.get("x-real-ip")']] },
  { name: "a helper elsewhere", files: LIB, code: route("await ratelimit.limit(«callerOf(request)»);", `${IMPORT}${HELPED}`), edits: [["limit(callerOf(request))", `limit(${ADDRESS})`]] },
  { name: "a variable in a text", line: 4, code: route(`const ip = ${FORWARDED};\n  await ratelimit.limit(«\`note:\${ip}\`»);`), edits: [REAL] },
  { name: "handed to a function that asks, in a variable", line: 5, files: LIB, code: route(`const ip = ${FORWARDED} ?? "anonymous";\n  await limitBy(«ip»);`, HELPED), edits: [REAL] },
  { name: "a helper here", line: 2, code: route("await ratelimit.limit(«callerOf(request)»);", `${IMPORT}const callerOf = (request: Request) => ${FORWARDED}?.split(",")[0] ?? "unknown";\n`), edits: [REAL] },
  { name: "handed to a function that asks", files: LIB, code: route(`await limitBy(«${FORWARDED}» ?? "anonymous");`, HELPED), edits: [REAL] },
  { name: "handed to it in an object", files: LIB, code: route(`await checkLimit({ id: «${FORWARDED}» ?? "anonymous" });`, HELPED), edits: [REAL] },
  { name: "blockUntilReady()", code: route(`await ratelimit.blockUntilReady(«${FORWARDED}»!, 1000);`), edits: [REAL] },
  { name: "Next.js's headers()", code: '"use server";\nimport { headers } from "next/headers";\nimport { ratelimit } from "@/lib/ratelimit";\n\nexport async function send() {\n  await ratelimit.limit(«(await headers()).get("x-forwarded-for")»!);\n}\n', filename: "app/actions.ts", edits: [REAL] },
  { name: "a server action's argument", input: "`email` of the request's body", code: '"use server";\nimport { headers } from "next/headers";\nimport { ratelimit } from "@/lib/ratelimit";\n\nexport async function send(email: string) {\n  await ratelimit.limit(«email»);\n  await headers();\n}\n', filename: "app/actions.ts", edits: [["limit(email)", 'limit((await headers()).get("x-real-ip") ?? "anonymous")']] },
  { name: "Express", filename: "src/app.ts", code: express('await ratelimit.limit(«req.get("x-forwarded-for")» ?? "anonymous");'), edits: [['req.get("x-forwarded-for")', "req.ip"]] },
  { name: "Express, the body", input: "`email` of the request's body", filename: "src/app.ts", code: express("await ratelimit.limit(«req.body.email»);"), edits: [["req.body.email", 'req.ip ?? "anonymous"']] },
];

const inHandler = (setup: string, expr: string): string => route(`const forwarded = request.headers.get("x-forwarded-for") ?? "unknown";\n  ${setup}\n  await ratelimit.limit(${expr});`);
const OPEN = "several assignments: which one holds is not known";
const BEHIND = "what a callback of a promise gets is not followed";
/** In each form the identifier is shown, and the line in which the header is read is told. */
const forms: readonly Told[] = syntaxMatrix
  .value("forwarded", inHandler, { except: { "assigned in a branch": OPEN, "assigned in try": OPEN, "logical assignment": OPEN, "concatenation by +=": OPEN, "globalThis singleton": OPEN, ".then() chain": BEHIND, ".then() that returns it": BEHIND } })
  .map((form) => ({ ...form, line: 4, code: markedIdentifier(form.code), edits: [REAL] }));

const based = ({ name, code, filename, files }: Case): object => ({
  name,
  code: marked(code).code,
  filename: filename ?? "app/api/note/route.ts",
  files: { ...LIB, ...files },
});

runRule("no-spoofable-ratelimit-identifier", rule, {
  valid: valid.map((one) => based(one) as never),
  invalid: [...invalid, ...forms].map(({ input = "the header `x-forwarded-for`", line, edits, ...one }) => {
    const { code, places } = marked(one.code);
    return {
      ...based(one),
      errors: places.map((place) => ({
        messageId: "chosen",
        data: { input, where: line === undefined ? "" : ` (line ${String(line)})` },
        ...place,
        suggestions: edits ? [{ messageId: "address", output: edited(code, ...edits) }] : [],
      })),
    } as never;
  }),
});
