import {
  CONTEXT_HOLDERS,
  environmentFunction,
  environmentImport,
  PAGES_FUNCTION,
  RUNTIME_CONFIG,
  VARIABLE,
  VARIABLE_GETTERS,
  WORKER_CLASSES,
  WORKER_ENV_PARAMETER,
  WORKER_METHODS,
} from "../../sdk/environments.ts";
import { normaliseSource } from "../../sdk/canonical.ts";
import type { TSESTree } from "@typescript-eslint/types";
import { staticKey, unwrap, type AnyFunction, type Node } from "../syntax/ast.ts";
import { beginning, MEMBERS } from "../values/chains.ts";
import type { EnvValue, ParamValue, TypeShape, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import { target } from "../values/values.ts";

/*
 * What is known of a value without following it to other files: a read of the environment, in whatever form frameworks
 * and libraries hand it out. The evaluator turns such reads into `EnvValue`s.
 */

type Read = Omit<EnvValue, "node">;

const read = (name: string | undefined, via: EnvValue["via"]): Read => ({ kind: "env", name, via });

/** Globals with a property `env` that holds all variables. */
const GLOBALS: ReadonlyMap<string, EnvValue["via"]> = new Map([
  ["process", "process.env"],
  ["import.meta", "import.meta.env"],
  ["Bun", "Bun.env"],
  ["Deno", "Deno.env"],
  ["Netlify", "Netlify.env"],
]);

/** Environments that are asked by methods. */
const BY_METHODS: ReadonlySet<string> = new Set<EnvValue["via"]>(["Deno.env", "Netlify.env"]);
const METHODS: ReadonlySet<string> = new Set(["get", "has", "set", "delete", "toObject"]);

/** What `of.property` reads. Undefined: no environment variable, or that is not known here. */
export function environmentMember(of: Value, property: string): Read | undefined {
  switch (of.kind) {
    case "global": {
      const via = property === "env" ? GLOBALS.get(of.name) : undefined;
      return via && read(undefined, via);
    }
    case "import": {
      // A namespace, or the default export that CommonJS interop makes of it.
      return of.name === "*" || of.name === "default" ? environmentOfImport(of.source, property) : undefined;
    }
    case "env":
      return memberOfEnvironment(of, property);
    case "param":
      return property === "env" && (of.holdsEnv === true || isContextType(of)) ? read(undefined, "bindings") : undefined;
    case "this": {
      const base = property === "env" && of.cls.superclass ? target(of.cls.superclass) : undefined;
      const isWorker = base?.kind === "import" && base.source === "cloudflare:workers" && WORKER_CLASSES.has(base.name);
      return isWorker ? read(undefined, "bindings") : undefined;
    }
    case "member":
      if (property === "env" && of.property !== undefined && CONTEXT_HOLDERS.has(of.property) && isOfRequest(of)) {
        return read(undefined, "bindings");
      }
      return ofValidated(of, property);
    case "await": {
      const module = target(of.value);
      return module.kind === "import" ? environmentMember(module, property) : ofValidated(of, property);
    }
    case "call":
    case "choice":
      return ofValidated(of, property);
    default:
      return undefined;
  }
}

function memberOfEnvironment({ name, via, isPublic }: EnvValue, property: string): Read | undefined {
  if (name === undefined && !(BY_METHODS.has(via) && METHODS.has(property))) {
    const found = read(via === "runtimeConfig" ? `NUXT_${upperSnake(property)}` : property, via);
    return isPublic ? { ...found, isPublic } : found;
  }
  // `useRuntimeConfig().upstash.token` is what NUXT_UPSTASH_TOKEN sets.
  const isNested = name !== undefined && via === "runtimeConfig" && !Object.hasOwn(String.prototype, property);
  return isNested ? read(`${name}_${upperSnake(property)}`, via) : undefined;
}

const upperSnake = (name: string): string => name.replaceAll(/([a-z\d])([A-Z])/gu, "$1_$2").toUpperCase();

/** `schema.parse(process.env).X`, `(await getCloudflareContext()).env`. */
function ofValidated(of: Value, property: string): Read | undefined {
  const call = of.kind === "await" ? target(of.value) : of;
  const fn = call.kind === "call" ? exportCalled(call.callee) : undefined;
  const holder = fn && environmentFunction(fn.source, fn.name);
  if (holder !== undefined && holder !== "" && holder === property) return read(undefined, "module");
  if (isCheckedEnvironment(of)) return read(property, "module");
  if (!VARIABLE.test(property)) return undefined;
  return holder === "" || dependsOn(of, isWholeEnvironment) ? read(property, "module") : undefined;
}

/** Where zod and valibot keep what has passed. */
const PASSED: ReadonlySet<string> = new Set(["data", "output"]);

/**
 * `schema.parse(process.env)`, `schema.safeParse(process.env).data`: what a schema hands out of the environment, and of nothing
 * else. All of its members are variables, whatever they are called.
 */
function isCheckedEnvironment(of: Value): boolean {
  const at = of.kind === "await" ? target(of.value) : of;
  const passed = at.kind === "member" && PASSED.has(at.property ?? "") ? target(at.object) : undefined;
  const call = passed?.kind === "await" ? target(passed.value) : (passed ?? at);
  if (call.kind !== "call" || call.isNew || !call.args.some((arg) => isWholeEnvironment(target(arg)))) return false;
  const callee = target(call.callee);
  const name = callee.kind === "member" ? callee.property : callee.kind === "import" ? callee.name : undefined;
  return (passed ? /^safeParse(?:Async)?$/u : /^parse(?:Async)?$/u).test(name ?? "");
}

/** All variables at once. */
export function isWholeEnvironment(part: Value): boolean {
  return part.kind === "env" && part.name === undefined;
}

/** What an import brings. Undefined: it is no part of the environment. */
export function environmentOfImport(source: string, name: string): Read | undefined {
  const found = environmentImport(source, name);
  return found && { ...read(found.name, source.endsWith("process") ? "process.env" : "module"), ...(found.isPublic ? { isPublic: true } : {}) };
}

/** What a call reads: `Deno.env.get("X")`, `getSecret("X")`, `useRuntimeConfig()`. */
export function environmentCall(callee: Value, first: string | undefined): Read | undefined {
  const at = target(callee);
  if (at.kind === "member" && at.property !== undefined) {
    const env = target(at.object);
    if (env.kind === "env" && env.name === undefined) {
      if (at.property === "toObject") return read(undefined, env.via);
      return at.property === "get" && first !== undefined ? read(first, env.via) : undefined;
    }
  }
  if (at.kind === "global") return at.name === RUNTIME_CONFIG.name ? read(undefined, "runtimeConfig") : undefined;
  const fn = exportCalled(at);
  if (!fn) return undefined;
  if (fn.name === RUNTIME_CONFIG.name && RUNTIME_CONFIG.sources.test(fn.source)) return read(undefined, "runtimeConfig");
  return first !== undefined && VARIABLE_GETTERS.has(`${fn.source}#${fn.name}`) ? read(first, "module") : undefined;
}

/** The export of a package that is called, by name, through a namespace or through the default import. */
function exportCalled(callee: Value): { readonly source: string; readonly name: string } | undefined {
  const at = target(callee);
  if (at.kind === "import") return { source: normaliseSource(at.source), name: at.name };
  if (at.kind !== "member" || at.property === undefined) return undefined;
  const module = target(at.object);
  return module.kind === "import" ? { source: normaliseSource(module.source), name: at.property } : undefined;
}

/** `platform` of a request's event, or what is destructured of it. */
function isOfRequest(value: Value): boolean {
  const at = beginning(value, MEMBERS);
  return at.kind === "param" || (at.kind === "global" && at.name === "Astro");
}

/** Declared as the context of Hono. */
function isContextType({ fn, index }: ParamValue): boolean {
  const isContext = (type: TypeShape | undefined): boolean =>
    type?.kind === "import" ? type.source === "hono" && type.name === "Context" : type?.kind === "named" && isContext(type.target);
  return isContext(fn.params[index]?.type);
}

/** What a function's parameter has to do with the environment: it is it, it holds it as `env`, or nothing. */
export function environmentParam(fn: AnyFunction, index: number, valueOf: (node: Node) => Value): "environment" | "holder" | undefined {
  const parent = fn.parent as Node | undefined;
  if (parent?.type === "Property" && index === WORKER_ENV_PARAMETER) {
    const key = staticKey(parent);
    return key !== undefined && WORKER_METHODS.has(key) && isDefaultExport(parent.parent) ? "environment" : undefined;
  }
  if (index !== 0) return undefined;
  if (parent?.type === "CallExpression") return isHonoHandler(parent, fn, valueOf) ? "holder" : undefined;
  const name = fn.id ?? (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? parent.id : undefined);
  const statement = fn.id ? parent : parent?.parent?.parent;
  return name && PAGES_FUNCTION.test(name.name) && statement?.type === "ExportNamedDeclaration" ? "holder" : undefined;
}

/** `export default { … }`, also through a variable or a type assertion. */
function isDefaultExport(object: Node): boolean {
  let at: Node | undefined = object.parent;
  while (at && unwrap(at) !== at && unwrap(at) === object) at = at.parent;
  if (at?.type === "ExportDefaultDeclaration") return true;
  if (at?.type !== "VariableDeclarator" || at.id.type !== "Identifier") return false;
  const { name } = at.id;
  const program = at.parent.parent;
  return (
    program.type === "Program" &&
    program.body.some((node) => {
      if (node.type !== "ExportDefaultDeclaration") return false;
      const exported = unwrap(node.declaration);
      return exported.type === "Identifier" && exported.name === name;
    })
  );
}

const HONO_METHODS: ReadonlySet<string> = new Set([
  ...["get", "post", "put", "patch", "delete", "all", "on", "use", "openapi", "onError", "notFound", "createHandlers", "createMiddleware"],
]);

/** `new Hono().get("/path", (c) => …)`, `createMiddleware((c, next) => …)`. */
function isHonoHandler(call: TSESTree.CallExpression, fn: AnyFunction, valueOf: (node: Node) => Value): boolean {
  if (!call.arguments.some((argument) => argument === fn)) return false;
  const callee = unwrap(call.callee);
  if (callee.type === "Identifier") return callee.name === "createMiddleware" && isOfHono(valueOf(callee));
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier" || !HONO_METHODS.has(callee.property.name)) return false;
  return isOfHono(valueOf(callee.object));
}

function isOfHono(value: Value): boolean {
  let at = target(value);
  for (let steps = 0; steps < 200; steps++) {
    if (at.kind === "call") at = target(at.callee);
    else if (at.kind === "member") at = target(at.object);
    else return at.kind === "import" && /^(?:npm:|jsr:@)?hono(?:[@/]|$)|^@hono\//u.test(at.source);
  }
  return false;
}
