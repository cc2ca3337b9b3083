import { splitWords } from "../data/sensitive/words.ts";
import type { Value } from "../values/ir.ts";
import { constantOf, target } from "../values/values.ts";

/** Groups that users set up themselves, and what belongs to one: whoever likes is admin of a team of his own. */
const GROUP = /^(?:org(?!anic)|collab)|(?:(?<!re)member(?:ship)?|team|workspace|tenant|group|guild|channel|room|project|compan(?:y|ies)|club)s?$|^spaces?$/u;
const SERVER = /^servers?$/u;
/** Next to `server` they say where code runs: `getServerSession()`, `createServerClient()`. Without them it is one of Discord's. */
const RUNS = /^(?:create|session|client|supabase|firebase|clerk|auth|side|cookies?|headers?|action|component|request|context|ctx|caller|props|only|env|db|prisma|sdk|api|utils?)$/u;
/** `getServerUser()`; a `serverUser` is somebody in a server. */
const FETCHES = /^(?:get|require|fetch|load)$/u;

/** A value is, or is made of, something in a group that users set up: `membership.role`, `from("team_members")`. */
export function isOfGroup(part: Value): boolean {
  const name = part.kind === "member" ? part.property : part.kind === "ref" ? part.name : tableOf(part);
  return name !== undefined && namesGroup(name);
}

function namesGroup(name: string): boolean {
  const words = splitWords(name);
  const isOfCode = words.some((word) => RUNS.test(word)) || (FETCHES.test(words[0] ?? "") && words.includes("user"));
  return words.some((word) => GROUP.test(word) || (SERVER.test(word) && !isOfCode));
}

/** `"team_members"` of `client.from("team_members")` */
function tableOf(part: Value): string | undefined {
  const callee = part.kind === "call" ? target(part.callee) : undefined;
  const table = part.kind === "call" && callee?.kind === "member" && callee.property === "from" ? part.args[0] : undefined;
  return table && constantOf(table);
}
