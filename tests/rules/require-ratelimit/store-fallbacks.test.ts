import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Files that stand for a store where its variables are not set: the app that others can call has the store. Other work, and files that are
 * changed with a store, too, count as they do elsewhere.
 */

const ROUTE = "app/api/notes/route.ts";

const project = (kept: string): ProjectFiles => ({
  "lib/mock.ts": `import fs from "node:fs";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export async function save(key: string, value: string) {
  fs.writeFileSync(".data/" + key, value);
}
export async function saveAndTell(key: string, value: string) {
  fs.writeFileSync(".data/" + key, value);
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: key, text: value });
}
`,
  "lib/kv.ts": `import fs from "node:fs";
import { Redis } from "@upstash/redis";
import * as mock from "./mock";

const isLocal = !process.env.KV_REST_API_URL && !process.env.KV_URL;
const isLoud = process.env.LOUD === "1";
let client: Redis | null = null;
let late: typeof mock | null = null;

function getClient() {
  if (client) return client;
  const url = process.env.UPSTASH_REDIS_REST_URL?.trim();
  const token = process.env.UPSTASH_REDIS_REST_TOKEN?.trim();
  if (!url || !token) return null;
  client = new Redis({ url, token });
  return client;
}
function getBusyClient() {
  if (isLoud) return null;
  const url = process.env.UPSTASH_REDIS_REST_URL;
  if (!url) return null;
  return Redis.fromEnv();
}
function saveFile(key: string, value: string) {
  fs.writeFileSync(".data/" + key, value);
}

export async function keep(key: string, value: string) {
  ${kept}
}
`,
  [ROUTE]: `import { keep } from "@/lib/kv";

export async function POST(request: Request) {
  await keep("n", await request.text());
  return Response.json({});
}
`,
});

type Case = readonly [name: string, kept: string];

const WITHOUT: readonly Case[] = [
  ["a branch without variables", "if (isLocal) return mock.save(key, value);"],
  ["a module that is loaded there", "if (isLocal) {\n    if (!late) late = await import(\"./mock\");\n    return late.save(key, value);\n  }"],
  ["a function of the file", "if (isLocal) return saveFile(key, value);"],
  ["in its place", "if (isLocal) fs.writeFileSync(\".data/\" + key, value);"],
  ["one of two variables", "if (!process.env.UPSTASH_REDIS_REST_URL || !process.env.UPSTASH_REDIS_REST_TOKEN) saveFile(key, value);"],
  ["the other branch", "if (process.env.UPSTASH_REDIS_REST_URL) console.log(key);\n  else saveFile(key, value);"],
  ["behind a way out", "if (process.env.UPSTASH_REDIS_REST_URL) return console.log(key);\n  saveFile(key, value);"],
  ["where a helper makes no client", "const redis = getClient();\n  if (redis) return console.log(key);\n  saveFile(key, value);"],
  ["the same, compared", "const redis = getClient();\n  if (redis === null) saveFile(key, value);"],
  ["only for the loud, and without a store", "if (isLoud && isLocal) saveFile(key, value);"],
];

const WITH: readonly Case[] = [
  ["with a store, too", "saveFile(key, value);"],
  ["with a store", "if (!isLocal) saveFile(key, value);"],
  ["before it is asked", "saveFile(key, value);\n  if (isLocal) return;"],
  ["behind a branch that goes on", "if (process.env.UPSTASH_REDIS_REST_URL) console.log(key);\n  saveFile(key, value);"],
  ["where the store, or something else, is missing", "if (process.env.UPSTASH_REDIS_REST_URL && isLoud) console.log(key);\n  else saveFile(key, value);"],
  ["without a store, or for the loud", "if (isLocal || isLoud) saveFile(key, value);"],
  ["a variable of something else", "if (!process.env.SEARCH_PATH) saveFile(key, value);"],
  ["a public variable", "if (!process.env.NEXT_PUBLIC_KV_REST_API_URL) saveFile(key, value);"],
  ["a helper that makes no client for another reason", "const redis = getBusyClient();\n  if (!redis) saveFile(key, value);"],
  ["another place that has a store", "if (isLocal) mock.save(key, value);\n  else mock.save(key, value);"],
  ["mail beside the file", "if (isLocal) return mock.saveAndTell(key, value);"],
  ["what the caller sends", "if (!value) saveFile(key, value);"],
];

describe("files in the place of a store", () => {
  it.each(WITHOUT)("are a developer's: %s", (_, kept) => {
    expect(verdictOf(project(kept), ROUTE)).toBe("nobody" satisfies Verdict);
  });

  it.each(WITH)("are anybody's: %s", (_, kept) => {
    expect(verdictOf(project(kept), ROUTE)).toBe("anyone" satisfies Verdict);
  });
});
