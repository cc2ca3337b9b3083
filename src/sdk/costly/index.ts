/**
 * Work that costs money or can be abused: what a handler should not do for anybody, as often as they like.
 * Redis commands are not here (they are `redis-commands.ts`), nor are the SDKs' own limiters.
 *
 * A row matches a callee, not what its arguments are. Rows of the source `?` are evidence by name only: chains which
 * in practice belong to one family of libraries, for receivers that could not be resolved (`ctx.prisma.user.create`).
 */
import { compile, type CanonicalPath, type Matcher } from "../canonical.ts";
import { AUTH_ROWS } from "./accounts.ts";
import { DATABASE_ROWS } from "./databases.ts";
import { HOSTED_STORE_ROWS } from "./hosted-stores.ts";
import { MESSAGE_ROWS } from "./messages.ts";
import { LLM_ROWS } from "./models.ts";
import { FETCH_ROWS } from "./requests.ts";
import { RESOURCE_ROWS } from "./resources.ts";
import type { CostlyRow } from "./row.ts";
import { UPSTASH_ROWS } from "./upstash.ts";

export { namesSqlClient } from "./databases.ts";
export { classifyRequest, isFreeRequest } from "./endpoints.ts";
export { classifyFetchHost, isCaptchaCheck } from "./hosts.ts";
export { RECOMMENDED_KINDS, type CostlyKind, type CostlyRow } from "./row.ts";

/** Every row, for tests and documentation. */
export const COSTLY_ROWS: readonly CostlyRow[] = [
  ...DATABASE_ROWS,
  ...HOSTED_STORE_ROWS,
  ...UPSTASH_ROWS,
  ...AUTH_ROWS,
  ...MESSAGE_ROWS,
  ...LLM_ROWS,
  ...RESOURCE_ROWS,
  ...FETCH_ROWS,
];

export const COSTLY: Matcher<CostlyRow> = compile(COSTLY_ROWS);

/** What costly work a callee does. Undefined: none that the tables know. */
export function costlyOf(path: CanonicalPath): CostlyRow | undefined {
  return COSTLY.match(path);
}
