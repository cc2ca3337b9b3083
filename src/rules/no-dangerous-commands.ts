import { createRule } from "../create-rule.ts";
import { guardFromProduction } from "../fixes/production-guard.ts";
import { scanInstead } from "../fixes/scan-keys.ts";
import { dangerousCommands, mayRunDangerousCommand, type DangerousCommand } from "../model/commands/dangerous-commands.ts";
import type { FileModel } from "../model/file.ts";
import { mayHoldPage } from "../model/handlers/pages.ts";
import { mayUseUpstash } from "../model/relevance.ts";
import { mayRunOnServers } from "../model/place/runtime.ts";

const MESSAGES = { data: "data", scripts: "scripts", keys: "keys" } as const;

export default createRule({
  name: "no-dangerous-commands",
  meta: {
    type: "problem",
    docs: {
      description: "disallow commands in request handlers that empty the database or read all of its keys",
      guideline: "QStash, Workflow and abuse of commands",
      recommended: false,
      strict: true,
      cwe: ["CWE-400", "CWE-749"],
    },
    hasSuggestions: true,
    messages: {
      data: "`{{command}}`{{where}} deletes everything in the database, and {{title}} runs it: one request, by mistake or on purpose, and all data is gone. Leave it to a script, or refuse to run it in production.",
      scripts:
        "`{{command}}`{{where}} removes all scripts from the database, and {{title}} runs it: one request, and calls that count on a loaded script or function fail. Leave it to a script, or refuse to run it in production.",
      keys: "`{{command}}`{{where}} goes through every key of the database, and {{title}} runs it: the more is stored, the longer and dearer each request, and a few callers can keep the database busy. Use `scan` with a `match` and a limit, or keep what you look for in a set.",
      scan: "Gather the keys page by page with `scan` and a `match`.",
      match: "Add a `match`, and put your own prefix into it.",
      guard: "Throw in production.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) =>
    mayUseUpstash(file) && mayRunOnRequest(file) && file.runtime.place !== "test" && mayRunDangerousCommand(file),
  create: (context, file) => ({
    Program() {
      for (const found of dangerousCommands(file)) {
        const { danger, label, node, path, handler } = found;
        context.report({
          node,
          messageId: MESSAGES[danger],
          data: { command: label, where: path === undefined ? "" : ` (in ${path})`, title: handler.title },
          suggest: mendsOf(file, found),
        });
      }
    },
  }),
});

const mayRunOnRequest = (file: FileModel): boolean => mayHoldPage(file) || (file.handlers.possible && mayRunOnServers(file.runtime));

function mendsOf(file: FileModel, found: DangerousCommand) {
  const scan = found.danger === "keys" ? scanInstead(file, found) : undefined;
  if (scan) return [{ messageId: scan.adds === "match" ? ("match" as const) : ("scan" as const), fix: scan.fix }];
  const guard = guardFromProduction(file, found.node, found.label);
  return guard ? [{ messageId: "guard" as const, fix: guard }] : [];
}
