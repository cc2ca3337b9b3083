import type { CanonicalPath } from "../../sdk/canonical.ts";
import { OAUTH_PROVIDERS } from "../../sdk/oauth-providers.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";

/**
 * `signIn("github")` of Auth.js: nothing is checked and nothing is sent, the browser is led to where that is done. A provider
 * with an id that Auth.js does not know is looked up in what the project sets Auth.js up with.
 */
export function leadsElsewhere(tracer: Tracer, { value: { callee, args, spreadAt }, place }: Located<CallValue>): boolean {
  const [provider] = args;
  const ids = provider && spreadAt !== 0 ? tracer.alternatives({ value: provider, place }).map((id) => tracer.constant(id)) : [];
  if (ids.length === 0) return false;
  const own = ids.every((id) => typeof id === "string" && OAUTH_PROVIDERS.has(id)) ? [] : ownProviders(tracer, { value: callee, place });
  return ids.every((id) => typeof id === "string" && (OAUTH_PROVIDERS.has(id) || own.includes(id)));
}

/** Who changes them is sent a message. */
const CONFIRMED = /^(?:email|phone)$/u;

/**
 * `auth.updateUser({ password })` of Supabase, which changes the account of whose session the client holds: without one nothing
 * is sent at all. That no address is changed must be plain.
 */
export function changesOwnAccount(tracer: Tracer, path: CanonicalPath, { value, place }: Located<CallValue>): boolean {
  const [changed] = value.args;
  if (!path.source.startsWith("@supabase/") || path.path.slice(-2).join(".") !== "auth.updateUser" || !changed) return false;
  return tracer.alternatives({ value: changed, place }).every(
    ({ value: given }) => given.kind === "object" && given.entries.every(({ key, spread }) => !spread && key !== undefined && !CONFIRMED.test(key)),
  );
}

/** Ids of the providers that are written out, with their type, in the set-up of Auth.js that the function comes from. */
function ownProviders(tracer: Tracer, callee: Located): readonly string[] {
  return tracer.alternatives(callee).flatMap(({ value, place }) => {
    if (value.kind !== "member") return [];
    return tracer.alternatives({ value: value.object, place }).flatMap((made) => {
      const [options] = made.value.kind === "call" ? made.value.args : [];
      const lists = options ? tracer.property({ value: options, place: made.place }, "providers") : [];
      return lists.flatMap((list) => itemsOf(tracer, list, 0)).flatMap((item) => {
        const type = constantProperty(tracer, item, "type");
        const id = constantProperty(tracer, item, "id");
        return (type === "oauth" || type === "oidc") && typeof id === "string" ? [id] : [];
      });
    });
  });
}

const MAX_DEPTH = 4;

/** What a list holds, lists that are spread into it included. */
function itemsOf(tracer: Tracer, { value, place }: Located, depth: number): readonly Located[] {
  if (value.kind !== "array") return [{ value, place }];
  if (depth > MAX_DEPTH) return [];
  return value.items.flatMap((item: Value) => {
    // What is spread stands for one of its elements.
    const spread = item.kind === "member" && item.property === undefined ? item.object : item;
    return tracer.alternatives({ value: spread, place }).flatMap((one) => itemsOf(tracer, one, depth + 1));
  });
}

function constantProperty(tracer: Tracer, object: Located, name: string): unknown {
  const [only, ...others] = object.value.kind === "object" ? tracer.property(object, name) : [];
  return only && others.length === 0 ? tracer.constant(only) : undefined;
}
