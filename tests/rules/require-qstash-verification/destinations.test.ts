import rule from "../../../src/rules/require-qstash-verification.ts";
import { runRule } from "../../helpers/rule-tester.ts";


runRule("require-qstash-verification", rule, {
  valid: [
    {
      name: "another path",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs/done\`, body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a longer route",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: \`\${process.env.APP_URL}/api\`, body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "another method is asked for",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publish({ url: \`\${process.env.APP_URL}/api/jobs\`, method: "PUT" });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "an address from the environment",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: process.env.JOBS_URL ?? "", body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "another service",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: "https://api.openai.com/api/jobs", body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a short path at another address",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: "https://hooks.example.com/jobs", body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a list of all schedules",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.schedules.list();
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a helper that is given another path",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export async function enqueueJob(path: string, body: unknown) {
  await client.publishJSON({ url: \`\${process.env.APP_URL}\${path}\`, body });
}

export const go = () => enqueueJob("/api/other", {});
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a helper that nobody calls with a path",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export async function enqueueJob(path: string, body: unknown) {
  await client.publishJSON({ url: \`\${process.env.APP_URL}\${path}\`, body });
}
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a message to a group",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ urlGroup: "jobs", body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a call of fetch",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => fetch(\`\${process.env.APP_URL}/api/jobs\`, { method: "POST" });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a dynamic segment is another route's",
      filename: "app/api/jobs/[id]/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs/clean\`, body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a project that does not use QStash",
      filename: "app/api/jobs/route.ts",
      files: { "package.json": `{ "name": "x", "dependencies": { "next": "^16.0.0" } }`, "lib/queue.ts": `import { Client } from "some-queue";

export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\` });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a sender in node_modules, in dist and in a hidden folder is not looked at",
      filename: "app/api/jobs/route.ts",
      files: { "dist/queue.js": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
`, ".next/queue.js": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a server action is called by the browser",
      filename: "app/api/jobs/actions.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `"use server";

export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a broken sender",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";
export const go = () => new Client().publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
    },
  ],
  invalid: [
    {
      name: "publish()",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publish({ url: "https://shop.example/api/jobs", body: "1" });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publish` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "batchJSON()",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = (ids: string[]) => client.batchJSON([{ url: \`\${process.env.APP_URL}/api/other\`, body: {} }, { url: \`\${process.env.APP_URL}/api/jobs\`, body: ids }]);
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`batchJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a queue",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.queue({ queueName: "jobs" }).enqueueJSON({ url: process.env.APP_URL + "/api/jobs", body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`enqueueJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a schedule",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.schedules.create({ destination: \`https://\${process.env.VERCEL_URL}/api/jobs\`, cron: "0 * * * *" });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`create` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a URL group",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.urlGroups.addEndpoints({ name: "all", endpoints: [{ name: "jobs", url: "https://shop.example/api/jobs" }] });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`addEndpoints` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a callback",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: "https://api.example.com/slow", body: {}, callback: \`\${process.env.APP_URL}/api/jobs\` });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a callback for failures",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: "https://api.example.com/slow", body: {}, failureCallback: \`\${process.env.APP_URL}/api/jobs\` });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "new URL()",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: new URL("/api/jobs", process.env.APP_URL).toString(), body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "new URL().href",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: new URL("/api/jobs?retry=1", process.env.APP_URL).href, body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a variable",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

const JOBS = "/api/jobs";
const url = \`\${process.env.APP_URL ?? "http://localhost:3000"}\${JOBS}\`;

export const go = () => client.publishJSON({ url, body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a function that makes addresses",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";
import { urlOf } from "./urls";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: urlOf("/jobs"), body: {} });
`, "lib/urls.ts": `const base = () => (process.env.VERCEL_URL ? \`https://\${process.env.VERCEL_URL}\` : "http://localhost:3000");

export function urlOf(path: string) {
  return \`\${base()}/api\${path}\`;
}
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "one of two addresses",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: process.env.VERCEL ? "https://shop.example/api/jobs" : "http://localhost:3000/api/jobs", body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a query and a hash",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = (id: string) => client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs?id=\${id}#x\`, body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "behind an address that ends with /api",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: \`\${process.env.API_URL}/jobs\`, body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "options in a variable",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

const options = { url: \`\${process.env.APP_URL}/api/jobs\`, body: {} };

export const go = () => client.publishJSON({ ...options, retries: 3 });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a helper that is given the path",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export async function enqueueJob(path: string, body: unknown) {
  await client.publishJSON({ url: \`\${process.env.APP_URL}\${path}\`, body });
}
`, "app/actions.ts": `"use server";

import { enqueueJob } from "@/lib/queue";

export async function order() {
  await enqueueJob("/api/jobs", { id: 1 });
}
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`enqueueJob` in app/actions.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a helper that is given an object",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export function dispatchTask({ path, data }: { path: string; data: unknown }) {
  return client.publishJSON({ url: \`\${process.env.APP_URL}/api/\${path}\`, body: data });
}
`, "lib/order.ts": `import { dispatchTask as dispatch } from "./queue";
import { dispatchTask } from "./queue";

void dispatch;
export const order = () => dispatchTask({ path: "jobs", data: 1 });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`dispatchTask` in lib/order.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a class",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export class Jobs {
  private readonly qstash = new Client();

  start() {
    return this.qstash.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
  }
}
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "another route that sends",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const nothing = client;
`, "app/api/start/route.ts": `import { nothing as queue } from "@/lib/queue";

export async function POST() {
  await queue.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
  return Response.json({ ok: true });
}
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in app/api/start/route.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a route that sends to itself",
      filename: "app/api/jobs/route.ts",
      files: {  },
      code: `import { Client } from "@upstash/qstash";

const client = new Client();

export async function POST(request: Request) {
  const { page } = await request.json();
  await client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { page: page + 1 } });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in app/api/jobs/route.ts sends to it"},
          line: 5,
          column: 23,
          endLine: 5,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { Client } from "@upstash/qstash";
import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";

const client = new Client();

async function handler(request: Request) {
  const { page } = await request.json();
  await client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: { page: page + 1 } });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a workflow is told to call a plain handler",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/workflow";

export const go = () => new Client().trigger({ url: \`\${process.env.APP_URL}/api/jobs\` });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`trigger` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "with GET, where that is asked for",
      filename: "app/api/jobs/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publish({ url: \`\${process.env.APP_URL}/api/jobs\`, method: "GET" });
` },
      code: `export async function GET() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"GET /api/jobs","because":"`publish` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 26,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const GET = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a dynamic segment",
      filename: "app/api/jobs/[id]/route.ts",
      files: { "lib/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = (id: string) => client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs/\${id}\`, body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs/[id]","because":"`publishJSON` in lib/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "a route group",
      filename: "src/app/(internal)/api/jobs/route.ts",
      files: { "src/queue.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in src/queue.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
    {
      name: "another package of the workspace sends",
      filename: "apps/web/app/api/jobs/route.ts",
      files: { "package.json": `{ "name": "root", "private": true, "workspaces": ["apps/*", "packages/*"] }`, "apps/web/package.json": `{ "name": "web", "dependencies": { "next": "^16.0.0" } }`, "packages/jobs/package.json": `{ "name": "@acme/jobs", "dependencies": { "@upstash/qstash": "^2.0.0" } }`, "packages/jobs/index.ts": `import { Client } from "@upstash/qstash";

const client = new Client({ token: process.env.QSTASH_TOKEN });

export const go = () => client.publishJSON({ url: \`\${process.env.APP_URL}/api/jobs\`, body: {} });
` },
      code: `export async function POST() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}
`,
      errors: [
        {
          messageId: "open",
          data: {"title":"POST /api/jobs","because":"`publishJSON` in packages/jobs/index.ts sends to it"},
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [
            {
              messageId: "wrap",
              data: {"how":"Wrap it in `verifySignatureAppRouter()`"},
              output: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";
async function handler() {
  await fetch("https://example.com/charge", { method: "POST" });
  return Response.json({ ok: true });
}

export const POST = verifySignatureAppRouter(handler);
`,
            },
          ],
        },
      ],
    },
  ],
});
