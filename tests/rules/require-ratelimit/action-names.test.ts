import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import { CLIENTS } from "./verdicts.ts";

/* An action that a module exports by two names is one action. */

const ACTIONS = "app/actions.ts";

const messages = (exported: string, page: string): readonly string[] =>
  lintMessages(
    "require-ratelimit",
    rule,
    {
      ...CLIENTS,
      "app/form.tsx": `"use client";\n${page}\nexport const Form = () => <button onClick={() => save("a")} />;\n`,
      [ACTIONS]: `"use server";\n\nimport { redis } from "@/lib/clients";\n\n${exported}`,
    },
    ACTIONS,
  );

const NAMED = 'export async function save(text: string) {\n  await redis.lpush("notes", text);\n}\n';

describe("an action and its names", () => {
  it.each([
    ["by its own", 'import { save } from "./actions";'],
    ["by default", 'import save from "./actions";'],
  ])("is reported once, whoever imports it %s", (_, page) => {
    const found = messages(`${NAMED}\nexport default save;\n`, page);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain("Server action save ");
  });

  it("is reported by each name where these are two actions", () => {
    const other = 'export default async function clear() {\n  await redis.del("notes");\n}\n';
    expect(messages(`${NAMED}\n${other}`, 'import clear, { save } from "./actions";\nexport const Clear = () => <button onClick={() => clear()} />;')).toHaveLength(2);
  });

  it("is reported where neither name can be followed", () => {
    expect(messages('import { make } from "@acme/actions";\n\nexport const save = make(async (text: string) => {\n  await redis.lpush("notes", text);\n});\nexport const store = make(async (text: string) => {\n  await redis.lpush("texts", text);\n});\n', 'import { save, store } from "./actions";\nexport const Store = () => <button onClick={() => store("a")} />;')).toHaveLength(2);
  });
});
