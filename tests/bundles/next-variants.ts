import type { ProjectFiles } from "../helpers/project.ts";

/**
 * A part of one app. `@@` in paths and texts is the part's own name, so that each has its own modules, variables and
 * sentinel: `TOKEN_@@` is short for the part's variable that Next.js writes into the bundle, as `env` of its
 * configuration does.
 */
export interface NextVariant {
  readonly name: string;
  readonly files: ProjectFiles;
  /** What browsers get and what is reported differ, for the reason in docs/limitations.md under this heading. */
  readonly differs?: string;
}

const SECRET = "process.env.TOKEN_@@";
const IMPORT = 'import { Redis } from "@upstash/redis";\n';
const make = (token: string): string => `new Redis({ url: "https://example.upstash.io", token: ${token}! })`;
const EAGER = `${IMPORT}export const redis = ${make(SECRET)};\nexport const KEY = "key";\nexport interface Row { id: string }\n`;
const LAZY = `${IMPORT}export const visits = () => ${make(SECRET)}.get("visits");\nexport const KEY = "key";\n`;
const STORE = { "lib/@@/redis.ts": EAGER };
const VISITS = { "lib/@@/visits.ts": LAZY };

const PAGE = "app/@@/page.tsx";
const DYNAMIC = 'export const dynamic = "force-dynamic";\n';

/** A page that is a client component. */
const client = (imports: string, onClick: string, files: ProjectFiles = {}): ProjectFiles => ({
  [PAGE]: `"use client";\n${imports}export default function Page() {\n  return <button onClick={async () => console.log(${onClick})}>a</button>;\n}\n`,
  ...files,
});
/** A page that the server renders, with a client component beside it. */
const server = (imports: string, body: string, markup: string, files: ProjectFiles = {}): ProjectFiles => ({
  [PAGE]: `${imports}import { Button } from "@/components/@@/button";\nexport default async function Page() {\n${body}  return <div><Button label="a" />${markup}</div>;\n}\n`,
  "components/@@/button.tsx": '"use client";\nimport type { ReactNode } from "react";\nexport const Button = ({ label, children }: { label: string; children?: ReactNode }) => <button onClick={() => console.log(label)}>{label}{children}</button>;\n',
  ...files,
});

const barrel = (sideEffects?: boolean): ProjectFiles => ({
  ...STORE,
  "lib/@@/index.ts": 'export * from "./redis";\nexport { label } from "./label";\n',
  "lib/@@/label.ts": 'export const label = "label";\n',
  ...(sideEffects === undefined ? {} : { "lib/@@/package.json": JSON.stringify({ sideEffects }) }),
});
const ACTIONS = { "app/@@/actions.ts": `"use server";\nimport { redis } from "@/lib/@@/redis";\nexport async function load() {\n  return redis.get("a");\n}\n`, ...STORE };
const props = (value: string): string => `export default function Page({ text }: { text: string }) {\n  return <button onClick={() => console.log(text)}>{${value}}</button>;\n}\n`;

export const NEXT_VARIANTS: readonly NextVariant[] = [
  { name: "a secret is read", files: client("", SECRET) },
  { name: "a secret is read by a key", files: client("", 'process.env["TOKEN_@@"]') },
  { name: "a client is built", files: client(IMPORT, `await ${make(SECRET)}.get("a")`) },
  { name: "nothing of Upstash", files: client('import { label } from "@/lib/@@/label";\n', "label", { "lib/@@/label.ts": 'export const label = "a";\n' }) },
  { name: "another module's client", files: client('import { redis } from "@/lib/@@/redis";\n', 'await redis.get("a")', STORE) },
  { name: "a constant of a module that builds a client when it loads", files: client('import { KEY } from "@/lib/@@/redis";\n', "KEY", STORE) },
  { name: "for the effects alone", files: client('import "@/lib/@@/redis";\n', '"a"', STORE) },
  { name: "a type", files: client('import type { Row } from "@/lib/@@/redis";\n', '({ id: "a" }) satisfies Row', STORE) },
  { name: "a type that does not say so", files: client('import { Row } from "@/lib/@@/redis";\n', '({ id: "a" }) satisfies Row', STORE) },
  { name: "an unused import in TypeScript", files: client('import { redis } from "@/lib/@@/redis";\n', '"a"', STORE) },
  { name: "an unused import in JavaScript", files: { "app/@@/page.jsx": '"use client";\nimport { redis } from "@/lib/@@/redis";\nexport default function Page() {\n  return <button onClick={() => console.log("a")}>a</button>;\n}\n', ...STORE } },
  { name: "a function that builds a client", files: client('import { visits } from "@/lib/@@/visits";\n', "await visits()", VISITS) },
  { name: "a constant beside such a function", files: client('import { KEY } from "@/lib/@@/visits";\n', "KEY", VISITS) },
  { name: "a member of a namespace", files: client('import * as visits from "@/lib/@@/visits";\n', "visits.KEY", VISITS) },
  { name: "a function that calls such a function", files: client('import { all } from "@/lib/@@/all";\n', "await all()", { ...VISITS, "lib/@@/all.ts": 'import { visits } from "./visits";\nexport const all = () => visits();\nexport const none = () => 1;\n' }) },
  { name: "a function beside one that calls it", files: client('import { none } from "@/lib/@@/all";\n', "none()", { ...VISITS, "lib/@@/all.ts": 'import { visits } from "./visits";\nexport const all = () => visits();\nexport const none = () => 1;\n' }) },
  { name: "a barrel", files: client('import { label } from "@/lib/@@";\n', "label", barrel()) },
  { name: "a barrel without side effects", files: client('import { label } from "@/lib/@@";\n', "label", barrel(false)) },
  { name: "a barrel without side effects, for the client", files: client('import { redis } from "@/lib/@@";\n', 'await redis.get("a")', barrel(false)) },
  { name: "an import that comes late", files: client("", '(await import("@/lib/@@/redis")).redis', STORE) },
  { name: "an import that comes late, for another name", files: client('const key = async () => {\n  const { KEY } = await import("@/lib/@@/visits");\n  return KEY;\n};\n', "await key()", VISITS) },
  { name: "next/dynamic for browsers alone", files: { [PAGE]: '"use client";\nimport dynamic from "next/dynamic";\nconst List = dynamic(() => import("@/components/@@/list"), { ssr: false });\nexport default function Page() {\n  return <List />;\n}\n', "components/@@/list.tsx": 'import { redis } from "@/lib/@@/redis";\nexport default function List() {\n  return <p onClick={() => redis.get("a")}>a</p>;\n}\n', ...STORE } },
  { name: "React.lazy", files: { [PAGE]: '"use client";\nimport { lazy } from "react";\nconst List = lazy(() => import("@/components/@@/list"));\nexport default function Page() {\n  return <List />;\n}\n', "components/@@/list.tsx": 'import { redis } from "@/lib/@@/redis";\nexport default function List() {\n  return <p onClick={() => redis.get("a")}>a</p>;\n}\n', ...STORE } },
  { name: "a component without a directive in between", files: { [PAGE]: '"use client";\nimport { List } from "@/components/@@/list";\nexport default function Page() {\n  return <List />;\n}\n', "components/@@/list.tsx": 'import { redis } from "@/lib/@@/redis";\nexport const List = () => <p onClick={() => redis.get("a")}>a</p>;\n', ...STORE } },
  { name: "a hook two modules further", files: client('import { useVisits } from "@/hooks/@@";\n', "useVisits", { "hooks/@@.ts": 'import { visits } from "@/lib/@@/visits";\nexport const useVisits = () => visits();\n', ...VISITS }) },
  { name: "a branch that only the server takes", files: client("", `typeof window === "undefined" ? ${SECRET} : ""`) },
  { name: "a server action", files: client('import { load } from "./actions";\n', "await load()", ACTIONS) },
  { name: "a server action, through a barrel", files: client('import { load } from "@/lib/@@/all";\n', "await load()", { ...ACTIONS, "lib/@@/all.ts": 'export { load } from "@/app/@@/actions";\n' }) },
  { name: "a server component reads a secret", files: server(DYNAMIC, `  const isSet = Boolean(${SECRET});\n`, "{isSet ? 1 : 2}") },
  { name: "a server component uses a client", files: server(`import { redis } from "@/lib/@@/redis";\n${DYNAMIC}`, "", '{String(typeof redis.get)}', STORE) },
  { name: "a server component inside of a client component", files: server('import { Visits } from "@/components/@@/visits";\n', "", '<Button label="b"><Visits /></Button>', { "components/@@/visits.tsx": 'import { redis } from "@/lib/@@/redis";\nexport const Visits = () => <p>{typeof redis.get}</p>;\n', ...STORE }) },
  { name: "a function of the server in a server component", files: server("", `  async function load() {\n    "use server";\n    console.log(Boolean(${SECRET}));\n  }\n`, '<form action={load}><button>b</button></form>') },
  { name: "a secret as a prop of a client component", files: server("", "", `<Button label={${SECRET}!} />`) },
  { name: "a secret in the markup of a server component", files: server("", `  const token = ${SECRET};\n`, "<p>{token}</p>") },
  { name: "whether it is set, as a prop of a client component", files: server("", "", `<Button label={String(Boolean(${SECRET}))} />`) },
  { name: "a route handler", files: { "app/@@/route.ts": `import { redis } from "@/lib/@@/redis";\nexport const dynamic = "force-dynamic";\nexport const GET = async () => Response.json(await redis.get("a"));\n`, ...STORE } },
  { name: "pages router: getServerSideProps", files: { "pages/@@.tsx": `import { redis } from "@/lib/@@/redis";\nexport const getServerSideProps = async () => ({ props: { text: String(await redis.get("a")) } });\n${props("text")}`, ...STORE } },
  { name: "pages router: getServerSideProps and the component", files: { "pages/@@.tsx": `import { redis } from "@/lib/@@/redis";\nexport const getServerSideProps = async () => ({ props: { text: String(await redis.get("a")) } });\nexport default function Page() {\n  return <button onClick={() => redis.get("a")}>a</button>;\n}\n`, ...STORE } },
  { name: "pages router: getServerSideProps of another module", files: { "pages/@@.tsx": `export { getServerSideProps } from "@/lib/@@/props";\n${props("text")}`, "lib/@@/props.ts": 'import { redis } from "./redis";\nexport const getServerSideProps = async () => ({ props: { text: String(await redis.get("a")) } });\n', ...STORE } },
  { name: "pages router: a page of another module", files: { "pages/@@.tsx": 'export { default, getServerSideProps } from "@/components/@@/home";\n', "components/@@/home.tsx": `import { visits } from "@/lib/@@/visits";\nexport const getServerSideProps = async () => ({ props: { text: String(await visits()) } });\n${props("text")}`, ...VISITS } },
  { name: "pages router: a page of another module, which loads the client", files: { "pages/@@.tsx": 'export { default, getServerSideProps } from "@/components/@@/home";\n', "components/@@/home.tsx": `import { redis } from "@/lib/@@/redis";\nexport const getServerSideProps = async () => ({ props: { text: String(await redis.get("a")) } });\n${props("text")}`, ...STORE } },
  { name: "pages router: a secret is read", files: { "pages/@@.tsx": `export default function Page() {\n  return <button onClick={() => console.log(${SECRET})}>a</button>;\n}\n` } },
  { name: "pages router: a secret as a property of getStaticProps", files: { "pages/@@.tsx": `export const getStaticProps = async () => ({ props: { text: ${SECRET} } });\n${props('"a"')}` } },
  { name: "pages router: an API route", files: { "pages/api/@@.ts": `import { redis } from "@/lib/@@/redis";\nexport default async function handler(_: unknown, response: { json(data: unknown): void }) {\n  response.json(await redis.get("a"));\n}\n`, ...STORE } },
  { name: "a secret under a public name", files: client("", "process.env.NEXT_PUBLIC_TOKEN_@@") },
  { name: "a read-only token under a public name", files: client("", "process.env.NEXT_PUBLIC_@@_UPSTASH_REDIS_REST_READ_ONLY_TOKEN") },
  { name: "an address under a public name", files: client("", "process.env.NEXT_PUBLIC_@@_UPSTASH_REDIS_REST_URL") },

  { name: "a private variable of Next.js", files: client("", "process.env.PRIVATE_TOKEN_@@"), differs: "A variable that the bundler leaves empty" },
  { name: "a variable that is taken out of the environment", files: client("const { TOKEN_@@: token } = process.env;\n", "token"), differs: "A variable that the bundler leaves empty" },
  { name: "a secret under a public name, on the server", files: server(DYNAMIC, "  const isSet = Boolean(process.env.NEXT_PUBLIC_TOKEN_@@);\n", "{isSet ? 1 : 2}"), differs: "A public name on the server" },
];

/** The name of a part, by its place in the list. */
export const partOf = (index: number): string => `V${String(index).padStart(2, "0")}`;

/** The files of a part, with its own names. */
export function filesOf({ files }: NextVariant, part: string): ProjectFiles {
  const named = (text: string): string =>
    text.replaceAll("PRIVATE_TOKEN_@@", `PRIVATE_${part}_UPSTASH_REDIS_REST_TOKEN`).replaceAll("TOKEN_@@", `${part}_UPSTASH_REDIS_REST_TOKEN`).replaceAll("@@", part);
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [named(file), named(text)]));
}
