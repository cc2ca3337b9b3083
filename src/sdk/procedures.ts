import { compile, type CanonicalPath, type Matcher } from "./canonical.ts";

/**
 * Procedures of zsa: server actions that are built on one run its handler first, and whoever it throws for gets no further.
 *
 * Source: https://zsa.vercel.app/docs/procedures, zsa 0.6: `createServerActionProcedure(parent?)` and
 * `chainServerActionProcedures(first, second)` run what they are handed before their own handler.
 */
const HANDLERS: Matcher<{ readonly pattern: string }> = compile([{ pattern: "zsa#createServerActionProcedure.**.handler" }]);
const BUILT_ON: Matcher<{ readonly pattern: string }> = compile([{ pattern: "zsa#{createServerActionProcedure,chainServerActionProcedures}" }]);

/** True for a call whose first argument runs before each action that is built on what it gives back. */
export function setsProcedure(path: CanonicalPath): boolean {
  return HANDLERS.match(path) !== undefined;
}

/** True for a call that begins with the procedures it is handed. */
export function buildsOnProcedures(path: CanonicalPath): boolean {
  return BUILT_ON.match(path) !== undefined;
}
