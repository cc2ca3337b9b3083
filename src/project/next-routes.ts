import type { Token } from "path-to-regexp";
import { load } from "./load.ts";

export interface NextRoute {
  /** "app-route": route.ts; "page": a page of either router; "pages-api": a handler under pages/api. */
  readonly kind: "app-route" | "page" | "pages-api";
  /** URL path, dynamic segments as in the file system: "/api/users/[id]". */
  readonly path: string;
}

/**
 * The URL path of a Next.js file: `app/(shop)/api/users/[id]/route.ts` gives "/api/users/[id]".
 *
 * @param file relative to the Next.js application's directory, which holds app/, pages/ or src/
 * @returns undefined where the file answers no request (layouts, components, private folders), or does so only under
 *   a `pageExtensions` setting
 * @see https://nextjs.org/docs/app/getting-started/project-structure
 */
export function nextRouteOf(file: string): NextRoute | undefined {
  const segments = file.split(/[\\/]/u).filter((segment) => segment !== "" && segment !== ".");
  if (segments[0] === "src") segments.shift();
  const [router, ...inside] = segments;
  const name = /^(.+)\.[jt]sx?$/u.exec(inside.pop() ?? "")?.[1];
  if (name === undefined || name.endsWith(".d")) return undefined;
  if (router === "app") return appRoute(inside, name);
  return router === "pages" ? pagesRoute(inside, name) : undefined;
}

function appRoute(directories: readonly string[], name: string): NextRoute | undefined {
  if (name !== "route" && name !== "page") return undefined;
  let url: string[] = [];
  for (const directory of directories) {
    if (directory.startsWith("_")) return undefined;
    if (directory.startsWith("@") || /^\(.*\)$/u.test(directory)) continue;
    // Intercepting routes: (.) same level, (..) one up, (..)(..) two up, (...) from the top.
    const markers = /^(?:\(\.{1,3}\))+/u.exec(directory)?.[0] ?? "";
    if (markers.startsWith("(...)")) url = [];
    const up = markers.split("(..)").length - 1;
    if (up > url.length) return undefined;
    url.length -= up;
    url.push(directory.slice(markers.length).replace(/^%5F/iu, "_"));
  }
  return { kind: name === "route" ? "app-route" : "page", path: `/${url.join("/")}` };
}

function pagesRoute(directories: readonly string[], name: string): NextRoute | undefined {
  if (directories.length === 0 && /^_(?:app|document|error|middleware)$/u.test(name)) return undefined;
  const path = `/${[...directories, ...(name === "index" ? [] : [name])].join("/")}`;
  return { kind: path === "/api" || path.startsWith("/api/") ? "pages-api" : "page", path };
}

export type Coverage = "yes" | "no" | "unknown";

/**
 * Whether a Next.js middleware (proxy) whose `config.matcher` is given sees every request to a route.
 *
 * Dynamic segments are filled with values, among them those that the matcher itself speaks of. Where it sees some of
 * them and not others, or asks for `has` / `missing` (a caller chooses headers), or can't be read, the answer is
 * "unknown". `basePath` and `i18n` prefix route and matcher alike and are left out.
 *
 * @param matcher undefined: there is none, so all paths; a string, an object with `source`, or an array of them.
 *   What could not be evaluated should be given as `null`, alone or in the array: "unknown"
 * @param routePath as in {@link NextRoute.path}
 * @see https://nextjs.org/docs/app/api-reference/file-conventions/proxy#matcher
 */
export function matcherCovers(matcher: unknown, routePath: string): Coverage {
  if (matcher === undefined) return "yes";
  const question = JSON.stringify([matcher, routePath], (_key, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
  let answer = answers.get(question);
  if (answer === undefined) {
    if (answers.size >= MAX_ANSWERS) answers.clear();
    answers.set(question, (answer = findCoverage(matcher, routePath)));
  }
  return answer;
}

/** Each route is asked about whenever its file is linted, and a negative lookahead takes hundreds of samples. */
const answers = new Map<string, Coverage>();
const MAX_ANSWERS = 2000;

function findCoverage(matcher: unknown, routePath: string): Coverage {
  const matchers = (Array.isArray(matcher) ? (matcher as unknown[]) : [matcher]).map(readMatcher);
  const seen = new Set<Coverage>();
  for (const url of sampleUrls(routePath, matchers)) {
    seen.add(strongest(matchers, url));
    if (seen.size > 1 || seen.has("unknown")) return "unknown";
  }
  return seen.has("yes") ? "yes" : "no";
}

interface Matcher {
  readonly source: string;
  /** Undefined: it can't be read, so may match anything. */
  readonly pattern: RegExp | undefined;
  /** `has` or `missing`: what matches may still be let through. */
  readonly conditional: boolean;
}

function strongest(matchers: readonly Matcher[], url: string): Coverage {
  let found: Coverage = "no";
  for (const { pattern, conditional } of matchers) {
    if (pattern && !pattern.test(url)) continue;
    if (pattern && !conditional) return "yes";
    found = "unknown";
  }
  return found;
}

const MATCHER_KEYS = new Set(["source", "has", "missing", "locale"]);

function readMatcher(given: unknown): Matcher {
  const matcher = typeof given === "string" ? { source: given } : given;
  if (typeof matcher !== "object" || matcher === null || !("source" in matcher)) return UNREADABLE;
  if (typeof matcher.source !== "string" || Object.keys(matcher).some((key) => !MATCHER_KEYS.has(key))) return UNREADABLE;
  const { has, missing } = matcher as { has?: unknown; missing?: unknown };
  return {
    source: matcher.source,
    pattern: patternOf(matcher.source),
    conditional: [has, missing].some((list) => list !== undefined && !(Array.isArray(list) && list.length === 0)),
  };
}

const UNREADABLE: Matcher = { source: "", pattern: undefined, conditional: false };
/** Next.js rejects longer ones. */
const MAX_SOURCE = 4096;

interface PathToRegexp {
  parse(source: string): Token[];
  tokensToRegexp(tokens: Token[]): RegExp;
}

/** As Next.js compiles it: case-sensitive, for it passes on the expression's source without flags. */
function patternOf(source: string): RegExp | undefined {
  const library = load<PathToRegexp>("path-to-regexp");
  if (!library || !source.startsWith("/") || source.length > MAX_SOURCE) return undefined;
  try {
    const tokens = library.parse(source);
    return new RegExp(compile(tokens, library).source);
  } catch {
    return undefined;
  }
}

/** A repeated parameter without text before it ("/(.*)*") is no valid pattern; Next.js then assumes a slash. */
function compile(tokens: Token[], library: PathToRegexp): RegExp {
  try {
    return library.tokensToRegexp(tokens);
  } catch {
    return library.tokensToRegexp(
      tokens.map((token) =>
        typeof token === "object" && /[*+]/u.test(token.modifier) && token.prefix === "" && token.suffix === ""
          ? { ...token, prefix: "/" }
          : token,
      ),
    );
  }
}

const MAX_WORDS = 24;
const ORDINARY = ["x", "42", "a-b_c", "a.b", "A", "8f14e45f-ceea-4e7a-9c3b-1d2e3f4a5b6c", "%C3%A4"];

/** URLs of a route: each dynamic segment takes each value in turn while the others stay, and all take it at once. */
function sampleUrls(routePath: string, matchers: readonly Matcher[]): Iterable<string> {
  const segments = routePath.split("/").filter(Boolean);
  const dynamic = segments.flatMap((segment, at) => (/^\[.*\]$/u.test(segment) ? [at] : []));
  if (dynamic.length === 0) return [`/${segments.join("/")}`];
  const shapes = dynamic.some((at) => isCatchAll(segments[at] ?? "")) ? SHAPES : 1;
  const urls = new Set<string>();
  for (const value of sampleValues(matchers)) {
    for (const chosen of [...dynamic, undefined]) {
      for (let shape = 0; shape < shapes; shape++) {
        const filled = segments.slice();
        for (const at of dynamic) filled[at] = fill(segments[at] ?? "", chosen === undefined || chosen === at ? value : "x", shape);
        urls.add(`/${filled.filter(Boolean).join("/")}`);
      }
    }
  }
  return urls;
}

const SHAPES = 4;

/** What stands for a dynamic segment; a catch-all takes several shapes: one value, two, and none if it may. */
function fill(segment: string, value: string, shape: number): string {
  if (!isCatchAll(segment)) return value;
  if (shape === 1) return `x/${value}`;
  if (shape === 2) return `${value}/y/z`;
  return shape === 3 && segment.startsWith("[[") ? "" : value;
}

const isCatchAll = (segment: string): boolean => /^\[{1,2}\.\.\./u.test(segment);

/** Ordinary values, and the words of the matchers: they are what a negative lookahead leaves out. */
function sampleValues(matchers: readonly Matcher[]): readonly string[] {
  const words = new Set(matchers.flatMap(({ source }) => source.match(/[\w-]+/gu) ?? []));
  return [...ORDINARY, ...[...words].slice(0, MAX_WORDS).flatMap((word) => [word, `${word}x`, `x.${word}`])];
}
