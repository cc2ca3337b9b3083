import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* The end of a sign-in at another service: a code that a caller brings is exchanged for a token, with the server's secret. */

const ROUTE = "app/api/connect/callback/route.ts";

const verdict = (body: string): Verdict =>
  verdictOf(
    {
      ...CLIENTS,
      "lib/tokens.ts": `export async function exchange(code: string) {
  const answer = await fetch("https://auth.example.com/oauth2/token", {
    method: "POST",
    body: new URLSearchParams({ grant_type: "authorization_code", code, client_id: "notes", client_secret: process.env.CONNECT_CLIENT_SECRET! }),
  });
  if (!answer.ok) throw new Error("refused");
  return answer.json();
}
`,
      [ROUTE]: `import { mail, redis, resend } from "@/lib/clients";
import { exchange } from "@/lib/tokens";

const SECRET = process.env.CONNECT_CLIENT_SECRET!;

export async function GET(request: Request) {
  const { searchParams } = new URL(request.url);
  const code = searchParams.get("code");
  if (!code) return new Response(null, { status: 400 });
  ${body}
  return Response.json({ ok: true });
}
`,
    },
    ROUTE,
  );

const ask = (sent: string, url = '"https://auth.example.com/oauth2/token"'): string => `const answer = await fetch(${url}, { method: "POST", body: ${sent} });\n  `;
const FORM = 'new URLSearchParams({ grant_type: "authorization_code", code, client_id: "notes", client_secret: SECRET })';
const GITHUB = 'JSON.stringify({ client_id: "notes", client_secret: SECRET, code })';
const REFUSED = 'if (!answer.ok) return Response.redirect("https://example.com/?error=refused");\n  ';
const NOTE = 'await redis.lpush("connected", code);';

describe("a code that is exchanged for a token", () => {
  it.each<[string, Verdict, string]>([
    ["in a form", "nobody", ask(FORM)],
    ["as JSON, without a type", "nobody", ask(GITHUB, '"https://github.com/login/oauth/access_token"')],
    ["in the address", "nobody", ask("null", '`https://auth.example.com/token?grant_type=authorization_code&code=${encodeURIComponent(code)}&client_secret=${SECRET}`')],
    ["put together", "nobody", ask("null", '"https://auth.example.com/token?grant_type=authorization_code&code=" + code + "&client_secret=" + SECRET')],
    ["in a function of another file", "nobody", "await exchange(code);"],
    ["and what is done for whom it was given", "nobody", `${ask(FORM)}${REFUSED}${NOTE}`],
    ["and what is done behind a look at the token", "nobody", `${ask(FORM)}const { access_token: token } = await answer.json();\n  if (!token) return new Response(null, { status: 400 });\n  ${NOTE}`],
    ["and a mail to him", "any signed-in caller", `${ask(FORM)}${REFUSED}await resend.emails.send(mail);`],
    ["and what is done whatever was answered", "anyone", `${ask(FORM)}${NOTE}`],
    ["and what is done before", "anyone", `${NOTE}\n  ${ask(FORM)}${REFUSED}`],
    ["at an address that the caller names", "anyone", `${ask(FORM, 'searchParams.get("issuer")!')}${REFUSED}${NOTE}`],
    ["at a host that the caller names", "anyone", `${ask(FORM, '`https://${searchParams.get("shop")}/oauth2/token`')}${REFUSED}${NOTE}`],
    ["that the server has of itself", "anyone", ask(FORM.replace(" code,", ' code: process.env.CONNECT_CODE!, state: code,'))],
    ["for the server itself", "anyone", ask(FORM.replace("authorization_code", "client_credentials"))],
    ["by what has been sent to a phone", "anyone", ask(GITHUB, '"https://sms.example.com/v1/verify"')],
    ["of another kind, whose type a caller names", "anyone", ask(FORM.replace('"authorization_code"', 'searchParams.get("type")!'))],
  ])("%s: %s", (_, expected, body) => {
    expect(verdict(body)).toBe(expected);
  });
});
