/*
 * npm run corpus -- FOLDER [--repo NAME …] [--mends [--types]] [--same] [--edit] [--touching] [--json FILE]
 *
 * Lints every source file of a folder of checkouts (one folder a repository) with every rule of the strict preset, and
 * says what crashed, which files took longest, what each rule reported, and the peak of memory. Run `npm run build`
 * first: what is tested is `dist`. Nothing is written to the checkouts.
 *
 *   --mends  Applies each fix and each suggestion of each finding, one at a time and in memory: the result must parse,
 *            its report must be gone, no new one of the same rule or of the recommended preset have come, and no comment
 *            be lost. What other rules of the strict preset advise next is counted: a limiter that a suggestion makes
 *            records nothing. Then all fixes of the file together, twice: the second time must change nothing.
 *   --types  With --mends, where a checkout's packages are installed: TypeScript, with its own tsconfig.json, must find no
 *            error in the file that was not there before. Packages that an app has yet to install are counted.
 *   --same   Lints again: in the same process, in another order, and with two of ESLint's workers. The findings must
 *            be the same, with their fixes and suggestions.
 *   --edit   Copies each checkout to a temporary folder, and there, in one process, lints, empties a module that others
 *            import, lints, puts it back, and lints. The findings must be those of a new process each time.
 *   --touching  Only files whose text has to do with Upstash or limits: nearly all findings in a fraction of the time.
 *   --repo   Only these checkouts (part of the name).
 *   --json   Writes the findings and the problems to a file.
 *
 *   --plugin Another build of the plugin than dist/index.js.
 *
 * Ends with 1 where there is a crash or a problem.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { createJiti } from "jiti";
import { root } from "./setup.mjs";
import { AppTypes } from "./app-types.mjs";
import { sourceFiles } from "./source-files.mjs";

const { lostComments, hasAsManyComments, mendsOf, problemsAfter } = await createJiti(import.meta.url).import("../tests/helpers/round-trip.ts");
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repo: { type: "string", multiple: true, default: [] },
    mends: { type: "boolean", default: false },
    types: { type: "boolean", default: false },
    same: { type: "boolean", default: false },
    edit: { type: "boolean", default: false },
    touching: { type: "boolean", default: false },
    json: { type: "string" },
    plugin: { type: "string", default: path.join(root, "dist/index.js") },
    /** For this script's own use: lints the files named in the JSON on standard input, and prints their findings. */
    worker: { type: "boolean", default: false },
  },
});

const pluginFile = path.resolve(options.plugin);
const { default: plugin } = await import(pathToFileURL(pluginFile).href);

/** Rules of the recommended preset. */
const RECOMMENDED = new Set([plugin.configs.recommended].flat().flatMap(({ rules }) => Object.keys(rules ?? {})));
const TOUCHING = /upstash|ratelimit|qstash|@vercel\/kv|KV_REST|redis/i;
const SEED = 6;

const CONFIG = [
  ...[plugin.configs.strict].flat(),
  { files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"], languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } } },
  { linterOptions: { reportUnusedDisableDirectives: "off" } },
];

/** Lints files of one checkout as they are on disk, or as `textOf` says. */
class Checkout {
  constructor(folder) {
    this.folder = folder;
    this.linter = new Linter({ configType: "flat", cwd: folder });
  }

  absolute(file) {
    return path.join(this.folder, file);
  }

  lint(file, text = readFileSync(this.absolute(file), "utf8")) {
    // `verify` keeps no times
    return this.linter.verifyAndFix(text, CONFIG, { filename: this.absolute(file), allowInlineConfig: false, fix: false, stats: true }).messages;
  }

  fix(file, text) {
    return this.linter.verifyAndFix(text, CONFIG, { filename: this.absolute(file), allowInlineConfig: false });
  }

  /** Milliseconds of the last call of `lint`. */
  get times() {
    const passes = this.linter.getTimes()?.passes ?? [];
    const sum = (of) => passes.reduce((total, pass) => total + (of(pass) ?? 0), 0);
    return {
      parse: sum((pass) => pass.parse?.total),
      rules: sum((pass) => Object.values(pass.rules ?? {}).reduce((total, rule) => total + rule.total, 0)),
    };
  }
}

/** What must be the same from run to run, as texts. */
function essence(messages) {
  return messages
    .filter(({ fatal }) => !fatal)
    .map(({ ruleId, messageId, line, column, endLine, endColumn, message, fix, suggestions }) =>
      JSON.stringify({ ruleId, messageId, line, column, endLine, endColumn, message, fix, suggestions: suggestions?.map(({ messageId: id, desc, fix: edit }) => ({ id, desc, edit })) }),
    );
}

/** What is in one list of findings and not in the other. */
function difference(before, after) {
  const left = [...before];
  const come = after.filter((one) => {
    const index = left.indexOf(one);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
  return [...left.map((one) => `- ${one}`), ...come.map((one) => `+ ${one}`)];
}

/** A fixed shuffle. */
function shuffled(list) {
  const result = [...list];
  let state = SEED;
  for (let at = result.length - 1; at > 0; at--) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const other = state % (at + 1);
    [result[at], result[other]] = [result[other], result[at]];
  }
  return result;
}

class Report {
  files = 0;
  unparsed = 0;
  findings = [];
  problems = [];
  slowest = [];
  parse = 0;
  rules = 0;
  mends = 0;
  /** Mends after which another rule of the strict preset advises more. */
  advised = 0;
  /** Mends that were type-checked, and those that import a package which the app has not installed. */
  checked = 0;
  lacking = 0;
  fixed = 0;
  compared = 0;

  problem(kind, where, what) {
    this.problems.push({ kind, where, what });
    console.log(`${kind}  ${where}\n    ${what.replaceAll("\n", "\n    ")}`);
  }

  took(where, times) {
    this.parse += times.parse;
    this.rules += times.rules;
    this.slowest.push({ file: where, ...times });
    if (this.slowest.length > 500) this.#trim();
  }

  #trim() {
    this.slowest = this.slowest.sort((a, b) => b.rules - a.rules).slice(0, 15);
  }

  print() {
    this.#trim();
    const byRule = {};
    for (const { ruleId } of this.findings) byRule[ruleId] = (byRule[ruleId] ?? 0) + 1;
    console.table(Object.fromEntries(Object.entries(byRule).sort()));
    console.table(this.slowest.map(({ file, parse, rules }) => ({ file, "parse ms": Math.round(parse), "rules ms": Math.round(rules) })));
    console.log(`${this.files} files, ${this.unparsed} that do not parse, ${this.findings.length} findings, ${this.mends} fixes and suggestions applied (strict advises more after ${this.advised}), ${this.fixed} files fixed twice, ${this.compared} comparisons`);
    if (this.checked > 0) console.log(`${this.checked} fixes and suggestions type-checked in their apps; ${this.lacking} import a package that the app has yet to install`);
    console.log(`rules ${Math.round(this.rules)} ms over parsing ${Math.round(this.parse)} ms (${((100 * this.rules) / this.parse).toFixed(2)}%), peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
    console.log(`${this.problems.length} problems`);
  }
}

/** Findings by file; a crash is a problem and has none. */
function lintAll(checkout, files, report, name, each = () => {}) {
  const found = new Map();
  for (const file of files) {
    try {
      const text = readFileSync(checkout.absolute(file), "utf8");
      const messages = checkout.lint(file, text);
      each(file, text, messages);
      found.set(file, essence(messages));
    } catch (error) {
      report.problem("CRASH", `${name}/${file}`, String(error.stack).split("\n").slice(0, 6).join("\n"));
    }
  }
  return found;
}

function compare(report, kind, name, before, after) {
  report.compared++;
  for (const [file, expected] of before) {
    const changed = difference(expected, after.get(file) ?? []);
    if (changed.length > 0) report.problem(kind, `${name}/${file}`, changed.map((line) => line.slice(0, 400)).join("\n"));
  }
}

/** A text's line ends may be mixed: ESLint gives fixes as offsets, so nothing is changed here. */
function tryMends(checkout, file, text, messages, report, name, types) {
  const errors = types?.errorsOf(file, text);
  for (const mend of mendsOf(text, messages)) {
    report.mends++;
    const where = `${name}/${file}:${mend.report.line} ${mend.report.ruleId} ${mend.label}`;
    try {
      const after = checkout.lint(file, mend.output);
      const counts = ({ ruleId, fatal }) => fatal || ruleId === mend.report.ruleId || RECOMMENDED.has(ruleId);
      const problems = problemsAfter(mend, text, messages.filter(counts), after.filter(counts));
      if (problems.length === 0 && problemsAfter(mend, text, messages, after).length > 0) report.advised++;
      const filename = checkout.absolute(file);
      const lost = problems.some((problem) => problem.startsWith("does not parse")) ? [] : lostComments(text, mend.output, filename);
      if (lost.length > 0 && !hasAsManyComments(text, mend.output, filename)) problems.push(`loses the comment ${lost.join(" | ")}`);
      if (errors) {
        report.checked++;
        const come = difference(errors, types.errorsOf(file, mend.output)).filter((line) => line.startsWith("+"));
        const others = come.filter((line) => !/^\+ TS(?:2307|2882):/.test(line));
        if (others.length < come.length) report.lacking++;
        problems.push(...others);
      }
      const excerpt = () => `@@ ${JSON.stringify(text.slice(mend.edit.start, mend.edit.end)).slice(0, 300)} => ${JSON.stringify(mend.edit.text).slice(0, 600)}`;
      if (problems.length > 0) report.problem("MEND", where, [...problems, excerpt()].join("\n"));
    } catch (error) {
      report.problem("CRASH", where, String(error.stack).split("\n").slice(0, 6).join("\n"));
    }
  }
  if (messages.some(({ fix }) => fix)) {
    report.fixed++;
    const once = checkout.fix(file, text);
    const twice = checkout.fix(file, once.output);
    if (once.messages.some(({ fatal }) => fatal)) report.problem("FIXES", `${name}/${file}`, "the fixed file does not parse");
    if (twice.output !== once.output) report.problem("FIXES", `${name}/${file}`, "fixing again changes the file again");
    const left = once.messages.filter(({ fix }) => fix);
    if (left.length > 0) report.problem("FIXES", `${name}/${file}`, `fixes are left: ${left.map(({ ruleId, line }) => `${ruleId}:${line}`).join(", ")}`);
  }
}

/** Findings that another process has: this script again. */
function lintElsewhere(folder, files) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), "--worker", "--plugin", pluginFile], {
    input: JSON.stringify({ folder, files }),
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return new Map(JSON.parse(stdout));
}

/** Findings of ESLint's own workers, whose configuration must be a file. */
function lintWithWorkers(folder, files) {
  const home = mkdtempSync(path.join(tmpdir(), "upstash-corpus-"));
  symlinkSync(path.join(root, "node_modules"), path.join(home, "node_modules"), "junction");
  const config = path.join(home, "eslint.config.mjs");
  writeFileSync(
    config,
    `import parser from "@typescript-eslint/parser";
import plugin from ${JSON.stringify(pathToFileURL(pluginFile).href)};
export default [
  ...[plugin.configs.strict].flat(),
  { files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"], languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } } },
  { linterOptions: { reportUnusedDisableDirectives: "off" } },
];
`,
  );
  const code = `
import { ESLint } from "eslint";
const { folder, files } = JSON.parse(await new Response(process.stdin).text());
const eslint = new ESLint({ cwd: folder, overrideConfigFile: ${JSON.stringify(config)}, ignore: false, allowInlineConfig: false, concurrency: 2, errorOnUnmatchedPattern: false });
const results = await eslint.lintFiles(files);
process.stdout.write(JSON.stringify(results.map(({ filePath, messages }) => [filePath.slice(folder.length + 1), messages])));
`;
  const runner = path.join(home, "run.mjs");
  writeFileSync(runner, code);
  // a name such as `[id].ts` is a pattern to ESLint
  const names = files.map((file) => path.join(folder, file));
  const { stdout, stderr, status } = spawnSync(process.execPath, [runner], { input: JSON.stringify({ folder, files: names }), encoding: "utf8", maxBuffer: 2 ** 30 });
  rmSync(home, { recursive: true, force: true });
  if (status !== 0) throw new Error(stderr);
  return new Map(JSON.parse(stdout).map(([file, messages]) => [file, essence(messages)]));
}

/** Modules that files with findings import, the most imported first: those whose change may be felt. */
function sharedModules(files, textOf) {
  const count = new Map();
  const known = new Set(files);
  for (const file of files) {
    for (const [, specifier] of textOf(file).matchAll(/(?:from|import|require\()\s{0,4}["']((?:\.|@\/|~\/|\$lib\/)[^"'\n]{1,200})["']/g)) {
      const bases = specifier.startsWith(".")
        ? [path.posix.join(path.posix.dirname(file), specifier)]
        : ["", "src/", "app/", "src/lib/"].map((folder) => folder + specifier.replace(/^(?:@|~|\$lib)\//, ""));
      const target = bases.flatMap((base) => [base, `${base}.ts`, `${base}.tsx`, `${base}.js`, `${base}/index.ts`, base.replace(/\.js$/, ".ts")]).find((name) => known.has(name));
      if (target !== undefined && target !== file) count.set(target, (count.get(target) ?? 0) + 1);
    }
  }
  return [...count].sort((a, b) => b[1] - a[1]).map(([file]) => file);
}

/** Files that are linted within 200 ms of one another share what was found on disk (`passFor` in src/project/disk.ts). */
const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);

function editAndRevert(folder, name, files, before, report) {
  const copy = path.join(mkdtempSync(path.join(tmpdir(), "upstash-corpus-")), "app");
  cpSync(folder, copy, { recursive: true, filter: (from) => !from.slice(folder.length).includes("node_modules") });
  // the project's root is where its repository begins: checkouts may come without their history
  mkdirSync(path.join(copy, ".git"), { recursive: true });
  const checkout = new Checkout(copy);
  const findings = files.filter((file) => before.get(file)?.length > 0);
  const textOf = (file) => readFileSync(path.join(copy, file), "utf8");
  const candidates = sharedModules(files, textOf).filter((file) => /upstash|ratelimit|redis|qstash|@vercel\/kv/i.test(textOf(file))).slice(0, 3);
  const looked = [...new Set([...findings, ...files.filter((file) => /upstash|redis|limit|qstash/i.test(textOf(file)))])].slice(0, 400);
  const cold = lintElsewhere(copy, looked);
  compare(report, "COPY", name, cold, lintAll(checkout, looked, report, name));
  for (const module of candidates) {
    const text = textOf(module);
    const file = path.join(copy, module);
    const { atime, mtime } = statSync(file);
    // as long as before, and as old: nothing but the text tells
    writeFileSync(file, "export {};\n");
    pause();
    compare(report, `EDIT of ${module}`, name, lintElsewhere(copy, looked), lintAll(checkout, looked, report, name));
    writeFileSync(file, text);
    utimesSync(file, atime, mtime);
    pause();
    compare(report, `REVERT of ${module}`, name, cold, lintAll(checkout, looked, report, name));
  }
  rmSync(path.dirname(copy), { recursive: true, force: true });
}

async function worker() {
  const { folder, files } = JSON.parse(await new Response(process.stdin).text());
  const checkout = new Checkout(folder);
  process.stdout.write(JSON.stringify(files.map((file) => [file, essence(checkout.lint(file))])));
}

function main(folder) {
  const report = new Report();
  const checkouts = readdirSync(folder).filter((name) => statSync(path.join(folder, name)).isDirectory() && (options.repo.length === 0 || options.repo.some((part) => name.includes(part))));
  for (const name of checkouts) {
    const checkout = new Checkout(path.resolve(folder, name));
    const files = sourceFiles(checkout.folder).filter((file) => !options.touching || TOUCHING.test(readFileSync(checkout.absolute(file), "utf8")));
    const withFindings = [];
    const cold = lintAll(checkout, files, report, name, (file, text, messages) => {
      report.files++;
      if (messages.some(({ fatal }) => fatal)) report.unparsed++;
      report.took(`${name}/${file}`, checkout.times);
      const found = messages.filter(({ fatal, ruleId }) => !fatal && ruleId);
      report.findings.push(...found.map((message) => ({ repo: name, file, ...message })));
      for (const { line, endLine, ruleId } of found) {
        if (!(line >= 1 && (endLine ?? line) <= text.split(/\r\n|[\n\r\u2028\u2029]/).length)) report.problem("PLACE", `${name}/${file}`, `${ruleId} reports at line ${line}`);
      }
      if (found.length > 0) withFindings.push({ file, text, messages: found });
    });
    const types = options.types ? new AppTypes(checkout.folder) : undefined;
    if (options.mends) for (const { file, text, messages } of withFindings) tryMends(checkout, file, text, messages, report, name, types);
    if (options.same) {
      compare(report, "SECOND RUN", name, cold, lintAll(checkout, files, report, name));
      compare(report, "SHUFFLED", name, cold, lintElsewhere(checkout.folder, shuffled(files)));
      compare(report, "WORKERS", name, cold, lintWithWorkers(checkout.folder, files));
    }
    if (options.edit && withFindings.length > 0) editAndRevert(checkout.folder, name, files, cold, report);
    console.log(`${name}: ${files.length} files, ${withFindings.reduce((sum, { messages }) => sum + messages.length, 0)} findings`);
  }
  if (options.json) writeFileSync(options.json, JSON.stringify({ findings: report.findings, problems: report.problems }, null, 1));
  report.print();
  process.exitCode = report.problems.length > 0 ? 1 : 0;
}

if (options.worker) await worker();
else if (positionals[0] === undefined || !existsSync(positionals[0])) {
  console.error("npm run corpus -- FOLDER [--repo NAME …] [--mends [--types]] [--same] [--edit] [--touching] [--json FILE]");
  process.exitCode = 2;
} else main(path.resolve(positionals[0]));
