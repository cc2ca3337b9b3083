import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/no-path-injection.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import { marked } from "../../helpers/marks.ts";
import type { ProjectFiles } from "../../helpers/project.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { syntaxMatrix } from "../../helpers/syntax-matrix.ts";

const FILE = "lib/kv.ts";
const ROUTE = "app/api/items/route.ts";
const URL_OF = "const url = process.env.UPSTASH_REDIS_REST_URL!;\n";
const VECTOR = 'import { Index } from "@upstash/vector";\nconst index = new Index();\n';
const CHAT = 'import { RAGChat } from "@upstash/rag-chat";\nconst chat = new RAGChat();\n';
const QSTASH = 'import { Client } from "@upstash/qstash";\nconst client = new Client({ token: process.env.QSTASH_TOKEN! });\n';

const helper = (body: string): string => `${URL_OF}export async function get(key: string) {\n${body}\n}`;
const post = (body: string, head = URL_OF): string => `${head}export async function POST(request: Request) {\nconst body = await request.json();\n${body}\n}`;

const valid = (name: string, code: string, filename = FILE, files?: ProjectFiles) => ({ name, filename, code, ...(files ? { files } : {}) });

interface Expected {
  /** In the message. */
  readonly What: string;
  /** What replaces the marked text. */
  readonly to: string;
  readonly filename?: string;
  readonly files?: ProjectFiles;
}

/** A value of a path, written as `«…»`, whose mend is a suggestion, or a fix. */
function raw(kind: "encode" | "each" | "fix", name: string, source: string, { What, to, filename = FILE, files }: Expected) {
  const { code, places } = marked(source);
  const output = source.replace(/«[^»]*»/u, () => to);
  const suggestions = kind === "fix" ? [] : [{ messageId: kind, output }];
  return {
    name,
    filename,
    code,
    errors: [{ messageId: "raw" as const, data: { What }, ...places[0], suggestions }],
    ...(kind === "fix" ? { output } : {}),
    ...(files ? { files } : {}),
  };
}

const KEY: Expected = { What: "`key`", to: "encodeURIComponent(key)" };

/** An argument of a client's method, written as `«…»`. */
function sdk(name: string, source: string, What: string, label: string, to: string | undefined, extra: { readonly through?: string; readonly files?: ProjectFiles } = {}) {
  const { code, places } = marked(source);
  return {
    name,
    filename: ROUTE,
    code,
    errors: [
      {
        messageId: "sdk" as const,
        data: { What, label, through: extra.through ?? "" },
        ...places[0],
        suggestions: to === undefined ? [] : [{ messageId: "encode" as const, output: source.replace(/«[^»]*»/u, () => to) }],
      },
    ],
    ...(extra.files ? { files: extra.files } : {}),
  };
}

const NS = "`ns` of the request's body";

runRule("no-path-injection", rule, {
  valid: [
    valid("encoded", helper("return fetch(`${url}/get/${encodeURIComponent(key)}`);")),
    valid("encoded before", helper("const name = encodeURIComponent(key);\nreturn fetch(`${url}/get/${name}`);")),
    valid("constants", `${URL_OF}const KEY = "visits";\nexport const get = () => fetch(\`\${url}/get/\${KEY}\`);`),
    valid("a number by its type", `${URL_OF}export const get = (id: number) => fetch(\`\${url}/get/\${id}\`);`),
    valid("a number made of input", post("return fetch(`${url}/get/${Number(body.id)}`);"), ROUTE),
    valid("a list of constants by its type", `${URL_OF}export const get = (key: "a" | "b") => fetch(\`\${url}/get/\${key}\`);`),
    valid("keys of an object by type", `${URL_OF}const KEYS = { a: 1, b: 2 };\nexport const get = (key: keyof typeof KEYS) => fetch(\`\${url}/get/\${key}\`);`),
    valid("a random id", `${URL_OF}export const add = () => fetch(\`\${url}/incr/\${crypto.randomUUID()}\`);`),
    valid("the time", `${URL_OF}export const add = () => fetch(\`\${url}/incr/\${Date.now()}\`);`),
    valid("a list is asked", post('if (!["a", "b"].includes(body.id)) return;\nreturn fetch(`${url}/get/${body.id}`);'), ROUTE),
    valid("a table is asked", post("const TABLE: Record<string, string> = { a: \"x\" };\nreturn fetch(`${url}/get/${TABLE[body.id]}`);"), ROUTE),
    valid("a pattern is asked of an argument", helper('if (!/^[\\w-]+$/.test(key)) throw new Error("bad key");\nreturn fetch(`${url}/get/${key}`);')),
    valid("slashes are replaced", helper('return fetch(`${url}/get/${key.replace(/\\//g, "_")}`);')),
    valid("all but some characters are replaced", helper('return fetch(`${url}/get/${key.replace(/[^a-z0-9]/g, "")}`);')),
    valid("each part is encoded", `${URL_OF}export const redis = (...words: string[]) => fetch(\`\${url}/\${words.map(encodeURIComponent).join("/")}\`);`),
    valid("each part is encoded by an arrow", `${URL_OF}export const redis = (...words: string[]) => fetch(\`\${url}/\${words.map((word) => encodeURIComponent(word)).join("/")}\`);`),
    valid("the command is sent in the body", helper('return fetch(url, { method: "POST", body: JSON.stringify(["GET", key]) });')),
    valid("commands of a pipeline", helper('return fetch(`${url}/pipeline`, { method: "POST", body: JSON.stringify([["GET", key]]) });')),
    valid("what a session says", post("const session = await auth();\nreturn fetch(`${url}/get/user:${session.user.id}`);"), ROUTE),
    valid("a row of a database", post("const post = await db.post.findFirst();\nreturn fetch(`${url}/get/${post.slug}`);"), ROUTE),
    valid("a function that only gets constants", `${URL_OF}const get = (key: string) => fetch(\`\${url}/get/\${key}\`);\nexport const both = () => [get("a"), get("b")];`),
    valid("a function whose callers ask a list", post('if (body.id !== "a") return;\nreturn get(body.id);', `${URL_OF}const get = (key: string) => fetch(\`\${url}/get/\${key}\`);\n`), ROUTE),
    valid("keys of a constant list", `${URL_OF}export const all = () => Promise.all(["a", "b"].map((key) => fetch(\`\${url}/get/\${key}\`)));`),
    valid("a whole path, which its callers put together", `${URL_OF}export const kv = (path: string) => fetch(\`\${url}\${path}\`);`),
    valid("a helper of another file that joins: it is that file's", post('return redis("get", body.id);', 'import { redis } from "@/lib/redis-rest";\n'), ROUTE, {
      "lib/redis-rest.ts": `${URL_OF}export const redis = (...words: string[]) => fetch(\`\${url}/\${words.join("/")}\`);`,
    }),
    valid("the name of the command: no-untrusted-command", `${URL_OF}export const run = (command: string) => fetch(\`\${url}/\${command}\`);`),
    valid("a destination, which QStash takes as it is", 'export const send = (to: string) => fetch(`https://qstash.upstash.io/v2/publish/${to}`, { method: "POST" });'),
    valid("another host", `${URL_OF}export const get = (key: string) => fetch(\`https://api.example.com/\${key}\`);`),
    valid("an address in a log", helper("console.log(`${url}/get/${key}`);")),
    valid("a region in the host", 'export const get = (region: string) => fetch(`https://${region}.upstash.io/get/visits`);'),
    valid("a test", helper("return fetch(`${url}/get/${key}`);"), "lib/kv.test.ts"),
    valid("a namespace of the session's user", post("const user = await currentUser();\nawait index.namespace(user.id).query({ data: body.text, topK: 1 });", VECTOR), ROUTE),
    valid("an encoded namespace", post("await index.namespace(encodeURIComponent(body.ns)).query({ data: body.text, topK: 1 });", VECTOR), ROUTE),
    valid("a namespace by a schema", post("const { ns } = z.object({ ns: z.enum([\"a\", \"b\"]) }).parse(body);\nawait index.namespace(ns).query({ data: body.text, topK: 1 });", `import { z } from "zod";\n${VECTOR}`), ROUTE),
    valid("an encoded namespace of a chat", post("await chat.chat(body.question, { namespace: encodeURIComponent(body.ns) });", CHAT), ROUTE),
    valid("a namespace of a chat from a list", post('if (!["a", "b"].includes(body.ns)) return;\nawait chat.chat(body.question, { namespace: body.ns });', CHAT), ROUTE),
    valid("a namespace of another chat", post("await chat.chat(body.question, { namespace: body.ns });", 'import { RAGChat } from "./chats";\nimport "@upstash/rag-chat";\nconst chat = new RAGChat();\n'), ROUTE),
    valid("the session of a chat is a key", post("await chat.chat(body.question, { sessionId: body.ns });", CHAT), ROUTE),
    valid("ids in a list are sent in the query", post("await client.messages.cancel([body.id]);", QSTASH), ROUTE),
    valid("a channel that is published to goes into the body", post('await redis.publish(body.room, "hi");', 'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\n'), ROUTE),
    valid("the app's own address, where QStash finds it", "const base = process.env.UPSTASH_WORKFLOW_URL ?? \"http://localhost:3000\";\nexport const start = (route: string) => fetch(`${base}/flows/${route}`, { method: \"POST\" });"),
    valid("the app's own address, beside Upstash's", `${URL_OF}export const start = async (route: string) => [await fetch(url), await fetch(\`\${process.env.UPSTASH_WORKFLOW_URL}/flows/\${route}\`)];`),
    valid("a method of a component, whose calls give constants", `import React from "react";\nexport class Prices extends React.Component {\n  async load(code) { return fetch(\`https://eu1-x-12345.upstash.io/get/\${code}\`); }\n  render() { return <a onClick={() => this.load("1")} onFocus={() => this.load("2")} />; }\n}`, "components/prices.jsx"),
    valid("a private method whose calls give constants", "export class Kv {\n  #get(key: string) { return fetch(`${process.env.UPSTASH_REDIS_REST_URL}/get/${key}`); }\n  visits() { return this.#get(\"visits\"); }\n}"),
    valid("a method that is declared private", "export class Kv {\n  private get(key: string) { return fetch(`${process.env.UPSTASH_REDIS_REST_URL}/get/${key}`); }\n  visits() { return this.get(\"visits\"); }\n}"),
    valid("behind a secret of another file", post('if (request.headers.get("authorization") !== `Bearer ${NOTIFIER_SECRET}`) return new Response("no", { status: 401 });\nawait client.messages.delete(body.id);', `import { NOTIFIER_SECRET } from "@/lib/secrets";\n${QSTASH}`), ROUTE, { "lib/secrets.ts": "export const NOTIFIER_SECRET = process.env.NOTIFIER_SECRET!.slice(0, 10);" }),
    valid("behind a secret of another file by any name", post('if (request.headers.get("authorization") !== `Bearer ${cron}`) return new Response("no", { status: 401 });\nawait client.messages.delete(body.id);', `import { cron } from "@/lib/secrets";\n${QSTASH}`), ROUTE, { "lib/secrets.ts": "export const cron = process.env.CRON_SECRET;" }),
    valid("behind a secret, in a function that runs later", post('if (request.headers.get("authorization") !== `Bearer ${process.env.CRON_SECRET}`) return new Response("no", { status: 401 });\nconst later = async () => { await client.messages.delete(body.id); };\nwaitUntil(later());', `import { waitUntil } from "@vercel/functions";\n${QSTASH}`), ROUTE),
    valid("vector ids go into the body", post("await index.delete([body.id]);", VECTOR), ROUTE),
    valid("another library's namespace", post("await index.namespace(body.ns).query({});", 'import { Pinecone } from "@pinecone-database/pinecone";\nimport "@upstash/redis";\nconst index = new Pinecone().index("a");\n'), ROUTE),
  ],
  invalid: [
    raw("encode", "an argument", helper("return fetch(`${url}/get/${«key»}`);"), KEY),
    raw("encode", "without types", "const url = process.env.KV_REST_API_URL;\nexport async function get(key) {\n  return fetch(`${url}/get/${«key»}`);\n}", { ...KEY, filename: "lib/kv.js" }),
    raw("encode", "the last of several", `${URL_OF}export const set = (key: string, value: string) => fetch(\`\${url}/set/\${encodeURIComponent(key)}/\${«value»}\`);`, { What: "`value`", to: "encodeURIComponent(value)" }),
    raw("encode", "behind a prefix", helper("return fetch(`${url}/get/user:${«key»}`);"), KEY),
    raw("encode", "in a concatenation", helper('return fetch(url + "/get/" + «key»);'), KEY),
    raw("encode", "a variable that is the address", helper("const address = `${url}/get/${«key»}`;\nreturn fetch(address);"), KEY),
    raw("encode", "a host that is written out", 'export const get = (key: string) => fetch(`https://eu1-x-12345.upstash.io/get/${«key»}`);', KEY),
    raw("encode", "in the query", helper('return fetch(`${url}/set/a/b?EX=${«key»}`, { method: "POST" });'), KEY),
    raw("encode", "by new URL", helper("return fetch(new URL(`/get/${«key»}`, url));"), KEY),
    raw("encode", "by a Request", helper("return fetch(new Request(`${url}/get/${«key»}`));"), KEY),
    raw("encode", "a list that is written out", helper('return fetch([url, "get", «key»].join("/"));'), KEY),
    raw("encode", "a template that is an argument", `${URL_OF}const kv = (path: string) => fetch(\`\${url}\${path}\`);\nexport const get = (key: string) => kv(\`/get/\${«key»}\`);`, KEY),
    raw("encode", "a method of a class", "export class Kv {\n  url = process.env.UPSTASH_REDIS_REST_URL;\n  get(key: string) {\n    return fetch(`${this.url}/get/${«key»}`);\n  }\n}", KEY),
    raw("encode", "axios", 'import axios from "axios";\nexport const get = (key: string) => axios.get(`${process.env.UPSTASH_REDIS_REST_URL}/get/${«key»}`);', KEY),
    raw("encode", "an instance of axios", 'import axios from "axios";\nconst api = axios.create({ baseURL: process.env.UPSTASH_REDIS_REST_URL });\nexport const get = (key: string) => api.get(`/get/${«key»}`);', KEY),
    raw("encode", "axios with an object", 'import axios from "axios";\nexport const get = (key: string) => axios({ baseURL: process.env.UPSTASH_REDIS_REST_URL, url: `/get/${«key»}` });', KEY),
    raw("encode", "ky", 'import ky from "ky";\nexport const get = (key: string) => ky(`get/${«key»}`, { prefixUrl: process.env.UPSTASH_REDIS_REST_URL });', KEY),
    raw("encode", "got", 'import got from "got";\nexport const get = (key: string) => got(`${process.env.UPSTASH_REDIS_REST_URL}/get/${«key»}`);', KEY),
    raw("encode", "ofetch", 'import { ofetch } from "ofetch";\nexport const get = (key: string) => ofetch(`/get/${«key»}`, { baseURL: process.env.UPSTASH_REDIS_REST_URL! });', KEY),
    raw("encode", "a message of QStash", "export const get = (key: string) => fetch(`https://qstash.upstash.io/v2/messages/${«key»}`);", KEY),
    raw("encode", "an argument that may be nothing", `${URL_OF}export const get = (key?: string | null) => fetch(\`\${url}/get/\${«key»}\`);`, { What: "`key`", to: "encodeURIComponent(String(key))" }),
    raw("encode", "a function that others are handed input by", post("return get(body.id);", `${URL_OF}const get = (key: string) => fetch(\`\${url}/get/\${«key»}\`);\n`), { What: "`id` of the request's body", to: "encodeURIComponent(key)", filename: ROUTE }),
    raw("encode", "a length that is asked constrains nothing", helper('if (key.length > 100) throw new Error("too long");\nreturn fetch(`${url}/get/${«key»}`);'), KEY),
    raw("encode", "a wrapped function", `import { cache } from "react";\n${URL_OF}export const get = cache(async (key: string) => fetch(\`\${url}/get/\${«key»}\`));`, KEY),
    raw("encode", "a part of the route's path, which may be encoded", `${URL_OF}export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {\n  const { id } = await params;\n  return fetch(\`\${url}/get/\${«id»}\`);\n}`, { What: "The route parameter `id`", to: "encodeURIComponent(String(id))", filename: ROUTE }),
    raw("each", "joined words behind a domain, which a helper sends with an object of options", `const send = ({ url, ...init }: { url: string } & RequestInit) => fetch(url, init);\nexport const redis = (...words: string[]) => send({ url: \`https://\${process.env["UPSTASH_REDIS_REST_DOMAIN"]}/\${«words».join("/")}\` });`, { What: "`words`", to: "words.map((part) => encodeURIComponent(String(part)))" }),
    raw("each", "joined words", `${URL_OF}export const redis = (command: "get", ...words: (string | number)[]) => fetch(\`\${url}/\${command}/\${«words».join("/")}\`);`, { What: "`words`", to: "words.map((part) => encodeURIComponent(String(part)))" }),
    raw("each", "joined words as the whole path", `${URL_OF}export const redis = (words: unknown[]) => fetch(\`\${url}/\${«words».join("/")}\`);`, { What: "`words`", to: "words.map((part) => encodeURIComponent(String(part)))" }),
    raw("each", "words that are made texts", `${URL_OF}export const redis = (...words: unknown[]) => fetch(\`\${url}/\${«words.map(String)».join("/")}\`);`, { What: "`words.map(String)`", to: "words.map(String).map((part) => encodeURIComponent(String(part)))" }),
    raw("fix", "input of the body", post("return fetch(`${url}/get/${«body.id»}`);"), { What: "`id` of the request's body", to: "encodeURIComponent(String(body.id))", filename: ROUTE }),
    raw("fix", "input of the query", `${URL_OF}export async function GET(request: Request) {\n  const id = new URL(request.url).searchParams.get("id");\n  return fetch(\`\${url}/get/\${«id»}\`);\n}`, { What: "The query parameter `id`", to: "encodeURIComponent(String(id))", filename: ROUTE }),
    raw("fix", "encodeURI leaves slashes", helper("return fetch(`${url}/get/${«encodeURI»(key)}`);"), { What: "`encodeURI(key)`", to: "encodeURIComponent" }),
    raw("fix", "encodeURI, before", helper("const name = «encodeURI»(key);\nreturn fetch(`${url}/get/${name}`);"), { What: "`encodeURI(key)`", to: "encodeURIComponent" }),
    raw("fix", "a path for a helper of another file", post("return kv(`/get/${«body.id»}`);", 'import { kv } from "@/lib/redis-rest";\n'), {
      What: "`id` of the request's body",
      to: "encodeURIComponent(String(body.id))",
      filename: ROUTE,
      files: { "lib/redis-rest.ts": `${URL_OF}export const kv = (path: string) => fetch(\`\${url}\${path}\`);` },
    }),
    raw("fix", "an address of another file", post("return fetch(`${REDIS_URL}/get/${«body.id»}`);", 'import { REDIS_URL } from "@/lib/config";\n'), {
      What: "`id` of the request's body",
      to: "encodeURIComponent(String(body.id))",
      filename: ROUTE,
      files: { "lib/config.ts": "export const REDIS_URL = process.env.UPSTASH_REDIS_REST_URL!;" },
    }),
    sdk("a namespace", post("await index.namespace(«body.ns»).query({ data: body.text, topK: 1 });", VECTOR), NS, "namespace", "encodeURIComponent(String(body.ns))"),
    sdk("a prefix is no protection", post("await index.namespace(«`tenant-${body.ns}`»).query({ data: body.text, topK: 1 });", VECTOR), NS, "namespace", "encodeURIComponent(`tenant-${body.ns}`)"),
    sdk("a namespace in the options", post('await index.query({ data: "a", topK: 1 }, { namespace: «body.ns» });', VECTOR), NS, "namespace", "encodeURIComponent(String(body.ns))"),
    sdk("a namespace that is deleted", post("await index.deleteNamespace(«body.ns»);", VECTOR), NS, "namespace", "encodeURIComponent(String(body.ns))"),
    sdk("a namespace of a chat", post("await chat.chat(body.question, { namespace: «body.ns» });", CHAT), NS, "namespace", "encodeURIComponent(String(body.ns))"),
    sdk("a chat's context that is deleted", post("await chat.context.deleteEntireContext({ namespace: «body.ns» });", CHAT), NS, "namespace", "encodeURIComponent(String(body.ns))"),
    sdk("a search index", post('await Search.fromEnv().index(«body.ns»).search({ query: "a" });', 'import { Search } from "@upstash/search";\n'), NS, "index", "encodeURIComponent(String(body.ns))"),
    sdk("a channel", post("redis.subscribe(«body.ns»);", 'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\n'), NS, "channel", "encodeURIComponent(String(body.ns))"),
    raw("encode", "a method of a component that others call with input", 'import React from "react";\nexport class Prices extends React.Component {\n  async load(code) { return fetch(`https://eu1-x-12345.upstash.io/get/${«code»}`); }\n  pick(code) { return this.load(code); }\n  render() { return <a onClick={(event) => this.pick(event.target.value)} ref={this.load} />; }\n}', { What: "`code`", to: "encodeURIComponent(code)", filename: "components/prices.jsx" }),
    raw("encode", "a private method that a public one hands its argument", "export class Kv {\n  #get(key: string) { return fetch(`${process.env.UPSTASH_REDIS_REST_URL}/get/${«key»}`); }\n  get(key: string) { return this.#get(key); }\n}", KEY),
    raw("encode", "a public method, whatever the class gives it", 'export class Kv {\n  get(key: string) { return fetch(`${process.env.UPSTASH_REDIS_REST_URL}/get/${«key»}`); }\n  visits() { return this.get("visits"); }\n}', KEY),
    sdk("a function that runs later, and sooner as well", post('const later = async () => { await client.messages.delete(«body.ns»); };\nif (body.soon) await later();\nif (request.headers.get("authorization") !== `Bearer ${process.env.CRON_SECRET}`) return new Response("no", { status: 401 });\nawait later();', QSTASH), NS, "message id", "encodeURIComponent(String(body.ns))"),
    sdk("behind a row of a database that another file reaches with a secret", post('const row = await db.get("a");\nif (row.userId !== request.headers.get("x-user")) return new Response("no", { status: 401 });\nawait client.messages.delete(«body.ns»);', `import { db } from "@/lib/db";\n${QSTASH}`), NS, "message id", "encodeURIComponent(String(body.ns))", { files: { "lib/db.ts": 'import { Store } from "some-store";\nexport const db = new Store({ token: process.env.STORE_TOKEN });' } }),
    sdk("behind what another file holds and is no secret", post('if (request.headers.get("x-app") !== app) return new Response("no", { status: 401 });\nawait client.messages.delete(«body.ns»);', `import { app } from "@/lib/app";\n${QSTASH}`), NS, "message id", "encodeURIComponent(String(body.ns))", { files: { "lib/app.ts": 'export const app = "shop";' } }),
    sdk("a message id", post("await client.messages.delete(«body.ns»);", QSTASH), NS, "message id", "encodeURIComponent(String(body.ns))"),
    sdk("a member of the client by another name", post("const { messages } = client;\nawait messages.get(«body.ns»);", QSTASH), NS, "message id", "encodeURIComponent(String(body.ns))"),
    sdk("a queue", post('await client.queue({ queueName: «body.ns» }).enqueueJSON({ url: "https://a.example" });', QSTASH), NS, "queue name", "encodeURIComponent(String(body.ns))"),
    sdk("a schedule", post("await client.schedules.pause({ schedule: «body.ns» });", QSTASH), NS, "schedule id", "encodeURIComponent(String(body.ns))"),
    sdk("an event, shorthand", post('const { eventId } = body;\nawait client.notify({ «eventId», eventData: "a" });', 'import { Client } from "@upstash/workflow";\nconst client = new Client({ token: process.env.QSTASH_TOKEN! });\n'), "`eventId` of the request's body", "event id", "eventId: encodeURIComponent(String(eventId))"),
    sdk("a helper of another file", post("await searchIn(«body.ns»);", 'import { searchIn } from "@/lib/search";\n'), NS, "namespace", undefined, {
      through: " through `searchIn` (lib/search.ts)",
      files: { "lib/search.ts": `${VECTOR}export const searchIn = (name: string) => index.namespace(name).query({ data: "a", topK: 1 });` },
    }),
  ],
});

describe("syntax matrix", () => {
  it.each(syntaxMatrix.value("body.ns", (setup, expr) => post(`${setup}\nawait index.namespace(${expr} as string).query({ data: "a", topK: 1 });`, VECTOR)))("a namespace, $name", ({ code, files }) =>
    expect(lintMessages("no-path-injection", rule, { ...files, [ROUTE]: code }, ROUTE)).toHaveLength(1));
  it.each(syntaxMatrix.value("body.ns", (setup, expr) => post(`${setup}\nreturn fetch(\`\${url}/get/\${${expr}}\`);`)))("a path, $name", ({ code, files }) =>
    expect(lintMessages("no-path-injection", rule, { ...files, [ROUTE]: code }, ROUTE)).toHaveLength(1));
});
