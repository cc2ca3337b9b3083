import { PROJECT_DEFAULTS } from "../../helpers/project.ts";
import { check, IMPORT, route, SESSION, type Told } from "./shared.ts";

const NEXT_14 = { "package.json": (PROJECT_DEFAULTS["package.json"] ?? "").replace("^16.0.0", "^14.2.0") };
const COOKIES = `${IMPORT}import { cookies } from "next/headers";\n`;
const CLERK = `${IMPORT}import { auth } from "@clerk/nextjs/server";\n`;
const NEXT = `${IMPORT}import type { NextRequest } from "next/server";\n`;
const ADDRESS = 'request.headers.get("x-real-ip") ?? "anonymous"';
const OPEN = "POST(request: Request)";
const nextRoute = (body: string): string => route(body, NEXT).replace(OPEN, "POST(request: NextRequest)");
const LIB = {
  "lib/limits.ts": `import { ratelimit } from "./ratelimit";
export async function checkLimit(id: string) {
  const { success } = await ratelimit.limit(\`note:\${id}\`);
  return success;
}
export const callerOf = (request: { headers: Headers }) => request.headers.get("x-real-ip") ?? "unknown";
`,
};
const HELPED = 'import { callerOf, checkLimit } from "@/lib/limits";\nvoid callerOf;\nvoid checkLimit;\n';

const missing = (name: string, code: string, shared: string, edits: NonNullable<Told["edits"]>, more: Partial<Told> = {}): Told => ({ name, id: "missing", code, data: { shared }, edits, ...more });
const gone = (name: string, code: string, edits: NonNullable<Told["edits"]>, more: Partial<Told> = {}): Told => ({
  name,
  id: "gone",
  data: { text: "request.ip" },
  code,
  edits,
  untyped: "NextRequest has no `ip`, which is what the case is about",
  ...more,
});

check(
  [
    { name: "a user's id", code: route('await ratelimit.limit(user.id);') },
    { name: "the platform's address", code: route(`await ratelimit.limit(${ADDRESS});`) },
    { name: "an empty text behind the platform's address", code: route('await ratelimit.limit(request.headers.get("x-real-ip") ?? "");') },
    { name: "an empty text behind an address that a helper finds", files: LIB, code: route('await checkLimit(callerOf(request) || "");', HELPED) },
    { name: "the first forwarded address", code: route('await ratelimit.limit(request.headers.get("x-forwarded-for")?.split(",")[0] ?? "127.0.0.1");') },
    { name: "a session that strangers do not get past", code: route('const session = await getServerSession();\n  if (!session?.user) return new Response(null, { status: 401 });\n  await ratelimit.limit(session.user.id ?? "");', SESSION) },
    { name: "an id that is looked at first", code: route('const session = await getServerSession();\n  const id = session?.user?.id;\n  if (!id) return new Response(null, { status: 401 });\n  await ratelimit.limit(id!);', SESSION) },
    { name: "a session that a function of the project insists on", code: route('const session = await getServerSession();\n  insist(session);\n  await ratelimit.limit(session?.user?.id ?? "");\n  function insist(value: unknown): void { if (!value) throw new Error("no"); }', SESSION) },
    { name: "a session, or the address", code: route(`const session = await getServerSession();\n  await ratelimit.limit(session?.user?.id ?? ${ADDRESS});`, SESSION) },
    { name: "a session, or a name for all strangers", code: route('const session = await getServerSession();\n  await ratelimit.limit(session?.user?.id ?? "anonymous");', SESSION) },
    { name: "an email that not all users have", code: route('const session = await getServerSession();\n  if (!session) return new Response(null, { status: 401 });\n  await ratelimit.limit(session.user?.email ?? "");', SESSION) },
    { name: "auth.protect() turns strangers away", code: route('const { userId } = await auth.protect();\n  await ratelimit.limit(userId ?? "");', CLERK) },
    { name: "a destructured id that is asked for first", code: route('const { userId } = await auth();\n  if (!userId) return new Response(null, { status: 401 });\n  await ratelimit.limit(userId);', CLERK) },
    { name: "a destructured id, or the address", code: route(`const { userId } = await auth();\n  await ratelimit.limit(userId ?? ${ADDRESS});`, CLERK) },
    { name: "a session without which reading throws", code: route('const session = await getServerSession();\n  await ratelimit.limit(session!.user!.id);', SESSION) },
    { name: "a second part that tells callers apart", code: route(`const session = await getServerSession();\n  await ratelimit.limit(\`\${session?.user?.id}:\${${ADDRESS}}\`);`, SESSION) },
    { name: "in a function whose callers may have asked", filename: "lib/note.ts", code: `${SESSION}export async function note() {\n  const session = await getServerSession();\n  return ratelimit.limit(session?.user?.id ?? "");\n}\n` },
    { name: "middleware that turns strangers away", files: { "middleware.ts": 'import { auth } from "@clerk/nextjs/server";\nexport async function middleware() {\n  await auth.protect();\n}\n' }, code: route('const session = await getServerSession();\n  await ratelimit.limit(session?.user?.id ?? "");', SESSION) },
    { name: "a parameter", filename: "lib/note.ts", code: `${IMPORT}export const limitBy = (id?: string) => ratelimit.limit(id ?? "");\n` },
    { name: "request.ip before Next.js 15", files: NEXT_14, code: nextRoute('await ratelimit.limit(request.ip ?? "127.0.0.1");') },
    { name: "request.ip, and the header where it is gone", code: nextRoute(`await ratelimit.limit(request.ip ?? ${ADDRESS});`) },
    { name: "request.ip of Express", filename: "src/app.ts", code: 'import express from "express";\nimport { ratelimit } from "../lib/ratelimit";\n\nexport const app = express();\napp.get("/", async (req, res) => {\n  const { success } = await ratelimit.limit(req.ip ?? "");\n  res.status(success ? 200 : 429).end();\n});\n' },
    { name: "an ip of something else", code: route('const caller = { ip: await request.clone().text() };\n  await ratelimit.limit(caller.ip ?? "");') },
    { name: "constants are a decision", code: route('await ratelimit.limit("api");') },
    { name: "limit() of something else", code: route('const query = { limit: (id?: string) => id };\n  query.limit("");\n  query.limit();') },
    { name: "a test", filename: "tests/note.test.ts", code: `${IMPORT}export const fill = () => ratelimit.limit("");\n` },
  ],
  [
    missing("an empty text for strangers", route('const session = await getServerSession();\n  await ratelimit.limit(session?.user?.id ?? «""»);', SESSION), "an empty text", [['?? "")', `?? ${ADDRESS})`]]),
    missing("an empty text by ||", route('const session = await getServerSession();\n  await ratelimit.limit(session?.user?.id || «""»);', SESSION), "an empty text", [['|| "")', `|| (${ADDRESS}))`]]),
    missing("undefined, said not to be", route('const session = await getServerSession();\n  await ratelimit.limit(«session?.user?.id»!);', SESSION), "undefined", [["session?.user?.id!", `session?.user?.id ?? ${ADDRESS}`]]),
    missing("undefined as text", route('const session = await getServerSession();\n  await ratelimit.limit(`note:${«session?.user?.id»}`);', SESSION), "undefined", [["session?.user?.id}", `session?.user?.id ?? ${ADDRESS}}`]]),
    missing("undefined by String()", route('const session = await getServerSession();\n  await ratelimit.limit(String(«session?.user?.id»));', SESSION), "undefined", [["session?.user?.id)", `session?.user?.id ?? ${ADDRESS})`]]),
    missing("through a variable", route('const session = await getServerSession();\n  const caller = session?.user?.id ?? «""»;\n  await ratelimit.limit(caller);', SESSION), "an empty text", [['?? "";', `?? ${ADDRESS};`]]),
    missing("a null id", route('const { userId } = await auth();\n  await ratelimit.limit(userId ?? «""»);', CLERK), "an empty text", [['?? "")', `?? ${ADDRESS})`]]),
    missing("a null id that is said to be one", route('const { userId } = await auth();\n  await ratelimit.limit(«userId»!);', CLERK), "undefined", [["userId!", `userId ?? ${ADDRESS}`]]),
    missing("a null id as text", route('const { userId } = await auth();\n  await ratelimit.limit(`chat:${«userId»}`);', CLERK), "undefined", [["userId}`", `userId ?? ${ADDRESS}}\``]]),
    missing("a null id by its member", route('const caller = await auth();\n  await ratelimit.limit(«caller.userId» as string);', CLERK), "undefined", [["caller.userId as string", `caller.userId ?? ${ADDRESS}`]]),
    missing("asked for afterwards", route('const { userId } = await auth();\n  await ratelimit.limit(userId ?? «""»);\n  console.log(userId ? "user" : "stranger");', CLERK), "an empty text", [['?? "")', `?? ${ADDRESS})`]]),
    missing("a cookie that first-time visitors do not have", route('await ratelimit.limit((await cookies()).get("visitor")?.value ?? «""»);', COOKIES), "an empty text", [['?? "")', `?? ${ADDRESS})`]]),
    missing("empty from the start", route("await ratelimit.limit(«''»);"), "an empty text", [["limit('')", `limit(${ADDRESS})`]]),
    missing("undefined in so many words", route("await ratelimit.limit(«undefined» as unknown as string);"), "undefined", [["undefined as unknown as string", ADDRESS]]),
    missing("in a server action", '"use server";\nimport { ratelimit } from "@/lib/ratelimit";\nimport { getServerSession } from "next-auth";\n\nexport async function send(text: string) {\n  const session = await getServerSession();\n  const { success } = await ratelimit.limit(session?.user?.id ?? «""»);\n  if (success) console.log(text);\n}\n', "an empty text", [
      ['?? "")', '?? (await headers()).get("x-real-ip") ?? "anonymous")'],
      ['import { getServerSession } from "next-auth";', 'import { getServerSession } from "next-auth";\nimport { headers } from "next/headers";'],
    ], { filename: "app/actions.ts" }),
    missing("handed to a function of the project", route('const session = await getServerSession();\n  await checkLimit(session?.user?.id ?? «""»);', `${HELPED}import { getServerSession } from "next-auth";\n`), "an empty text", [['?? "")', `?? ${ADDRESS})`]], { files: LIB }),
    missing("blockUntilReady()", route('const { userId } = await auth();\n  await ratelimit.blockUntilReady(userId ?? «""», 1000);', CLERK), "an empty text", [['?? "",', `?? ${ADDRESS},`]]),
    { name: "no identifier at all", id: "none", filename: "app/api/note/route.js", code: `${IMPORT}\nexport async function POST(request) {\n  await «ratelimit.limit»();\n  return new Response(await request.text());\n}\n`, edits: [["limit()", `limit(${ADDRESS})`]] },
    gone("request.ip with a fallback", nextRoute('await ratelimit.limit(«request.ip» ?? "127.0.0.1");'), [["request.ip ??", 'request.headers.get("x-real-ip") ??']]),
    gone("request.ip without one", nextRoute("await ratelimit.limit(«request.ip»!);"), [["request.ip!", ADDRESS]]),
    gone("request.ip of a parameter without a type", `${IMPORT}\nexport async function POST(request) {\n  await ratelimit.limit(«request.ip» || "local");\n  return new Response(await request.text());\n}\n`, [["request.ip ||", 'request.headers.get("x-real-ip") ||']], { filename: "app/api/note/route.js" }),
    gone("behind an assertion", nextRoute('const ip = «(request as any).ip» ?? "127.0.0.1";\n  await ratelimit.limit(ip);'), [["(request as any).ip ??", 'request.headers.get("x-real-ip") ??']], { data: { text: "(request as any).ip" } }),
    gone("in middleware", `import { ratelimit } from "./lib/ratelimit";\n\nexport async function middleware(request) {\n  const { success } = await ratelimit.limit(«request.ip» ?? "127.0.0.1");\n  return success ? undefined : new Response(null, { status: 429 });\n}\n`, [["request.ip ??", 'request.headers.get("x-real-ip") ??']], { filename: "middleware.js" }),
    gone("in a text", nextRoute('await ratelimit.limit("ip:" + «request.ip»);'), [["request.ip)", `(${ADDRESS}))`]]),
    gone("handed to a function of the project", nextRoute('await checkLimit(«request.ip» ?? "local");').replace(IMPORT, HELPED), [["request.ip ??", 'request.headers.get("x-real-ip") ??']], { files: LIB }),
  ],
);
