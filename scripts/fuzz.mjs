/*
 * npm run fuzz [-- generated | mutated [FOLDER …] | tied [FOLDER …] | half-typed [FOLDER …] | syntax FOLDER …] [--seconds N] [--seed N]
 *
 * What the fuzz tests do in samples, at length, with the built plugin (`npm run build` first). Prints each text that
 * brings about what no text may, and ends with 1.
 *
 *   generated   Programs by the grammar of tests/fuzz/programs.ts, until the time is up.
 *   mutated     Programs of the repository, or of folders of checkouts as far as they name Upstash, with tokens
 *               and nodes deleted, doubled, swapped, wrapped and tied to each other, until the time is up.
 *   tied        Programs of the repository, or of its folders (example, docs, tests), each variable made of itself in
 *               every way. The time does not count.
 *   half-typed  Every program of the repository, or of its folders, cut at every place of its text. The time does not
 *               count.
 *   syntax      Every source file below a folder, such as the fixtures of typescript-eslint's AST specification: as it
 *               is, among statements that use Upstash, and with each of its expressions replaced by such a value.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { createJiti } from "jiti";
import { root } from "./setup.mjs";
import { sourceFiles } from "./source-files.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: "string", default: "60" }, seed: { type: "string" } },
});
const [mode = "generated", ...folders] = positionals;
const { default: plugin } = await import(pathToFileURL(path.join(root, "dist/index.js")).href);
const jiti = createJiti(import.meta.url);
const load = (name) => jiti.import(`../tests/fuzz/${name}.ts`);
const [{ Harness }, { programs }, { mutated, mutations, tied }, { exampleSources, pageSources, testSources }, { cuts }, { surroundings }] = await Promise.all(
  ["harness", "programs", "mutations", "sources", "half-typed", "syntax"].map(load),
);

const cwd = mkdtempSync(path.join(tmpdir(), "upstash-fuzz-"));
mkdirSync(path.join(cwd, "lib"));
writeFileSync(path.join(cwd, "package.json"), JSON.stringify({ dependencies: { "@upstash/redis": "*", next: "*", react: "*" } }));
writeFileSync(path.join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions: { paths: { "@/*": ["./*"] } } }));
writeFileSync(path.join(cwd, "lib/redis.ts"), 'import { Redis } from "@upstash/redis";\nexport const shared = Redis.fromEnv();\n');
const harness = new Harness(plugin, cwd);
let failures = 0;

const check = (name, filename, code) => show(name, filename, code, harness.problems(filename, code));

function show(name, filename, code, problems) {
  if (problems.length === 0) return;
  failures++;
  console.log(`${name} as ${filename}\n  ${problems.join("\n  ")}\n--- code\n${code}\n---`);
}

/** Checks text after text until the time is up. What went wrong in one way is shown once. */
function search(arbitrary, codeOf) {
  const end = Date.now() + 1000 * Number(options.seconds);
  let seed = options.seed === undefined ? Date.now() % 2 ** 31 : Number(options.seed);
  const seen = new Set();
  for (; Date.now() < end; seed++) {
    for (const value of fc.sample(arbitrary, { seed, numRuns: 20 })) {
      const { filename, code } = codeOf(value);
      const problems = harness.problems(filename, code).filter((problem) => !seen.has(kindOf(problem)));
      for (const problem of problems) seen.add(kindOf(problem));
      show(`seed ${seed}`, filename, code, problems);
    }
  }
}

/** Where a thing is thrown, or which report is wrong: one of each is shown. */
function kindOf(problem) {
  const [first, ...rest] = problem.split("\n");
  return first.startsWith("throws") ? `${first} ${rest.find((line) => line.includes("dist/")) ?? ""}` : first.replace(/ at \d+:\d+/, "").replace(/: "[\s\S]*/, "");
}

const sources = () => [...exampleSources(), ...pageSources(), ...testSources()].filter(({ name }) => folders.length === 0 || folders.some((folder) => name.startsWith(`${folder}/`)));

function checkoutSources(folder) {
  return sourceFiles(path.resolve(folder)).flatMap((name) => {
    const code = readFileSync(path.join(folder, name), "utf8");
    // the checkout's own name is no folder of its project
    return /upstash|qstash|@vercel\/kv/i.test(code) ? [{ name, filename: name.slice(name.indexOf("/") + 1), code }] : [];
  });
}

if (mode === "generated") search(programs, (program) => program);
else if (mode === "mutated") {
  const all = folders.length > 0 ? folders.flatMap(checkoutSources) : sources();
  search(fc.record({ source: fc.constantFrom(...all), changes: mutations }), ({ source, changes }) => ({ filename: source.filename, code: mutated(source.code, changes) }));
} else if (mode === "tied") {
  for (const { name, filename, code } of sources()) for (const text of tied(code)) check(`${name} tied`, filename, text);
} else if (mode === "half-typed") {
  const seen = new Set();
  for (const { name, filename, code } of sources()) {
    if (seen.has(code)) continue;
    seen.add(code);
    for (let at = 0; at <= code.length; at++) for (const text of cuts(code, at)) check(`${name} cut at ${at}`, filename, text);
  }
} else {
  for (const folder of folders) {
    for (const file of sourceFiles(path.resolve(folder))) {
      const text = readFileSync(path.join(folder, file), "utf8");
      for (const code of surroundings(text)) check(file, /x$/.test(file) ? "app/api/fuzz/route.tsx" : "app/api/fuzz/route.ts", code);
    }
  }
}
rmSync(cwd, { recursive: true, force: true });
console.log(`${mode}: ${harness.linted} texts, ${harness.parsed} that parse, ${harness.findings} findings, ${failures} failures, peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
process.exitCode = failures > 0 ? 1 : 0;
