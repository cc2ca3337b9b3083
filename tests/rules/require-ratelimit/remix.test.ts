import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { dependingOn, LIMITER, MAIL, open, refusal, SEND } from "./shared.ts";

const ROUTER = dependingOn("@react-router/node", "react-router");
const REMIX = dependingOn("@remix-run/node");
const ROUTE = "app/routes/api.contact.ts";

const ACTION = `import type { ActionFunctionArgs } from "react-router";
${MAIL}
export async function action({ request }: ActionFunctionArgs) {
  await request.formData();
  ${SEND}
  return null;
}
`;

const IMPORT = 'import { ratelimit } from "@/lib/ratelimit";\n';
const GUARD = (request: string): string => `  const rate = await ratelimit.limit(${request}.headers.get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    ${refusal("    ").replace("return", "throw")}
  }
`;

const LIMITING = `async ({ request }, next) => {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) throw new Response("Too many requests", { status: 429 });
  return next();
}`;

/** Remix and React Router: loaders and actions, and the middleware around them. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "React Router: middleware of the root",
      filename: ROUTE,
      files: { ...ROUTER, ...LIMITER, "app/root.tsx": `import { ratelimit } from "../lib/ratelimit";\nexport const middleware = [${LIMITING}];\n` },
      code: ACTION,
    },
    {
      name: "React Router: middleware of a route around it",
      filename: ROUTE,
      files: { ...ROUTER, ...LIMITER, "app/routes/api.tsx": `import { ratelimit } from "../../lib/ratelimit";\nexport const unstable_middleware = [${LIMITING}];\n` },
      code: ACTION,
    },
    {
      name: "React Router: middleware of the route itself",
      filename: ROUTE,
      files: { ...ROUTER, ...LIMITER },
      code: `import { ratelimit } from "../../lib/ratelimit";
${ACTION}
export const middleware = [${LIMITING}];
`,
    },
    {
      name: "React Router: the Worker that Wrangler runs limits, in a context that is handed on",
      filename: ROUTE,
      files: {
        ...ROUTER,
        ...LIMITER,
        "wrangler.dev.jsonc": '{ "main": "workers/entry.ts", /* the Worker */ }\n',
        "workers/entry.ts": 'import { createHandler } from "./pipeline";\nconst handler = createHandler();\nexport default { ...handler, async queue() {} };\n',
        "workers/pipeline.ts": `import { AsyncLocalStorage } from "node:async_hooks";
import { ratelimit } from "../lib/ratelimit";

const storage = new AsyncLocalStorage();
const withContext = (run) => storage.run({}, run);
export const createHandler = () => ({
  async fetch(request) {
    return withContext(async () => {
      const { success } = await ratelimit.limit(request.headers.get("cf-connecting-ip"));
      if (!success) return new Response(null, { status: 429 });
      return serve(request);
    });
  },
});
`,
      },
      code: ACTION,
    },
    {
      name: "React Router: a Worker at its usual place limits, as Wrangler's TOML says",
      filename: ROUTE,
      files: {
        ...ROUTER,
        ...LIMITER,
        "wrangler.toml": 'name = "app"\nmain = "./workers/main.ts"\n',
        "workers/main.ts": `import { ratelimit } from "../lib/ratelimit";
export default {
  async fetch(request) {
    if (!(await ratelimit.limit("x")).success) return new Response(null, { status: 429 });
    return serve(request);
  },
};
`,
      },
      code: ACTION,
    },
    {
      name: "Remix: a limiter of the project's own server",
      filename: ROUTE,
      files: {
        ...REMIX,
        "server/index.ts": `import { createRequestHandler } from "@remix-run/express";
import express from "express";
import rateLimit from "express-rate-limit";

const app = express();
const strong = rateLimit({ windowMs: 60_000, limit: 10 });
app.use((req, res, next) => (req.method === "POST" ? strong(req, res, next) : next()));
app.all("*", createRequestHandler({}));
`,
      },
      code: ACTION,
    },
    {
      name: "Remix: a server that limits the path",
      filename: ROUTE,
      files: {
        ...REMIX,
        "server.ts": `import express from "express";
import { apiRateLimiter } from "./build/server";

const app = express();
app.use("/api", apiRateLimiter);
`,
      },
      code: ACTION,
    },
    {
      name: "Remix: a factory of the project that limits",
      filename: ROUTE,
      files: {
        ...REMIX,
        ...LIMITER,
        "app/api.server.ts": `import { ratelimit } from "../lib/ratelimit";

export const createAction = (run) => {
  async function action({ request }) {
    const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
    if (!success) throw new Response("Too many requests", { status: 429 });
    return run(request);
  }
  async function loader() {
    return null;
  }
  return { action, loader };
};
`,
      },
      code: `import { createAction } from "../api.server";
${MAIL}
const { action, loader } = createAction(async () => {
  ${SEND}
});
export { action, loader };
`,
    },
    {
      name: "React Router without a server: actions run in the browser",
      filename: ROUTE,
      files: dependingOn("react-router"),
      code: ACTION,
    },
    {
      name: "React Router: an app that is built for browsers alone",
      filename: ROUTE,
      files: { ...ROUTER, "react-router.config.ts": `export default { ssr: false } satisfies Config;\n` },
      code: ACTION,
    },
    {
      name: "React Router: a page's loader reads",
      filename: "app/routes/home.tsx",
      files: ROUTER,
      code: `import { Redis } from "@upstash/redis";

const redis = Redis.fromEnv();

export async function loader() {
  return { views: await redis.incr("views"), posts: await redis.get("posts") };
}

export default function Home() {
  return null;
}
`,
    },
    {
      name: "Remix: an action that turns strangers away and writes",
      filename: ROUTE,
      files: REMIX,
      code: `import { Redis } from "@upstash/redis";
import { requireUserId } from "../auth.server";

const redis = Redis.fromEnv();

export async function action({ request }) {
  const userId = await requireUserId(request);
  await redis.set(userId, "1");
  return null;
}
`,
    },
    {
      name: "React Router: a client action",
      filename: ROUTE,
      files: ROUTER,
      code: ACTION.replace("function action", "function clientAction"),
    },
    {
      name: "React Router: an action in a hook's hands",
      filename: "app/components/form.ts",
      files: ROUTER,
      code: `${MAIL}
export function useForm() {
  const action = async () => {
    ${SEND}
  };
  return { action };
}
`,
    },
  ],
  invalid: [
    open({
      name: "React Router: an action of a resource route",
      filename: ROUTE,
      files: { ...ROUTER, ...LIMITER },
      code: ACTION,
      at: "action",
      after: "function ",
      title: "The action of /api/contact",
      output: ACTION.replace("resend\";\n", `resend";\n${IMPORT}`).replace("ActionFunctionArgs) {\n", `ActionFunctionArgs) {\n${GUARD("request")}`),
    }),
    open({
      name: "React Router: the action of a page, which browsers get without it, behind a Worker that only serves",
      filename: "app/routes/contact.tsx",
      files: {
        ...dependingOn("@react-router/dev", "@react-router/cloudflare", "wrangler"),
        ...LIMITER,
        "wrangler.jsonc": '{ "main": "workers/app.ts" }\n',
        "workers/app.ts": "export default { fetch: (request) => serve(request) };\n",
      },
      code: `${ACTION}\nexport default function Contact() {\n  return null;\n}\n`,
      at: "action",
      after: "function ",
      title: "The action of /contact",
      output: `${ACTION}\nexport default function Contact() {\n  return null;\n}\n`.replace("resend\";\n", `resend";\n${IMPORT}`).replace("ActionFunctionArgs) {\n", `ActionFunctionArgs) {\n${GUARD("request")}`),
    }),
    open({
      name: "Remix: an arrow without parameters, below a layout and with a parameter in the path",
      filename: "app/routes/_auth.users.$id_.invite[.]json.tsx",
      files: { ...REMIX, ...LIMITER },
      code: `${MAIL}
export const loader = async () => {
  ${SEND}
  return null;
};
`,
      at: "loader",
      title: "The loader of /users/$id/invite.json",
      output: `${MAIL.replace("\n", `\n${IMPORT}`)}
export const loader = async ({ request }: { request: Request }) => {
${GUARD("request")}  ${SEND}
  return null;
};
`,
    }),
    open({
      name: "Remix: arguments by name, a parent that limits nothing, and a server that limits other paths",
      filename: "app/routes/api/contact.ts",
      files: {
        ...REMIX,
        ...LIMITER,
        "app/root.tsx": "export const middleware = [async (_args, next) => next()];\n",
        "server.ts": `import express from "express";\nimport rateLimit from "express-rate-limit";\nconst app = express();\napp.use("/login", rateLimit({}));\n`,
      },
      code: ACTION.replace("({ request }: ActionFunctionArgs)", "(args: ActionFunctionArgs)").replace("request.formData", "args.request.formData"),
      at: "action",
      after: "function ",
      title: "The action of /api/contact",
      output: ACTION.replace("({ request }: ActionFunctionArgs)", "(args: ActionFunctionArgs)")
        .replace("request.formData", "args.request.formData")
        .replace("resend\";\n", `resend";\n${IMPORT}`)
        .replace("ActionFunctionArgs) {\n", `ActionFunctionArgs) {\n${GUARD("args.request")}`),
    }),
    open({
      name: "React Router: a module that a config gives its path, and a parameter that lacks the request",
      filename: "app/features/contact/route.ts",
      files: { ...ROUTER, ...LIMITER },
      code: ACTION.replace("({ request }", "({ params }").replace("request.formData()", "params.id"),
      at: "action",
      after: "function ",
      title: "The action of app/features/contact/route.ts",
      output: ACTION.replace("({ request }", "({ params, request }")
        .replace("request.formData()", "params.id")
        .replace("resend\";\n", `resend";\n${IMPORT}`)
        .replace("ActionFunctionArgs) {\n", `ActionFunctionArgs) {\n${GUARD("request")}`),
    }),
    open({
      name: "React Router: a page's loader that calls a language model",
      filename: "app/routes/home.tsx",
      files: { ...ROUTER, ...LIMITER },
      code: `import { generateText } from "ai";

export async function loader({ request }: { request: Request }) {
  return await generateText({ prompt: request.url });
}

export default function Home() {
  return null;
}
`,
      at: "loader",
      title: "The loader of /home",
      work: "calls an LLM through the AI SDK",
      output: `import { generateText } from "ai";
${IMPORT}
export async function loader({ request }: { request: Request }) {
${GUARD("request")}  return await generateText({ prompt: request.url });
}

export default function Home() {
  return null;
}
`,
    }),
    open({
      name: "React Router: an action made by a factory of the project that limits nothing",
      filename: ROUTE,
      files: { ...ROUTER, ...LIMITER, "app/api.ts": "export const createAction = (run) => ({ action: ({ request }) => run(request) });\n" },
      code: `import { createAction } from "../api";
${MAIL}
export const { action } = createAction(async () => {
  ${SEND}
});
`,
      at: "action",
      after: "const { ",
      title: "The action of /api/contact",
    }),
    open({
      name: "Remix: exported again",
      filename: ROUTE,
      files: { ...REMIX, "app/contact.server.ts": ACTION },
      code: `export { action } from "../contact.server";
`,
      at: "action",
      title: "The action of /api/contact",
      file: " (in app/contact.server.ts)",
    }),
  ],
});
