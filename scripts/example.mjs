/*
 * Shows the plugin at work: installs if needed, builds, and lints the app in example/ through its own eslint.config.ts.
 * The app carries mistakes on purpose, so findings are success: exit code 0. Nothing found is 1; a crash or a file that
 * cannot be parsed is 2.
 */
import path from "node:path";
import process from "node:process";
import { npm, root, setUp } from "./setup.mjs";

setUp();
npm("run", "build", "--silent");

try {
  const { ESLint } = await import("eslint");
  const eslint = new ESLint({ cwd: path.join(root, "example") });
  const results = await eslint.lintFiles(["."]);
  const formatter = await eslint.loadFormatter("stylish");
  console.log(await formatter.format(results));

  const messages = results.flatMap((result) => result.messages);
  const findings = messages.filter((message) => message.ruleId?.startsWith("upstash/"));
  console.log(`eslint-plugin-upstash: ${findings.length} findings in ${results.length} files of example/.`);
  if (messages.some((message) => message.fatal)) process.exitCode = 2;
  else if (findings.length === 0) process.exitCode = 1;
} catch (error) {
  console.error(error);
  process.exitCode = 2;
}
