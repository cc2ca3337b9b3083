import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* The row of who calls that a helper makes where there is none: the helper is handed his id, as it is. */

const ROUTE = "app/api/plan/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  "lib/session.ts": `import { auth } from "@clerk/nextjs/server";
export async function getCurrentUser() {
  const { userId, orgSlug } = await auth();
  if (!userId) throw new Error("Nobody is there");
  return { userId, plan: orgSlug };
}
export const withUser = (handler: (request: Request, user: { userId: string }) => Promise<Response>) => async (request: Request) => {
  try {
    const user = await getCurrentUser();
    return await handler(request, user);
  } catch {
    return new Response(null, { status: 401 });
  }
};
export const withSent = (handler: (request: Request, user: { userId: string }) => Promise<Response>) => async (request: Request) => {
  await getCurrentUser();
  return handler(request, await request.json());
};
`,
  "lib/plans.ts": `import { mail, resend } from "./clients";
import { prisma } from "./db";
async function welcome(userId: string) {
  await resend.emails.send({ ...mail, text: userId });
}
class Plans {
  async of(userId: string) {
    let plan = await prisma.plan.findUnique({ where: { userId } });
    if (!plan) {
      plan = await prisma.plan.create({ data: { userId, kind: "free" } });
      await welcome(userId).catch(console.error);
    }
    return plan;
  }
  shown(id: string) {
    return this.of(id);
  }
  async with({ id }: { id: string }) {
    return this.of(id);
  }
  async again(userId: string, key: string) {
    const plan = await prisma.plan.findUnique({ where: { userId } });
    if (!plan) {
      await prisma.plan.create({ data: { userId: key } });
      await welcome(userId);
    }
  }
  async twice(userId: string) {
    const plan = await prisma.plan.findUnique({ where: { userId } });
    if (plan) return plan;
    const made = await prisma.plan.create({ data: { userId } });
    await welcome(userId);
    return made;
  }
  async second(first: string, userId: string) {
    return this.of(userId);
  }
  async late(userId: string) {
    const plan = await prisma.plan.findUnique({ where: { userId } });
    if (!plan) await prisma.plan.create({ data: { userId } });
    await welcome(userId);
  }
}
export const plans = new Plans();
export const planOf = (id: string) => plans.of(id);
`,
};

const CASES: readonly (readonly [name: string, verdict: Verdict, handler: string])[] = [
  ["his id", "nobody", "withUser(async (request, user) => Response.json(await plans.of(user.userId)))"],
  ["through two of them", "nobody", "withUser(async (request, user) => Response.json(await plans.shown(user.userId)))"],
  ["through a function of another kind", "nobody", "withUser(async (request, user) => Response.json(await planOf(user.userId)))"],
  ["in an object", "nobody", "withUser(async (request, user) => Response.json(await plans.with({ id: user.userId })))"],
  ["in the handler itself", "nobody", "async () => {\n  const { userId } = await getCurrentUser();\n  return Response.json(await plans.of(userId));\n}"],
  // What looks like it.
  ["an id that he sends", "any signed-in caller", "withUser(async (request) => Response.json(await plans.of((await request.json()).userId)))"],
  ["an id that he sends, by a wrapper", "any signed-in caller", "withSent(async (request, user) => Response.json(await plans.of(user.userId)))"],
  ["his, or what he sends", "any signed-in caller", "withUser(async (request, user) => Response.json(await plans.of((await request.json()).userId ?? user.userId)))"],
  ["made of his", "any signed-in caller", "withUser(async (request, user) => Response.json(await plans.of(`${user.userId}-${Date.now()}`)))"],
  ["and what he sends, one after the other", "any signed-in caller", "withUser(async (request, user) => {\n  await plans.of(user.userId);\n  return Response.json(await plans.of((await request.json()).userId));\n})"],
  ["the same, the other way about", "any signed-in caller", "withUser(async (request, user) => {\n  await plans.of((await request.json()).userId);\n  return Response.json(await plans.of(user.userId));\n})"],
  ["and what he sends, to a helper that leaves where there is one", "any signed-in caller", "withUser(async (request, user) => {\n  await plans.twice(user.userId);\n  return Response.json(await plans.twice((await request.json()).userId));\n})"],
  ["his, to a helper that leaves where there is one", "nobody", "withUser(async (request, user) => Response.json(await plans.twice(user.userId)))"],
  ["under another id", "any signed-in caller", "withUser(async (request, user) => Response.json(await plans.again(user.userId, (await request.json()).key)))"],
  ["work behind the branch", "any signed-in caller", "withUser(async (request, user) => Response.json(await plans.late(user.userId)))"],
  ["behind a list that he sends", "any signed-in caller", "withUser(async (request, user) => {\n  const args: [string] = await request.json();\n  return Response.json(await plans.second(...args, user.userId));\n})"],
  ["something else of who calls", "any signed-in caller", "withUser(async (request, user) => Response.json(await plans.of((user as any).plan)))"],
];

const codeOf = (...handlers: readonly string[]): string => `import { planOf, plans } from "@/lib/plans";
import { getCurrentUser, withSent, withUser } from "@/lib/session";
${handlers.join("\n")}
`;

describe("a row that a helper makes for who calls", () => {
  it.each(CASES)("%s: %s", (_, verdict, handler) => {
    expect(verdictOf({ ...FILES, [ROUTE]: codeOf(`export const POST = ${handler};`) }, ROUTE)).toBe(verdict);
  });

  it("is not taken for that of somebody whom another handler names", () => {
    const own = "withUser(async (request, user) => Response.json(await planOf(user.userId)));";
    const sent = "withUser(async (request) => Response.json(await planOf((await request.json()).userId)));";
    for (const handlers of [[`export const GET = ${own}`, `export const POST = ${sent}`], [`export const POST = ${sent}`, `export const GET = ${own}`]]) {
      const messages = lintMessages("require-ratelimit", rule, { ...FILES, [ROUTE]: codeOf(...handlers) }, ROUTE);
      expect(messages.map((message) => message.slice(0, 4))).toEqual(["POST"]);
    }
  });
});
