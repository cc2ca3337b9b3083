import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { dependingOn, LIMITER, MAIL, open, SEND } from "./shared.ts";

const NUXT = dependingOn("nuxt");
const ROUTE = "server/api/contact.post.ts";

const SENDS = `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default defineEventHandler(async (event) => {
  const { email } = await readBody(event);
  await resend.emails.send({ from: "hi@example.com", to: email, subject: "Hello", text: "Thanks!" });
  return { ok: true };
});
`;

const SERVER_LIMITER = {
  "server/utils/ratelimit.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

export const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") });
`,
};

const LIMITING_MIDDLEWARE = `export default defineEventHandler(async (event) => {
  if (!event.path.startsWith("/api/")) return;
  const { success } = await ratelimit.limit(getRequestIP(event) ?? "anonymous");
  if (!success) throw createError({ statusCode: 429 });
});
`;

/** The suggestion's text in `SENDS`, without and with imports. */
const guarded = (code: string, importLine: string, limiter = "ratelimit"): string =>
  code
    .replace('import { Resend } from "resend";\n', `import { Resend } from "resend";\n${importLine}`)
    .replace(
      /(?<start>[hH]andler\(async \(event\) => \{)/u,
      `$<start>
  const rate = await ${limiter}.limit(getRequestHeader(event, "x-real-ip") ?? getRequestIP(event) ?? "anonymous");
  if (!rate.success) {
    setResponseHeaders(event, {
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
    throw createError({ statusCode: 429, statusMessage: "Too many requests" });
  }`,
    );

const IMPORT = `import { ratelimit } from "../utils/ratelimit";\n`;

/** Nuxt, Nitro and h3: event handlers by place, and what runs before them. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "Nuxt: a limiter asked in the handler",
      filename: ROUTE,
      files: { ...NUXT, ...LIMITER },
      code: SENDS.replace("import", 'import { ratelimit } from "../../lib/ratelimit";\nimport').replace(
        "const { email }",
        'const { success } = await ratelimit.limit(getRequestIP(event) ?? "anonymous");\n  if (!success) throw createError({ statusCode: 429 });\n  const { email }',
      ),
    },
    {
      name: "Nuxt: a limiter of server/utils, which needs no import",
      filename: ROUTE,
      files: { ...NUXT, ...SERVER_LIMITER },
      code: SENDS.replace(
        "const { email }",
        'const { success } = await ratelimit.limit(getRequestIP(event) ?? "anonymous");\n  if (!success) throw createError({ statusCode: 429 });\n  const { email }',
      ),
    },
    {
      name: "Nuxt: a helper of server/utils that limits, under a name that says nothing",
      filename: ROUTE,
      files: {
        ...NUXT,
        ...SERVER_LIMITER,
        "server/utils/gate.ts": `export async function admit(event) {
  const { success } = await ratelimit.limit(getRequestIP(event) ?? "anonymous");
  if (!success) throw createError({ statusCode: 429 });
}
`,
      },
      code: SENDS.replace("const { email }", "await admit(event);\n  const { email }"),
    },
    {
      name: "Nuxt: the default export of a file of server/utils is known by the file's name",
      filename: ROUTE,
      files: {
        ...NUXT,
        ...SERVER_LIMITER,
        "server/utils/be-fair.ts": `export default async (event) => {
  const { success } = await ratelimit.limit(getRequestIP(event) ?? "anonymous");
  if (!success) throw createError({ statusCode: 429 });
};
`,
      },
      code: SENDS.replace("const { email }", "await beFair(event);\n  const { email }"),
    },
    {
      name: "Nuxt: server middleware that limits the API",
      filename: ROUTE,
      files: { ...NUXT, ...SERVER_LIMITER, "server/middleware/1.limit.ts": LIMITING_MIDDLEWARE },
      code: SENDS,
    },
    {
      name: "Nuxt: middleware of the app limits a layer's handlers",
      filename: "layers/mail/server/api/contact.post.ts",
      files: { ...NUXT, ...SERVER_LIMITER, "server/middleware/limit.ts": LIMITING_MIDDLEWARE },
      code: SENDS,
    },
    {
      name: "Nuxt: nuxt-security limits unless told otherwise",
      filename: ROUTE,
      files: { ...NUXT, "nuxt.config.ts": `export default defineNuxtConfig({ modules: ["@nuxt/ui", "nuxt-security"] });\n` },
      code: SENDS,
    },
    {
      name: "Nuxt: a module with options in an array",
      filename: ROUTE,
      files: { ...NUXT, "nuxt.config.ts": `export default defineNuxtConfig({ modules: [["nuxt-rate-limit", { routes: {} }]] });\n` },
      code: SENDS,
    },
    {
      name: "h3: onRequest of the object form",
      filename: ROUTE,
      files: { ...NUXT, ...SERVER_LIMITER },
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default defineEventHandler({
  onRequest: [
    async (event) => {
      const { success } = await ratelimit.limit(getRequestIP(event) ?? "anonymous");
      if (!success) throw createError({ statusCode: 429 });
    },
  ],
  handler: async (event) => {
    const { email } = await readBody(event);
    await resend.emails.send({ to: email });
  },
});
`,
    },
    {
      name: "Nuxt: a wrapper of the project that limits",
      filename: ROUTE,
      files: {
        ...NUXT,
        ...SERVER_LIMITER,
        "server/utils/handler.ts": `export const defineFairHandler = (handler) =>
  defineEventHandler(async (event) => {
    const { success } = await ratelimit.limit(getRequestIP(event) ?? "anonymous");
    if (!success) throw createError({ statusCode: 429 });
    return handler(event);
  });
`,
      },
      code: SENDS.replace("defineEventHandler", "defineFairHandler"),
    },
    {
      name: "Nuxt: QStash's wrapper",
      filename: ROUTE,
      files: NUXT,
      code: `import { verifySignatureNuxt } from "@upstash/qstash/nuxt";
${SENDS.replace("defineEventHandler(async (event) => {", "defineEventHandler(verifySignatureNuxt(async (event) => {").replace(/\}\);\n$/u, "}));\n")}`,
    },
    {
      name: "Nuxt: a cached handler runs now and then",
      filename: "server/api/stars.get.ts",
      files: NUXT,
      code: `import { Redis } from "@upstash/redis";

const redis = Redis.fromEnv();

export default defineCachedEventHandler(async () => ({ stars: await redis.get("stars") }), { maxAge: 3600 });
`,
    },
    {
      name: "Nuxt: a handler for development alone",
      filename: "server/api/seed.post.dev.ts",
      files: NUXT,
      code: SENDS,
    },
    {
      name: "Nuxt: what changes nothing and costs nothing",
      filename: "server/api/hello.get.ts",
      files: NUXT,
      code: `export default defineEventHandler(() => ({ hello: "world" }));
`,
    },
    {
      name: "Nuxt: a helper is no handler",
      filename: "server/utils/mail.ts",
      files: NUXT,
      code: SENDS.replace("export default", "export const contact ="),
    },
    {
      name: "Another server with folders of the same name",
      filename: "server/routes/mail.ts",
      files: dependingOn("express"),
      code: `import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default function mailHandler() {
  return resend.emails.send({ from: "hi@example.com", to: "me@example.com" });
}
`,
    },
  ],
  invalid: [
    open({
      name: "Nuxt: mail without a limiter",
      filename: ROUTE,
      files: { ...NUXT, ...SERVER_LIMITER },
      code: SENDS,
      at: SENDS.slice(SENDS.indexOf("defineEventHandler"), -2),
      title: "POST /api/contact",
      limiter: '`ratelimit` from "../utils/ratelimit"',
      output: guarded(SENDS, IMPORT),
    }),
    open({
      name: "h3: imports stay imports, and are added once",
      filename: "server/api/[...slug]/contact.post.ts",
      files: { ...NUXT, ...LIMITER },
      code: `import { defineEventHandler, readBody } from "h3";\n${SENDS}`,
      at: SENDS.slice(SENDS.indexOf("defineEventHandler"), -2),
      title: "POST /api/[...slug]/contact",
      output: guarded(
        `import { defineEventHandler, readBody, getRequestHeader, getRequestIP, setResponseHeaders, createError } from "h3";\n${SENDS}`,
        `import { ratelimit } from "@/lib/ratelimit";\n`,
      ),
    }),
    open({
      name: "Nuxt: middleware that limits other paths",
      filename: ROUTE,
      files: { ...NUXT, ...LIMITER, ...SERVER_LIMITER, "server/middleware/limit.ts": LIMITING_MIDDLEWARE.replace("/api/", "/api/chat") },
      code: SENDS,
      at: SENDS.slice(SENDS.indexOf("defineEventHandler"), -2),
      title: "POST /api/contact",
      output: guarded(SENDS, `import { ratelimit } from "@/lib/ratelimit";\n`),
    }),
    open({
      name: "Nuxt: a limiter that is switched off by nuxt-security's options",
      filename: ROUTE,
      files: {
        ...NUXT,
        ...LIMITER,
        "nuxt.config.ts": `export default defineNuxtConfig({ modules: ["nuxt-security"], security: { rateLimiter: false } });\n`,
      },
      code: SENDS,
      at: SENDS.slice(SENDS.indexOf("defineEventHandler"), -2),
      title: "POST /api/contact",
      output: guarded(SENDS, `import { ratelimit } from "@/lib/ratelimit";\n`),
    }),
    open({
      name: "Nuxt: a handler without a parameter, of every method, in JavaScript",
      filename: "server/routes/digest/index.js",
      files: { ...NUXT, ...LIMITER },
      code: `${MAIL}
export default defineEventHandler(() => sendDigest());

async function sendDigest() {
  ${SEND}
}
`,
      at: "defineEventHandler(() => sendDigest())",
      title: "/digest",
      output: `${MAIL.replace("\n", '\nimport { ratelimit } from "@/lib/ratelimit";\n')}
export default defineEventHandler(async (event) => {
  const rate = await ratelimit.limit(getRequestHeader(event, "x-real-ip") ?? getRequestIP(event) ?? "anonymous");
  if (!rate.success) {
    setResponseHeaders(event, {
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
    throw createError({ statusCode: 429, statusMessage: "Too many requests" });
  }
  return sendDigest();
});

async function sendDigest() {
  ${SEND}
}
`,
    }),
    open({
      name: "Nuxt: the signed-in user is limited where the handler knows one",
      filename: "server/api/invite.put.ts",
      files: { ...NUXT, ...LIMITER },
      code: `${MAIL}
declare module "h3" {
  interface H3EventContext {
    user: { id: string };
  }
}

export default defineEventHandler(async (event) => {
  console.log(event.context.user.id);
  ${SEND}
});
`,
      at: `defineEventHandler(async (event) => {
  console.log(event.context.user.id);
  ${SEND}
})`,
      title: "PUT /api/invite",
      output: `${MAIL.replace("\n", '\nimport { ratelimit } from "@/lib/ratelimit";\n')}
declare module "h3" {
  interface H3EventContext {
    user: { id: string };
  }
}

export default defineEventHandler(async (event) => {
  const rate = await ratelimit.limit(event.context.user?.id ?? getRequestIP(event) ?? "anonymous");
  if (!rate.success) {
    setResponseHeaders(event, {
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
    throw createError({ statusCode: 429, statusMessage: "Too many requests" });
  }
  console.log(event.context.user.id);
  ${SEND}
});
`,
    }),
    open({
      name: "Nuxt: a handler of another file, exported again",
      filename: "server/api/mail.post.ts",
      files: { ...NUXT, "server/handlers/mail.ts": SENDS.replace("export default", "export const mail =") },
      code: `export { mail as default } from "../handlers/mail";
`,
      at: "mail as default",
      title: "POST /api/mail",
      file: " (in server/handlers/mail.ts)",
    }),
    open({
      name: "Nuxt: work in a helper of server/utils, which needs no import",
      filename: "server/api/mail.post.ts",
      files: { ...NUXT, "server/utils/mail.ts": `${MAIL}\nexport async function sendMail() {\n  ${SEND}\n}\n` },
      code: `const handler = eventHandler(async () => await sendMail());
export default handler;
`,
      at: "handler",
      after: "default ",
      title: "POST /api/mail",
      file: " (in server/utils/mail.ts)",
      limiter: "a new `Ratelimit` of 10 requests in 10 seconds",
      output: `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

const ratelimit = new Ratelimit({
  redis: Redis.fromEnv(),
  limiter: Ratelimit.slidingWindow(10, "10 s"),
});
const handler = eventHandler(async (event) => {
  const rate = await ratelimit.limit(getRequestHeader(event, "x-real-ip") ?? getRequestIP(event) ?? "anonymous");
  if (!rate.success) {
    setResponseHeaders(event, {
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
    throw createError({ statusCode: 429, statusMessage: "Too many requests" });
  }
  return await sendMail();
});
export default handler;
`,
      untyped: "eventHandler and sendMail are known to Nuxt alone",
    }),
    open({
      name: "Nuxt: a lazy handler is guarded where it handles, not where it is set up",
      filename: "server/api/mail.post.ts",
      files: { ...NUXT, ...LIMITER },
      code: `${MAIL}
export default defineLazyEventHandler(async () => {
  const to = await Promise.resolve("me@example.com");
  return defineEventHandler(async (event) => {
    await readBody(event);
    await resend.emails.send({ to });
  });
});
`,
      at: `defineLazyEventHandler(async () => {
  const to = await Promise.resolve("me@example.com");
  return defineEventHandler(async (event) => {
    await readBody(event);
    await resend.emails.send({ to });
  });
})`,
      title: "POST /api/mail",
      output: `${MAIL.replace("\n", '\nimport { ratelimit } from "@/lib/ratelimit";\n')}
export default defineLazyEventHandler(async () => {
  const to = await Promise.resolve("me@example.com");
  return defineEventHandler(async (event) => {
    const rate = await ratelimit.limit(getRequestHeader(event, "x-real-ip") ?? getRequestIP(event) ?? "anonymous");
    if (!rate.success) {
      setResponseHeaders(event, {
        "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
        "X-RateLimit-Limit": String(rate.limit),
        "X-RateLimit-Remaining": String(rate.remaining),
        "X-RateLimit-Reset": String(rate.reset),
      });
      throw createError({ statusCode: 429, statusMessage: "Too many requests" });
    }
    await readBody(event);
    await resend.emails.send({ to });
  });
});
`,
    }),
  ],
});
