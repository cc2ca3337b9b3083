import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * From Next.js 15 on, an action that nothing imports gets no endpoint: it is removed when the application is built.
 */

const ACTIONS = "app/actions.ts";
const next = (range: string): ProjectFiles => ({ "package.json": JSON.stringify({ name: "app", dependencies: { next: range } }) });
const NOTE = `"use server";\nimport { redis } from "@/lib/clients";\n\nexport async function note(text: string) {\n  await redis.lpush("notes", text);\n}\nexport async function greet(name: string) {\n  return name.trim();\n}\n`;
const form = (imports: string, action = "note"): ProjectFiles => ({ "components/form.tsx": `"use client";\n${imports}\n\nexport const Form = () => <button onClick={() => ${action}("x")}>Send</button>;\n` });

type Case = readonly [name: string, verdict: Verdict, files: ProjectFiles, code: string];

const CASES: readonly Case[] = [
  ["another action of the file is imported", "nobody", { ...next("15.1.4"), ...form(`import { greet } from "@/app/actions";`, "greet") }, NOTE],
  ["another action of the file is handed on by a barrel", "nobody", { ...next("latest"), "app/index.ts": `export { greet } from "./actions";\n`, ...form(`import { greet } from "@/app";`, "greet") }, NOTE],
  ["a barrel hands on all, of which another one is taken", "nobody", { ...next("^15.0.0"), "app/index.ts": `export * from "./actions";\n`, ...form(`import { greet } from "@/app";`, "greet") }, NOTE],
  ["another action of the file is loaded when it is needed", "nobody", { ...next("^16.0.0"), "components/form.tsx": `"use client";\n\nexport const Form = () => <button onClick={async () => (await import("@/app/actions")).greet("x")}>Send</button>;\n` }, NOTE],
  ["nothing of the file is used yet", "anyone", next("^16.0.0"), NOTE],
  ["it is imported", "anyone", { ...next("^16.0.0"), ...form(`import { note } from "@/app/actions";`) }, NOTE],
  ["it is imported under another name", "anyone", { ...next("^16.0.0"), ...form(`import { note as send } from "../app/actions";`, "send") }, NOTE],
  ["it is imported with all the others", "anyone", { ...next("^16.0.0"), ...form(`import * as actions from "@/app/actions";`, "actions.note") }, NOTE],
  ["it is imported through a barrel", "anyone", { ...next("^16.0.0"), "app/index.ts": `export * from "./actions";\n`, ...form(`import { note } from "@/app";`) }, NOTE],
  ["it is imported through a barrel, under another name", "anyone", { ...next("^16.0.0"), "app/index.ts": `export { note as send } from "./actions";\n`, ...form(`import { send } from "@/app";`, "send") }, NOTE],
  ["it is loaded when it is needed", "anyone", { ...next("^16.0.0"), "components/form.tsx": `"use client";\n\nexport const Form = () => <button onClick={async () => (await import("@/app/actions")).note("x")}>Send</button>;\n` }, NOTE],
  ["the file hands it out", "anyone", { ...next("^16.0.0"), ...form(`import { greet } from "@/app/actions";`, "greet") }, `${NOTE}export async function actions() {\n  return { note };\n}\n`],
  ["before Next.js 15 it has an endpoint", "anyone", { ...next("^14.2.0"), ...form(`import { greet } from "@/app/actions";`, "greet") }, NOTE],
  ["which Next.js it is is not known", "anyone", { ...next("catalog:"), ...form(`import { greet } from "@/app/actions";`, "greet") }, NOTE],
  ["an action of a page, which the page shows", "anyone", next("^16.0.0"), `import { redis } from "@/lib/clients";\n\nexport default function Page() {\n  async function note(form: FormData) {\n    "use server";\n    await redis.lpush("notes", String(form.get("text")));\n  }\n  return <form action={note} />;\n}\n`],
];

describe("an action that nothing imports", () => {
  it.each(CASES)("%s: %s", (_, verdict, files, code) => {
    const file = code.includes("<form") ? "app/page.tsx" : ACTIONS;
    expect(verdictOf({ ...CLIENTS, ...files, [file]: code }, file)).toBe(verdict);
  });
});
