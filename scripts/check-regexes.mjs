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

/*
 * What recheck does is decided by its checker. Its automaton gives a proof, its fuzzer guesses: where a repeat is
 * bounded, such as {1,300}, the fuzzer takes a long but linear match for a polynomial one, and without limits of time
 * it fills the memory on the way there. `auto` goes to the fuzzer as soon as the repeats of a pattern add up to 30, so
 * that number is raised. What is left to the fuzzer are lookarounds, which no automaton of recheck's knows, and the few
 * patterns whose automaton is too large to be built in a second. But the automaton finds anything safe that has an end,
 * (a{1,300}){1,300} too: see `withoutBounds`.
 */
const DETERMINISTIC = {
  maxRepeatCount: 2000,
  maxNFASize: 8000,
  randomSeed: 0,
  timeout: null,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
};

/** Bounds that make no difference to the eye: what is bounded by more may as well have no end. */
const MANY = 10;

/**
 * The pattern with its large bounds taken away. Where that is exponential, or of more than the second degree, the
 * bounded one takes longer than anybody waits; a second degree is one repeat at each place of the text, and bounded.
 */
function withoutBounds(pattern) {
  return pattern.replaceAll(/(?<!\\)\{(\d+),(\d+)\}/g, (all, min, max) => (Number(max) < MANY ? all : `{${Math.min(Number(min), 2)},}`));
}

/** recheck's answer where it is not "safe". */
function weaknessOf(pattern, flags) {
  const result = checkSync(pattern, flags, DETERMINISTIC);
  if (result.status !== "safe") return result.status === "vulnerable" ? `is ${result.complexity.summary}` : `is unknown: ${result.error.kind}`;
  const unbounded = withoutBounds(pattern);
  const { status, complexity } = unbounded === pattern ? result : checkSync(unbounded, flags, DETERMINISTIC);
  const isSlow = status === "vulnerable" && (complexity.type === "exponential" || complexity.degree > 2);
  return isSlow ? `is ${complexity.summary} within its bounds` : undefined;
}

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

// The check itself: what it must find, and what it must let pass.
for (const slow of ["^(?:a+)+$", "\\s+$", "^(?:a{1,300}){1,300}$", "^(?:a|a){0,40}$"]) if (weaknessOf(slow, "u") === undefined) throw new Error(`/${slow}/ is not found to be slow.`);
for (const fast of ["a{1,300}b", "[^\"]{0,300}x", "^\\w{16,300}$"]) if (weaknessOf(fast, "u") !== undefined) throw new Error(`/${fast}/ is not found to be fast.`);

const files = readdirSync(path.join(root, "src"), { recursive: true }).filter((file) => file.endsWith(".ts")).sort();
let count = 0;
for (const file of files) {
  for (const { pattern, flags, line } of regexesOf(path.join(root, "src", file))) {
    count += 1;
    // recheck does not know the flag "v", whose patterns of ours mean the same under "u"
    const weakness = weaknessOf(pattern, flags.replace("v", "u"));
    if (weakness === undefined) continue;
    process.exitCode = 1;
    console.error(`src/${file}:${line}  /${pattern}/${flags} ${weakness}`);
  }
}
console.log(`${count} regular expressions checked with recheck.`);
