import { describe, expect, it } from "vitest";
import { dependingOn } from "./shared.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/* A client of a database that comes in with the request is known by the words of its queries. */

const ROUTER = "server/routers/notes.ts";

const verdict = (body: string): Verdict =>
  verdictOf(
    {
      ...dependingOn("@trpc/server", "drizzle-orm", "@upstash/redis"),
      [ROUTER]: `import { initTRPC } from "@trpc/server";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { notes } from "../schema";

const t = initTRPC.context<{ db: any }>().create();

export const router = t.router({
  notes: t.procedure.input(z.object({ id: z.string() })).mutation(async ({ ctx, input }) => {
    ${body}
  }),
});
`,
    },
    ROUTER,
  );

describe("a client of tRPC's context", () => {
  it.each([
    ["a relational query", "return ctx.db.query.notes.findMany({ where: eq(notes.author, input.id) });"],
    ["a select", "return ctx.db.select().from(notes).where(eq(notes.author, input.id));"],
    ["an update", "await ctx.db.update(notes).set({ isRead: true }).where(eq(notes.id, input.id));"],
    ["a delete", "await ctx.db.delete(notes).where(eq(notes.id, input.id)).returning();"],
    ["an insert", "await ctx.db.insert(notes).values({ id: input.id });"],
  ])("%s", (_, body) => {
    expect(verdict(body)).toBe("anyone");
  });

  it.each([
    ["a few rows that are the same for all", "return ctx.db.select().from(notes).limit(10);"],
    ["something else with such methods", "input.kept.delete(input.id);\n    return input.kept.update(input.id).select(1);"],
  ])("%s", (_, body) => {
    expect(verdict(body)).toBe("nobody");
  });
});
