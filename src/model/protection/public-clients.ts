import { publicPrefixOf } from "../../sdk/env-names.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { isNothing, target } from "../values/values.ts";

/*
 * A client of Supabase that is made of what every browser is sent: whoever likes can send its queries to Supabase without
 * the route. What holds them back are the policies and the limits there.
 */

const MAKERS: ReadonlySet<string> = new Set(["@supabase/ssr#createBrowserClient", "@supabase/supabase-js#createClient"]);
const SECRET = /SERVICE|SECRET|ADMIN|PRIVATE/iu;
const MAX_LINKS = 30;

/** The query is sent by such a client, whichever it is. */
export function isOfPublicClient(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  // A client that is made when it is first asked for is nothing before.
  const clients = [...clientsOf(value)].flatMap((client) => tracer.alternatives({ value: client, place })).filter(({ value: client }) => !isNothing(client));
  return clients.length > 0 && clients.every((client) => client.value.kind === "call" && isMadeOfPublic(tracer, { value: client.value, place: client.place }));
}

/** `supabase` of `supabase.from("notes").select()`, also where a query is put together step by step: `query = query.in(…)`. */
function clientsOf(call: CallValue): ReadonlySet<Value> {
  const found = new Set<Value>();
  const seen = new Set<Value>();
  const stack: Value[] = [call];
  for (let part = stack.pop(); part && seen.size < MAX_LINKS; part = stack.pop()) {
    const at = target(part);
    if (seen.has(at)) continue;
    seen.add(at);
    const callee = at.kind === "call" ? target(at.callee) : undefined;
    if (at.kind === "choice") stack.push(...at.options);
    else if (callee?.kind !== "member") found.add(part);
    else {
      const owner = target(callee.object);
      // `supabase.schema`
      stack.push(owner.kind === "member" && owner.property === "schema" ? owner.object : callee.object);
    }
  }
  return found;
}

function isMadeOfPublic(tracer: Tracer, { value, place }: Located<CallValue>): boolean {
  const path = tracer.canonical({ value: value.callee, place });
  if (!path || !MAKERS.has(`${path.source}#${path.path.join(".")}`) || value.spreadAt !== undefined) return false;
  const [url, key, options] = value.args;
  const isPublic = (part: Value | undefined): boolean => part !== undefined && tracer.alternatives({ value: part, place }).every((one) => isPublicText(one.value));
  return isPublic(url) && isPublic(key) && (!options || tracer.alternatives({ value: options, place }).every((one) => sendsNothingMore(one.value)));
}

/** An empty text stands for a variable that is missing. */
function isPublicText(value: Value): boolean {
  if (value.kind === "literal") return value.value === "" || value.value === undefined;
  return value.kind === "env" && value.name !== undefined && publicPrefixOf(value.name) !== undefined && !SECRET.test(value.name);
}

/** Options may hold a token, or headers with another key. */
function sendsNothingMore(value: Value): boolean {
  return value.kind === "object" && value.entries.every(({ key, spread }) => spread !== true && key !== undefined && key !== "global" && key !== "accessToken");
}
