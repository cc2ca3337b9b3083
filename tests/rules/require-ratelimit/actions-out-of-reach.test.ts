import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { LIMITER, MAIL, SEND, open } from "./shared.ts";

const ROUTE = "lib/actions.ts";
const CODE = `"use server";
${MAIL}
export async function notify() {
  ${SEND}
}
`;

const next = (range: string): Record<string, string> => ({ "package.json": JSON.stringify({ name: "app", dependencies: { next: range } }) });
const NEXT = next("^16.2.0");

/** Called by a route that lets only machines in. */
const CRON = `import { notify } from "@/lib/actions";

export async function GET(request: Request) {
  if (request.headers.get("authorization") !== \`Bearer \${process.env.CRON_SECRET}\`) return new Response(null, { status: 401 });
  await notify();
  return new Response(null);
}
`;

/** The router of a remote procedure call, and the route that runs it. */
const ROUTER = 'import { notify } from "@/lib/actions";\n\nexport const router = { notify: () => notify() };\nexport type Router = typeof router;\n';
const RPC = CRON.replace('import { notify } from "@/lib/actions"', 'import { router } from "@/server/router"').replace("notify()", "router.notify()");

const GUARD = `  const rate = await ratelimit.limit((await headers()).get("x-real-ip") ?? "anonymous");
  if (!rate.success) {
    throw new Error("Too many requests. Try again later.");
  }
`;

/** The code with what the suggestion adds. */
const guarded = (code: string): string =>
  code
    .replace('from "resend";\n', 'from "resend";\nimport { ratelimit } from "@/lib/ratelimit";\nimport { headers } from "next/headers";\n')
    .replace("notify() {\n", `notify() {\n${GUARD}`);

/** Next.js gives browsers the ids of the actions that client modules use or a page hands over, and of no others. */
const reached = (name: string, files: Readonly<Record<string, string>>, code = CODE) =>
  open({
    name,
    filename: ROUTE,
    files: { ...LIMITER, ...NEXT, ...files },
    code,
    at: "notify",
    title: "Server action notify",
    output: guarded(code),
  });

runRule("require-ratelimit", rule, {
  valid: [
    { name: "called by a route", filename: ROUTE, files: { ...NEXT, "app/api/cron/route.ts": CRON }, code: CODE },
    {
      name: "called by a helper of a route, and tested",
      filename: ROUTE,
      files: {
        ...NEXT,
        "app/api/cron/route.ts": CRON.replace("@/lib/actions", "@/lib/helpers"),
        "lib/helpers.ts": 'import * as actions from "./actions";\n\nexport const notify = async () => {\n  await actions.notify();\n};\n',
        "lib/__tests__/actions.test.ts": 'import { notify } from "../actions";\n\ntest("notifies", () => expect(notify).toBeDefined());\n',
      },
      code: CODE,
    },
    {
      name: "called by a script",
      filename: ROUTE,
      files: { ...NEXT, "scripts/notify.ts": 'import { notify } from "../lib/actions";\n\nawait notify();\n' },
      code: CODE,
    },
    {
      name: "called by another action and by a page while it is rendered",
      filename: ROUTE,
      files: {
        ...NEXT,
        "app/actions.ts": '"use server";\n\nimport { notify } from "@/lib/actions";\n\nexport async function save() {\n  await notify();\n}\n',
        "app/page.tsx": 'import { notify } from "@/lib/actions";\n\nexport default async function Page() {\n  await notify();\n  return <p>Sent</p>;\n}\n',
      },
      code: CODE,
    },
    {
      name: "called through a file that exports it again, by modules that import each other",
      filename: ROUTE,
      files: {
        ...NEXT,
        "lib/index.ts": 'export { notify } from "./actions";\nexport * from "./other";\n',
        "lib/other.ts": 'import { notify } from ".";\n\nexport const other = () => notify();\n',
        "app/api/cron/route.ts": CRON.replace("@/lib/actions", "@/lib"),
      },
      code: CODE,
    },
    {
      name: "called by a router of which a client module takes the type",
      filename: ROUTE,
      files: {
        ...NEXT,
        "server/router.ts": ROUTER,
        "app/api/rpc/route.ts": RPC,
        "components/client.tsx": '"use client";\nimport type { Router } from "@/server/router";\n\nexport const call = (name: keyof Router) => fetch(`/api/rpc?name=${name}`);\n',
      },
      code: CODE,
    },
    {
      name: "called by a router of which a client module takes the type among its imports",
      filename: ROUTE,
      files: {
        ...NEXT,
        "server/router.ts": ROUTER,
        "app/api/rpc/route.ts": RPC,
        "components/client.tsx": '"use client";\nimport { type Router } from "@/server/router";\n\nexport const call = (name: keyof Router) => fetch(`/api/rpc?name=${name}`);\n',
      },
      code: CODE,
    },
    {
      name: "called by a router of which a client module exports the type",
      filename: ROUTE,
      files: {
        ...NEXT,
        "server/router.ts": ROUTER,
        "app/api/rpc/route.ts": RPC,
        "components/client.tsx": '"use client";\nexport type { Router } from "@/server/router";\nexport const call = (name: string) => fetch(`/api/rpc?name=${name}`);\n',
      },
      code: CODE,
    },
    {
      name: "a client component uses another export of the same module",
      filename: ROUTE,
      files: {
        ...NEXT,
        "app/api/cron/route.ts": CRON,
        "components/button.tsx": '"use client";\nimport { ping } from "@/lib/actions";\n\nexport const Button = () => <button onClick={() => ping()}>Ping</button>;\n',
      },
      code: `${CODE}\nexport async function ping() {\n  return "pong";\n}\n`,
    },
  ],
  invalid: [
    reached("a client component calls it", {
      "app/api/cron/route.ts": CRON,
      "components/button.tsx": '"use client";\nimport { notify } from "@/lib/actions";\n\nexport const Button = () => <button onClick={() => notify()}>Send</button>;\n',
    }),
    reached("a page hands it over", {
      "app/api/cron/route.ts": CRON,
      "app/page.tsx": 'import { notify } from "@/lib/actions";\n\nexport default function Page() {\n  return <form action={notify} />;\n}\n',
    }),
    reached("a page binds it first", {
      "app/page.tsx": 'import { notify } from "@/lib/actions";\n\nexport default function Page() {\n  return <form action={notify.bind(null)} />;\n}\n',
    }),
    reached("a page hands over a member of the module", {
      "app/page.tsx": 'import * as actions from "@/lib/actions";\n\nexport default function Page() {\n  return <form action={actions.notify} />;\n}\n',
    }),
    reached("a component calls it that a client component imports", {
      "components/inner.tsx": 'import { notify } from "@/lib/actions";\n\nexport const Inner = () => <button onClick={() => notify()}>Send</button>;\n',
      "components/outer.tsx": '"use client";\nimport { Inner } from "./inner";\n\nexport const Outer = () => <Inner />;\n',
      "app/page.tsx": 'import { Inner } from "@/components/inner";\nimport { Outer } from "@/components/outer";\n\nexport default () => <p><Inner /><Outer /></p>;\n',
    }),
    reached("a component in a folder of tools calls it that a client component imports", {
      "components/tools/inner.tsx": 'import { notify } from "@/lib/actions";\n\nexport const Inner = () => <button onClick={() => notify()}>Send</button>;\n',
      "components/outer.tsx": '"use client";\nimport { Inner } from "./tools/inner";\n\nexport const Outer = () => <Inner />;\n',
    }),
    reached("a client component calls it through a file that exports it again", {
      "lib/index.ts": 'export * from "./actions";\n',
      "components/button.tsx": '"use client";\nimport { notify } from "@/lib";\n\nexport const Button = () => <button onClick={() => notify()}>Send</button>;\n',
    }),
    reached("a client module takes the type of a router that calls it, and the router too", {
      "server/router.ts": ROUTER,
      "app/api/rpc/route.ts": RPC,
      "components/client.tsx": '"use client";\nimport { router, type Router } from "@/server/router";\n\nexport const call = (name: keyof Router) => router[name]();\n',
    }),
    reached("a client module loads a router that calls it later", {
      "server/router.ts": ROUTER,
      "app/api/rpc/route.ts": RPC,
      "components/client.tsx": '"use client";\nimport type { Router } from "@/server/router";\n\nexport const call = async (name: keyof Router) => (await import("@/server/router")).router[name]();\n',
    }),
    reached("a client module alone takes the type of what calls it", {
      "server/router.ts": ROUTER,
      "components/client.tsx": '"use client";\nimport type { Router } from "@/server/router";\n\nexport const call = (name: keyof Router) => fetch(`/api/rpc?name=${name}`);\n',
    }),
    reached("it is loaded later, and what it is handed to is not known", { "app/api/cron/route.ts": 'export async function GET() {\n  await import("@/lib/actions").then(({ notify }) => notify());\n  return new Response(null);\n}\n' }),
    reached("nothing is found that imports it", {}),
    reached("nothing is found that imports what calls it", { "lib/helpers.ts": 'import { notify } from "./actions";\n\nexport const help = () => notify();\n' }),
    reached("its own file hands it over", { "app/api/cron/route.ts": CRON }, `${CODE}\nexport async function actionOf() {\n  return notify;\n}\n`),
    reached("ids that can be guessed", { ...next("^14.2.0"), "app/api/cron/route.ts": CRON }),
    reached("a version that is not known", { ...next("*"), "app/api/cron/route.ts": CRON }),
  ],
});
