import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import type { ProjectFiles } from "../../helpers/project.ts";

type Options = Partial<Parameters<(typeof rule)["create"]>[0]["options"][0]>;

/** Who can call what is reported as often as they like; `nobody` where nothing is. */
export type Verdict = "nobody" | "anyone" | "any signed-in caller";

/** What the rule says of a file with one handler that it may report. All reads count, so that it shows what is known of them. */
export function verdictOf(files: ProjectFiles, filename: string, options: Options = { handlers: "costly", reads: "all" }): Verdict {
  const messages = lintMessages("require-ratelimit", rule, files, filename, options);
  if (messages.length > 1) throw new Error(`${String(messages.length)} reports: ${messages.join("\n")}`);
  const [message] = messages;
  if (message === undefined) return "nobody";
  return message.includes("whoever it lets in") ? "any signed-in caller" : "anyone";
}

/** A client of Redis and one that sends mail, for the projects of tests. */
export const CLIENTS: ProjectFiles = {
  "lib/clients.ts": `import { Redis } from "@upstash/redis";
import { Resend } from "resend";

export const redis = Redis.fromEnv();
export const resend = new Resend(process.env.RESEND_API_KEY);
export const mail = { from: "hi@example.com", to: "me@example.com", subject: "Hello", text: "Thanks!" };
`,
};
