import rule from "../../../src/rules/require-qstash-verification.ts";
import { runRule } from "../../helpers/rule-tester.ts";

/* The suggestion in frameworks beside Next.js, Hono and Express. That what it gives works is run in runs.test.ts. */

const manifest = (name: string) => ({ "package.json": JSON.stringify({ name: "app", type: "module", dependencies: { [name]: "1.0.0", "@upstash/qstash": "2.12.0" } }) });

/** A route of Elysia, and what the suggestion makes of its handler and options. */
const elysia = (name: string, route: string, mended: string) => {
  const code = (before: string, call: string): string => `import { Elysia } from "elysia";
${before}
export const app = new Elysia();

app.post("/jobs", ${call});
`;
  const receiver = 'import { Receiver } from "@upstash/qstash";\n\nconst receiver = new Receiver();\n';
  const place = { line: 5, column: 10, endLine: 5, endColumn: 17 };
  return {
    name,
    filename: "src/server.ts",
    files: manifest("elysia"),
    code: code("", route),
    errors: [
      {
        messageId: "open" as const,
        data: { title: "POST /jobs", because: "it reads the `upstash-retried` header" },
        ...place,
        suggestions: [{ messageId: "wrap" as const, data: { how: "Check the signature with `Receiver` first" }, output: code(receiver, mended) }],
      },
    ],
  };
};

runRule("require-qstash-verification", rule, {
  valid: [
    {
      name: "Astro: checked",
      filename: "src/pages/jobs.ts",
      files: manifest("astro"),
      code: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function POST({ request }: { request: Request }) {
  try {
    await receiver.verify({ signature: request.headers.get("upstash-signature") ?? "", body: await request.clone().text() });
  } catch {
    return new Response("Invalid signature", { status: 401 });
  }
  await fetch("https://shop.example/charge");
  return new Response("ok");
}
`,
    },
  ],
  invalid: [
    {
      name: "SvelteKit",
      filename: "src/routes/jobs/+server.ts",
      files: manifest("next"),
      code: `import type { RequestHandler } from "@sveltejs/kit";

export const POST: RequestHandler = async ({ request }) => {
  console.log(request.headers.get("upstash-retried"));
  const { id } = await request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
};
`,
      errors: [
        {
          messageId: "open",
          data: { title: "POST /jobs", because: "it reads the `upstash-retried` header" },
          line: 3,
          column: 14,
          endLine: 3,
          endColumn: 34,
          suggestions: [{ messageId: "wrap", data: { how: "Wrap it in `verifySignatureSvelte()`" }, output: `import type { RequestHandler } from "@sveltejs/kit";
import { verifySignatureSvelte } from "@upstash/qstash/svelte";

export const POST: RequestHandler = verifySignatureSvelte(async ({ request }) => {
  console.log(request.headers.get("upstash-retried"));
  const { id } = await request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
});
` }],
        },
      ],
    },
    {
      name: "Astro",
      filename: "src/pages/jobs.ts",
      files: manifest("astro"),
      code: `interface Context {
  request: Request;
}

export async function POST({ request }: Context) {
  console.log(request.headers.get("upstash-retried"));
  const { id } = await request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
}
`,
      errors: [
        {
          messageId: "open",
          data: { title: "POST /jobs", because: "it reads the `upstash-retried` header" },
          line: 5,
          column: 23,
          endLine: 5,
          endColumn: 27,
          suggestions: [{ messageId: "wrap", data: { how: "Check the signature with `Receiver` first" }, output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();
interface Context {
  request: Request;
}

export async function POST({ request }: Context) {
  try {
    await receiver.verify({
      signature: request.headers.get("upstash-signature") ?? "",
      body: await request.clone().text(),
    });
  } catch {
    return new Response("Invalid signature", { status: 401 });
  }
  console.log(request.headers.get("upstash-retried"));
  const { id } = await request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
}
` }],
        },
      ],
    },
    {
      name: "Astro: a whole context",
      filename: "src/pages/jobs.ts",
      files: manifest("astro"),
      code: `interface Context {
  request: Request;
}

export const POST = async (context: Context) => {
  console.log(context.request.headers.get("upstash-retried"));
  const { id } = await context.request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
};
`,
      errors: [
        {
          messageId: "open",
          data: { title: "POST /jobs", because: "it reads the `upstash-retried` header" },
          line: 5,
          column: 14,
          endLine: 5,
          endColumn: 18,
          suggestions: [{ messageId: "wrap", data: { how: "Check the signature with `Receiver` first" }, output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();
interface Context {
  request: Request;
}

export const POST = async (context: Context) => {
  try {
    await receiver.verify({
      signature: context.request.headers.get("upstash-signature") ?? "",
      body: await context.request.clone().text(),
    });
  } catch {
    return new Response("Invalid signature", { status: 401 });
  }
  console.log(context.request.headers.get("upstash-retried"));
  const { id } = await context.request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
};
` }],
        },
      ],
    },
    {
      name: "React Router",
      filename: "app/routes/jobs.ts",
      files: manifest("@react-router/node"),
      code: `import type { ActionFunctionArgs } from "react-router";

export async function action({ request }: ActionFunctionArgs) {
  console.log(request.headers.get("upstash-retried"));
  const { id } = await request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
}
`,
      errors: [
        {
          messageId: "open",
          data: { title: "The action of /jobs", because: "it reads the `upstash-retried` header" },
          line: 3,
          column: 23,
          endLine: 3,
          endColumn: 29,
          suggestions: [{ messageId: "wrap", data: { how: "Check the signature with `Receiver` first" }, output: `import type { ActionFunctionArgs } from "react-router";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export async function action({ request }: ActionFunctionArgs) {
  try {
    await receiver.verify({
      signature: request.headers.get("upstash-signature") ?? "",
      body: await request.clone().text(),
    });
  } catch {
    return new Response("Invalid signature", { status: 401 });
  }
  console.log(request.headers.get("upstash-retried"));
  const { id } = await request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
}
` }],
        },
      ],
    },
    {
      name: "Cloudflare Workers",
      filename: "src/index.ts",
      files: manifest("next"),
      code: `export default {
  async fetch(request: Request) {
  console.log(request.headers.get("upstash-retried"));
  const { id } = await request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
  },
};
`,
      errors: [
        {
          messageId: "open",
          data: { title: "This fetch handler", because: "it reads the `upstash-retried` header" },
          line: 2,
          column: 9,
          endLine: 2,
          endColumn: 14,
          suggestions: [{ messageId: "wrap", data: { how: "Check the signature with `Receiver` first" }, output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();
export default {
  async fetch(request: Request) {
    try {
      await receiver.verify({
        signature: request.headers.get("upstash-signature") ?? "",
        body: await request.clone().text(),
      });
    } catch {
      return new Response("Invalid signature", { status: 401 });
    }
  console.log(request.headers.get("upstash-retried"));
  const { id } = await request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
  },
};
` }],
        },
      ],
    },
    {
      name: "Cloudflare Pages",
      filename: "functions/jobs.ts",
      files: manifest("next"),
      code: `export const onRequestPost = async (context: { request: Request }) => {
  console.log(context.request.headers.get("upstash-retried"));
  const { id } = await context.request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
};
`,
      errors: [
        {
          messageId: "open",
          data: { title: "POST /jobs", because: "it reads the `upstash-retried` header" },
          line: 1,
          column: 14,
          endLine: 1,
          endColumn: 27,
          suggestions: [{ messageId: "wrap", data: { how: "Check the signature with `Receiver` first" }, output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();
export const onRequestPost = async (context: { request: Request }) => {
  try {
    await receiver.verify({
      signature: context.request.headers.get("upstash-signature") ?? "",
      body: await context.request.clone().text(),
    });
  } catch {
    return new Response("Invalid signature", { status: 401 });
  }
  console.log(context.request.headers.get("upstash-retried"));
  const { id } = await context.request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
};
` }],
        },
      ],
    },
    {
      name: "Nuxt",
      filename: "server/api/jobs.post.ts",
      files: manifest("nuxt"),
      code: `export default defineEventHandler(async (event) => {
  console.log(getRequestHeader(event, "upstash-retried"));
  await readBody(event);
  await fetch("https://shop.example/charge");
  return "ok";
});
`,
      errors: [
        {
          messageId: "open",
          data: { title: "POST /api/jobs", because: "it reads the `upstash-retried` header" },
          line: 1,
          column: 16,
          endLine: 6,
          endColumn: 3,
          suggestions: [{ messageId: "wrap", data: { how: "Check the signature with `Receiver` first" }, output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();
export default defineEventHandler(async (event) => {
  try {
    await receiver.verify({
      signature: getRequestHeader(event, "upstash-signature") ?? "",
      body: (await readRawBody(event)) ?? "",
    });
  } catch {
    throw createError({ statusCode: 401, statusMessage: "Invalid signature" });
  }
  console.log(getRequestHeader(event, "upstash-retried"));
  await readBody(event);
  await fetch("https://shop.example/charge");
  return "ok";
});
` }],
        },
      ],
    },
    {
      name: "h3, imported",
      filename: "server/api/jobs.post.ts",
      files: manifest("h3"),
      code: `import { defineEventHandler, getRequestHeader, readBody } from "h3";

export default defineEventHandler(async (event) => {
  console.log(getRequestHeader(event, "upstash-retried"));
  await readBody(event);
  await fetch("https://shop.example/charge");
  return "ok";
});
`,
      errors: [
        {
          messageId: "open",
          data: { title: "POST /api/jobs", because: "it reads the `upstash-retried` header" },
          line: 3,
          column: 16,
          endLine: 8,
          endColumn: 3,
          suggestions: [{ messageId: "wrap", data: { how: "Check the signature with `Receiver` first" }, output: `import { defineEventHandler, getRequestHeader, readBody, readRawBody, createError } from "h3";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export default defineEventHandler(async (event) => {
  try {
    await receiver.verify({
      signature: getRequestHeader(event, "upstash-signature") ?? "",
      body: (await readRawBody(event)) ?? "",
    });
  } catch {
    throw createError({ statusCode: 401, statusMessage: "Invalid signature" });
  }
  console.log(getRequestHeader(event, "upstash-retried"));
  await readBody(event);
  await fetch("https://shop.example/charge");
  return "ok";
});
` }],
        },
      ],
    },
    {
      name: "h3 2",
      filename: "server/api/jobs.post.ts",
      files: manifest("h3"),
      code: `import { defineEventHandler } from "h3";

export default defineEventHandler(async (event) => {
  console.log(event.req.headers.get("upstash-retried"));
  await event.req.json();
  await fetch("https://shop.example/charge");
  return "ok";
});
`,
      errors: [
        {
          messageId: "open",
          data: { title: "POST /api/jobs", because: "it reads the `upstash-retried` header" },
          line: 3,
          column: 16,
          endLine: 8,
          endColumn: 3,
          suggestions: [{ messageId: "wrap", data: { how: "Check the signature with `Receiver` first" }, output: `import { defineEventHandler } from "h3";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export default defineEventHandler(async (event) => {
  try {
    await receiver.verify({
      signature: event.req.headers.get("upstash-signature") ?? "",
      body: await event.req.clone().text(),
    });
  } catch {
    return new Response("Invalid signature", { status: 401 });
  }
  console.log(event.req.headers.get("upstash-retried"));
  await event.req.json();
  await fetch("https://shop.example/charge");
  return "ok";
});
` }],
        },
      ],
    },
    {
      name: "AWS Lambda",
      filename: "src/handler.ts",
      files: manifest("next"),
      code: `import type { APIGatewayProxyEventV2 } from "aws-lambda";

export const handler = async (event: APIGatewayProxyEventV2) => {
  console.log(event.headers["upstash-retried"]);
  await fetch("https://shop.example/charge");
  return { statusCode: 200, body: "ok" };
};
`,
      errors: [
        {
          messageId: "open",
          data: { title: "The Lambda function handler", because: "it reads the `upstash-retried` header" },
          line: 3,
          column: 14,
          endLine: 3,
          endColumn: 21,
          suggestions: [{ messageId: "wrap", data: { how: "Check the signature with `Receiver` first" }, output: `import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

export const handler = async (event: APIGatewayProxyEventV2) => {
  try {
    await receiver.verify({
      signature: event.headers["upstash-signature"] ?? event.headers["Upstash-Signature"] ?? "",
      body: event.isBase64Encoded ? Buffer.from(event.body ?? "", "base64").toString() : (event.body ?? ""),
    });
  } catch {
    return { statusCode: 401, body: "Invalid signature" };
  }
  console.log(event.headers["upstash-retried"]);
  await fetch("https://shop.example/charge");
  return { statusCode: 200, body: "ok" };
};
` }],
        },
      ],
    },
    {
      name: "Expo",
      filename: "app/jobs+api.ts",
      files: manifest("expo"),
      code: `export async function POST(request: Request) {
  console.log(request.headers.get("upstash-retried"));
  const { id } = await request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
}
`,
      errors: [
        {
          messageId: "open",
          data: { title: "POST /jobs", because: "it reads the `upstash-retried` header" },
          line: 1,
          column: 23,
          endLine: 1,
          endColumn: 27,
          suggestions: [{ messageId: "wrap", data: { how: "Check the signature with `Receiver` first" }, output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();
export async function POST(request: Request) {
  try {
    await receiver.verify({
      signature: request.headers.get("upstash-signature") ?? "",
      body: await request.clone().text(),
    });
  } catch {
    return new Response("Invalid signature", { status: 401 });
  }
  console.log(request.headers.get("upstash-retried"));
  const { id } = await request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
}
` }],
        },
      ],
    },
    {
      name: "Netlify",
      filename: "netlify/functions/jobs.ts",
      files: manifest("@netlify/functions"),
      code: `export default async (request: Request) => {
  console.log(request.headers.get("upstash-retried"));
  const { id } = await request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
};
`,
      errors: [
        {
          messageId: "open",
          data: { title: "The Netlify function jobs", because: "it reads the `upstash-retried` header" },
          line: 2,
          column: 3,
          endLine: 2,
          endColumn: 55,
          suggestions: [{ messageId: "wrap", data: { how: "Check the signature with `Receiver` first" }, output: `import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();
export default async (request: Request) => {
  try {
    await receiver.verify({
      signature: request.headers.get("upstash-signature") ?? "",
      body: await request.clone().text(),
    });
  } catch {
    return new Response("Invalid signature", { status: 401 });
  }
  console.log(request.headers.get("upstash-retried"));
  const { id } = await request.json();
  await fetch(\`https://shop.example/charge/\${Number(id)}\`);
  return new Response("ok");
};
` }],
        },
      ],
    },
    {
      name: "Fastify",
      filename: "src/server.ts",
      files: manifest("fastify"),
      code: `import Fastify from "fastify";

const app = Fastify();

app.post("/jobs", async (request) => {
  console.log(request.headers["upstash-retried"]);
  await fetch("https://shop.example/charge");
  return "ok";
});

export default app;
`,
      errors: [
        {
          messageId: "open",
          data: { title: "POST /jobs", because: "it reads the `upstash-retried` header" },
          line: 5,
          column: 10,
          endLine: 5,
          endColumn: 17,
          suggestions: [{ messageId: "wrap", data: { how: "Check the signature with `Receiver` first" }, output: `import Fastify from "fastify";
import { text } from "node:stream/consumers";
import { Readable } from "node:stream";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const app = Fastify();

app.post("/jobs", {
  preParsing: async (request, reply, payload) => {
    const body = await text(payload);
    try {
      await receiver.verify({ signature: String(request.headers["upstash-signature"] ?? ""), body });
    } catch {
      return reply.code(401).send("Invalid signature");
    }
    return Readable.from([Buffer.from(body)]);
  },
}, async (request) => {
  console.log(request.headers["upstash-retried"]);
  await fetch("https://shop.example/charge");
  return "ok";
});

export default app;
` }],
        },
      ],
    },
    {
      name: "Fastify with options",
      filename: "src/server.ts",
      files: manifest("fastify"),
      code: `import Fastify from "fastify";

const app = Fastify();

app.post("/jobs", { bodyLimit: 1000 }, async (request) => {
  console.log(request.headers["upstash-retried"]);
  await fetch("https://shop.example/charge");
  return "ok";
});

export default app;
`,
      errors: [
        {
          messageId: "open",
          data: { title: "POST /jobs", because: "it reads the `upstash-retried` header" },
          line: 5,
          column: 10,
          endLine: 5,
          endColumn: 17,
          suggestions: [{ messageId: "wrap", data: { how: "Check the signature with `Receiver` first" }, output: `import Fastify from "fastify";
import { text } from "node:stream/consumers";
import { Readable } from "node:stream";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const app = Fastify();

app.post("/jobs", {
  preParsing: async (request, reply, payload) => {
    const body = await text(payload);
    try {
      await receiver.verify({ signature: String(request.headers["upstash-signature"] ?? ""), body });
    } catch {
      return reply.code(401).send("Invalid signature");
    }
    return Readable.from([Buffer.from(body)]);
  }, bodyLimit: 1000 }, async (request) => {
  console.log(request.headers["upstash-retried"]);
  await fetch("https://shop.example/charge");
  return "ok";
});

export default app;
` }],
        },
      ],
    },
    elysia("Elysia", `async ({ body, headers }) => {
  console.log(headers["upstash-retried"], body);
  await fetch("https://shop.example/charge");
  return "ok";
}`, `async ({ body, headers }) => {
  console.log(headers["upstash-retried"], body);
  await fetch("https://shop.example/charge");
  return "ok";
}, {
  parse: async ({ request }) => {
    await receiver.verify({
      signature: request.headers.get("upstash-signature") ?? "",
      body: await request.clone().text(),
    });
  },
}`),
    elysia("Elysia with options", `async ({ body, headers }) => {
  console.log(headers["upstash-retried"], body);
  await fetch("https://shop.example/charge");
  return "ok";
}, { detail: { summary: "Jobs" } }`, `async ({ body, headers }) => {
  console.log(headers["upstash-retried"], body);
  await fetch("https://shop.example/charge");
  return "ok";
}, {
  parse: async ({ request }) => {
    await receiver.verify({
      signature: request.headers.get("upstash-signature") ?? "",
      body: await request.clone().text(),
    });
  }, detail: { summary: "Jobs" } }`),
    elysia("Elysia, where the handler reads the request", `async ({ request }) => {
  console.log(request.headers.get("upstash-retried"), await request.json());
  await fetch("https://shop.example/charge");
  return "ok";
}`, `async ({ request }) => {
  try {
    await receiver.verify({
      signature: request.headers.get("upstash-signature") ?? "",
      body: await request.clone().text(),
    });
  } catch {
    return new Response("Invalid signature", { status: 401 });
  }
  console.log(request.headers.get("upstash-retried"), await request.json());
  await fetch("https://shop.example/charge");
  return "ok";
}`),
    {
      name: "Koa",
      filename: "src/server.ts",
      files: manifest("@koa/router"),
      code: `import Router from "@koa/router";

const router = new Router();

router.post("/jobs", async (ctx) => {
  console.log(ctx.get("upstash-retried"));
  await fetch("https://shop.example/charge");
  ctx.body = "ok";
});

export default router;
`,
      errors: [
        {
          messageId: "open",
          data: { title: "POST /jobs", because: "it reads the `upstash-retried` header" },
          line: 5,
          column: 13,
          endLine: 5,
          endColumn: 20,
          suggestions: [{ messageId: "wrap", data: { how: "Check the signature with `Receiver` first" }, output: `import Router from "@koa/router";
import { text } from "node:stream/consumers";
import { Receiver } from "@upstash/qstash";

const receiver = new Receiver();

const router = new Router();

router.post("/jobs", async (ctx) => {
  try {
    await receiver.verify({
      signature: ctx.get("upstash-signature"),
      body: await text(ctx.req),
    });
  } catch {
    ctx.status = 401;
    return;
  }
  console.log(ctx.get("upstash-retried"));
  await fetch("https://shop.example/charge");
  ctx.body = "ok";
});

export default router;
` }],
        },
      ],
    },
  ],
});
