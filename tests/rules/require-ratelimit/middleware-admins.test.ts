import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* A middleware that lets in only those who run the project. Behind it, mail is sent. */

const ROUTE = "app/api/admin/mail/route.ts";
const DENY = "return NextResponse.json({ error: 'forbidden' }, { status: 403 });";
const LOGIN = 'return NextResponse.redirect(new URL("/login", request.url));';
const USER = `const supabase = createServerClient(process.env.NEXT_PUBLIC_SUPABASE_URL!, process.env.NEXT_PUBLIC_SUPABASE_ANON_KEY!, { cookies: { getAll: () => request.cookies.getAll(), setAll() {} } });
  const { data: { user } } = await supabase.auth.getUser();
  const { pathname } = request.nextUrl;`;
const PROFILE = 'const { data: profile } = await supabase.from("users").select("role").eq("id", user.id).single();';
const ROLES = '["admin", "super_admin"].includes(profile.role)';

const project = (body: string, calls = "return NextResponse.next();", helper = "updateSession"): ProjectFiles => ({
  ...CLIENTS,
  [ROUTE]: `import { mail, resend } from "@/lib/clients";
export async function POST() {
  await resend.emails.send(mail);
  return Response.json({});
}
`,
  "lib/session.ts": `import { createServerClient } from "@supabase/ssr";
import { NextResponse, type NextRequest } from "next/server";
export async function ${helper}(request: NextRequest) {
  ${body}
}
`,
  "middleware.ts": `import { createServerClient } from "@supabase/ssr";
import { NextResponse, type NextRequest } from "next/server";
import { ${helper} } from "./lib/session";
export async function middleware(request: NextRequest) {
  ${calls}
}
`,
});

/** A middleware without helpers. */
const plain = (body: string): ProjectFiles => project("", `${USER}\n  ${body}\n  return NextResponse.next();`);
/** One that returns what a helper answers. */
const through = (body: string, calls = "return await updateSession(request);"): ProjectFiles => project(`${USER}\n  ${body}\n  return NextResponse.next();`, calls);

const STRANGERS = `if (!user && pathname.startsWith("/api/admin")) ${LOGIN}`;
const NESTED = `${STRANGERS}
  if (user && pathname.startsWith("/api/admin")) {
    ${PROFILE}
    if (!profile || !${ROLES}) {
      const answer = NextResponse.redirect(new URL("/", request.url));
      return answer;
    }
  }`;

type Case = readonly [name: string, verdict: Verdict, files: ProjectFiles];

const CASES: readonly Case[] = [
  ["one after the other", "nobody", plain(`if (pathname.startsWith("/api/admin")) {\n    if (!user) ${LOGIN}\n    ${PROFILE}\n    if (profile?.role !== "admin") ${DENY}\n  }`)],
  ["in one condition", "nobody", plain(`if (!user) ${LOGIN}\n  ${PROFILE}\n  if (pathname.startsWith("/api/admin") && profile?.role !== "admin") ${DENY}`)],
  ["those who are there, after strangers", "nobody", plain(NESTED)],
  ["the same, by a helper whose answer is returned", "nobody", through(NESTED)],
  ["the same, with a cookie on the answer", "nobody", through(NESTED, 'const answer = await updateSession(request);\n  if (!request.cookies.get("locale")) answer.cookies.set("locale", "en");\n  return answer;')],
  ["the same, behind what leaves before", "nobody", through(NESTED, 'if (request.nextUrl.pathname.startsWith("/assets")) return NextResponse.next();\n  const answer = await updateSession(request);\n  return answer;')],
  ["the same, handed on by a function between", "nobody", through(NESTED, 'const inner = async () => {\n    const answer = await updateSession(request);\n    answer.headers.set("x-seen", "1");\n    return answer;\n  };\n  return inner();')],

  ["whoever has signed in", "any signed-in caller", plain(STRANGERS)],
  ["for other paths", "any signed-in caller", plain(`if (!user) ${LOGIN}\n  ${PROFILE}\n  if (pathname.startsWith("/api/admin/users") && profile?.role !== "admin") ${DENY}`)],
  ["others are only noted", "any signed-in caller", plain(`if (!user) ${LOGIN}\n  ${PROFILE}\n  if (profile?.role !== "admin") console.warn("no admin");`)],
  ["others go on", "any signed-in caller", plain(`if (!user) ${LOGIN}\n  ${PROFILE}\n  if (profile?.role !== "admin") return NextResponse.next();`)],
  ["others go on, with another path", "any signed-in caller", plain(`if (!user) ${LOGIN}\n  ${PROFILE}\n  if (profile?.role !== "admin") return NextResponse.rewrite(new URL("/api/admin/mail", request.url));`)],
  ["admins are sent elsewhere", "any signed-in caller", plain(`if (!user) ${LOGIN}\n  ${PROFILE}\n  if (profile?.role === "admin") ${LOGIN}`)],
  ["a header may be left out", "any signed-in caller", plain(`if (!user) ${LOGIN}\n  ${PROFILE}\n  if (request.headers.get("x-check") && profile?.role !== "admin") ${DENY}`)],
  ["a helper's answer is left alone", "any signed-in caller", through(NESTED, "const answer = await updateSession(request);\n  if (!answer) return answer;\n  return NextResponse.next();")],
  ["a helper's answer is returned for other paths", "any signed-in caller", through(NESTED, 'const answer = await updateSession(request);\n  if (request.nextUrl.pathname.startsWith("/api")) return NextResponse.next();\n  return answer;')],
  ["a helper's answer may be another one's", "any signed-in caller", through(NESTED, 'let answer = await updateSession(request);\n  if (request.headers.get("x-locale")) answer = NextResponse.next();\n  return answer;')],
  ["a helper's answer is put into another one", "any signed-in caller", through(NESTED, "const answer = await updateSession(request);\n  return NextResponse.next({ headers: answer.headers });")],
  ["a helper's answer is returned on one way only", "any signed-in caller", through(NESTED, 'const answer = await updateSession(request);\n  if (request.cookies.get("locale")) return answer;')],
  ["strangers go on", "anyone", plain(`if (user && pathname.startsWith("/api/admin")) {\n    ${PROFILE}\n    if (profile?.role !== "admin") ${DENY}\n  }`)],
  ["strangers of other paths are turned away", "anyone", plain(`if (!user && pathname.startsWith("/settings")) ${LOGIN}\n  if (user && pathname.startsWith("/api/admin")) {\n    ${PROFILE}\n    if (profile?.role !== "admin") ${DENY}\n  }`)],
  ["strangers go on before", "anyone", plain(`if (!user) return NextResponse.next();\n  ${PROFILE}\n  if (profile?.role !== "admin") ${DENY}`)],
];

describe("a middleware for admins", () => {
  it.each(CASES)("%s: %s", (_, verdict, files) => {
    expect(verdictOf(files, ROUTE)).toBe(verdict);
  });
});
