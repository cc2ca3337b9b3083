import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint/universal";
import upstash from "eslint-plugin-upstash";
import { projectInMemory } from "eslint-plugin-upstash/browser";
import * as path from "pathe";
import type { Finding, Mend, Request, Response, Rules } from "./protocol.ts";

const ROOT = "/project";

/** Without it, the parser asks Node.js for the working directory. */
const NO_DISK = { tsconfigRootDir: ROOT };

const project = projectInMemory({
  path: path,
  parse: (text, { filePath, jsx }) => parser.parse(text, { ...NO_DISK, filePath, range: true, ecmaFeatures: { jsx } }),
});

const linter = new Linter({ configType: "flat", cwd: ROOT });

/** What every project has unless it brings its own: the Next.js app that the examples of the docs stand in. */
const DEFAULTS: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({
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
  "tsconfig.json": JSON.stringify({ compilerOptions: { jsx: "preserve", paths: { "@/*": ["./*"] } } }),
};

/** Lints one file of a project in memory. Never throws. */
export function lint({ id, files, name, rules, settings, fix }: Request): Response {
  const text = files[name] ?? "";
  const write = (all: Readonly<Record<string, string>>): void =>
    project.setFiles(Object.fromEntries(Object.entries({ ...DEFAULTS, ...all }).map(([file, content]) => [`${ROOT}/${file}`, content])));
  try {
    const config: Linter.Config[] = [
      {
        files: ["**"],
        languageOptions: { parser, parserOptions: { ...NO_DISK, ecmaFeatures: { jsx: /\.[jt]sx$|\.[mc]?js$/u.test(name) } } },
        plugins: { upstash },
        rules: rulesOf(rules),
        settings: { upstash: settings },
      },
    ];
    const options = { filename: `${ROOT}/${name}` };
    write(files);
    const findings = linter.verify(text, config, options).map((message) => findingOf(text, message));
    const fixed = fix ? linter.verifyAndFix(text, config, options).output : undefined;
    return { id, findings, fixed, error: undefined };
  } catch (error) {
    return { id, findings: [], fixed: undefined, error: messageOf(error) };
  }
}

function rulesOf(rules: Rules): Linter.RulesRecord {
  if (typeof rules === "string") return upstash.configs[rules].rules;
  return Object.fromEntries(Object.entries(rules).map(([name, options]) => [`upstash/${name}`, ["error", ...options]]));
}

function findingOf(text: string, message: Linter.LintMessage): Finding {
  // An error of the parser may have no place.
  const { line = 1, column = 1 } = message as Partial<Linter.LintMessage>;
  const from = offsetOf(text, line, column);
  const end = message.endLine === undefined ? from : offsetOf(text, message.endLine, message.endColumn ?? column);
  const fixes = message.fix ? [{ title: "Fix", fix: message.fix }] : [];
  const suggestions = (message.suggestions ?? []).map(({ desc, fix }) => ({ title: desc, fix }));
  return {
    from,
    to: Math.max(from, end),
    line,
    column,
    message: message.message,
    rule: message.ruleId?.replace(/^upstash\//u, "") ?? undefined,
    mends: [...fixes, ...suggestions].map(({ title, fix }): Mend => ({ title, from: fix.range[0], to: fix.range[1], text: fix.text })),
  };
}

/** @param line counted from 1, as is the column */
function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let n = 1; n < line; n++) start = text.indexOf("\n", start) + 1;
  return Math.min(start + column - 1, text.length);
}

/** Without ESLint's stack of where a rule was loaded. */
function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\nOccurred while linting")[0] ?? text;
}
