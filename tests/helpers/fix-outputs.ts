import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import type { ProjectFiles } from "./project.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder through which rule tests hand their outputs to `fix-types.test.ts`. */
    fixOutputs: string;
  }
}

/** What a fix or suggestion made of a test case. */
export interface FixOutput {
  readonly name: string;
  /** Relative to the case's project. */
  readonly filename: string;
  /** The case's code, whose own type errors are no fault of the fix. */
  readonly code: string;
  readonly output: string;
  readonly files: ProjectFiles;
  readonly typecheck: boolean;
}

/** The outputs of one rule, on their way to the type check. */
export class FixOutputs {
  readonly #outputs: FixOutput[] = [];
  readonly #file: string;

  constructor(rule: string, folder: string) {
    this.#file = path.join(folder, `${rule}-${process.pid}-${Date.now()}.json`);
  }

  add(output: FixOutput): void {
    this.#outputs.push(output);
  }

  write(): void {
    writeFileSync(this.#file, JSON.stringify(this.#outputs));
  }
}

/** All outputs collected in this run, by rule. */
export function readFixOutputs(folder: string): Map<string, FixOutput[]> {
  const byRule = new Map<string, FixOutput[]>();
  for (const file of readdirSync(folder)) {
    const rule = file.replace(/-\d+-\d+\.json$/, "");
    const outputs = JSON.parse(readFileSync(path.join(folder, file), "utf8")) as FixOutput[];
    byRule.set(rule, [...(byRule.get(rule) ?? []), ...outputs]);
  }
  return byRule;
}

/**
 * vitest's global set-up: a fresh folder for each run. vitest calls it once for each of its projects, in one process,
 * with a module of its own each, and they share the folder. (Not through the environment: the vitest that a tooling
 * test starts would inherit the folder, and remove it when it ends.)
 */
export default function setup(testProject: TestProject): () => void {
  const shared = globalThis as { upstashFixOutputs?: string };
  const folder = (shared.upstashFixOutputs ??= mkdtempSync(path.join(os.tmpdir(), "upstash-fix-outputs-")));
  testProject.provide("fixOutputs", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
