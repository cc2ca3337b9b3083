import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { dependingOn, LIMITER, MAIL, open, refusal, SEND } from "./shared.ts";

const KIT = dependingOn("@sveltejs/kit");
const ENDPOINT = "src/routes/api/contact/+server.ts";
const PAGE = "src/routes/contact/+page.server.ts";

const POST = `${MAIL}
export const POST = async ({ request }) => {
  await request.json();
  ${SEND}
  return new Response(null, { status: 204 });
};
`;

const HOOK = `import { ratelimit } from "../lib/ratelimit";

export const handle = async ({ event, resolve }) => {
  if (event.url.pathname.startsWith("/api")) {
    const { success } = await ratelimit.limit(event.getClientAddress());
    if (!success) return new Response("Too many requests", { status: 429 });
  }
  return resolve(event);
};
`;

const IMPORT = 'import { ratelimit } from "@/lib/ratelimit";\n';
const withImports = (lines: string): string => MAIL.replace("\n", `\n${lines}`);

const check = (identifier: string, lines: string): string => `  const rate = await ratelimit.limit(${identifier});
  if (!rate.success) {
    ${lines.replaceAll("\n", "\n    ")}
  }
`;

const HEADERS = `event.setHeaders({
  "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
  "X-RateLimit-Limit": String(rate.limit),
  "X-RateLimit-Remaining": String(rate.remaining),
  "X-RateLimit-Reset": String(rate.reset),
});
`;

/** SvelteKit: endpoints, form actions, load and remote functions, behind the handle hook. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "SvelteKit: the handle hook limits the path",
      filename: ENDPOINT,
      files: { ...KIT, ...LIMITER, "src/hooks.server.ts": HOOK },
      code: POST,
    },
    {
      name: "SvelteKit: a hook among others, in a sequence",
      filename: ENDPOINT,
      files: {
        ...KIT,
        ...LIMITER,
        "src/lib/hook.ts": HOOK.replace("../lib", "../../lib").replace("handle", "slowDown"),
        "src/hooks.server.ts": `import { sequence } from "@sveltejs/kit/hooks";
import { slowDown } from "./lib/hook";

const log = async ({ event, resolve }) => resolve(event);
export const handle = sequence(log, slowDown);
`,
      },
      code: POST,
    },
    {
      name: "SvelteKit: hooks in a folder, in JavaScript",
      filename: ENDPOINT,
      files: { ...KIT, ...LIMITER, "src/hooks.server/index.js": HOOK.replace("../lib", "../../lib") },
      code: POST,
    },
    {
      name: "SvelteKit: a limiter in the endpoint",
      filename: ENDPOINT,
      files: { ...KIT, ...LIMITER },
      code: POST.replace("import", 'import { ratelimit } from "../../../../lib/ratelimit";\nimport').replace(
        "  await request",
        '  if (!(await ratelimit.limit("x")).success) return new Response(null, { status: 429 });\n  await request',
      ),
    },
    {
      name: "SvelteKit: sveltekit-rate-limiter in a form action",
      filename: PAGE,
      files: KIT,
      code: `import { fail } from "@sveltejs/kit";
import { RateLimiter } from "sveltekit-rate-limiter/server";
${MAIL}
const limiter = new RateLimiter({ IP: [10, "h"] });

export const actions = {
  default: async (event) => {
    if (await limiter.isLimited(event)) return fail(429);
    ${SEND}
  },
};
`,
    },
    {
      name: "SvelteKit: an endpoint that is built once",
      filename: "src/routes/stars/+server.ts",
      files: KIT,
      code: `import { Redis } from "@upstash/redis";

const redis = Redis.fromEnv();

export const prerender = true;
export const GET = async () => new Response(await redis.get("stars"));
`,
    },
    {
      name: "SvelteKit: a page reads and counts what it shows",
      filename: PAGE,
      files: KIT,
      code: `import { Redis } from "@upstash/redis";

const redis = Redis.fromEnv();

export const load = async () => ({ views: await redis.incr("views"), posts: await redis.get("posts") });
`,
    },
    {
      name: "SvelteKit: a universal load function is no handler",
      filename: "src/routes/contact/+page.ts",
      files: KIT,
      code: `${MAIL}
export const load = async () => {
  ${SEND}
};
`,
    },
    {
      name: "SvelteKit: an action that turns strangers away and writes",
      filename: PAGE,
      files: KIT,
      code: `import { Redis } from "@upstash/redis";
import { requireUser } from "$lib/server/auth";

const redis = Redis.fromEnv();

export const actions = {
  save: async (event) => {
    const user = await requireUser(event);
    await redis.set(user.id, "1");
  },
};
`,
    },
    {
      name: "SvelteKit: QStash's wrapper",
      filename: ENDPOINT,
      files: KIT,
      code: `import { verifySignatureSvelte } from "@upstash/qstash/svelte";
${MAIL}
export const POST = verifySignatureSvelte(async () => {
  ${SEND}
  return new Response();
});
`,
    },
    {
      name: "SvelteKit: a helper beside a page",
      filename: "src/routes/contact/mail.server.ts",
      files: KIT,
      code: `${MAIL}
export const POST = async () => {
  ${SEND}
};
`,
    },
  ],
  invalid: [
    open({
      name: "SvelteKit: an endpoint, whose parameter is taken apart",
      filename: ENDPOINT,
      files: { ...KIT, ...LIMITER },
      code: POST.replace("({ request })", "({ request }: RequestEvent)").replace("import", 'import type { RequestEvent } from "@sveltejs/kit";\nimport'),
      at: "POST",
      title: "POST /api/contact",
      output: `import type { RequestEvent } from "@sveltejs/kit";
${withImports(IMPORT)}
export const POST = async ({ request, getClientAddress }: RequestEvent) => {
${check("getClientAddress()", refusal("    ").replaceAll("\n    ", "\n"))}  await request.json();
  ${SEND}
  return new Response(null, { status: 204 });
};
`,
    }),
    open({
      name: "SvelteKit: a function without parameters, below groups and a parameter",
      filename: "src/routes/(app)/users/[id]/+server.ts",
      files: { ...KIT, ...LIMITER },
      code: `${MAIL}
export async function DELETE() {
  ${SEND}
  return new Response();
}
`,
      at: "DELETE",
      title: "DELETE /users/[id]",
      output: `${withImports(`${IMPORT}import type { RequestEvent } from "@sveltejs/kit";\n`)}
export async function DELETE(event: RequestEvent) {
${check("event.getClientAddress()", refusal("    ").replaceAll("\n    ", "\n"))}  ${SEND}
  return new Response();
}
`,
    }),
    open({
      name: "SvelteKit: a function whose type its place says",
      filename: "src/routes/ping/+server.ts",
      files: { ...KIT, ...LIMITER },
      code: `import type { RequestHandler } from "@sveltejs/kit";
${MAIL}
export const fallback: RequestHandler = async () => {
  ${SEND}
  return new Response();
};
`,
      at: "fallback: RequestHandler",
      title: "/ping",
      output: `import type { RequestHandler } from "@sveltejs/kit";
${withImports(IMPORT)}
export const fallback: RequestHandler = async (event) => {
${check("event.getClientAddress()", refusal("    ").replaceAll("\n    ", "\n"))}  ${SEND}
  return new Response();
};
`,
    }),
    open({
      name: "SvelteKit: a hook that limits other paths",
      filename: PAGE,
      files: { ...KIT, ...LIMITER, "src/hooks.server.ts": HOOK },
      code: `import type { Actions } from "@sveltejs/kit";
${MAIL}
export const actions: Actions = {
  default: async (event) => {
    await event.request.formData();
    ${SEND}
  },
};
`,
      at: "default",
      after: "actions",
      title: "The form action of /contact",
      output: `import type { Actions } from "@sveltejs/kit";
${withImports(`${IMPORT}import { fail } from "@sveltejs/kit";\n`)}
export const actions: Actions = {
  default: async (event) => {
${check("event.getClientAddress()", `${HEADERS}return fail(429, { message: "Too many requests" });`).replaceAll(/^(?=.)/gmu, "  ")}    await event.request.formData();
    ${SEND}
  },
};
`,
    }),
    open({
      name: "SvelteKit: a named action as a method, with satisfies; the user where the action knows one",
      filename: PAGE,
      files: { ...KIT, ...LIMITER },
      code: `import { fail, type Actions } from "@sveltejs/kit";
${MAIL}
declare global {
  namespace App {
    interface Locals {
      user?: { id: string };
    }
  }
}

export const actions = {
  invite({ locals }) {
    if (!locals.user) return fail(401);
    return send(locals.user.id);
  },
} satisfies Actions;

async function send(from: string) {
  ${SEND}
}
`,
      at: "invite",
      known: true,
      title: "Form action invite of /contact",
      output: `import { fail, type Actions } from "@sveltejs/kit";
${withImports(IMPORT)}
declare global {
  namespace App {
    interface Locals {
      user?: { id: string };
    }
  }
}

export const actions = {
  async invite({ locals, getClientAddress }) {
${check("locals.user?.id ?? getClientAddress()", `return fail(429, { message: "Too many requests" });`).replaceAll(/^(?=.)/gmu, "  ")}    if (!locals.user) return fail(401);
    return send(locals.user.id);
  },
} satisfies Actions;

async function send(from: string) {
  ${SEND}
}
`,
    }),
    open({
      name: "SvelteKit: a load function that calls a language model",
      filename: PAGE,
      files: { ...KIT, ...LIMITER },
      code: `import { generateText } from "ai";
import type { PageServerLoad } from "./$types";

export const load: PageServerLoad = async (event) => {
  return { text: await generateText({ prompt: event.url.search }) };
};
`,
      at: "load: PageServerLoad",
      title: "Load of /contact",
      work: "calls an LLM through the AI SDK",
      output: `import { generateText } from "ai";
import type { PageServerLoad } from "./$types";
import { ratelimit } from "@/lib/ratelimit";
import { error } from "@sveltejs/kit";

export const load: PageServerLoad = async (event) => {
${check("event.getClientAddress()", `${HEADERS}error(429, "Too many requests");`)}  return { text: await generateText({ prompt: event.url.search }) };
};
`,
    }),
    open({
      name: "SvelteKit: actions of another file",
      filename: PAGE,
      files: { ...KIT, "src/lib/actions.ts": `${MAIL}\nexport const actions = { send: async () => { ${SEND} } };\n` },
      code: `export { actions } from "../../lib/actions";
`,
      at: "actions",
      title: "Form action send of /contact",
      file: " (in src/lib/actions.ts)",
    }),
    open({
      name: "SvelteKit: a remote function",
      filename: "src/routes/contact/mail.remote.ts",
      files: { ...KIT, ...LIMITER },
      code: `import { command } from "$app/server";
${MAIL}
export const contact = command("unchecked", async (to: string) => {
  await resend.emails.send({ to });
});
`,
      at: "contact",
      after: "export const",
      title: "Remote function contact",
      output: `import { command, getRequestEvent } from "$app/server";
${withImports(`${IMPORT}import { error } from "@sveltejs/kit";\n`)}
export const contact = command("unchecked", async (to: string) => {
${check("getRequestEvent().getClientAddress()", `error(429, "Too many requests");`)}  await resend.emails.send({ to });
});
`,
    }),
    open({
      name: "SvelteKit: what is exported of another file, whole",
      filename: ENDPOINT,
      files: { ...KIT, "src/lib/contact.ts": POST },
      code: `export * from "../../../lib/contact";
`,
      at: `export * from "../../../lib/contact";`,
      title: "POST /api/contact",
      file: " (in src/lib/contact.ts)",
    }),
  ],
});
