import rule from "../../src/rules/require-workflow-verification.ts";
import { runRule } from "../helpers/rule-tester.ts";


runRule("require-workflow-verification", rule, {
  valid: [
    {
      name: "a script that calls the handler itself",
      filename: "ci.mjs",
      code: `import { serve } from "@upstash/workflow/nextjs";

const { POST: handler } = serve(async (context) => { await context.sleep("a", 10); }, { receiver: undefined });

const request = new Request("https://example.com/");
const response = await handler(request);
console.log(response.status);
`,
    },
    {
      name: "a script that calls a member of what it has made",
      filename: "ci.mjs",
      code: `import { serve } from "@upstash/workflow/nextjs";

const made = serve(async (context) => { await context.sleep("a", 10); }, { receiver: undefined });

console.log(await made.POST(new Request("https://example.com/", { method: "POST" })));
`,
    },
    {
      name: "a script that calls the handler twice, in a function",
      filename: "ci.mjs",
      code: `import { serve } from "@upstash/workflow/nextjs";

const { POST } = serve(async (context) => { await context.sleep("a", 10); }, { receiver: undefined });

async function run() {
  await POST(new Request("https://example.com/a"));
  return POST(new Request("https://example.com/b"));
}
await run();
`,
    },
    {
      name: "nothing is said",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
});
`,
    },
    {
      name: "other options",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { verbose: true });
`,
    },
    {
      name: "a receiver",
      filename: "app/api/jobs/route.ts",
      options: {"explicit":true},
      code: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
    },
    {
      name: "a receiver with keys",
      filename: "app/api/jobs/route.ts",
      options: {"explicit":true},
      code: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver({ currentSigningKey: process.env.A!, nextSigningKey: process.env.B! }) });
`,
    },
    {
      name: "a receiver of the project",
      filename: "app/api/jobs/route.ts",
      options: {"explicit":true},
      files: { "lib/qstash.ts": `import { Receiver } from "@upstash/qstash";

export const receiver = new Receiver();
` },
      code: `import { receiver } from "@/lib/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver });
`,
    },
    {
      name: "options in a variable",
      filename: "app/api/jobs/route.ts",
      options: {"explicit":true},
      code: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

const options = { receiver: new Receiver() };

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, options);
`,
    },
    {
      name: "options that are spread",
      filename: "app/api/jobs/route.ts",
      options: {"explicit":true},
      code: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

const options = { receiver: new Receiver() };

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { verbose: true, ...options });
`,
    },
    {
      name: "a receiver behind undefined wins",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

const options = { receiver: new Receiver() };

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined, ...options });
`,
    },
    {
      name: "a receiver that comes from a package",
      filename: "app/api/jobs/route.ts",
      options: {"explicit":true},
      code: `import { receiver } from "some-package";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver });
`,
    },
    {
      name: "options that come from a package",
      filename: "app/api/jobs/route.ts",
      options: {"explicit":true},
      code: `import { options } from "some-package";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, options);
`,
    },
    {
      name: "options that come as an argument",
      filename: "app/api/jobs/route.ts",
      options: {"explicit":true},
      code: `import { serve } from "@upstash/workflow/nextjs";

export const make = (options: Parameters<typeof serve>[1]) => serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, options);
`,
    },
    {
      name: "missing outside of production only",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: process.env.NODE_ENV === "production" ? new Receiver() : undefined });
`,
    },
    {
      name: "missing in development only",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: process.env.NODE_ENV === "development" ? undefined : new Receiver() });
`,
    },
    {
      name: "missing where a flag says that it is a developer's machine",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";
import { isDev } from "@/lib/stage";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: isDev ? undefined : new Receiver() });
`,
    },
    {
      name: "one of two receivers",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: process.env.EU ? new Receiver() : new Receiver({ currentSigningKey: process.env.A!, nextSigningKey: process.env.B! }) });
`,
    },
    {
      name: "nothing, or else a receiver",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

let given: Receiver | undefined;

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: given ?? new Receiver() });
`,
    },
    {
      name: "an environment with keys",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { env: { QSTASH_CURRENT_SIGNING_KEY: process.env.A, QSTASH_NEXT_SIGNING_KEY: process.env.B } });
`,
    },
    {
      name: "an environment that is handed over",
      filename: "src/routes/api/+server.ts",
      code: `import { env } from "$env/dynamic/private";
import { serve } from "@upstash/workflow/svelte";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { env });
`,
    },
    {
      name: "an environment that is spread",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { env: { ...process.env, QSTASH_URL: process.env.URL } });
`,
    },
    {
      name: "another serve()",
      filename: "server.ts",
      code: `import { serve } from "@hono/node-server";

// @upstash/workflow has one too
serve({ fetch: () => new Response(), port: 1 }, { receiver: undefined } as never);
`,
    },
    {
      name: "a serve() of the project's own",
      filename: "server.ts",
      code: `function serve(fn: () => void, options: { receiver?: unknown }) {
  fn();
  return options;
}

// no @upstash/workflow
serve(() => {}, { receiver: undefined });
`,
    },
    {
      name: "a workflow for serveMany()",
      filename: "lib/workflows.ts",
      options: {"explicit":true},
      code: `import { createWorkflow } from "@upstash/workflow/nextjs";

export const charge = createWorkflow(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
});
`,
    },
    {
      name: "a test",
      filename: "tests/workflow.test.ts",
      options: {"explicit":true},
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
    },
  ],
  invalid: [
    {
      name: "called by hand, and exported",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

const { POST } = serve(async (context) => {
  await context.sleep("a", 10);
}, { receiver: undefined });

export { POST };
await POST(new Request("https://example.com/"));
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [{ messageId: "hand", data: {"receiver":"new Receiver()"}, output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

const { POST } = serve(async (context) => {
  await context.sleep("a", 10);
}, { receiver: new Receiver() });

export { POST };
await POST(new Request("https://example.com/"));
` }],
        },
      ],
    },
    {
      name: "handed the requests of others",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

const { POST } = serve(async (context) => {
  await context.sleep("a", 10);
}, { receiver: undefined });

export const GET = (request: Request) => POST(request);
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [{ messageId: "hand", data: {"receiver":"new Receiver()"}, output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

const { POST } = serve(async (context) => {
  await context.sleep("a", 10);
}, { receiver: new Receiver() });

export const GET = (request: Request) => POST(request);
` }],
        },
      ],
    },
    {
      name: "handed copies of the requests of others",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

const { POST } = serve(async (context) => {
  await context.sleep("a", 10);
}, { receiver: undefined });

export const GET = (request: Request) => POST(new Request(request));
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [{ messageId: "hand", data: {"receiver":"new Receiver()"}, output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

const { POST } = serve(async (context) => {
  await context.sleep("a", 10);
}, { receiver: new Receiver() });

export const GET = (request: Request) => POST(new Request(request));
` }],
        },
      ],
    },
    {
      name: "undefined",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "null",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: null as never });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"null"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 29,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "false",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: false as never });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"false"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 30,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "beside other options",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, {
  // for now
  receiver: undefined,
  verbose: true,
});
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 7,
          column: 3,
          endLine: 7,
          endColumn: 22,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, {
  // for now
  receiver: new Receiver(),
  verbose: true,
});
`,
            },
          ],
        },
      ],
    },
    {
      name: "a variable",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

const receiver = undefined;

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 7,
          column: 6,
          endLine: 7,
          endColumn: 14,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

const receiver = undefined;

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "options in a variable",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

const options = { receiver: undefined, verbose: true as const };

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, options);
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 3,
          column: 19,
          endLine: 3,
          endColumn: 38,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

const options = { receiver: undefined, verbose: true as const };

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { ...options, receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "options of another file",
      filename: "app/api/jobs/route.ts",
      files: { "lib/options.ts": `export const options = { receiver: undefined };
` },
      code: `import { options } from "@/lib/options";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, options);
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 6,
          column: 4,
          endLine: 6,
          endColumn: 11,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { options } from "@/lib/options";
import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { ...options, receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "options of another file, spread",
      filename: "app/api/jobs/route.ts",
      files: { "lib/options.ts": `export const options = { receiver: undefined };
` },
      code: `import { options } from "@/lib/options";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { ...options, verbose: true });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 6,
          column: 4,
          endLine: 6,
          endColumn: 33,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { options } from "@/lib/options";
import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { ...options, verbose: true, receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a computed key",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { ["receiver"]: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 29,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { ["receiver"]: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "where the key is set",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: process.env.QSTASH_CURRENT_SIGNING_KEY ? new Receiver() : undefined });
`,
      errors: [
        {
          messageId: "conditional",
          data: {"condition":"the variable `QSTASH_CURRENT_SIGNING_KEY`"},
          line: 6,
          column: 6,
          endLine: 6,
          endColumn: 83,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "where the key is not missing",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: !process.env.QSTASH_CURRENT_SIGNING_KEY ? undefined : new Receiver() });
`,
      errors: [
        {
          messageId: "conditional",
          data: {"condition":"the variable `QSTASH_CURRENT_SIGNING_KEY`"},
          line: 6,
          column: 6,
          endLine: 6,
          endColumn: 84,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "&&",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: (process.env.QSTASH_CURRENT_SIGNING_KEY && new Receiver()) as Receiver });
`,
      errors: [
        {
          messageId: "conditional",
          data: {"condition":"the variable `QSTASH_CURRENT_SIGNING_KEY`"},
          line: 6,
          column: 6,
          endLine: 6,
          endColumn: 86,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a receiver of the project, where the key is set",
      filename: "app/api/jobs/route.ts",
      files: { "lib/qstash.ts": `import { Receiver } from "@upstash/qstash";

export const receiver = process.env.QSTASH_CURRENT_SIGNING_KEY ? new Receiver() : undefined;
` },
      code: `import { receiver } from "@/lib/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver });
`,
      errors: [
        {
          messageId: "conditional",
          data: {"condition":"the variable `QSTASH_CURRENT_SIGNING_KEY`"},
          line: 6,
          column: 6,
          endLine: 6,
          endColumn: 14,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { receiver } from "@/lib/qstash";
import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a function that makes one where the key is set",
      filename: "app/api/jobs/route.ts",
      files: { "lib/qstash.ts": `import { Receiver } from "@upstash/qstash";

export function makeReceiver() {
  return process.env.QSTASH_CURRENT_SIGNING_KEY ? new Receiver() : undefined;
}
` },
      code: `import { makeReceiver } from "@/lib/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: makeReceiver() });
`,
      errors: [
        {
          messageId: "conditional",
          data: {"condition":"the variable `QSTASH_CURRENT_SIGNING_KEY`"},
          line: 6,
          column: 6,
          endLine: 6,
          endColumn: 30,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { makeReceiver } from "@/lib/qstash";
import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a condition that can't be told in short",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: Math.random() > 0.5 ? new Receiver() : undefined });
`,
      errors: [
        {
          messageId: "conditional",
          data: {"condition":"a condition"},
          line: 6,
          column: 6,
          endLine: 6,
          endColumn: 64,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "in production, of all places",
      filename: "app/api/jobs/route.ts",
      code: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: process.env.NODE_ENV === "production" ? undefined : new Receiver() });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 6,
          column: 6,
          endLine: 6,
          endColumn: 82,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { Receiver } from "@upstash/qstash";
import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "an environment without keys",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { env: {} });
`,
      errors: [
        {
          messageId: "noKeys",
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 13,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver(), env: {} });
`,
            },
          ],
        },
      ],
    },
    {
      name: "an environment with one key",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { env: { QSTASH_CURRENT_SIGNING_KEY: process.env.A } });
`,
      errors: [
        {
          messageId: "noKeys",
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 56,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver(), env: { QSTASH_CURRENT_SIGNING_KEY: process.env.A } });
`,
            },
          ],
        },
      ],
    },
    {
      name: "pages router",
      filename: "pages/api/jobs.ts",
      code: `import { servePagesRouter } from "@upstash/workflow/nextjs";

export const { handler } = servePagesRouter(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });

export default handler;
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { servePagesRouter } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { handler } = servePagesRouter(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });

export default handler;
`,
            },
          ],
        },
      ],
    },
    {
      name: "serveMany",
      filename: "app/api/jobs/route.ts",
      code: `import { createWorkflow, serveMany } from "@upstash/workflow/nextjs";

const charge = createWorkflow(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
});

export const { POST } = serveMany({ charge }, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 7,
          column: 49,
          endLine: 7,
          endColumn: 68,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { createWorkflow, serveMany } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

const charge = createWorkflow(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
});

export const { POST } = serveMany({ charge }, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "one of many",
      filename: "app/api/jobs/route.ts",
      code: `import { createWorkflow, serveMany } from "@upstash/workflow/nextjs";

const charge = createWorkflow(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });

export const { POST } = serveMany({ charge });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { createWorkflow, serveMany } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

const charge = createWorkflow(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });

export const { POST } = serveMany({ charge });
`,
            },
          ],
        },
      ],
    },
    {
      name: "the main entry",
      filename: "server.ts",
      code: `import { serve } from "@upstash/workflow";

export const { handler } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow";
import { Receiver } from "@upstash/qstash";

export const { handler } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "dist",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/dist/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/dist/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "Hono",
      filename: "src/app.ts",
      code: `import { serve } from "@upstash/workflow/hono";
import { Hono } from "hono";

const app = new Hono();
app.post("/jobs", serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined }));

export default app;
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 7,
          column: 6,
          endLine: 7,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/hono";
import { Hono } from "hono";
import { Receiver } from "@upstash/qstash";

const app = new Hono();
app.post("/jobs", serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() }));

export default app;
`,
            },
          ],
        },
      ],
    },
    {
      name: "Express",
      filename: "server.ts",
      code: `import { serve } from "@upstash/workflow/express";
import express from "express";

const app = express();
app.use("/jobs", serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined }));
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 7,
          column: 6,
          endLine: 7,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/express";
import express from "express";
import { Receiver } from "@upstash/qstash";

const app = express();
app.use("/jobs", serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() }));
`,
            },
          ],
        },
      ],
    },
    {
      name: "SvelteKit",
      filename: "src/routes/api/+server.ts",
      typecheck: false,
      reason: "SvelteKit is not installed",
      code: `import { env } from "$env/dynamic/private";
import { serve } from "@upstash/workflow/svelte";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { env, receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 6,
          column: 11,
          endLine: 6,
          endColumn: 30,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver({ currentSigningKey: env.QSTASH_CURRENT_SIGNING_KEY, nextSigningKey: env.QSTASH_NEXT_SIGNING_KEY })"},
              output: `import { env } from "$env/dynamic/private";
import { serve } from "@upstash/workflow/svelte";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { env, receiver: new Receiver({ currentSigningKey: env.QSTASH_CURRENT_SIGNING_KEY, nextSigningKey: env.QSTASH_NEXT_SIGNING_KEY }) });
`,
            },
          ],
        },
      ],
    },
    {
      name: "solidjs",
      filename: "src/api.ts",
      typecheck: false,
      reason: "solidjs is not installed",
      code: `import { serve } from "@upstash/workflow/solidjs";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/solidjs";
import { Receiver } from "@upstash/qstash";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "h3",
      filename: "src/api.ts",
      typecheck: false,
      reason: "h3 is not installed",
      code: `import { serve } from "@upstash/workflow/h3";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/h3";
import { Receiver } from "@upstash/qstash";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "astro",
      filename: "src/api.ts",
      typecheck: false,
      reason: "astro is not installed",
      code: `import { serve } from "@upstash/workflow/astro";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/astro";
import { Receiver } from "@upstash/qstash";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "cloudflare",
      filename: "src/api.ts",
      code: `import { serve } from "@upstash/workflow/cloudflare";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/cloudflare";
import { Receiver } from "@upstash/qstash";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "tanstack",
      filename: "src/api.ts",
      code: `import { serve } from "@upstash/workflow/tanstack";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/tanstack";
import { Receiver } from "@upstash/qstash";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "react-router",
      filename: "src/api.ts",
      code: `import { serve } from "@upstash/workflow/react-router";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/react-router";
import { Receiver } from "@upstash/qstash";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "the old nextjs of QStash",
      filename: "src/api.ts",
      code: `import { serve } from "@upstash/qstash/nextjs";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/qstash/nextjs";
import { Receiver } from "@upstash/qstash";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "the old hono of QStash",
      filename: "src/api.ts",
      code: `import { serve } from "@upstash/qstash/hono";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/qstash/hono";
import { Receiver } from "@upstash/qstash";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "the old cloudflare of QStash",
      filename: "src/api.ts",
      code: `import { serve } from "@upstash/qstash/cloudflare";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/qstash/cloudflare";
import { Receiver } from "@upstash/qstash";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "the old workflow of QStash",
      filename: "src/api.ts",
      code: `import { serve } from "@upstash/qstash/workflow";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/qstash/workflow";
import { Receiver } from "@upstash/qstash";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "the old h3 of QStash",
      filename: "src/api.ts",
      typecheck: false,
      reason: "h3 is not installed",
      code: `import { serve } from "@upstash/qstash/h3";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/qstash/h3";
import { Receiver } from "@upstash/qstash";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "the old solidjs of QStash",
      filename: "src/api.ts",
      typecheck: false,
      reason: "solidjs is not installed",
      code: `import { serve } from "@upstash/qstash/solidjs";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/qstash/solidjs";
import { Receiver } from "@upstash/qstash";

export const made = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "the old pages router of QStash",
      filename: "pages/api/jobs.ts",
      code: `import { servePagesRouter } from "@upstash/qstash/nextjs";

export default servePagesRouter(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { servePagesRouter } from "@upstash/qstash/nextjs";
import { Receiver } from "@upstash/qstash";

export default servePagesRouter(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "under another name",
      filename: "app/api/jobs/route.ts",
      code: `import { serve as workflow } from "@upstash/workflow/nextjs";

export const { POST } = workflow(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve as workflow } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = workflow(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a namespace",
      filename: "app/api/jobs/route.ts",
      code: `import * as workflow from "@upstash/workflow/nextjs";

export const { POST } = workflow.serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import * as workflow from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = workflow.serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "an alias",
      filename: "app/api/jobs/route.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

const made = serve;

export const { POST } = made(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 7,
          column: 6,
          endLine: 7,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

const made = serve;

export const { POST } = made(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a barrel of the project",
      filename: "app/api/jobs/route.ts",
      files: { "lib/workflow.ts": `export { serve as workflow } from "@upstash/workflow/nextjs";
` },
      code: `import { workflow } from "@/lib/workflow";

export const { POST } = workflow(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, {
  receiver: /* for now */ undefined,
});
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 6,
          column: 3,
          endLine: 6,
          endColumn: 36,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { workflow } from "@/lib/workflow";
import { Receiver } from "@upstash/qstash";

export const { POST } = workflow(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, {
  receiver: /* for now */ new Receiver(),
});
`,
            },
          ],
        },
      ],
    },
    {
      name: "CommonJS",
      filename: "pages/api/jobs.js",
      code: `const { serve } = require("@upstash/workflow/nextjs");

module.exports = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 25,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `const { serve } = require("@upstash/workflow/nextjs");
const { Receiver } = require("@upstash/qstash");

module.exports = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a wrapper of the project",
      filename: "lib/workflow.ts",
      code: `import { serve } from "@upstash/workflow/nextjs";

export const workflow = (fn: Parameters<typeof serve>[0]) => serve(fn, { receiver: undefined });
`,
      errors: [
        {
          messageId: "off",
          data: {"value":"undefined"},
          line: 3,
          column: 74,
          endLine: 3,
          endColumn: 93,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const workflow = (fn: Parameters<typeof serve>[0]) => serve(fn, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "strict: nothing is said",
      filename: "app/api/jobs/route.ts",
      options: {"explicit":true},
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
});
`,
      errors: [
        {
          messageId: "implicit",
          data: {"name":"serve"},
          line: 3,
          column: 25,
          endLine: 3,
          endColumn: 30,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "strict: other options",
      filename: "app/api/jobs/route.ts",
      options: {"explicit":true},
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { verbose: true });
`,
      errors: [
        {
          messageId: "implicit",
          data: {"name":"serve"},
          line: 3,
          column: 25,
          endLine: 3,
          endColumn: 30,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver(), verbose: true });
`,
            },
          ],
        },
      ],
    },
    {
      name: "strict: no options",
      filename: "app/api/jobs/route.ts",
      options: {"explicit":true},
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, {});
`,
      errors: [
        {
          messageId: "implicit",
          data: {"name":"serve"},
          line: 3,
          column: 25,
          endLine: 3,
          endColumn: 30,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "strict: options in a variable",
      filename: "app/api/jobs/route.ts",
      options: {"explicit":true},
      code: `import { serve } from "@upstash/workflow/nextjs";

const options = { verbose: true as const };

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, options);
`,
      errors: [
        {
          messageId: "implicit",
          data: {"name":"serve"},
          line: 5,
          column: 25,
          endLine: 5,
          endColumn: 30,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

const options = { verbose: true as const };

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { ...options, receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "strict: options that are spread",
      filename: "app/api/jobs/route.ts",
      options: {"explicit":true},
      code: `import { serve } from "@upstash/workflow/nextjs";

const options = { verbose: true as const };

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { ...options });
`,
      errors: [
        {
          messageId: "implicit",
          data: {"name":"serve"},
          line: 5,
          column: 25,
          endLine: 5,
          endColumn: 30,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

const options = { verbose: true as const };

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { ...options, receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
    {
      name: "strict: an environment",
      filename: "app/api/jobs/route.ts",
      options: {"explicit":true},
      code: `import { serve } from "@upstash/workflow/nextjs";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { env: process.env });
`,
      errors: [
        {
          messageId: "implicit",
          data: {"name":"serve"},
          line: 3,
          column: 25,
          endLine: 3,
          endColumn: 30,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver({ currentSigningKey: process.env.QSTASH_CURRENT_SIGNING_KEY, nextSigningKey: process.env.QSTASH_NEXT_SIGNING_KEY })"},
              output: `import { serve } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

export const { POST } = serve(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
}, { receiver: new Receiver({ currentSigningKey: process.env.QSTASH_CURRENT_SIGNING_KEY, nextSigningKey: process.env.QSTASH_NEXT_SIGNING_KEY }), env: process.env });
`,
            },
          ],
        },
      ],
    },
    {
      name: "strict: serveMany",
      filename: "app/api/jobs/route.ts",
      options: {"explicit":true},
      code: `import { createWorkflow, serveMany } from "@upstash/workflow/nextjs";

const charge = createWorkflow(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
});

export const { POST } = serveMany({ charge });
`,
      errors: [
        {
          messageId: "implicit",
          data: {"name":"serveMany"},
          line: 7,
          column: 25,
          endLine: 7,
          endColumn: 34,
          suggestions: [
            {
              messageId: "hand",
              data: {"receiver":"new Receiver()"},
              output: `import { createWorkflow, serveMany } from "@upstash/workflow/nextjs";
import { Receiver } from "@upstash/qstash";

const charge = createWorkflow(async (context) => {
  await context.run("charge", () => fetch("https://example.com/charge"));
});

export const { POST } = serveMany({ charge }, { receiver: new Receiver() });
`,
            },
          ],
        },
      ],
    },
  ],
});
