import type { TSESTree } from "@typescript-eslint/types";
import { staticKey } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import type { CallValue, FunctionFacts, ParamValue } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { unwrapHandler } from "./handler.ts";
import { dependsOnPackage } from "./package.ts";

/*
 * Functions that are handed a router: `fastify.register(async (api) => …)`, `app.group("/api", (app) => …)`, and plugins
 * of Fastify in files of their own.
 */

const TAKING_FUNCTIONS = new Set(["register", "group", "guard"]);
/** As Fastify's documentation calls the parameter; believed in exported functions of packages that depend on Fastify. */
const FASTIFY_NAMES = /^(?:fastify|server|app|instance|api|f)$/u;
const PLUGIN_TYPE = /\bFastifyPlugin\w*/u;

/** The calls that hand a router to functions of the file, by function. */
export function pluginFunctions(file: FileModel): ReadonlyMap<FunctionFacts, TSESTree.CallExpression> {
  const found = new Map<FunctionFacts, TSESTree.CallExpression>();
  for (const node of file.callNodes) {
    if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") continue;
    if (!TAKING_FUNCTIONS.has(staticKey({ key: node.callee.property, computed: node.callee.computed }) ?? "")) continue;
    for (const arg of node.arguments) {
      if (arg.type === "SpreadElement" || arg.type === "Literal" || arg.type === "ObjectExpression") continue;
      for (const { fn } of file.tracer.functions(file.located(arg))) if (fn.node) found.set(fn, node);
    }
  }
  return found;
}

/** True for the parameter of a plugin of Fastify that other files register. */
export function isFastifyParameter(file: FileModel, { fn, index }: ParamValue): boolean {
  const { node } = fn;
  if (index !== 0 || !node?.parent) return false;
  const { parent } = node;
  if (parent.type === "VariableDeclarator" && parent.id.typeAnnotation) {
    return PLUGIN_TYPE.test(file.text.slice(...parent.id.typeAnnotation.range));
  }
  if (parent.type === "CallExpression" && parent.callee.type === "Identifier") {
    const path = file.tracer.canonical(file.located(parent.callee));
    if (path?.source === "fastify-plugin") return true;
  }
  if (!FASTIFY_NAMES.test(fn.params[0]?.name ?? "") || dependsOnPackage(file, /^fastify$/u) !== true) return false;
  const exported = file.exports.get("default")?.value;
  return exported !== undefined && file.tracer.functions({ value: exported, place: file.place }).some((found) => found.fn === fn);
}

const MAX_NESTING = 3;

/**
 * What a call of `register()` or `addHook()` makes run for the routes around it. Of plugins: themselves, where a package
 * made them, and what they register, where `fastify-plugin` opens them. What other functions register stays with them,
 * and a limiter that is told to stand back waits for routes to ask for it.
 */
export function hooksOf(tracer: Tracer, { value, place }: Located<CallValue>, depth = 0): readonly Located[] {
  const callee = target(value.callee);
  const method = callee.kind === "member" ? callee.property : undefined;
  const [first, second] = value.args;
  if (method === "addHook") return second ? [{ value: second, place }] : [];
  if (method !== "register" || !first) return [];
  const standsBack = second && tracer.property({ value: second, place }, "global").some((option) => tracer.constant(option) === false);
  return standsBack ? [] : hooksOfPlugin(tracer, { value: first, place }, depth + 1);
}

/** The same of a plugin that is registered. */
export function hooksOfPlugin(tracer: Tracer, plugin: Located, depth = 0): readonly Located[] {
  if (depth > MAX_NESTING) return [];
  return tracer.alternatives(plugin).flatMap(({ value, place }): readonly Located[] => {
    if (value.kind === "function") return [];
    const isOpened = value.kind === "call" && tracer.canonical({ value: value.callee, place })?.source === "fastify-plugin";
    if (!isOpened) return [{ value, place }];
    return unwrapHandler(tracer, { value, place }).functions.flatMap(({ fn, place: inside }) =>
      [...callsIn(fn.body)].flatMap((call) => hooksOf(tracer, { value: call, place: inside }, depth)),
    );
  });
}
