import { createRule } from "../create-rule.ts";
import { keepPending } from "../fixes/keep-pending.ts";
import { usesOf, type Use } from "../model/limits/answer-uses.ts";
import { enclosingFunction } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { verdictAt } from "../model/limits/verdict.ts";
import { algorithmOf, constructionOf, limiterOption, type LimiterCall } from "../model/limits/limiters.ts";
import { mayRunOnServers } from "../model/place/runtime.ts";
import { mayReachLimiter } from "../model/relevance.ts";
import { isServerless } from "../model/place/serverless.ts";

export default createRule({
  name: "require-ratelimit-pending",
  meta: {
    type: "problem",
    docs: {
      description: "require edge and serverless handlers to keep what a rate limiter has still to do",
      guideline: "Implement rate limiting",
      recommended: false,
      strict: true,
      cwe: ["CWE-404"],
    },
    hasSuggestions: true,
    messages: {
      pending:
        "This limiter {{because}} after it has answered, and `pending` of that answer is dropped: the platform may stop the function before it is done, so counts and records get lost. Hand `pending` to `waitUntil` or `after`, or await it.",
      keep: "Keep what is pending.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayReachLimiter(file) && file.runtime.place !== "test" && file.runtime.place !== "build" && mayRunOnServers(file.runtime),
  create(context, file) {
    return {
      Program() {
        for (const node of file.callNodes) {
          // What a function of the project hands on as it is, its caller has to keep.
          const verdict = verdictAt(file, node);
          if (node.type !== "CallExpression" || !verdict?.isWhole || !enclosingFunction(node)) continue;
          const because = pendingWork(file, verdict.limit);
          if (because === undefined || !isServerless(file, node)) continue;
          const isKept = usesOf(file, node).some((use) => use.how === "escapes" || (use.how === "member" && use.name === "pending" && use.uses.some(keeps)));
          if (isKept) continue;
          const fix = keepPending(file, node);
          context.report({ node: node.callee, messageId: "pending", data: { because }, suggest: fix ? [{ messageId: "keep", fix }] : [] });
        }
      },
    };
  },
});

/** False for a variable that is never read, and for logs. */
const keeps = ({ how, node }: Use): boolean => how !== "logged" && !(how === "dropped" && node.type === "Identifier");

/** What a limiter does after its answer, in words; undefined: nothing, or that is not known. */
function pendingWork(file: FileModel, { client }: LimiterCall): string | undefined {
  const { tracer } = file;
  const construction = constructionOf(tracer, client);
  if (!construction) return undefined;
  const isOn = (name: string): boolean => {
    const option = limiterOption(tracer, construction, name);
    return option.is === "given" && option.values.every(({ value }) => value.kind === "literal" && value.value === true);
  };
  if (construction.multiRegion) return "brings its regions into step";
  if (isOn("analytics")) return "records analytics";
  if (isOn("enableProtection")) return "brings its deny lists up to date";
  const algorithm = limiterOption(tracer, construction, "limiter");
  if (algorithm.is !== "given") return undefined;
  const isCached = algorithm.values.every(({ value, place }) => value.kind === "call" && algorithmOf(tracer, { value, place })?.name === "cachedFixedWindow");
  return isCached ? "counts in Redis" : undefined;
}
