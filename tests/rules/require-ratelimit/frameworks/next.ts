import { depending, IMPORTS, lines, wrapped, wrappers, type Framework, type Way } from "./program.ts";

const matched = (matcher: string, body: string): string => `import { admit, greet } from "./lib/doors";
import { NextResponse } from "next/server";
export async function middleware(request) {
  ${body}
  return NextResponse.next();
}
export const config = { matcher: ${matcher} };
`;

const middleware = (path: string): readonly Way[] => [
  { name: "middleware.ts, whose matcher covers it", verdict: "nobody", files: { "middleware.ts": matched(`["${path}"]`, 'await admit("all");') } },
  { name: "middleware.ts, whose matcher does not", verdict: "anyone", files: { "middleware.ts": matched('["/dashboard/:path*"]', 'await admit("all");') } },
  { name: "middleware.ts that limits nothing", verdict: "anyone", files: { "middleware.ts": matched(`["${path}"]`, 'await greet("all");') } },
  { name: "middleware.ts that limits other paths", verdict: "anyone", files: { "middleware.ts": matched(`["${path}"]`, 'if (request.nextUrl.pathname.startsWith("/dashboard")) await admit("all");') } },
  { name: "proxy.ts, whose matcher covers it", verdict: "nobody", files: { "proxy.ts": matched(`["${path}"]`, 'await admit("all");').replace("middleware(", "proxy(") } },
  { name: "proxy.ts, whose matcher does not", verdict: "anyone", files: { "proxy.ts": matched('["/dashboard/:path*"]', 'await admit("all");').replace("middleware(", "proxy(") } },
];

const NEXT = depending("next", "react");

export const NEXT_FRAMEWORKS: readonly Framework[] = [
  {
    name: "Next.js: a route handler",
    filename: "app/api/contact/route.ts",
    files: NEXT,
    code: (parts) => `${IMPORTS}${parts.imports ?? ""}export const POST = ${wrapped(parts, `async (request: Request) => {\n${lines(parts)}\nreturn new Response(request.url);\n}`)};\n`,
    header: (name) => `request.headers.get("${name}")`,
    refuse: "return new Response(null, { status: 401 });",
    ways: [...wrappers, ...middleware("/api/:path*")],
  },
  {
    name: "Next.js: an API route of pages",
    filename: "pages/api/contact.ts",
    files: NEXT,
    code: (parts) => `${IMPORTS}${parts.imports ?? ""}export default ${wrapped(parts, `async function handler(req, res) {\n${lines(parts)}\nres.end(req.url);\n}`)};\n`,
    header: (name) => `req.headers["${name}"]`,
    refuse: "return res.status(401).end();",
    ways: [...wrappers, ...middleware("/api/:path*")],
  },
  {
    name: "Next.js: a file of server actions",
    filename: "app/actions.ts",
    files: NEXT,
    code: (parts) => `"use server";\nimport { headers } from "next/headers";\n${IMPORTS}${parts.imports ?? ""}export const contact = ${wrapped(parts, `async (form: FormData) => {\n${lines(parts)}\nreturn form.get("to");\n}`)};\n`,
    header: (name) => `(await headers()).get("${name}")`,
    refuse: 'throw new Error("refused");',
    ways: wrappers,
  },
  {
    name: "Next.js: an inline server action",
    filename: "app/contact/page.tsx",
    files: NEXT,
    code: (parts) => `import { headers } from "next/headers";\n${IMPORTS}${parts.imports ?? ""}export default function Page() {\nasync function contact(form: FormData) {\n"use server";\n${lines(parts)}\nconsole.log(form.get("to"));\n}\nreturn <form action={contact} />;\n}\n`,
    header: (name) => `(await headers()).get("${name}")`,
    refuse: 'throw new Error("refused");',
    ways: [],
  },
];
