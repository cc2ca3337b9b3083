import type { Node } from "../syntax/ast.ts";
import { unwrap } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import type { ObjectEntry, ObjectValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { constantOf, target } from "../values/values.ts";

/*
 * What the configuration of a framework or bundler puts into the code that browsers get, whatever the variables are
 * called. Sources: the configuration references of Next.js, Vite, Astro, Nuxt, Rsbuild, webpack, Expo, SvelteKit and t3-env.
 */

/** One entry of a configuration that browsers get the value of. */
export interface InlinedEntry {
  /** The property, or the word in a list of names. */
  readonly node: Node;
  /** The entry's name: `UPSTASH_REDIS_REST_TOKEN` of `"process.env.UPSTASH_REDIS_REST_TOKEN"`; undefined for a spread. */
  readonly name: string | undefined;
  /** Undefined where the entry has none, as in a list of names. */
  readonly value: Value | undefined;
  /** Words for a message: `` `env` of next.config ``. */
  readonly by: string;
  /** The value is set from outside (`NUXT_PUBLIC_…`) or is a schema: what is written here does not matter. */
  readonly isDeclaration: boolean;
  /** The whole schema call, where the entry can move to its `server` part. */
  readonly schema?: ObjectValue;
}

interface ConfigRow {
  readonly file: RegExp;
  readonly path: readonly string[];
  readonly by: string;
  readonly isDeclaration?: true;
}

const VITE = /(?:^|\/)(?:electron\.)?vite\.config\.[cm]?[jt]s$/u;
const NUXT = /(?:^|\/)nuxt\.config\.[cm]?[jt]s$/u;
const ASTRO = /(?:^|\/)astro\.config\.[cm]?[jt]s$/u;
const NEXT = /(?:^|\/)next\.config\.[cm]?[jt]s$/u;

/** Objects of configuration files whose entries end up in the bundle; `*` is any one key. */
const ROWS: readonly ConfigRow[] = [
  { file: NEXT, path: ["env"], by: "`env` of next.config" },
  { file: NEXT, path: ["publicRuntimeConfig"], by: "`publicRuntimeConfig` of next.config", isDeclaration: true },
  { file: NEXT, path: ["compiler", "define"], by: "`compiler.define` of next.config" },
  { file: VITE, path: ["define"], by: "Vite's `define`" },
  { file: VITE, path: ["renderer", "define"], by: "Vite's `define`" },
  { file: ASTRO, path: ["vite", "define"], by: "Vite's `define`" },
  { file: NUXT, path: ["vite", "define"], by: "Vite's `define`" },
  { file: NUXT, path: ["runtimeConfig", "public"], by: "`runtimeConfig.public` of nuxt.config", isDeclaration: true },
  { file: NUXT, path: ["appConfig"], by: "`appConfig` of nuxt.config" },
  { file: /(?:^|\/)rsbuild\.config\.[cm]?[jt]s$/u, path: ["source", "define"], by: "Rsbuild's `define`" },
  { file: /(?:^|\/)app\.config\.[cm]?[jt]s$/u, path: ["extra"], by: "`extra` of the app's config" },
  { file: /(?:^|\/)app\.config\.[cm]?[jt]s$/u, path: ["expo", "extra"], by: "`extra` of the app's config" },
];

const PREFIX_ROWS: readonly ConfigRow[] = [
  { file: VITE, path: ["envPrefix"], by: "Vite's `envPrefix`" },
  { file: VITE, path: ["renderer", "envPrefix"], by: "Vite's `envPrefix`" },
  { file: ASTRO, path: ["vite", "envPrefix"], by: "Vite's `envPrefix`" },
  { file: NUXT, path: ["vite", "envPrefix"], by: "Vite's `envPrefix`" },
];

const CONFIG_FILE = /\.config\.[cm]?[jt]s$/u;
const BY_CALL = ["createEnv", "defineEnvVars", "DefinePlugin", "EnvironmentPlugin"];
const BUNDLER = /webpack|rspack/u;

/** Cheap: false where the file configures nothing that ends up in a bundle. */
export function mayInline(file: FileModel): boolean {
  const { filename, text, importedNames, sources, loadsByCall } = file;
  if (CONFIG_FILE.test(filename)) return true;
  // What all of the names have in common: quick to find.
  if (!text.includes("Env") && !text.includes("Plugin")) return false;
  if (BY_CALL.some((name) => importedNames.has(name))) return true;
  return (loadsByCall || [...sources].some((source) => BUNDLER.test(source))) && BY_CALL.some((name) => text.includes(name));
}

/** All entries of the file that browsers get the value of. */
export function inlinedEntries(file: FileModel): readonly InlinedEntry[] {
  const found: InlinedEntry[] = [];
  const path = file.relativePath;
  const rows = ROWS.filter((row) => row.file.test(path));
  if (rows.length > 0 || ASTRO.test(path)) {
    const configs = configObjects(file);
    for (const { path: keys, by, isDeclaration = false } of rows) {
      for (const object of configs.flatMap((config) => objectsAt(file, config, keys))) addEntries(object, by, isDeclaration, found);
    }
    if (ASTRO.test(path)) for (const config of configs) addAstroSchema(file, config, found);
  }
  if (BY_CALL.some((name) => file.text.includes(name))) addCalls(file, found);
  return found;
}

/** A prefix of variables that a configuration shows to browsers. */
export interface InlinedPrefix {
  readonly node: Node;
  readonly prefix: string;
  readonly by: string;
}

/** The prefixes that the file's configuration shows to browsers. */
export function inlinedPrefixes(file: FileModel): readonly InlinedPrefix[] {
  const rows = PREFIX_ROWS.filter((row) => row.file.test(file.relativePath));
  if (rows.length === 0) return [];
  const found: InlinedPrefix[] = [];
  const add = (value: Value, by: string): void => {
    const at = target(value);
    if (at.kind === "array") for (const item of at.items) add(item, by);
    const prefix = constantOf(at);
    if (prefix !== undefined && at.node) found.push({ node: at.node, prefix, by });
  };
  for (const config of configObjects(file)) {
    for (const { path, by } of rows) {
      const [last = ""] = path.slice(-1);
      for (const object of objectsAt(file, config, path.slice(0, -1))) {
        for (const entry of object.entries) if (entry.key === last) add(entry.value, by);
      }
    }
  }
  return found;
}

const MAX_NESTING = 5;

/** The objects that a configuration file exports: bare, from a function, or handed to wrappers such as `withMDX(config)`. */
function configObjects(file: FileModel): readonly ObjectValue[] {
  const found = new Set<ObjectValue>();
  const follow = (value: Value, depth: number): void => {
    if (depth > MAX_NESTING) return;
    for (const { value: at, place } of file.tracer.alternatives({ value, place: file.place })) {
      if (place.module !== file) continue;
      if (at.kind === "object") found.add(at);
      else if (at.kind === "function") for (const returned of at.fn.returns) follow(returned, depth + 1);
      else if (at.kind === "call") {
        for (const argument of at.args) follow(argument, depth + 1);
        // `withMDX({ … })(config)`
        follow(at.callee, depth + 1);
      }
    }
  };
  const exported = file.exports.get("default")?.value;
  if (exported) follow(exported, 0);
  return [...found];
}

/** The objects that stand at a path of keys, in this file. */
function objectsAt(file: FileModel, object: ObjectValue, path: readonly string[]): readonly ObjectValue[] {
  const [key, ...rest] = path;
  if (key === undefined) return [object];
  return object.entries
    .filter((entry) => entry.key === key && !entry.spread)
    .flatMap((entry) => file.tracer.alternatives({ value: entry.value, place: file.place }))
    .flatMap(({ value, place }) => (value.kind === "object" && place.module === file ? objectsAt(file, value, rest) : []));
}

function addEntries(object: ObjectValue, by: string, isDeclaration: boolean, found: InlinedEntry[], schema?: ObjectValue): void {
  for (const entry of object.entries) {
    if (!entry.node) continue;
    const name = entry.spread ? undefined : nameOf(entry);
    if (entry.spread ?? name !== undefined) {
      found.push({ node: entry.node, name, value: entry.value, by, isDeclaration, ...(schema && { schema }) });
    }
  }
}

/** What the key of an entry defines: `process.env.X` and `import.meta.env.X` are `X`, `__X__` too. */
function nameOf({ key }: ObjectEntry): string | undefined {
  const last = key?.split(".").at(-1) ?? "";
  const name = last.replace(/^_{1,2}/u, "").replace(/_{1,2}$/u, "");
  return name === "" ? undefined : name;
}

/** `env: { schema: { X: envField.string({ context: "client", access: "public" }) } }` */
function addAstroSchema(file: FileModel, config: ObjectValue, found: InlinedEntry[]): void {
  for (const object of objectsAt(file, config, ["env", "schema"])) {
    addEntries({ ...object, entries: object.entries.filter((entry) => isForBrowsers(file, entry.value)) }, "the `client` context of `astro:env`", true, found);
  }
}

function isForBrowsers(file: FileModel, value: Value): boolean {
  const field = target(value);
  const [options] = field.kind === "call" ? field.args : [];
  if (!options) return false;
  return file.tracer.property({ value: options, place: file.place }, "context").some(({ value: context }) => constantOf(context) === "client");
}

/** Configuration that is known by a call, wherever it stands. */
function addCalls(file: FileModel, found: InlinedEntry[]): void {
  for (const node of file.callNodes) {
    const callee = unwrap(node.callee);
    const last = callee.type === "MemberExpression" ? callee.property : callee;
    const name = last.type === "Identifier" ? last.name : "";
    if (!BY_CALL.includes(name)) continue;
    const value = file.evaluator.value(node);
    const [first] = value.kind === "call" ? value.args : [];
    if (!first) continue;
    const objects = file.tracer.alternatives({ value: first, place: file.place }).flatMap(({ value: at, place }) => (place.module === file ? [at] : []));
    for (const at of objects) {
      if (at.kind === "array" && name === "EnvironmentPlugin") {
        for (const item of at.items) addWord(item, found);
      } else if (at.kind === "object") addCallEntries(file, name, at, found);
    }
  }
}

function addWord(item: Value, found: InlinedEntry[]): void {
  const name = constantOf(item);
  if (name === undefined || !item.node) return;
  found.push({ node: item.node, name, value: undefined, by: "webpack's `EnvironmentPlugin`", isDeclaration: true });
}

function addCallEntries(file: FileModel, name: string, object: ObjectValue, found: InlinedEntry[]): void {
  if (name === "DefinePlugin") addEntries(object, "webpack's `DefinePlugin`", false, found);
  else if (name === "EnvironmentPlugin") addEntries(object, "webpack's `EnvironmentPlugin`", true, found);
  else if (name === "createEnv") {
    for (const part of ["client", "shared"]) {
      for (const schema of objectsAt(file, object, [part])) {
        addEntries(schema, `the \`${part}\` part of this schema`, true, found, object);
      }
    }
  } else {
    const shown = object.entries.filter(({ value }) =>
      file.tracer.property({ value, place: file.place }, "public").some((at) => at.value.kind === "literal" && at.value.value === true),
    );
    addEntries({ ...object, entries: shown }, "`public: true`", true, found);
  }
}

/** Whether a value is, or holds, all environment variables: `process.env`, `loadEnv(mode, root, "")`. */
export function holdsWholeEnvironment(file: FileModel, value: Value): boolean {
  return dependsOn(value, (part) => {
    if (part.kind === "env") return part.name === undefined && !isTakenApart(value, part);
    return part.kind === "call" && part.args.length > 2 && isLoadEnv(file, part) && part.args[2] !== undefined && constantOf(part.args[2]) === "" && !isTakenApart(value, part);
  });
}

/** `env.MODE` is one variable of many. */
function isTakenApart(whole: Value, part: Value): boolean {
  return dependsOn(whole, (at) => at.kind === "member" && target(at.object) === part);
}

function isLoadEnv(file: FileModel, call: Value & { kind: "call" }): boolean {
  const path = file.tracer.canonical({ value: call.callee, place: file.place });
  return path?.path.at(-1) === "loadEnv" && /^(?:vite|@rsbuild\/core|astro|vite-plugin-.*)$/u.test(path.source);
}

/** The names of variables that a value is made from: `process.env.X`, `loadEnv(…).X`. */
export function variablesIn(value: Value): readonly string[] {
  const names = new Set<string>();
  dependsOn(value, (part) => {
    if (part.kind === "env" && part.name !== undefined) names.add(part.name);
    else if (part.kind === "member" && part.property !== undefined && /^[A-Z][A-Z\d_]+$/u.test(part.property)) names.add(part.property);
    return false;
  });
  return [...names];
}
