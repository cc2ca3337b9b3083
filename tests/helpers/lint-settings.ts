import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ESLint, type Linter } from "eslint";
import plugin from "../../src/index.ts";
import type { ProjectFiles } from "./project.ts";
import { repository } from "./repository.ts";

export interface SettingsCase {
  readonly files: ProjectFiles;
  /** What git tracks; all files where it is left out. */
  readonly tracked?: readonly string[];
  readonly preset?: "env" | "env-strict";
  /** `settings.upstash` */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** ESLint with a preset for files of settings and nothing else. */
export const eslintFor = (cwd: string, { preset = "env", settings = {} }: Omit<SettingsCase, "files"> = {}, Engine = ESLint): ESLint =>
  new Engine({
    cwd,
    overrideConfigFile: true,
    overrideConfig: [...(plugin.configs[preset] as Linter.Config[]), { settings: { upstash: settings } }],
    ignorePatterns: ["package.json", "tsconfig.json"],
  });

/** What is reported in a repository with these files, as `file:line:column rule/message`, in order. */
export async function reportsIn(testCase: SettingsCase): Promise<string[]> {
  const root = repository(testCase.files, testCase.tracked ?? Object.keys(testCase.files));
  return reportsOf(root, testCase);
}

export async function reportsOf(root: string, testCase: Omit<SettingsCase, "files">): Promise<string[]> {
  const results = await eslintFor(root, testCase).lintFiles(["."]);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, column, ruleId, messageId, message }) => {
      const what = ruleId === null ? message : `${ruleId.replace("upstash/", "")}/${String(messageId)}`;
      return `${path.relative(root, filePath).replaceAll("\\", "/")}:${String(line)}:${String(column)} ${what}`;
    }),
  );
}

export interface Mend {
  /** What the editor shows; `fix` for a fix. */
  readonly label: string;
  readonly output: string;
  /** Reports of the file once it is applied. */
  readonly after: readonly string[];
}

/** Every fix and suggestion of a file, each applied alone and linted again. */
export async function mendsOf(file: string, testCase: SettingsCase): Promise<readonly Mend[]> {
  const root = repository(testCase.files, testCase.tracked ?? Object.keys(testCase.files));
  const at = path.join(root, file);
  const [result] = await eslintFor(root, testCase).lintFiles([file]);
  const text = readFileSync(at, "utf8");
  const mends: Mend[] = [];
  for (const { fix, suggestions = [] } of result?.messages ?? []) {
    const edits = [...(fix ? [{ label: "fix", fix }] : []), ...suggestions.map((suggestion) => ({ label: suggestion.desc, fix: suggestion.fix }))];
    for (const { label, fix: { range: [start, end], text: inserted } } of edits) {
      const output = text.slice(0, start) + inserted + text.slice(end);
      writeFileSync(at, output);
      mends.push({ label, output, after: await reportsOf(root, testCase) });
    }
  }
  return mends;
}
