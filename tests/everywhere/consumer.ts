import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { ESLint } from "eslint";
import { afterAll, inject } from "vitest";
import { PROJECT_DEFAULTS, writeFiles, type ProjectFiles } from "../helpers/project.ts";
import { repositoryRoot } from "../helpers/root.ts";

/** The versions of ESLint that the plugin is tried with, and the folder in whose node_modules each stands. */
export const ESLINTS = {
  "9.38": "tests/eslint-floor",
  "9": "tests/versions/eslint-9",
  "10.0": "tests/versions/eslint-10.0",
  "10": ".",
} as const;

export type EslintVersion = keyof typeof ESLINTS;

export interface ConsumerOptions {
  readonly files: ProjectFiles;
  readonly eslint?: EslintVersion;
  /** What the project has installed beside ESLint and the plugin. */
  readonly packages?: readonly string[];
  /** Folder, relative to the repository, in whose node_modules `packages` are looked for first. */
  readonly from?: string;
}

/** What every consumer of these tests has: a git repository's root, and what `app/` imports. */
const DEFAULTS: ProjectFiles = { ".git/HEAD": "ref: refs/heads/main\n", ...PROJECT_DEFAULTS };

/**
 * A project of somebody who has installed the tarball: `node_modules` holds its unpacked files and not this repository,
 * links to its `dependencies` and no other package of ours, the ESLint that is asked for, and `packages`.
 * The folder goes when the test file ends.
 */
export function consumer({ files, eslint = "10", packages = [], from = "tests/everywhere" }: ConsumerOptions): string {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), "upstash-consumer-")));
  folders.push(root);
  writeFiles(root, { ...DEFAULTS, ...files });
  const modules = path.join(root, "node_modules");
  const plugin = path.join(modules, "eslint-plugin-upstash");
  cpSync(inject("unpacked"), plugin, { recursive: true });
  const manifest = JSON.parse(readFileSync(path.join(plugin, "package.json"), "utf8")) as { dependencies: Record<string, string> };
  link(modules, "eslint", installed("eslint", ESLINTS[eslint]));
  for (const name of Object.keys(manifest.dependencies)) link(modules, name, installed(name));
  for (const name of packages) if (!existsSync(path.join(modules, name))) link(modules, name, installed(name, from, eslintFolder(eslint)));
  return root;
}

const eslintFolder = (version: EslintVersion): string => ESLINTS[version];

/** Where a package stands: in the node_modules of the first folder that has it, at last of the repository's root. */
export function installed(name: string, ...folders: readonly string[]): string {
  for (const folder of [...folders, "."]) {
    const found = path.join(repositoryRoot, folder, "node_modules", name);
    if (existsSync(found)) return realpathSync(found);
  }
  throw new Error(`${name} is not installed`);
}

function link(modules: string, name: string, target: string): void {
  const at = path.join(modules, name);
  mkdirSync(path.dirname(at), { recursive: true });
  symlinkSync(target, at, "junction");
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  /** The Node.js to run it with, instead of the one that runs the tests. */
  readonly node?: string;
}

/** The environment without what the test runner sets for itself. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(?:NODE_OPTIONS|NODE_ENV|VITEST.*|FORCE_COLOR)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name))) as NodeJS.ProcessEnv;
}

/** Runs a script with its arguments, as a command line would. */
export function run([script, ...args]: readonly [script: string, ...args: string[]], { cwd, node = process.execPath }: RunOptions): Run {
  const { status, stdout, stderr } = spawnSync(node, [script, ...args], { cwd, encoding: "utf8", env: { ...ownEnvironment(), NO_COLOR: "1" } });
  return { status, stdout, stderr };
}

/** The command line of the ESLint that a consumer has installed. */
export const eslintBin = (root: string): string => path.join(root, "node_modules/eslint/bin/eslint.js");

/** Runs the consumer's `eslint`. */
export const runEslint = (root: string, args: readonly string[], options: Partial<RunOptions> = {}): Run =>
  run([eslintBin(root), ...args], { cwd: root, ...options });

/**
 * Lints with the consumer's `eslint` and its JSON formatter.
 * @returns one line a finding: file without extension, line, rule. What a crash wrote to stderr fails the test.
 */
export function findings(root: string, args: readonly string[] = ["."], options: Partial<RunOptions> = {}): readonly string[] {
  const { stdout, stderr } = runEslint(root, ["--format", "json", ...args], options);
  if (stderr !== "" && !stdout.startsWith("[")) throw new Error(stderr);
  return listed(root, JSON.parse(stdout) as ESLint.LintResult[]);
}

/** The lines of {@link findings}. */
export function listed(root: string, results: readonly ESLint.LintResult[]): readonly string[] {
  return [...results]
    .sort((a, b) => (a.filePath < b.filePath ? -1 : 1))
    .flatMap(({ filePath, messages }) => {
      const file = path.relative(root, filePath).replaceAll(path.sep, "/").replace(/\.\w+$/, "");
      return messages.map(({ line, ruleId, message }) => `${file} ${String(line)} ${ruleId ?? message}`);
    });
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
