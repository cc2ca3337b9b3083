import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";

/*
 * "use server" at the top of a page makes actions of all that it exports. Next.js calls these exports itself, and browsers get
 * to know the id of one only where a page hands it over or a client module uses it.
 */
const NEXT = (range: string): Record<string, string> => ({ "package.json": JSON.stringify({ name: "app", dependencies: { next: range } }) });
const HEAD = '"use server";\nimport { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\n';
const METADATA = 'export async function generateMetadata() {\n  return { title: String(await redis.incr("views")) };\n}\n';
const SAVE = 'export async function save(form: FormData) {\n  await redis.set("note", String(form.get("note")));\n}\n';
const page = (code: string, body = "<p>Notes</p>"): string => `${HEAD}${code}export default async function Page() {\n  return ${body};\n}\n`;
const reports = (files: Record<string, string>, filename: string, range = "^16.0.0"): readonly string[] =>
  lintMessages("require-ratelimit", rule, { ...NEXT(range), ...files }, filename).map((message) => message.split(" without ")[0] ?? "");

const PAGE = "app/notes/page.tsx";

describe("exports of a page that says \"use server\"", () => {
  it.each([
    ["what Next.js asks for the head of the page", PAGE, page(METADATA)],
    ["the page itself", PAGE, `${HEAD}export default async function Page() {\n  return <p>{await redis.incr("views")}</p>;\n}\n`],
    ["a layout", "app/layout.tsx", `${HEAD}export default async function Layout({ children }) {\n  await redis.incr("views");\n  return <html>{children}</html>;\n}\n`],
    ["a function that nothing uses", PAGE, page(SAVE)],
    ["a function that the page calls", PAGE, page(SAVE, "<p>{await save(new FormData())}</p>")],
  ])("is no action: %s", (_, filename, code) => {
    expect(reports({ [filename]: code }, filename)).toEqual([]);
  });

  it.each([
    ["the page hands it to a form", page(SAVE, "<form action={save} />"), {}],
    ["the page hands it over in an object", page(SAVE, "<Editor actions={{ save }} />"), {}],
    ["the page hands it over with an argument", page(SAVE, "<form action={save.bind(null)} />"), {}],
    ["a client component imports it", page(SAVE), { "app/notes/form.tsx": '"use client";\nimport { save } from "./page";\nexport const Form = () => <form action={save} />;\n', "app/page.tsx": 'import { Form } from "./notes/form";\nexport default () => <Form />;\n' }],
    ["a module hands it on", page(SAVE), { "app/page.tsx": 'import { save } from "./notes/page";\nexport default () => <form action={save} />;\n' }],
  ])("is an action: %s", (_, code, files) => {
    expect(reports({ [PAGE]: code, ...files }, PAGE)).toEqual(["Server action save writes to Redis (`set`)"]);
  });

  it("before version 15 of Next.js its id can be guessed", () => {
    expect(reports({ [PAGE]: page(METADATA) }, PAGE, "^14.2.0")).toEqual(["Server action generateMetadata writes to Redis (`incr`)"]);
  });

  it("a file that is only called like a page is none", () => {
    const home = { "app/page.tsx": 'import { Notes } from "@/lib/notes";\nexport default () => <Notes />;\n' };
    const notes = { "lib/notes.tsx": '"use client";\nimport { save } from "./page";\nexport const Notes = () => <form action={save} />;\n' };
    expect(reports({ ...home, ...notes, "lib/page.tsx": page(SAVE) }, "lib/page.tsx")).toEqual(["Server action save writes to Redis (`set`)"]);
  });
});

it("a route handler whose file says \"use server\" is reported as what it is, and once", () => {
  const route = `${HEAD}export async function POST() {\n  return Response.json(await redis.incr("runs"));\n}\n`;
  expect(reports({ "app/page.tsx": "export default () => <p />;\n", "app/api/runs/route.ts": route }, "app/api/runs/route.ts")).toEqual(["POST /api/runs writes to Redis (`incr`)"]);
});
