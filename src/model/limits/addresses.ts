import type { FileModel } from "../file.ts";
import type { Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

const HEADER = /^(?:x-forwarded-for|x-real-ip|x-client-ip|x-vercel-forwarded-for|x-vercel-proxied-for|cf-connecting-ip|cf-connecting-ipv6|true-client-ip|fly-client-ip|fastly-client-ip|x-nf-client-connection-ip|x-azure-clientip|forwarded)$/iu;
const MEMBER = /^(?:ip|ips|remoteAddress|clientAddress|remoteAddr|clientIp|ipAddress)$/u;
const READER = /(?:^ip|I[pP])(?:[A-Z]|$)|(?:[cC]lient|[rR]emote)Address|ConnInfo/u;

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
