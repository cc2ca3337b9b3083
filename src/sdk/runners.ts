import { compile, type Matcher } from "./canonical.ts";

/**
 * Functions that give back a function which runs the last one that they are handed: a flow of Genkit is called like any other
 * function.
 *
 * Source: https://genkit.dev/docs/flows, `defineFlow()` in https://github.com/firebase/genkit/blob/main/js/genkit/src/genkit.ts;
 * `@genkit-ai/flow` until version 0.5
 */
export const RUNNERS: Matcher<{ readonly pattern: string }> = compile(
  ["{genkit,genkit/beta}#genkit.{defineFlow,defineStreamingFlow}", "@genkit-ai/flow#defineFlow"].map((pattern) => ({ pattern })),
);

/**
 * Functions that run another one at once, and give back what it gives back: where that one throws, so do they.
 *
 * Source: https://nodejs.org/api/async_context.html#asynclocalstoragerunstore-callback-args,
 * https://www.prisma.io/docs/orm/prisma-client/queries/transactions#interactive-transactions, https://orm.drizzle.team/docs/transactions
 */
export const RUN_AT_ONCE: Matcher<{ readonly pattern: string; readonly argument: number }> = compile([
  { pattern: "async_hooks#AsyncLocalStorage.run", argument: 1 },
  { pattern: "async_hooks#AsyncLocalStorage.exit", argument: 0 },
  { pattern: "*#PrismaClient.$transaction", argument: 0 },
  { pattern: "drizzle-orm/*#drizzle.transaction", argument: 0 },
]);
