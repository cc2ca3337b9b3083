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
