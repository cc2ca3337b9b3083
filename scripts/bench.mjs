/*
 * npm run bench [-- FOLDER …]
 *
 * Rule time over parse time, as ESLint's own `stats` measures them, with every rule of the strict preset on, beside
 * eslint-plugin-security and eslint-plugin-no-unsanitized on the same files in the same process. Without folders it
 * takes the example app (files that touch Upstash) and the published code of hono (files that do not); with folders,
 * each is a checkout whose files are sorted into the two groups by whether their text names Upstash.
 *
 * Cold: the module graph knows none of the files. Warm: every file has been asked about before. The engine's compiler
 * is warmed up on a copy in another folder first, so that the two differ in nothing else.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ESLint } from "eslint";
import parser from "@typescript-eslint/parser";
import noUnsanitized from "eslint-plugin-no-unsanitized";
import security from "eslint-plugin-security";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const pluginFile = pathToFileURL(path.join(root, "dist/index.js")).href;
const { default: upstash } = await import(pluginFile);

const SOURCE = /\.[cm]?[jt]sx?$/;
const TOUCHES = /upstash|@vercel\/kv|KV_REST_API|QSTASH/i;
const SKIPPED = new Set(["node_modules", "dist", ".next", "build", "public", ".git", "vendor"]);

function* sourceFiles(folder, skipped = SKIPPED) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && !skipped.has(entry.name)) yield* sourceFiles(file, skipped);
    else if (entry.isFile() && SOURCE.test(entry.name) && !entry.name.endsWith(".d.ts") && statSync(file).size < 200_000) yield file;
  }
}

const languageOptions = { parser, parserOptions: { ecmaFeatures: { jsx: true } } };
const CONFIGS = {
  "eslint-plugin-upstash (strict)": upstash.configs.strict,
  "eslint-plugin-security": security.configs.recommended,
  "eslint-plugin-no-unsanitized": noUnsanitized.configs.recommended,
};

async function measure(config, cwd, files) {
  const eslint = new ESLint({
    cwd,
    stats: true,
    overrideConfigFile: true,
    ignore: false,
    allowInlineConfig: false,
    overrideConfig: [config, { files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"], languageOptions }].flat(),
  });
  let parse = 0;
  let rules = 0;
  for (const { stats } of await eslint.lintFiles(files)) {
    for (const pass of stats?.times.passes ?? []) {
      parse += pass.parse.total;
      for (const rule of Object.values(pass.rules ?? {})) rules += rule.total;
    }
  }
  return { parse, rules };
}

const percent = (part, whole) => `${((100 * part) / whole).toFixed(2)}%`;

async function compare(title, folder) {
  const groups = { "files that touch Upstash": [], "files that do not": [] };
  const relative = [...sourceFiles(folder, new Set([...SKIPPED].filter((name) => !folder.includes("node_modules") || name !== "dist")))].map((file) => path.relative(folder, file));
  for (const file of relative) {
    const touches = TOUCHES.test(readFileSync(path.join(folder, file), "utf8"));
    groups[touches ? "files that touch Upstash" : "files that do not"].push(file);
  }
  const copies = ["warm-up", "measured"].map((name) => {
    const copy = path.join(mkdtempSync(path.join(tmpdir(), `upstash-bench-${name}-`)), "app");
    cpSync(folder, copy, { recursive: true, filter: (from) => !from.slice(folder.length).includes("node_modules") });
    // the project's root is where its repository begins
    mkdirSync(path.join(copy, ".git"), { recursive: true });
    const modules = path.join(folder, "node_modules");
    if (existsSync(modules)) symlinkSync(modules, path.join(copy, "node_modules"));
    return copy;
  });
  const rows = [];
  for (const [group, files] of Object.entries(groups)) {
    if (files.length === 0) continue;
    for (const [name, config] of Object.entries(CONFIGS)) {
      const at = (copy) => files.map((file) => path.join(copy, file));
      for (let round = 0; round < 2; round++) await measure(config, copies[0], at(copies[0]));
      const cold = await measure(config, copies[1], at(copies[1]));
      const warm = await measure(config, copies[1], at(copies[1]));
      rows.push({
        group: `${group} (${files.length})`,
        plugin: name,
        "parse ms": Math.round(warm.parse),
        "cold: rules/parse": percent(cold.rules, cold.parse),
        "warm: rules/parse": percent(warm.rules, warm.parse),
      });
    }
  }
  for (const copy of copies) rmSync(path.dirname(copy), { recursive: true, force: true });
  console.log(`\n${title}`);
  console.table(rows);
}

/** Milliseconds that importing a module takes in a new process; the smallest of several. */
function importTime(specifier) {
  const code = `const t = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - t)`;
  const times = Array.from({ length: 7 }, () => Number(spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" }).stdout));
  return Math.min(...times);
}

const folders = process.argv.slice(2);
if (folders.length > 0) for (const folder of folders) await compare(path.basename(folder), path.resolve(folder));
else {
  await compare("example app", path.join(root, "example"));
  await compare("hono, as published", path.join(root, "node_modules/hono"));
}
const empty = importTime("data:text/javascript,");
console.log(`\nImport of the plugin over an empty module: ${(importTime(pluginFile) - empty).toFixed(1)} ms`);
