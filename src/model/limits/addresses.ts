import { compile } from "../../sdk/canonical.ts";
import type { FileModel } from "../file.ts";
import type { Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

const HEADER = /^(?:x-forwarded-for|x-real-ip|x-client-ip|x-vercel-forwarded-for|x-vercel-proxied-for|cf-connecting-ip|cf-connecting-ipv6|true-client-ip|fly-client-ip|fastly-client-ip|x-nf-client-connection-ip|x-azure-clientip|forwarded)$/iu;
const MEMBER = /^(?:ip|ips|remoteAddress|clientAddress|remoteAddr|clientIp|ipAddress)$/u;
const READER = /(?:^ip|I[pP])(?:[A-Z]|$)|(?:[cC]lient|[rR]emote)Address|ConnInfo/u;

/** Headers that a platform writes itself, whatever the caller sent: of Vercel, Cloudflare, Fly, Fastly, Netlify and Azure. */
const PLATFORM_HEADER = /^(?:x-real-ip|x-vercel-forwarded-for|x-vercel-proxied-for|cf-connecting-ip|cf-connecting-ipv6|fly-client-ip|fastly-client-ip|x-nf-client-connection-ip|x-azure-clientip)$/iu;
/** Members in which frameworks and runtimes keep the address of the connection. */
const CONNECTION_MEMBER = /^(?:ip|remoteAddress|remoteAddr|clientAddress|sourceIp)$/u;
/** https://vercel.com/docs/functions/functions-api-reference/vercel-functions-package, https://hono.dev/docs/helpers/conninfo, https://h3.dev/utils/request */
const PLATFORM_READERS = compile([
  { pattern: "{@vercel/functions,@vercel/edge}#ipAddress" },
  { pattern: "hono/*#getConnInfo" },
  { pattern: "@hono/node-server/conninfo#getConnInfo" },
  { pattern: "h3#getRequestIP" },
]);

/**
 * An address that the platform sets for each request: what stands behind it with `??` does not come to pass there. False
 * for what may be a header that the caller wrote, and for functions of the project, which are read by themselves.
 */
export function isPlatformAddress(file: FileModel, located: Located): boolean {
  const { tracer } = file;
  const isSet = (value: Value, place: Located["place"]): boolean => {
    switch (value.kind) {
      case "ref":
        return isSet(value.target, place);
      case "await":
        return isSet(value.value, place);
      case "choice":
        return (value.operator === "??" || value.operator === "||") && value.options.some((option) => isSet(option, place));
      case "member":
        if (value.property !== undefined && PLATFORM_HEADER.test(value.property)) return true;
        return value.property !== undefined && CONNECTION_MEMBER.test(value.property) && isOfRequest(value.object);
      case "call": {
        const callee = target(value.callee);
        const [first] = value.args;
        if (callee.kind === "param") return callee.fn.params[callee.index]?.name === "getClientAddress";
        const header = first && tracer.constant({ value: first, place });
        if (callee.kind === "member" && callee.property === "getClientAddress") return true;
        if (callee.kind === "member" && typeof header === "string" && PLATFORM_HEADER.test(header)) return true;
        const path = tracer.canonical({ value: value.callee, place });
        return path !== undefined && PLATFORM_READERS.match(path) !== undefined;
      }
      default:
        return false;
    }
  };
  return isSet(located.value, located.place);
}

/** `req`, `req.socket`, `event.requestContext.identity`: what a framework hands over of a request, apart from its content. */
function isOfRequest(value: Value): boolean {
  const at = target(value);
  if (at.kind === "param") return true;
  return at.kind === "member" && /^(?:req|request|raw|node|socket|connection|info|requestContext|http|identity)$/u.test(at.property ?? "") && isOfRequest(at.object);
}

/** The caller's address by itself, however trustworthy: read from a header, a member or a function for it. */
export function isAddress(file: FileModel, located: Located): boolean {
  const all = file.tracer.alternatives(located);
  return all.every(({ value }) => value.kind !== "template") && (all.some(({ value }) => readsAddress(value)) || readsAddress(located.value));
}

function readsAddress(value: Value): boolean {
  return dependsOn(value, (part) => {
    if (part.kind === "member") return part.property !== undefined && (MEMBER.test(part.property) || HEADER.test(part.property));
    if (part.kind === "literal") return typeof part.value === "string" && HEADER.test(part.value);
    if (part.kind === "param") return MEMBER.test(part.fn.params[part.index]?.name ?? "");
    if (part.kind !== "call") return false;
    const callee = target(part.callee);
    const name = callee.kind === "member" ? callee.property : callee.kind === "import" ? callee.name : part.callee.kind === "ref" ? part.callee.name : undefined;
    return name !== undefined && READER.test(name);
  });
}
