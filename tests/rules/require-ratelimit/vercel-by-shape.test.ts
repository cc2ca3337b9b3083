import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Vercel serves the `api` folder of any package without being told: its functions for Node.js are known by their shape. */

const FILE = "api/contact.ts";
const SEND = "await resend.emails.send(mail);";
const depending = (...names: readonly string[]): ProjectFiles => ({
  ...CLIENTS,
  "package.json": JSON.stringify({ name: "app", dependencies: Object.fromEntries(names.map((name) => [name, "1.0.0"])) }),
});
const IMPORT = 'import { mail, resend } from "../lib/clients.ts";\n';
const HANDLER = `${IMPORT}export default async function handler(req, res) {\n  ${SEND}\n  res.status(200).json({ ok: true });\n}\n`;

type Case = readonly [name: string, verdict: Verdict, code: string, files?: ProjectFiles, filename?: string];

const CASES: readonly Case[] = [
  ["a function of a static site", "anyone", HANDLER],
  ["an arrow", "anyone", `${IMPORT}export default async (request, response) => {\n  ${SEND}\n  response.end();\n};\n`],
  ["CommonJS", "anyone", `const { mail, resend } = require("../lib/clients.ts");\nmodule.exports = async (req, res) => {\n  ${SEND}\n  res.json({});\n};\n`],
  ["a folder inside", "anyone", HANDLER.replaceAll("../lib", "../../lib"), {}, "api/mail/send.ts"],
  ["with a test of its own", "anyone", HANDLER, { "api/contact.test.ts": 'import handler from "./contact.ts";\nhandler({}, {});\n' }],
  ["one that limits", "nobody", HANDLER.replace(SEND, `if (!(await checkRateLimit(req))) return res.status(429).end();\n  ${SEND}`).replace(IMPORT, `${IMPORT}import { checkRateLimit } from "some-limits";\n`)],
  ["one that refuses another method", "anyone", HANDLER.replace(SEND, `if (req.method !== "POST") return res.status(405).end();\n  ${SEND}`)],

  ["both taken out of one argument", "nobody", `${IMPORT}export default async function contact({ req, res }) {\n  ${SEND}\n  res.end();\n}\n`],
  ["a helper of such functions", "nobody", HANDLER.replaceAll("../lib", "../../lib"), {}, "api/_lib/contact.ts"],
  ["a client's call", "nobody", `${IMPORT}export default async function contact(message, token) {\n  const res = await fetch("/api/contact", { headers: { token } });\n  ${SEND}\n  return res.json();\n}\n`],
  ["a client's call with an answer", "nobody", `${IMPORT}export default async function contact(request) {\n  const res = await fetch("/api/contact", request);\n  ${SEND}\n  return res.json();\n}\n`],
  ["middleware", "nobody", `${IMPORT}export default async function contact(req, res, next) {\n  ${SEND}\n  res.setHeader("x-sent", "1");\n  next();\n}\n`],
  ["an Express controller", "nobody", HANDLER, depending("express")],
  ["a Next.js app's own folder", "nobody", HANDLER, depending("next")],
  ["called by a server of the project's own", "nobody", HANDLER, { "server.js": 'import http from "node:http";\nimport contact from "./api/contact.ts";\nhttp.createServer(contact).listen(3000);\n' }],
  ["loaded by a name that is made", "nobody", HANDLER, { "src/load.js": "export const load = (name) => import(`../api/${name}.js`);\n" }],
  ["a server of the project's own stands beside it", "nobody", HANDLER, { "server.js": 'import { createServer } from "node:http";\n' }],
  ["another platform's settings are there", "nobody", HANDLER, { "netlify.toml": "[build]\n" }],
  ["put into a container", "nobody", HANDLER, { Dockerfile: "FROM node\n" }],
  ["of a package that is made for others", "nobody", HANDLER, { "package.json": '{ "name": "app", "exports": { "./*": "./api/*.js" }, "dependencies": { "react": "1.0.0" } }\n' }],
  ["the package's own entry", "nobody", HANDLER, { "package.json": '{ "name": "app", "main": "./api/contact.ts", "dependencies": { "react": "1.0.0" } }\n' }],
  ["in a package with an entry of its own", "anyone", HANDLER, { "package.json": '{ "name": "app", "main": "main.js", "dependencies": { "react": "1.0.0" } }\n' }],
  ["further down", "nobody", HANDLER.replaceAll("../lib", "../../lib"), {}, "src/api/contact.ts"],
  ["an answer that nothing writes", "nobody", `${IMPORT}export default async function handler(req, res) {\n  ${SEND}\n  return { req, res };\n}\n`],
  ["a package that can't be read", "nobody", HANDLER, { "package.json": "{" }],
];

describe("functions of an `api` folder that nothing says is Vercel's", () => {
  for (const [name, verdict, code, files = {}, filename = FILE] of CASES) {
    it(`${name}: ${verdict}`, () => {
      expect(verdictOf({ ...depending("react", "@upstash/redis"), ...files, [filename]: code }, filename)).toBe(verdict);
    });
  }
});
