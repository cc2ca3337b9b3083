import type { TSESTree } from "@typescript-eslint/types";
import { createRule } from "../create-rule.ts";
import { addOption } from "../fixes/add-option.ts";
import { callerDetails } from "../fixes/caller-details.ts";
import { isAddress } from "../model/limits/addresses.ts";
import type { FileModel } from "../model/file.ts";
import { constructionOf, constructionsIn, limiterCallAt, limiterOption, missingUntil, type LimiterCall } from "../model/limits/limiters.ts";
import { optionOf } from "../model/values/options.ts";
import { mayReachLimiter } from "../model/relevance.ts";

export default createRule({
  name: "require-ratelimit-protection",
  meta: {
    type: "suggestion",
    docs: {
      description: "require rate limiters to refuse callers on deny lists, and to be told who calls",
      guideline: "Monitor access patterns",
      recommended: false,
      strict: true,
      cwe: ["CWE-770", "CWE-799"],
    },
    hasSuggestions: true,
    messages: {
      off: "This limiter has no `enableProtection`, so known attackers are served like anybody else until they reach the limit. Set `enableProtection: true`, or `false` where that is meant.",
      outdated: "This limiter has no protection, so known attackers are served like anybody else until they reach the limit. Update `@upstash/ratelimit`, which has `enableProtection` since {{since}}, and set it.",
      blind:
        "The limiter has `enableProtection`, and this call tells it neither `ip` nor `userAgent` nor `country`: the deny lists are compared with nothing. Hand over what the request says.",
      enable: "Set `enableProtection: true`, and tell `limit()` who calls.",
      decide: "Write down that it is off.",
      tell: "Tell `limit()` the caller's address and user agent.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayReachLimiter(file) && file.runtime.place !== "test" && file.runtime.place !== "build",
  create(context, file) {
    return {
      Program() {
        const since = missingUntil(file, "enableProtection");
        const blind = file.callNodes.flatMap((node) => blindCall(file, node));
        for (const construction of constructionsIn(file)) {
          const { node, multiRegion, call } = construction;
          const [options] = node.arguments;
          if (multiRegion || !options || limiterOption(file.tracer, construction, "enableProtection").is !== "absent") continue;
          if (since !== undefined) {
            context.report({ node: node.callee, messageId: "outdated", data: { since } });
            continue;
          }
          const calls = blind.filter(({ limit }) => limit.client.construction?.value === call.value);
          const told = calls.map(({ node: asked }) => callerDetails(file, asked));
          context.report({
            node: node.callee,
            messageId: "off",
            suggest: [
              ...(told.includes(undefined)
                ? []
                : [
                    {
                      messageId: "enable" as const,
                      fix: (fixer: Parameters<typeof addOption>[1]) => [addOption(file, fixer, options, "enableProtection: true"), ...told.flatMap((details) => details?.(fixer) ?? [])],
                    },
                  ]),
              { messageId: "decide", fix: (fixer) => addOption(file, fixer, options, "enableProtection: false") },
            ],
          });
        }
        for (const { node, limit } of blind) {
          if (!isProtected(file, limit)) continue;
          const fix = callerDetails(file, node);
          context.report({ node: node.callee, messageId: "blind", suggest: fix ? [{ messageId: "tell", fix }] : [] });
        }
      },
    };
  },
});

interface Blind {
  readonly node: TSESTree.CallExpression;
  readonly limit: LimiterCall;
}

/** A `limit()` that is told nothing of the caller that could stand on a deny list. */
function blindCall(file: FileModel, node: TSESTree.CallExpression | TSESTree.NewExpression): readonly Blind[] {
  const limit = limiterCallAt(file, node);
  if (node.type !== "CallExpression" || limit?.method !== "limit") return [];
  const { options, identifier } = limit;
  const isTold = options && ["ip", "userAgent", "country"].some((name) => optionOf(file.tracer, options, name).is !== "absent");
  // The identifier is compared with the deny lists as well.
  return isTold || (identifier && isAddress(file, identifier)) ? [] : [{ node, limit }];
}

function isProtected(file: FileModel, { client }: LimiterCall): boolean {
  const construction = constructionOf(file.tracer, client);
  if (!construction || construction.multiRegion) return false;
  const option = limiterOption(file.tracer, construction, "enableProtection");
  return option.is === "given" && option.values.every(({ value }) => value.kind === "literal" && value.value === true);
}
