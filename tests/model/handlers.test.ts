import { describe, expect, it } from "vitest";
import { nextPath } from "../../src/model/handlers/next.ts";
import { covers } from "../../src/model/handlers/routers.ts";
import { withModel } from "./file-model.ts";

interface Seen {
  readonly title: string;
  /** How many middleware run before it. */
  readonly before: number;
  /** Source text of the node that a report stands on. */
  readonly at: string;
}

const handlersOf = (filename: string, code: string, files: Readonly<Record<string, string>> = {}): Seen[] =>
  withModel({ ...files, [filename]: code }, filename, (file) =>
    file.handlers.all.map(({ title, before, node }) => ({ title, before: before.length, at: file.text.slice(...node.range) })),
  );

const titles = (filename: string, code: string): string[] => handlersOf(filename, code).map(({ title }) => title);

describe("nextPath", () => {
  it.each([
    ["app/api/a/route.ts", "", "app/api/a/route.ts"],
    ["src/app/api/a/route.ts", "", "src/app/api/a/route.ts"],
    ["apps/web/app/api/a/route.ts", "apps/web/", "app/api/a/route.ts"],
    ["app/app/pages/route.ts", "", "app/app/pages/route.ts"],
    ["packages/site/src/pages/api/a.ts", "packages/site/", "src/pages/api/a.ts"],
  ])("%s", (file, base, path) => {
    expect(nextPath(file)).toEqual({ base, path });
  });

  it("knows no app elsewhere", () => {
    expect(nextPath("lib/app.ts")).toBeUndefined();
  });
});

describe("the Next.js app of a file", () => {
  const NEXT = JSON.stringify({ dependencies: { next: "*" } });
  const ROUTE = "export const POST = () => new Response();\n";
  const API = "export default function handler() {}\n";
  const here = { "package.json": NEXT, "app/page.tsx": "" };

  it.each([
    ["in the package", "app/api/a/route.ts", ROUTE, here, ["POST /api/a"]],
    ["in a folder that has no package of its own, where the package has no app", "web/app/api/a/route.ts", ROUTE, { "package.json": NEXT }, ["POST /api/a"]],
    ["in a package that is called app", "packages/app/src/pages/api/a.ts", API, { "package.json": "{}", "packages/app/package.json": NEXT }, ["/api/a"]],
    ["in a package that is called app, at the top", "app/pages/api/a.ts", API, { "package.json": "{}", "app/package.json": NEXT }, ["/api/a"]],
    ["in a package that is called app, with the app router", "app/app/api/a/route.ts", ROUTE, { "package.json": "{}", "app/package.json": NEXT }, ["POST /api/a"]],
    ["in a folder with a configuration of its own", "demo/app/api/a/route.ts", ROUTE, { ...here, "demo/next.config.mjs": "export default {};\n" }, ["POST /api/a"]],
    ["in a package that does not depend on Next.js", "lib/app/api/a/route.ts", ROUTE, { "package.json": "{}", "app/page.tsx": "" }, ["POST /api/a"]],
    ["is not in other folders", "lib/app/api/a/route.ts", ROUTE, here, []],
    ["is not in other folders beside src", "lib/pages/api/a.ts", API, { "package.json": NEXT, "src/app/page.tsx": "" }, []],
  ] as const)("%s", (_, file, code, files, titles) => {
    expect(handlersOf(file, code, files).map(({ title }) => title)).toEqual(titles);
  });
});

describe("covers", () => {
  it.each([
    [undefined, "/a", true],
    ["*", "/a", true],
    ["/", "/a", true],
    ["/*", "/a/b", true],
    ["/api", "/api/a", true],
    ["/api/*", "/api/a", true],
    ["/api/*", "/api", true],
    ["/api", "/apiary", false],
    ["/api/*", "/auth", false],
    ["/api/a/b", "/api/a", false],
  ])("%s for %s: %s", (path, route, expected) => {
    expect(covers(path, route)).toBe(expected);
  });
});

describe("handlers of Next.js", () => {
  it("are the exports with a method's name, however they are written", () => {
    const code = `
      export const GET = () => new Response(), helper = 1;
      export function POST() {}
      const remove = () => new Response();
      export { remove as DELETE };
      export const { PUT, PATCH: other } = { PUT() {}, PATCH() {} };
    `;
    expect(handlersOf("app/api/a/route.ts", code).map(({ title, at }) => `${title}: ${at}`).sort()).toEqual([
      "DELETE /api/a: remove as DELETE",
      "GET /api/a: GET",
      "POST /api/a: POST",
      "PUT /api/a: PUT",
    ]);
  });

  it("have the route of their folder", () => {
    expect(titles("src/app/(shop)/@modal/api/[id]/route.ts", "export function GET() {}")).toEqual(["GET /api/[id]"]);
    expect(titles("pages/api/notes/index.ts", "export default () => undefined;")).toEqual(["/api/notes"]);
  });

  it("are actions where a file or a function says so", () => {
    expect(titles("lib/a.ts", `"use server"; export async function one() {} export const two = async () => {}; async function not() { await one(); } void not;`)).toEqual([
      "server action one",
      "server action two",
    ]);
    expect(titles("lib/a.tsx", `const one = async () => { "use server"; }; const not = () => { void "use server"; }; void one; void not;`)).toEqual([
      "server action one",
    ]);
  });
});

describe("handlers of routers", () => {
  const express = 'import express from "express";\nconst app = express();\n';

  it("have the middleware that is registered before them", () => {
    const code = `${express}app.use(a); app.get("/x", b, c); app.use("/y", d, e); app.get("/x", f); app.get("/y/z", f);`;
    expect(handlersOf("app.ts", code)).toEqual([
      { title: "GET /x", before: 2, at: '"/x"' },
      { title: "GET /x", before: 1, at: '"/x"' },
      { title: "GET /y/z", before: 3, at: '"/y/z"' },
    ]);
  });

  it("stand in chains, in the order of the chain", () => {
    const code = 'import { Hono } from "hono";\nexport default new Hono().get("/a", x).use(y).post("/b", z);';
    expect(handlersOf("app.ts", code)).toEqual([
      { title: "GET /a", before: 0, at: '"/a"' },
      { title: "POST /b", before: 1, at: '"/b"' },
    ]);
  });

  it("share the path of route(), and what all() runs for it", () => {
    const code = `${express}app.route("/a").all(x).get(y).post(z); app.get("/a/b", y);`;
    expect(handlersOf("app.ts", code)).toEqual([
      { title: "ANY /a", before: 0, at: "all" },
      { title: "GET /a", before: 1, at: "get" },
      { title: "POST /a", before: 1, at: "post" },
      { title: "GET /a/b", before: 0, at: '"/a/b"' },
    ]);
  });

  it("have what runs before their router where it is mounted", () => {
    const router = `${express}const router = express.Router();\nrouter.get("/a", x);\n`;
    const beforeOf = (mount: string): number | undefined => handlersOf("app.ts", `${router}${mount}`)[0]?.before;
    expect(beforeOf('app.use(y); app.use("/api", router);')).toBe(1);
    expect(beforeOf('app.use("/api", y, z, router);')).toBe(2);
    expect(beforeOf('app.use("/api", router); app.use(y);')).toBe(0);
    expect(beforeOf('app.use("/other", y); app.use("/api", router);')).toBe(0);
    expect(beforeOf('app.use("/api/a", y); app.use("/api", router);')).toBe(1);
    // Mounted twice, once in the open.
    expect(beforeOf('app.use("/v1", y, router); app.use("/v2", router);')).toBe(0);
    expect(beforeOf('const outer = express.Router(); app.use(y); app.use(outer); outer.use(z); outer.use(router);')).toBe(2);
  });

  it("are found behind require()", () => {
    expect(titles("app.cjs", 'const express = require("express");\nexpress().delete("/a", (req, res) => res.end());')).toEqual(["DELETE /a"]);
  });

  it("are not calls of the same name on something else", () => {
    expect(titles("app.ts", `${express}const map = new Map(); map.get("/a"); app.get("setting"); client.post("/b", x);`)).toEqual([]);
  });
});
