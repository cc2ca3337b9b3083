import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { dependingOn, LIMITER, MAIL, open, SEND } from "./shared.ts";

const ROUTER = "server/routers/contact.ts";

const TRPC = {
  ...dependingOn("@trpc/server", "next"),
  ...LIMITER,
  "server/trpc.ts": `import { initTRPC, TRPCError } from "@trpc/server";
import { ratelimit } from "../lib/ratelimit";

export const createTRPCContext = async (opts: { headers: Headers }) => {
  const session = await Promise.resolve<{ user: { id: string } } | null>(null);
  return { session, ...opts };
};

const t = initTRPC.context<typeof createTRPCContext>().create();

export const createTRPCRouter = t.router;
export const publicProcedure = t.procedure;
export const limitedProcedure = t.procedure.use(async ({ ctx, next }) => {
  const { success } = await ratelimit.limit(ctx.headers.get("x-real-ip") ?? "anonymous");
  if (!success) throw new TRPCError({ code: "TOO_MANY_REQUESTS" });
  return next();
});
export const protectedProcedure = t.procedure.use(({ ctx, next }) => {
  if (!ctx.session) throw new TRPCError({ code: "UNAUTHORIZED" });
  return next({ ctx: { session: ctx.session } });
});
export const limit = t.middleware(async ({ ctx, next }) => {
  const { success } = await ratelimit.limit(ctx.headers.get("x-real-ip") ?? "anonymous");
  if (!success) throw new TRPCError({ code: "TOO_MANY_REQUESTS" });
  return next();
});
`,
};

/** Builders whose names say nothing. */
const RENAMED = {
  ...TRPC,
  "server/trpc.ts": TRPC["server/trpc.ts"].replaceAll("publicProcedure", "open").replaceAll("limitedProcedure", "limited"),
};

/** A context that holds who is signed in and nothing else. */
const WITHOUT_HEADERS = {
  ...TRPC,
  "server/trpc.ts": `import { initTRPC, TRPCError } from "@trpc/server";

export const createTRPCContext = async () => ({ session: await Promise.resolve<{ user: { id: string } } | null>(null) });

const t = initTRPC.context<typeof createTRPCContext>().create();

export const createTRPCRouter = t.router;
export const publicProcedure = t.procedure;
export const protectedProcedure = t.procedure.use(({ ctx, next }) => {
  if (!ctx.session) throw new TRPCError({ code: "UNAUTHORIZED" });
  return next({ ctx: { session: ctx.session } });
});
`,
};

const router = (procedure: string, params = "{ input }", imports = ""): string => `import { createTRPCRouter, ${procedure.split(".")[0] ?? ""}${imports} } from "../trpc";
${MAIL}
export const contactRouter = createTRPCRouter({
  send: ${procedure}.input((value: unknown) => String(value)).mutation(async (${params}) => {
    ${SEND}
    return input;
  }),
});
`;

const GUARD = (identifier: string): string => `{
    const rate = await ratelimit.limit(${identifier});
    if (!rate.success) {
      throw new TRPCError({ code: "TOO_MANY_REQUESTS", message: "Too many requests. Try again later." });
    }
`;

const IMPORTS = 'import { Resend } from "resend";\nimport { ratelimit } from "@/lib/ratelimit";\nimport { TRPCError } from "@trpc/server";\n';

/** tRPC: procedures, and what their builders run before. */
runRule("require-ratelimit", rule, {
  valid: [
    { name: "tRPC: a builder of another name, with a limiter", filename: ROUTER, files: RENAMED, code: router("limited").replace("createTRPCRouter", "router") },
    { name: "tRPC: a builder with a limiter, in another file", filename: ROUTER, files: TRPC, code: router("limitedProcedure") },
    { name: "tRPC: a middleware that is used on the spot", filename: ROUTER, files: TRPC, code: router("publicProcedure.use(limit)", "{ input }", ", limit") },
    {
      name: "tRPC: a limiter in the procedure",
      filename: ROUTER,
      files: TRPC,
      code: router("publicProcedure", "{ ctx, input }")
        .replace("import", 'import { ratelimit } from "@/lib/ratelimit";\nimport')
        .replace("    await resend", '    const { success } = await ratelimit.limit(ctx.headers.get("x-real-ip") ?? "anonymous");\n    if (!success) throw new Error("Too many requests");\n    await resend'),
    },
    {
      name: "tRPC: a signed-in caller writes",
      filename: ROUTER,
      files: TRPC,
      code: router("protectedProcedure").replace(SEND, "await redis.set(input, 1);").replace(MAIL, 'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\n'),
    },
    {
      name: "tRPC: a builder that turns strangers away, under a name that says nothing",
      filename: ROUTER,
      files: { ...TRPC, "server/base.ts": TRPC["server/trpc.ts"].replaceAll("protectedProcedure", "base").replaceAll("../lib", "../lib") },
      code: router("base").replace("../trpc", "../base").replace(SEND, "await redis.set(input, 1);").replace(MAIL, 'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\n'),
    },
    {
      name: "tRPC: the route of Next.js that all requests come through limits",
      filename: ROUTER,
      files: {
        ...TRPC,
        "app/api/trpc/[trpc]/route.ts": `import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { ratelimit } from "@/lib/ratelimit";

const handler = async (req) => {
  const { success } = await ratelimit.limit(req.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new Response("Too many requests", { status: 429 });
  return fetchRequestHandler({ endpoint: "/api/trpc", req });
};
export { handler as GET, handler as POST };
`,
      },
      code: router("publicProcedure"),
    },
    {
      name: "tRPC: middleware of the app in the workspace that serves the procedures",
      filename: "packages/api/server/routers/contact.ts",
      files: {
        "package.json": JSON.stringify({ name: "root", workspaces: ["apps/*", "packages/*"] }),
        "packages/api/package.json": JSON.stringify({ name: "api", dependencies: { "@trpc/server": "*" } }),
        "packages/api/server/trpc.ts": TRPC["server/trpc.ts"],
        "apps/web/package.json": JSON.stringify({ name: "web", dependencies: { next: "*" } }),
        "apps/web/src/pages/api/trpc/[trpc].ts": `import { createNextApiHandler } from "@trpc/server/adapters/next";
export default createNextApiHandler({});
`,
        "apps/web/src/middleware.ts": `import { ratelimit } from "./lib/ratelimit";
export async function middleware(request) {
  const { success } = await ratelimit.limit("x");
  if (!success) return new Response("Too many requests", { status: 429 });
}
export const config = { matcher: "/api/:path*" };
`,
      },
      code: router("publicProcedure"),
    },
    {
      name: "tRPC: trpc-limiter",
      filename: ROUTER,
      files: TRPC,
      code: router("publicProcedure.use(createTRPCUpstashLimiter({}))").replace("import", 'import { createTRPCUpstashLimiter } from "@trpc-limiter/upstash";\nimport'),
    },
    {
      name: "Another builder with the same words",
      filename: ROUTER,
      files: TRPC,
      code: `import { someProcedure } from "elsewhere";
${MAIL}
export const send = someProcedure.mutation(async () => {
  ${SEND}
});
`,
    },
    {
      name: "tRPC: what reads and changes nothing costly",
      filename: ROUTER,
      files: TRPC,
      code: router("publicProcedure").replace(SEND, "await Promise.resolve();"),
    },
  ],
  invalid: [
    open({
      name: "tRPC: a builder whose name says nothing",
      filename: ROUTER,
      files: RENAMED,
      code: router("open"),
      at: "send",
      after: "createTRPCRouter({",
      title: "The tRPC mutation send",
      output: router("open", "{ input, ctx }")
        .replace('import { Resend } from "resend";\n', IMPORTS)
        .replace("ctx }) => {\n", `ctx }) => ${GUARD('ctx.headers.get("x-real-ip") ?? "anonymous"')}`),
    }),
    open({
      name: "tRPC: anyone may call, and the context holds the headers",
      filename: ROUTER,
      files: TRPC,
      code: router("publicProcedure"),
      at: "send",
      after: "createTRPCRouter({",
      title: "The tRPC mutation send",
      output: router("publicProcedure", "{ input, ctx }")
        .replace('import { Resend } from "resend";\n', IMPORTS)
        .replace("ctx }) => {\n", `ctx }) => ${GUARD('ctx.headers.get("x-real-ip") ?? "anonymous"')}`),
    }),
    open({
      name: "tRPC: the options by name",
      filename: ROUTER,
      files: TRPC,
      code: router("publicProcedure", "opts").replace("return input", "return opts.input"),
      at: "send",
      after: "createTRPCRouter({",
      title: "The tRPC mutation send",
      output: router("publicProcedure", "opts")
        .replace("return input", "return opts.input")
        .replace('import { Resend } from "resend";\n', IMPORTS)
        .replace("(opts) => {\n", `(opts) => ${GUARD('opts.ctx.headers.get("x-real-ip") ?? "anonymous"')}`),
    }),
    open({
      name: "tRPC: a signed-in caller sends mail, and is told by the session",
      filename: ROUTER,
      files: TRPC,
      code: router("protectedProcedure", "{ input, ctx }").replace("return input", "return [input, ctx.session.user.id]"),
      at: "send",
      after: "createTRPCRouter({",
      known: true,
      title: "The tRPC mutation send",
      output: router("protectedProcedure", "{ input, ctx }")
        .replace("return input", "return [input, ctx.session.user.id]")
        .replace('import { Resend } from "resend";\n', IMPORTS)
        .replace("ctx }) => {\n", `ctx }) => ${GUARD('ctx.session?.user?.id ?? ctx.headers.get("x-real-ip") ?? "anonymous"')}`),
    }),
    open({
      name: "tRPC: a caller who is sure to be signed in, where nothing else tells callers apart",
      filename: ROUTER,
      files: WITHOUT_HEADERS,
      code: router("protectedProcedure", "{ input, ctx }").replace("return input", "return [input, ctx.session.user.id]"),
      at: "send",
      after: "createTRPCRouter({",
      known: true,
      title: "The tRPC mutation send",
      output: router("protectedProcedure", "{ input, ctx }")
        .replace("return input", "return [input, ctx.session.user.id]")
        .replace('import { Resend } from "resend";\n', IMPORTS)
        .replace("ctx }) => {\n", `ctx }) => ${GUARD("ctx.session.user.id")}`),
    }),
    open({
      name: "tRPC: a caller who may be signed in, where nothing else tells callers apart",
      filename: ROUTER,
      files: WITHOUT_HEADERS,
      code: router("publicProcedure", "{ input, ctx }").replace("return input", "return [input, ctx.session?.user.id]"),
      at: "send",
      after: "createTRPCRouter({",
      title: "The tRPC mutation send",
      output: router("publicProcedure", "{ input, ctx }")
        .replace("return input", "return [input, ctx.session?.user.id]")
        .replace('import { Resend } from "resend";\n', IMPORTS)
        .replace("ctx }) => {\n", `ctx }) => ${GUARD('ctx.session?.user?.id ?? "anonymous"')}`),
    }),
    open({
      name: "tRPC: a query without parameters, in a variable",
      filename: ROUTER,
      files: TRPC,
      code: `import { generateText } from "ai";
import { publicProcedure } from "../trpc";

export const joke = publicProcedure.query(() => generateText({ prompt: "A joke." }));
`,
      at: "joke",
      title: "The tRPC query joke",
      work: "calls an LLM through the AI SDK",
      output: `import { generateText } from "ai";
import { publicProcedure } from "../trpc";
import { ratelimit } from "@/lib/ratelimit";
import { TRPCError } from "@trpc/server";

export const joke = publicProcedure.query(async ({ ctx }) => {
  const rate = await ratelimit.limit(ctx.headers.get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    throw new TRPCError({ code: "TOO_MANY_REQUESTS", message: "Too many requests. Try again later." });
  }
  return generateText({ prompt: "A joke." });
});
`,
    }),
    open({
      name: "tRPC: a context that tells nothing of the caller",
      filename: ROUTER,
      files: TRPC,
      code: `import { initTRPC } from "@trpc/server";
${MAIL}
const t = initTRPC.create();
export default t.router({
  "send": t.procedure.mutation(async () => {
    ${SEND}
  }),
});
`,
      at: '"send"',
      title: "The tRPC mutation send",
    }),
    open({
      name: "tRPC: a middleware that is used for other procedures alone",
      filename: ROUTER,
      files: { ...TRPC, "middleware.ts": "export function middleware() {}\nexport const config = { matcher: '/dashboard' };\n" },
      code: `import { initTRPC } from "@trpc/server";
${MAIL}
const t = initTRPC.create();
const logged = t.procedure.use(({ next }) => next());
export default t.router({ send: logged.mutation(send) });

async function send() {
  ${SEND}
}
`,
      at: "send",
      after: "t.router({ ",
      title: "The tRPC mutation send",
    }),
  ],
});
