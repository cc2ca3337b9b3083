import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

/* What a request to an API does hangs on its path and its method, not on the host alone. */

const ROUTE = "app/api/asks/route.ts";
const REFUSED = '  if (!(await getSession())) return new Response(null, { status: 401 });\n';

const messageOf = (request: string, before = "", head = ""): string => {
  const code = `import { getSession } from "some-auth";\n${head}\nconst token = process.env.API_TOKEN!;\nexport async function POST(request: Request) {\n${before}  const asked = await request.json();\n  const answer = await ${request};\n  return Response.json(answer);\n}\n`;
  const [message = "nothing", second] = lintMessages("require-ratelimit", rule, { [ROUTE]: code }, ROUTE);
  if (second !== undefined) throw new Error(second);
  return message.replace(/^POST \/api\/asks /u, "").replace(/ without consulting.*so /u, ": ").replace(/ can call it.*/u, "");
};

const KEY = "headers: { authorization: `Bearer ${process.env.API_KEY}` }";
const OPTIONS = "const options = makeOptions();";

const REQUESTS: readonly (readonly [name: string, message: string, request: string, head?: string])[] = [
  ["mail through Postmark", "sends mail through Postmark: anyone", `fetch("https://api.postmarkapp.com/email/withTemplate", { method: "POST", ${KEY} })`],
  ["is Postmark up", "calls api.postmarkapp.com with the server's own key: anyone", `fetch("https://api.postmarkapp.com/server", { ${KEY} })`],
  ["is Postmark up, without a key", "nothing", 'fetch("https://api.postmarkapp.com/server")'],
  ["an unknown path", "calls Postmark: anyone", `fetch(\`https://api.postmarkapp.com/\${asked.path}\`, { method: "POST", ${KEY} })`],
  ["an unknown path below a version", "calls SendGrid: anyone", `fetch(\`https://api.sendgrid.com/v3/\${asked.path}\`, { method: "POST", ${KEY} })`],
  ["an unknown path that is only read", "calls api.sendgrid.com with the server's own key: anyone", `fetch(\`https://api.sendgrid.com/v3/\${asked.path}\`, { ${KEY} })`],
  ["an unknown method", "sends mail through Resend: anyone", 'fetch("https://api.resend.com/emails", options)', OPTIONS],
  ["a method that the caller chooses", "sends mail through Resend: anyone", `fetch("https://api.resend.com/emails", { method: asked.method, ${KEY} })`],
  ["options with more in them", "sends mail through Resend: anyone", 'fetch("https://api.resend.com/emails", { ...options })', OPTIONS],
  ["a query behind the path", "sends mail through Resend: anyone", `fetch("https://api.resend.com/emails?x=1", { method: "post", ${KEY} })`],
  ["a base of its own", "sends mail through Mailgun: anyone", `fetch(\`\${BASE}/v3/\${asked.domain}/messages\`, { method: "POST", ${KEY} })`, 'const BASE = "https://api.mailgun.net";'],
  ["mail of the application through Microsoft Graph", "sends mail through Microsoft Graph: anyone", 'fetch(`https://graph.microsoft.com/v1.0/users/${encodeURIComponent(FROM)}/sendMail`, { method: "POST", headers: { authorization: `Bearer ${token}` } })', "const FROM = process.env.MAILBOX!;"],
  ["a draft that is sent, below a base with unknown parts", "sends mail through Microsoft Graph: anyone", 'fetch(`${BASE}/messages/${asked.id}/send`, { method: "POST", headers: { authorization: `Bearer ${token}` } })', "const FROM = process.env.MAILBOX!;\nconst BASE = `https://graph.microsoft.com/v1.0/users/${FROM}`;"],
  ["a look at the mail there", "calls graph.microsoft.com with the server's own key: anyone", "fetch(`https://graph.microsoft.com/v1.0/users/${asked.id}/messages`, { headers: { authorization: `Bearer ${token}` } })"],
  ["mail of the caller's own mailbox", "nothing", 'fetch("https://graph.microsoft.com/v1.0/me/sendMail", { method: "POST", headers: { authorization: `Bearer ${asked.token}` } })'],
  ["an unknown path of Microsoft Graph", "calls Microsoft Graph: anyone", 'fetch(`https://graph.microsoft.com/v1.0/${asked.path}`, { method: "POST", headers: { authorization: `Bearer ${asked.token}` } })'],
  ["an address that the caller begins", "nothing", 'fetch(`${BASE}/emails`, { method: "POST", headers: {} })', "const BASE = `${process.env.API}/v1`;"],
  ["contacts", "calls api.resend.com with the server's own key: anyone", `fetch("https://api.resend.com/contacts", { method: "POST", ${KEY} })`],
  ["a client's method", "sends mail through Brevo: anyone", `axios.post("https://api.brevo.com/v3/smtp/email", asked, { ${KEY} })`, 'import axios from "axios";'],
  ["a client's method that reads", "calls api.brevo.com with the server's own key: anyone", `axios.get("https://api.brevo.com/v3/smtp/email", { ${KEY} })`, 'import axios from "axios";'],
  ["a code by SMS", "sends messages through Twilio: anyone", `fetch(\`https://verify.twilio.com/v2/Services/\${asked.sid}/Verifications\`, { method: "POST", ${KEY} })`],
  ["a check of a code", "checks a code through Twilio: anyone", `fetch(\`https://verify.twilio.com/v2/Services/\${asked.sid}/VerificationCheck\`, { method: "POST", ${KEY} })`],
  ["a check of a code by the SDK", "checks a code through Twilio: anyone", "twilio(token).verify.v2.services(token).verificationChecks.create(asked)", 'import twilio from "twilio";'],
  ["a code by the SDK", "sends messages through Twilio: anyone", "twilio(token).verify.v2.services(token).verifications.create(asked)", 'import twilio from "twilio";'],
  ["an SMS by a GET", "sends messages through SMS.RU: anyone", "fetch(`https://sms.ru/sms/send?api_id=${process.env.SMS_ID}&to=${asked.to}`)"],
  ["the state of an SMS", "nothing", "fetch(`https://sms.ru/sms/status?sms_id=${asked.id}`)"],
  ["a message through OpenPhone", "sends messages through OpenPhone: anyone", `fetch("https://api.openphone.com/v1/messages", { method: "POST", ${KEY} })`],
  ["a list of numbers there", "calls api.quo.com with the server's own key: anyone", `fetch("https://api.quo.com/v1/phone-numbers", { ${KEY} })`],
  ["mail through Loops", "sends mail through Loops: anyone", `fetch("https://app.loops.so/api/v1/transactional", { method: "POST", ${KEY} })`],
  ["a form of Loops that anybody may fill in", "adds contacts to Loops: anyone", 'fetch(`https://app.loops.so/api/newsletter-form/${process.env.NEXT_PUBLIC_LOOPS_FORM_ID}`, { method: "POST", body: JSON.stringify(asked) })'],
  ["a contact of Loops that is changed", "changes contacts of Loops: anyone", `fetch("https://app.loops.so/api/v1/contacts/update", { method: "PUT", ${KEY} })`],
  ["a look at the contacts of Loops", "calls app.loops.so with the server's own key: anyone", `fetch(\`https://app.loops.so/api/v1/contacts/find?userId=\${asked.id}\`, { ${KEY} })`],
  ["mail through ZeptoMail", "sends mail through ZeptoMail: anyone", `fetch("https://api.zeptomail.eu/v1.1/email/template", { method: "POST", ${KEY} })`],
  ["a message through Telegram", "calls Telegram: anyone", 'fetch(`https://api.telegram.org/bot${process.env.BOT_TOKEN}/sendMessage`, { method: "POST", body: JSON.stringify(asked) })'],
  ["a message through Telegram, by a GET", "calls Telegram: anyone", "fetch(`https://api.telegram.org/bot${process.env.BOT_TOKEN}/sendMessage?text=${asked.text}`)"],
  ["a method of Telegram that is not known", "calls Telegram: anyone", 'fetch(`https://api.telegram.org/bot${process.env.BOT_TOKEN}/${asked.method}`, { method: "POST" })'],
  ["the queue of Telegram", "calls Telegram: anyone", "fetch(`https://api.telegram.org/bot${process.env.BOT_TOKEN}/getUpdates?offset=${asked.offset}`)"],
  ["what Telegram says of the bot", "nothing", "fetch(`https://api.telegram.org/bot${process.env.BOT_TOKEN}/getMe`)"],
  ["what Telegram says of the webhook", "nothing", "fetch(`https://api.telegram.org/bot${process.env.BOT_TOKEN}/getWebhookInfo?x=${asked.x}`)"],
  ["speech of Google", "generates or transcribes speech: anyone", 'fetch("https://texttospeech.googleapis.com/v1/text:synthesize", { method: "POST", body: JSON.stringify(asked) })'],
  ["a message through WhatsApp", "sends messages through WhatsApp: anyone", `fetch(\`https://graph.facebook.com/v18.0/\${process.env.NUMBER_ID}/messages\`, { method: "POST", ${KEY} })`],
  ["a message of the caller's own page", "nothing", 'fetch("https://graph.facebook.com/v18.0/me/messages", { method: "POST", headers: { authorization: `Bearer ${asked.token}` } })'],
  ["a picture there", "nothing", 'fetch(`https://graph.facebook.com/v18.0/${asked.id}/picture`)'],
  ["an SMS", "sends messages through Twilio: anyone", `fetch(\`https://api.twilio.com/2010-04-01/Accounts/\${asked.sid}/Messages.json\`, { method: "POST", ${KEY} })`],
  ["publishing", "publishes through QStash: anyone", `fetch(\`https://qstash.upstash.io/v2/publish/\${asked.url}\`, { method: "POST", ${KEY} })`],
  ["cancelling", "changes what QStash will deliver: anyone", `fetch(\`https://qstash.upstash.io/v2/messages/\${asked.id}\`, { method: "DELETE", ${KEY} })`],
  ["a list of models", "calls api.openai.com with the server's own key: anyone", `fetch("https://api.openai.com/v1/models", { ${KEY} })`],
  ["a list of models, without a key", "nothing", 'fetch("https://openrouter.ai/api/v1/models")'],
  ["is a model there", "calls api.anthropic.com with the server's own key: anyone", `fetch(\`https://api.anthropic.com/v1/models/\${asked.model}\`, { ${KEY} })`],
  ["a model is asked", "calls Gemini: anyone", `fetch(\`https://generativelanguage.googleapis.com/v1beta/models/\${asked.model}:generateContent\`, { method: "POST", ${KEY} })`],
  ["a model is asked, by a method that the caller chooses", "calls Gemini: anyone", `fetch("https://generativelanguage.googleapis.com/v1beta/models/a", { method: asked.method, ${KEY} })`],
  ["a search that is only read", "calls a paid search API: anyone", `fetch(\`https://serpapi.com/search?q=\${asked.q}\`, { ${KEY} })`],
  ["looking at a message", "calls qstash.upstash.io with the server's own key: anyone", `fetch(\`https://qstash.upstash.io/v2/messages/\${asked.id}\`, { ${KEY} })`],

  // Clients that were made with an address, or a key.
  ["a client with a key", "calls shop.example.com with the server's own key: anyone", "shop.get(`items/${asked.id}`)", 'import ky from "ky";\nconst shop = ky.create({ prefixUrl: "https://shop.example.com/v1", headers: { authorization: `Bot ${process.env.SHOP_TOKEN}` } });'],
  ["a client with a key of a typed environment", "calls shop.example.com with the server's own key: anyone", 'shop.get("/items")', 'import axios from "axios";\nimport { env } from "@/env";\nconst shop = axios.create({ baseURL: "https://shop.example.com/", headers: { "x-key": env.SHOP_API_KEY } });'],
  ["a client that extends another", "calls shop.example.com with the server's own key: anyone", 'shop.get("items")', 'import got from "got";\nconst shop = got.extend({ prefixUrl: "https://shop.example.com", headers: { authorization: token } });'],
  ["a client's base, and a path that costs", "sends mail through Brevo: anyone", 'brevo.post("/smtp/email", asked)', 'import axios from "axios";\nconst brevo = axios.create({ baseURL: "https://api.brevo.com/v3", headers: { "api-key": token } });'],
  ["another address than the client's base", "calls other.example.com with the server's own key: anyone", 'shop.get("https://other.example.com/items")', 'import axios from "axios";\nconst shop = axios.create({ baseURL: "https://shop.example.com", headers: { authorization: token } });'],
  ["a client without a key", "nothing", 'shop.get("/items")', 'import axios from "axios";\nconst shop = axios.create({ baseURL: "https://shop.example.com" });'],
  ["a client with the caller's token", "nothing", 'axios.create({ baseURL: "https://shop.example.com", headers: { authorization: asked.token } }).get("/items")', 'import axios from "axios";'],
  ["a client with a public key", "nothing", 'shop.get("/items")', 'import axios from "axios";\nconst shop = axios.create({ baseURL: "https://shop.example.com", headers: { "x-key": process.env.NEXT_PUBLIC_SHOP_KEY } });'],
  ["a client whose host is not known", "nothing", 'shop.get("/items")', 'import axios from "axios";\nconst shop = axios.create({ baseURL: process.env.SHOP_URL, headers: { authorization: token } });'],

  // An address that may be set otherwise is one of the same service.
  ["a service by its default address", "calls api.shop.example.com with the server's own key: anyone", `fetch(\`\${base}/items\`, { ${KEY} })`, 'const base = (process.env.SHOP_API_URL || "https://api.shop.example.com/v2/").replace(/\\/$/, "");'],
  ["a model by its default address", "calls OpenAI: anyone", `fetch(\`\${process.env.OPENAI_BASE_URL ?? "https://api.openai.com"}/v1/chat/completions\`, { method: "POST", ${KEY} })`],
  ["a client by its default address", "calls shop.example.com with the server's own key: anyone", 'shop.get("/items")', 'import axios from "axios";\nconst base = process.env.SHOP_URL || "https://shop.example.com";\nconst shop = axios.create({ baseURL: `${base}/v1`, headers: { authorization: token } });'],
  ["the default address, without a key", "nothing", 'fetch(`${process.env.SHOP_API_URL || "https://api.shop.example.com"}/items`)'],
  ["an address that is not known", "nothing", `fetch(\`\${process.env.SHOP_API_URL}/items\`, { ${KEY} })`],
  ["the application's own address", "nothing", `fetch(\`\${process.env.SITE_URL || "https://www.example.com"}/api/run\`, { ${KEY} })`],
  ["the same, which browsers know", "nothing", `fetch(\`\${process.env.NEXT_PUBLIC_SHOP_URL || "https://www.example.com"}/api/run\`, { ${KEY} })`],
  ["a server beside it", "nothing", `fetch(\`\${process.env.SEARCH_URL || "http://localhost:7700"}/search\`, { ${KEY} })`],
  ["the same, in a group of containers", "nothing", `fetch(\`\${process.env.SEARCH_URL || "http://search:7700"}/search\`, { ${KEY} })`],
  ["an address that the caller may send", "nothing", `fetch(\`\${asked.url || "https://api.shop.example.com"}/items\`, { ${KEY} })`],
  ["a text in which something is replaced", "nothing", `fetch(\`\${process.env.SHOP_API_URL || "https://a.example.com".replace("a", asked.name)}/items\`, { ${KEY} })`],
  ["a key of a typed environment", "calls shop.example.com with the server's own key: anyone", 'fetch("https://shop.example.com", { headers: { authorization: `Bearer ${env.SHOP_API_KEY}` } })', 'import { env } from "@/env";'],
  ["a key that the caller sends", "nothing", 'fetch("https://shop.example.com", { headers: { authorization: asked.apiKey } })'],
];

describe("what strangers set off", () => {
  it.each(REQUESTS.map(([name, message, request, head]) => [name, message, request, head ?? ""] as const))("%s: %s", (_, message, request, head) => {
    expect(messageOf(request, "", head)).toBe(message);
  });
});

describe("a key that everybody may read", () => {
  const told = (name: string): string => messageOf(`fetch("https://index.example.com/pages", { method: "POST", body: JSON.stringify({ key: process.env.${name} }) })`);

  it.each(["INDEXNOW_KEY", "INDEX_NOW_API_KEY", "MAPS_PUBLISHABLE_KEY", "CHECKOUT_PUBLIC_KEY"])("is not the server's own: %s", (name) => {
    expect(told(name)).toBe("nothing");
  });

  it.each(["INDEX_KEY", "PUBLISHER_KEY", "PUBLICATION_TOKEN"])("is not what sounds alike: %s", (name) => {
    expect(told(name)).toBe("calls index.example.com with the server's own key: anyone");
  });

  it("proves nothing of who sends it", () => {
    const before = '  if (request.headers.get("x-key") !== process.env.INDEXNOW_KEY) return new Response(null, { status: 401 });\n';
    expect(messageOf(`fetch("https://api.postmarkapp.com/email", { method: "POST", ${KEY} })`, before)).toBe("sends mail through Postmark: anyone");
  });
});

describe("what signed-in callers set off", () => {
  it.each([
    ["mail", "sends mail through Postmark: whoever it lets in", `fetch("https://api.postmarkapp.com/email", { method: "POST", ${KEY} })`],
    ["a message through WhatsApp", "sends messages through WhatsApp: whoever it lets in", `fetch(\`https://graph.facebook.com/v18.0/\${process.env.NUMBER_ID}/messages\`, { method: "POST", ${KEY} })`],
    ["something of Meta's Graph API", "nothing", `fetch(\`https://graph.facebook.com/v18.0/\${asked.path}\`, { method: "POST", ${KEY} })`],
    ["a list of models", "nothing", `fetch("https://api.openai.com/v1/models", { ${KEY} })`],
    ["a model", "calls OpenAI: whoever it lets in", `fetch("https://api.openai.com/v1/responses", { method: "POST", ${KEY} })`],
    ["a look at the mail service", "nothing", `fetch("https://api.postmarkapp.com/server", { ${KEY} })`],
    ["something of the mail service", "calls Postmark: whoever it lets in", `fetch(\`https://api.postmarkapp.com\${asked.path}\`, { method: "POST", ${KEY} })`],
    ["mail of the application through Microsoft Graph", "sends mail through Microsoft Graph: whoever it lets in", `fetch("https://graph.microsoft.com/v1.0/users/sales/sendMail", { method: "POST", ${KEY} })`],
    ["something of Microsoft Graph", "nothing", `fetch(\`https://graph.microsoft.com/v1.0\${asked.path}\`, { method: "POST", ${KEY} })`],
    ["a check of a code", "nothing", `fetch(\`https://verify.twilio.com/v2/Services/\${asked.sid}/VerificationCheck\`, { method: "POST", ${KEY} })`],
  ])("%s: %s", (_, message, request) => {
    expect(messageOf(request, REFUSED)).toBe(message);
  });
});
