import { classifyFetchHost } from "../../sdk/costly/index.ts";
import type { Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** Stands for a part of an address that is not known. */
export const HOLE = "\uFFFC";

const MAX_DEPTH = 8;
/** Functions and methods that give back the address that they are called with, or on. */
const SAME = new Set(["toString", "trim", "toLowerCase"]);

/** An address as far as it is constant, {@link HOLE} for each part that is not. */
export function urlText(tracer: Tracer, located: Located, depth = 0): string {
  const { value, place } = tracer.only(located) ?? { value: target(located.value), place: located.place };
  if (depth > MAX_DEPTH) return HOLE;
  const text = (part: Value): string => urlText(tracer, { value: part, place }, depth + 1);
  switch (value.kind) {
    case "literal":
      return typeof value.value === "string" || typeof value.value === "number" ? String(value.value) : HOLE;
    case "template":
      return value.parts.map(text).join("");
    case "member":
      return value.property === "href" ? text(value.object) : HOLE;
    case "choice":
      return value.operator === "?:" ? ofEither(value.options.map(text)) : HOLE;
    case "call": {
      const { callee, args } = value;
      const [path] = args;
      if (value.isNew && path && tracer.canonical({ value: callee, place })?.path.join(".") === "URL") {
        const address = text(path);
        return args.length > 1 && address.startsWith("/") ? `${HOLE}${address}` : address;
      }
      if (callee.kind === "member" && callee.property !== undefined && SAME.has(callee.property)) return text(callee.object);
      return callee.kind === "global" && callee.name === "String" && path ? text(path) : HOLE;
    }
    default:
      return HOLE;
  }
}

/** `path.startsWith("/") ? path : `/${path}``: whichever it is, they are the same but for the slash in front. */
function ofEither([first, ...others]: readonly string[]): string {
  const bare = (text: string): string => text.replace(/^\/{0,4}/u, "");
  return first !== undefined && others.every((text) => bare(text) === bare(first)) ? `/${bare(first)}` : HOLE;
}

/** The segments of an address's path; undefined where none of them is known, or where they are another service's. */
export function pathOf(address: string): readonly string[] | undefined {
  const [plain = ""] = address.split(/[?#]/u);
  const scheme = /^(?:https?:)?\/\//u.exec(plain)?.[0];
  const rest = scheme === undefined ? withoutHoles(plain) : plain.slice(scheme.length);
  const [first, ...others] = rest.split("/");
  const host = scheme === undefined ? undefined : first;
  const segments = (scheme === undefined ? [first ?? "", ...others] : others).filter(Boolean);
  if (host !== undefined && isForeign(host, segments)) return undefined;
  return segments.some((segment) => !segment.includes(HOLE)) ? segments : undefined;
}

/** `${base}/api/jobs`: what stands before the path is the project's own address. */
function withoutHoles(address: string): string {
  let start = 0;
  while (address.startsWith(HOLE, start)) start += HOLE.length;
  return address.slice(start);
}

/** A service's host; of one that is written out and not known, a path of one word may be anybody's. */
function isForeign(host: string, segments: readonly string[]): boolean {
  if (host.includes(HOLE) || host.startsWith("localhost") || host.startsWith("127.")) return false;
  return classifyFetchHost(host) !== undefined || segments.length < 2;
}
