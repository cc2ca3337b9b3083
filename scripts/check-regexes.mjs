/*
 * Checks that every regular expression of src matches in linear time. The answer must not depend on the machine, so
 * recheck runs in this process (`checkSync` otherwise asks a worker, which takes the fastest of several programs that
 * it finds) with its fixed seed and without limits of time: a slow machine must not find less. Patterns built at run time from text are not seen here; eslint-plugin-regexp
 * sees those whose text is constant.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { parseSync, Visitor } from "oxc-parser";
import { root } from "./setup.mjs";

// recheck has a variable of its own for checkSync: RECHECK_BACKEND is for its asynchronous check
process.env.RECHECK_SYNC_BACKEND = "pure";
const { checkSync } = await import("recheck");

const DETERMINISTIC = {
  randomSeed: 0,
  timeout: null,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
};

/** Regular expression literals, and `new RegExp("…", "…")` of constant text, with their lines. */
function regexesOf(file) {
  const text = readFileSync(file, "utf8");
  const found = [];
  const add = (pattern, flags, { start }) => {
    found.push({ pattern, flags, line: text.slice(0, start).split("\n").length });
  };
  const built = (node) => {
    const [pattern, flags] = node.callee.name === "RegExp" ? node.arguments.map(({ value }) => value) : [];
    if (typeof pattern === "string") add(pattern, flags ?? "", node);
  };
  new Visitor({
    Literal: (node) => {
      if ("regex" in node) add(node.regex.pattern, node.regex.flags, node);
    },
    NewExpression: built,
    CallExpression: built,
  }).visit(parseSync(file, text).program);
  return found;
}

const files = readdirSync(path.join(root, "src"), { recursive: true }).filter((file) => file.endsWith(".ts")).sort();
let count = 0;
for (const file of files) {
  for (const { pattern, flags, line } of regexesOf(path.join(root, "src", file))) {
    count += 1;
    // recheck does not know the flag "v", whose patterns of ours mean the same under "u"
    const result = checkSync(pattern, flags.replace("v", "u"), DETERMINISTIC);
    if (result.status === "safe") continue;
    process.exitCode = 1;
    const why = result.status === "vulnerable" ? `is ${result.complexity.summary}` : `is unknown: ${result.error.kind}`;
    console.error(`src/${file}:${line}  /${pattern}/${flags} ${why}`);
  }
}
console.log(`${count} regular expressions checked with recheck.`);
