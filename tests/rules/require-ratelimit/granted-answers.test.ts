import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import type { ProjectFiles } from "../../helpers/project.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/* A wrapper that catches what throws for strangers answers them `{ success: false }`: behind `if (answer.success)` callers are known. */

const ROUTE = "app/api/notes/route.ts";
const FILES: ProjectFiles = {
  "lib/prisma.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  "lib/session.ts": `import { auth } from "@clerk/nextjs/server";
export async function requireUser() {
  const { userId } = await auth();
  if (!userId) throw new Error("Unauthorized");
  return userId;
}
`,
  "lib/action.ts": `import { AsyncLocalStorage } from "node:async_hooks";
import { prisma } from "./prisma";
const storage = new AsyncLocalStorage<{ at: number }>();
export function createAction<A extends unknown[], R>(handler: (...args: A) => Promise<R>) {
  return async (...args: A) => {
    try {
      const data = await handler(...args);
      return { success: true as const, data };
    } catch (error) {
      return { success: false as const, error: String(error) };
    }
  };
}
export function createKept<A extends unknown[], R>(handler: (...args: A) => Promise<R>) {
  return async (...args: A) => storage.run({ at: 1 }, async () => {
    try {
      const data = await prisma.$transaction(async () => handler(...args));
      return { success: true as const, data };
    } catch {
      return { success: false as const };
    }
  });
}
export function createKind<A extends unknown[], R>(handler: (...args: A) => Promise<R>) {
  return async (...args: A) => {
    try {
      await handler(...args);
      return { success: true };
    } catch {
      return { success: true, failed: true };
    }
  };
}
export function createOdd<A extends unknown[], R>(handler: (...args: A) => Promise<R>) {
  return async (...args: A) => {
    try {
      await handler(...args);
    } catch {
      console.warn("failed");
    }
    return { success: true };
  };
}
export function createLate<A extends unknown[], R>(handler: (...args: A) => Promise<R>) {
  return async (asked: boolean, ...args: A) => {
    try {
      if (asked) return { success: true };
      await handler(...args);
      return { success: true };
    } catch {
      return { success: false };
    }
  };
}
`,
  "lib/actions.ts": `import { createAction } from "./action";
import { requireUser } from "./session";
export const checked = createAction(async () => {
  await requireUser();
  return 1;
});
export const open = createAction(async () => 2);
`,
};

const WORK = "await prisma.note.create({ data: {} });";
const CHECK = "async () => {\n  await requireUser();\n  return 1;\n}";

const CASES: readonly (readonly [name: string, verdict: Verdict, before: string, body: string])[] = [
  ["what the answer lets in", "nobody", `const checked = createAction(${CHECK});`, `const answer = await checked();\n  if (answer.success) ${WORK}`],
  ["the way out of others", "nobody", `const checked = createAction(${CHECK});`, `const answer = await checked();\n  if (!answer.success) return Response.json(answer);\n  ${WORK}`],
  ["taken apart", "nobody", `const checked = createAction(${CHECK});`, `const { success } = await checked();\n  if (success) ${WORK}`],
  ["together with something else", "nobody", `const checked = createAction(${CHECK});`, `const answer = await checked();\n  if (answer.success && asked) ${WORK}`],
  ["within a store of the request, and a transaction", "nobody", `const checked = createKept(${CHECK});`, `const answer = await checked();\n  if (answer.success) ${WORK}`],
  ["of another file", "nobody", 'import { checked } from "@/lib/actions";', `const answer = await checked();\n  if (answer.success) ${WORK}`],
  // What looks like it.
  ["nobody is asked for", "anyone", "const unchecked = createAction(async () => 1);", `const answer = await unchecked();\n  if (answer.success) ${WORK}`],
  ["the other side", "anyone", `const checked = createAction(${CHECK});`, `const answer = await checked();\n  if (!answer.success) ${WORK}`],
  ["behind the branch", "anyone", `const checked = createAction(${CHECK});`, `const answer = await checked();\n  if (answer.success) console.log(answer);\n  ${WORK}`],
  ["the answer of another one", "anyone", `const checked = createAction(${CHECK});\nconst unchecked = createAction(async () => 1);`, `const first = await checked();\n  const answer = await unchecked();\n  if (answer.success) ${WORK}\n  console.log(first);`],
  ["the answer of another one, of another file", "anyone", 'import { checked, open } from "@/lib/actions";', `const first = await checked();\n  const answer = await open();\n  if (answer.success) ${WORK}\n  console.log(first);`],
  ["either of two answers", "anyone", `const checked = createAction(${CHECK});\nconst unchecked = createAction(async () => 1);`, `const answer = asked ? await checked() : await unchecked();\n  if (answer.success) ${WORK}`],
  ["together with what is not asked", "anyone", `const checked = createAction(${CHECK});`, `const answer = await checked();\n  if (answer.success || asked) ${WORK}`],
  ["a success for all", "anyone", `const checked = createKind(${CHECK});`, `const answer = await checked();\n  if (answer.success) ${WORK}`],
  ["a success behind what is caught", "anyone", `const checked = createOdd(${CHECK});`, `const answer = await checked();\n  if (answer.success) ${WORK}`],
  ["a success before the check", "anyone", `const checked = createLate(${CHECK});`, `const answer = await checked(!!asked);\n  if (answer.success) ${WORK}`],
  ["another part of the answer", "anyone", `const checked = createAction(${CHECK});`, `const answer: any = await checked();\n  if (answer.error) ${WORK}`],
  ["a check whose failure is caught", "anyone", "const checked = createAction(async () => {\n  await requireUser().catch(() => null);\n});", `const answer = await checked();\n  if (answer.success) ${WORK}`],
  ["a check that nobody waits for", "anyone", "const checked = createAction(async () => {\n  requireUser();\n});", `const answer = await checked();\n  if (answer.success) ${WORK}`],
  ["a check behind the work", "anyone", `const checked = createAction(async () => {\n  ${WORK}\n  await requireUser();\n});`, "const answer = await checked();\n  console.log(answer.success);"],
];

const AT_ONCE: readonly (readonly [name: string, verdict: Verdict, before: string, body: string])[] = [
  ["a check in a store of the request", "nobody", "const storage = new AsyncLocalStorage();", `await storage.run({}, async () => {\n    await requireUser();\n  });\n  ${WORK}`],
  ["a check in a transaction", "nobody", "", `await prisma.$transaction(async () => {\n    await requireUser();\n  });\n  ${WORK}`],
  ["a check outside of it", "nobody", "const storage = new AsyncLocalStorage();", `await storage.exit(async () => {\n    await requireUser();\n  });\n  ${WORK}`],
  ["that nobody waits for", "anyone", "const storage = new AsyncLocalStorage();", `storage.run({}, async () => {\n    await requireUser();\n  });\n  ${WORK}`],
  ["whose failure is caught", "anyone", "const storage = new AsyncLocalStorage();", `await storage.run({}, async () => {\n    await requireUser();\n  }).catch(() => null);\n  ${WORK}`],
  ["whose check nobody waits for", "anyone", "const storage = new AsyncLocalStorage();", `await storage.run({}, async () => {\n    requireUser();\n  });\n  ${WORK}`],
  ["a store by its name alone", "anyone", 'import { storage } from "some-package";', `await storage.run({}, async () => {\n    await requireUser();\n  });\n  ${WORK}`],
  ["the store, and not what is run", "anyone", "const storage = new AsyncLocalStorage();", `await storage.run(async () => {\n    await requireUser();\n  }, async () => 1);\n  ${WORK}`],
  ["that is waited for behind the work", "anyone", "const storage = new AsyncLocalStorage();", `const pending = storage.run({}, async () => {\n    await requireUser();\n  });\n  ${WORK}\n  await pending;`],
  ["together with the work", "anyone", "const storage = new AsyncLocalStorage();", `await Promise.all([storage.run({}, async () => {\n    await requireUser();\n  }), prisma.note.create({ data: {} })]);`],
  ["whose failure the handler catches", "anyone", "const storage = new AsyncLocalStorage();", `try {\n    await storage.run({}, async () => {\n      await requireUser();\n    });\n  } catch {\n    console.warn("nobody");\n  }\n  ${WORK}`],
  ["whose failure is caught in it", "anyone", "", `await prisma.$transaction(async () => {\n    try {\n      await requireUser();\n    } catch {\n      console.warn("nobody");\n    }\n  });\n  ${WORK}`],
  ["that some do not come to", "anyone", "", `await prisma.$transaction(async () => {\n    if (asked) await requireUser();\n  });\n  ${WORK}`],
  ["that a helper gives back", "nobody", "const storage = new AsyncLocalStorage();\nconst within = (run: () => Promise<unknown>) => storage.run({}, async () => run());", `await within(async () => {\n    await requireUser();\n  });\n  ${WORK}`],
  ["in one branch", "anyone", "const storage = new AsyncLocalStorage();", `if (asked) await storage.run({}, async () => {\n    await requireUser();\n  });\n  ${WORK}`],
];

const codeOf = (before: string, body: string): string => `import { AsyncLocalStorage } from "node:async_hooks";
import { createAction, createKept, createKind, createLate, createOdd } from "@/lib/action";
import { prisma } from "@/lib/prisma";
import { requireUser } from "@/lib/session";
${before}
export async function POST(request: Request) {
  const asked = new URL(request.url).searchParams.get("q");
  ${body}
  return Response.json({ ok: true });
}
`;

describe("answers that only those get who are let in", () => {
  it.each(CASES)("%s: %s", (_, verdict, before, body) => {
    expect(verdictOf({ ...FILES, [ROUTE]: codeOf(before, body) }, ROUTE)).toBe(verdict);
  });
});

it("is asked of each handler that calls the same function of another file", () => {
  const handler = (method: string): string => `export async function ${method}() {\n  const answer = await checked();\n  if (answer.success) ${WORK}\n  return Response.json({ ok: true });\n}\n`;
  const open = "export async function DELETE() {\n  const answer = await checked();\n  if (!answer.success) await prisma.note.create({ data: {} });\n  return Response.json({ ok: true });\n}\n";
  const code = `import { checked } from "@/lib/actions";\nimport { prisma } from "@/lib/prisma";\n${handler("POST")}${handler("PUT")}${open}`;
  expect(lintMessages("require-ratelimit", rule, { ...FILES, [ROUTE]: code }, ROUTE).map((message) => message.slice(0, 6))).toEqual(["DELETE"]);
});

describe("functions that are run at once", () => {
  it.each(AT_ONCE)("%s: %s", (_, verdict, before, body) => {
    expect(verdictOf({ ...FILES, [ROUTE]: codeOf(before, body) }, ROUTE)).toBe(verdict);
  });
});
