import rule from "../../../src/rules/require-qstash-verification.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { exceptAroundText, syntaxMatrix } from "../../helpers/syntax-matrix.ts";

const ROUTE = "app/api/jobs/route.ts";
const HOW = { how: "Wrap it in `verifySignatureAppRouter()`" };
const WORK = '  await fetch("https://example.com/charge", { method: "POST" });\n  return Response.json({ ok: true });\n}\n';

/** The address that a route sends to, which is its own, in every form. */
const addresses = syntaxMatrix.value(
  '"https://shop.example/api/jobs"',
  (setup, expr) => `import { Client } from "@upstash/qstash";
const client = new Client();

export async function POST() {
  ${setup}
  await client.publishJSON({ url: ${expr}, body: {} });
  return Response.json({ ok: true });
}
`,
  {
    except: exceptAroundText("another address"),
  },
);

const wrapped = (code: string): string =>
  code
    .replace('import { Client } from "@upstash/qstash";', '$&\nimport { verifySignatureAppRouter } from "@upstash/qstash/nextjs";')
    .replace("export async function POST", "async function handler")
    .replace(/\}\n$/u, "}\n\nexport const POST = verifySignatureAppRouter(handler);\n");

/** Ways to reach `verify()`: what stands above the handler, the receiver, and other files. */
const FILES = {
  "lib/qstash.ts": 'import { Receiver } from "@upstash/qstash";\n\nexport const receiver = new Receiver();\nexport default receiver;\n',
  "lib/index.ts": 'export * from "./qstash";\nexport { receiver as inbox } from "./qstash";\n',
  "lib/lazy.ts": 'import { Receiver } from "@upstash/qstash";\n\nlet receiver: Receiver | undefined;\nexport function getReceiver() {\n  receiver ??= new Receiver();\n  return receiver;\n}\n',
};
const RECEIVERS: readonly (readonly [name: string, above: string, receiver: string])[] = [
  ["made in the file", 'import { Receiver } from "@upstash/qstash";\nconst receiver = new Receiver();', "receiver"],
  ["with keys", 'import { Receiver } from "@upstash/qstash";\nconst receiver = new Receiver({ currentSigningKey: process.env.A!, nextSigningKey: process.env.B! });', "receiver"],
  ["imported under another name", 'import { Receiver as R } from "@upstash/qstash";\nconst receiver = new R();', "receiver"],
  ["a namespace import", 'import * as qstash from "@upstash/qstash";\nconst receiver = new qstash.Receiver();', "receiver"],
  ["as", 'import { Receiver } from "@upstash/qstash";\nconst receiver = new Receiver() as Receiver;', "receiver"],
  ["!", 'import { Receiver } from "@upstash/qstash";\nconst receiver: Receiver | undefined = process.env.A ? new Receiver() : undefined;', "receiver!"],
  ["satisfies", 'import { Receiver } from "@upstash/qstash";\nconst receiver = new Receiver() satisfies Receiver;', "receiver"],
  ["parentheses", 'import { Receiver } from "@upstash/qstash";\nconst receiver = new Receiver();', "(receiver)"],
  ["in an object", 'import { Receiver } from "@upstash/qstash";\nconst clients = { receiver: new Receiver() };', "clients.receiver"],
  ["by a computed key", 'import { Receiver } from "@upstash/qstash";\nconst clients = { receiver: new Receiver() };', 'clients["receiver"]'],
  ["destructured", 'import { Receiver } from "@upstash/qstash";\nconst { receiver } = { receiver: new Receiver() };', "receiver"],
  ["a factory", 'import { Receiver } from "@upstash/qstash";\nconst make = () => new Receiver();', "make()"],
  ["a class field", 'import { Receiver } from "@upstash/qstash";\nclass Clients { readonly receiver = new Receiver(); }\nconst clients = new Clients();', "clients.receiver"],
  ["an alias", 'import { Receiver } from "@upstash/qstash";\nconst first = new Receiver();\nconst receiver = first;', "receiver"],
  ["imported", 'import { receiver } from "@/lib/qstash";', "receiver"],
  ["a default import", 'import inbox from "@/lib/qstash";', "inbox"],
  ["through a barrel", 'import { inbox } from "@/lib";', "inbox"],
  ["through a star", 'import { receiver } from "@/lib";', "receiver"],
  ["a namespace of the project", 'import * as q from "../../../lib/qstash";', "q.receiver"],
  ["kept for the next call", 'import { getReceiver } from "@/lib/lazy";', "getReceiver()"],
  ["imported dynamically", 'const { receiver } = await import("@/lib/qstash");', "receiver"],
  ["extended", 'import { Receiver } from "@upstash/qstash";\nclass Strict extends Receiver {}\nconst receiver = new Strict();', "receiver"],
];

const handler = (above: string, check: string): string => `${above}

export async function POST(request: Request) {
  const body = await request.text();
  ${check}
${WORK}`;
const call = (receiver: string): string => `${receiver}.verify({ signature: request.headers.get("upstash-signature") ?? "", body })`;

/** Ways to wrap a handler. */
const WRAPPERS: readonly (readonly [name: string, code: string])[] = [
  ["imported", 'import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";\nexport const POST = verifySignatureAppRouter(handler);'],
  ["under another name", 'import { verifySignatureAppRouter as signed } from "@upstash/qstash/nextjs";\nexport const POST = signed(handler);'],
  ["a namespace", 'import * as qstash from "@upstash/qstash/nextjs";\nexport const POST = qstash.verifySignatureAppRouter(handler);'],
  ["exported by name", 'import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";\nconst signed = verifySignatureAppRouter(handler);\nexport { signed as POST };'],
  ["with as", 'import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";\nexport const POST = verifySignatureAppRouter(handler) as (request: Request) => Promise<Response>;'],
  ["with satisfies", 'import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";\nexport const POST = verifySignatureAppRouter(handler) satisfies (request: Request) => Promise<Response>;'],
  ["called in the handler", 'import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";\nconst signed = verifySignatureAppRouter(handler);\nexport async function POST(request: Request) {\n  return signed(request);\n}'],
  ["in an object", 'import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";\nconst handlers = { POST: verifySignatureAppRouter(handler) };\nexport const { POST } = handlers;'],
  ["composed", 'import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";\nconst signed = (next: typeof handler) => verifySignatureAppRouter(next);\nexport const POST = signed(handler);'],
  ["through a barrel", 'import { signed } from "@/lib/signed";\nexport const POST = signed(handler);'],
];
const HANDLER = `\nasync function handler(request: Request) {\n  console.log(request.headers.get("upstash-message-id"));\n${WORK}`;

runRule("require-qstash-verification", rule, {
  valid: [
    ...RECEIVERS.map(([name, above, receiver]) => ({ name: `awaited: ${name}`, filename: ROUTE, files: FILES, code: handler(above, `await ${call(receiver)};`) })),
    ...WRAPPERS.map(([name, code]) => ({
      name: `wrapped: ${name}`,
      filename: ROUTE,
      files: { "lib/signed.ts": 'export { verifySignatureAppRouter as signed } from "@upstash/qstash/nextjs";\n' },
      code: `${code}\n${HANDLER}`,
    })),
  ],
  invalid: [
    ...addresses.map(({ name, code, files }) => {
      const before = code.slice(0, code.indexOf("POST")).split("\n");
      const line = before.length;
      const column = (before.at(-1)?.length ?? 0) + 1;
      return {
        name: `address: ${name}`,
        filename: ROUTE,
        files: files ?? {},
        code,
        errors: [
          {
            messageId: "open" as const,
            data: { title: "POST /api/jobs", because: `\`publishJSON\` in ${ROUTE} sends to it` },
            line,
            column,
            endLine: line,
            endColumn: column + 4,
            suggestions: [{ messageId: "wrap" as const, data: HOW, output: wrapped(code) }],
          },
        ],
      };
    }),
    ...RECEIVERS.map(([name, above, receiver]) => {
      const code = handler(above, `${call(receiver)};`);
      const line = above.split("\n").length + 4;
      return {
        name: `not awaited: ${name}`,
        filename: ROUTE,
        files: FILES,
        code,
        errors: [
          {
            messageId: "unawaited" as const,
            line,
            column: 3,
            endLine: line,
            endColumn: 3 + `${receiver}.verify`.length,
            suggestions: [{ messageId: "await" as const, output: code.replace(`  ${call(receiver)}`, `  await ${call(receiver)}`) }],
          },
        ],
      };
    }),
  ],
});
