/*
 * npm run bench [-- FOLDER …] [--growth] [--markdown]
 *
 * Rule time over parse time, as ESLint's own `stats` measures them, with every rule of the strict preset on, beside
 * the plugins of scripts/rivals.mjs on the same files in the same process; then, for each plugin, a process of its own
 * over all of these files: its whole time beyond that of ESLint without rules, and its peak of memory. Without folders it
 * takes the example app (files that touch Upstash) and the published code of hono (files that do not); with folders,
 * each is a checkout whose files are sorted into the two groups by whether their text names Upstash.
 *
 * Cold: the module graph knows none of the files. Warm: every file has been asked about before. The engine's compiler
 * is warmed up on a copy in another folder first, so that the two differ in nothing else.
 *
 *   --growth    Instead: whole processes over 500, 1,000, 2,000, 4,000 and 8,000 files, made of copies of the folders.
 *   --markdown  Prints the tables as docs/performance.md holds them.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { ESLint } from "eslint";
import parser from "@typescript-eslint/parser";
import { rivals, WITHOUT_RULES } from "./rivals.mjs";

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
const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    growth: { type: "boolean", default: false },
    markdown: { type: "boolean", default: false },
    /** For this script's own use: lints the files named on standard input with one plugin, in this process. */
    plugin: { type: "string" },
  },
});

const CONFIGS = await rivals(upstash, { quiet: options.plugin !== undefined });

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
  table(title, rows);
  const all = relative.map((file) => path.join(copies[1], file));
  table(`${title}: a process each, ${all.length} files`, processes(copies[1], all));
  for (const copy of copies) rmSync(path.dirname(copy), { recursive: true, force: true });
}

function table(title, rows) {
  if (!options.markdown) {
    console.log(`\n${title}`);
    console.table(rows);
    return;
  }
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const heads = Object.keys(rows[0] ?? {});
  console.log(`\n### ${title}\n\n${[line(heads), line(heads.map(() => "---")), ...rows.map((row) => line(heads.map((head) => row[head])))].join("\n")}`);
}

/** A process of its own for each plugin, and one without rules; the faster of two, because other programs take time. */
function processes(cwd, files, names = Object.keys(CONFIGS)) {
  const run = (plugin) => {
    const runs = [0, 1].map(() => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), "--plugin", plugin], { input: JSON.stringify({ cwd, files }), encoding: "utf8", maxBuffer: 2 ** 28 });
      if (status !== 0) throw new Error(stderr);
      return JSON.parse(stdout);
    });
    return runs.reduce((best, one) => (one.cpu < best.cpu ? one : best));
  };
  const bare = run(WITHOUT_RULES);
  return [
    { plugin: WITHOUT_RULES, files: files.length, "CPU s": (bare.cpu / 1000).toFixed(1), "more than without rules": "", "peak MiB": bare.memory },
    ...names.map((plugin) => {
      const { cpu, memory } = run(plugin);
      return { plugin, files: files.length, "CPU s": (cpu / 1000).toFixed(1), "more than without rules": percent(cpu - bare.cpu, bare.cpu), "peak MiB": memory };
    }),
  ];
}

/** Lints in this process, and prints what it took. */
async function runOne(name) {
  const { cwd, files } = JSON.parse(await new Response(process.stdin).text());
  await measure(name === WITHOUT_RULES ? [] : CONFIGS[name], cwd, files);
  const { user, system } = process.cpuUsage();
  process.stdout.write(JSON.stringify({ cpu: (user + system) / 1000, memory: Math.round(process.resourceUsage().maxRSS / 1024) }));
}

const SIZES = [500, 1000, 2000, 4000, 8000];

/** Projects that grow: whole copies of the folders, side by side in one repository, until there are enough files. */
function grow(sources) {
  const home = mkdtempSync(path.join(tmpdir(), "upstash-bench-growth-"));
  mkdirSync(path.join(home, ".git"));
  const files = [];
  for (let copy = 0; files.length < SIZES.at(-1); copy++) {
    for (const source of sources) {
      const to = path.join(home, `${path.basename(source)}-${copy}`);
      cpSync(source, to, { recursive: true, filter: (from) => !from.slice(source.length).includes("node_modules") });
      files.push(...sourceFiles(to));
    }
  }
  for (const size of SIZES) table(`${size} files`, processes(home, files.slice(0, size)));
  rmSync(home, { recursive: true, force: true });
}

/** Milliseconds that importing a module takes in a new process; the smallest of several. */
function importTime(specifier) {
  const code = `const t = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - t)`;
  const times = Array.from({ length: 7 }, () => Number(spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" }).stdout));
  return Math.min(...times);
}

/** Without folders: an app on Upstash, and code that does not touch it. */
const DEFAULTS = [
  ["example app", path.join(root, "example")],
  ["hono, as published", path.join(root, "node_modules/hono")],
];

if (options.plugin) await runOne(options.plugin);
else {
  const compared = folders.length > 0 ? folders.map((folder) => [path.basename(folder), path.resolve(folder)]) : DEFAULTS;
  if (options.growth) grow(compared.map(([, folder]) => folder));
  else for (const [title, folder] of compared) await compare(title, folder);
  const empty = importTime("data:text/javascript,");
  console.log(`\nImport of the plugin over an empty module: ${(importTime(pluginFile) - empty).toFixed(1)} ms`);
}
