import rule from "../../src/rules/require-ratelimit-protection.ts";
import { edited } from "../helpers/limiter-cases.ts";
import { marked } from "../helpers/marks.ts";
import type { ProjectFiles } from "../helpers/project.ts";
import { runRule } from "../helpers/rule-tester.ts";

const PACKAGES = 'import { Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\n\n';
const BASE = 'redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s")';
const LIB: ProjectFiles = { "lib/ratelimit.ts": `${PACKAGES}export const ratelimit = new Ratelimit({ ${BASE}, enableProtection: true });\nexport const open = new Ratelimit({ ${BASE}, enableProtection: false });\n` };
const IMPORT = 'import { open, ratelimit } from "@/lib/ratelimit";\n\nvoid open;\n';
const DETAILS = 'ip: request.headers.get("x-real-ip") ?? undefined, userAgent: request.headers.get("user-agent") ?? undefined';

type Edits = readonly (readonly [from: string, to: string])[];
interface Case {
  readonly name: string;
  readonly code: string;
  readonly filename?: string;
  readonly files?: ProjectFiles;
}
interface Told extends Case {
  readonly enable?: Edits;
  readonly decide?: Edits;
  readonly tell?: Edits;
  /** The version that brought the option, where the project asks for an older one. */
  readonly since?: string;
}

const route = (call: string, above = IMPORT): string => `${above}
export async function POST(request: Request) {
  const { success } = await ${call};
  return new Response(await request.text(), { status: success ? 200 : 429 });
}
`;
const made = (options: string): string => `${PACKAGES}export const ratelimit = new «Ratelimit»({ ${options} });\n`;
const based = ({ name, code, filename, files }: Case): object => ({ name, code: marked(code).code, filename: filename ?? "app/api/note/route.ts", files: { ...LIB, ...files } });

const lib = (name: string, options: string): Case => ({ name, filename: "lib/own.ts", code: made(options) });

/** A package that asks for these versions of the SDK. */
const asking = (range: string): ProjectFiles => ({ "package.json": JSON.stringify({ name: "app", type: "module", dependencies: { "@upstash/ratelimit": range, "@upstash/redis": "1" } }) });

const valid: readonly Case[] = [
  { ...lib("off, also with an SDK that does not know it", `${BASE}, enableProtection: false`), files: asking("^0.4.0") },
  lib("on", `${BASE}, enableProtection: true`),
  lib("off: a decision", `${BASE}, enableProtection: false`),
  lib("as the environment says", `${BASE}, enableProtection: Boolean(process.env.PROTECT)`),
  { name: "in several regions: there is no such option", filename: "lib/own.ts", code: 'import { MultiRegionRatelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\nexport const a = new MultiRegionRatelimit({ redis: [Redis.fromEnv()], limiter: MultiRegionRatelimit.fixedWindow(5, "1 m") });\n' },
  { name: "options that are not known", filename: "lib/own.ts", code: `${PACKAGES}export const make = (options: ConstructorParameters<typeof Ratelimit>[0]) => new Ratelimit(options);\n` },
  { name: "a test", filename: "tests/own.test.ts", code: made(BASE) },
  { name: "the address is told", code: route('ratelimit.limit("id", { ip: request.headers.get("x-real-ip") ?? "" })') },
  { name: "the user agent is told", code: route('ratelimit.limit("id", { userAgent: request.headers.get("user-agent") ?? "" })') },
  { name: "the country is told", code: route('ratelimit.limit("id", { country: "DE" })') },
  { name: "details in a variable", code: route('ratelimit.limit("id", details)', `${IMPORT}const details = { ip: "::1" };\n`) },
  { name: "details of a function", code: route('ratelimit.limit("id", detailsOf(request))', `${IMPORT}const detailsOf = (request: Request) => ({ ip: request.headers.get("x-real-ip") ?? "" });\n`) },
  { name: "details that are not known", code: route('ratelimit.limit("id", JSON.parse(await request.text()) as object)') },
  { name: "the identifier is the address", code: route('ratelimit.limit(request.headers.get("x-forwarded-for") ?? "")') },
  { name: "the identifier is the address, by a helper", code: route("ratelimit.limit(getClientIp(request))", `${IMPORT}const getClientIp = (request: Request) => request.url;\n`) },
  { name: "a limiter without protection", code: route('open.limit("id")') },
  { name: "a limiter that is not known", filename: "lib/own.ts", code: 'import type { Ratelimit } from "@upstash/ratelimit";\nexport const ask = (limiter: Ratelimit) => limiter.limit("id");\n' },
  { name: "another method", code: route('ratelimit.getRemaining("id").then(({ remaining }) => ({ success: remaining > 0 }))') },
];

const invalid: readonly Told[] = [
  ...["^0.4.0", "0.4.4", "~1.1.3", "1.1", "1.1.x"].map((range) => ({ ...lib(`an SDK without protection: ${range}`, BASE), files: asking(range), since: "1.2" })),
  ...["^1.1.3", "^1.1.0-canary.1", "~1.2.0", "1", "1.x", "^2.0.0", "*", ">=1.0.0", "1.1.3 || 2", "latest", "workspace:*"].map((range) => ({
    ...lib(`an SDK that may have it: ${range}`, BASE),
    files: asking(range),
    enable: [['"10 s") }', '"10 s"), enableProtection: true }']] as Edits,
    decide: [['"10 s") }', '"10 s"), enableProtection: false }']] as Edits,
  })),
  { ...lib("in one line", BASE), enable: [['"10 s") }', '"10 s"), enableProtection: true }']], decide: [['"10 s") }', '"10 s"), enableProtection: false }']] },
  { ...lib("other options", `${BASE}, analytics: true`), enable: [["analytics: true", "analytics: true, enableProtection: true"]], decide: [["analytics: true", "analytics: true, enableProtection: false"]] },
  { ...lib("a threshold without protection", `${BASE}, denyListThreshold: 4`), enable: [["Threshold: 4", "Threshold: 4, enableProtection: true"]], decide: [["Threshold: 4", "Threshold: 4, enableProtection: false"]] },
  { ...lib("in lines", `\n  ${BASE}, // numbers\n`), enable: [['"10 s"), //', '"10 s"),\n  enableProtection: true, //']], decide: [['"10 s"), //', '"10 s"),\n  enableProtection: false, //']] },
  { name: "options in a variable", filename: "lib/own.ts", code: `${PACKAGES}const options = { ${BASE} };\nexport const own = new «Ratelimit»(options);\n`, enable: [["(options)", "({ ...options, enableProtection: true })"]], decide: [["(options)", "({ ...options, enableProtection: false })"]] },
  {
    name: "with the call in the file",
    code: route('own.limit("id")', `${PACKAGES}const own = new «Ratelimit»({ ${BASE} });\n`),
    enable: [['"10 s") }', '"10 s"), enableProtection: true }'], ['limit("id")', `limit("id", { ${DETAILS} })`]],
    decide: [['"10 s") }', '"10 s"), enableProtection: false }']],
  },
  {
    name: "with a call in the file that has no request at hand",
    filename: "server/own.js",
    files: { "package.json": '{ "name": "plain", "type": "module" }\n' },
    code: `${PACKAGES}const own = new «Ratelimit»({ ${BASE} });\nexport const ask = (id) => own.limit(id);\n`,
    decide: [['"10 s") }', '"10 s"), enableProtection: false }']],
  },
  { name: "nothing is told", code: route('«ratelimit.limit»("id")'), tell: [['limit("id")', `limit("id", { ${DETAILS} })`]] },
  { name: "only a rate", code: route('«ratelimit.limit»("id", { rate: 2 })'), tell: [["rate: 2", `rate: 2, ${DETAILS}`]] },
  { name: "an empty object", code: route('«ratelimit.limit»("id", {})'), tell: [["{})", `{ ${DETAILS} })`]] },
  { name: "a prefix before the address, which no list holds", code: route('«ratelimit.limit»(`note:${request.headers.get("x-real-ip")}`)'), tell: [['ip")}`)', `ip")}\`, { ${DETAILS} })`]] },
  { name: "a rate in a variable", code: route('«ratelimit.limit»("id", options)', `${IMPORT}const options = { rate: 2 };\n`) },
  {
    name: "in a server action",
    filename: "app/actions.ts",
    code: `"use server";\n${IMPORT}\nexport async function send() {\n  return (await «ratelimit.limit»("id")).success;\n}\n`,
    tell: [
      ['import { open, ratelimit } from "@/lib/ratelimit";', 'import { open, ratelimit } from "@/lib/ratelimit";\nimport { headers } from "next/headers";'],
      ['limit("id")', 'limit("id", { ip: (await headers()).get("x-real-ip") ?? undefined, userAgent: (await headers()).get("user-agent") ?? undefined })'],
    ],
  },
  {
    name: "Express",
    filename: "src/app.ts",
    code: 'import express from "express";\nimport { ratelimit } from "../lib/ratelimit";\n\nexport const app = express();\napp.get("/", async (req, res) => {\n  const { success } = await «ratelimit.limit»("id");\n  res.status(success ? 200 : 429).end();\n});\n',
    tell: [['limit("id")', 'limit("id", { ip: req.ip, userAgent: req.get("user-agent") })']],
  },
  {
    name: "Hono",
    filename: "src/app.ts",
    code: 'import { Hono } from "hono";\nimport { ratelimit } from "../lib/ratelimit";\n\nexport const app = new Hono();\napp.get("/", async (c) => {\n  const { success } = await «ratelimit.limit»("id");\n  return c.text("", success ? 200 : 429);\n});\n',
    tell: [['limit("id")', 'limit("id", { ip: c.req.header("x-real-ip"), userAgent: c.req.header("user-agent") })']],
  },
  {
    name: "the pages router",
    filename: "pages/api/note.ts",
    code: 'import type { NextApiRequest, NextApiResponse } from "next";\nimport { ratelimit } from "@/lib/ratelimit";\n\nexport default async function handler(req: NextApiRequest, res: NextApiResponse) {\n  const { success } = await «ratelimit.limit»("id");\n  res.status(success ? 200 : 429).end();\n}\n',
    tell: [['limit("id")', 'limit("id", { ip: String(req.headers["x-real-ip"] ?? req.socket.remoteAddress), userAgent: req.headers["user-agent"] })']],
  },
];

runRule("require-ratelimit-protection", rule, {
  valid: valid.map((one) => based(one) as never),
  invalid: invalid.map(({ enable, decide, tell, since, ...one }) => {
    const { code, places } = marked(one.code);
    const suggestions = Object.entries({ enable, decide, tell }).flatMap(([messageId, edits]) => (edits ? [{ messageId, output: edited(code, ...edits) }] : []));
    const isBlind = one.code.includes("«ratelimit.limit»");
    const told = since === undefined ? { messageId: isBlind ? "blind" : "off" } : { messageId: "outdated", data: { since } };
    return { ...based(one), errors: places.map((place) => ({ ...told, ...place, suggestions })) } as never;
  }),
});
