import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { dependingOn } from "./shared.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Whoever comes back from a provider of OAuth brings a code, which the server exchanges for a token. That costs nothing, and
 * who has no code of his own gets none.
 */

const ROUTE = "app/api/github/callback/route.ts";

const project = (body: string, helper: string): ProjectFiles => ({
  ...CLIENTS,
  ...dependingOn("next"),
  [ROUTE]: `import { GitHub } from "arctic";
import axios from "axios";
import { OAuth2Client } from "google-auth-library";
import { mail, redis, resend } from "@/lib/clients";

const github = new GitHub(process.env.GITHUB_ID, process.env.GITHUB_SECRET, null);
const google = new OAuth2Client(process.env.GOOGLE_ID, process.env.GOOGLE_SECRET);
const TOKENS = "https://github.com/login/oauth/access_token";
${helper}
export async function GET(request: Request) {
  const { searchParams } = new URL(request.url);
  const code = searchParams.get("code");
  ${body}
  return Response.json({});
}
`,
  "tsconfig.json": JSON.stringify({ compilerOptions: { paths: { "@/*": ["./*"] } } }),
});

const KEYS = "client_id: process.env.GITHUB_ID, client_secret: process.env.GITHUB_SECRET";
const json = (fields: string, url = "TOKENS"): string => `const answer = await fetch(${url}, { method: "POST", body: JSON.stringify({ ${fields} }) });`;
const form = (fields: string, url = "TOKENS"): string => `const answer = await fetch(${url}, { method: "POST", body: new URLSearchParams({ ${fields} }).toString() });`;
const REFUSED = 'if (!answer.ok) return new Response("No", { status: 400 });';
const WRITE = 'await redis.lpush("users", "1");';

type Case = readonly [name: string, verdict: Verdict, body: string, helper?: string];

const CASES: readonly Case[] = [
  ["the exchange alone", "nobody", json(`${KEYS}, code`)],
  ["the same as a form", "nobody", form(`grant_type: "authorization_code", ${KEYS}, code`, '"https://auth.example.com/realms/a/protocol/openid-connect/token"')],
  ["in the address", "nobody", "await fetch('https://example.com/oauth/v2/accessToken?grant_type=authorization_code&code=' + code + '&client_secret=' + process.env.GITHUB_SECRET, { method: 'POST' });"],
  ["by axios", "nobody", `await axios.post(TOKENS, { ${KEYS}, code });`],
  ["what the caller's token is for", "nobody", `${json(`${KEYS}, code`)}\n  const { access_token } = await answer.json();\n  await fetch("https://api.github.com/user", { headers: { authorization: \`Bearer \${access_token}\` } });`],
  ["what the server's own key is for, beside it", "anyone", `${json(`${KEYS}, code`)}\n  const { access_token } = await answer.json();\n  await fetch("https://api.example.com/people", { headers: { authorization: \`Bearer \${access_token}\`, "x-key": process.env.PEOPLE_KEY } });`],
  ["what is done for those who have one", "nobody", `${json(`${KEYS}, code`)}\n  ${REFUSED}\n  ${WRITE}`],
  ["the same, told by the token", "nobody", `${json(`${KEYS}, code`)}\n  const data = await answer.json();\n  if (!data.access_token) return new Response("No", { status: 400 });\n  ${WRITE}`],
  ["mail for those who have one", "any signed-in caller", `${json(`${KEYS}, code`)}\n  ${REFUSED}\n  await resend.emails.send(mail);`],
  ["by a library", "nobody", `const tokens = await github.validateAuthorizationCode(code);\n  ${WRITE}`],
  ["by Google's", "nobody", `const { tokens } = await google.getToken(code);\n  ${WRITE}`],

  ["in a helper", "nobody", `await exchange(code);\n  ${WRITE}`, `async function exchange(code) { ${json(`${KEYS}, code`)} if (!answer.ok) throw new Error("No"); return answer.json(); }`],
  ["in a helper that answers", "nobody", `const tokens = await exchange(code);\n  if (!tokens) return new Response("No", { status: 400 });\n  ${WRITE}`, `async function exchange(code) { ${json(`${KEYS}, code`)} if (!answer.ok) return null; return answer.json(); }`],

  ["in a helper, for a code that is there for everybody", "anyone", `await exchange("a1b2");\n  ${WRITE}`, `async function exchange(code) { ${json(`${KEYS}, code`)} if (!answer.ok) throw new Error("No"); return answer.json(); }`],
  ["what is done whatever the provider says", "anyone", `${json(`${KEYS}, code`)}\n  ${WRITE}`],
  ["what is done before", "anyone", `${WRITE}\n  ${json(`${KEYS}, code`)}\n  ${REFUSED}`],
  ["a provider that the caller names", "anyone", `${json(`${KEYS}, code`, "`https://${searchParams.get('shop')}/admin/oauth/access_token`")}\n  ${REFUSED}\n  ${WRITE}`],
  ["one that he may name", "anyone", `${json(`${KEYS}, code`, 'searchParams.get("tokens") ?? TOKENS')}\n  ${REFUSED}\n  ${WRITE}`],
  ["a part of a host that he names", "anyone", `${json(`${KEYS}, code`, "`https://login.${searchParams.get('region')}/oauth/token`")}\n  ${REFUSED}\n  ${WRITE}`],
  ["a token for the server itself", "anyone", form(`grant_type: "client_credentials", ${KEYS}`, '"https://login.example.com/oauth/token"')],
  ["the same, with a code beside it", "anyone", form(`grant_type: "client_credentials", ${KEYS}, code`, '"https://login.example.com/oauth/token"')],
  ["a code of the server's own", "anyone", `${json(`${KEYS}, code: process.env.GITHUB_CODE`)}\n  ${REFUSED}\n  ${WRITE}`],
  ["a code for everybody", "anyone", `${json(`${KEYS}, code: "a1b2"`)}\n  ${REFUSED}\n  ${WRITE}`],
  ["a message with a code", "anyone", `await fetch("https://sms.example.com/messages", { method: "POST", body: JSON.stringify({ ${KEYS}, code }) });`],
  ["a service that is asked with a key, and gets a code", "anyone", 'await fetch("https://coupons.example.com/token", { method: "POST", headers: { authorization: process.env.COUPONS_KEY }, body: JSON.stringify({ code }) });'],
  ["those who have no code", "anyone", `${json(`${KEYS}, code`)}\n  if (answer.ok) return Response.json({});\n  ${WRITE}`],
  ["an error that is swallowed", "anyone", `try { await github.validateAuthorizationCode(code); } catch { console.log("no"); }\n  ${WRITE}`],
];

describe("the exchange of a code of OAuth", () => {
  it.each(CASES)("%s: %s", (_, verdict, body = "", helper = "") => {
    expect(verdictOf(project(body, helper), ROUTE)).toBe(verdict);
  });
});
