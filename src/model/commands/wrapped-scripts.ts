import type { TSESTree } from "@typescript-eslint/types";
import { unwrap, type Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { callsIn } from "../values/lower.ts";
import { luaSourceOf } from "./lua-sources.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** Lua that a project's own function hands to Redis: `runScript(source, id)`. */
export interface WrappedScript {
  readonly command: string;
  readonly source: Located;
  readonly argument: Node;
  readonly runs: false;
}

/** The script behind a call that is given a built text. Undefined: it hands none on, or can't be read. */
export function scriptsBehind(file: FileModel, node: TSESTree.CallExpression): WrappedScript | undefined {
  const built = node.arguments.filter(isBuiltText);
  if (built.length === 0) return undefined;
  const { value, place } = file.located(node);
  if (value.kind !== "call") return undefined;
  for (const { fn, place: at } of file.tracer.functions({ value: value.callee, place })) {
    const inside = file.tracer.inside({ value, place }, { fn, place: at });
    for (const inner of callsIn(fn.body)) {
      const command = file.clients.commandOf({ value: inner, place: inside });
      const source = command && luaSourceOf(file.tracer, command);
      const param = source && target(source.value);
      const argument = param?.kind === "param" && param.fn === fn ? node.arguments[param.index] : undefined;
      if (command && argument && built.includes(argument)) {
        return { command: command.name, source: file.located(argument), argument, runs: false };
      }
    }
  }
  return undefined;
}

function isBuiltText(argument: Node): boolean {
  const at = unwrap(argument);
  return at.type === "Identifier" || (at.type === "TemplateLiteral" && at.expressions.length > 0) || at.type === "BinaryExpression" || at.type === "CallExpression";
}
