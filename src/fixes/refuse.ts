import { enclosingFunction, isFunction, type AnyFunction, type Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { handlerAround } from "../model/handlers/around.ts";
import { target } from "../model/values/values.ts";
import { refusalIn } from "./guard.ts";
import { styleOf } from "./source-style.ts";

const TOO_MANY = { status: 429, text: "Too many requests", error: "Too many requests. Try again later." };

/**
 * Statements that refuse a request at a place: in the framework's way where the place is in a handler, with an answer
 * where its function makes answers, else with an error.
 * @param rate the variable that holds the limiter's result
 */
export function refusalAt(file: FileModel, node: Node, rate: string): readonly string[] {
  const around = handlerAround(file, node);
  const idiom = around && refusalIn(around.handler, file, around.fn, rate);
  return idiom ?? plainRefusalAt(file, node);
}

/** The same, without what the limiter's result tells; or for another reason. */
export function plainRefusalAt(file: FileModel, node: Node, { status, text, error } = TOO_MANY): readonly string[] {
  const { quote: q, semicolon: s } = styleOf(file);
  const fn = enclosingFunction(node);
  const [context] = fn?.params ?? [];
  if (context?.type === "Identifier" && handlerAround(file, node)?.handler.framework === "hono") {
    return [`return ${context.name}.text(${q}${text}${q}, ${String(status)})${s}`];
  }
  const [, response] = fn?.params ?? [];
  if (response?.type === "Identifier" && /^res(?:ponse)?$/u.test(response.name)) {
    return [`${response.name}.status(${String(status)}).end()${s}`, `return${s}`];
  }
  if (fn && returnsResponse(file, fn)) return [`return new Response(${q}${text}${q}, { status: ${String(status)} })${s}`];
  return [`throw new Error(${q}${error}${q})${s}`];
}

function returnsResponse(file: FileModel, fn: AnyFunction): boolean {
  const value = target(file.evaluator.value(fn));
  if (value.kind !== "function" || !isFunction(fn)) return false;
  return value.fn.returns.some((returned) => {
    const path = file.tracer.canonical({ value: returned, place: file.place });
    return path !== undefined && (path.path[0] === "NextResponse" || (path.source === "global" && path.path[0] === "Response"));
  });
}
