import { enclosingFunction, type AnyFunction, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { unwrapHandler, type Handler } from "./index.ts";

/** The handler whose own function a node stands in; undefined where that function is no handler's, or is not known to be. */
export function handlerAround(file: FileModel, node: Node): { readonly handler: Handler; readonly fn: AnyFunction } | undefined {
  const fn = enclosingFunction(node);
  if (!fn || !file.handlers.possible) return undefined;
  const handler = file.handlers.all.find(({ value }) => unwrapHandler(file.tracer, value).functions.some((found) => found.fn.node === fn));
  return handler && { handler, fn };
}
