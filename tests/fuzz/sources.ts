import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import parser from "@typescript-eslint/parser";
import { visitorKeys } from "@typescript-eslint/visitor-keys";
import type { TSESTree } from "@typescript-eslint/types";
import { parseRulePage } from "../helpers/rule-page.ts";

/** A program to begin with. */
export interface Source {
  /** Where it comes from. */
  readonly name: string;
  /** Relative to its project. */
  readonly filename: string;
  readonly code: string;
}

/** Not from `project.ts`, which can be loaded in a test only: a script uses this too. */
const repositoryRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const example = path.join(repositoryRoot, "example");

/** The files of the example app. */
export function exampleSources(): Source[] {
  return readdirSync(example, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/u.test(file) && !/node_modules|\.next/u.test(file))
    .sort()
    .map((file) => ({ name: `example/${file}`, filename: file.replaceAll("\\", "/"), code: readFileSync(path.join(example, file), "utf8") }));
}

/** The examples of the rules' pages, with the files that they stand in. */
export function pageSources(): Source[] {
  const folder = path.join(repositoryRoot, "docs/rules");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .sort()
    .flatMap((file) =>
      parseRulePage(readFileSync(path.join(folder, file), "utf8")).examples
        .filter(({ filename }) => /\.[cm]?[jt]sx?$/u.test(filename))
        .map(({ filename, code, line }) => ({ name: `docs/rules/${file}:${line}`, filename, code })),
    );
}

/**
 * The programs that the tests of rules hold: their texts without placeholders that import or export something. What is
 * text for `require-…` may be any file's, so it stands in a route.
 */
export function testSources(): Source[] {
  const folder = path.join(repositoryRoot, "tests/rules");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(path.join(folder, file), "utf8");
      const { ast } = parser.parseForESLint(text, { range: true, loc: true });
      return nodesOf(ast).flatMap((node) => {
        const code = textOf(node);
        return code !== undefined && /^\s*(?:import|export)\b/mu.test(code) && code.length > 60
          ? [{ name: `tests/rules/${file}:${node.loc.start.line}`, filename: "app/api/fuzz/route.tsx", code }]
          : [];
      });
    });
}

function textOf(node: TSESTree.Node): string | undefined {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : undefined;
  return node.type === "TemplateLiteral" && node.quasis.length === 1 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
}

/** Every node of a tree, parents before their children. Each knows its parent, which parsers leave to ESLint. */
export function nodesOf(root: TSESTree.Node): TSESTree.Node[] {
  const nodes: TSESTree.Node[] = [root];
  for (const node of nodes) {
    const children = node as unknown as Readonly<Record<string, unknown>>;
    for (const key of visitorKeys[node.type] ?? []) {
      const child = children[key] as TSESTree.Node | readonly (TSESTree.Node | null)[] | null | undefined;
      for (const one of Array.isArray(child) ? (child as readonly (TSESTree.Node | null)[]) : [child as TSESTree.Node | null | undefined]) {
        if (!one) continue;
        one.parent = node;
        nodes.push(one);
      }
    }
  }
  return nodes;
}
