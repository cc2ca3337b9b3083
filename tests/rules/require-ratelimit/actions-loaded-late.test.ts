import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * An action that a server loads when it needs it, and calls, is called on the server, as one is that it imports at once.
 */

const ACTIONS = "lib/actions.ts";
const NOTE = `"use server";\nimport { redis } from "@/lib/clients";\n\nexport async function note(text: string) {\n  await redis.lpush("notes", text);\n}\n`;
const APP: ProjectFiles = {
  ...CLIENTS,
  "package.json": JSON.stringify({ name: "app", dependencies: { next: "15.5.9" } }),
  "app/page.tsx": "export default () => <p>Hello</p>;\n",
};
const SHOWS: ProjectFiles = { "app/page.tsx": `import { Button } from "@/components/button";\n\nexport default () => <Button />;\n` };
const ROUTE = "app/api/note/route.ts";
const route = (body: string, head = ""): ProjectFiles => ({ [ROUTE]: `${head}\nexport async function GET() {\n  ${body}\n  return new Response(null);\n}\n` });
const page = (body: string, shown: string): ProjectFiles => ({ "app/page.tsx": `export default async function Page() {\n  ${body}\n  return ${shown};\n}\n` });
const LOADS = `await import("@/lib/actions")`;

type Case = readonly [name: string, verdict: Verdict, files: ProjectFiles];

const CASES: readonly Case[] = [
  ["taken apart, and called", "nobody", route(`const { note } = ${LOADS};\n  await note("x");`)],
  ["taken apart under another name, and called", "nobody", route(`const { note: add } = ${LOADS};\n  await add("x");`)],
  ["called as a member", "nobody", route(`await (${LOADS}).note("x");`)],
  ["called as a member of a variable", "nobody", route(`const actions = ${LOADS};\n  await actions.note("x");`)],
  ["called by what a library is set up with", "nobody", { ...route("await auth();", `import { auth } from "@/auth";`), "auth.ts": `import NextAuth from "next-auth";\n\nexport const { auth } = NextAuth({ callbacks: { async jwt({ token }) {\n  const { note } = ${LOADS};\n  await note("x");\n  return token;\n} } });\n` }],
  ["called by a page while it is rendered", "nobody", page(`const { note } = ${LOADS};\n  await note("x");`, "<p>Hello</p>")],
  ["loaded, and not used", "nobody", { ...route(`${LOADS};`), "app/api/more/route.ts": `import { note } from "@/lib/actions";\n\nexport const GET = async () => (await note("x"), new Response(null));\n` }],
  ["another one is handed over", "nobody", { ...route(`const { note } = ${LOADS};\n  await note("x");`), ...page(`const { greet } = ${LOADS};`, "<form action={greet} />") }],
  ["handed over by a page", "anyone", page(`const { note } = ${LOADS};`, "<form action={note} />")],
  ["handed over by a page, as a member", "anyone", page(`const actions = ${LOADS};`, "<form action={actions.note} />")],
  ["handed over by a page at once", "anyone", page("", `<form action={(${LOADS}).note} />`)],
  ["bound by a page", "anyone", page(`const { note } = ${LOADS};`, "<form action={note.bind(null, \"x\")} />")],
  ["called, and handed over as well", "anyone", page(`const { note } = ${LOADS};\n  await note("x");`, "<form action={note} />")],
  ["handed over with all the others", "anyone", page(`const actions = ${LOADS};`, "<Form actions={actions} note={1} />")],
  ["handed over with the rest", "anyone", page(`const { other, ...rest } = ${LOADS};`, "<Form actions={rest} note={1} />")],
  ["under a name that is made when it runs", "anyone", page(`const actions = ${LOADS};`, `<form action={actions[["note"][0]]} />`)],
  ["by a promise", "anyone", page(`const note = import("@/lib/actions").then((actions) => actions.note);`, "<form action={await note} />")],
  ["by a promise that is waited for later", "anyone", page(`const loading = import("@/lib/actions");\n  const { note } = await loading;`, "<form action={note} />")],
  ["handed on by a module", "anyone", { "lib/late.ts": `export const { note } = ${LOADS};\n`, ...page("", "<form action={note} />"), "app/more/page.tsx": `import { note } from "@/lib/late";\n\nexport default () => <form action={note} />;\n` }],
  ["handed on by a module, by its name", "anyone", { "lib/late.ts": `const { note } = ${LOADS};\nexport { note };\n`, "app/more/page.tsx": `import { note } from "@/lib/late";\n\nexport default () => <form action={note} />;\n` }],
  ["handed on by a module that imports it, by its name", "anyone", { "lib/late.ts": `import { note } from "@/lib/actions";\n\nexport { note };\n`, "app/more/page.tsx": `import { note } from "@/lib/late";\n\nexport default () => <form action={note} />;\n` }],
  ["handed on by a module that imports it, as its default", "anyone", { "lib/late.ts": `import { note } from "@/lib/actions";\n\nexport default note;\n`, "app/more/page.tsx": `import note from "@/lib/late";\n\nexport default () => <form action={note} />;\n` }],
  ["called in a browser", "anyone", { ...SHOWS, "components/button.tsx": `"use client";\n\nexport const Button = () => <button onClick={async () => {\n  const { note } = ${LOADS};\n  await note("x");\n}}>Send</button>;\n` }],
  ["called by what a browser runs, too", "anyone", { ...SHOWS, "lib/send.ts": `export async function send() {\n  const { note } = ${LOADS};\n  await note("x");\n}\n`, "components/button.tsx": `"use client";\nimport { send } from "@/lib/send";\n\nexport const Button = () => <button onClick={send}>Send</button>;\n` }],
  ["called, before ids were secret", "anyone", { ...route(`const { note } = ${LOADS};\n  await note("x");`), "app/page.tsx": `import { greet } from "@/lib/actions";\n\nexport default () => <p>{greet}</p>;\n`, "package.json": JSON.stringify({ name: "app", dependencies: { next: "14.2.0" } }) }],
];

describe("an action that is loaded when it is needed", () => {
  it.each(CASES)("%s: %s", (_, verdict, files) => {
    expect(verdictOf({ ...APP, ...files, [ACTIONS]: NOTE }, ACTIONS)).toBe(verdict);
  });
});
