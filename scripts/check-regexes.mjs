/*
 * Checks that every regular expression of src matches in linear time. recheck's backend in JavaScript is used: the
 * others start a program of their own. Patterns built at run time from text are not seen here; eslint-plugin-regexp
 * sees those whose text is constant.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { parse, simpleTraverse } from "@typescript-eslint/typescript-estree";
import { root } from "./setup.mjs";

process.env.RECHECK_BACKEND = "pure";
const { checkSync } = await import("recheck");

/** Regular expression literals, and `new RegExp("…", "…")` of constant text, with their lines. */
function regexesOf(file) {
  const found = [];
  simpleTraverse(parse(readFileSync(file, "utf8"), { filePath: file, loc: true }), {
    enter(node) {
      if (node.type === "Literal" && "regex" in node) found.push({ ...node.regex, line: node.loc.start.line });
      if ((node.type === "NewExpression" || node.type === "CallExpression") && node.callee.name === "RegExp") {
        const [pattern, flags] = node.arguments.map((argument) => argument.value);
        if (typeof pattern === "string") found.push({ pattern, flags: flags ?? "", line: node.loc.start.line });
      }
    },
  });
  return found;
}

const files = readdirSync(path.join(root, "src"), { recursive: true }).filter((file) => file.endsWith(".ts"));
let count = 0;
for (const file of files) {
  for (const { pattern, flags, line } of regexesOf(path.join(root, "src", file))) {
    count += 1;
    // recheck does not know the flag "v", whose patterns of ours mean the same under "u"
    const result = checkSync(pattern, flags.replace("v", "u"), { timeout: 20_000 });
    if (result.status === "safe") continue;
    process.exitCode = 1;
    const why = result.status === "vulnerable" ? `is ${result.complexity.summary}` : `is unknown: ${result.error.kind}`;
    console.error(`src/${file}:${line}  /${pattern}/${flags} ${why}`);
  }
}
console.log(`${count} regular expressions checked with recheck.`);
