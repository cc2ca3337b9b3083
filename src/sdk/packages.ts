/**
 * Upstash's packages: what each entry point exports, where it takes credentials, and which variables it reads.
 *
 * Source: the published code of `@upstash/redis` 1.39.0, `ratelimit` 2.2.0, `qstash` 2.12.0, `workflow` 1.3.3, `vector`
 * 1.2.3, `search` 0.1.7, `box` 0.5.5, `rag-chat` 2.0.3, `realtime` 1.1.0 and `@vercel/kv` 3.0.0. The rows of redis, kv,
 * ratelimit and qstash are compared with the installed packages in `tests/sdk/packages.test.ts`. Not re-read: `kafka`,
 * `lock`, `semantic-cache`, `query` and `search-ui`, whose rows are coarse.
 */
import { keptText } from "../kept-text.ts";

export type Product =
  | "redis"
  | "ratelimit"
  | "qstash"
  | "workflow"
  | "vector"
  | "search"
  | "kafka"
  | "lock"
  | "realtime"
  | "box"
  | "semantic-cache"
  | "rag-chat"
  | "query";

export type ExportRole =
  | "client-class"
  | "client-instance"
  | "client-factory"
  | "limiter-class"
  | "receiver-class"
  /** Takes a handler and returns one that checks the signature first. */
  | "handler-wrapper"
  /** Makes a request handler by itself. */
  | "serve"
  /** Made for browsers. */
  | "browser"
  | "other";

/** What a method returns, where it matters to rules. */
export type MethodResult =
  | "client"
  | "batch"
  | "script"
  | "limiter-algorithm"
  | "limit-result"
  | "verification"
  | "queue"
  | "index"
  | "namespace"
  | "kafka-part";

export interface EnvReads {
  /** Variables in order of precedence. */
  readonly url: readonly string[];
  /** Variables in order of precedence; for signing keys all of them are needed. */
  readonly secret: readonly string[];
}

export interface SdkExport {
  readonly product: Product;
  readonly role: ExportRole;
  /** Where the options object stands, and which of its options hold a secret or an address. */
  readonly options?: { readonly index: number; readonly secrets: readonly string[]; readonly urls: readonly string[] };
  /** Variables read by a static method (`"fromEnv"`), or by the export itself when options are left out (`""`). */
  readonly env?: Readonly<Record<string, EnvReads>>;
  /** No safe use in a browser, not even with a read-only token. */
  readonly serverOnly: boolean;
  /** Static and instance methods that return another object of interest. */
  readonly methods?: Readonly<Record<string, MethodResult>>;
}

type Exports = Readonly<Record<string, SdkExport>>;

const options = (
  secrets: string[],
  urls: string[] = [],
  index = 0,
): { options: NonNullable<SdkExport["options"]> } => ({
  options: { index, secrets, urls },
});
const reads = (url: string[], secret: string[]): EnvReads => ({ url, secret });
/** The same row under several names; `names` is separated by blanks. */
const each = (names: string, row: SdkExport): Exports =>
  Object.fromEntries(names.split(" ").map((name) => [name, row]));
const server = (product: Product, role: ExportRole, more: Partial<SdkExport> = {}): SdkExport => ({
  product,
  role,
  serverOnly: true,
  ...more,
});
/** Has a documented use in browsers with a read-only token, or holds no credential at all. */
const anywhere = (product: Product, role: ExportRole, more: Partial<SdkExport> = {}): SdkExport => ({
  product,
  role,
  serverOnly: false,
  ...more,
});

const REDIS_METHODS = { fromEnv: "client", pipeline: "batch", multi: "batch", createScript: "script" } as const;
const redisClass = (env?: SdkExport["env"]): SdkExport =>
  anywhere("redis", "client-class", {
    ...options(["token"], ["url"]),
    ...(env && { env }),
    methods: REDIS_METHODS,
  });
const REDIS_ENV = reads(["UPSTASH_REDIS_REST_URL"], ["UPSTASH_REDIS_REST_TOKEN"]);
/** An empty variable counts as missing: the SDK falls back with `||`. */
const REDIS_OR_KV_ENV = reads(
  ["UPSTASH_REDIS_REST_URL", "KV_REST_API_URL"],
  ["UPSTASH_REDIS_REST_TOKEN", "KV_REST_API_TOKEN"],
);
const KV_ENV = reads(["KV_REST_API_URL"], ["KV_REST_API_TOKEN"]);
const KV_INSTANCE = server("redis", "client-instance", { env: { "": KV_ENV }, methods: REDIS_METHODS });

/**
 * `<REGION>_…` is read first, but only for the region in `QSTASH_REGION`; it then even wins over a `token` that is given
 * without `baseUrl`.
 */
const QSTASH_ENV = reads(
  ["US_EAST_1_QSTASH_URL", "EU_CENTRAL_1_QSTASH_URL", "QSTASH_URL"],
  ["US_EAST_1_QSTASH_TOKEN", "EU_CENTRAL_1_QSTASH_TOKEN", "QSTASH_TOKEN"],
);
const SIGNING_ENV = reads([], ["QSTASH_CURRENT_SIGNING_KEY", "QSTASH_NEXT_SIGNING_KEY"]);
const SIGNING_KEYS = ["currentSigningKey", "nextSigningKey"];
const verifier = server("qstash", "handler-wrapper", { ...options(SIGNING_KEYS, [], 1), env: { "": SIGNING_ENV } });
/** Takes the workflow's function first, and options second, of which `receiver` is one. */
const workflowServe = server("workflow", "serve", { ...options([], [], 1), env: { "": SIGNING_ENV } });
/** The workflows of `@upstash/qstash` up to version 2. */
const oldServe = workflowServe;
/** A workflow that `serveMany` serves: its options win over those of `serveMany`. */
const createWorkflow = server("workflow", "other", options([], [], 1));
const workflowEntry: Exports = {
  ...each("serve serveMany", workflowServe),
  createWorkflow,
};

/** A set `NEXT_PUBLIC_` variable wins over the private one, on the server too. */
const publicFirst = (product: "VECTOR" | "SEARCH"): EnvReads =>
  reads(
    [`NEXT_PUBLIC_UPSTASH_${product}_REST_URL`, `UPSTASH_${product}_REST_URL`],
    [`NEXT_PUBLIC_UPSTASH_${product}_REST_TOKEN`, `UPSTASH_${product}_REST_TOKEN`],
  );
const privateOnly = (product: "VECTOR" | "SEARCH"): EnvReads =>
  reads([`UPSTASH_${product}_REST_URL`], [`UPSTASH_${product}_REST_TOKEN`]);
const vectorEntry: Exports = {
  Index: anywhere("vector", "client-class", {
    ...options(["token"], ["url"]),
    env: { "": publicFirst("VECTOR"), fromEnv: privateOnly("VECTOR") },
    methods: { fromEnv: "client", namespace: "namespace" },
  }),
  ...each("FusionAlgorithm QueryMode WeightingStrategy", anywhere("vector", "other")),
};
const searchEntry = (defaults?: EnvReads): Exports => ({
  Search: anywhere("search", "client-class", {
    ...options(["token"], ["url"]),
    env: { ...(defaults && { "": defaults }), fromEnv: privateOnly("SEARCH") },
    methods: { fromEnv: "client", index: "index" },
  }),
});

const BOX_ENV = reads(["UPSTASH_BOX_BASE_URL"], ["UPSTASH_BOX_API_KEY"]);
/** Built by static methods; the options of `create` and `list` stand first, those of `get` and its kin second. */
const box = server("box", "client-class", {
  ...options(["apiKey"], ["baseUrl"]),
  env: Object.fromEntries(["create", "get", "getByName", "list", "fromSnapshot"].map((method) => [method, BOX_ENV])),
  methods: { create: "client", get: "client", getByName: "client", fromSnapshot: "client" },
});

const LIMITER_METHODS = {
  limit: "limit-result",
  blockUntilReady: "limit-result",
  fixedWindow: "limiter-algorithm",
  slidingWindow: "limiter-algorithm",
} as const;

/** Exports by entry point. `*` stands for every name of a package that is not listed one by one. */
export const SDK_EXPORTS: ReadonlyMap<string, Exports> = new Map(
  Object.entries<Exports>({
    "@upstash/redis": {
      Redis: redisClass({ fromEnv: REDIS_OR_KV_ENV }),
      ...each("SearchIndex VectorIndex errors s", anywhere("redis", "other")),
    },
    // Reads the `env` argument or globals of these names, not `process.env`.
    "@upstash/redis/cloudflare": {
      Redis: redisClass({ fromEnv: REDIS_ENV }),
      errors: anywhere("redis", "other"),
    },
    "@upstash/redis/fastly": { Redis: redisClass(), errors: anywhere("redis", "other") },

    "@vercel/kv": {
      kv: KV_INSTANCE,
      default: KV_INSTANCE,
      createClient: anywhere("redis", "client-factory", { ...options(["token"], ["url"]), methods: REDIS_METHODS }),
      VercelKV: redisClass({ fromEnv: REDIS_OR_KV_ENV }),
    },

    "@upstash/ratelimit": {
      Ratelimit: server("ratelimit", "limiter-class", {
        ...options([]),
        methods: { ...LIMITER_METHODS, tokenBucket: "limiter-algorithm", cachedFixedWindow: "limiter-algorithm" },
      }),
      MultiRegionRatelimit: server("ratelimit", "limiter-class", { ...options([]), methods: LIMITER_METHODS }),
      ...each("Analytics IpDenyList", server("ratelimit", "other")),
    },

    "@upstash/qstash": {
      Client: server("qstash", "client-class", {
        ...options(["token"], ["baseUrl"]),
        env: { "": QSTASH_ENV },
        methods: { queue: "queue" },
      }),
      Receiver: server("qstash", "receiver-class", {
        ...options(SIGNING_KEYS),
        env: { "": SIGNING_ENV },
        methods: { verify: "verification" },
      }),
      ...each("openai anthropic resend", server("qstash", "other", options(["token"]))),
      custom: server("qstash", "other", options(["token"], ["baseUrl"])),
      ...each(
        "Chat FlowControlApi Messages Schedules UrlGroups upstash setupAnalytics startDevServer decodeBase64",
        server("qstash", "other"),
      ),
      ...each("SignatureError QstashError QstashRatelimitError QstashChatRatelimitError", server("qstash", "other")),
      ...each("QstashDailyRatelimitError QstashEmptyArrayError QStashWorkflowError", server("qstash", "other")),
      ...each("QStashWorkflowAbort formatWorkflowError", server("qstash", "other")),
    },
    "@upstash/qstash/nextjs": {
      ...each("verifySignature verifySignatureEdge verifySignatureAppRouter", verifier),
      ...each("serve servePagesRouter", oldServe),
      registerQStashDev: server("qstash", "other"),
    },
    "@upstash/qstash/h3": { verifySignatureH3: verifier, serve: oldServe },
    "@upstash/qstash/nuxt": { verifySignatureNuxt: verifier },
    "@upstash/qstash/svelte": { verifySignatureSvelte: verifier, serve: oldServe },
    "@upstash/qstash/solidjs": { verifySignatureSolidjs: verifier, serve: oldServe },
    "@upstash/qstash/hono": { serve: oldServe },
    "@upstash/qstash/cloudflare": { serve: oldServe },
    "@upstash/qstash/workflow": {
      serve: oldServe,
      ...each(
        "Workflow WorkflowContext DisabledWorkflowContext WorkflowLogger StepTypes processOptions",
        server("workflow", "other"),
      ),
    },

    "@upstash/workflow": {
      serve: workflowServe,
      Client: server("workflow", "client-class", { ...options(["token"], ["baseUrl"]), env: { "": QSTASH_ENV } }),
      ...each("loggingMiddleware WorkflowMiddleware WorkflowContext StepTypes", server("workflow", "other")),
      ...each("WorkflowError WorkflowAbort WorkflowNonRetryableError", server("workflow", "other")),
      WorkflowRetryAfterError: server("workflow", "other"),
    },
    "@upstash/workflow/nextjs": {
      ...workflowEntry,
      ...each("servePagesRouter serveManyPagesRouter", workflowServe),
      createWorkflowPagesRouter: createWorkflow,
    },
    ...Object.fromEntries(
      ["h3", "svelte", "hono", "cloudflare", "astro", "express", "tanstack", "react-router"].map((framework) => [
        `@upstash/workflow/${framework}`,
        workflowEntry,
      ]),
    ),
    "@upstash/workflow/solidjs": { serve: workflowServe },

    "@upstash/vector": vectorEntry,
    "@upstash/vector/cloudflare": vectorEntry,
    "@upstash/search": searchEntry(publicFirst("SEARCH")),
    "@upstash/search/cloudflare": searchEntry(),
    "@upstash/search-ui": { "*": anywhere("search", "browser") },

    "@upstash/kafka": {
      Kafka: server("kafka", "client-class", {
        ...options(["username", "password"], ["url"]),
        methods: { producer: "kafka-part", consumer: "kafka-part", admin: "kafka-part" },
      }),
      "*": server("kafka", "other"),
    },
    "@upstash/lock": { Lock: server("lock", "other"), "*": server("lock", "other") },
    "@upstash/realtime": {
      handle: server("realtime", "serve"),
      ...each("Realtime StreamingResponse json CursorUnavailableError isRealtimeCursor", server("realtime", "other")),
    },
    "@upstash/realtime/client": { "*": anywhere("realtime", "browser") },
    "@upstash/box": { ...each("Box EphemeralBox", box), "*": server("box", "other") },
    "@upstash/semantic-cache": { SemanticCache: server("semantic-cache", "other") },
    "@upstash/rag-chat": {
      RAGChat: server("rag-chat", "other", options([])),
      upstash: server("rag-chat", "other", { ...options(["apiKey"], [], 1), env: { "": reads([], ["QSTASH_TOKEN"]) } }),
      ...each(
        "openai anthropic custom groq mistralai ollama openrouter togetherai",
        server("rag-chat", "other", options(["apiKey"], ["baseUrl"], 1)),
      ),
      "*": server("rag-chat", "other"),
    },
    "@upstash/rag-chat/nextjs": { "*": anywhere("rag-chat", "other") },
    "@upstash/query": { Query: server("query", "other"), "*": server("query", "other") },
  }),
);

/** Subpaths that mean the main entry: file names behind it, CDN spellings, entries of older versions. */
const MAIN_SUBPATHS: ReadonlySet<string> = new Set([
  "",
  "index",
  "mod",
  "main",
  "node",
  "nodejs",
  "server",
  "server/index",
  "with-fetch",
  "+esm",
]);
const CDN_HOSTS: ReadonlySet<string> = new Set([
  "esm.sh",
  "cdn.esm.sh",
  "esm.run",
  "unpkg.com",
  "esm.unpkg.com",
  "cdn.skypack.dev",
  "cdn.jsdelivr.net",
  "ga.jspm.io",
  "jsr.io",
]);

interface PackageReference {
  /** `""` when the specifier names no package. */
  readonly name: string;
  readonly subpath: string;
}

const NO_PACKAGE: PackageReference = { name: "", subpath: "" };

/**
 * The package that a module specifier names: `"npm:@upstash/redis@1/cloudflare"` -> `"@upstash/redis"`, `"node:crypto"`
 * -> `"crypto"`, `"lodash/get"` -> `"lodash"`, CDN URLs likewise. `""` for relative and absolute paths, `#imports`, the
 * common aliases `@/…` and `~/…`, and URLs elsewhere. Whether a bare name is really an alias of the project is for
 * the resolver to say.
 */
export function packageNameOf(specifier: string): string {
  return parseSpecifier(specifier).name;
}

/** Whether a specifier names any `@upstash/*` package or `@vercel/kv`, in any spelling. */
export function isUpstashSpecifier(specifier: string): boolean {
  const name = packageNameOf(specifier);
  return name.startsWith("@upstash/") || name === "@vercel/kv";
}

/**
 * What an import from one of the packages is.
 *
 * @param specifier As written in the import: entry points, versions, `npm:`, `jsr:` and CDN URLs are understood.
 * @param name The exported name; `"default"` for a default import.
 * @returns `undefined` when the package, the entry point or the name is none of ours, types included.
 */
export function sdkExport(specifier: string, name: string): SdkExport | undefined {
  const reference = parseSpecifier(specifier);
  const entry = SDK_EXPORTS.get(entryPoint(reference));
  if (entry === undefined) return undefined;
  if (Object.hasOwn(entry, name)) return entry[name];
  return name !== "default" && Object.hasOwn(entry, "*") ? entry["*"] : undefined;
}

/**
 * Whether something that is taken from a module is of an Upstash SDK that is made for servers alone.
 *
 * @param names Exported names; `"*"` where the module is taken as a whole.
 */
export function isServerSdk(specifier: string, names: readonly string[]): boolean {
  if (names.length === 0 || !isUpstashSpecifier(specifier)) return false;
  const entry = SDK_EXPORTS.get(entryPoint(parseSpecifier(specifier)));
  if (entry === undefined) return false;
  return names.some((name) => (name === "*" ? Object.values(entry).every(({ serverOnly }) => serverOnly) : sdkExport(specifier, name)?.serverOnly === true));
}

function entryPoint({ name, subpath }: PackageReference): string {
  const plain = subpath.replace(/^(?:dist|platforms|esm|es2022)\//u, "").replace(/(?:\.min)?\.[cm]?[jt]s$/u, "");
  if (MAIN_SUBPATHS.has(plain)) return name;
  if (name === "@upstash/redis" && plain === "workers") return `${name}/cloudflare`;
  return `${name}/${plain.replace(/\/index$/u, "")}`;
}

/** Asked of the same few specifiers in every file. */
const parsed = new Map<string, PackageReference>();
const MAX_PARSED = 2000;

function parseSpecifier(specifier: string): PackageReference {
  let found = parsed.get(specifier);
  if (!found) {
    if (parsed.size >= MAX_PARSED) parsed.clear();
    const own = keptText(specifier);
    parsed.set(own, (found = parseAnew(own)));
  }
  return found;
}

function parseAnew(specifier: string): PackageReference {
  if (/^https?:/iu.test(specifier)) return parseUrl(specifier);
  if (specifier.startsWith("node:")) return parsePath(specifier.slice("node:".length));
  const path = specifier.replace(/^(?:npm|jsr):\/?/u, "");
  if (/^[a-z][a-z+.-]*:/iu.test(path)) return NO_PACKAGE;
  return parsePath(path);
}

function parseUrl(specifier: string): PackageReference {
  if (!URL.canParse(specifier)) return NO_PACKAGE;
  const { hostname, pathname } = new URL(specifier);
  const path = pathname.replaceAll(/%40/gu, "@").slice(1);
  if (hostname === "deno.land") {
    const [, product, subpath] = /^x\/upstash_([a-z]+)(?:@[^/]*)?(?:\/(.*))?$/u.exec(path) ?? [];
    return product === undefined ? NO_PACKAGE : { name: `@upstash/${product}`, subpath: subpath ?? "" };
  }
  if (!CDN_HOSTS.has(hostname)) return NO_PACKAGE;
  // What CDNs put before the name: build versions, registries, pins, and the `*` of esm.sh for "no dependencies".
  return parsePath(path.replace(/^(?:(?:stable|npm|jsr|pin|-|v\d+)\/|npm:|\*)+/u, ""));
}

function parsePath(path: string): PackageReference {
  if (/^[./~#]/u.test(path)) return NO_PACKAGE;
  const [clean = ""] = path.split(/[?#]/u);
  const [, name, subpath = ""] = /^(@[^/@\s]+\/[^/@\s]+|[^/@\s]+)(?:@[^/]*)?(?:\/(.*))?$/u.exec(clean) ?? [];
  return name === undefined ? NO_PACKAGE : { name, subpath: subpath.replace(/\/$/u, "") };
}
