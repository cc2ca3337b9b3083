import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-qstash-verification.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

/* Addresses that a function of the project puts together, and numbers in what is answered that are no status. */

const ROUTE = "app/api/jobs/route.ts";
const CHARGE = 'await fetch("https://example.com/charge", { method: "POST", body: await request.text() });';
const reports = (address: string, body = CHARGE, more: Record<string, string> = {}): number =>
  lintMessages(
    "require-qstash-verification",
    rule,
    {
      "lib/queue.ts": `import { Client } from "@upstash/qstash";
const client = new Client();
const base = () => (process.env.APP_URL || "http://localhost:3000").replace(/\\/$/, "");
function addressOf(path: string) {
  ${address}
}
export const go = () => client.publishJSON({ url: addressOf("/api/jobs"), body: {} });
export const other = () => client.publishJSON({ url: addressOf("api/others"), body: {} });
`,
      "lib/send.ts": `import nodemailer from "nodemailer";
const transport = () => nodemailer.createTransport({ host: process.env.SMTP_HOST, port: Number(process.env.SMTP_PORT || 587) });
export async function send(to: string) {
  const mailer = transport();
  return mailer.sendMail({ to, size: 512 });
}
`,
      ...more,
      [ROUTE]: `import { send } from "@/lib/send";\nexport async function POST(request: Request) {\n  ${body}\n  return Response.json({ ok: true });\n}\n`,
    },
    ROUTE,
  ).length;
const SLASHED = "const clean = path.startsWith(\"/\") ? path : `/${path}`;\n  return `${base()}${clean}`;";

describe("a destination", () => {
  it.each([
    ["to which a slash is added where it has none", SLASHED],
    ["the other way around", "return `${base()}${path[0] !== \"/\" ? \"/\" + path : path}`;"],
    ["as it is", "return `${base()}${path}`;"],
  ])("is known %s", (_name, address) => expect(reports(address)).toBe(1));

  it.each([
    ["one of two paths", "const clean = path.startsWith(\"/api\") ? path : `/v2${path}`;\n  return `${base()}${clean}`;"],
    ["another path on other stages", "return `${base()}${process.env.PREVIEW ? \"/preview/jobs\" : path}`;"],
    ["below another path", "return `${base()}/v1${path.startsWith(\"/\") ? path : `/${path}`}`;"],
  ])("is not known: %s", (_name, address) => expect(reports(address)).toBe(0));
});

describe("an answer", () => {
  it.each([
    ["with the port of a mail server", "await send(await request.text());"],
    ["of a price", `${CHARGE}\n  return Response.json({ price: 499 });`],
    ["with a list of sizes", `${CHARGE}\n  return Response.json({ sizes: { small: 480, large: 512 } });`],
  ])("lets in anybody: %s", (_name, body) => expect(reports(SLASHED, body)).toBe(1));

  it.each([
    ["a status", "return Response.json({ price: 499 }, { status: 404 });"],
    ["a status by itself", "return answer(405);"],
    ["a constant", "const GONE = { status: 410 };\n  return Response.json({}, GONE);"],
    ["of a helper", "return withHeaders(new Response(null, { status: 404 }));"],
    ["of a chain", "return builder.status(403).send({ price: 1 });"],
  ])("refuses, by %s", (_name, body) => expect(reports(SLASHED, `const text = prepare(request);\n  ${body}`)).toBe(0));
});
