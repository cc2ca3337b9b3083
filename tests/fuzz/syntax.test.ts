import parser from "@typescript-eslint/parser";
import { AST_NODE_TYPES } from "@typescript-eslint/types";
import { describe, expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { project } from "../helpers/project.ts";
import { Harness } from "./harness.ts";
import { nodesOf } from "./sources.ts";
import { JSX_SYNTAX, MODULE_SYNTAX, SCRIPT_SYNTAX } from "./syntax-corpus.ts";
import { surroundings } from "./syntax.ts";

/** Node types that the parser never makes: it turns these words into properties of the nodes that they stand before. */
const NEVER = ["TSAbstractKeyword", "TSAsyncKeyword", "TSDeclareKeyword", "TSExportKeyword", "TSPrivateKeyword", "TSProtectedKeyword", "TSPublicKeyword", "TSReadonlyKeyword", "TSStaticKeyword"];

const typesIn = (code: string, jsx: boolean, sourceType: "module" | "script" = "module"): string[] =>
  nodesOf(parser.parseForESLint(code, { ecmaFeatures: { jsx }, sourceType, range: true, loc: true }).ast).map(({ type }) => type);

describe("the syntax corpus", () => {
  it("holds every node type of the AST", () => {
    const found = new Set([...MODULE_SYNTAX.flatMap((code) => typesIn(code, false)), ...JSX_SYNTAX.flatMap((code) => typesIn(code, true)), ...SCRIPT_SYNTAX.flatMap((code) => typesIn(code, false, "script"))]);
    expect(Object.keys(AST_NODE_TYPES).filter((type) => !found.has(type))).toEqual(NEVER);
  });

  const harness = new Harness(plugin, project({ "lib/redis.ts": 'import { Redis } from "@upstash/redis";\nexport const redis = Redis.fromEnv();\nexport default redis;\n' }));
  const files: [code: string, filename: string][] = [
    ...[...MODULE_SYNTAX, ...SCRIPT_SYNTAX].map((code): [string, string] => [code, "app/api/fuzz/route.ts"]),
    ...JSX_SYNTAX.map((code): [string, string] => [code, "app/api/fuzz/route.tsx"]),
  ];

  it.each(files)("%s", (code, filename) => {
    for (const text of surroundings(code)) expect(harness.problems(filename, text), text).toEqual([]);
  });

  it("is seen by the rules", () => {
    expect(harness.parsed / harness.linted).toBeGreaterThan(0.8);
    expect(harness.findings).toBeGreaterThan(harness.parsed);
  });
});
