import path from "node:path";
import parser from "@typescript-eslint/parser";
import { Linter, type Rule } from "eslint";
import { fileOf, type FileModel } from "../../src/model/file.ts";
import { project, type ProjectFiles } from "../helpers/project.ts";

/**
 * Hands a file's model to `read` while the file is being linted, as a rule gets it.
 * @param filename relative to the project's root, among `files`
 */
export function withModel<Result>(files: ProjectFiles, filename: string, read: (file: FileModel) => Result): Result {
  const cwd = project(files);
  const results: Result[] = [];
  const rule: Rule.RuleModule = {
    create: (context) => ({
      Program() {
        results.push(read(fileOf(context as never)));
      },
    }),
  };
  const messages = new Linter({ configType: "flat", cwd }).verify(
    files[filename] ?? "",
    {
      files: ["**"],
      languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      plugins: { model: { rules: { read: rule } } },
      rules: { "model/read": "error" },
    },
    { filename: path.join(cwd, filename) },
  );
  const [result] = results;
  if (result === undefined) throw new Error(`The model of ${filename} was not read: ${messages[0]?.message ?? "no message"}`);
  return result;
}
