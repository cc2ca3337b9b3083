import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { GUARD, LIMITER, open } from "./shared.ts";

const ROUTE = "app/api/notes/route.ts";
const IMPORTS = `import { auth } from "@clerk/nextjs/server";
import { Redis } from "@upstash/redis";
import { callerOf, isHuman, tried } from "@acme/platform";
import bcrypt from "bcryptjs";
import { findUser, getUser } from "@/lib/users";
`;
const CLIENT = `\nconst redis = Redis.fromEnv();\n`;
const HEAD = `\nexport async function POST(request: Request) {\n`;
const WRITE = `  await redis.incr("notes");
  return Response.json({ ok: true });
}
`;
const FILES = {
  ...LIMITER,
  "lib/users.ts": `import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export async function findUser(email: string): Promise<{ hash: string } | null> {
  return db.user.findUnique({ where: { email } });
}

export async function getUser(email: string): Promise<{ hash: string } | null> {
  return db.user.findUnique({ where: { email } });
}
`,
};

const passing = (name: string, body: string) => ({ name, filename: ROUTE, files: FILES, code: `${IMPORTS}${CLIENT}${HEAD}${body}` });
const reported = (name: string, body: string, work = "writes to Redis (`incr`)", file = "") =>
  open({
    name,
    filename: ROUTE,
    files: FILES,
    code: `${IMPORTS}${CLIENT}${HEAD}${body}`,
    at: "POST",
    title: "POST /api/notes",
    work,
    file,
    output: `${IMPORTS}import { ratelimit } from "@/lib/ratelimit";\n${CLIENT}${HEAD}${GUARD}\n${body}`,
    untyped: "imports what not every case uses",
  });

/** Who asks for a session turns strangers away only where the branch of strangers ends. */
runRule("require-ratelimit", rule, {
  valid: [
    passing("strangers end in the branch", `  const { userId } = await auth();\n  if (!userId) return new Response(null, { status: 401 });\n${WRITE}`),
    passing("the work stands in the branch of users", `  const { userId } = await auth();\n  if (userId) {\n    await redis.incr("notes");\n    return Response.json({ ok: true });\n  }\n  return new Response(null, { status: 401 });\n}\n`),
    passing("the work stands in the branch of users, which goes on", `  const { userId } = await auth();\n  if (userId) await redis.incr("notes");\n  return Response.json({ ok: true });\n}\n`),
    passing("strangers end in the else branch", `  const { userId } = await auth();\n  if (userId) console.log(userId);\n  else return new Response(null, { status: 401 });\n${WRITE}`),
    passing("a comparison with null", `  const { userId } = await auth();\n  if (userId === null) return new Response(null, { status: 401 });\n${WRITE}`),
    passing("a stranger is no owner either", `  const { userId } = await auth();\n  if (userId !== "user_1") return new Response(null, { status: 403 });\n${WRITE}`),
    passing("an error of the session, or nobody", `  const { userId, error } = (await auth()) as { userId?: string; error?: Error };\n  if (error || !userId) return new Response(null, { status: 401 });\n${WRITE}`),
    passing(
      "the helper's own answer is handed on",
      `  const denied = await checkSession(request);\n  if (denied) return denied;\n${WRITE}
async function checkSession(request: Request): Promise<Response | undefined> {
  return request.headers.get("cookie") ? undefined : new Response(null, { status: 401 });
}
`,
    ),
    passing(
      "a helper in the branch of users does the work",
      `  const { userId } = await auth();\n  if (userId) await count();\n  return Response.json({ ok: true });\n}\n\nasync function count() {\n  await redis.incr("notes");\n}\n`,
    ),
    passing(
      "what cannot be read tells who calls, and strangers are told so",
      `  const caller = await callerOf(request.headers);\n  if (!caller?.id) return new Response("Unauthorized", { status: 401 });\n${WRITE}`,
    ),
    passing(
      "the same, in a try",
      `  let caller: { id: string } | null = null;\n  try {\n    caller = await callerOf(request.headers);\n  } catch (error) {\n    console.error(error);\n  }\n  if (!caller?.id) return Response.json({ error: "Please log in to go on." });\n${WRITE}`,
    ),
    passing(
      "the same, the other way about",
      `  const caller = await callerOf(request.headers);\n  if (caller) console.log(caller);\n  else throw new Error("Not authenticated");\n${WRITE}`,
    ),
  ],
  invalid: [
    reported(
      "what the body lacks says nothing of who calls",
      `  const { key } = await request.json();\n  if (!key) return new Response("Unauthorized", { status: 401 });\n${WRITE}`,
    ),
    reported(
      "a cookie that is there and not looked into",
      `  const { cookies } = await import("next/headers");\n  const jar = await cookies();\n  if (!jar.get("sid")) return new Response("Unauthorized", { status: 401 });\n${WRITE}`,
    ),
    reported(
      "a code of a link that is tried",
      `  const code = new URL(request.url).searchParams.get("token");\n  const email = await redis.get(\`code:\${code}\`);\n  if (!email) return new Response("Unauthorized", { status: 401 });\n  return Response.json({ email });\n}\n`,
      "reads Redis (`get`)",
    ),
    reported(
      "a password that is tried",
      `  const { password } = await request.json();\n  const user = await tried(password);\n  if (!user) return new Response("Unauthorized", { status: 401 });\n${WRITE}`,
    ),
    reported(
      "a proof of being human is no account",
      `  const { proof } = await request.json();\n  if (!(await isHuman(proof))) return new Response("Forbidden", { status: 403 });\n${WRITE}`,
    ),
    reported("users are sent elsewhere, strangers go on", `  const { userId } = await auth();\n  if (userId) return Response.redirect(new URL("/", request.url));\n${WRITE}`),
    reported("users are sent elsewhere, strangers have a branch", `  const { userId } = await auth();\n  if (!userId) await redis.incr("notes");\n  return Response.json({ ok: true });\n}\n`),
    reported("the work comes after the branch of users", `  const { userId } = await auth();\n  if (userId) console.log(userId);\n${WRITE}`),
    reported(
      "what is done for whoever calls, known or not, has gone well",
      `  const { userId } = await auth();\n  const answer = await entered(userId ?? "guest");\n  if (answer.ok) await redis.incr("notes");\n  return Response.json(answer);\n}\n\nasync function entered(id: string): Promise<{ ok: boolean }> {\n  return { ok: id !== "" };\n}\n`,
    ),
    reported(
      "a helper that users and strangers call",
      `  const { userId } = await auth();\n  if (userId) await count();\n  await count();\n  return Response.json({ ok: true });\n}\n\nasync function count() {\n  await redis.incr("notes");\n}\n`,
    ),
    reported("an account exists already", `  const { email } = await request.json();\n  const user = await getUser(email);\n  if (user) return new Response("taken", { status: 409 });\n${WRITE}`),
    reported(
      "an account that is looked up by what the caller sends is no session",
      `  const { email, password } = await request.json();\n  const user = await getUser(email);\n  if (!user) return new Response(null, { status: 401 });\n  return Response.json({ ok: await bcrypt.compare(password, user.hash) });\n}\n`,
      "hashes or checks a password",
      "",
    ),
    reported(
      "the same by another name",
      `  const { email, password } = await request.json();\n  const user = await findUser(email);\n  if (!user) return new Response(null, { status: 401 });\n  return Response.json({ ok: await bcrypt.compare(password, user.hash) });\n}\n`,
      "hashes or checks a password",
      "",
    ),
  ],
});
