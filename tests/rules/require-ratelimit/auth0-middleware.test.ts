import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Auth0's middleware turns strangers away from all that its matcher covers, but for a few paths. */

const ACTIONS = "lib/actions.ts";
const NOTE = `"use server";\nimport { redis } from "@/lib/clients";\n\nexport async function note(text: string) {\n  await redis.lpush("notes", text);\n}\n`;
const SHOWN = `import { note } from "@/lib/actions";\n\nexport default () => <form action={note} />;\n`;
const EDGE = `import { withMiddlewareAuthRequired } from "@auth0/nextjs-auth0/edge";\n`;
const middleware = (code: string, matcher?: string): ProjectFiles => ({ "middleware.ts": `${code}\n${matcher === undefined ? "" : `export const config = { matcher: ${matcher} };\n`}` });
const REQUIRED = `${EDGE}\nexport default withMiddlewareAuthRequired();`;

const APP: ProjectFiles = {
  ...CLIENTS,
  "package.json": JSON.stringify({ name: "app", dependencies: { next: "14.1.0", "@auth0/nextjs-auth0": "^3.5.0" } }),
  "app/page.tsx": "export default () => <p>Hello</p>;\n",
};
const MAIN: ProjectFiles = { "app/main/page.tsx": SHOWN };

const CASES: readonly (readonly [name: string, verdict: Verdict, files: ProjectFiles])[] = [
  ["on the action's page", "nobody", { ...MAIN, ...middleware(REQUIRED, `"/main/:path*"`) }],
  ["on all pages", "nobody", { ...MAIN, ...middleware(REQUIRED) }],
  ["on all pages below a layout", "nobody", { "app/main/layout.tsx": SHOWN, "app/main/[id]/page.tsx": "export default () => <p>Hello</p>;\n", ...middleware(REQUIRED, `"/main/:path*"`) }],
  ["around a middleware", "nobody", { ...MAIN, ...middleware(`${EDGE}import { NextResponse } from "next/server";\n\nexport default withMiddlewareAuthRequired(async function middleware(request) {\n  return NextResponse.next();\n});`) }],
  ["with options", "nobody", { ...MAIN, ...middleware(`${EDGE}\nexport default withMiddlewareAuthRequired({ returnTo: "/main" });`) }],
  ["on other pages", "anyone", { ...MAIN, ...middleware(REQUIRED, `"/admin/:path*"`) }],
  ["of another package", "anyone", { ...MAIN, ...middleware(REQUIRED.replace("@auth0/nextjs-auth0/edge", "./lib/edge")), "lib/edge.ts": "export const withMiddlewareAuthRequired = () => () => undefined;\n" }],
  ["of version 4, which only adds routes", "anyone", { ...MAIN, ...middleware(`import { Auth0Client } from "@auth0/nextjs-auth0/server";\n\nconst auth0 = new Auth0Client();\n\nexport const middleware = (request) => auth0.middleware(request);`) }],
  ["before a page whose path may be one that it leaves open", "anyone", { "app/[name]/page.tsx": SHOWN, ...middleware(REQUIRED) }],
  ["before a page that it leaves open", "anyone", { "app/api/auth/login/help/page.tsx": SHOWN, ...middleware(REQUIRED) }],
  ["before pages of which one is open", "anyone", { ...MAIN, "app/more/page.tsx": SHOWN, ...middleware(REQUIRED, `"/main/:path*"`) }],
];

describe("Auth0's middleware", () => {
  it.each(CASES)("%s: %s", (_, verdict, files) => {
    expect(verdictOf({ ...APP, ...files, [ACTIONS]: NOTE }, ACTIONS)).toBe(verdict);
  });

  it.each([
    ["a route behind it", "nobody", "app/api/notes/route.ts"],
    ["a route with an id behind it", "nobody", "app/api/notes/[id]/route.ts"],
    ["a route of its own", "anyone", "app/api/auth/callback/route.ts"],
    ["a route that may be one of its own", "anyone", "app/api/auth/[step]/route.ts"],
    ["a route that may be one of its own, further up", "anyone", "app/api/[...path]/route.ts"],
  ] as const)("%s: %s", (_, verdict, route) => {
    const code = `import { redis } from "@/lib/clients";\n\nexport async function POST(request: Request) {\n  await redis.lpush("notes", await request.text());\n  return new Response(null);\n}\n`;
    expect(verdictOf({ ...APP, ...middleware(REQUIRED), [route]: code }, route)).toBe(verdict);
  });
});
