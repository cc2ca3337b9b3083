import type { TSESTree } from "@typescript-eslint/types";
import { createRule } from "../create-rule.ts";
import { passAsArguments } from "../fixes/lua-arguments.ts";
import type { Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { changingParts, luaSourceOf } from "../model/commands/lua-sources.ts";
import { mayUseUpstash } from "../model/relevance.ts";
import { isCreateScript } from "../model/commands/scripts.ts";
import { scriptsBehind } from "../model/commands/wrapped-scripts.ts";
import type { Located } from "../model/values/trace.ts";

/** A call that hands Lua to Redis. */
interface Script {
  readonly command: string;
  readonly source: Located;
  /** What is shown where nothing smaller can be. */
  readonly argument: Node;
  /** The call takes keys and arguments too. */
  readonly runs: boolean;
}

const SCRIPT_CALLS = /\b(?:eval(?:_?ro)?|createScript|scriptLoad|functions)\b|["'`](?:SCRIPT|FUNCTION)["'`]/iu;
const LUA = /redis\.p?call|\b(?:KEYS|ARGV)\[/u;

export default createRule({
  name: "no-script-injection",
  meta: {
    type: "problem",
    docs: {
      description: "disallow Lua scripts that are built from changing values",
      guideline: "QStash, Workflow and abuse of commands",
      recommended: true,
      strict: true,
      cwe: ["CWE-94"],
    },
    hasSuggestions: true,
    messages: {
      built:
        "The Lua source that `{{command}}` runs is built from `{{part}}`: whoever decides on that value can run any command on the whole database. Keep the source constant, and pass the value in `KEYS` or `ARGV`.",
      pass: "Pass it as {{by}}.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayUseUpstash(file) && (SCRIPT_CALLS.test(file.text) || LUA.test(file.text)) && file.runtime.place !== "test",
  create: (context, file) => ({
    CallExpression(node) {
      const script = scriptAt(file, node);
      if (!script) return;
      const [part] = changingParts(file.tracer, file.settings, script.source);
      if (!part) return;
      const at = part.node ?? script.argument;
      const mend = passAsArguments(file, node, script.runs);
      context.report({
        node: at,
        messageId: "built",
        data: { command: script.command, part: shortened(file.text.slice(...at.range)) },
        ...(mend ? { suggest: [{ messageId: "pass" as const, data: { by: mend.by }, fix: mend.fix }] } : {}),
      });
    },
  }),
});

function scriptAt(file: FileModel, node: TSESTree.CallExpression): Script | undefined {
  const [argument] = node.arguments;
  if (!argument) return undefined;
  const command = file.commandAt(node);
  const source = command && luaSourceOf(file.tracer, command);
  if (command && source) return { command: command.name, source, argument, runs: /^eval(?:Ro)?$/u.test(command.name) && !command.isRaw };
  if (command) return undefined;
  if (isCreateScript(file, node)) return { command: "createScript", source: file.located(argument), argument, runs: false };
  return scriptsBehind(file, node);
}

function shortened(text: string): string {
  const line = text.replace(/\s+/gu, " ");
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
