/*
 * npm run memory -- FOLDER [--files 20000]
 *
 * Memory over many files: the heap after a collection, every 2,000 files, with every rule of the strict preset and
 * without any, each in a process of its own. What the plugin keeps is bounded, so its heap must stop to grow.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { root } from "./setup.mjs";
import { sourceFiles } from "./source-files.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { files: { type: "string", default: "20000" }, /** For this script's own use. */ run: { type: "string" } },
});
const STEP = 2000;
const MiB = 2 ** 20;

/** Heap in MiB after each step of files, and the peak of the process. */
async function run(folder, withRules) {
  const { default: plugin } = await import(pathToFileURL(path.join(root, "dist/index.js")).href);
  const config = [
    ...(withRules ? [plugin.configs.strict].flat() : []),
    { files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"], languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } } },
  ];
  const heaps = [];
  const linter = new Linter({ configType: "flat", cwd: folder });
  // What is held by weak references stays for as long as one job of the engine runs, and ESLint has one for each file.
  const job = () => new Promise((resolve) => setImmediate(resolve));
  const heap = async () => {
    await job();
    globalThis.gc();
    return Math.round(process.memoryUsage().heapUsed / MiB);
  };
  heaps.push(await heap());
  let count = 0;
  for (const file of sourceFiles(folder).slice(0, Number(options.files))) {
    const filename = path.join(folder, file);
    linter.verify(readFileSync(filename, "utf8"), config, { filename, allowInlineConfig: false });
    await job();
    if (++count % STEP === 0) heaps.push(await heap());
  }
  // ESLint keeps the last file
  linter.verify("", config, { filename: path.join(folder, "empty.ts") });
  heaps.push(await heap());
  process.stdout.write(JSON.stringify({ count, heaps, peak: Math.round(process.resourceUsage().maxRSS / 1024) }));
}

function runElsewhere(folder, mode) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", fileURLToPath(import.meta.url), folder, "--files", options.files, "--run", mode], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const folder = positionals[0] === undefined ? undefined : path.resolve(positionals[0]);
if (folder === undefined) {
  console.error("npm run memory -- FOLDER [--files 20000]");
  process.exitCode = 2;
} else if (options.run) await run(folder, options.run === "with");
else {
  const without = runElsewhere(folder, "without");
  const withRules = runElsewhere(folder, "with");
  console.table(withRules.heaps.map((heap, at) => ({ files: Math.min(at * STEP, withRules.count), "heap MiB without rules": without.heaps[at], "with all rules": heap })));
  console.log(`${withRules.count} files; peak of the process ${without.peak} MiB without rules, ${withRules.peak} MiB with all rules`);
}
