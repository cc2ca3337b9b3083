import { execFileSync } from "node:child_process";
import { project, type ProjectFiles } from "./project.ts";

/** Runs git in a folder, without what the machine's own configuration says. */
export function git(cwd: string, ...args: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null", GIT_DIR: undefined, GIT_INDEX_FILE: undefined, GIT_WORK_TREE: undefined };
  return execFileSync("git", args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

/** A {@link project} that is a repository of git, with `tracked` added to it. Files below `.git/` may be among `files`. */
export function repository(files: ProjectFiles, tracked: readonly string[]): string {
  const root = project(files);
  git(root, "init", "--quiet");
  if (tracked.length > 0) git(root, "add", "--force", ...tracked);
  return root;
}
