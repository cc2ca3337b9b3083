import rule from "../../src/rules/no-qstash-dev-mode.ts";
import { runRule } from "../helpers/rule-tester.ts";

/** Values of the development server, put together here so that no scanner takes them for somebody's. */
const KEY = `sig_${"7kYjw48m" + "x".repeat(20)}`;
const TOKEN = btoa('{"UserID":"defaultUser","Password":"' + 'defaultPassword"}');


runRule("no-qstash-dev-mode", rule, {
  valid: [
    {
      name: "nothing is said",
      code: `import { Client } from "@upstash/qstash";
export const client = new Client({ token: process.env.QSTASH_TOKEN });
`,
    },
    {
      name: "switched off",
      code: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({ devMode: false });
`,
    },
    {
      name: "in development only",
      code: `import { Client } from "@upstash/qstash";
export const client = new Client({ devMode: process.env.NODE_ENV === "development" });
`,
    },
    {
      name: "outside of production only",
      code: `import { Client } from "@upstash/qstash";
export const client = new Client({ devMode: process.env.NODE_ENV !== "production" });
`,
    },
    {
      name: "as a flag says",
      code: `import { Client } from "@upstash/qstash";
import { isDev } from "@/lib/stage";
export const client = new Client({ devMode: isDev });
`,
    },
    {
      name: "as a variable says",
      code: `import { Client } from "@upstash/qstash";
export const client = new Client({ devMode: Boolean(process.env.LOCAL_QSTASH) });
`,
    },
    {
      name: "one of two clients",
      code: `import { Client } from "@upstash/qstash";
export const client = process.env.NODE_ENV === "development" ? new Client({ devMode: true }) : new Client();
`,
    },
    {
      name: "behind a check of the stage",
      code: `import { Client } from "@upstash/qstash";
export function make() {
  if (process.env.NODE_ENV !== "production") return new Client({ devMode: true });
  return new Client();
}
`,
    },
    {
      name: "behind an early exit",
      code: `import { Client } from "@upstash/qstash";
export function make() {
  if (process.env.NODE_ENV === "production") throw new Error("not here");
  return new Client({ devMode: true });
}
`,
    },
    {
      name: "behind a flag",
      code: `import { Client } from "@upstash/qstash";
import { isLocal } from "@/lib/stage";
export const client = isLocal && new Client({ devMode: true });
`,
    },
    {
      name: "a script that ends in production",
      filename: "server.ts",
      code: `import { Client } from "@upstash/qstash";
if (process.env.VERCEL_ENV === "production") process.exit(1);
export const client = new Client({ devMode: true });
`,
    },
    {
      name: "a client by the name of a developer's",
      code: `import { Client } from "@upstash/qstash";
export const devClient = new Client({ devMode: true });
`,
    },
    {
      name: "a function for developers",
      code: `import { Client } from "@upstash/qstash";
export function makeLocalClient() {
  return new Client({ devMode: true });
}
`,
    },
    {
      name: "a test",
      filename: "tests/queue.test.ts",
      code: `import { Client } from "@upstash/qstash";
const client = new Client({ devMode: true });
void client;
process.env.QSTASH_DEV = "true";
`,
    },
    {
      name: "a script",
      filename: "scripts/publish.ts",
      code: `import { Client } from "@upstash/qstash";
const client = new Client({ devMode: true });
void client;
`,
    },
    {
      name: "an example",
      filename: "examples/basic/index.ts",
      code: `import { Client } from "@upstash/qstash";
const client = new Client({ devMode: true });
void client;
`,
    },
    {
      name: "a file for developers",
      filename: "src/server.dev.ts",
      code: `process.env.QSTASH_DEV = "1"; // @upstash/qstash
`,
    },
    {
      name: "another client's devMode",
      code: `import { Client } from "some-package";
// not @upstash/qstash
export const client = new Client({ devMode: true });
`,
    },
    {
      name: "an option of Redis",
      code: `import { Redis } from "@upstash/redis";
export const redis = new Redis({ url: "https://example.upstash.io", token: process.env.TOKEN, devMode: true } as never);
`,
    },
    {
      name: "a key that lies about",
      code: `// @upstash/qstash
export const PUBLIC_KEYS = ["${KEY}"];
`,
    },
    {
      name: "a key for development",
      code: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({ currentSigningKey: process.env.NODE_ENV === "development" ? "${KEY}" : process.env.A!, nextSigningKey: process.env.B! });
`,
    },
    {
      name: "a key of the project's own",
      code: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({ currentSigningKey: "sig_your_key", nextSigningKey: process.env.B! });
`,
    },
    {
      name: "the variable is switched off",
      filename: "instrumentation.ts",
      code: `process.env.QSTASH_DEV = "false"; // @upstash/qstash
`,
    },
    {
      name: "the variable is read",
      filename: "instrumentation.ts",
      code: `export const isOn = process.env.QSTASH_DEV === "true"; // @upstash/qstash
`,
    },
    {
      name: "the variable is set in development",
      filename: "instrumentation.ts",
      code: `// @upstash/qstash
if (process.env.NODE_ENV === "development") {
  process.env.QSTASH_DEV = "true";
}
`,
    },
    {
      name: "the variable is set outside of Vercel",
      filename: "instrumentation.ts",
      code: `// @upstash/qstash
if (process.env.VERCEL_ENV === "development" || process.env.NODE_ENV === "test") process.env.QSTASH_DEV = "true";
`,
    },
    {
      name: "the variable is set where there is no Vercel",
      filename: "instrumentation.ts",
      code: `// @upstash/qstash
if (!process.env.VERCEL_ENV || process.env.VERCEL_ENV === "development") process.env.QSTASH_DEV = "true";
`,
    },
    {
      name: "the variable of something else",
      filename: "instrumentation.ts",
      code: `// @upstash/qstash
const settings: Record<string, string> = {};
settings.QSTASH_DEV = "true";
export default settings;
`,
    },
    {
      name: "next.config takes it from the environment",
      filename: "next.config.ts",
      code: `// @upstash/qstash
export default { env: { QSTASH_DEV: process.env.QSTASH_DEV ?? "" } };
`,
    },
  ],
  invalid: [
    {
      name: "a client",
      code: `import { Client } from "@upstash/qstash";
export const client = new Client({ devMode: true });
`,
      errors: [
        {
          messageId: "client",
          line: 2,
          column: 45,
          endLine: 2,
          endColumn: 49,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Client } from "@upstash/qstash";
export const client = new Client({ devMode: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Client } from "@upstash/qstash";
export const client = new Client({ });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a client with a token",
      code: `import { Client } from "@upstash/qstash";
export const client = new Client({
  token: process.env.QSTASH_TOKEN,
  // no tunnel needed
  devMode: true,
});
`,
      errors: [
        {
          messageId: "client",
          line: 5,
          column: 12,
          endLine: 5,
          endColumn: 16,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Client } from "@upstash/qstash";
export const client = new Client({
  token: process.env.QSTASH_TOKEN,
  // no tunnel needed
  devMode: process.env.NODE_ENV === "development",
});
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Client } from "@upstash/qstash";
export const client = new Client({
  token: process.env.QSTASH_TOKEN,
  // no tunnel needed
});
`,
            },
          ],
        },
      ],
    },
    {
      name: "a client of Workflow",
      code: `import { Client } from "@upstash/workflow";
export const client = new Client({ token: process.env.QSTASH_TOKEN!, devMode: true });
`,
      errors: [
        {
          messageId: "client",
          line: 2,
          column: 79,
          endLine: 2,
          endColumn: 83,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Client } from "@upstash/workflow";
export const client = new Client({ token: process.env.QSTASH_TOKEN!, devMode: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Client } from "@upstash/workflow";
export const client = new Client({ token: process.env.QSTASH_TOKEN! });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a receiver",
      code: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({ devMode: true });
`,
      errors: [
        {
          messageId: "receiver",
          line: 2,
          column: 49,
          endLine: 2,
          endColumn: 53,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({ devMode: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({ });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a wrapper",
      filename: "app/api/jobs/route.ts",
      code: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
export const POST = verifySignatureAppRouter(async () => Response.json({}), { devMode: true });
`,
      errors: [
        {
          messageId: "receiver",
          line: 2,
          column: 88,
          endLine: 2,
          endColumn: 92,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
export const POST = verifySignatureAppRouter(async () => Response.json({}), { devMode: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
export const POST = verifySignatureAppRouter(async () => Response.json({}), { });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a wrapper of the pages router",
      filename: "pages/api/jobs.ts",
      code: `import { verifySignature } from "@upstash/qstash/nextjs";
export default verifySignature((_req, res) => res.end(), { clockTolerance: 5, devMode: true });
`,
      errors: [
        {
          messageId: "receiver",
          line: 2,
          column: 88,
          endLine: 2,
          endColumn: 92,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { verifySignature } from "@upstash/qstash/nextjs";
export default verifySignature((_req, res) => res.end(), { clockTolerance: 5, devMode: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { verifySignature } from "@upstash/qstash/nextjs";
export default verifySignature((_req, res) => res.end(), { clockTolerance: 5 });
`,
            },
          ],
        },
      ],
    },
    {
      name: "the opposite of what was meant",
      code: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({ devMode: process.env.NODE_ENV === "production" });
`,
      errors: [
        {
          messageId: "receiver",
          line: 2,
          column: 49,
          endLine: 2,
          endColumn: 86,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({ devMode: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({ });
`,
            },
          ],
        },
      ],
    },
    {
      name: "in production, of all places",
      code: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({ devMode: process.env.NODE_ENV === "production" ? true : false });
`,
      errors: [
        {
          messageId: "receiver",
          line: 2,
          column: 49,
          endLine: 2,
          endColumn: 101,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({ devMode: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({ });
`,
            },
          ],
        },
      ],
    },
    {
      name: "in the branch of production",
      code: `import { Client } from "@upstash/qstash";
export const client = process.env.NODE_ENV === "production" ? new Client({ devMode: true }) : new Client();
`,
      errors: [
        {
          messageId: "client",
          line: 2,
          column: 85,
          endLine: 2,
          endColumn: 89,
          suggestions: [
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Client } from "@upstash/qstash";
export const client = process.env.NODE_ENV === "production" ? new Client({ }) : new Client();
`,
            },
          ],
        },
      ],
    },
    {
      name: "behind a check of development",
      code: `import { Client } from "@upstash/qstash";
export function make() {
  if (process.env.NODE_ENV === "development") console.log("hello");
  return new Client({ devMode: true });
}
`,
      errors: [
        {
          messageId: "client",
          line: 4,
          column: 32,
          endLine: 4,
          endColumn: 36,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Client } from "@upstash/qstash";
export function make() {
  if (process.env.NODE_ENV === "development") console.log("hello");
  return new Client({ devMode: process.env.NODE_ENV === "development" });
}
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Client } from "@upstash/qstash";
export function make() {
  if (process.env.NODE_ENV === "development") console.log("hello");
  return new Client({ });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a variable",
      code: `import { Client } from "@upstash/qstash";
const devMode = true;
export const client = new Client({ devMode });
`,
      errors: [
        {
          messageId: "client",
          line: 3,
          column: 36,
          endLine: 3,
          endColumn: 43,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Client } from "@upstash/qstash";
const devMode = true;
export const client = new Client({ devMode: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Client } from "@upstash/qstash";
const devMode = true;
export const client = new Client({ });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a constant of another file",
      files: { "lib/flags.ts": `export const DEV = true;
` },
      code: `import { Client } from "@upstash/qstash";
import { DEV } from "./flags";
export const client = new Client({ devMode: DEV });
`,
      errors: [
        {
          messageId: "client",
          line: 3,
          column: 45,
          endLine: 3,
          endColumn: 48,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Client } from "@upstash/qstash";
import { DEV } from "./flags";
export const client = new Client({ devMode: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Client } from "@upstash/qstash";
import { DEV } from "./flags";
export const client = new Client({ });
`,
            },
          ],
        },
      ],
    },
    {
      name: "options in a variable",
      code: `import { Client } from "@upstash/qstash";
const options = { devMode: true };
export const client = new Client(options);
`,
      errors: [
        {
          messageId: "client",
          line: 2,
          column: 28,
          endLine: 2,
          endColumn: 32,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Client } from "@upstash/qstash";
const options = { devMode: process.env.NODE_ENV === "development" };
export const client = new Client(options);
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Client } from "@upstash/qstash";
const options = { };
export const client = new Client(options);
`,
            },
          ],
        },
      ],
    },
    {
      name: "options of another file",
      files: { "lib/options.ts": `export const options = { devMode: true };
` },
      code: `import { Client } from "@upstash/qstash";
import { options } from "./options";
export const client = new Client(options);
`,
      errors: [
        {
          messageId: "client",
          line: 3,
          column: 34,
          endLine: 3,
          endColumn: 41,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Client } from "@upstash/qstash";
import { options } from "./options";
export const client = new Client({ ...options, devMode: process.env.NODE_ENV === "development" });
`,
            },
          ],
        },
      ],
    },
    {
      name: "options that are spread",
      code: `import { Client } from "@upstash/qstash";
const options = { devMode: true };
export const client = new Client({ token: process.env.QSTASH_TOKEN, ...options });
`,
      errors: [
        {
          messageId: "client",
          line: 2,
          column: 28,
          endLine: 2,
          endColumn: 32,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Client } from "@upstash/qstash";
const options = { devMode: process.env.NODE_ENV === "development" };
export const client = new Client({ token: process.env.QSTASH_TOKEN, ...options });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Client } from "@upstash/qstash";
const options = { };
export const client = new Client({ token: process.env.QSTASH_TOKEN, ...options });
`,
            },
          ],
        },
      ],
    },
    {
      name: "as",
      code: `import { Client } from "@upstash/qstash";
export const client = new Client({ devMode: true as boolean });
`,
      errors: [
        {
          messageId: "client",
          line: 2,
          column: 45,
          endLine: 2,
          endColumn: 49,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Client } from "@upstash/qstash";
export const client = new Client({ devMode: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Client } from "@upstash/qstash";
export const client = new Client({ });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a computed key",
      code: `import { Client } from "@upstash/qstash";
export const client = new Client({ ["devMode"]: true });
`,
      errors: [
        {
          messageId: "client",
          line: 2,
          column: 49,
          endLine: 2,
          endColumn: 53,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Client } from "@upstash/qstash";
export const client = new Client({ ["devMode"]: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Client } from "@upstash/qstash";
export const client = new Client({ });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a namespace",
      code: `import * as qstash from "@upstash/qstash";
export const client = new qstash.Client({ devMode: true });
`,
      errors: [
        {
          messageId: "client",
          line: 2,
          column: 52,
          endLine: 2,
          endColumn: 56,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import * as qstash from "@upstash/qstash";
export const client = new qstash.Client({ devMode: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import * as qstash from "@upstash/qstash";
export const client = new qstash.Client({ });
`,
            },
          ],
        },
      ],
    },
    {
      name: "under another name",
      code: `import { Client as QStash } from "@upstash/qstash";
export const client = new QStash({ devMode: true });
`,
      errors: [
        {
          messageId: "client",
          line: 2,
          column: 45,
          endLine: 2,
          endColumn: 49,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Client as QStash } from "@upstash/qstash";
export const client = new QStash({ devMode: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Client as QStash } from "@upstash/qstash";
export const client = new QStash({ });
`,
            },
          ],
        },
      ],
    },
    {
      name: "through a barrel",
      files: { "lib/sdk.ts": `export { Client as QStash } from "@upstash/qstash";
` },
      code: `import { QStash } from "./sdk";
export const client = new QStash({ devMode: true });
`,
      errors: [
        {
          messageId: "client",
          line: 2,
          column: 45,
          endLine: 2,
          endColumn: 49,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { QStash } from "./sdk";
export const client = new QStash({ devMode: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { QStash } from "./sdk";
export const client = new QStash({ });
`,
            },
          ],
        },
      ],
    },
    {
      name: "CommonJS",
      filename: "lib/queue.js",
      code: `const { Client } = require("@upstash/qstash");
module.exports = new Client({ devMode: true });
`,
      errors: [
        {
          messageId: "client",
          line: 2,
          column: 40,
          endLine: 2,
          endColumn: 44,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `const { Client } = require("@upstash/qstash");
module.exports = new Client({ devMode: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `const { Client } = require("@upstash/qstash");
module.exports = new Client({ });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a class of the project",
      code: `import { Client } from "@upstash/qstash";
class Queue extends Client {}
export const queue = new Queue({ devMode: true });
`,
      errors: [
        {
          messageId: "client",
          line: 3,
          column: 43,
          endLine: 3,
          endColumn: 47,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `import { Client } from "@upstash/qstash";
class Queue extends Client {}
export const queue = new Queue({ devMode: process.env.NODE_ENV === "development" });
`,
            },
            {
              messageId: "remove",
              data: {"name":"devMode"},
              output: `import { Client } from "@upstash/qstash";
class Queue extends Client {}
export const queue = new Queue({ });
`,
            },
          ],
        },
      ],
    },
    {
      name: "public keys",
      code: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({ currentSigningKey: "${KEY}", nextSigningKey: process.env.B! });
`,
      errors: [
        {
          messageId: "credential",
          data: {"name":"QSTASH_CURRENT_SIGNING_KEY"},
          line: 2,
          column: 59,
          endLine: 2,
          endColumn: 93,
          suggestions: [
            {
              messageId: "environment",
              data: {"read":"process.env.QSTASH_CURRENT_SIGNING_KEY"},
              output: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({ currentSigningKey: process.env.QSTASH_CURRENT_SIGNING_KEY, nextSigningKey: process.env.B! });
`,
            },
          ],
        },
      ],
    },
    {
      name: "public keys where others are missing",
      code: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({
  currentSigningKey: process.env.QSTASH_CURRENT_SIGNING_KEY ?? "${KEY}",
  nextSigningKey: process.env.QSTASH_NEXT_SIGNING_KEY || "${KEY}",
});
`,
      errors: [
        {
          messageId: "credential",
          data: {"name":"QSTASH_CURRENT_SIGNING_KEY"},
          line: 3,
          column: 22,
          endLine: 3,
          endColumn: 98,
          suggestions: [
            {
              messageId: "environment",
              data: {"read":"process.env.QSTASH_CURRENT_SIGNING_KEY"},
              output: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({
  currentSigningKey: process.env.QSTASH_CURRENT_SIGNING_KEY,
  nextSigningKey: process.env.QSTASH_NEXT_SIGNING_KEY || "${KEY}",
});
`,
            },
          ],
        },
        {
          messageId: "credential",
          data: {"name":"QSTASH_NEXT_SIGNING_KEY"},
          line: 4,
          column: 19,
          endLine: 4,
          endColumn: 92,
          suggestions: [
            {
              messageId: "environment",
              data: {"read":"process.env.QSTASH_NEXT_SIGNING_KEY"},
              output: `import { Receiver } from "@upstash/qstash";
export const receiver = new Receiver({
  currentSigningKey: process.env.QSTASH_CURRENT_SIGNING_KEY ?? "${KEY}",
  nextSigningKey: process.env.QSTASH_NEXT_SIGNING_KEY,
});
`,
            },
          ],
        },
      ],
    },
    {
      name: "a public key in a constant",
      code: `import { Receiver } from "@upstash/qstash";
const key = "${KEY}";
export const receiver = new Receiver({ currentSigningKey: key, nextSigningKey: process.env.B! });
`,
      errors: [
        {
          messageId: "credential",
          data: {"name":"QSTASH_CURRENT_SIGNING_KEY"},
          line: 3,
          column: 59,
          endLine: 3,
          endColumn: 62,
          suggestions: [
            {
              messageId: "environment",
              data: {"read":"process.env.QSTASH_CURRENT_SIGNING_KEY"},
              output: `import { Receiver } from "@upstash/qstash";
const key = "${KEY}";
export const receiver = new Receiver({ currentSigningKey: process.env.QSTASH_CURRENT_SIGNING_KEY, nextSigningKey: process.env.B! });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a public key of another file",
      files: { "lib/keys.ts": `export const currentSigningKey = "${KEY}";
` },
      code: `import { Receiver } from "@upstash/qstash";
import { currentSigningKey } from "./keys";
export const receiver = new Receiver({ currentSigningKey, nextSigningKey: process.env.B! });
`,
      errors: [
        {
          messageId: "credential",
          data: {"name":"QSTASH_CURRENT_SIGNING_KEY"},
          line: 3,
          column: 40,
          endLine: 3,
          endColumn: 57,
          suggestions: [
            {
              messageId: "environment",
              data: {"read":"process.env.QSTASH_CURRENT_SIGNING_KEY"},
              output: `import { Receiver } from "@upstash/qstash";
import { currentSigningKey } from "./keys";
export const receiver = new Receiver({ currentSigningKey: process.env.QSTASH_CURRENT_SIGNING_KEY, nextSigningKey: process.env.B! });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a public key for a wrapper",
      filename: "app/api/jobs/route.ts",
      code: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
export const POST = verifySignatureAppRouter(async () => Response.json({}), { currentSigningKey: "${KEY}", nextSigningKey: "${KEY}" });
`,
      errors: [
        {
          messageId: "credential",
          data: {"name":"QSTASH_CURRENT_SIGNING_KEY"},
          line: 2,
          column: 98,
          endLine: 2,
          endColumn: 132,
          suggestions: [
            {
              messageId: "environment",
              data: {"read":"process.env.QSTASH_CURRENT_SIGNING_KEY"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
export const POST = verifySignatureAppRouter(async () => Response.json({}), { currentSigningKey: process.env.QSTASH_CURRENT_SIGNING_KEY, nextSigningKey: "${KEY}" });
`,
            },
          ],
        },
        {
          messageId: "credential",
          data: {"name":"QSTASH_NEXT_SIGNING_KEY"},
          line: 2,
          column: 150,
          endLine: 2,
          endColumn: 184,
          suggestions: [
            {
              messageId: "environment",
              data: {"read":"process.env.QSTASH_NEXT_SIGNING_KEY"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
export const POST = verifySignatureAppRouter(async () => Response.json({}), { currentSigningKey: "${KEY}", nextSigningKey: process.env.QSTASH_NEXT_SIGNING_KEY });
`,
            },
          ],
        },
      ],
    },
    {
      name: "the public token",
      code: `import { Client } from "@upstash/qstash";
export const client = new Client({ token: "${TOKEN}" });
`,
      errors: [
        {
          messageId: "credential",
          data: {"name":"QSTASH_TOKEN"},
          line: 2,
          column: 43,
          endLine: 2,
          endColumn: 117,
          suggestions: [
            {
              messageId: "environment",
              data: {"read":"process.env.QSTASH_TOKEN"},
              output: `import { Client } from "@upstash/qstash";
export const client = new Client({ token: process.env.QSTASH_TOKEN });
`,
            },
          ],
        },
      ],
    },
    {
      name: "the public token in production",
      code: `import { Client } from "@upstash/qstash";
export const client = new Client({ token: process.env.NODE_ENV === "production" ? "${TOKEN}" : process.env.QSTASH_TOKEN });
`,
      errors: [
        {
          messageId: "credential",
          data: {"name":"QSTASH_TOKEN"},
          line: 2,
          column: 43,
          endLine: 2,
          endColumn: 184,
          suggestions: [
            {
              messageId: "environment",
              data: {"read":"process.env.QSTASH_TOKEN"},
              output: `import { Client } from "@upstash/qstash";
export const client = new Client({ token: process.env.QSTASH_TOKEN });
`,
            },
          ],
        },
      ],
    },
    {
      name: "the variable is set",
      filename: "instrumentation.ts",
      code: `// @upstash/qstash
export function register() {
  process.env.QSTASH_DEV = "true";
}
`,
      errors: [
        {
          messageId: "variable",
          data: {"name":"QSTASH_DEV"},
          line: 3,
          column: 3,
          endLine: 3,
          endColumn: 25,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `// @upstash/qstash
export function register() {
  if (process.env.NODE_ENV === "development") process.env.QSTASH_DEV = "true";
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "the variable is set where it is missing",
      filename: "instrumentation.ts",
      code: `// @upstash/qstash
process.env["QSTASH_DEV"] ??= "1";
`,
      errors: [
        {
          messageId: "variable",
          data: {"name":"QSTASH_DEV"},
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 26,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `// @upstash/qstash
if (process.env.NODE_ENV === "development") process.env["QSTASH_DEV"] ??= "1";
`,
            },
          ],
        },
      ],
    },
    {
      name: "the variable is set with others",
      filename: "instrumentation.ts",
      code: `// @upstash/qstash
Object.assign(process.env, { PORT: "3000", QSTASH_DEV: "true" });
`,
      errors: [
        {
          messageId: "variable",
          data: {"name":"QSTASH_DEV"},
          line: 2,
          column: 44,
          endLine: 2,
          endColumn: 62,
          suggestions: [
            {
              messageId: "remove",
              data: {"name":"QSTASH_DEV"},
              output: `// @upstash/qstash
Object.assign(process.env, { PORT: "3000" });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a public key is set",
      filename: "instrumentation.ts",
      code: `// @upstash/qstash
process.env.QSTASH_CURRENT_SIGNING_KEY = "${KEY}";
`,
      errors: [
        {
          messageId: "variable",
          data: {"name":"QSTASH_CURRENT_SIGNING_KEY"},
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 39,
          suggestions: [
            {
              messageId: "developmentOnly",
              data: {"test":"process.env.NODE_ENV === \"development\""},
              output: `// @upstash/qstash
if (process.env.NODE_ENV === "development") process.env.QSTASH_CURRENT_SIGNING_KEY = "${KEY}";
`,
            },
          ],
        },
      ],
    },
    {
      name: "next.config sets the variable",
      filename: "next.config.ts",
      code: `// @upstash/qstash
export default {
  env: {
    QSTASH_DEV: "true",
    NAME: "shop",
  },
};
`,
      errors: [
        {
          messageId: "variable",
          data: {"name":"QSTASH_DEV"},
          line: 4,
          column: 5,
          endLine: 4,
          endColumn: 23,
          suggestions: [
            {
              messageId: "remove",
              data: {"name":"QSTASH_DEV"},
              output: `// @upstash/qstash
export default {
  env: {
    NAME: "shop",
  },
};
`,
            },
          ],
        },
      ],
    },
  ],
});
