import path from "node:path";
import { describe, expect, it } from "vitest";
import { Pass } from "../../src/project/disk.ts";
import { findRoot, packageRoot, withoutLinks } from "../../src/project/root.ts";
import { Tree } from "./tree.ts";

function rootIn(tree: Tree, file: string, options: { rootDir?: string; cwd?: string } = {}): string | undefined {
  const root = findRoot(tree.at(file), { pass: new Pass(), ...options });
  return root === undefined ? undefined : path.relative(tree.top, root).replaceAll("\\", "/");
}

const FILE = "repo/packages/web/src/a.ts";

describe("findRoot", () => {
  it.each<[string, Record<string, unknown>, string]>([
    ["the nearest .git", { "repo/.git/HEAD": "", "repo/packages/web/package.json": {} }, "repo"],
    ["a .git file of a worktree", { "repo/.git": "gitdir: elsewhere" }, "repo"],
    [
      ".git before any workspace or lock file in it",
      { "repo/.git/HEAD": "", "repo/packages/web/package-lock.json": {}, "repo/packages/pnpm-workspace.yaml": "" },
      "repo",
    ],
    ["no .git beyond the nearest", { ".git/HEAD": "", "repo/.git/HEAD": "" }, "repo"],
    ["a pnpm workspace", { "repo/pnpm-workspace.yaml": "", "repo/packages/web/package.json": {} }, "repo"],
    ["an npm workspace", { "repo/package.json": { workspaces: ["packages/*"] } }, "repo"],
    ["a Yarn workspace", { "repo/package.json": { workspaces: { packages: ["packages/*"] } } }, "repo"],
    [
      "the workspace of a package with a lock file of its own",
      { "repo/package.json": { workspaces: ["packages/*"] }, "repo/packages/web/yarn.lock": "" },
      "repo",
    ],
    ["no package.json with an empty list", { "package.json": { workspaces: [] }, "repo/yarn.lock": "" }, "repo"],
    ["package-lock.json", { "repo/package-lock.json": {}, "repo/packages/web/package.json": {} }, "repo"],
    ["pnpm-lock.yaml", { "repo/pnpm-lock.yaml": "" }, "repo"],
    ["bun.lock", { "repo/bun.lock": "" }, "repo"],
    ["bun.lockb", { "repo/bun.lockb": "" }, "repo"],
    ["deno.lock", { "repo/deno.lock": "" }, "repo"],
    ["the nearest of two lock files", { "yarn.lock": "", "repo/packages/web/yarn.lock": "" }, "repo/packages/web"],
    [
      "the topmost package.json without a gap",
      { "package.json": {}, "repo/packages/package.json": {}, "repo/packages/web/package.json": {} },
      "repo/packages",
    ],
    ["a package.json further up", { "repo/package.json": {} }, "repo"],
    ["the file's own directory", {}, "repo/packages/web/src"],
  ])("finds %s", (_what, files, expected) => {
    expect(rootIn(new Tree({ [FILE]: "", ...files }), FILE)).toBe(expected);
  });

  it("takes the configured directory, relative to cwd or absolute", () => {
    const tree = new Tree({ [FILE]: "", "repo/.git/HEAD": "" });
    expect(rootIn(tree, FILE, { rootDir: "packages/web", cwd: tree.at("repo") })).toBe("repo/packages/web");
    expect(rootIn(tree, FILE, { rootDir: "./", cwd: tree.at("repo/packages") })).toBe("repo/packages");
    expect(rootIn(tree, FILE, { rootDir: `${tree.at("repo/packages")}/` })).toBe("repo/packages");
  });

  it("ignores a configured directory that the file is not in, or that nothing says relative to what", () => {
    const tree = new Tree({ [FILE]: "", "repo/.git/HEAD": "" });
    expect(rootIn(tree, FILE, { rootDir: "docs", cwd: tree.at("repo") })).toBe("repo");
    expect(rootIn(tree, FILE, { rootDir: "packages/we", cwd: tree.at("repo") })).toBe("repo");
    expect(rootIn(tree, FILE, { rootDir: "repo" })).toBe("repo");
  });

  it("takes a configured directory that is known by a link", () => {
    const tree = new Tree({ [FILE]: "", "repo/.git/HEAD": "", link: "-> repo" });
    expect(rootIn(tree, FILE, { rootDir: "packages/web", cwd: tree.at("link") })).toBe("repo/packages/web");
    expect(rootIn(tree, FILE, { rootDir: tree.at("link") })).toBe("repo");
  });

  it("knows nothing of text without a file", () => {
    for (const name of ["<input>", "__placeholder__.ts", ""]) {
      expect(findRoot(name, { pass: new Pass() })).toBeUndefined();
    }
  });

  it("sees a marker that comes and goes in the next pass", () => {
    const tree = new Tree({ [FILE]: "" });
    expect(rootIn(tree, FILE)).toBe("repo/packages/web/src");
    tree.write({ "repo/packages/web/package.json": {} });
    expect(rootIn(tree, FILE)).toBe("repo/packages/web");
    tree.write({ "repo/package.json": { workspaces: ["packages/*"] } });
    expect(rootIn(tree, FILE)).toBe("repo");
    tree.write({ "repo/package.json": {} });
    expect(rootIn(tree, FILE)).toBe("repo/packages/web");
    tree.remove("repo/packages/web/package.json");
    expect(rootIn(tree, FILE)).toBe("repo");
  });

  it("does not need the file to exist", () => {
    expect(rootIn(new Tree({ "repo/.git/HEAD": "" }), "repo/not/yet/saved.ts")).toBe("repo");
  });
});

describe("packageRoot", () => {
  it("is the nearest package.json directory within the root", () => {
    const tree = new Tree({ [FILE]: "", "package.json": {}, "repo/packages/web/package.json": {} });
    const find = (file: string, root: string) => packageRoot(tree.at(file), tree.at(root), new Pass());
    expect(find(FILE, "repo")).toBe(tree.at("repo/packages/web"));
    expect(find("repo/x.ts", "repo")).toBeUndefined();
    expect(find("repo/x.ts", "")).toBe(tree.top);
  });

  it("sees a package.json that is created later", () => {
    const tree = new Tree({ [FILE]: "" });
    expect(packageRoot(tree.at(FILE), tree.top, new Pass())).toBeUndefined();
    tree.write({ "repo/package.json": {} });
    expect(packageRoot(tree.at(FILE), tree.top, new Pass())).toBe(tree.at("repo"));
  });
});

describe("withoutLinks", () => {
  it("follows links on the way to a file, not the file itself", () => {
    const tree = new Tree({ [FILE]: "", link: "-> repo/packages", "repo/packages/web/src/b.ts": "-> a.ts" });
    const real = (file: string) => path.relative(tree.top, withoutLinks(tree.at(file), new Pass())).replaceAll("\\", "/");
    expect(real("link/web/src/a.ts")).toBe(FILE);
    expect(real("link/web/src/b.ts")).toBe("repo/packages/web/src/b.ts");
    expect(real(FILE)).toBe(FILE);
  });

  it("takes what is not there yet as it is given, below what is there", () => {
    const tree = new Tree({ [FILE]: "", link: "-> repo/packages" });
    const real = (file: string) => path.relative(tree.top, withoutLinks(tree.at(file), new Pass())).replaceAll("\\", "/");
    expect(real("link/new/folder/c.ts")).toBe("repo/packages/new/folder/c.ts");
    expect(withoutLinks("/nowhere/at/all.ts", new Pass())).toBe("/nowhere/at/all.ts");
    expect(withoutLinks("/a.ts", new Pass())).toBe("/a.ts");
  });
});
