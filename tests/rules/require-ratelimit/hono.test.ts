import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { LIMITER } from "./shared.ts";

const ROUTE = "src/app.ts";

/** Hono: routes, and the middleware that runs before them. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "Hono: no work",
      filename: ROUTE,
      code: `import { Hono } from "hono";

export const app = new Hono().get("/health", (c) => c.text("ok"));
`,
    },
    {
      name: "Hono: limiter middleware on the application, before the route",
      filename: ROUTE,
      files: LIMITER,
      code: `import { Hono } from "hono";
import { ratelimit } from "../lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const app = new Hono();
app.use(async (c, next) => {
  const { success } = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!success) return c.text("Too many requests", 429);
  await next();
});
app.post("/contact", async (c) => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
export default app;
`,
    },
    {
      name: "Hono: limiter middleware for a path that covers the route, in a chain",
      filename: ROUTE,
      files: LIMITER,
      code: `import { Hono } from "hono";
import { ratelimit } from "../lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default new Hono()
  .use("/api/*", async (c, next) => {
    const { success } = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
    if (!success) return c.text("Too many requests", 429);
    await next();
  })
  .post("/api/contact", async (c) => {
    await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
    return c.text("sent");
  });
`,
    },
    {
      name: "Hono: limiter middleware of the route itself",
      filename: ROUTE,
      files: LIMITER,
      code: `import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { ratelimit } from "../lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const limit = createMiddleware(async (c, next) => {
  const { success } = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!success) return c.text("Too many requests", 429);
  await next();
});
const app = new Hono();
app.post("/contact", limit, async (c) => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
export default app;
`,
    },
    {
      name: "Hono: hono-rate-limiter",
      filename: ROUTE,
      code: `import { Hono } from "hono";
import { rateLimiter } from "hono-rate-limiter";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const app = new Hono();
app.use(rateLimiter({ windowMs: 60_000, limit: 10, keyGenerator: () => "key" }));
app.post("/contact", async (c) => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
export default app;
`,
    },
    {
      name: "Hono: a bearer token that only machines have",
      filename: ROUTE,
      code: `import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const app = new Hono();
app.use("/internal/*", bearerAuth({ token: process.env.INTERNAL_TOKEN ?? "" }));
app.post("/internal/digest", async (c) => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
export default app;
`,
    },
    {
      name: "Hono: a signed-in caller changes data",
      filename: ROUTE,
      code: `import { Hono } from "hono";
import { jwt } from "hono/jwt";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

const app = new Hono();
app.use("/notes/*", jwt({ secret: process.env.JWT_SECRET ?? "", alg: "HS256" }));
app.post("/notes/new", async (c) => c.json(await db.note.create({ data: await c.req.json() })));
export default app;
`,
    },
    {
      name: "a method of that name on something else",
      filename: ROUTE,
      code: `import { Hono } from "hono";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const client = { post: async (_path: string, run: () => Promise<void>) => run() };
void client.post("/contact", async () => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
});
export default new Hono();
`,
    },
    {
      name: "Hono: a limiter of the project that settings name",
      filename: ROUTE,
      files: {
        "lib/guards.ts": `export const gate = async (_c: unknown, next: () => Promise<void>) => next();
`,
      },
      settings: {"rateLimiters":["lib/guards#gate"]},
      code: `import { Hono } from "hono";
import { gate } from "../lib/guards";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const app = new Hono();
app.use(gate);
app.post("/contact", async (c) => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
export default app;
`,
    },
  ],
  invalid: [
    {
      name: "Hono: the limiter stands behind the route",
      filename: ROUTE,
      files: LIMITER,
      code: `import { Hono } from "hono";
import { ratelimit } from "../lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const app = new Hono();
app.post("/contact", async (c) => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
app.use(async (c, next) => {
  const { success } = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!success) return c.text("Too many requests", 429);
  await next();
});
export default app;
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /contact", work: "sends mail through Resend", file: "" },
          line: 8,
          column: 10,
          endLine: 8,
          endColumn: 20,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit`" },
              output: `import { Hono } from "hono";
import { ratelimit } from "../lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const app = new Hono();
app.post("/contact", async (c) => {
  const rate = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    return c.text("Too many requests", 429, {
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
  }
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
app.use(async (c, next) => {
  const { success } = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!success) return c.text("Too many requests", 429);
  await next();
});
export default app;
`,
            },
          ],
        },
      ],
    },
    {
      name: "Hono: the limiter is for another path",
      filename: ROUTE,
      files: LIMITER,
      code: `import { Hono } from "hono";
import { ratelimit } from "../lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const app = new Hono();
app.use("/auth/*", async (c, next) => {
  const { success } = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!success) return c.text("Too many requests", 429);
  await next();
});
app.post("/contact", async (c) => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
export default app;
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /contact", work: "sends mail through Resend", file: "" },
          line: 13,
          column: 10,
          endLine: 13,
          endColumn: 20,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit`" },
              output: `import { Hono } from "hono";
import { ratelimit } from "../lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const app = new Hono();
app.use("/auth/*", async (c, next) => {
  const { success } = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!success) return c.text("Too many requests", 429);
  await next();
});
app.post("/contact", async (c) => {
  const rate = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    return c.text("Too many requests", 429, {
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
  }
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
export default app;
`,
            },
          ],
        },
      ],
    },
    {
      name: "Hono: a path that only begins like the limited one",
      filename: ROUTE,
      files: LIMITER,
      code: `import { Hono } from "hono";
import { ratelimit } from "../lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const app = new Hono();
app.use("/api/*", async (c, next) => {
  const { success } = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!success) return c.text("Too many requests", 429);
  await next();
});
app.post("/apiary", async (c) => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
export default app;
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /apiary", work: "sends mail through Resend", file: "" },
          line: 13,
          column: 10,
          endLine: 13,
          endColumn: 19,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit`" },
              output: `import { Hono } from "hono";
import { ratelimit } from "../lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const app = new Hono();
app.use("/api/*", async (c, next) => {
  const { success } = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!success) return c.text("Too many requests", 429);
  await next();
});
app.post("/apiary", async (c) => {
  const rate = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    return c.text("Too many requests", 429, {
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
  }
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
export default app;
`,
            },
          ],
        },
      ],
    },
    {
      name: "Hono: the limiter is on another application",
      filename: ROUTE,
      files: LIMITER,
      code: `import { Hono } from "hono";
import { ratelimit } from "../lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const admin = new Hono();
admin.use(async (c, next) => {
  const { success } = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!success) return c.text("Too many requests", 429);
  await next();
});
export const app = new Hono();
app.post("/contact", async (c) => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
export default admin;
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /contact", work: "sends mail through Resend", file: "" },
          line: 14,
          column: 10,
          endLine: 14,
          endColumn: 20,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit`" },
              output: `import { Hono } from "hono";
import { ratelimit } from "../lib/ratelimit";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

const admin = new Hono();
admin.use(async (c, next) => {
  const { success } = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!success) return c.text("Too many requests", 429);
  await next();
});
export const app = new Hono();
app.post("/contact", async (c) => {
  const rate = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    return c.text("Too many requests", 429, {
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
  }
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
});
export default admin;
`,
            },
          ],
        },
      ],
    },
    {
      name: "Hono: a handler without parameters",
      options: { reads: "all" },
      filename: ROUTE,
      files: LIMITER,
      code: `import { Hono } from "hono";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export default new Hono().get("/notes", async () => Response.json(await db.note.findMany()));
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "GET /notes", work: "queries the database through Prisma", file: "" },
          line: 6,
          column: 31,
          endLine: 6,
          endColumn: 39,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { Hono } from "hono";
import { PrismaClient } from "@prisma/client";
import { ratelimit } from "@/lib/ratelimit";

const db = new PrismaClient();

export default new Hono().get("/notes", async (c) => {
  const rate = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    return c.text("Too many requests", 429, {
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
  }
  return Response.json(await db.note.findMany());
});
`,
            },
          ],
        },
      ],
    },
    {
      name: "Hono: a handler elsewhere in the file",
      filename: ROUTE,
      code: `import { Hono } from "hono";
import type { Context } from "hono";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

async function contact(c: Context) {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
}

const app = new Hono();
app.post("/contact", contact);
export default app;
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /contact", work: "sends mail through Resend", file: "" },
          line: 13,
          column: 10,
          endLine: 13,
          endColumn: 20,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "a new `Ratelimit` of 10 requests in 10 seconds" },
              output: `import { Hono } from "hono";
import type { Context } from "hono";
import { Resend } from "resend";
import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

const ratelimit = new Ratelimit({
  redis: Redis.fromEnv(),
  limiter: Ratelimit.slidingWindow(10, "10 s"),
});

const resend = new Resend(process.env.RESEND_API_KEY);

async function contact(c: Context) {
  const rate = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    return c.text("Too many requests", 429, {
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
  }
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return c.text("sent");
}

const app = new Hono();
app.post("/contact", contact);
export default app;
`,
            },
          ],
        },
      ],
    },
    {
      name: "Hono: a context that is taken apart: no suggestion",
      filename: ROUTE,
      files: LIMITER,
      code: `import { Hono } from "hono";
import { Resend } from "resend";

const resend = new Resend(process.env.RESEND_API_KEY);

export default new Hono().post("/contact", async ({ text }) => {
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return text("sent");
});
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /contact", work: "sends mail through Resend", file: "" },
          line: 6,
          column: 32,
          endLine: 6,
          endColumn: 42,
        },
      ],
    },
    {
      name: "Hono: app.on() with a method",
      filename: ROUTE,
      files: LIMITER,
      code: `import { Hono } from "hono";
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

const app = new Hono();
app.on("PUT", "/notes", async (c) => c.json(await db.note.create({ data: await c.req.json() })));
export default app;
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "PUT /notes", work: "changes the database through Prisma", file: "" },
          line: 7,
          column: 8,
          endLine: 7,
          endColumn: 13,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import { Hono } from "hono";
import { PrismaClient } from "@prisma/client";
import { ratelimit } from "@/lib/ratelimit";

const db = new PrismaClient();

const app = new Hono();
app.on("PUT", "/notes", async (c) => {
  const rate = await ratelimit.limit(c.req.header("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    return c.text("Too many requests", 429, {
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
  }
  return c.json(await db.note.create({ data: await c.req.json() }));
});
export default app;
`,
            },
          ],
        },
      ],
    },
  ],
});
