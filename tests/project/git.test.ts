import { execFileSync } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Pass } from "../../src/project/disk.ts";
import { gitStateOf } from "../../src/project/git.ts";
import { readIndex } from "../../src/project/git-index.ts";
import { project, writeFiles } from "../helpers/project.ts";
import { git, repository } from "../helpers/repository.ts";

const stateOf = (root: string, name: string): string | undefined => gitStateOf(path.join(root, name), new Pass());

describe("what git does with a file", () => {
  const files = { ".env": "A=1\n", ".env.local": "", "apps/web/.env": "", "apps/web/.env.production": "", "vendor/.env": "", ".gitignore": ".env.local\nvendor/\n" };

  it("is told by the index and the rules of the repository", () => {
    const root = repository(files, [".env", "apps/web/.env"]);
    expect(stateOf(root, ".env")).toBe("tracked");
    expect(stateOf(root, "apps/web/.env")).toBe("tracked");
    expect(stateOf(root, ".env.local")).toBe("ignored");
    expect(stateOf(root, "apps/web/.env.production")).toBe("untracked");
    expect(stateOf(root, "vendor/.env")).toBe("ignored");
    expect(stateOf(root, "not/there/.env")).toBe("untracked");
  });

  it("says that a file is tracked although rules name it", () => {
    const root = repository({ ...files, ".gitignore": ".env*\n" }, [".env"]);
    expect(stateOf(root, ".env")).toBe("tracked");
  });

  it.each<[string, string, Record<string, string>, string]>([
    ["a rule further down", "apps/web/.env", { "apps/.gitignore": ".env\n" }, "ignored"],
    ["a rule that takes one back", "apps/web/.env", { ".gitignore": ".env\n", "apps/web/.gitignore": "!.env\n" }, "untracked"],
    ["a rule that takes one back in an ignored directory", "apps/web/.env", { ".gitignore": "apps/\n", "apps/web/.gitignore": "!.env\n" }, "ignored"],
    ["a rule for the root only", "apps/web/.env", { ".gitignore": "/.env\n" }, "untracked"],
    ["a pattern with two stars", "apps/web/.env", { ".gitignore": "apps/**/.env\n" }, "ignored"],
    ["all but the samples", ".env.example", { ".gitignore": ".env*\n!.env.example\n", ".env.example": "" }, "untracked"],
    ["rules of Windows", ".env.local", { ".gitignore": "# local\r\n.env*.local\r\n" }, "ignored"],
    ["a comment", ".env", { ".gitignore": "#.env\n" }, "untracked"],
    ["rules of the clone alone", ".env", { ".git/info/exclude": ".env\n" }, "ignored"],
  ])("follows %s, as git does", (_, name, own, expected) => {
    const root = repository({ ...files, ".gitignore": "", ...own }, []);
    expect(stateOf(root, name)).toBe(expected);
    expect(git(root, "status", "--porcelain", "--ignored", "--", name).startsWith("!!")).toBe(expected === "ignored");
  });

  it.each([
    ["version 4", ["update-index", "--index-version=4"]],
    ["version 3", ["add", "--intent-to-add", "apps/web/.env.production"]],
  ])("reads an index of %s", (version, args) => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`src/${"a".repeat(index)}.ts`, String(index)]));
    const root = repository({ ...files, ...many }, [".env", "src"]);
    git(root, ...args);
    expect(stateOf(root, ".env")).toBe("tracked");
    expect(stateOf(root, `src/${"a".repeat(150)}.ts`)).toBe("tracked");
    expect(stateOf(root, "apps/web/.env.production")).toBe(version === "version 3" ? "tracked" : "untracked");
    expect(stateOf(root, "apps/web/.env")).toBe("untracked");
  });

  it("reads an index with hashes of SHA-256", () => {
    const root = project(files);
    git(root, "init", "--object-format=sha256");
    git(root, "add", "--force", ".env", "apps");
    expect(stateOf(root, ".env")).toBe("tracked");
    expect(stateOf(root, "apps/web/.env.production")).toBe("tracked");
    expect(stateOf(root, ".env.production")).toBe("untracked");
  });

  it("knows what a split index says, and not what it leaves out", () => {
    const root = repository(files, ["apps/web/.env"]);
    git(root, "update-index", "--split-index");
    git(root, "add", "--force", ".env");
    expect(stateOf(root, ".env")).not.toBe("untracked");
    expect(stateOf(root, "apps/web/.env")).not.toBe("untracked");
    expect(stateOf(root, ".env.local")).toBe("ignored");
  });

  it("knows work trees", () => {
    const root = repository({ ...files, ".git/info/exclude": ".env.mine\n" }, [".env", ".gitignore"]);
    git(root, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-m", "x");
    const tree = path.join(project(), "tree");
    git(root, "worktree", "add", tree);
    expect(stateOf(tree, ".env")).toBe("tracked");
    expect(stateOf(tree, ".env.local")).toBe("ignored");
    expect(stateOf(tree, ".env.mine")).toBe("ignored");
    expect(stateOf(tree, ".env.production")).toBe("untracked");
  });

  it("sees changes", () => {
    const root = repository(files, []);
    expect(stateOf(root, ".env")).toBe("untracked");
    git(root, "add", "--force", ".env");
    expect(stateOf(root, ".env")).toBe("tracked");
    git(root, "rm", "--cached", "--quiet", ".env");
    expect(stateOf(root, ".env")).toBe("untracked");
    appendFileSync(path.join(root, ".gitignore"), ".env\n");
    expect(stateOf(root, ".env")).toBe("ignored");
  });

  it("is unknown outside of a repository, and where git's files can't be read", () => {
    expect(stateOf(project(files), ".env")).toBeUndefined();
    expect(gitStateOf("<input>", new Pass())).toBeUndefined();
    const root = repository(files, [".env"]);
    writeFileSync(path.join(root, ".git/index"), "DIRC");
    expect(stateOf(root, ".env")).toBeUndefined();
    expect(stateOf(root, ".env.local")).toBe("ignored");
    const broken = project({ ...files, "sub/.git": "gitdir: ../nowhere\n", "sub/.env": "" });
    expect(stateOf(broken, "sub/.env")).toBeUndefined();
    writeFiles(broken, { "sub/.git": "" });
    expect(stateOf(broken, "sub/.env")).toBeUndefined();
  });
});

describe("an index", () => {
  it("never throws, whatever the bytes are", () => {
    const root = repository({ ".env": "", "a/b": "" }, [".env", "a"]);
    const whole = execFileSync("cat", [path.join(root, ".git/index")]);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), fc.nat(whole.length), (changes, length) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        readIndex(bytes.subarray(0, length));
        readIndex(bytes);
      }),
    );
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readIndex(bytes)));
  });
});
