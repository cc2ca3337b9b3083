import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* What no page of the app loads is no part of it: nobody gets the id of an action that nothing else uses. */

const ACTIONS = "lib/actions.ts";
const next = (range: string, more: Readonly<Record<string, string>> = {}): ProjectFiles => ({ "package.json": JSON.stringify({ name: "app", dependencies: { next: range, ...more } }) });
const NOTE = `"use server";\nimport { redis } from "@/lib/clients";\n\nexport async function note(text: string) {\n  await redis.lpush("notes", text);\n}\n`;
const FORM: ProjectFiles = { "components/form.tsx": `"use client";\nimport { note } from "@/lib/actions";\n\nexport const Form = () => <button onClick={() => note("x")}>Send</button>;\n` };
const PAGE: ProjectFiles = { "app/page.tsx": "export default () => <p>Hello</p>;\n" };
const APP: ProjectFiles = { ...next("^16.0.0"), ...PAGE, ...FORM };
const page = (code: string, path = "app/page.tsx"): ProjectFiles => ({ [path]: code });
const SHOWN = `import { Form } from "@/components/form";\n\nexport default () => <Form />;\n`;

type Case = readonly [name: string, verdict: Verdict, files: ProjectFiles];

const CASES: readonly Case[] = [
  ["a component that nothing imports", "nobody", APP],
  ["a component that nothing imports, before Next.js 15", "nobody", { ...APP, ...next("14.0.0") }],
  ["a hook of a component that nothing imports", "nobody", { ...APP, "components/form.tsx": `import { useNote } from "@/hooks/note";\nexport const Form = () => <button onClick={useNote()}>Send</button>;\n`, "hooks/note.ts": `"use client";\nimport { note } from "@/lib/actions";\nexport const useNote = () => () => note("x");\n` }],
  ["components that import each other", "nobody", { ...APP, "components/list.tsx": `import { Form } from "./form";\nexport const List = () => <Form />;\nexport const size = 1;\n`, "components/form.tsx": `"use client";\nimport { note } from "@/lib/actions";\nimport { size } from "./list";\nexport const Form = () => <button onClick={() => note(String(size))}>Send</button>;\n` }],
  ["a component that is tested", "nobody", { ...APP, "components/form.test.tsx": `import { Form } from "./form";\ntest("shows", () => expect(Form).toBeDefined());\n` }],
  ["a component of a page that is no file of Next.js", "nobody", { ...APP, ...page(SHOWN, "components/pages/home.tsx") }],

  ["a page shows it", "anyone", { ...APP, ...page(SHOWN) }],
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
  ["nothing imports the action", "anyone", { ...next("^16.0.0"), ...PAGE }],
  ["it is no app of Next.js, as far as can be told", "anyone", { ...APP, "package.json": JSON.stringify({ name: "app" }) }],
];

describe("an action that is used in", () => {
  it.each(CASES)("%s: %s", (_, verdict, files) => {
    expect(verdictOf({ ...CLIENTS, ...files, [ACTIONS]: NOTE }, ACTIONS)).toBe(verdict);
  });

  it("a package of a workspace may be one of what another package shows", () => {
    const files = (more: ProjectFiles): ProjectFiles => ({
      "package.json": JSON.stringify({ workspaces: ["packages/*", "apps/*"] }),
      "packages/ui/package.json": JSON.stringify({ name: "@acme/ui", dependencies: { next: "^16.0.0" } }),
      "packages/ui/app/page.tsx": "export default () => <p>Hello</p>;\n",
      "packages/ui/parts/form.tsx": `"use client";\nimport { note } from "./actions";\nexport const Form = () => <button onClick={() => note("x")}>Send</button>;\n`,
      "packages/ui/parts/actions.ts": NOTE.replace("@/lib/clients", "../clients"),
      "packages/ui/clients.ts": CLIENTS["lib/clients.ts"] ?? "",
      ...more,
    });
    const other = { "apps/web/package.json": JSON.stringify({ name: "web", dependencies: { "@acme/ui": "workspace:*" } }) };
    expect(verdictOf(files({}), "packages/ui/parts/actions.ts")).toBe("nobody");
    expect(verdictOf(files(other), "packages/ui/parts/actions.ts")).toBe("anyone");
  });
});
