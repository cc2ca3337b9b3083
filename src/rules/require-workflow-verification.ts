import { createRule } from "../create-rule.ts";
import { mayUseUpstash } from "../model/relevance.ts";
import { workflowReceiverFix } from "../fixes/workflow-receiver.ts";
import { isCalledByHand, mayServe, receiverStateOf, serveCalls, type ReceiverState, type ServeCall } from "../model/qstash/workflow-receivers.ts";

interface Options {
  /** Report `serve()` without a `receiver` as well. */
  readonly explicit: boolean;
}

const DEFAULTS: Options = { explicit: false };

export default createRule({
  name: "require-workflow-verification",
  meta: {
    type: "problem",
    docs: {
      description: "require Upstash Workflow endpoints to check the signature of their requests",
      guideline: "QStash, Workflow and abuse of commands",
      recommended: true,
      strict: { explicit: true },
      cwe: ["CWE-306", "CWE-345"],
    },
    hasSuggestions: true,
    messages: {
      off: "`receiver` is `{{value}}`, which switches the check of signatures off, even where the keys are set: whoever finds the URL can start this workflow, and hand it results of steps that never ran. Hand over a `Receiver`.",
      conditional:
        "Whether the signatures of this workflow's requests are checked depends on {{condition}}: without it, whoever finds the URL can start the workflow, and hand it results of steps that never ran. Hand over a `Receiver` in any case.",
      noKeys:
        "`env` holds no signing keys here, so the signatures of this workflow's requests are not checked: whoever finds the URL can start it, and hand it results of steps that never ran. Hand over a `Receiver`.",
      implicit:
        "`{{name}}()` checks signatures only where both signing keys are in the environment, and says nothing where one is missing: then whoever finds the URL can start this workflow. Hand over a `Receiver`, which refuses requests without keys.",
      hand: "Hand over `{{receiver}}`.",
    },
    schema: {
      explicit: {
        type: "boolean",
        description: "Also report `serve()` without a `receiver`, which does not check where a key is missing.",
      },
    },
    defaultOptions: DEFAULTS,
  },
  relevant: (file) => mayUseUpstash(file) && mayServe(file.text) && file.runtime.place !== "test",
  create(context, file, { explicit }) {
    return {
      Program() {
        for (const serve of serveCalls(file)) {
          const state = receiverStateOf(file, serve);
          const message = messageOf(state, serve, explicit);
          if (!message || isCalledByHand(file, serve)) continue;
          const callee = serve.call.value.node?.type === "CallExpression" ? serve.call.value.node.callee : undefined;
          const node = ("node" in state ? state.node : undefined) ?? serve.options?.value.node ?? callee;
          if (!node) continue;
          const hand = workflowReceiverFix(file, serve);
          const suggest = hand ? [{ messageId: "hand" as const, data: { receiver: hand.title }, fix: hand.fix }] : [];
          context.report({ node: state.is === "implicit" ? (callee ?? node) : node, ...message, suggest });
        }
      },
    };
  },
});

function messageOf(state: ReceiverState, { name, answers }: ServeCall, explicit: boolean) {
  switch (state.is) {
    case "off":
      return { messageId: "off" as const, data: { value: state.value } };
    case "conditional":
      return { messageId: "conditional" as const, data: { condition: state.condition ?? "a condition" } };
    case "no-keys":
      return answers ? { messageId: "noKeys" as const } : undefined;
    case "implicit":
      return explicit && answers ? { messageId: "implicit" as const, data: { name } } : undefined;
    default:
      return undefined;
  }
}
