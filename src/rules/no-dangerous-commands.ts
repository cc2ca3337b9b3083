import { createRule } from "../create-rule.ts";
import { guardFromProduction } from "../fixes/production-guard.ts";
import { scanInstead } from "../fixes/scan-keys.ts";
import { dangerousCommands, namesDangerousCommand } from "../model/dangerous-commands.ts";
import { mayUseUpstash } from "../model/relevance.ts";

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
    file.runtime.place !== "test" && file.runtime.place !== "browser" && file.handlers.possible && mayUseUpstash(file) && (file.sources.size > 0 || namesDangerousCommand(file.text)),
  create: (context, file) => ({
    Program() {
      for (const found of dangerousCommands(file)) {
        const { danger, label, node, path, handler } = found;
        const scan = danger === "keys" ? scanInstead(file, found) : undefined;
        const guard = scan ? undefined : guardFromProduction(file, node, label);
        context.report({
          node,
          messageId: danger,
          data: { command: label, where: path === undefined ? "" : ` (in ${path})`, title: handler.title },
          suggest: scan ? [scan] : guard ? [{ messageId: "guard", fix: guard }] : [],
        });
      }
    },
  }),
});
