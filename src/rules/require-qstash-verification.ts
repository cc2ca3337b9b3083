import { createRule } from "../create-rule.ts";
import { awaitFix, rawTextFix, rethrowFix } from "../fixes/verify-call.ts";
import { verifyFix } from "../fixes/verify-signature.ts";
import { mayReceiveMessages, openDestinations, type OpenDestination } from "../model/qstash/qstash-handlers.ts";
import { misusesOf, verifyCalls, type Misuse, type VerifyCall } from "../model/qstash/verify-calls.ts";
import type { FileModel } from "../model/file.ts";
import { mayRunOnServers } from "../model/place/runtime.ts";

export default createRule({
  name: "require-qstash-verification",
  meta: {
    type: "problem",
    docs: {
      description: "require every QStash destination to check the signature of its requests",
      guideline: "QStash, Workflow and abuse of commands",
      recommended: true,
      strict: true,
      cwe: ["CWE-306", "CWE-345", "CWE-347"],
    },
    hasSuggestions: true,
    messages: {
      open: "{{title}} is called by QStash ({{because}}), but nothing checks the signature of its requests: whoever finds the URL can send it messages of their own. Check the signature before anything is done.",
      bypassed:
        "{{title}} is called by QStash ({{because}}), but checks the signature on some paths only{{condition}}: a request that takes another path gets in unchecked. Check every request, and refuse it when the check fails.",
      beside:
        "{{title}} is open to everybody: {{verified}} of this file checks the QStash signature, and the check covers that one alone. Wrap this one too, or remove it.",
      unawaited:
        "`verify()` returns a promise, and nothing waits for it: what follows runs whether the signature is right or not. Add `await`.",
      swallowed:
        "A failed check of the QStash signature is caught here, and the request goes on as if it had passed: anyone can send it. Refuse the request, or throw again.",
      parsed:
        "`verify()` is handed a body that was parsed and written anew: the signature is over the text as it was sent, so genuine messages can fail. Hand over the raw text.",
      wrap: "{{how}}.",
      await: "Wait for the check.",
      rethrow: "Let a failed check end the request.",
      raw: "Hand over the text as it was sent.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: (file) => mayReceiveMessages(file) && file.runtime.place !== "test" && mayRunOnServers(file.runtime),
  create(context, file) {
    return {
      Program() {
        const misused = verifyCalls(file).flatMap((call) => misusesOf(file, call).map((misuse) => ({ call, misuse })));
        for (const { call, misuse } of misused) {
          const { messageId, fix } = mendOf(file, call, misuse);
          context.report({ node: misuse.node, messageId: misuse.kind, suggest: fix ? [{ messageId, fix }] : [] });
        }
        // Where the check is there and worth nothing, that is what is to be mended.
        const broken = misused.filter(({ misuse }) => misuse.kind !== "parsed").map(({ call }) => call.node);
        for (const found of openDestinations(file, broken)) {
          const { handler } = found;
          const wrap = verifyFix(file, handler);
          const suggest = wrap ? [{ messageId: "wrap" as const, data: { how: wrap.title }, fix: wrap.fix }] : [];
          context.report({ node: handler.node, ...messageOf(found), suggest });
        }
      },
    };
  },
});

function messageOf({ handler, check, because, beside }: OpenDestination) {
  const title = `${handler.title[0]?.toUpperCase() ?? ""}${handler.title.slice(1)}`;
  if (because === undefined) return { messageId: "beside" as const, data: { title, verified: beside ?? "" } };
  if (check.verdict === "open") return { messageId: "open" as const, data: { title, because } };
  const condition = check.condition === undefined ? "" : `, depending on ${check.condition}`;
  return { messageId: "bypassed" as const, data: { title, because, condition } };
}

function mendOf(file: FileModel, { node }: VerifyCall, misuse: Misuse) {
  switch (misuse.kind) {
    case "unawaited":
      return { messageId: "await" as const, fix: awaitFix(file, node) };
    case "swallowed":
      return { messageId: "rethrow" as const, fix: rethrowFix(file, misuse.catcher) };
    case "parsed":
      return { messageId: "raw" as const, fix: rawTextFix(file, misuse.body) };
  }
}
