import { createRule } from "../create-rule.ts";
import { wrapInHelper, type GuardHelper } from "../fixes/guard-helper.ts";
import { commandSinksOf, mayChooseCommand, type CommandKind } from "../model/commands/command-sinks.ts";
import { mayUseUpstash } from "../model/relevance.ts";
import { inputTitle } from "../model/input/request-input.ts";
import { reachedSinks } from "../model/input/untrusted-sinks.ts";

const NAME: GuardHelper = {
  name: "allowedCommand",
  constant: "ALLOWED_COMMANDS",
  code: (name, constant) => `const ${constant} = ["GET"];

function ${name}(command: unknown): string {
  const word = String(command).toUpperCase();
  if (!${constant}.includes(word)) throw new Error("This command is not allowed.");
  return word;
}`,
};

const METHOD: GuardHelper = {
  name: "allowedMethod",
  constant: "ALLOWED_METHODS",
  code: (name, constant) => `const ${constant} = ["get"];

function ${name}(method: unknown): any {
  if (!${constant}.includes(String(method))) throw new Error("This command is not allowed.");
  return method;
}`,
};

const WORDS: GuardHelper = {
  name: "allowedWords",
  constant: "ALLOWED_COMMANDS",
  code: (name, constant) => `const ${constant} = ["GET"];

function ${name}(words: unknown): [string, ...string[]] {
  const [command = "", ...rest] = Array.isArray(words) ? words.map(String) : [];
  if (!${constant}.includes(command.toUpperCase())) throw new Error("This command is not allowed.");
  return [command, ...rest];
}`,
};

const BODY: GuardHelper = {
  name: "allowedCommands",
  constant: "ALLOWED_COMMANDS",
  code: (name, constant) => `const ${constant} = ["GET"];

function ${name}(body: unknown): string {
  const given = typeof body === "string" ? JSON.parse(body) : body;
  const lists = Array.isArray(given) && Array.isArray(given[0]) ? given : [given];
  if (!lists.every((list) => ${constant}.includes(String(list[0]).toUpperCase()))) throw new Error("This command is not allowed.");
  return JSON.stringify(given);
}`,
};

const HELPERS: Readonly<Record<CommandKind, GuardHelper>> = { name: NAME, method: METHOD, words: WORDS, body: BODY };

export default createRule({
  name: "no-untrusted-command",
  meta: {
    type: "problem",
    docs: {
      description: "disallow Redis commands that callers choose",
      guideline: "QStash, Workflow and abuse of commands",
      recommended: true,
      strict: true,
      cwe: ["CWE-77", "CWE-470"],
    },
    hasSuggestions: true,
    messages: {
      command:
        "{{Input}} chooses which command the database runs{{through}}: any caller can read, overwrite or delete everything in it. Write the command in the code, or take it from a list of your own.",
      allow: "Refuse commands that are not on a list.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayUseUpstash(file) && (mayChooseCommand(file.text) || file.handlers.possible) && file.runtime.place !== "test",
  create: (context, file) => ({
    Program() {
      for (const { sink, input, node, through } of reachedSinks(file, (call) => commandSinksOf(file, call))) {
        const title = inputTitle({ ...input, path: input.path.filter((part) => !/^\d+$/u.test(part)) });
        const given = sink.value.value.node;
        const isHere = through === undefined && sink.value.place.module === file;
        // A stream can't be looked into.
        const isStream = given?.type === "MemberExpression" && sink.kind === "body";
        context.report({
          node,
          messageId: "command",
          data: { Input: title.replace(/^[a-z]/u, (letter) => letter.toUpperCase()), through: through === undefined ? "" : ` through ${through}` },
          suggest: given && isHere && !isStream ? [{ messageId: "allow", fix: wrapInHelper(file, given, HELPERS[sink.kind]) }] : [],
        });
      }
    },
  }),
});
