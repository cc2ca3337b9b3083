import type { TSESTree } from "@typescript-eslint/types";
import { unwrap } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { target } from "../values/values.ts";

/** Whether a call is `createScript` of a client of Redis. */
export function isCreateScript(file: FileModel, node: TSESTree.CallExpression): boolean {
  const callee = unwrap(node.callee);
  if (callee.type !== "MemberExpression" && callee.type !== "Identifier") return false;
  const method = target(file.evaluator.value(callee));
  if (method.kind !== "member" || method.property !== "createScript") return false;
  return file.clients.clientOf({ value: method.object, place: file.place })?.product === "redis";
}

/** The option of `createScript(source, { readOnly: true })` that is meant to be `readonly`. */
export function misspeltReadonly(file: FileModel, node: TSESTree.CallExpression): TSESTree.Property | undefined {
  const [, options] = node.arguments;
  if (!options || !isCreateScript(file, node)) return undefined;
  const object = file.tracer.only(file.located(options))?.value;
  if (object?.kind !== "object" || object.entries.some(({ key }) => key === "readonly")) return undefined;
  const entry = object.entries.find(({ key }) => key !== undefined && /^read_?only$/iu.test(key));
  const isOff = entry && file.tracer.constant({ value: entry.value, place: file.place }) === false;
  return entry?.node?.type === "Property" && !isOff ? entry.node : undefined;
}
