import { beforeAll, describe, expect, test } from "vitest";
import { Pass } from "../../src/project/disk.ts";
import { projectAt } from "../../src/project/project.ts";
import { importersOf } from "../../src/project/source-files.ts";
import { Tree } from "./tree.ts";

const CALL = 'import { act } from "./actions";\n\nact();\n';
const APP = {
  "package.json": { private: true, workspaces: ["apps/*", "packages/*"] },
  "apps/web/package.json": { name: "web", dependencies: { next: "^16.0.0" } },
  "apps/web/actions.ts": "export const act = () => 1;\n",
  "apps/web/page.ts": CALL,
  "apps/web/shell.ts": "export const shell = () => 1;\n",
};

/** What imports the action, of a project with more files than are gone through. */
function importersIn(tree: Tree, files: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  tree.write(files);
  const found = importersOf(tree.at("apps/web/actions.ts"), projectAt(tree.top, new Pass()));
  for (const file of Object.keys(files)) tree.remove(file);
  return found?.map((file) => file.slice(tree.top.length + 1).replaceAll("\\", "/"));
}

describe("importers in a project with more files than are gone through", () => {
  let tree: Tree;

  beforeAll(() => {
    tree = new Tree(Object.fromEntries(Array.from({ length: 5001 }, (_, at) => [`filler/f${String(at)}.ts`, ""])));
  });

  test("of an app that no package depends on, they stand in the app", () => {
    expect(importersIn(tree, APP)).toEqual(["apps/web/page.ts"]);
  });

  test("of an app without a name, beside packages that depend on each other", () => {
    const files = {
      ...APP,
      "apps/web/package.json": { dependencies: { "@acme/ui": "workspace:*" } },
      "packages/ui/package.json": { name: "@acme/ui", dependencies: { "@acme/db": "workspace:*" } },
      "packages/db/package.json": { name: "@acme/db" },
    };
    expect(importersIn(tree, files)).toEqual(["apps/web/page.ts"]);
  });

  test("in a pnpm workspace", () => {
    const files = { ...APP, "package.json": { private: true }, "pnpm-workspace.yaml": 'packages:\n  - "apps/*"\n' };
    expect(importersIn(tree, files)).toEqual(["apps/web/page.ts"]);
  });

  test("not known of a package that another one depends on", () => {
    expect(importersIn(tree, { ...APP, "apps/admin/package.json": { name: "admin", dependencies: { web: "workspace:*" } } })).toBeUndefined();
  });

  test("not known of a package that the root depends on", () => {
    expect(importersIn(tree, { ...APP, "package.json": { workspaces: ["apps/*"], devDependencies: { web: "*" } } })).toBeUndefined();
  });

  test("not known of a package that another one links under a name of its own", () => {
    expect(importersIn(tree, { ...APP, "apps/admin/package.json": { name: "admin", dependencies: { site: "link:../web" } } })).toBeUndefined();
  });

  test("not known of a package that another one depends on under a name of its own", () => {
    expect(importersIn(tree, { ...APP, "apps/admin/package.json": { dependencies: { site: "workspace:web@*" } } })).toBeUndefined();
  });

  test("not known without a workspace, where nobody lists the packages", () => {
    expect(importersIn(tree, { ...APP, "package.json": { private: true } })).toBeUndefined();
  });

  test("not known of a file that stands in no package but the root", () => {
    const files = Object.fromEntries(Object.entries(APP).filter(([file]) => file !== "apps/web/package.json"));
    expect(importersIn(tree, files)).toBeUndefined();
  });
});
