import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

const ROUTE = "app/api/notes/route.ts";
const FILES = {
  ...CLIENTS,
  "lib/notes.ts": `import { verifyShare } from "@acme/shares";

export const isPrivate = (id: string): boolean => id.startsWith("private:");
export const mayShare = (request: Request): boolean => request.headers.get("x-secret") === process.env.SHARE_SECRET;
export const isShared = (id: string): boolean => verifyShare(id);
`,
  "lib/user.ts": `import { auth } from "@clerk/nextjs/server";

export async function requireUser(): Promise<string> {
  const { userId } = await auth();
  if (!userId) throw new Error("Sign in first");
  return userId;
}

export function assertUser(userId: string | null): string {
  if (!userId) throw new Error("Sign in first");
  return userId;
}
`,
};

const verdict = (body: string): Verdict =>
  verdictOf(
    {
      ...FILES,
      [ROUTE]: `import { auth } from "@clerk/nextjs/server";
import { redis } from "@/lib/clients";
import { isPrivate, isShared, mayShare } from "@/lib/notes";
import { assertUser, requireUser } from "@/lib/user";
import { isOpen } from "@acme/flags";

export async function POST(request: Request) {
  const body = await request.json();
  const { userId } = await auth();
  ${body}
  await redis.lpush("notes", body.text);
  return Response.json({ ok: true });
}
`,
    },
    ROUTE,
  );

const REFUSE = "return new Response(null, { status: 401 });";

/** Whether strangers are turned away hangs on something else: those for whom it does not hold get through. */
describe("some strangers pass", () => {
  it.each([
    ["by what the body names", "isPrivate(body.id) && !userId"],
    ["by a member of the body", "body.draft && !userId"],
    ["by a query parameter", 'new URLSearchParams(body.query).has("draft") && !userId'],
    ["by a setting", 'process.env.SIGN_IN === "required" && !userId'],
    ["where both are turned about", "!(!isPrivate(body.id) || userId)"],
  ])("%s", (_, test) => {
    expect(verdict(`if (${test}) ${REFUSE}`)).toBe("anyone");
  });

  it.each([
    ["there are two ways to be known", "!mayShare(request) && !userId"],
    ["what can't be read decides", "!isOpen(body.id) && !userId"],
    ["what can't be read decides in a helper", "!isShared(body.id) && !userId"],
    ["the method decides", 'request.method === "POST" && !userId'],
    ["only developers pass", 'process.env.NODE_ENV === "production" && !userId'],
    ["either is refused", "isPrivate(body.id) || !userId"],
    ["the owner and administrators pass", 'userId !== body.owner && userId !== "user_admin"'],
  ])("nobody, where %s", (_, test) => {
    expect(verdict(`if (${test}) ${REFUSE}`)).toBe("nobody");
  });
});

/** A check that throws when its promise is looked at, and nobody looks. */
describe("a check that nothing waits for", () => {
  it.each([
    ["a statement of its own", "requireUser();", "anyone"],
    ["with void", "void requireUser();", "anyone"],
    ["awaited", "await requireUser();", "nobody"],
    ["awaited with others", "await Promise.all([requireUser(), request.text()]);", "nobody"],
    ["awaited later", "const user = requireUser();\n  await user;", "nobody"],
    ["one that throws at once", "assertUser(userId);", "nobody"],
  ] as const)("%s", (_, statement, expected) => {
    expect(verdict(statement)).toBe(expected);
  });
});
