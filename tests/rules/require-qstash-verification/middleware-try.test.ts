/* A failed check that is caught in middleware: does the request go on? */
import rule from "../../../src/rules/require-qstash-verification.ts";
import { replaceOnce } from "../../helpers/marks.ts";
import { runRule } from "../../helpers/rule-tester.ts";

const RECEIVER = `import { Receiver } from "@upstash/qstash";
const receiver = new Receiver();
`;

const LOGGED = "    console.error(error);\n";
const rethrown = (code: string) => [{ messageId: "rethrow" as const, output: replaceOnce(code, LOGGED, `${LOGGED}    throw error;\n`) }];
const NEXT_BEHIND = `${RECEIVER}
export async function fromQstash(req, res, next) {
  try {
    await receiver.verify({ signature: req.get("upstash-signature") ?? "", body: req.body });
  } catch (error) {
    console.error(error);
  }
  next();
}
`;
const HANDLER_BEHIND = `${RECEIVER}
export const withQstash = (handler) => async (req, res) => {
  try {
    await receiver.verify({ signature: req.headers["upstash-signature"], body: req.body });
    res.setHeader("x-verified", "1");
  } catch (error) {
    console.error(error);
  }
  return handler(req, res);
};
`;

runRule("require-qstash-verification", rule, {
  valid: [
    {
      name: "Express: next() stands in the try",
      filename: "middleware/qstash.js",
      code: `${RECEIVER}
export async function fromQstash(req, res, next) {
  try {
    await receiver.verify({ signature: req.get("upstash-signature") ?? "", body: req.body });
    next();
  } catch {
    res.status(401).end();
  }
}
`,
    },
    {
      name: "a wrapper runs the handler in the try",
      filename: "lib/with-qstash.ts",
      code: `${RECEIVER}
export const withQstash = (handler: (body: string) => Promise<void>) => async (req, res) => {
  try {
    await receiver.verify({ signature: req.headers["upstash-signature"] as string, body: req.body });
    await handler(req.body);
  } catch (error) {
    res.status(401).end("bad signature");
  }
};
`,
    },
    {
      name: "a wrapper is given the handler among its options",
      filename: "lib/with-qstash.ts",
      code: `${RECEIVER}
export function consumer({ onMessage }: { onMessage: (body: string) => Promise<void> }) {
  return async (req, res) => {
    try {
      await receiver.verify({ signature: req.headers["upstash-signature"] as string, body: req.body });
      await onMessage(req.body);
    } catch (error) {
      console.error(error);
    }
  };
}
`,
    },
  ],
  invalid: [
    {
      name: "Express: next() stands behind the try",
      filename: "middleware/qstash.js",
      code: NEXT_BEHIND,
      errors: [{ messageId: "swallowed", line: 7, column: 5, endLine: 9, endColumn: 4, suggestions: rethrown(NEXT_BEHIND) }],
    },
    {
      name: "the handler runs behind the try",
      filename: "lib/with-qstash.ts",
      code: HANDLER_BEHIND,
      errors: [{ messageId: "swallowed", line: 8, column: 5, endLine: 10, endColumn: 4, suggestions: rethrown(HANDLER_BEHIND) }],
    },
  ],
});
