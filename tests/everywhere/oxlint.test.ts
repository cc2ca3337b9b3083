import path from "node:path";
import { describe, expect, it } from "vitest";
import { app, FINDINGS } from "./app.ts";
import { consumer, installed, run } from "./consumer.ts";

interface OxlintReport {
  readonly diagnostics: readonly {
    readonly filename: string;
    readonly code: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
}

describe("oxlint with jsPlugins", () => {
  it.each(["js", "ts"] as const)("gives the same findings in %s", (language) => {
    const root = consumer({
      files: {
        ".oxlintrc.json": JSON.stringify({
          jsPlugins: ["eslint-plugin-upstash"],
          categories: { correctness: "off" },
          rules: Object.fromEntries(RULES.map((name) => [name, "error"])),
        }),
        ...app(language),
      },
    });
    const { stdout } = run([path.join(installed("oxlint", "tests/everywhere"), "bin/oxlint"), "--format", "json", "app", "components", "lib"], { cwd: root });
    const { diagnostics } = JSON.parse(stdout) as OxlintReport;
    const found = diagnostics.map(({ filename, code, labels }) => {
      const [, rule = code] = /\((.+)\)$/.exec(code) ?? [];
      return `${filename.replaceAll("\\", "/").replace(/\.\w+$/, "")} ${String(labels[0]?.span.line)} upstash/${rule}`;
    });
    expect(found.sort()).toEqual([...FINDINGS].sort());
  });
});

const RULES = [...new Set(FINDINGS.map((line) => line.split(" ")[2] ?? ""))];
