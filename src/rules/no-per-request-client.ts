import { createRule } from "../create-rule.ts";
import { hoist } from "../fixes/hoist.ts";
import { mayRunOnServers } from "../model/place/runtime.ts";
import { perRequestClients } from "../model/clients/per-request-clients.ts";

export default createRule({
  name: "no-per-request-client",
  meta: {
    type: "problem",
    docs: {
      description: "disallow clients and rate limiters that are built for each request",
      guideline: "Implement rate limiting",
      recommended: false,
      strict: true,
      cwe: ["CWE-770"],
    },
    hasSuggestions: true,
    messages: {
      limiter:
        "This limiter is built anew for each request: its cache of blocked callers is lost each time, so that those who are over their limit still cost requests to Redis. Build it once, at module level.",
      client: "This client is built anew for each request and loses what it keeps between them: its connection, or the order of its own writes. Build it once, at module level.",
      hoist: "Build it at module level.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => file.mentionsUpstash && file.runtime.place !== "test" && file.runtime.place !== "build" && mayRunOnServers(file.runtime),
  create(context, file) {
    return {
      Program() {
        for (const { node, needs, isLimiter } of perRequestClients(file)) {
          const fix = hoist(file, node, needs, isLimiter ? "ratelimit" : "client");
          context.report({ node: node.callee, messageId: isLimiter ? "limiter" : "client", suggest: fix ? [{ messageId: "hoist", fix }] : [] });
        }
      },
    };
  },
});
