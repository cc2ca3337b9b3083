import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { repositoryRoot } from "./root.ts";

export { repositoryRoot } from "./root.ts";

/** A project's files: path relative to its root, with `/` as separator, to content. */
export type ProjectFiles = Readonly<Record<string, string>>;

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** What every project has unless it brings its own: a Next.js app on Upstash with the usual path alias. */
export const PROJECT_DEFAULTS: ProjectFiles = {
  "package.json": json({
    name: "project",
    private: true,
    type: "module",
    dependencies: {
      "@upstash/qstash": "^2.0.0",
      "@upstash/ratelimit": "^2.0.0",
      "@upstash/redis": "^1.35.0",
      "@upstash/workflow": "^1.0.0",
      "@vercel/kv": "^3.0.0",
      next: "^16.0.0",
      react: "^19.0.0",
      "react-dom": "^19.0.0",
    },
  }),
  "tsconfig.json": json({
    compilerOptions: {
      lib: ["ES2023", "DOM", "DOM.Iterable"],
      module: "ESNext",
      moduleResolution: "bundler",
      jsx: "preserve",
      strict: true,
      noEmit: true,
      paths: { "@/*": ["./*"] },
    },
  }),
};

/** Adds files to a project, or writes them anew. */
export function writeFiles(root: string, files: ProjectFiles): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/**
 * Writes a project to a temporary folder and returns the folder's real path. It has {@link PROJECT_DEFAULTS} unless
 * `files` brings its own `package.json` or `tsconfig.json`, and this repository's `node_modules` through a link.
 * The folder goes when the test file ends.
 */
export function project(files: ProjectFiles = {}): string {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), "upstash-project-")));
  folders.push(root);
  writeFiles(root, { ...PROJECT_DEFAULTS, ...files });
  symlinkSync(path.join(repositoryRoot, "node_modules"), path.join(root, "node_modules"), "junction");
  return root;
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
