import { classifyRequest, isCaptchaCheck, isFreeRequest, type CostlyKind } from "../../sdk/costly/index.ts";
import { publicPrefixOf } from "../../sdk/env-names.ts";
import { isForeignHost } from "../../sdk/foreign-hosts.ts";
import { instanceBase, instanceOptions } from "../clients/http-requests.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import { isSecretEnv, isSecretSetting } from "./secrets.ts";

/** What stands in an address for what is not known of it. */
const HOLE = "\u0000";
/** Templates in each other. */
const MAX_TEMPLATES = 4;
const ADDRESS = /^https?:\/\/(?<host>[^/:?#\0]+)(?::\d+)?(?<path>[^?#]*)/u;
const METHODS: ReadonlySet<string> = new Set(["get", "head", "post", "put", "patch", "delete"]);

/**
 * The costly work of a `fetch()`: a service that costs money by its host, and by what is asked of it, or one that is asked
 * with the server's own key.
 * @returns undefined: neither, or the host is not known
 */
export function fetchWork(tracer: Tracer, call: Located<CallValue>): { readonly kind: CostlyKind; readonly label: string } | undefined {
  const { value: { args }, place } = call;
  const [url] = args;
  const written = url && addressOf(tracer, { value: url, place });
  const made = written === undefined || target(call.value.callee).kind === "global" ? [] : instanceOptions(tracer, call);
  const address = made.length > 0 && written !== undefined && !ADDRESS.test(written) ? below(tracer, call, written) : written;
  const parts = address === undefined ? undefined : ADDRESS.exec(address)?.groups;
  const host = parts?.["host"];
  if (address === undefined || host === undefined) return undefined;
  const path = parts?.["path"] ?? "";
  const isWhole = !path.slice(path.lastIndexOf("/") + 1).includes(HOLE);
  const asked = { host, path, isWhole, method: methodOf(tracer, call) };
  if (isFreeRequest(asked)) return undefined;
  const row = classifyRequest(asked);
  if (row) return row;
  const shown = [...args, ...made.map((options) => options.value)];
  const holdsSecret = shown.some((arg) => dependsOn(arg, (part) => (part.kind === "env" ? part.name !== undefined && isSecretEnv(part.name) : part.kind === "member" && isSecretSetting(part))));
  return holdsSecret && !isCaptchaCheck(address) ? { kind: "fetch", label: `calls ${host} with the server's own key` } : undefined;
}

/** An address that is relative to what the client that sends was made with; undefined: that is not known. */
function below(tracer: Tracer, call: Located<CallValue>, written: string): string | undefined {
  const base = instanceBase(tracer, call);
  const text = base && addressOf(tracer, base);
  return text === undefined ? undefined : `${text.replace(/\/$/u, "")}/${written.replace(/^\//u, "")}`;
}

/** An address as far as it is constant, with holes in it; it begins with something that is. */
function addressOf(tracer: Tracer, located: Located): string | undefined {
  return tracer.alternatives(located).map((one) => textOf(tracer, one, 0)).find((text) => !text.startsWith(HOLE));
}

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

/** In upper case; undefined: not known. */
function methodOf(tracer: Tracer, { value: { callee, args }, place }: Located<CallValue>): string | undefined {
  const at = target(callee);
  if (at.kind === "member" && METHODS.has(at.property ?? "")) return at.property?.toUpperCase();
  const [, options] = args;
  if (!options) return at.kind === "member" ? undefined : "GET";
  const given = tracer.only({ value: options, place });
  if (given?.value.kind !== "object" || given.value.entries.some(({ key, spread }) => spread ?? key === undefined)) return undefined;
  const method = given.value.entries.findLast(({ key }) => key === "method");
  if (!method) return at.kind === "member" ? undefined : "GET";
  const constant = tracer.constant({ value: method.value, place: given.place });
  return typeof constant === "string" ? constant.toUpperCase() : undefined;
}
