import fc, { type GeneratorValue } from "fast-check";
import { EXPRESSIONS, EXPRESSION_WRAPS } from "./mutations.ts";
import type { Source } from "./sources.ts";

/*
 * Programs that use Upstash, by a grammar: each of its words is a form that rules ask about, so that rules do not stop
 * at their first question. Names are declared in the module's head, so that values lead somewhere.
 */

/** Where a program stands: what rules think of a file depends on it. */
const FILENAMES = [
  "app/api/items/route.ts", "app/api/items/[id]/route.tsx", "pages/api/items.ts", "pages/index.tsx", "app/actions.ts", "app/page.tsx", "components/form.tsx", "lib/redis.ts", "lib/store.client.ts", "middleware.ts", "proxy.ts",
  "src/routes/items/+server.ts", "src/routes/+page.server.ts", "src/routes/+page.ts", "server/api/items.post.ts", "src/index.ts", "server.js", "src/worker.mjs", "lib/old.cjs", "next.config.ts", "vite.config.ts", "nuxt.config.ts", "env.ts", "tests/items.test.ts",
] as const;

const DIRECTIVES = ["", "", "", "", "\"use client\";", "\"use server\";", "import \"server-only\";"] as const;

/** Names of packages and of what they export: each form of import below brings them under the same local names. */
const IMPORTED = [
  ["@upstash/redis", "Redis"], ["@upstash/redis/cloudflare", "Redis"], ["@upstash/redis/fastly", "Redis"], ["@upstash/ratelimit", "Ratelimit"], ["@upstash/qstash", "Client"], ["@upstash/qstash", "Receiver"], ["@upstash/vector", "Index"], ["@upstash/search", "Search"],
  ["@upstash/workflow/nextjs", "serve"], ["@upstash/qstash/nextjs", "verifySignatureAppRouter"], ["@upstash/lock", "Lock"], ["@upstash/kafka", "Kafka"], ["@vercel/kv", "kv"], ["ioredis", "IORedis"], ["@/lib/redis", "shared"], ["next/server", "after"], ["hono", "Hono"], ["zod", "z"],
] as const;

const CLIENTS = [
  "Redis.fromEnv()", "Redis.fromEnv({ automaticDeserialization: false })", "Redis.fromEnv(env)", "new Redis({ url: process.env.UPSTASH_REDIS_REST_URL!, token: process.env.UPSTASH_REDIS_REST_TOKEN! })",
  "new Redis({ url: \"https://example.upstash.io\", token: process.env.KV_REST_API_READ_ONLY_TOKEN })", "new Redis({ ...config, token })", "kv", "shared", "createClient({ url, token })", "new IORedis(process.env.REDIS_URL)", "new IORedis({ host: \"a.upstash.io\", tls: {} })", "globalThis.redis ??= Redis.fromEnv()", "make()", "new Proxy(Redis.fromEnv(), {})",
] as const;

const LIMITERS = [
  "Ratelimit.slidingWindow(10, \"10 s\")", "Ratelimit.fixedWindow(n, `${n} s`)", "Ratelimit.tokenBucket(1e9, \"1 ms\", 5)", "Ratelimit.cachedFixedWindow(5, 5 as never)", "limiter", "Ratelimit[\"slidingWindow\"](...args)",
] as const;

const COMMANDS = [
  "get", "set", "setex", "setnx", "getset", "hset", "hmset", "hget", "mset", "lpush", "sadd", "zadd", "xadd", "incr", "expire", "del", "keys", "scan", "flushdb", "flushall", "publish", "eval", "evalsha", "scriptLoad", "createScript", "json.set", "bitfield", "exec", "pipeline", "multi", "rename", "getdel", "getex", "persist", "ttl", "sendCommand", "call", "nope",
] as const;

const KEYS = ["\"key\"", "`user:${user.id}`", "`otp:${email}`", "\"session:\" + id", "email", "id", "request.url", "params.id", "KEYS.user(id)", "[\"a\", email]", "`*`", "pattern"] as const;

const VALUES = ["email", "user", "{ ...user }", "JSON.stringify(user)", "{ email, name: user.name }", "encrypt(email)", "hash(password)", "Math.random()", "crypto.randomUUID()", "String(code)", "Date.now()", "Buffer.from(email).toString(\"base64\")", "body", "body.token", "await request.text()", "true", "42"] as const;

const OPTIONS = ["{ ex: 60 }", "{ EX: 60 }", "{ px: \"60\" }", "{ ex: 60, px: 60 }", "{ ex: NaN }", "{ ex: ttl, nx: true }", "{ keepTtl: true }", "{ ...options }", "\"EX\", 60", "{ exat: Date.now() }", "options"] as const;

const SCRIPTS = ["\"return redis.call('get', KEYS[1])\"", "`return redis.call('get', '${id}')`", "\"return \" + id", "LUA", "LUA.replace(\"X\", id)"] as const;

const OTHER = [
  "qstash.publishJSON({ url: body.url, body: user })", "qstash.publish({ url: `${origin}/api/items`, body: email, headers: { \"Upstash-Forward-A\": request.headers.get(\"a\") } })", "qstash.schedules.create({ destination: request.url, cron: \"* * * * *\" })", "await receiver.verify({ signature, body: await request.text() })", "receiver.verify({ signature, body })",
  "index.upsert({ id, vector: [1], metadata: user })", "index.query({ data: q, topK: 1, filter: `owner = '${q}'` })", "index.namespace(body.ns).fetch([id])", "search.index(id).search({ query: q, filter: \"a = \" + q })", "fetch(`https://a.upstash.io/get/${id}?_token=${token}`)", "fetch(\"http://a.upstash.io/set/a/b\", { headers: { Authorization: `Bearer ${process.env.UPSTASH_REDIS_REST_TOKEN}` } })",
  "console.log(process.env.UPSTASH_REDIS_REST_TOKEN)", "console.error(redis, config)", "resend.emails.send({ to: email })", "openai.chat.completions.create({ messages: body })", "db.insert(users).values(body)", "prisma.user.create({ data: body })", "stripe.checkout.sessions.create({})", "res.json({ token })", "res.status(500).send(error.message)",
  "ratelimit.limit(ip)", "await ratelimit.limit(request.ip ?? \"\")", "(await ratelimit.limit(email, { rate: body.rate })).success", "ratelimit.blockUntilReady(id, 1000)", "ratelimit.getRemaining(id)", "after(pending)", "context.waitUntil((await ratelimit.limit(\"a\")).pending)", "ratelimit.setDynamicLimit({ limit: body.limit })", "new Ratelimit({ redis, limiter })", "Redis.fromEnv().get(id)",
] as const;

const WITHOUT_JSX = EXPRESSION_WRAPS.filter((wrap) => !wrap.includes("<div>"));

const HEAD = `const { email, name, password, token, code, id, q, ip, origin, flag, yes, n, ttl, options, args, pattern, signature, limiter, LUA, KEYS, url } = globalThis as any;
const user: { id: string; email: string; name?: string; passwordHash: string } = globalThis.user;
const config = { url: process.env.UPSTASH_REDIS_REST_URL, token: process.env.UPSTASH_REDIS_REST_TOKEN };
const { QSTASH_TOKEN = "", ...rest } = process.env;
let it: any;
`;

/** Programs for `fc.property`. */
export const programs: fc.Arbitrary<Source> = fc.gen().map((gen) => new Grammar(gen).program());

class Grammar {
  readonly #gen: GeneratorValue;
  /** How much there may still be: keeps programs small enough to read. */
  #budget = 40;
  #hasJsx = false;

  constructor(gen: GeneratorValue) {
    this.#gen = gen;
  }

  program(): Source {
    const filename = this.#one(FILENAMES);
    this.#hasJsx = /x$/u.test(filename);
    const isCommonJs = filename.endsWith(".cjs") || this.#upTo(9) === 0;
    const lines = [this.#one(DIRECTIVES), ...this.#imports(isCommonJs)];
    lines.push(HEAD.replaceAll(/ as any|: \{ id[^=]*(?= =)|: any/gu, /\.(?:js|mjs|cjs)$/u.test(filename) ? "" : "$&"));
    lines.push(this.#client(), this.#clients());
    const parts = 1 + this.#upTo(3);
    for (let part = 0; part < parts; part++) lines.push(this.#upTo(3) === 0 ? this.#helper(part) : this.#handler(part));
    if (isCommonJs) lines.push("module.exports = { redis, handler: handler0 };");
    // types are not JavaScript
    const code = `${lines.filter((line) => line !== "").join("\n")}\n`;
    return { name: "generated", filename: /\.(?:js|mjs|cjs)$/u.test(filename) && / as |!|: \w/u.test(code) ? `${filename}.ts` : filename, code };
  }

  #imports(isCommonJs: boolean): string[] {
    return IMPORTED.map(([source, name], index) => {
      const form = isCommonJs ? 4 + this.#upTo(2) : this.#upTo(8);
      switch (form) {
        case 0:
          return `import * as ns${index} from "${source}"; const { ${name}: ${name}${index} } = ns${index};`;
        case 1:
          return `import { ${name} as renamed${index} } from "${source}"; const ${name}${index} = renamed${index};`;
        case 2:
          return `import ${name}${index} from "${source}";`;
        case 3:
          return `const { ${name}: ${name}${index} } = await import("${source}");`;
        case 4:
          return `const { ${name}: ${name}${index} = null } = require("${source}");`;
        case 5:
          return `const ${name}${index} = require("${source}").${name};`;
        default:
          return `import { ${name} as ${name}${index} } from "${source}";`;
      }
    }).concat(IMPORTED.filter(([, name], index) => IMPORTED.findIndex(([, other]) => other === name) === index).map(([, name]) => {
      const indexes = IMPORTED.flatMap(([, other], index) => (other === name ? [index] : []));
      return `const ${name} = ${name}${this.#one(indexes)};`;
    }));
  }

  #client(): string {
    const client = this.#wrapped(this.#one(CLIENTS));
    switch (this.#upTo(6)) {
      case 0:
        return `class Store { static redis = ${client}; #own = ${client}; get redis() { return this.#own; } }\nconst redis = Store.redis;`;
      case 1:
        return `function make() { return ${client}; }\nconst redis = make();`;
      case 2:
        return `const clients = { redis: ${client}, get: () => clients.redis };\nconst { redis } = clients;`;
      case 3:
        return `let redis; redis = ${client}; if (flag) redis = ${this.#one(CLIENTS)};`;
      case 4:
        return `export const redis = ${client};`;
      default:
        return `const redis = ${client};`;
    }
  }

  #clients(): string {
    return `export const ratelimit = new Ratelimit({ redis, limiter: ${this.#one(LIMITERS)}${this.#one(["", ", analytics: true", ", analytics: false, enableProtection: true", ", timeout: 1", ", prefix: id", ", ...options"])} });
const qstash = new Client(${this.#one(["", "{}", "{ token: QSTASH_TOKEN }", "{ devMode: true }", "{ token: `${rest.QSTASH_TOKEN}` }"])});
const receiver = new Receiver(${this.#one(["", "{ currentSigningKey: process.env.QSTASH_CURRENT_SIGNING_KEY!, nextSigningKey: \"\" }", "undefined"])});
const index = new Index(); const search = new Search({ url, token });`;
  }

  #helper(part: number): string {
    const body = this.#block();
    return this.#one([
      `export async function helper${part}(request, body = {}, ...more) {\n${body}\n}`,
      `export const helper${part} = async ({ request, body }: any) => {\n${body}\n};`,
      `export const withLimit${part} = (inner) => async (request, ...more) => { const body = {}; ${body}\nreturn inner(request, ...more); };`,
      `export class Service${part} { constructor(private readonly redis = redis) {} async run(request, body) {\n${body}\n} static async *all(request, body) { yield* [${this.#expression()}]; } }`,
      `export type Row${part} = { email: string } & Record<string, unknown>;\nexport async function save${part}(row: Row${part}, request?, body?) {\n${body}\n}`,
    ]);
  }

  #handler(part: number): string {
    const body = this.#block();
    const wrap = (text: string): string => this.#one([text, text, `verifySignatureAppRouter(${text})`, `withAuth(${text})`, `(${text}) as any`, `serve(${text})`]);
    return this.#one([
      `export async function POST(request: Request, { params }) {\nconst body = await request.json();\n${body}\nreturn Response.json({ ok: true });\n}`,
      `export const GET${part} = ${wrap(`async (request) => {\nconst body = await request.json();\n${body}\nreturn new Response("ok");\n}`)};`,
      `export default async function handler${part}(request, res) {\nconst body = request.body;\n${body}\nres.status(200).json({});\n}`.replace("default ", part === 0 ? "default " : ""),
      `const app${part} = new Hono(); app${part}.use("*", async (c, next) => { const request = c.req; const body = {}; ${this.#block()} await next(); }); app${part}.post("/a/:id", async (c) => { const request = c.req; const body = await c.req.json();\n${body}\nreturn c.json({}); });`,
      `export async function action${part}(form: FormData) { "use server"; const request: any = form; const body = Object.fromEntries(form);\n${body}\n}`,
      `export const handler${part}b = { async fetch(request, env, context) { const body = await request.json();\n${body}\nreturn new Response(); } };`,
      `export const { POST: POST${part} } = serve(async (context) => { const request: any = context; const body = context.requestPayload;\nawait context.run("a", async () => {\n${body}\n});\n});`,
      `export const load${part} = async ({ request, params, locals }: any) => { const body = {};\n${body}\nreturn { config, token };\n};`,
      `export function Form${part}({ user: body, request = null }: any) { useEffect(() => { void (async () => {\n${body}\n})(); }, []); return <form onSubmit={async () => { ${this.#statement()} }}>{(${this.#one(EXPRESSIONS)})}</form>; }`,
    ].filter((text) => this.#hasJsx || !text.includes("<form")));
  }

  #block(): string {
    const count = 1 + this.#upTo(4);
    return Array.from({ length: count }, () => this.#statement()).join("\n");
  }

  #statement(): string {
    if (this.#budget-- <= 0) return ";";
    const expression = this.#expression();
    switch (this.#upTo(24)) {
      case 0:
        return `if (${this.#expression()}) {\n${this.#block()}\n} else ${this.#statement()}`;
      case 1:
        return `try {\n${this.#block()}\n} catch (error) { ${this.#statement()} } finally { ${this.#statement()} }`;
      case 2:
        return `for (const one of [${expression}]) { ${this.#statement()} ${this.#one(["continue;", "break;", ""])} }`;
      case 3:
        return `switch (${expression}) { case 1: { ${this.#statement()} } case ${this.#expression()}: break; default: ${this.#statement()} }`;
      case 4:
        return `outer: while (flag) { ${this.#statement()} do { if (yes) break outer; } while (${this.#expression()}); }`;
      case 5:
        return `const { success, pending, ...others${this.#budget} } = await ratelimit.limit(${this.#one(KEYS)}); ${this.#one(["", "if (!success) return new Response(null, { status: 429 });", "if (!success) throw new Error(\"no\");", "console.log(success);"])}`.replace("{ success, pending,", this.#fresh());
      case 6:
        return `const [first${this.#budget} = ${this.#one(EXPRESSIONS)}, ...tail${this.#budget}] = [${expression}];`;
      case 7:
        return `it = ${expression};`;
      case 8:
        return `const local${this.#budget} = ${expression}; void local${this.#budget};`;
      case 9:
        return `await (${expression}).then((it) => (${this.#expression()})).catch(() => undefined);`;
      case 10:
        return `const pipe${this.#budget} = redis.${this.#one(["pipeline", "multi"])}(); pipe${this.#budget}.set(${this.#one(KEYS)}, ${this.#one(VALUES)}).expire(${this.#one(KEYS)}, 60); await pipe${this.#budget}.exec();`;
      case 11:
        return `if (!(await ratelimit.limit(${this.#expression()})).success) return ${this.#one(["new Response(\"\", { status: 429 })", "undefined", "Response.json({}, { status: 429 })"])};`;
      case 12:
        return `throw new Error(${expression});`;
      case 13:
        return `async function inner${this.#budget}() { ${this.#statement()} return ${this.#expression()}; } inner${this.#budget}();`;
      case 14:
        return `return ${expression};`;
      default:
        return `${this.#one(["await ", "", "void ", "const _ = "]).replace("_", `r${this.#budget}`)}(${expression});`;
    }
  }

  #fresh(): string {
    return `{ success: s${this.#budget}, pending: p${this.#budget},`;
  }

  #expression(): string {
    switch (this.#upTo(6)) {
      case 0:
        return this.#wrapped(this.#one(EXPRESSIONS));
      case 1:
        return this.#wrapped(this.#one(OTHER));
      case 2:
        return this.#one(VALUES);
      default:
        return this.#wrapped(this.#command());
    }
  }

  #command(): string {
    const command = this.#one(COMMANDS);
    const client = this.#wrapped(this.#one(["redis", "redis", "redis", "shared", "Redis.fromEnv()", "this.redis", "redis.pipeline()"]));
    const access = this.#one([`.${command}`, `.${command}`, `.${command}`, `?.${command}`, `["${command}"]`, "[name]"]);
    const args = /^(?:eval|evalsha|scriptLoad|createScript)$/u.test(command)
      ? [this.#one(SCRIPTS), `[${this.#one(KEYS)}]`, `[${this.#one(VALUES)}]`]
      : [this.#wrapped(this.#one(KEYS)), this.#wrapped(this.#one(VALUES)), this.#one(OPTIONS)].slice(0, this.#upTo(3) + 1);
    return `${client}${access.replace("[name]", "[q]")}${this.#one(["", "", "", "?."])}(${args.join(", ")})`;
  }

  /** In parentheses, type assertions, ternaries and so on, now and then in several. */
  #wrapped(expression: string): string {
    if (this.#budget <= 0 || this.#upTo(2) !== 0) return expression;
    this.#budget--;
    return this.#wrapped(this.#one(this.#hasJsx ? EXPRESSION_WRAPS : WITHOUT_JSX).replaceAll("…", () => expression));
  }

  #one<T>(list: readonly T[]): T {
    return this.#gen(fc.constantFrom<T[]>, ...list);
  }

  #upTo(max: number): number {
    return this.#gen(fc.nat, max);
  }
}
