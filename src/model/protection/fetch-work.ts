import { classifyFetchHost, isCaptchaCheck, type CostlyKind } from "../../sdk/costly/index.ts";
import type { CallValue } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { isSecretEnv } from "./caller-checks.ts";

/**
 * The costly work of a `fetch()`: a service that costs money by its host, or one that is asked with the server's own key.
 * @returns undefined: neither, or the host is not known
 */
export function fetchWork(tracer: Tracer, { value: { args }, place }: Located<CallValue>): { readonly kind: CostlyKind; readonly label: string } | undefined {
  const [url] = args;
  const start = url && constantStart(tracer, { value: url, place });
  const host = start === undefined ? undefined : /^https?:\/\/(?<host>[^/:?#]+)/u.exec(start)?.groups?.["host"];
  if (start === undefined || host === undefined) return undefined;
  const row = classifyFetchHost(host);
  if (row) return row;
  const holdsSecret = args.some((arg) => dependsOn(arg, (part) => part.kind === "env" && part.name !== undefined && isSecretEnv(part.name)));
  return holdsSecret && !isCaptchaCheck(start) ? { kind: "fetch", label: `calls ${host} with the server's own key` } : undefined;
}

/** The constant text that an address begins with. */
function constantStart(tracer: Tracer, located: Located): string | undefined {
  for (const { value, place } of tracer.alternatives(located)) {
    const first = value.kind === "template" ? value.parts[0] : value;
    const constant = first && tracer.constant({ value: first, place });
    if (typeof constant === "string") return constant;
  }
  return undefined;
}
