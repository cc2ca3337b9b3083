import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { dependingOn } from "./shared.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Who calls, or else whoever the caller says that he is: `session?.userId ?? form.get("guest")` tells nobody.
 */

const ACTIONS = "app/notes/actions.ts";
const action = (body: string): ProjectFiles => ({
  ...CLIENTS,
  ...dependingOn("next", "@clerk/nextjs"),
  "app/notes/page.tsx": 'import { save } from "./actions";\nexport default () => <form action={save} />;\n',
  [ACTIONS]: `"use server";
import { auth } from "@clerk/nextjs/server";
import { redis } from "../../lib/clients";
export async function save(form) {
  const { userId } = await auth();
  ${body}
  await redis.lpush("notes", form.get("text"));
}
`,
});

const ROUTER = "server/notes.ts";
const procedure = (body: string): ProjectFiles => ({
  ...CLIENTS,
  ...dependingOn("next", "@trpc/server"),
  [ROUTER]: `import { initTRPC, TRPCError } from "@trpc/server";
import { redis } from "../lib/clients";
const t = initTRPC.create();
export const notes = t.router({
  add: t.procedure.input((value) => value).mutation(async ({ ctx, input }) => {
    ${body}
    await redis.lpush("notes", input.text);
  }),
});
`,
});

const REFUSE = 'throw new TRPCError({ code: "UNAUTHORIZED" });';

describe("who calls, or what he sends", () => {
  it.each<readonly [name: string, verdict: Verdict, body: string]>([
    ["who calls", "nobody", 'if (!userId) throw new Error("Who are you?");'],
    ["who calls, or nobody", "nobody", 'const id = userId ?? null;\n  if (!id) throw new Error("Who are you?");'],
    ["what he sends, compared with who he is", "nobody", 'if (!userId || userId !== form.get("owner")) throw new Error("Who are you?");'],
    ["what he sends, beside who he is", "nobody", 'if (!userId) throw new Error("Who are you?");\n  console.info(form.get("name") ?? userId);'],

    ["or what he sends", "anyone", 'const id = userId ?? form.get("guest");\n  if (!id) throw new Error("Who are you?");'],
    ["or what he sends, where there is nothing", "anyone", 'const id = userId || form.guest;\n  if (!id) return { error: "Who are you?" };'],
    ["by a condition", "anyone", 'const id = userId ? userId : form.get("guest");\n  if (!id) return { error: "Who are you?" };'],
  ])("in a server action: %s: %s", (_name, verdict, body) => {
    expect(verdictOf(action(body), ACTIONS)).toBe(verdict);
  });

  it.each<readonly [name: string, verdict: Verdict, body: string]>([
    ["who calls", "nobody", `const id = ctx.session?.user?.id;\n    if (!id) ${REFUSE}`],
    ["or what he sends", "anyone", `const id = ctx.session?.user?.id ?? input.userId;\n    if (!id) ${REFUSE}`],
  ])("in a procedure: %s: %s", (_name, verdict, body) => {
    expect(verdictOf(procedure(body), ROUTER)).toBe(verdict);
  });
});
