import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * What no page of the app loads is no part of it: Next.js does not compile it, so that its actions have no ids (tried with
 * Next.js 14 to 16).
 */

const ACTIONS = "lib/actions.ts";
const next = (range: string, more: Readonly<Record<string, string>> = {}): ProjectFiles => ({ "package.json": JSON.stringify({ name: "app", dependencies: { next: range, ...more } }) });
const NOTE = `"use server";\nimport { redis } from "@/lib/clients";\n\nexport async function note(text: string) {\n  await redis.lpush("notes", text);\n}\n`;
const FORM: ProjectFiles = { "components/form.tsx": `"use client";\nimport { note } from "@/lib/actions";\n\nexport const Form = () => <button onClick={() => note("x")}>Send</button>;\n` };
const PAGE: ProjectFiles = { "app/page.tsx": "export default () => <p>Hello</p>;\n" };
const APP: ProjectFiles = { ...next("^16.0.0"), ...PAGE, ...FORM };
const page = (code: string, path = "app/page.tsx"): ProjectFiles => ({ [path]: code });
const ROUTE = `import { note } from "@/lib/actions";\n\nexport async function POST() {\n  await note("x");\n  return new Response(null);\n}\n`;
const HANDS_OUT = `import { note } from "@/lib/actions";\n\nexport const POST = async () => Response.json({ note });\n`;
const SHOWN = `import { Form } from "@/components/form";\n\nexport default () => <Form />;\n`;

type Case = readonly [name: string, verdict: Verdict, files: ProjectFiles];

const CASES: readonly Case[] = [
  ["a component that nothing imports", "nobody", APP],
  ["a component that nothing imports, before Next.js 15", "nobody", { ...APP, ...next("14.0.0") }],
  ["a hook of a component that nothing imports", "nobody", { ...APP, "components/form.tsx": `import { useNote } from "@/hooks/note";\nexport const Form = () => <button onClick={useNote()}>Send</button>;\n`, "hooks/note.ts": `"use client";\nimport { note } from "@/lib/actions";\nexport const useNote = () => () => note("x");\n` }],
  ["components that import each other", "nobody", { ...APP, "components/list.tsx": `import { Form } from "./form";\nexport const List = () => <Form />;\nexport const size = 1;\n`, "components/form.tsx": `"use client";\nimport { note } from "@/lib/actions";\nimport { size } from "./list";\nexport const Form = () => <button onClick={() => note(String(size))}>Send</button>;\n` }],
  ["a component that is tested", "nobody", { ...APP, "components/form.test.tsx": `import { Form } from "./form";\ntest("shows", () => expect(Form).toBeDefined());\n` }],
  ["a component of a page that is no file of Next.js", "nobody", { ...APP, ...page(SHOWN, "components/pages/home.tsx") }],

  ["nothing", "nobody", { ...next("^16.0.0"), ...PAGE }],
  ["nothing, before Next.js 15", "nobody", { ...next("14.2.0"), ...PAGE }],
  ["a test alone, which reads it as a text", "nobody", { ...next("^16.0.0"), ...PAGE, "tests/actions.test.ts": `import { readFileSync } from "node:fs";\nconst text = readFileSync("lib/actions.ts", "utf8");\ntest("notes", () => expect(text).toContain("note"));\n` }],
  ["a route, before ids were secret", "nobody", { ...next("14.1.0"), ...PAGE, ...page(ROUTE, "app/api/note/route.ts") }],
  ["what a route hands out", "nobody", { ...next("14.1.0"), ...PAGE, ...page(HANDS_OUT, "app/api/note/route.ts") }],
  ["a helper of a route, in src", "nobody", { ...next("14.1.0"), "src/app/page.tsx": PAGE["app/page.tsx"] ?? "", "lib/help.ts": `import { note } from "./actions";\nexport const help = () => note("x");\n`, ...page(ROUTE.replace(/@.lib.actions/u, "@/lib/help").replaceAll("note", "help"), "src/app/(api)/api/note/route.ts") }],
  ["a route, and a page", "anyone", { ...next("14.1.0"), ...page(ROUTE, "app/api/note/route.ts"), ...page(ROUTE.replace(/export[\s\S]*/u, "export default async () => <p>{await note()}</p>;\n")) }],
  ["a route, and a component of a page", "anyone", { ...APP, ...next("14.1.0"), ...page(ROUTE, "app/api/note/route.ts"), ...page(SHOWN) }],
  ["a route, and what runs before the app", "anyone", { ...next("14.1.0"), ...PAGE, ...page(ROUTE, "app/api/note/route.ts"), "instrumentation.ts": ROUTE }],
  ["a route of the pages router", "anyone", { ...next("14.1.0"), ...PAGE, ...page(`import { note } from "@/lib/actions";\nexport default async (req, res) => res.json(await note("x"));\n`, "pages/api/note.ts") }],
  ["a route, in an app whose pages are not found", "anyone", { ...next("14.1.0"), ...page(ROUTE, "app/api/note/route.ts") }],
  ["a route, and a page that may load it", "anyone", { ...next("14.1.0"), ...page(ROUTE, "app/api/note/route.ts"), ...page("export default async ({ name }) => (await import(`../lib/${name}`)).note();\n") }],
  ["a barrel that nothing imports", "nobody", { ...next("^16.0.0"), ...PAGE, "lib/index.ts": `export * from "./actions";\n` }],

  ["a page shows it", "anyone", { ...APP, ...page(SHOWN) }],
  ["a barrel that a page imports", "anyone", { ...next("^16.0.0"), "lib/index.ts": `export * from "./actions";\n`, ...page(`import { Taker } from "@/components/taker";\nimport { note } from "@/lib";\nexport default () => <Taker run={note} />;\n`), "components/taker.tsx": `"use client";\nexport const Taker = ({ run }) => <button onClick={run}>Go</button>;\n` }],
  ["a page shows it, before Next.js 15", "anyone", { ...APP, ...next("14.0.0"), ...page(SHOWN) }],
  ["a page in src shows it", "anyone", { ...APP, ...page(SHOWN, "src/app/notes/page.tsx") }],
  ["a page of the pages router shows it", "anyone", { ...APP, ...page(SHOWN, "pages/notes.tsx") }],
  ["a layout shows it", "anyone", { ...APP, ...page(SHOWN, "app/notes/layout.tsx") }],
  ["what is shown for errors shows it", "anyone", { ...APP, ...page(SHOWN, "app/global-error.tsx") }],
  ["what runs before the app in browsers uses it", "anyone", { ...APP, ...page(`import { Form } from "./components/form";\nconsole.log(Form);\n`, "instrumentation-client.ts") }],
  ["a page loads it", "anyone", { ...APP, ...page(`import dynamic from "next/dynamic";\nconst Form = dynamic(() => import("../components/form"));\nexport default () => <Form />;\n`) }],
  ["a page shows it, from a barrel", "anyone", { ...APP, "components/index.ts": `export * from "./form";\n`, ...page(SHOWN.replace("components/form", "components")) }],
  ["a page shows what shows it", "anyone", { ...APP, "components/card.tsx": `import { Form } from "./form";\nexport const Card = () => <Form />;\n`, ...page(`import { Card } from "@/components/card";\nexport default () => <Card />;\n`) }],
  // More may lead there than can be told.
  ["by an alias of the bundler", "anyone", { ...APP, ...page(SHOWN.replace("@/components", "ui")) }],
  ["by a name that is made", "anyone", { ...APP, ...page("export default async ({ name }) => (await import(`../components/${name}`)).default;\n") }],
  ["by a template", "anyone", { ...APP, ...page("export default async () => (await import(`../components/form`)).Form;\n") }],
  ["by a variable, with a comment before it", "anyone", { ...APP, ...page("export default async ({ name }) => (await import(/* webpackMode: \"eager\" */ name)).Form;\n") }],
  ["by a list of files", "anyone", { ...APP, ...page(`const all = require.context("../components");\nexport default () => <p>{all.keys()}</p>;\n`) }],
  ["by a page that is no script", "anyone", { ...APP, ...next("^16.0.0", { "@next/mdx": "16.0.0" }) }],
  ["no page is found", "anyone", { ...next("^16.0.0"), ...FORM }],
  ["nothing that is an app, as far as can be told", "anyone", next("^16.0.0")],
  ["nothing, in what may be no app of Next.js", "anyone", { "package.json": JSON.stringify({ name: "app" }), ...PAGE }],
  ["nothing that is known: a page loads by a name that is made", "anyone", { ...next("^16.0.0"), ...page("export default async ({ name }) => (await import(`@/lib/${name}`)).note();\n") }],
  ["a page in a folder that elsewhere holds other people's code", "anyone", { ...APP, ...page(SHOWN, "app/vendor/page.tsx") }],
  ["a page in a folder that elsewhere holds what was built", "anyone", { ...APP, ...page(SHOWN, "src/app/(shop)/out/page.tsx") }],
  ["it is no app of Next.js, as far as can be told", "anyone", { ...APP, "package.json": JSON.stringify({ name: "app" }) }],
];

describe("an action that is used in", () => {
  it.each(CASES)("%s: %s", (_, verdict, files) => {
    expect(verdictOf({ ...CLIENTS, ...files, [ACTIONS]: NOTE }, ACTIONS)).toBe(verdict);
  });

  const ARROW = `"use server";\nimport { redis } from "@/lib/clients";\n\nexport const note = async (text: string) => {\n  await redis.lpush("notes", text);\n};\n`;
  const INLINE = `import { redis } from "@/lib/clients";

export function List() {
  async function clear() {
    "use server";
    await redis.del("notes");
  }
  return <form action={clear} />;
}
`;
  const list = page(`import { List } from "@/components/list";\nexport default () => <List />;\n`);

  it.each([
    ["nothing, and is a constant", "nobody", ACTIONS, { [ACTIONS]: ARROW }],
    ["a form on a page, and is a constant", "anyone", ACTIONS, { [ACTIONS]: ARROW, ...FORM, ...page(SHOWN) }],
    ["its own component, which nothing imports", "nobody", "components/list.tsx", { "components/list.tsx": INLINE }],
    ["its own component, which a page shows", "anyone", "components/list.tsx", { "components/list.tsx": INLINE, ...list }],
    ["its own page", "anyone", "app/list/page.tsx", { "app/list/page.tsx": INLINE }],
  ] as const)("%s: %s", (_, verdict, path, files) => {
    expect(verdictOf({ ...CLIENTS, ...next("^16.0.0"), ...PAGE, ...files }, path)).toBe(verdict);
  });

  it("its own component is reported where there is no page", () => {
    expect(verdictOf({ ...CLIENTS, ...next("^16.0.0"), "components/list.tsx": INLINE }, "components/list.tsx")).toBe("anyone");
  });

  it("a package of a workspace is reported where another package may show it", () => {
    const files = (more: ProjectFiles): ProjectFiles => ({
      "package.json": JSON.stringify({ workspaces: ["packages/*", "apps/*"] }),
      "packages/ui/package.json": JSON.stringify({ name: "@acme/ui", dependencies: { next: "^16.0.0" } }),
      "packages/ui/app/page.tsx": "export default () => <p>Hello</p>;\n",
      "packages/ui/parts/form.tsx": `"use client";\nimport { note } from "./actions";\nexport const Form = () => <button onClick={() => note("x")}>Send</button>;\n`,
      "packages/ui/parts/actions.ts": NOTE.replace("@/lib/clients", "../clients"),
      "packages/ui/clients.ts": CLIENTS["lib/clients.ts"] ?? "",
      ...more,
    });
    const other = (text: string, depends: Record<string, string> = {}): ProjectFiles => ({
      "apps/web/package.json": JSON.stringify({ name: "web", dependencies: { "@acme/ui": "workspace:*", ...depends } }),
      "apps/web/app/page.tsx": text,
    });
    const told = (more: ProjectFiles): Verdict => verdictOf(files(more), "packages/ui/parts/actions.ts");
    const shows = (of: string): string => `import { Form } from "${of}";\nexport default () => <Form />;\n`;
    expect(told({})).toBe("nobody");
    expect(told(other("export default () => <p>Hello</p>;\n"))).toBe("nobody");
    expect(told(other(shows("@acme/ui/parts/form")))).toBe("anyone");
    expect(told(other(shows("../../../packages/ui/parts/form")))).toBe("anyone");
    expect(told({ ...other(shows("@acme/ui")), "packages/ui/index.ts": 'export * from "./parts/form";\n' })).toBe("anyone");
    expect(told(other("export default async ({ name }) => (await import(name)).default();\n"))).toBe("anyone");
    expect(told(other(shows("~ui/parts/form")))).toBe("anyone");
    expect(told(other("export default () => <p>Hello</p>;\n", { "@next/mdx": "^16.0.0" }))).toBe("anyone");
    expect(told({ "package.json": JSON.stringify({ workspaces: ["packages/*"], dependencies: { "@acme/ui": "workspace:*" } }) })).toBe("anyone");
  });
});
