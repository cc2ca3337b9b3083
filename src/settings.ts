import type { Product } from "./sdk/packages.ts";

/** What a project tells the plugin about itself under `settings.upstash`; every field has a default. */
export interface Settings {
  /** `module#export` → the kind of client that it is. */
  readonly clients: ReadonlyMap<string, Product>;
  /** `module#export` of functions that limit the caller's rate. */
  readonly rateLimiters: ReadonlySet<string>;
  readonly verifiers: ReadonlySet<string>;
  readonly encryptors: ReadonlySet<string>;
  readonly hashers: ReadonlySet<string>;
  readonly sanitizers: ReadonlySet<string>;
  /** Globs, relative to the project's root, of files that run in the browser, on the server, or answer requests. */
  readonly clientFiles: readonly string[];
  readonly serverFiles: readonly string[];
  readonly routeFiles: readonly string[];
  readonly sensitiveNames: { readonly add: readonly string[]; readonly remove: readonly string[] };
  /** Further prefixes that put a variable into the browser's bundle. */
  readonly envPrefixes: readonly string[];
  /** The function that suggestions import to encrypt with. */
  readonly encryption: { readonly module: string; readonly function: string } | undefined;
  /** Further variables that hold a read-only token; the first is what suggestions name. */
  readonly readOnlyTokenEnv: readonly string[];
  readonly rootDir: string | undefined;
}

const PRODUCTS = [
  "redis",
  "ratelimit",
  "qstash",
  "workflow",
  "vector",
  "search",
  "kafka",
  "lock",
  "realtime",
  "box",
  "semantic-cache",
  "rag-chat",
  "query",
] as const satisfies readonly Product[];

const DEFAULTS: Settings = {
  clients: new Map(),
  rateLimiters: new Set(),
  verifiers: new Set(),
  encryptors: new Set(),
  hashers: new Set(),
  sanitizers: new Set(),
  clientFiles: [],
  serverFiles: [],
  routeFiles: [],
  sensitiveNames: { add: [], remove: [] },
  envPrefixes: [],
  encryption: undefined,
  readOnlyTokenEnv: [],
  rootDir: undefined,
};

type Reader = (value: unknown, name: string) => unknown;

const READERS: Readonly<Record<string, Reader>> = {
  clients: readClients,
  rateLimiters: readReferences,
  verifiers: readReferences,
  encryptors: readReferences,
  hashers: readReferences,
  sanitizers: readReferences,
  clientFiles: readStrings,
  serverFiles: readStrings,
  routeFiles: readStrings,
  sensitiveNames: readSensitiveNames,
  envPrefixes: readStrings,
  encryption: readEncryption,
  readOnlyTokenEnv: readStrings,
  rootDir: readString,
  // Read by nobody: a change of it changes ESLint's cache key (docs/limitations.md).
  fingerprint: readString,
};

const parsed = new WeakMap<object, Settings>();

/**
 * `settings.upstash`, validated; parsed once for each settings object.
 * @throws {TypeError} naming the setting and what was expected.
 */
export function parseSettings(settings: Readonly<Record<string, unknown>>): Settings {
  const raw = settings["upstash"];
  if (raw === undefined) return DEFAULTS;
  const object = readObject(raw, "");
  const known = parsed.get(object);
  if (known) return known;
  const result: Record<string, unknown> = { ...DEFAULTS };
  for (const [name, value] of Object.entries(object)) {
    const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
    if (!read) {
      const names = Object.keys(READERS).join(", ");
      throw new TypeError(`settings.upstash.${name} is not a setting of eslint-plugin-upstash. Settings: ${names}.`);
    }
    if (value !== undefined) result[name] = read(value, name);
  }
  const complete = result as unknown as Settings;
  parsed.set(object, complete);
  return complete;
}

function fail(name: string, expected: string, value: unknown): never {
  const setting = name === "" ? "settings.upstash" : `settings.upstash.${name}`;
  const got = value === null ? "null" : Array.isArray(value) ? "an array" : typeof value;
  throw new TypeError(`${setting} must be ${expected}, but is ${typeof value === "string" ? JSON.stringify(value) : got}.`);
}

function readObject(value: unknown, name: string, expected = "an object"): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) fail(name, expected, value);
  return value as Record<string, unknown>;
}

function readString(value: unknown, name: string): string {
  if (typeof value !== "string" || value === "") fail(name, "a string", value);
  return value;
}

function readStrings(value: unknown, name: string): readonly string[] {
  if (!Array.isArray(value)) fail(name, "an array of strings", value);
  return (value as unknown[]).map((item, index) => readString(item, `${name}[${String(index)}]`));
}

/** The module may be a subpath import, which begins with the separator itself: `#lib/limit#checkLimit`. */
const REFERENCE = /^#?[^#].*#[\w$*]+$/u;
const REFERENCE_FORM = 'of the form "module#export", such as "src/lib/limit#checkLimit"';

function readReferences(value: unknown, name: string): ReadonlySet<string> {
  const references = readStrings(value, name);
  references.forEach((reference, index) => {
    if (!REFERENCE.test(reference)) {
      fail(`${name}[${String(index)}]`, REFERENCE_FORM, reference);
    }
  });
  return new Set(references);
}

function readClients(value: unknown, name: string): ReadonlyMap<string, Product> {
  const object = readObject(value, name, 'an object such as { "src/lib/cache#cache": "redis" }');
  return new Map(
    Object.entries(object).map(([reference, kind]) => {
      if (!REFERENCE.test(reference)) fail(`${name}["${reference}"]`, REFERENCE_FORM, reference);
      const product = PRODUCTS.find((candidate) => candidate === kind);
      if (!product) fail(`${name}["${reference}"]`, `one of ${PRODUCTS.join(", ")}`, kind);
      return [reference, product];
    }),
  );
}

function readSensitiveNames(value: unknown, name: string): Settings["sensitiveNames"] {
  const { add, remove, ...rest } = readObject(value, name, "an object with add and remove");
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) fail(`${name}.${unknown}`, "left out: only add and remove are known", rest[unknown]);
  return {
    add: add === undefined ? [] : readStrings(add, `${name}.add`),
    remove: remove === undefined ? [] : readStrings(remove, `${name}.remove`),
  };
}

function readEncryption(value: unknown, name: string): Settings["encryption"] {
  const object = readObject(value, name, 'an object such as { module: "@/lib/crypto", function: "encrypt" }');
  const unknown = Object.keys(object).find((key) => key !== "module" && key !== "function");
  if (unknown !== undefined) fail(`${name}.${unknown}`, "left out: only module and function are known", object[unknown]);
  return {
    module: readString(object["module"], `${name}.module`),
    function: readString(object["function"], `${name}.function`),
  };
}
