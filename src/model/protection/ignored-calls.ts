import type { FileModel } from "../file.ts";
import type { Node } from "../syntax/ast.ts";
import type { CallValue } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/*
 * Calls of which nothing comes back: their answers are dropped, and their failures caught by what goes on all the same.
 */

/** What a `catch` may end a request with, or hand on; words of a text count as well, which only leaves the answer unknown. */
const ENDS = /\b(?:return|throw|break|continue|next|redirect|notFound|forbidden|unauthorized|process|res|reply|response)\b/u;

/**
 * A call of the project's function in the linted file whose outcome makes no difference to what follows: `try { await remind(id); } catch
 * (error) { console.error(error); }`. It is handed neither the request nor what answers it. False: it may make one, or that can't be told.
 */
export function isIgnored(file: FileModel, { value, place }: Located<CallValue>): boolean {
  const { node } = value;
  if (!node || !isStatement(node) || value.args.some((arg) => target(arg).kind === "param")) return false;
  return isSwallowed(file.text, node) && file.tracer.functions({ value: value.callee, place }).length > 0;
}

function isStatement(node: Node): boolean {
  const { parent } = node;
  return parent?.type === "ExpressionStatement" || (parent?.type === "AwaitExpression" && parent.parent.type === "ExpressionStatement");
}

/** It is tried, in the innermost function around it, by what goes on where it fails. */
function isSwallowed(text: string, node: Node): boolean {
  for (let at = node; at.parent && !/Function/u.test(at.type); at = at.parent) {
    const { parent } = at;
    if (parent.type === "TryStatement" && parent.block === at && parent.handler) return !ENDS.test(text.slice(...parent.handler.body.range));
  }
  return false;
}
