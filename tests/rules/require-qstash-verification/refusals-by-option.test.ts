import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-qstash-verification.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

/* Libraries that turn strangers away by themselves: behind them a handler is for callers that it knows. */

const ROUTE = "app/api/jobs/route.ts";
const reports = (body: string): number => lintMessages("require-qstash-verification", rule, {
  "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client();

export const start = (id: string) => client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { id } });
`,
  "lib/profile.ts": `import { StackServerApp } from "@stackframe/stack";
export const stack = new StackServerApp({ tokenStore: "nextjs-cookie" });
export async function profile() {
  const user = await stack.getUser({ or: "throw" });
  await fetch("https://example.com/profiles", { method: "POST", body: user.id });
  return user;
}
`,
  [ROUTE]: `import { profile, stack } from "@/lib/profile";
const kindOf = (name: string) => {
  if (name.endsWith(".csv")) return "csv";
  return name.includes(";") ? "list" : "text";
};
export async function POST(request: Request) {
  const body = await request.json();
  ${body}
  return Response.json({ ok: true });
}
`,
}, ROUTE).length;
const CHARGE = 'await fetch("https://example.com/charge", { method: "POST" });';

describe("a destination behind a library that turns strangers away", () => {
  it.each([
    ["at once", `await stack.getUser({ or: "throw" });\n  ${CHARGE}`],
    ["in a helper", `await profile();\n  ${CHARGE}`],
    ["before a helper that leaves in its own way", `await profile();\n  const kind = kindOf(body.name);\n  ${CHARGE}\n  console.info(kind);`],
    ["whose error is answered", `try {\n    await profile();\n    ${CHARGE}\n  } catch {\n    return Response.json({ error: "no" }, { status: 500 });\n  }`],
  ])("is for callers that it knows: %s", (_name, body) => expect(reports(body)).toBe(0));

  it.each([
    ["it is not asked", CHARGE],
    ["it is asked too late", `${CHARGE}\n  await stack.getUser({ or: "throw" });`],
    ["it is not told to", `await stack.getUser();\n  ${CHARGE}`],
    ["its rejection is caught", `await stack.getUser({ or: "throw" }).catch(() => null);\n  ${CHARGE}`],
    ["nothing waits for it", `void stack.getUser({ or: "throw" });\n  ${CHARGE}`],
    ["its error is passed by", `try {\n    await profile();\n  } catch {\n    console.warn("stranger");\n  }\n  ${CHARGE}`],
    ["it is asked in one branch", `if (body.id) await stack.getUser({ or: "throw" });\n  ${CHARGE}`],
  ])("is open to all where %s", (_name, body) => expect(reports(body)).toBe(1));
});
