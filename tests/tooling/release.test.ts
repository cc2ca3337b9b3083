import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { describe, expect, it } from "vitest";
import { project, repositoryRoot } from "../helpers/project.ts";

const read = (name: string): string => readFileSync(path.join(repositoryRoot, name), "utf8");
const manifest = JSON.parse(read("package.json")) as { version: string; scripts: Record<string, string>; workspaces?: unknown };

describe("npm run release", () => {
  it("writes the version and the changelog, commits and tags", () => {
    const cwd = project({
      "package.json": `${JSON.stringify({ ...manifest, workspaces: undefined }, null, 2)}\n`,
      ".release-it.json": read(".release-it.json"),
      "CHANGELOG.md": "# Changelog\n\nWhat it follows.\n\n## [Unreleased]\n\n### Added\n\n- A rule.\n",
      ".gitignore": "node_modules\n",
    });
    const who = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@example.test", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@example.test" };
    const env = Object.assign({ ...process.env }, who);
    const git = (...args: string[]): string => execFileSync("git", args, { cwd, env, encoding: "utf8" }).trim();
    git("init", "--quiet", "--initial-branch", "main");
    git("add", "--all");
    git("commit", "--quiet", "--message", "before");
    expect(manifest.scripts["release"]).toBe("release-it");
    const bin = path.join(repositoryRoot, "node_modules/release-it/bin/release-it.js");
    const { status, stderr } = spawnSync(process.execPath, [bin, "9.9.9", "--ci", "--no-git.push", "--no-git.requireUpstream"], { cwd, env, encoding: "utf8" });
    expect(status, stderr).toBe(0);
    expect(git("tag")).toBe("v9.9.9");
    expect(git("log", "--format=%s")).toBe("Release 9.9.9\nbefore");
    expect(git("status", "--porcelain")).toBe("");
    expect(git("show", "HEAD:package.json")).toContain('"version": "9.9.9"');
    const day = new Date().toISOString().slice(0, 4);
    expect(git("show", "HEAD:CHANGELOG.md")).toMatch(new RegExp(`## \\[Unreleased\\]\\n\\n## \\[9\\.9\\.9\\] - ${day}-\\d\\d-\\d\\d\\n\\n### Added\\n\\n- A rule\\.`));
  });
});

/** What a workflow may write: to publish, it has to prove where it runs. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  "release.yml": ["id-token: write"],
  "site.yml": ["id-token: write", "pages: write"],
};

describe.each(readdirSync(path.join(repositoryRoot, ".github/workflows")))("the workflow %s", (name) => {
  const text = read(`.github/workflows/${name}`);

  it("runs what is there, with no more rights than it needs", () => {
    for (const [, script = ""] of text.matchAll(/npm (test|run [\w:-]+)/gu)) expect(Object.keys(manifest.scripts)).toContain(script.replace("run ", ""));
    expect(text).toMatch(/^permissions:\n {2}contents: read$/mu);
    expect((text.match(/[\w-]+: write$/gmu) ?? []).sort()).toEqual(WRITES[name] ?? []);
    expect(text).not.toMatch(/secrets\.|registry/u);
  });

  if (name === "release.yml") {
    it("publishes a tag of the version after all tests, with provenance", () => {
      expect(text).toMatch(/tags: \["v\*"\]/u);
      expect(text).toMatch(/id-token: write/u);
      expect(text.indexOf("npm test")).toBeLessThan(text.indexOf("npm publish --provenance"));
    });
  } else if (name === "ci.yml") {
    it("tests the oldest and newest of each Node.js that is supported", () => {
      for (const version of ["20.19.0", "22.13.0", "22", "24"]) expect(text).toContain(version);
    });
  }
});
