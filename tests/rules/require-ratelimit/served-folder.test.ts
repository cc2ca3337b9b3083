import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { dependingOn } from "./shared.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Vercel serves the `api` folder of a site without a setting that says so. */

const ROUTE = "api/notes.ts";
const PAGE = "<!doctype html>\n";
const PACKAGE: ProjectFiles = { ...CLIENTS, ...dependingOn("@upstash/redis", "resend", "react") };
const SITE: ProjectFiles = { ...PACKAGE, "index.html": PAGE };
const NOTE = `import { redis } from "../lib/clients";
export default async function handler(req, res) {
  if (req.method !== "POST") return res.status(405).end();
  await redis.lpush("notes", req.body.text);
  res.status(200).json({ ok: true });
}
`;
const COMMON = `const { redis } = require("../lib/clients");
module.exports = async (req, res) => {
  await redis.lpush("notes", req.body.text);
  res.json({ ok: true });
};
`;
const TYPED = `import { redis } from "../lib/clients";
const handler = async (request: any, response: any): Promise<void> => {
  await redis.lpush("notes", request.body.text);
  response.writeHead(200).end();
};
export default handler;
`;
const EDGE = `import { redis } from "../lib/clients";
export const config = { runtime: "edge" };
export default async function handler(request) {
  await redis.lpush("notes", await request.text());
  return new Response();
}
`;
const PASSCODE = `import { timingSafeEqual } from "node:crypto";
function isSame(a, b) {
  const one = Buffer.from(String(a));
  const other = Buffer.from(String(b));
  return one.length === other.length && timingSafeEqual(one, other);
}
export default function handler(req, res) {
  const expected = process.env.ADMIN_PASSCODE;
  const { passcode } = req.body || {};
  if (!isSame(passcode, expected)) return res.status(401).json({ ok: false });
  return res.status(200).json({ ok: true });
}
`;
const LIMITED = `import { Ratelimit } from "@upstash/ratelimit";
import { redis } from "../lib/clients";
const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });
export default async function handler(req, res) {
  const { success } = await ratelimit.limit(req.headers["x-real-ip"] ?? "");
  if (!success) return res.status(429).end();
  await redis.lpush("notes", req.body.text);
  res.status(200).json({ ok: true });
}
`;
const METHODS = `import { redis } from "../lib/clients";
export async function POST(request) {
  await redis.lpush("notes", await request.text());
  return new Response();
}
`;

type Case = readonly [name: string, verdict: Verdict, files: ProjectFiles];

const CASES: readonly Case[] = [
  ["a function beside a page", "anyone", { [ROUTE]: NOTE }],
  ["in a folder of the folder", "anyone", { "api/notes/[id].ts": NOTE.replace("../lib", "../../lib") }],
  ["in CommonJS", "anyone", { [ROUTE]: COMMON }],
  ["in TypeScript, with names of its own", "anyone", { "api/notes.ts": TYPED }],
  ["on the edge", "anyone", { [ROUTE]: EDGE }],
  ["an export of a method", "anyone", { [ROUTE]: METHODS }],
  ["a passcode that may be tried", "anyone", { [ROUTE]: PASSCODE }],
  ["loaded by a test, and by the server for development", "anyone", { [ROUTE]: NOTE, "tests/notes.test.js": 'import handler from "../api/notes";\n', "vite.config.js": 'import handler from "./api/notes";\n' }],

  ["behind a limiter", "nobody", { [ROUTE]: LIMITED }],
  ["what is no route by its name", "nobody", { "api/_lib/notes.ts": NOTE.replace("../lib", "../../lib") }],
  ["what another module loads", "nobody", { [ROUTE]: NOTE, "src/server.js": 'import handler from "../api/notes";\nhandler();\n' }],
  ["a server of the package mounts its routers", "nobody", { [ROUTE]: NOTE, ...dependingOn("express", "@upstash/redis") }],
  ["functions of another platform", "nobody", { [ROUTE]: NOTE, ...dependingOn("@azure/functions", "@upstash/redis") }],
  ["functions that answer by what they are handed first", "nobody", { [ROUTE]: NOTE.replaceAll("res.", "req.res.") }],
  ["a function with another use", "nobody", { [ROUTE]: 'import { redis } from "../lib/clients";\nexport default async function save(text, options) {\n  await redis.lpush("notes", text);\n  const answer = await fetch(options.url);\n  return answer.json();\n}\n' }],
  ["one that is handed a stream", "nobody", { [ROUTE]: 'import { redis } from "../lib/clients";\nexport default async function save(text) {\n  await redis.lpush("notes", text);\n  text.stream.write("x");\n}\n' }],
];

describe("the folder of a site", () => {
  it.each(CASES)("%s: %s", (_, verdict, files) => {
    expect(verdictOf({ ...SITE, ...files }, Object.keys(files).find((path) => path.startsWith("api/")) ?? ROUTE)).toBe(verdict);
  });

  it("with the page in a folder of its own", () => {
    expect(verdictOf({ ...PACKAGE, "public/index.html": PAGE, [ROUTE]: NOTE }, ROUTE)).toBe("anyone");
  });

  it("without a page it is some package's folder", () => {
    expect(verdictOf({ ...PACKAGE, [ROUTE]: NOTE }, ROUTE)).toBe("nobody");
  });
});
