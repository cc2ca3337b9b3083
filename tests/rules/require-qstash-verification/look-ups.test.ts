import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-qstash-verification.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

/* Users who are looked up: of whom a message speaks, or who has sent it. */

const ROUTE = "app/api/jobs/route.ts";
const reports = (body: string): number =>
  lintMessages(
    "require-qstash-verification",
    rule,
    {
      "lib/queue.ts": "import { Client } from \"@upstash/qstash\";\nconst client = new Client();\nexport const go = (userId: string) => client.publishJSON({ url: `${process.env.APP_URL}/api/jobs`, body: { userId } });\n",
      "lib/work.ts": `import { clerkClient, getUser } from "./users";
import { prepare } from "./prepare";

export async function work({ userId }: { userId: string }) {
  const user = await clerkClient.users.getUser(userId);
  if (!user) throw new Error("Nobody");
  await prepare(user);
}

export async function workForCaller(request: Request) {
  const user = await getUser(request);
  if (!user) throw new Error("Nobody");
  await prepare(user);
}
`,
      [ROUTE]: `import { work, workForCaller } from "@/lib/work";\nexport async function POST(request: Request) {\n  ${body}\n  return Response.json({ ok: true });\n}\n`,
    },
    ROUTE,
  ).length;

describe("a destination", () => {
  it.each([
    ["that looks up the user of the message, in a helper", "const { userId } = await request.json();\n  await work({ userId });"],
    ["that finds him by his address", "const { email } = await request.json();\n  const user = await getUser(email);\n  if (!user) return new Response(null, { status: 404 });\n  await fetch(\"https://example.com/charge\", { method: \"POST\" });"],
    ["that does so by the whole body", "await work(await request.json());"],
  ])("is reported: %s", (_name, body) => expect(reports(body)).toBe(1));

  it.each([
    ["that asks who calls", "await workForCaller(request);"],
    ["that asks for a session", "const session = await getSession(request);\n  if (!session) return new Response(null, { status: 401 });\n  await work({ userId: session.id });"],
    ["that checks a token of the message", "const { token } = await request.json();\n  if (!(await verifyToken(token))) return new Response(null, { status: 401 });\n  await work({ userId: token });"],
  ])("is not known: %s", (_name, body) => expect(reports(body)).toBe(0));
});
