import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import path from "node:path";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { project, repositoryRoot, writeFiles, type ProjectFiles } from "../helpers/project.ts";

/*
 * An app is built with Next.js and started, and strangers send it the ids of its server actions in every way that might get past
 * the middleware. An action is reported if and only if one of these requests has run it.
 */

/** One action a file; what it does is written down where the test finds it. */
const action = (name: string): string => `"use server";
import { appendFileSync } from "node:fs";

export async function ${name}() {
  appendFileSync(process.env["RUN_LOG"] ?? "", "${name}\\n");
}
`;
const form = (name: string): string => `"use client";
import { ${name} } from "../lib/${name}";

export const Form = () => <button onClick={() => ${name}()}>Send</button>;
`;
const shows = (name: string, page: string): string => `import { Form } from "${"../".repeat(page.split("/").length - 1)}components/${name}";

export default function Shown({ children }: { children?: React.ReactNode }) {
  return <main>{children}<Form /></main>;
}
`;
const PLAIN = "export default function Page() {\n  return <p>Hello</p>;\n}\n";

/** Which parts of pages show the form of each action, and whether strangers get to run it. */
const ACTIONS: Readonly<Record<string, { readonly on: readonly string[]; readonly isOpen: boolean }>> = {
  ofAdmin: { on: ["app/admin/notes/page.tsx"], isOpen: false },
  ofItem: { on: ["app/admin/items/[id]/page.tsx"], isOpen: true },
  ofItemEdit: { on: ["app/admin/items/[id]/edit/page.tsx"], isOpen: false },
  ofFiles: { on: ["app/admin/files/[...path]/page.tsx"], isOpen: true },
  ofBoth: { on: ["app/admin/both/page.tsx", "app/shop/page.tsx"], isOpen: true },
  ofShop: { on: ["app/shop/cart/page.tsx"], isOpen: true },
  ofLayout: { on: ["app/admin/zone/layout.tsx"], isOpen: false },
  ofSlot: { on: ["app/admin/slots/@side/page.tsx"], isOpen: false },
  ofUnknown: { on: ["app/not-found.tsx"], isOpen: true },
  ofIntercepted: { on: ["app/feed/(..)admin/photo/page.tsx"], isOpen: true },
  ofNothing: { on: [], isOpen: false },
};

const APP: ProjectFiles = {
  "package.json": JSON.stringify({ private: true, type: "module", dependencies: { next: "^16.0.0", react: "*", "react-dom": "*" } }),
  "tsconfig.json": JSON.stringify({ compilerOptions: { lib: ["ES2023", "DOM"], module: "ESNext", moduleResolution: "bundler", jsx: "preserve", strict: true, noEmit: true, allowJs: true } }),
  "proxy.ts": `import { NextResponse, type NextRequest } from "next/server";
import { getSession } from "./lib/session";

export function proxy(request: NextRequest) {
  const { pathname } = request.nextUrl;
  const session = getSession(request);
  if (pathname.startsWith("/admin") && !session) return new NextResponse("Unauthorized", { status: 401 });
  return NextResponse.next();
}

export const config = { matcher: ["/((?!_next/static|_next/image|favicon.ico|.*\\\\.(?:svg|png|jpg)$).*)"] };
`,
  "lib/session.ts": 'import type { NextRequest } from "next/server";\n\nexport const getSession = (request: NextRequest) => request.cookies.get("session")?.value;\n',
  "app/layout.tsx": 'import type { ReactNode } from "react";\nexport default function Layout({ children }: { children: ReactNode }) {\n  return <html><body>{children}</body></html>;\n}\n',
  "app/admin/slots/layout.tsx": 'import type { ReactNode } from "react";\nexport default function Layout({ children, side }: { children: ReactNode; side: ReactNode }) {\n  return <div>{children}{side}</div>;\n}\n',
  ...Object.fromEntries(["app/page.tsx", "app/feed/page.tsx", "app/admin/photo/page.tsx", "app/admin/zone/page.tsx", "app/admin/slots/page.tsx", "app/names/[name]/page.tsx"].map((page) => [page, PLAIN])),
  ...Object.fromEntries(
    Object.entries(ACTIONS).flatMap(([name, { on }]): [string, string][] => [[`lib/${name}.ts`, action(name)], [`components/${name}.tsx`, form(name)], ...on.map((page): [string, string] => [page, shows(name, page)])]),
  ),
};

/** Each kind of page, and paths that are none, as far as the middleware sees them and not. */
const PATHS = [
  "/", "/shop", "/shop/cart", "/names/x", "/names/x.png", "/nowhere", "/x.png", "/favicon.ico", "/admin", "/admin/x.png",
  ...["notes", "both", "zone", "slots", "photo", "items/1", "items/1/edit", "files/a"].flatMap((page) => [`/admin/${page}`, `/admin/${page}.png`, `/%61dmin/${page}`]),
  "/admin/items/x.png/edit", "/feed/(..)admin/photo", "/admin/slots/@side",
];

const root = mkdtempSync(path.join(import.meta.dirname, ".app-"));
const log = path.join(root, "run.log");
let server: ChildProcess | undefined;
afterAll(() => {
  server?.kill();
  rmSync(root, { recursive: true, force: true });
});

const next = path.join(repositoryRoot, "node_modules/next/dist/bin/next");
const environment = { ...process.env, RUN_LOG: log, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };

function build(): void {
  const config = { typescript: { ignoreBuildErrors: true }, turbopack: { root: repositoryRoot } };
  writeFiles(root, { ...APP, "next.config.mjs": `export default ${JSON.stringify(config)};\n` });
  const { status, stdout, stderr } = spawnSync(process.execPath, [next, "build"], { cwd: root, encoding: "utf8", env: environment });
  expect(status, `${stdout}\n${stderr}`).toBe(0);
  writeFileSync(log, "");
}

/** Starts the app on a port that is free. */
async function start(): Promise<number> {
  const started = spawn(process.execPath, [next, "start", "-p", "0"], { cwd: root, env: environment });
  server = started;
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (part: Buffer): void => {
      said += part.toString();
      const port = /localhost:(\d+)/u.exec(said)?.[1];
      if (port !== undefined && said.includes("Ready")) resolve(Number(port));
    };
    started.stdout.on("data", listen);
    started.stderr.on("data", listen);
    started.once("exit", () => {
      reject(new Error(said));
    });
  });
}

async function post(port: number, at: string, headers: Readonly<Record<string, string>>, body: string): Promise<void> {
  return new Promise((resolve) => {
    const host = `localhost:${String(port)}`;
    const sent = request({ host: "localhost", port, path: at, method: "POST", headers: { host, origin: `http://${host}`, "content-length": String(Buffer.byteLength(body)), ...headers } }, (answer) => {
      answer.resume().once("end", resolve);
    });
    sent.setTimeout(20_000, () => sent.destroy()).once("error", () => {
      resolve();
    });
    sent.end(body);
  });
}

/** Sends an action's id as React does, and as a form without scripts does. */
async function attack(port: number, id: string): Promise<void> {
  const fields = `--b\r\nContent-Disposition: form-data; name="$ACTION_ID_${id}"\r\n\r\n\r\n--b--\r\n`;
  await Promise.all(
    PATHS.flatMap((at) => [
      post(port, at, { "next-action": id, "content-type": "text/plain;charset=UTF-8" }, "[]"),
      post(port, at, { "next-action": id, "content-type": "text/plain;charset=UTF-8", "x-action-forwarded": "1" }, "[]"),
      post(port, at, { "content-type": "multipart/form-data; boundary=b" }, fields),
    ]),
  );
}

describe("server actions behind a middleware", () => {
  const ran = new Set<string>();
  let ids: ReadonlyMap<string, string> = new Map();
  let app = "";

  beforeAll(async () => {
    app = project(APP);
    build();
    const manifest = JSON.parse(readFileSync(path.join(root, ".next/server/server-reference-manifest.json"), "utf8")) as { node: Record<string, { exportedName: string }> };
    ids = new Map(Object.entries(manifest.node).map(([id, { exportedName }]) => [exportedName, id]));
    const port = await start();
    for (const id of ids.values()) await attack(port, id);
    for (const name of readFileSync(log, "utf8").split("\n")) ran.add(name);
  }, 600_000);

  it.each(Object.entries(ACTIONS))("%s", (name, { on, isOpen }) => {
    expect(ids.has(name), "it has an id where something shows it").toBe(on.length > 0);
    expect(ran.has(name)).toBe(isOpen);
    const linter = new Linter({ configType: "flat", cwd: app });
    const messages = linter.verify(
      APP[`lib/${name}.ts`] ?? "",
      { files: ["**"], languageOptions: { parser }, plugins: { upstash: plugin }, rules: { "upstash/require-ratelimit": "error" } },
      { filename: path.join(app, `lib/${name}.ts`) },
    );
    expect(messages.map(({ message }) => message)).toHaveLength(isOpen ? 1 : 0);
  });
});
