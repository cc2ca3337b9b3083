import {
  HANDLER_INPUTS,
  HANDLER_MAKERS,
  HANDLER_TYPES,
  NEXT_EXPORTS,
  REQUEST_TYPES,
  type InputShape,
  type ParameterRow,
} from "../../sdk/request-inputs.ts";
import { normaliseSource, type CanonicalPath } from "../../sdk/canonical.ts";
import { VERIFIERS } from "../../sdk/verifiers.ts";
import { isFunction } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { unwrapHandler, type Framework } from "../handlers/index.ts";
import type { FunctionFacts, ParamValue, TypeShape } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";

type Parameters = readonly InputShape[] | "every";

/** The compiler asks for a row for each framework. */
const OF_FRAMEWORK: Readonly<Record<Framework, Parameters>> = HANDLER_INPUTS;

interface HandlerFunction {
  readonly parameters: Parameters;
  /** A signature is verified before it runs: only a machine that holds the key gets there. */
  readonly isVerified: boolean;
}

const known = new WeakMap<FileModel, ReadonlyMap<FunctionFacts, HandlerFunction>>();

function handlerFunctions(file: FileModel): ReadonlyMap<FunctionFacts, HandlerFunction> {
  let functions = known.get(file);
  if (!functions) known.set(file, (functions = findHandlers(file)));
  return functions;
}

/** The function is a handler that nobody but the holder of a signing key can call: a wrapper or middleware sees to it. */
export function isVerifiedHandler(file: FileModel, fn: FunctionFacts): boolean {
  return handlerFunctions(file).get(fn)?.isVerified ?? false;
}

/** What a parameter of a handler, or of a function that takes a request, holds. Undefined: no part of a request, or not known. */
export function requestParameter(file: FileModel, { fn, index, rest }: ParamValue): InputShape | undefined {
  const type = fn.params[index]?.type;
  const typed = type && shapeOfType(type);
  if (typed !== undefined) return typed;
  const parameters = handlerFunctions(file).get(fn)?.parameters ?? declaredParameters(file, fn);
  if (parameters === "every") return rest ? undefined : "body";
  return parameters?.[index];
}

function shapeOfType(type: TypeShape): InputShape | undefined {
  switch (type.kind) {
    case "any-of":
    case "all":
      return type.of.map(shapeOfType).find((shape) => shape !== undefined);
    case "named":
      if (type.target) return shapeOfType(type.target);
      break;
    default:
  }
  const path = pathOfType(type);
  return path && REQUEST_TYPES.match(path)?.shape;
}

function pathOfType(type: TypeShape): CanonicalPath | undefined {
  if (type.kind === "import") return { source: normaliseSource(type.source), path: type.name.split(".") };
  return type.kind === "named" && !type.target ? { source: "global", path: type.name.split(".") } : undefined;
}

function findHandlers(file: FileModel): ReadonlyMap<FunctionFacts, HandlerFunction> {
  const functions = new Map<FunctionFacts, HandlerFunction>();
  const add = (value: Located, parameters: Parameters, before: readonly Located[]): void => {
    const guarded = before.some((middleware) => isVerifier(file, middleware));
    for (const { fn, wrappers } of unwrapHandler(file.tracer, value).functions) {
      const isVerified = guarded || wrappers.some((call) => isVerifier(file, { value: call.value.callee, place: call.place }));
      functions.set(fn, { parameters, isVerified });
    }
  };
  if (file.handlers.possible) {
    for (const { framework, value, before } of file.handlers.all) {
      // Middleware of a router gets what its handlers get.
      for (const part of before) add(part, OF_FRAMEWORK[framework], []);
      add(value, OF_FRAMEWORK[framework], before);
    }
  }
  const kind = nextKind(file.filename);
  for (const [name, parameters] of kind ? Object.entries(NEXT_EXPORTS[kind]) : []) {
    const value = file.exports.get(name)?.value;
    if (value) add({ value, place: file.place }, parameters, []);
  }
  return functions;
}

function isVerifier(file: FileModel, located: Located): boolean {
  const path = file.tracer.canonical(located);
  return path !== undefined && VERIFIERS.match(path) !== undefined;
}

function nextKind(filename: string): keyof typeof NEXT_EXPORTS | undefined {
  if (/[\\/](?:page|layout)\.[cm]?[jt]sx?$/u.test(filename)) return /[\\/]app[\\/]/u.test(filename) ? "page" : undefined;
  if (/[\\/](?:middleware|proxy)\.[cm]?[jt]s$/u.test(filename)) return "middleware";
  return /[\\/]pages[\\/]/u.test(filename) ? "pages" : undefined;
}

/** By the type of the variable that holds the function, or the call that it is handed to. */
function declaredParameters(file: FileModel, fn: FunctionFacts): Parameters | undefined {
  const { node } = fn;
  const parent = node?.parent;
  if (!node || !parent || !isFunction(node)) return undefined;
  if (parent.type === "VariableDeclarator" && parent.id.type === "Identifier" && parent.id.typeAnnotation) {
    return ofFunctionType(file.evaluator.type(parent.id.typeAnnotation.typeAnnotation))?.parameters;
  }
  if (parent.type === "TSSatisfiesExpression") return ofFunctionType(file.evaluator.type(parent.typeAnnotation))?.parameters;
  if (parent.type !== "CallExpression" || !parent.arguments.includes(node as never)) return undefined;
  const path = file.tracer.canonical(file.located(parent.callee));
  return path && HANDLER_MAKERS.match(path)?.parameters;
}

function ofFunctionType(type: TypeShape): ParameterRow | undefined {
  const path = pathOfType(type);
  return path && HANDLER_TYPES.match(path);
}
