import type { CostlyKind } from "../../sdk/costly/index.ts";
import { dependsOn } from "../values/reach.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { MAX_ROWS } from "./fixed-reads.ts";
import { isGuessed, isUnique } from "./look-ups.ts";
import { HOLE } from "./request-addresses.ts";
import { isSecretEnv, isSecretSetting } from "./secrets.ts";

/*
 * Queries that go to Supabase without its client, as requests to its REST API. Whose project it is stands in a variable, so that no
 * host is known. What tells the API is its path, together with the header that its gateway asks for, and in it a key that the server
 * alone has.
 * https://supabase.com/docs/guides/api, https://docs.postgrest.org/en/stable/references/api/tables_views.html
 */

const REST = /^(?:https?:\/\/)?[^/?#]*\/rest\/v1\/(?<table>[^?#]*)(?:\?(?<query>[^#]*))?/u;
/** Supabase's own names for a key that no policy holds back: `SUPABASE_SERVICE_ROLE_KEY`, `SUPABASE_SECRET_KEY`. The public one is called after what it is for, too. */
const OF_SERVICE = /SERVICE|SECRET/iu;
const CHANGES: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);
const READS: ReadonlySet<string> = new Set(["GET", "HEAD"]);
/** Parameters that say what is handed out of the rows, and not which they are. */
const SHAPING: ReadonlySet<string> = new Set(["select", "order", "columns", "on_conflict"]);

/** A cheap question: false where an address is none of the API's. */
export const mayBeRest = (address: string): boolean => address.includes("/rest/v1/");

/** What is known of a request. */
interface Sent {
  readonly address: string;
  /** In upper case; undefined: not known. */
  readonly method: string | undefined;
  readonly call: CallValue;
}

/** What a request does to the rows of a project of Supabase; undefined: it is none of them, or what it does is not known. */
export function restWork({ address, method, call }: Sent): { readonly kind: CostlyKind; readonly label: string; readonly isLight: boolean } | undefined {
  const parts = REST.exec(address)?.groups;
  if (!parts || method === undefined || !call.args.some(showsServiceKey)) return undefined;
  const isFunction = parts["table"]?.startsWith("rpc/") === true;
  if (CHANGES.has(method) && !isFunction) return { kind: "data-write", label: "changes the database through Supabase", isLight: false };
  if (!isFunction && !READS.has(method)) return undefined;
  return { kind: "database", label: "queries the database through Supabase", isLight: !isFunction && isLightQuery(parts["query"] ?? "") };
}

/** `{ headers: { apikey: process.env.SUPABASE_SERVICE_ROLE_KEY } }` */
function showsServiceKey(arg: Value): boolean {
  return dependsOn(arg, (part) => part.kind === "object" && part.entries.some(({ key, value }) => key?.toLowerCase() === "apikey" && dependsOn(value, isServiceKey)));
}

function isServiceKey(part: Value): boolean {
  const name = part.kind === "env" || part.kind === "import" ? part.name : part.kind === "member" ? part.property : undefined;
  return name !== undefined && OF_SERVICE.test(name) && (part.kind === "env" ? isSecretEnv(name) : isSecretSetting(part));
}

/** `id=eq.…`, `limit=10`: a look-up as `isLightQuery()` of the client's queries has it. Of conditions that are made elsewhere, nothing is said. */
function isLightQuery(query: string): boolean {
  const parameters = query.split("&").map((text): readonly [name: string, value: string] => {
    const [name = "", ...value] = text.split("=");
    return [name, value.join("=")];
  });
  if (parameters.some(([name]) => name.includes(HOLE))) return true;
  // `select=*,orders(*)`
  if (parameters.some(([name, value]) => name === "select" && value.includes("("))) return false;
  const conditions = parameters.filter(([name]) => name !== "" && name !== "limit" && !SHAPING.has(name));
  if (conditions.some(([name, value]) => isGuessed(name) && value.includes(HOLE))) return false;
  const rows = parameters.find(([name]) => name === "limit")?.[1] ?? "";
  return /^\d{1,4}$/u.test(rows) ? Number(rows) <= MAX_ROWS : conditions.some(([name, value]) => value.startsWith("eq.") && isUnique(name));
}
