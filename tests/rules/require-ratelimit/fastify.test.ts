import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { dependingOn, LIMITER, MAIL, open, SEND } from "./shared.ts";

const FASTIFY = dependingOn("fastify");
const APP = "src/app.ts";
const IMPORT = 'import { ratelimit } from "@/lib/ratelimit";\n';

const HEAD = `import Fastify from "fastify";
${MAIL}
const fastify = Fastify();
`;
const ROUTE = `fastify.post("/contact", async (request, reply) => {
  ${SEND}
  return reply.send({ ok: true });
});
`;

const guard = (identifier: string, indent = "  ", rate = "rate"): string => `${indent}const ${rate} = await ratelimit.limit(${identifier});
${indent}if (!${rate}.success) {
${indent}  return reply
${indent}    .code(429)
${indent}    .headers({
${indent}      "Retry-After": String(Math.ceil((${rate}.reset - Date.now()) / 1000)),
${indent}      "X-RateLimit-Limit": String(${rate}.limit),
${indent}      "X-RateLimit-Remaining": String(${rate}.remaining),
${indent}      "X-RateLimit-Reset": String(${rate}.reset),
${indent}    })
${indent}    .send({ error: "Too many requests" });
${indent}}
`;

const LIMIT = `async (request, reply) => {
  const { success } = await ratelimit.limit(request.ip);
  if (!success) return reply.code(429).send();
}`;

const withLimiter = (code: string): string => `import { ratelimit } from "@/lib/ratelimit";\n${code}`;

/** Fastify: routes, hooks, plugins, and the options of a route. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "Fastify: @fastify/rate-limit for all routes",
      filename: APP,
      files: FASTIFY,
      code: `import limits from "@fastify/rate-limit";
${HEAD}
await fastify.register(limits, { max: 10 });
${ROUTE}`,
    },
    {
      name: "Fastify: hooks run for routes that are registered before them",
      filename: APP,
      files: { ...FASTIFY, ...LIMITER },
      code: withLimiter(`${HEAD}${ROUTE}fastify.addHook("onRequest", ${LIMIT});\n`),
    },
    {
      name: "Fastify: a hook among the options of a route",
      filename: APP,
      files: { ...FASTIFY, ...LIMITER },
      code: withLimiter(`${HEAD}${ROUTE.replace('"/contact", ', `"/contact", { preHandler: [${LIMIT}] }, `)}`),
    },
    {
      name: "Fastify: a route's own limit",
      filename: APP,
      files: FASTIFY,
      code: `import limits from "@fastify/rate-limit";
${HEAD}
await fastify.register(limits, { global: false });
${ROUTE.replace('"/contact", ', '"/contact", { config: { rateLimit: { max: 5 } } }, ')}`,
    },
    {
      name: "Fastify: a limiter around a plugin with a prefix",
      filename: APP,
      files: { ...FASTIFY, ...LIMITER },
      code: withLimiter(`${HEAD}
fastify.addHook("preHandler", ${LIMIT});
fastify.register(async (api) => {
  ${ROUTE.replace("fastify", "api").replaceAll("\n", "\n  ")}
}, { prefix: "/api" });
`),
    },
    {
      name: "Fastify: route() with an object",
      filename: APP,
      files: { ...FASTIFY, ...LIMITER },
      code: withLimiter(`${HEAD}
fastify.route({
  method: "POST",
  url: "/contact",
  onRequest: ${LIMIT},
  handler: async () => {
    ${SEND}
  },
});
`),
    },
    {
      name: "Fastify: the app that registers a plugin of another file limits",
      filename: "src/routes/contact.ts",
      files: {
        ...FASTIFY,
        "src/app.ts": `import Fastify from "fastify";
import limits from "@fastify/rate-limit";
import contact from "./routes/contact";

const app = Fastify();
await app.register(limits, { max: 10 });
app.register(contact, { prefix: "/contact" });
`,
      },
      code: `import type { FastifyInstance } from "fastify";
${MAIL}
export default async function contact(fastify: FastifyInstance) {
  ${ROUTE}
}
`,
    },
    {
      name: "Fastify: a plugin beside the routes, as autoload finds them",
      filename: "routes/contact.js",
      files: {
        ...FASTIFY,
        "plugins/limits.js": `import fp from "fastify-plugin";
import rateLimit from "@fastify/rate-limit";

export default fp(async (fastify) => {
  fastify.register(rateLimit, { max: 10 });
});
`,
      },
      code: `${MAIL}
export default async function (fastify, opts) {
  ${ROUTE}
}
`,
    },
    {
      name: "A parameter of that name in a package without Fastify",
      filename: "src/routes.js",
      files: dependingOn("other"),
      code: `${MAIL}
export default async function (fastify) {
  ${ROUTE}
}
`,
    },
  ],
  invalid: [
    open({
      name: "Fastify: mail without a limiter",
      filename: APP,
      files: { ...FASTIFY, ...LIMITER },
      code: `${HEAD}${ROUTE}`,
      at: '"/contact"',
      title: "POST /contact",
      output: `${HEAD.replace("resend\";\n", `resend";\n${IMPORT}`)}${ROUTE.replace("=> {\n", `=> {\n${guard("request.ip")}`)}`,
    }),
    open({
      name: "Fastify: a limiter that waits for routes to ask for it, and a handler without a reply",
      filename: APP,
      files: { ...FASTIFY, ...LIMITER },
      code: `import limits from "@fastify/rate-limit";
${HEAD}
await fastify.register(limits, { global: false });
fastify.post("/contact", async ({ body }) => {
  ${SEND}
  return body;
});
`,
      at: '"/contact"',
      title: "POST /contact",
      output: `import limits from "@fastify/rate-limit";
${HEAD.replace("resend\";\n", `resend";\n${IMPORT}`)}
await fastify.register(limits, { global: false });
fastify.post("/contact", async ({ body, ip }, reply) => {
${guard("ip", "  ", "rateValue")}  ${SEND}
  return body;
});
`,
    }),
    open({
      name: "Fastify: a hook of another plugin does not reach it",
      filename: APP,
      files: { ...FASTIFY, ...LIMITER },
      code: withLimiter(`${HEAD}
fastify.register(async (admin) => {
  admin.addHook("onRequest", ${LIMIT.replaceAll("\n", "\n  ")});
});
fastify.register(async (api) => {
  api.get("/contact", async () => {
    ${SEND}
    return "sent";
  });
}, { prefix: "/api" });
`),
      at: '"/contact"',
      title: "GET /api/contact",
      limiter: "`ratelimit`",
      output: withLimiter(`${HEAD}
fastify.register(async (admin) => {
  admin.addHook("onRequest", ${LIMIT.replaceAll("\n", "\n  ")});
});
fastify.register(async (api) => {
  api.get("/contact", async (request, reply) => {
${guard("request.ip", "    ")}    ${SEND}
    return "sent";
  });
}, { prefix: "/api" });
`),
    }),
    open({
      name: "Fastify: a plugin by its type, and route() with an array of methods",
      filename: "src/contact.ts",
      files: { ...FASTIFY, ...LIMITER },
      code: `import type { FastifyPluginAsync } from "fastify";
${MAIL}
const contact: FastifyPluginAsync = async (server) => {
  server.route({
    method: ["PUT"],
    url: "/contact",
    handler: async (request, reply) => {
      ${SEND}
      return reply.send();
    },
  });
};

export default contact;
`,
      at: `{
    method: ["PUT"],
    url: "/contact",
    handler: async (request, reply) => {
      ${SEND}
      return reply.send();
    },
  }`,
      title: "PUT /contact",
      output: `import type { FastifyPluginAsync } from "fastify";
${MAIL.replace("\n", `\n${IMPORT}`)}
const contact: FastifyPluginAsync = async (server) => {
  server.route({
    method: ["PUT"],
    url: "/contact",
    handler: async (request, reply) => {
${guard("request.ip", "      ")}      ${SEND}
      return reply.send();
    },
  });
};

export default contact;
`,
    }),
    open({
      name: "Fastify: CommonJS, a plugin that is handed what it extends",
      filename: "routes/contact.cjs",
      files: { ...FASTIFY },
      code: `const { Resend } = require("resend");

const resend = new Resend(process.env.RESEND_API_KEY);

module.exports = async function (fastify, opts) {
  fastify.post("/contact", send);
};

async function send(request, reply) {
  ${SEND}
  return reply.send();
}
`,
      at: '"/contact"',
      title: "POST /contact",
      limiter: "a new `Ratelimit` of 10 requests in 10 seconds",
      output: `const { Resend } = require("resend");
const { Ratelimit } = require("@upstash/ratelimit");
const { Redis } = require("@upstash/redis");

const ratelimit = new Ratelimit({
  redis: Redis.fromEnv(),
  limiter: Ratelimit.slidingWindow(10, "10 s"),
});

const resend = new Resend(process.env.RESEND_API_KEY);

module.exports = async function (fastify, opts) {
  fastify.post("/contact", send);
};

async function send(request, reply) {
${guard("request.ip")}  ${SEND}
  return reply.send();
}
`,
    }),
  ],
});
