import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { describe, expect, it } from "vitest";
import { project, repositoryRoot } from "./helpers/project.ts";

const manifest = JSON.parse(readFileSync(path.join(repositoryRoot, "package.json"), "utf8")) as {
  readonly version: string;
  readonly dependencies: Record<string, string>;
  readonly peerDependenciesMeta: Record<string, { readonly optional: boolean }>;
};

/**
 * What code loads: sources of its imports and re-exports, and packages that it names to `import()`, `require()` or the
 * loader of src/project/load.ts. Read from the syntax tree, because the build holds code in template strings.
 */
function importsOf(code: string): readonly string[] {
  const found: string[] = [];
  const add = (node: { readonly type: string } | null | undefined): void => {
    if (node && "value" in node && typeof node.value === "string") found.push(node.value);
  };
  new Visitor({
    ImportDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => add(source),
    ImportExpression: ({ source }) => add(source),
    CallExpression: ({ callee, arguments: [first] }) => {
      if (callee.type === "Identifier" && LOADERS.has(callee.name)) add(first);
    },
  }).visit(parseSync("index.js", code).program);
  return found.filter((name) => !name.startsWith("."));
}

const LOADERS = new Set(["require", "load"]);

/** Runs a script in a process of its own, beside an installed copy of the built plugin. */
const run = (name: string, code: string): string =>
  execFileSync(process.execPath, [path.join(project({ [name]: code }), name)], { encoding: "utf8" }).trim();

describe("the package", () => {
  it("holds the build, the docs and nothing else", () => {
    const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", "--loglevel=error"], {
      cwd: repositoryRoot,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    const [pack] = JSON.parse(output) as [{ files: { path: string; size: number }[] }];
    const files = pack.files.map((file) => file.path);
    const pages = readdirSync(path.join(repositoryRoot, "docs"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".md"))
      .map((file) => `docs/${file.replaceAll(path.sep, "/")}`);
    expect(files.filter((file) => !file.startsWith("docs/") && !file.startsWith("dist/")).sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "package.json",
    ]);
    expect(files.filter((file) => file.startsWith("docs/")).sort()).toEqual(pages.sort());
    expect(files).toEqual(expect.arrayContaining(["dist/index.js", "dist/index.d.ts"]));
  });

  it("has declarations that import nothing", () => {
    expect(readFileSync(path.join(repositoryRoot, "dist/index.d.ts"), "utf8")).not.toMatch(/\bfrom "|import\(/);
  });

  it("imports nothing but Node's modules, its own dependencies and packages that may be missing, and each of these", () => {
    const folder = path.join(repositoryRoot, "dist");
    const imported = new Set<string>();
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".js"))) {
      for (const name of importsOf(readFileSync(path.join(folder, file), "utf8"))) {
        if (name.startsWith("node:")) continue;
        const [first = "", second = ""] = name.split("/");
        imported.add(first.startsWith("@") ? `${first}/${second}` : first);
      }
    }
    const declared = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependenciesMeta)];
    expect([...imported].sort()).toEqual(declared.sort());
  });

  it("can be imported", () => {
    expect(run("a.mjs", 'import upstash from "eslint-plugin-upstash"; console.log(upstash.meta.version);')).toBe(
      manifest.version,
    );
  });

  it("can be required", () => {
    expect(run("a.cjs", 'console.log(require("eslint-plugin-upstash").meta.version);')).toBe(manifest.version);
    expect(run("b.cjs", 'console.log(require("eslint-plugin-upstash/package.json").version);')).toBe(manifest.version);
  });

  it("describes its rules before it has loaded them, as their code does", () => {
    const code = `
      import onDemand from "eslint-plugin-upstash";
      import { createRequire } from "node:module";
      import { pathToFileURL } from "node:url";
      import path from "node:path";
      const folder = path.dirname(createRequire(import.meta.url).resolve("eslint-plugin-upstash"));
      const { default: whole } = await import(pathToFileURL(path.join(folder, "whole.js")).href);
      const described = ({ rules }) => JSON.stringify(Object.entries(rules).map(([key, { create, ...rest }]) => [key, typeof create, rest]));
      console.log(described(onDemand) === described(whole), Object.keys(onDemand.rules).length);
    `;
    expect(run("described.mjs", code)).toMatch(/^true \d\d$/u);
  });

  it("tells how long it takes to load", () => {
    // a figure to look at: machines differ, so nothing is demanded here
    const code = `
      const time = async (name) => {
        const start = performance.now();
        await import(name);
        return performance.now() - start;
      };
      const empty = await time("data:text/javascript,");
      console.log((await time("eslint-plugin-upstash") - empty).toFixed(1));
    `;
    const times = [1, 2, 3, 4, 5].map((turn) => Number(run(`load-${turn}.mjs`, code))).sort((a, b) => a - b);
    console.log(`Loading the plugin takes ${times[2] ?? NaN} ms more than an empty module (median of five; aim: 30 ms).`);
    expect(times.every((time) => Number.isFinite(time))).toBe(true);
  });
});
