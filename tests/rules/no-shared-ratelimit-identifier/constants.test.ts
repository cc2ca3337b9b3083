import { markedIdentifier } from "../../helpers/limiter-cases.ts";
import { syntaxMatrix } from "../../helpers/syntax-matrix.ts";
import { check, IMPORT, route, SESSION, type Case, type Told } from "./shared.ts";

const strict = <T extends Case>(one: T): T => ({ ...one, strict: true });
const ADDRESS = 'request.headers.get("x-real-ip")!';
const REFUSED = `{
    return new Response("Unknown caller", { status: 400 });
  }`;
const PLAIN = { "package.json": '{ "name": "plain", "private": true, "type": "module" }\n' };
const LIB = { "lib/caller.ts": 'export const SHARED = "shared";\nexport const callerOf = (request: { headers: Headers }) => request.headers.get("x-forwarded-for") ?? "unknown";\n' };
const action = (name: string, edits: Told["edits"], code: string): Told => ({ name, id: "fallback", code, data: { shared: '"anonymous"' }, ...(edits ? { edits } : {}) });

const inFunction = (setup: string, expr: string): string => `${IMPORT}
export async function limited() {
  ${setup}
  const { success } = await ratelimit.limit(${expr});
  return success;
}
`;
const shared = (name: string): string => {
  if (name === "concatenation, right") return '"before api"';
  if (name === "joined with a text") return '"before:api"';
  if (name === "concat of a text") return '"before api"';
  if (name === "concatenation, left") return '"api after"';
  return name.startsWith("template string") ? "one value" : '"api"';
};

const BRANCH = "the other branch is a fallback of its own, reported as such";
const OPEN = "several assignments: which one holds is not known";
const EXCEPT = {
  "ternary, first branch": BRANCH,
  "ternary, second branch": BRANCH,
  "?? as the fallback": BRANCH,
  "|| as the fallback": BRANCH,
  "&& guarded": OPEN,
  "assigned in a branch": OPEN,
  "assigned in try": OPEN,
  "logical assignment": OPEN,
  "concatenation by +=": OPEN,
  "globalThis singleton": OPEN,
  "default of a parameter": BRANCH,
};

check(
  [
    { name: "a limit for all, as its name says", code: route('await ratelimit.limit("global_payouts");') },
    { name: "a user's id behind a prefix", code: route("await ratelimit.limit(`user:${user.id}`);") },
    { name: "a header without a fallback", code: route(`await ratelimit.limit(${ADDRESS});`) },
    { name: "one of two ids", code: route('await ratelimit.limit(flag ? user.id : user.email);') },
    { name: "a parameter", filename: "lib/note.ts", code: `${IMPORT}export const limitBy = (id: string) => ratelimit.limit(id);\n` },
    { name: "an id with a constant beside it", code: route('await ratelimit.limit(["note", user.id].join(":"));') },
    { name: "Vercel's function, with a constant behind it", code: route('await ratelimit.limit(ipAddress(request) ?? "127.0.0.1");', `${IMPORT}import { ipAddress } from "@vercel/functions";\n`), files: { "types/vercel.d.ts": 'declare module "@vercel/functions" {\n  export function ipAddress(request: Request): string | undefined;\n}\n' } },
    { name: "a header of the platform, with a constant behind it", code: route('const ip = request.headers.get("x-real-ip");\n  await ratelimit.limit(ip ?? "anonymous");') },
    { name: "a header of Cloudflare, with an empty text behind it", code: route('await ratelimit.limit(`note:${request.headers.get("cf-connecting-ip") || ""}`);') },
    { name: "the forwarded address, the platform's, a constant", code: route('await ratelimit.limit(request.headers.get("x-forwarded-for") ?? request.headers.get("x-real-ip") ?? "anonymous");') },
    { name: "the address of a connection, with a constant behind it", filename: "src/app.ts", code: 'import express from "express";\nimport { ratelimit } from "../lib/ratelimit";\n\nexport const app = express();\napp.get("/", async (req, res) => {\n  await ratelimit.limit(req.socket.remoteAddress ?? "anonymous");\n  await ratelimit.limit(req.ip ?? "anonymous");\n  res.end();\n});\n' },
    { name: "the first of a list, with the platform's address behind it", code: route('const [first] = (request.headers.get("x-forwarded-for") ?? "").split(",");\n  await ratelimit.limit(first || request.headers.get("x-real-ip")!);') },
    { name: "the first of a header without a fallback", code: route('await ratelimit.limit(request.headers.get("x-forwarded-for")!.split(",")[0]!.trim());') },
    { name: "the platform's address, cut, with a constant behind it", code: route('await ratelimit.limit((request.headers.get("x-real-ip") ?? "127.0.0.1").trim());') },
    { name: "refused where it is missing", code: route('const ip = request.headers.get("x-real-ip");\n  if (!ip) return new Response(null, { status: 400 });\n  await ratelimit.limit(ip);') },
  ].map(strict),
  [
    { name: "a constant", id: "constant" as const, code: route('await ratelimit.limit(«"api"»);'), data: { shared: '"api"' }, edits: [['"api"', `\`api:\${${ADDRESS}}\``]] as const },
    { name: "a constant by name", id: "constant" as const, code: route('await ratelimit.limit(«KEY»);', `${IMPORT}const KEY = "api";\n`), data: { shared: '"api"' }, edits: [["limit(KEY)", `limit(\`\${KEY}:\${${ADDRESS}}\`)`]] as const },
    { name: "a constant of another module", id: "constant" as const, files: LIB, code: route('await ratelimit.limit(«SHARED»);', `${IMPORT}import { SHARED } from "@/lib/caller";\n`), data: { shared: '"shared"' }, edits: [["limit(SHARED)", `limit(\`\${SHARED}:\${${ADDRESS}}\`)`]] as const },
    { name: "a text of constants", id: "constant" as const, code: route("await ratelimit.limit(«`api:${process.env.REGION}`»);"), data: { shared: "one value" }, edits: [["REGION}`", `REGION}:\${${ADDRESS}}\``]] as const },
    { name: "in Express middleware", id: "constant" as const, filename: "src/limit.ts", code: 'import type { NextFunction, Request, Response } from "express";\nimport { ratelimit } from "../lib/ratelimit";\n\nexport async function limit(req: Request, res: Response, next: NextFunction) {\n  const { success } = await ratelimit.limit(«"app"»);\n  if (!success) return res.sendStatus(429);\n  return next();\n}\n', data: { shared: '"app"' }, edits: [['"app"', "`app:${req.ip!}`"]] as const },
    { name: "in a server action", id: "constant" as const, filename: "app/actions.ts", code: '"use server";\nimport { ratelimit } from "@/lib/ratelimit";\n\nexport async function upload() {\n  return (await ratelimit.limit(«"upload"»)).success;\n}\n', data: { shared: '"upload"' }, edits: [['"upload"', '`upload:${(await headers()).get("x-real-ip")!}`'], ['"@/lib/ratelimit";', '"@/lib/ratelimit";\nimport { headers } from "next/headers";']] as const },
    action("a name for all strangers", [
      ["await ratelimit.limit(session?.user?.id ??", `const caller = session?.user?.id;\n  if (!caller) ${REFUSED}\n  await ratelimit.limit(session?.user?.id ??`],
      ['session?.user?.id ?? "anonymous"', "caller"],
    ], route('const session = await getServerSession();\n  await ratelimit.limit(session?.user?.id ?? «"anonymous"»);', SESSION)),
    action("in a variable", [[' ?? "anonymous";', `;\n  if (!ip) ${REFUSED}`]], route('const ip = request.headers.get("x-forwarded-for") ?? «"anonymous"»; // the caller\n  await ratelimit.limit(ip);')),
    action("before it is cut", [
      ["await ratelimit.limit(", `const caller = request.headers.get("x-forwarded-for");\n  if (!caller) ${REFUSED}\n  await ratelimit.limit(`],
      ['(request.headers.get("x-forwarded-for") ?? "anonymous")', "(caller)"],
    ], route('await ratelimit.limit((request.headers.get("x-forwarded-for") ?? «"anonymous"»).trim());')),
    action("before the first of several is taken", [
      ["const ip = ", `const caller = request.headers.get("x-forwarded-for");\n  if (!caller) ${REFUSED}\n  const ip = `],
      ['(request.headers.get("x-forwarded-for") ?? "anonymous")', "(caller)"],
    ], route('const ip = (request.headers.get("x-forwarded-for") ?? «"anonymous"»).split(",")[0];\n  await ratelimit.limit(ip!);')),
    action("by ||", [[' || "anonymous";', `;\n  if (!ip) ${REFUSED}`]], route('const ip = request.headers.get("x-forwarded-for") || «"anonymous"»;\n  await ratelimit.limit(ip);')),
    action("in a branch", undefined, route('const session = await getServerSession();\n  await ratelimit.limit(session ? user.id : «"anonymous"»);', SESSION)),
    action("a part of a text", [
      ["await ratelimit.limit(", `const caller = request.headers.get("x-forwarded-for");\n  if (!caller) ${REFUSED}\n  await ratelimit.limit(`],
      ['${request.headers.get("x-forwarded-for") ?? "anonymous"}', "${caller}"],
    ], route('await ratelimit.limit(`note:${request.headers.get("x-forwarded-for") ?? «"anonymous"»}`);')),
    { name: "in a helper elsewhere", id: "fallback" as const, files: LIB, code: route("await ratelimit.limit(«callerOf(request)»);", `${IMPORT}import { callerOf } from "@/lib/caller";\n`), data: { shared: '"unknown"' } },
    { name: "an address that the body says", id: "fallback" as const, code: route('const body = await request.json();\n  await ratelimit.limit(body.ip ?? «"anonymous"»);'), data: { shared: '"anonymous"' }, edits: [["await ratelimit.limit(body", `const caller = body.ip;\n  if (!caller) ${REFUSED}\n  await ratelimit.limit(body`], ['body.ip ?? "anonymous")', "caller)"]] as const },
    { name: "empty where the header is missing", id: "fallback" as const, code: route('const ip = request.headers.get("x-forwarded-for") ?? «""»;\n  await ratelimit.limit(ip);'), data: { shared: "an empty text" }, edits: [[' ?? "";', `;\n  if (!ip) ${REFUSED}`]] as const },
    ...syntaxMatrix.value('"api"', inFunction, { except: EXCEPT }).map((form) => ({
      ...form,
      id: "constant" as const,
      filename: "lib/limited.ts",
      files: { ...PLAIN, ...form.files },
      data: { shared: shared(form.name) },
      code: markedIdentifier(form.code),
    })),
  ].map((one) => strict(one as Told)),
);
