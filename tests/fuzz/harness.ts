import path from "node:path";
import { runInThisContext } from "node:vm";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { parseSync } from "oxc-parser";

/** What the fuzz tests need of the plugin: the one in `src`, or a built one. */
export interface FuzzedPlugin {
  readonly rules: Readonly<Record<string, unknown>>;
  readonly configs: { readonly strict: { readonly rules: object } };
}

/** Milliseconds for a test over many texts, which take about 30 s of CPU: a machine may be busy. */
export const TIMEOUT = 600_000;

/** Milliseconds of CPU that a file may take with all rules on. Generous: it is there to find what takes far too long. */
const MAX_TIME = 20_000;

/**
 * Lints texts as files of a project with every rule, each as the strict preset sets it, and says what no text may
 * bring about.
 */
export class Harness {
  /** Texts that were linted, and those of them that parsed, so that rules saw them. */
  linted = 0;
  parsed = 0;
  findings = 0;
  readonly #patience: number;
  readonly #cwd: string;
  readonly #linter: Linter;
  readonly #config: Linter.Config;

  /** @param patience milliseconds that a file is given; generous, because a machine may be busy */
  constructor(plugin: FuzzedPlugin, cwd: string, patience = 120_000) {
    this.#patience = patience;
    this.#cwd = cwd;
    this.#linter = new Linter({ configType: "flat", cwd });
    this.#config = {
      files: ["**"],
      languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      linterOptions: { reportUnusedDisableDirectives: "off" },
      plugins: { upstash: { rules: plugin.rules as never } },
      rules: plugin.configs.strict.rules,
    };
  }

  /**
   * What is wrong: a rule throws or takes too long, a report or an edit lies outside the file, or an edit makes code
   * that does not parse of code that does. Nothing for text that does not parse, and for text that is reported well.
   */
  problems(filename: string, code: string): string[] {
    this.linted++;
    const before = process.cpuUsage();
    const problems: string[] = [];
    let messages: Linter.LintMessage[];
    try {
      messages = interruptible(this.#patience, () => this.#linter.verify(code, this.#config, { filename: path.join(this.#cwd, filename), allowInlineConfig: false }));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return ["does not end"];
      return [`throws ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
    }
    const { user, system } = process.cpuUsage(before);
    const time = (user + system) / 1000;
    if (time > MAX_TIME) problems.push(`takes ${Math.round(time)} ms`);
    if (messages.some(({ fatal }) => fatal)) return problems;
    this.parsed++;
    this.findings += messages.length;
    const lines = code.split(/\r\n|[\n\r\u2028\u2029]/u);
    const isInside = (line: number, column: number): boolean => line >= 1 && column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1;
    const tried = new Set<string>();
    for (const message of messages) {
      const { ruleId, line, column, endLine = line, endColumn = column, fix, suggestions = [] } = message;
      const label = `${ruleId ?? "?"} (${message.messageId ?? "?"}) at ${line}:${column}`;
      if (!isInside(line, column) || !isInside(endLine, endColumn)) problems.push(`${label} to ${endLine}:${endColumn} is outside the file`);
      if (/\{\{|\bundefined\b.+\bundefined\b|\[object /u.test(message.message)) problems.push(`${label} says: ${message.message}`);
      for (const edit of [...(fix ? [fix] : []), ...suggestions.map((suggestion) => suggestion.fix)]) {
        const { range: [from, to], text } = edit;
        const key = `${from} ${to} ${text}`;
        if (tried.has(key)) continue;
        tried.add(key);
        if (!(from >= 0 && from <= to && to <= code.length)) problems.push(`${label} edits ${from} to ${to}`);
        const output = code.slice(0, from) + text + code.slice(to);
        const error = syntaxError(filename, output);
        if (error !== undefined && syntaxError(filename, code) === undefined) problems.push(`${label} makes code that does not parse (${error}): ${JSON.stringify(code.slice(from, to))} after ${JSON.stringify(code.slice(Math.max(0, from - 80), from))} became ${JSON.stringify(text)}`);
      }
    }
    return problems;
  }
}

/** What a function answers. Throws where it has not ended in time: what never ends, no test's own timeout can stop. */
function interruptible<T>(timeout: number, fn: () => T): T {
  const globals = globalThis as { runInterruptible?: (() => T) | undefined };
  globals.runInterruptible = fn;
  try {
    return runInThisContext("runInterruptible()", { timeout, displayErrors: false }) as T;
  } finally {
    globals.runInterruptible = undefined;
  }
}

/**
 * What is wrong with a text's syntax; undefined where nothing is. Asked of a parser that is much faster than
 * typescript-eslint's, and stricter: it says nothing of a file only where it accepts what the file was before.
 */
function syntaxError(filename: string, code: string): string | undefined {
  const { errors } = parseSync(filename, code, { lang: /\.[cm]?ts$/u.test(filename) ? "ts" : "tsx" });
  return errors[0]?.message;
}
