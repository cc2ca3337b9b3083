import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Next.js runs a server action at pages that load its module, and nowhere else: a middleware stands before it where it
 * stands before each of them, whatever it does before others. Each of these was tried with Next.js 14 to 16 (13.5 does the same): what is
 * "anyone" here, strangers have run.
 */

const ACTIONS = "lib/actions.ts";
const next = (range: string | undefined, more: Readonly<Record<string, string>> = {}): ProjectFiles => ({ "package.json": JSON.stringify({ name: "app", dependencies: { ...(range === undefined ? {} : { next: range }), ...more } }) });
const NOTE = `"use server";\nimport { redis } from "@/lib/clients";\n\nexport async function note(text: string) {\n  await redis.lpush("notes", text);\n}\n`;
const MAIL = `"use server";\nimport { mail, resend } from "@/lib/clients";\n\nexport async function note() {\n  await resend.emails.send(mail);\n}\n`;
const FORM: ProjectFiles = { "components/form.tsx": `"use client";\nimport { note } from "@/lib/actions";\n\nexport const Form = () => <button onClick={() => note("x")}>Send</button>;\n` };
const SHOWN = `import { Form } from "@/components/form";\n\nexport default () => <Form />;\n`;
const FRAME = `import { Form } from "@/components/form";\n\nexport default ({ children }) => <main>{children}<Form /></main>;\n`;
const PLAIN = "export default () => <p>Hello</p>;\n";
const page = (path: string, code = SHOWN): ProjectFiles => ({ [path]: code });

const TYPED = `import { Notes } from "./admin/page";\n\nexport default function Page({ notes }: { notes: Notes }) {\n  return null;\n}\n`;

const ALL_BUT_FILES = `["/((?!_next/static|_next/image|favicon.ico|.*\\\\.(?:svg|png|jpg)$).*)"]`;
const ASKS = `if (request.nextUrl.pathname.startsWith("/admin") && !getSessionCookie(request)) return NextResponse.redirect(new URL("/login", request.url));`;
const ASKS_ALL = `if (!getSessionCookie(request)) return NextResponse.redirect(new URL("/login", request.url));`;
const LIMITS = `if (request.nextUrl.pathname.startsWith("/admin") && !(await ratelimit.limit("all")).success) return new NextResponse("Too many requests", { status: 429 });`;
const middleware = (body: string, matcher = ALL_BUT_FILES, more = ""): ProjectFiles => ({
  "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { getSessionCookie } from "better-auth/cookies";
import { ratelimit } from "@/lib/ratelimit";
${more}
export async function middleware(request: NextRequest) {
  ${body}
  return NextResponse.next();
}
export const config = { matcher: ${matcher} };
`,
  "lib/ratelimit.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

export const ratelimit = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") });
`,
});
const config = (code: string): ProjectFiles => ({ "next.config.mjs": code });
const rewrites = (answer: string): ProjectFiles => config(`export default { async rewrites() { return ${answer}; } };\n`);

const HOME = page("app/page.tsx", PLAIN);
const ADMIN = page("app/admin/page.tsx");
/** The action is used in a form that nothing shows yet. */
const APP: ProjectFiles = { ...next("^16.0.0"), ...HOME, ...FORM, ...middleware(ASKS), [ACTIONS]: NOTE };

type Case = readonly [name: string, verdict: Verdict, files: ProjectFiles];

const BEFORE_ALL: readonly Case[] = [
  ["a page behind it", "nobody", { ...APP, ...ADMIN }],
  ["a page behind it, of Next.js 14", "nobody", { ...APP, ...ADMIN, ...next("14.0.0") }],
  ["a page behind it, of Next.js 13", "nobody", { ...APP, ...ADMIN, ...next("13.4.0") }],
  ["a page behind it, in src", "nobody", { ...APP, ...page("src/app/admin/page.tsx") }],
  ["a page of a group", "nobody", { ...APP, ...page("app/(back)/admin/notes/page.tsx") }],
  ["a page that the matcher alone tells apart", "nobody", { ...APP, ...ADMIN, ...middleware(ASKS_ALL, `["/admin/:path*"]`) }],
  ["a page that is limited", "nobody", { ...APP, ...ADMIN, ...middleware(LIMITS), [ACTIONS]: MAIL }],
  ["a page of which Auth.js asks for a session", "nobody", { ...APP, ...ADMIN, "middleware.ts": `export { default } from "next-auth/middleware";\nexport const config = { matcher: ["/admin/:path*"] };\n` }],
  ["a page behind two dynamic segments, at the end of which no file can be named", "nobody", { ...APP, ...page("app/admin/[shop]/[id]/edit/page.tsx") }],
  ["several pages behind it", "nobody", { ...APP, ...ADMIN, ...page("app/admin/notes/page.tsx") }],
  ["a layout, all pages of which are behind it", "nobody", { ...APP, ...page("app/admin/layout.tsx", FRAME), ...page("app/admin/page.tsx", PLAIN), ...page("app/admin/notes/page.tsx", PLAIN) }],
  ["what is shown for errors, behind it", "nobody", { ...APP, ...page("app/admin/error.tsx"), ...page("app/admin/page.tsx", PLAIN) }],
  ["a slot of a layout behind it", "nobody", { ...APP, ...page("app/admin/@side/page.tsx"), ...page("app/admin/page.tsx", PLAIN) }],
  ["a page behind it, and an API route that calls it", "nobody", { ...APP, ...ADMIN, ...page("app/api/note/route.ts", `import { note } from "@/lib/actions";\nexport const POST = async () => (await note("x"), new Response());\n`) }],
  ["a page behind it, where other paths lead to other hosts", "nobody", { ...APP, ...ADMIN, ...rewrites(`[{ source: "/ingest/:path*", destination: "https://eu.example.com/:path*" }]`) }],
  ["the same, in a configuration that is wrapped", "nobody", { ...APP, ...ADMIN, ...config(`import { withErrors } from "errors";\nconst config = { rewrites: async () => ({ beforeFiles: [], afterFiles: [{ source: "/a", destination: \`https://example.com/\${process.env.A}\` }] }) };\nexport default withErrors(config, {});\n`) }],
  ["a page, before which something else is limited on some paths", "nobody", { ...APP, ...ADMIN, ...middleware(`for (const prefix of prefixes) if (request.nextUrl.pathname.startsWith(prefix) && !(await ratelimit.limit("all")).success) return new NextResponse("Too many requests", { status: 429 });\n  ${ASKS}`, ALL_BUT_FILES, `import { prefixes } from "some-paths";`) }],
  ["the layout of the whole app, where all requests are asked", "nobody", { ...APP, ...page("app/layout.tsx", FRAME), ...middleware(ASKS_ALL, `["/:path*"]`) }],
  ["a page behind it, beside messages in the caller's language", "nobody", { ...APP, ...ADMIN, "lib/messages.ts": "export const load = async (locale: string) => (await import(`../messages/${locale}.json`)).default;\nexport const more = (locale: string) => import(\"../messages/\" + locale + \".json\");\nexport const style = (name: string) => import(/* styles */ `./${name}.css`, { with: { type: \"css\" } });\n" }],
  ["a page behind it, of which others take a type", "nobody", { ...APP, ...page("app/admin/page.tsx", `${SHOWN}export interface Notes {\n  count: number;\n}\n`), ...page("app/page.tsx", TYPED) }],
  ["signed-in callers may send as much mail as they like", "any signed-in caller", { ...APP, ...ADMIN, [ACTIONS]: MAIL }],
];

const NOT_BEFORE_ALL: readonly Case[] = [
  ["a page before which nothing is asked", "anyone", { ...APP, ...page("app/shop/page.tsx") }],
  ["a page behind it, which another one shows as well", "anyone", { ...APP, ...ADMIN, ...page("app/page.tsx", `import Admin from "./admin/page";\n\nexport default () => <Admin />;\n`) }],
  ["a page behind it, of which another one takes a type and a constant", "anyone", { ...APP, ...page("app/admin/page.tsx", `${SHOWN}export interface Notes {\n  count: number;\n}\nexport const size = 3;\n`), ...page("app/page.tsx", TYPED.replace("Notes }", "Notes, size }").replace("null", "size")) }],
  ["a page behind it, which another one loads when it is needed", "anyone", { ...APP, ...ADMIN, ...page("app/page.tsx", `export default async () => (await import("./admin/page")).default();\n`) }],
  ["a page behind it, which a page in JavaScript imports", "anyone", { ...APP, ...ADMIN, ...page("app/shop/page.jsx", `import Admin from "../admin/page";\n\nexport default () => null;\n`) }],
  ["a page behind it, and another one", "anyone", { ...APP, ...ADMIN, ...page("app/shop/page.tsx") }],
  ["a page behind it, which is another one as well", "anyone", { ...APP, ...ADMIN, ...page("app/shop/page.tsx", `export { default } from "../admin/page";\n`) }],
  ["a page that does no more than call it", "anyone", { ...APP, ...ADMIN, ...page("app/shop/page.tsx", `import { note } from "@/lib/actions";\nexport default async () => <p>{String(await note("x"))}</p>;\n`) }],
  ["a page with another action of the file", "anyone", { ...APP, ...ADMIN, ...page("app/shop/page.tsx", `import { parse } from "@/components/parse";\nexport default () => <p>{parse()}</p>;\n`), "components/parse.tsx": `"use client";\nimport { other } from "@/lib/actions";\nexport const parse = () => other();\n`, [ACTIONS]: `${NOTE}export async function other() {\n  return 1;\n}\n` }],
  ["a page whose name may be that of a file", "anyone", { ...APP, ...page("app/admin/[id]/page.tsx") }],
  ["a page of many names", "anyone", { ...APP, ...page("app/admin/[...path]/page.tsx") }],
  ["a page in a folder that may be called so", "anyone", { ...APP, ...page("app/admin/[id]/edit/page.tsx"), ...middleware(ASKS, `["/((?!_next|.*\\\\..*).*)"]`) }],
  ["the layout of the whole app", "anyone", { ...APP, ...page("app/layout.tsx", FRAME), ...page("app/admin/page.tsx", PLAIN) }],
  ["the layout of the whole app, where the API is open: it is shown for unknown paths there", "anyone", { ...APP, ...page("app/layout.tsx", FRAME), ...middleware(`if (request.nextUrl.pathname.startsWith("/api/")) return NextResponse.next();\n  ${ASKS_ALL}`, `["/:path*"]`) }],
  ["the layout of a group, where there are pages before which nothing is asked", "anyone", { ...APP, ...page("app/(all)/layout.tsx", FRAME), ...page("app/(all)/admin/page.tsx", PLAIN), ...page("app/(all)/shop/page.tsx", PLAIN) }],
  ["the page for unknown paths", "anyone", { ...APP, ...page("app/not-found.tsx"), ...page("app/page.tsx", PLAIN), ...middleware(ASKS_ALL) }],
  ["a slot of the whole app", "anyone", { ...APP, ...page("app/@side/admin/page.tsx") }],
  ["a page that takes another one's place, at its own address", "anyone", { ...APP, ...page("app/feed/(..)admin/page.tsx"), ...page("app/admin/page.tsx", PLAIN) }],
  ["a page to which another path leads", "anyone", { ...APP, ...ADMIN, ...rewrites(`[{ source: "/back-door", destination: "/admin" }]`) }],
  ["a page to which another path may lead", "anyone", { ...APP, ...ADMIN, ...rewrites("await load()") }],
  ["a page to which the middleware leads", "anyone", { ...APP, ...ADMIN, ...middleware(`${ASKS}\n  if (request.nextUrl.pathname === "/x") return NextResponse.rewrite(new URL("/admin", request.url));`) }],
  ["a page to which what the middleware calls may lead", "anyone", { ...APP, ...ADMIN, ...middleware(`${ASKS}\n  return translate(request);`, ALL_BUT_FILES, `import create from "next-intl/middleware";\nconst translate = create({});`) }],
  ["a page, where files have other names", "anyone", { ...APP, ...ADMIN, ...config(`export default { pageExtensions: ["page.tsx", "tsx"] };\n`) }],
  ["a page behind it, before Next.js had actions", "anyone", { ...APP, ...ADMIN, ...next("12.3.0") }],
  ["a page behind it, of who knows which Next.js", "anyone", { ...APP, ...ADMIN, ...next("*") }],
  ["a page that the matcher covers where a header is missing", "anyone", { ...APP, ...ADMIN, ...middleware(ASKS_ALL, `[{ source: "/admin", missing: [{ type: "header", key: "next-router-prefetch" }] }]`) }],
  ["a page that the matcher leaves out", "anyone", { ...APP, ...page("app/admin-notes/page.tsx"), ...middleware(ASKS_ALL, `["/admin/:path*"]`) }],
  ["a page of which it is not known whether something is asked", "anyone", { ...APP, ...ADMIN, ...middleware(`if (isOpen(request.nextUrl.pathname)) return NextResponse.next();\n  ${ASKS_ALL}`, ALL_BUT_FILES, `import { isOpen } from "some-paths";`) }],
  ["a page behind it, and more pages than can be told", "anyone", { ...APP, ...ADMIN, ...page("app/shop/page.tsx", "export default async ({ name }) => (await import(`../../components/${name}`)).default;\n") }],
  ["a page behind it, and what a text is added to", "anyone", { ...APP, ...ADMIN, ...page("app/shop/page.tsx", "export default async ({ name }) => (await import(\"../../components/\" + name)).default;\n") }],
  ["a page behind it, and code in a folder that is called like data", "anyone", { ...APP, ...ADMIN, ...page("app/shop/page.tsx", "export default async ({ name }) => (await import(`../../components/${name}.json/form`)).default;\n") }],
  ["a page behind it, and code beside data", "anyone", { ...APP, ...ADMIN, ...page("app/shop/page.tsx", "export default async ({ name }) => [await import(`./${name}.json`), (await import(`../../components/${name}`)).default];\n") }],
  ["a page behind it, and a name of data in a name of code", "anyone", { ...APP, ...ADMIN, ...page("app/shop/page.tsx", "export default async ({ name }) => (await import(`../../components/${name ?? `a.json`}`)).default;\n") }],
  ["a page behind it, and a name of data that is handed to what makes names", "anyone", { ...APP, ...ADMIN, ...page("app/shop/page.tsx", "import { pick } from \"names\";\nexport default async ({ name }) => [await import(`../../components/${pick(\"a.json\", name)}`), await import(\"../../components/\" + pick(name, \"a.json\"))];\n") }],
  ["a page that asks by itself", "anyone", { ...APP, ...page("app/shop/page.tsx", `import { redirect } from "next/navigation";\nimport { auth } from "@/auth";\n${SHOWN.replace("() =>", "async () => !(await auth()) ? redirect('/login') :")}`) }],
];

describe("a middleware and an action of", () => {
  it.each([...BEFORE_ALL, ...NOT_BEFORE_ALL])("%s: %s", (_, verdict, files) => {
    expect(verdictOf({ ...CLIENTS, ...files }, ACTIONS)).toBe(verdict);
  });

  const INLINE = `import { redis } from "@/lib/clients";
import { Taker } from "@/components/taker";

export default function Page() {
  async function clear() {
    "use server";
    await redis.del("notes");
  }
  return <Taker run={clear} />;
}
`;

  it.each([
    ["a page behind it", "nobody", "app/admin/page.tsx"],
    ["a page before which nothing is asked", "anyone", "app/shop/page.tsx"],
    ["a page whose name may be that of a file", "anyone", "app/admin/[id]/page.tsx"],
  ] as const)("%s that hands over its own: %s", (_, verdict, path) => {
    expect(verdictOf({ ...CLIENTS, ...APP, ...page(path, INLINE), "components/taker.tsx": `"use client";\nexport const Taker = ({ run }) => <button onClick={run}>Go</button>;\n` }, path)).toBe(verdict);
  });
});
