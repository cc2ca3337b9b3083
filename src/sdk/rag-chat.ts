/**
 * What a chat of `@upstash/rag-chat` does with the ids that it is given.
 *
 * Source: the published code of version 2.0.3. With Redis, `sessionId` is the key of the list that holds the messages, as it
 * stands; without, they are kept in memory. `namespace` goes to Vector's client (see `path-values.ts`).
 */

/** By method: the index of the argument that has `sessionId`. */
export const SESSION_ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ["chat", 1],
  ["history.getMessages", 0],
  ["history.addMessage", 0],
  ["history.deleteMessages", 0],
]);

/** By method: the index of the argument that has `namespace`. */
export const NAMESPACE_ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ["chat", 1],
  ["context.delete", 0],
  ["context.deleteEntireContext", 0],
]);
