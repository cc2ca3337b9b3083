import { expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * What a `catch` does, it does for strangers only if something may have thrown for them: where they were answered first, it is done for
 * known callers.
 */

const ROUTE = "app/api/note/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "auth.ts": 'import NextAuth from "next-auth";\nexport const { handlers, auth, signIn } = NextAuth({ providers: [] });\n',
  "lib/session.ts": `import jwt from "jsonwebtoken";
import { cookies } from "next/headers";
export async function getSession() {
  return jwt.verify((await cookies()).get("t")?.value ?? "", process.env.JWT_KEY!);
}
`,
};

const REFUSED = "return Response.json({ error: \"no\" }, { status: 401 });";
const tried = (block: string): string => `try {\n    ${block}\n    const body = await request.json();\n    console.log(body);\n  } catch (error) {\n    await redis.incr("failed");\n  }`;

type Case = readonly [name: string, verdict: Verdict, body: string];

const CASES: readonly Case[] = [
  ["strangers were answered first", "nobody", tried(`const session = await auth();\n    if (!session?.user?.id) ${REFUSED}`)],
  ["the same, with lines in the log", "nobody", tried(`console.log("asked");\n    const session = await auth();\n    if (!session) {\n      console.error("a stranger");\n      ${REFUSED}\n    }`)],
  ["the same, and more is asked behind it", "nobody", tried(`const session = await auth();\n    if (!session || !session.user.isActive) ${REFUSED}`)],
  ["the same, of another library", "nobody", tried(`const { userId } = await clerk();\n    if (!userId) ${REFUSED}`)],
  ["the same, before what is tried", "nobody", `const session = await auth();\n  if (!session) ${REFUSED}\n  ${tried("")}`],
  ["nonsense is parsed before", "anyone", tried(`const first = await request.json();\n    const session = await auth();\n    if (!session) ${REFUSED}`)],
  ["something else is called before", "anyone", tried(`prepare(request);\n    const session = await auth();\n    if (!session) ${REFUSED}`)],
  ["something else throws before", "anyone", tried(`if (request.headers.get("x-a") === null) throw new Error("no a");\n    const session = await auth();\n    if (!session) ${REFUSED}`)],
  ["a member of nothing is read", "anyone", tried(`const session = await auth();\n    if (!session.user) ${REFUSED}`)],
  ["a member of nothing is read, further in", "anyone", tried(`const session = await auth();\n    if (!session.user?.id) ${REFUSED}`)],
  ["a member of nothing is read first", "anyone", tried(`const session = await auth();\n    if (session.user.isBanned || !session) ${REFUSED}`)],
  ["strangers are told by an error", "anyone", tried(`const session = await auth();\n    if (!session) throw new Error("a stranger");`)],
  ["what is done for strangers may fail", "anyone", tried(`const session = await auth();\n    if (!session) {\n      await report(request);\n      ${REFUSED}\n    }`)],
  ["a session of one's own that may throw", "anyone", tried(`const session = await getSession();\n    if (!session) ${REFUSED}`)],
  ["nobody is answered", "anyone", tried(`const session = await auth();\n    if (!session) console.log("a stranger");`)],
  ["whoever is known is answered", "anyone", tried(`const session = await auth();\n    if (session?.user) ${REFUSED}`)],
];

it.each(CASES)("%s: %s", (_name, verdict, body) => {
  const code = `import { auth as clerk } from "@clerk/nextjs/server";
import { prepare, report } from "some-helpers";
import { auth } from "@/auth";
import { redis } from "@/lib/clients";
import { getSession } from "@/lib/session";
export async function POST(request: Request) {
  ${body}
  return Response.json({});
}
`;
  expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
});
