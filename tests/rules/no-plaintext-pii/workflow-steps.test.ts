import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { EMAIL, invalid, valid, type Expected } from "./cases.ts";

/* What a step of a workflow hands to QStash: `context.call`, `context.invoke`, `context.notify`. */

const HEAD = 'import { encrypt } from "@/lib/crypto";\nvoid encrypt;\ninterface User { id: string; email: string }\n';
const SERVE = `import { serve } from "@upstash/workflow/nextjs";\n${HEAD}`;
const TYPED = `import type { WorkflowContext } from "@upstash/workflow";\n${HEAD}`;
const step = (body: string, options = ""): string => `${SERVE}export const { POST } = serve<User>(async (context) => {\n  const u = context.requestPayload;\n  ${body}\n}${options});\n`;
const helper = (body: string): string => `${TYPED}export async function welcome(context: WorkflowContext, u: User) {\n  ${body}\n}\n`;
const of = (command: string, becomes: Expected["becomes"] = "encrypt(String(u.email))"): Expected => ({ command, data: EMAIL, becomes, messageId: "step" });
const TRIGGER = (redact: string): string =>
  `import { Client } from "@upstash/workflow";\nconst client = new Client({ token: process.env.QSTASH_TOKEN! });\nexport const start = (id: string) => client.trigger({ url: "https://a.example/api/welcome", body: { id }${redact} });\n`;
const CALL = 'await context.call("mail", { url: "https://a.example", method: "POST", body: JSON.stringify({ mail: «u.email» }) });';
const plain = (text: string): string => text.replaceAll(/[«»]/g, "");

runRule("no-plaintext-pii", rule, {
  valid: [
    valid("a call with an id", step('await context.call("mail", { url: "https://a.example", body: JSON.stringify({ id: u.id }) });')),
    valid("a call with what is encrypted", step('await context.call("mail", { url: "https://a.example", body: JSON.stringify({ mail: encrypt(u.email) }) });')),
    valid("a call with a secret of the environment", step('await context.call("mail", { url: "https://a.example", headers: { Authorization: `Bearer ${process.env.RESEND_API_KEY}` } });')),
    valid("a run whose trigger hides bodies", step(plain(CALL)), { files: { "lib/start.ts": TRIGGER(", redact: { body: true }") } }),
    valid("a run that a helper triggers with what it is given", step(plain(CALL)), { files: { "lib/start.ts": `import { Client } from "@upstash/workflow";\nconst client = new Client({ token: process.env.QSTASH_TOKEN! });\nexport const start = (redact: { body?: true }) => client.trigger({ url: "https://a.example/api/welcome", redact });\n` } }),
    valid("another context", `import type { Context } from "hono"; // @upstash/workflow\n${HEAD}export async function welcome(context: { call(name: string, options: object): void }, u: User) {\n  context.call("mail", { url: "https://a.example", body: JSON.stringify({ mail: u.email }) });\n}\nexport type C = Context;\n`),
    valid("a function's own call", `${TYPED}const send = (user: User) => void user;\nexport const welcome = (context: WorkflowContext, u: User) => { send.call(context, u); };\n`),
    valid("a step that only runs", step('await context.run("mail", async () => { await fetch("https://a.example", { method: "POST", body: JSON.stringify({ mail: u.email }) }); });')),
    valid("the second parameter of another function", `${SERVE}export const { POST } = serve<User>(async (context) => { await context.sleep("wait", 1); }, { failureFunction: async ({ context }) => { void context; } });\nexport const run = (call: { call(name: string, options: object): void }, u: User) => call.call("mail", { body: { mail: u.email } });\n`),
  ],
  invalid: [
    invalid("a call of a workflow", step(CALL), [of("context.call")]),
    invalid("a header of a call", step('await context.call("mail", { url: "https://a.example", headers: { "x-mail": «u.email» } });'), [of("context.call")]),
    invalid("a call by a parameter's type", helper(CALL), [of("context.call")]),
    invalid("a call of a context that is named otherwise", `${SERVE}export const { POST } = serve<User>(async (flow) => {\n  const c = flow;\n  await c.call<string>("mail", { url: "https://a.example", body: JSON.stringify(«flow.requestPayload.email») });\n});\n`, [
      of("context.call", ["JSON.stringify(flow.requestPayload.email)", "encrypt(String(flow.requestPayload.email))"]),
    ].map((one) => ({ ...one, becomes: "encrypt(String(flow.requestPayload.email))" }))),
    invalid("a run whose trigger hides nothing", step(CALL), [of("context.call")], { files: { "lib/start.ts": TRIGGER("") } }),
    invalid("a logger that hides something is no trigger", step(CALL), [of("context.call")], { files: { "lib/log.ts": 'import pino from "pino";\nexport const log = pino({ redact: ["email"] });\n' } }),
    invalid("a workflow that is invoked", `import { createWorkflow, serveMany } from "@upstash/workflow/nextjs";\n${HEAD}const mail = createWorkflow(async (context) => { await context.sleep("wait", 1); });\nconst main = createWorkflow<User, void>(async (context) => {\n  const u = context.requestPayload;\n  await context.invoke("mail", { workflow: mail, body: { mail: «u.email» } });\n});\nexport const { POST } = serveMany({ mail, main });\n`, [of("context.invoke")]),
    invalid("an event", helper('await context.notify("told", `user-${u.id}`, { mail: «u.email» });'), [of("context.notify")]),
  ],
});
