import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { LIMITER, NOTES_CODE, NOTES_ROUTE, open } from "./shared.ts";

/** A middleware that sends strangers away where a condition on the path holds. */
const redirecting = (lists: string, condition: string): string => `import { NextResponse, type NextRequest } from "next/server";
import { getSessionCookie } from "better-auth/cookies";
${lists}
export function middleware(request: NextRequest) {
  const { pathname } = request.nextUrl;
  const session = getSessionCookie(request);
  if (!session && ${condition}) {
    return NextResponse.redirect(new URL("/sign-in", request.url));
  }
  return NextResponse.next();
}
`;

type Given = readonly [name: string, lists: string, condition: string, more?: Record<string, string>];
const files = ([, lists, condition, more = {}]: Given) => ({ ...LIMITER, "middleware.ts": redirecting(lists, condition), ...more });
const passing = (given: Given) => ({ name: given[0], filename: NOTES_ROUTE, files: files(given), code: NOTES_CODE });
const reported = (given: Given) =>
  open({ name: given[0], filename: NOTES_ROUTE, files: files(given), code: NOTES_CODE, at: "POST", title: "POST /api/notes", work: "writes to Redis (`lpush`)", guarded: true });

/** Which paths a middleware speaks of, where it looks them up in a list or asks a function of its own. */
runRule("require-ratelimit", rule, {
  valid: [
    passing(["a list that the route begins with one of", `const PROTECTED = ["/dashboard", "/api/notes"];`, "PROTECTED.some((path) => pathname.startsWith(path))"]),
    passing(["with a slash behind, or the path itself", `const PROTECTED = ["/settings", "/api"];`, "PROTECTED.some((path) => pathname === path || pathname.startsWith(`${path}/`))"]),
    passing(["not in the list of what is public", `const PUBLIC = ["/", "/login", "/api/auth"];`, "!PUBLIC.some((path) => pathname.startsWith(path) && path !== \"/\")"]),
    passing(["a function of the file says which", `const isProtected = (path: string) => path.startsWith("/api/");`, "isProtected(pathname)"]),
    passing(["every one of the list is another path", `const PUBLIC = ["/login", "/register"];`, "PUBLIC.every((path) => !pathname.startsWith(path))"]),
    passing(["no entry of the list is found", `const PUBLIC = ["/login", "/register"];`, "!PUBLIC.find((path) => pathname.startsWith(path))"]),
    passing(["a set that has the path", `const PROTECTED = new Set(["/api/notes"]);`, "PROTECTED.has(pathname)"]),
    passing(["a list of another file", `import { PROTECTED } from "./lib/paths";`, "PROTECTED.some((path) => pathname.startsWith(path))", { "lib/paths.ts": `export const PROTECTED = ["/dashboard", "/api"];\n` }]),
    passing(["a list that is not known may hold the path", `import { PROTECTED } from "some-paths";`, "PROTECTED.some((path) => pathname.startsWith(path))"]),
    passing(["a callback that does more than to compare may speak of the path", `const PROTECTED = ["/dashboard"];`, "PROTECTED.some((path) => matches(path, pathname))"]),
  ],
  invalid: [
    reported(["a list of pages", `const PROTECTED = ["/settings", "/searches"];`, "PROTECTED.some((path) => pathname.startsWith(path))"]),
    reported(["pages, with a slash behind", `const PROTECTED = ["/settings", "/searches"];`, "PROTECTED.some((path) => pathname === path || pathname.startsWith(`${path}/`))"]),
    reported(["a function of the file speaks of pages", `const PAGES = ["/settings"];\nfunction isProtected(path: string) {\n  return PAGES.some((page) => path.startsWith(page));\n}`, "isProtected(pathname)"]),
    reported(["the API is in the list of what is public", `const PUBLIC = ["/login", "/api/"];`, "!PUBLIC.some((path) => pathname.startsWith(path))"]),
    reported(["the API is what is public, by every one", `const PUBLIC = ["/login", "/api"];`, "PUBLIC.every((path) => !pathname.startsWith(path))"]),
    reported(["a set that has other paths", `const PROTECTED = new Set(["/dashboard"]);`, "PROTECTED.has(pathname)"]),
    reported(["a list of pages in another file", `import { PROTECTED } from "./lib/paths";`, "PROTECTED.some((path) => pathname.startsWith(path))", { "lib/paths.ts": `export const PROTECTED = ["/dashboard", "/settings"];\n` }]),
    reported(["another file's list that a path is in", `import { PAGES } from "./lib/paths";`, "PAGES.includes(pathname)", { "lib/paths.ts": `export const PAGES = ["/dashboard", "/settings"];\n` }]),
  ],
});

const NOTE_ROUTE = "app/api/notes/[id]/route.ts";
const OPEN_TO = (paths: string): string => `const OPEN = ${paths};\nconst isBelow = (path: string, top: string): boolean => path === top || path.startsWith(\`\${top}/\`);`;
const ASKS_LIST = "!OPEN.some((top) => isBelow(pathname, top))";

/** Routes with dynamic segments: a path of `/api/notes/[id]` begins with `/api/notes/`, whatever the id. */
runRule("require-ratelimit", rule, {
  valid: [
    { name: "open is another one", filename: NOTE_ROUTE, files: files(["", OPEN_TO(`["/api/note", "/api/tags"]`), ASKS_LIST]), code: NOTES_CODE },
    { name: "open is one of its paths, or more", filename: NOTE_ROUTE, files: files(["", OPEN_TO(`["/api/notes/shared"]`), ASKS_LIST]), code: NOTES_CODE },
    { name: "the segments may be left out", filename: "app/api/notes/[[...rest]]/route.ts", files: files(["", "", `!pathname.startsWith("/api/notes/")`]), code: NOTES_CODE },
  ],
  invalid: [
    open({ name: "all below is open", filename: NOTE_ROUTE, files: files(["", OPEN_TO(`["/api/notes"]`), ASKS_LIST]), code: NOTES_CODE, at: "POST", title: "POST /api/notes/[id]", work: "writes to Redis (`lpush`)", guarded: true }),
  ],
});

/** What is made of the path: it is still the path where nothing of it is taken away. */
const made = (name: string, path: string, condition: string): Given => [name, "", condition.replaceAll("PATH", `(${path})`)];
const assigned = redirecting(`const PAGES = ["/settings"];`, "PAGES.includes(plain)").replace(
  "  const session",
  String.raw`  let plain = pathname;
  if (/^\/(en|de)\//.test(pathname)) plain = pathname.replace(/^\/(en|de)/, "");
  const session`,
);

runRule("require-ratelimit", rule, {
  valid: [
    passing(made("without a locale, it is this route", String.raw`pathname.replace(/^\/(en|de)/, "")`, 'PATH === "/api/notes"')),
    passing(made("what is taken away may stand in front of it", String.raw`pathname.replace(/^\/(en|api)/, "")`, 'PATH === "/search"')),
    passing(made("some text is taken away, and not at the beginning", String.raw`pathname.replace(/\/(en|de)/, "")`, 'PATH === "/search"')),
    passing(made("of two letters no end is asked for", String.raw`pathname.replace(/^\/[a-z]{2}/, "")`, 'PATH === "/inotes"')),
    passing(made("a beginning that is made when it runs", 'pathname.replace(new RegExp(`^/${locale}`), "")', 'PATH === "/search"')),
    passing(made("something else is asked for where there is a locale", 'isLocale(request) ? "/api/notes" : pathname', 'PATH === "/search"')),
    passing(made("it is cut off", "pathname.slice(3)", 'PATH === "/search"')),
    passing(made("without a query, it is this route", 'pathname.split("?")[0]', 'PATH === "/api/notes"')),
    passing(made("of its segments, one", 'pathname.split("/")[2]', 'PATH === "search"')),
    passing(made("what would be its query", 'pathname.split("?")[1]', 'PATH === "/search"')),
    passing(made("split by what is not known", "pathname.split(separator)[0]", 'PATH === "/search"')),
    passing(made("either has a locale, or the API in front of it", String.raw`pathname.replace(/^\/(en|de)/, "")`, 'PATH !== "/settings" && PATH.startsWith("/api")')),
  ],
  invalid: [
    reported(made("without a locale, it is another route", String.raw`pathname.replace(/^\/(en|de)/, "")`, 'PATH === "/api/search"')),
    reported(made("with what has to follow a locale", String.raw`pathname.replace(/^\/(?:en|de|pt-BR)(?=\/|$)/i, "")`, 'PATH.startsWith("/settings")')),
    reported(made("any two letters", String.raw`pathname.replace(/^\/[a-z]{2}(\/|$)/, "/")`, 'PATH.startsWith("/settings")')),
    reported(made("without a query", 'pathname.split("?")[0]', 'PATH === "/settings"')),
    reported(["without a query, in a function that says what is open", "const OPEN = [\"/api\"];\nfunction isOpen(path: string): boolean {\n  const [plain = \"\"] = path.split(\"?\");\n  if (plain.includes(\"/preview\")) {\n    console.log(`open: ${plain}`);\n    return true;\n  }\n  return OPEN.some((open) => plain.startsWith(open));\n}", "!isOpen(pathname)"]),
    reported(made("without a fragment, and without a locale", String.raw`pathname.split("#")[0].replace(/^\/(en|de)/, "")`, 'PATH.startsWith("/settings")')),
    reported(made("or the root", String.raw`pathname.replace(/^\/(en|de)/, "") || "/"`, '["/", "/settings"].includes(PATH)')),
    reported(made("without the last slash, and in lower case", String.raw`pathname.replace(/\/+$/, "").toLowerCase()`, 'PATH === "/settings"')),
    reported(made("cut off where there is a locale", 'pathname.startsWith("/de/") ? pathname.slice(3) : pathname', 'PATH === "/settings"')),
    reported(["handed to a function", `const isPage = (path: string) => path === "/settings";`, String.raw`isPage(pathname.replace(/^\/(en|de)/, ""))`]),
    reported(["assigned anew where there is a locale", "", "", { "middleware.ts": assigned }]),
  ],
});
