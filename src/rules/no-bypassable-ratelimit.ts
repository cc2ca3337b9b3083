import { createRule } from "../create-rule.ts";
import { denyFailed } from "../fixes/deny-failed.ts";
import { fixedLimit, withoutCall } from "../fixes/fixed-limit.ts";
import { failingOpen } from "../model/limits/failing-open.ts";
import { decidingInput, limitSinksOf, type LimitSinkKind } from "../model/limits/limit-sinks.ts";
import { handlerAround } from "../model/handlers/around.ts";
import { inputTitle, requestInputs, type RequestInput } from "../model/input/request-input.ts";
import { coverageOf } from "../model/protection/coverage.ts";
import { exposureOf } from "../model/protection/protection.ts";
import type { FileModel } from "../model/file.ts";
import type { Node } from "../model/syntax/ast.ts";
import { reachedSinks } from "../model/input/untrusted-sinks.ts";
import { mayReachLimiter } from "../model/relevance.ts";

interface Options {
  /** Report what lets requests through when the limiter fails. */
  readonly failures: boolean;
}

const DEFAULTS: Options = { failures: false };

const MESSAGES = { rate: "rate", reset: "reset", dynamic: "dynamic", tokens: "tokens", window: "window", prefix: "prefix" } as const satisfies Record<LimitSinkKind, string>;

export default createRule({
  name: "no-bypassable-ratelimit",
  meta: {
    type: "problem",
    docs: {
      description: "disallow rate limits that callers can set, reset or get around",
      guideline: "Implement rate limiting",
      recommended: true,
      strict: { failures: true },
      cwe: ["CWE-770", "CWE-799", "CWE-636"],
    },
    hasSuggestions: true,
    messages: {
      rate: "{{Input}} says how much this request counts{{through}}: with 0, or a negative number, the caller is never limited. Write the number yourself, or refuse what is below 1.",
      reset:
        "{{Input}} says whose limit is reset{{through}}, and nobody has to sign in for it: a caller resets his own as often as he likes. Reset the limit of somebody who has proven who he is.",
      dynamic:
        "{{Input}} becomes the limit for all callers{{through}}, and nobody has to sign in for it: one request can switch the limiter off, or lock out everybody. Write the number yourself.",
      tokens: "{{Input}} says how many requests this limiter allows{{through}}, so the caller sets a number that he never reaches. Write the number yourself.",
      window: "{{Input}} says in which time this limiter counts{{through}}, so the caller sets one that is over at once. Write it yourself.",
      prefix:
        "{{Input}} is part of where this limiter keeps its counts{{through}}: with another one for each request the caller is never limited. Write the prefix yourself, and name the caller in `limit()`.",
      failure:
        "When the limiter can't be asked, this lets the request through, so whoever slows Redis down or uses up its quota is not limited any more. Refuse the request here.",
      constant: "Write {{constant}}.",
      remove: "Reset nothing here.",
      deny: "Refuse the request where the limiter fails.",
    },
    schema: {
      failures: { type: "boolean", description: "Also report code that lets requests through when the limiter can't be asked." },
    },
    defaultOptions: DEFAULTS,
  },
  relevant: (file) => mayReachLimiter(file) && file.runtime.place !== "test" && file.runtime.place !== "build",
  create(context, file, { failures }) {
    return {
      Program() {
        for (const { sink, input, node: shown, through } of reachedSinks(file, (call) => limitSinksOf(file, call), decidingInput)) {
          const { kind } = sink;
          if ((kind === "reset" || kind === "dynamic") && !isForStrangers(file, shown)) continue;
          const node = through === undefined ? (sink.node ?? shown) : shown;
          const title = inputTitle(input);
          const data = { Input: title.replace(/^[a-z]/u, (letter) => letter.toUpperCase()), through: through === undefined ? "" : ` through ${through}` };
          const constant = through === undefined || isInput(file, node, input) ? fixedLimit(file, kind, node) : undefined;
          const removal = kind === "reset" ? withoutCall(file, node) : undefined;
          context.report({
            node,
            messageId: MESSAGES[kind],
            data,
            suggest: constant
              ? [{ messageId: "constant", data: { constant: constant.text }, fix: constant.fix }]
              : removal
                ? [{ messageId: "remove", fix: removal }]
                : [],
          });
        }
        if (!failures) return;
        for (const open of failingOpen(file)) {
          const fix = denyFailed(file, open);
          const suggest = fix ? [{ messageId: "deny" as const, fix }] : [];
          if (open.node.type === "CatchClause") {
            const { start } = open.node.loc;
            context.report({ loc: { start, end: { line: start.line, column: start.column + "catch".length } }, messageId: "failure", suggest });
          } else context.report({ node: open.node, messageId: "failure", suggest });
        }
      },
    };
  },
});

/** Strangers may call the handler that a node stands in. False where its function is no handler's: who calls it is not known. */
function isForStrangers(file: FileModel, node: Node): boolean {
  const handler = handlerAround(file, node)?.handler;
  return handler !== undefined && !exposureOf(file, handler).caller && !coverageOf(file, handler).caller;
}

/** An argument that is the very input, and no object that holds it. */
function isInput(file: FileModel, node: Node, { kind, path }: RequestInput): boolean {
  const found = requestInputs(file, file.located(node));
  return found.some((input) => input.whole && input.kind === kind && input.path.join(".") === path.join("."));
}
