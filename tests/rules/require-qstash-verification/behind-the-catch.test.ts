import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-qstash-verification.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

const CRON = `import { timingSafeEqual } from "node:crypto";
export function matches(header: string | null, secret: string | undefined): boolean {
  if (!secret || !header) return false;
  const expected = Buffer.from(\`Bearer \${secret}\`);
  const sent = Buffer.from(header);
  return expected.length === sent.length && timingSafeEqual(expected, sent);
}
export const log = (text: string): void => console.warn(text);
`;

const swallowed = (behind: string): boolean =>
  lintMessages(
    "require-qstash-verification",
    rule,
    {
      "lib/cron.ts": CRON,
      "lib/verify.ts": `import { Receiver } from "@upstash/qstash";
import { log, matches } from "./cron";
const receiver = new Receiver();
export async function isMachine(request: Request): Promise<boolean> {
  const signature = request.headers.get("upstash-signature");
  if (signature) {
    try {
      const isValid = await receiver.verify({ signature, body: await request.clone().text() });
      if (isValid) return true;
    } catch (error) {
      log(String(error));
    }
  }
  ${behind}
}
`,
    },
    "lib/verify.ts",
  ).some((message) => message.includes("is caught here"));

/** A failed check is caught, and something else is asked for behind it. */
describe("behind a check that has failed", () => {
  it.each([
    ["a secret is compared, as the environment has it", 'return matches(request.headers.get("authorization"), process.env.CRON_SECRET);'],
    ["a secret is compared without blanks", 'const secret = process.env.CRON_SECRET?.trim();\n  if (matches(request.headers.get("authorization"), secret)) return true;\n  log("unauthorized");\n  return false;'],
    ["nobody is let in", 'log(process.env.REGION?.toUpperCase() ?? "here");\n  return false;'],
  ])("%s", (_, behind) => {
    expect(swallowed(behind)).toBe(false);
  });

  it.each([
    ["the work is done", "await fetch(process.env.JOBS_URL!.trim(), { method: \"POST\" });\n  return true;"],
    ["a service is handed a setting", "const text = process.env.JOB?.trim();\n  const { run } = await import(\"jobs\");\n  await run(text);\n  return true;"],
  ])("reported: %s", (_, behind) => {
    expect(swallowed(behind)).toBe(true);
  });
});
