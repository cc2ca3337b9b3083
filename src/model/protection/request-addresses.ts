import { publicPrefixOf } from "../../sdk/env-names.ts";
import { isForeignHost } from "../../sdk/foreign-hosts.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";

/*
 * The address that a request goes to, as far as it is written down.
 */

/** What stands in an address for what is not known of it. */
export const HOLE = "\u0000";
/** An address as a whole, and its host and path. */
export const ADDRESS = /^https?:\/\/(?<host>[^/:?#\0]+)(?::\d+)?(?<path>[^?#]*)/u;
/** Templates in each other. */
const MAX_TEMPLATES = 4;

/** Each address that a value may be, as far as it is constant, with holes in it. */
export function addressesOf(tracer: Tracer, located: Located): readonly string[] {
  return tracer.alternatives(located).map((one) => textOf(tracer, one, 0));
}

/** All of the host is written: no hole begins right behind what is known of it. */
export const pathBehindHost = (address: string): string | undefined => {
  const path = ADDRESS.exec(address)?.groups?.["path"];
  return path?.startsWith(HOLE) === true ? undefined : path;
};

/** It begins with something that is constant. */
export const hasBeginning = (address: string): boolean => !address.startsWith(HOLE);

/** Variables that hold an address of the application itself, or of a server beside it. */
const OWN_ADDRESS = /^(?:api|app|auth|back_?end|base|deploy\w*|front_?end|host|internal|next_?auth|public|self|server|site|vercel|web\w*)(?:_|$)/iu;

/** Templates may be put together of others: `${base}/messages`. */
function textOf(tracer: Tracer, located: Located, depth: number): string {
  const constant = tracer.constant(located);
  if (typeof constant === "string") return constant;
  if (depth > MAX_TEMPLATES) return HOLE;
  const { value, place } = tracer.only(located) ?? located;
  const of = target(value);
  if (of.kind === "template") return of.parts.map((part) => textOf(tracer, { value: part, place }, depth + 1)).join("");
  if (of.kind === "call") return withoutEnd(tracer, { value: of, place }, depth);
  return of.kind === "choice" ? byDefault(tracer, of.options, place, depth) : HOLE;
}

/** `process.env.SHOP_URL ?? "https://api.shop.example"`: whatever else is set, it is an address of the same service. */
function byDefault(tracer: Tracer, options: readonly Value[], place: Place, depth: number): string {
  const [set, written, ...others] = options.map(target);
  if (set?.kind !== "env" || set.name === undefined || !written || others.length > 0) return HOLE;
  const isOwn = OWN_ADDRESS.test(set.name) || publicPrefixOf(set.name) !== undefined;
  const text = isOwn ? HOLE : textOf(tracer, { value: written, place }, depth + 1);
  return isForeignHost(ADDRESS.exec(text)?.groups?.["host"] ?? "") ? text : HOLE;
}

/** `base.replace(/\/$/, "")`, `base.trim()`: what stands before is as it was. */
function withoutEnd(tracer: Tracer, { value: { callee, args }, place }: Located<CallValue>, depth: number): string {
  const method = target(callee);
  if (method.kind !== "member") return HOLE;
  const [pattern, by, ...others] = args;
  const isTrimmed = (method.property === "trim" || method.property === "trimEnd") && !pattern;
  const isCut = method.property === "replace" && pattern && constantOf(pattern)?.endsWith("$/") === true && by && constantOf(by) === "" && others.length === 0;
  return isTrimmed || isCut ? textOf(tracer, { value: method.object, place }, depth + 1).replace(/\/$/u, "") : HOLE;
}
