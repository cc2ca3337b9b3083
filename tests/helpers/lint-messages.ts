import path from "node:path";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import type { UpstashRule } from "../../src/create-rule.ts";
import { project, type ProjectFiles } from "./project.ts";

/** The messages of one rule for one file of a project; throws where the file does not parse. */
export function lintMessages<Id extends string, Options extends object>(
  name: string,
  rule: UpstashRule<Id, Options>,
  files: ProjectFiles,
  filename: string,
  options?: Partial<Options>,
): readonly string[] {
  const cwd = project(files);
  const messages = new Linter({ configType: "flat", cwd }).verify(
    files[filename] ?? "",
    {
      files: ["**/*.ts", "**/*.tsx"],
      languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      plugins: { upstash: { rules: { [name]: rule as never } } },
      rules: { [`upstash/${name}`]: ["error", ...(options ? [options] : [])] },
    },
    { filename: path.join(cwd, filename) },
  );
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new Error(`${filename}: ${fatal.message}`);
  return messages.map(({ message }) => message);
}
