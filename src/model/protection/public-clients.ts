import { publicPrefixOf } from "../../sdk/env-names.ts";
import type { FileModel } from "../file.ts";
import { requestInputs } from "../input/request-input.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { isNothing, target } from "../values/values.ts";

/*
 * A client of Supabase that is made of what every browser is sent, and of what the caller himself has sent: whoever likes can
 * send its queries to Supabase without the route. What holds them back are the policies and the limits there.
 */

const MAKERS: ReadonlySet<string> = new Set(["@supabase/ssr#createBrowserClient", "@supabase/ssr#createServerClient", "@supabase/supabase-js#createClient"]);
/** They take the public variables by themselves: https://supabase.com/docs/guides/auth/auth-helpers/nextjs */
const HELPERS = /^@supabase\/auth-helpers-nextjs#create(?:RouteHandler|ServerComponent|ServerAction|Middleware|PagesServer|PagesBrowser|ClientComponent)Client$/u;
const SECRET = /SERVICE|SECRET|ADMIN|PRIVATE/iu;
/** Headers that say who sends a query. */
const TELLS_SENDER = /^(?:authorization|apikey|cookie)$/iu;
/** Options of `fetch` that say nothing of who asks for what. */
const HARMLESS = /^(?:signal|cache|next|keepalive|duplex|priority|redirect)$/u;
const TAKES_SESSION = /^(?:setSession|refreshSession|signInWith(?:Password|IdToken))$/u;
const MAX_LINKS = 30;

/** The query is sent by such a client, whichever it is. */
export function isOfPublicClient(file: FileModel, { value, place }: Located<CallValue>): boolean {
  const { tracer } = file;
  // A client that is made when it is first asked for is nothing before.
  const clients = [...clientsOf(value)].flatMap((client) => tracer.alternatives({ value: client, place })).filter(({ value: client }) => !isNothing(client));
  return clients.length > 0 && clients.every((client) => client.value.kind === "call" && isMadeOfPublic(file, { value: client.value, place: client.place }));
}

/** `supabase.auth.setSession(bot)`: from here on the client sends queries for somebody whom the request has not named. */
export function takesOwnSession(file: FileModel, { value, place }: Located<CallValue>): boolean {
  const callee = target(value.callee);
  if (callee.kind !== "member" || !TAKES_SESSION.test(callee.property ?? "")) return false;
  const owner = target(callee.object);
  return owner.kind === "member" && owner.property === "auth" && value.args.length > 0 && !value.args.every((arg) => isSentByCaller(file, { value: arg, place }));
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

function isMadeOfPublic(file: FileModel, { value, place }: Located<CallValue>): boolean {
  const { tracer } = file;
  const path = tracer.canonical({ value: value.callee, place });
  const name = path && `${path.source}#${path.path.join(".")}`;
  if (!name || value.spreadAt !== undefined) return false;
  if (HELPERS.test(name)) return value.args.length <= 1;
  if (!MAKERS.has(name)) return false;
  const [url, key, options] = value.args;
  const isPublic = (part: Value | undefined): boolean => part !== undefined && tracer.alternatives({ value: part, place }).every((one) => isPublicText(one.value));
  return isPublic(url) && isPublic(key) && (!options || tracer.alternatives({ value: options, place }).every((one) => sendsNothingMore(file, one)));
}

/** An empty text stands for a variable that is missing. */
export function isPublicText(value: Value): boolean {
  if (value.kind === "literal") return value.value === "" || value.value === undefined;
  return value.kind === "env" && value.name !== undefined && publicPrefixOf(value.name) !== undefined && !SECRET.test(value.name);
}

/** Options may hold a token, or headers with another key. */
function sendsNothingMore(file: FileModel, { value, place }: Located): boolean {
  return eachEntry({ value, place }, (key, entry) => {
    if (key === "cookies") return file.tracer.alternatives(entry).every((jar) => readsCallersCookies(file, jar));
    if (key === "global") return file.tracer.alternatives(entry).every((global) => sendsPlainHeaders(file, global));
    return key !== "accessToken";
  });
}

/** `{ getAll: () => cookieStore.getAll(), setAll(all) { … } }`: the session in them is the caller's own. */
function readsCallersCookies(file: FileModel, jar: Located): boolean {
  return eachEntry(jar, (key, entry) => {
    if (key !== "get" && key !== "getAll") return true;
    const readers = file.tracer.functions(entry);
    return readers.length > 0 && readers.every(({ fn, place }) => fn.returns.length > 0 && fn.returns.every((value) => isSentByCaller(file, { value, place })));
  });
}

/** `{ headers: { "X-Client-Info": "app", Authorization: request.headers.get("Authorization") } }` */
function sendsPlainHeaders(file: FileModel, global: Located): boolean {
  return eachEntry(global, (name, entry) => {
    if (name === "fetch") return passesOn(file, entry);
    if (name !== "headers") return false;
    return file.tracer.alternatives(entry).every((headers) =>
      eachEntry(headers, (header, content) => isSentByCaller(file, content) || (!TELLS_SENDER.test(header) && file.tracer.constant(content) !== undefined)),
    );
  });
}

/**
 * `fetch` itself, and a function that hands it what it was handed, perhaps with a signal: once more, or not for too long. What
 * it does with the request, such as setting a header, it must not do otherwise.
 */
function passesOn(file: FileModel, { value, place }: Located): boolean {
  if (value.kind === "global") return value.name === "fetch";
  const functions = file.tracer.functions({ value, place });
  return functions.length > 0 && functions.every(({ fn }) => {
    const isHanded = (part: Value): boolean => part.kind === "param" && part.fn === fn;
    return [...callsIn(fn.body)].every(({ callee, args }) => {
      const called = target(callee);
      const [first, options] = args;
      if (called.kind !== "global" || called.name !== "fetch") return ![callee, ...args].some((part) => dependsOn(part, isHanded, isSignal));
      return first !== undefined && isHanded(target(first)) && args.length <= 2 && (!options || isHanded(target(options)) || addsNoHeader(target(options), isHanded));
    });
  });
}

/** `AbortSignal.any([init.signal, mine])` */
const isSignal = (part: Value): boolean => part.kind === "member" && part.property === "signal";

/** `{ ...init, signal }` */
function addsNoHeader(options: Value, isHanded: (part: Value) => boolean): boolean {
  return options.kind === "object" && options.entries.every(({ key, spread, value }) => (spread ? isHanded(target(value)) : key !== undefined && HARMLESS.test(key)));
}

function eachEntry({ value, place }: Located, holds: (key: string, entry: Located) => boolean): boolean {
  return value.kind === "object" && value.entries.every(({ key, spread, value: entry }) => spread !== true && key !== undefined && holds(key, { value: entry, place }));
}

/** All that may be in a value is what the request holds, but for an empty text and the words around it. */
function isSentByCaller(file: FileModel, { value, place }: Located): boolean {
  const at = target(value);
  if (at.kind === "choice" && at.operator !== "=") {
    const options = at.operator === "&&" ? at.options.slice(-1) : at.options.filter((option) => !isPublicText(target(option)));
    return options.length > 0 && options.every((option) => isSentByCaller(file, { value: option, place }));
  }
  if (at.kind === "template") return at.parts.every((part) => target(part).kind === "literal" || isSentByCaller(file, { value: part, place }));
  if (at.kind === "object") return eachEntry({ value: at, place }, (_, entry) => isSentByCaller(file, entry));
  if (at.kind === "array") return false;
  const read = parsedHeader(file.tracer, { value: at, place }) ?? { value: at, place };
  return requestInputs(file, read).length > 0 && !dependsOn(read.value, (part) => part.kind === "env");
}

/** `parseCookieHeader(request.headers.get("cookie"))` */
function parsedHeader(tracer: Tracer, { value, place }: Located): Located | undefined {
  const [header] = value.kind === "call" ? value.args : [];
  const path = value.kind === "call" ? tracer.canonical({ value: value.callee, place }) : undefined;
  return header && path?.source === "@supabase/ssr" && path.path[0] === "parseCookieHeader" ? { value: header, place } : undefined;
}
