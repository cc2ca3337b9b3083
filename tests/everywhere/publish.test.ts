import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { describe, expect, inject, it } from "vitest";
import { app, FINDINGS } from "./app.ts";
import { consumer, findings, installed, run } from "./consumer.ts";

const manifestAt = (folder: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Record<string, unknown>;

describe("the tarball", () => {
  it("has nothing that publint would say something about", async () => {
    const { messages, pkg } = await publint({ pkgDir: inject("unpacked"), strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it("has types that resolve, says attw", () => {
    // Two things that it can't know: each Node.js of `engines` loads ES modules by require(), and where resolution is that
    // of Node.js 10, which has no `exports`, `eslint/config` is not found either.
    const { status, stdout } = run(
      [path.join(installed("@arethetypeswrong/cli"), "dist/index.js"), inject("tarball"), "--profile", "node16", "--ignore-rules", "cjs-resolves-to-esm", "--format", "json"],
      { cwd: inject("unpacked") },
    );
    expect(status, stdout).toBe(0);
    const { analysis } = JSON.parse(stdout) as { analysis: { types: { kind: string }; entrypoints: Record<string, unknown> } };
    expect(analysis.types.kind).toBe("included");
    expect(Object.keys(analysis.entrypoints).sort()).toEqual([".", "./browser", "./fingerprint", "./package.json"]);
  });

  it("says where it runs and beside what", () => {
    const { engines, peerDependencies, sideEffects, type, exports, files } = manifestAt(inject("unpacked"));
    expect({ engines, peerDependencies, sideEffects, type }).toEqual({
      engines: { node: "^20.19.0 || ^22.13.0 || >=24.0.0" },
      peerDependencies: { "@eslint/json": "^1.0.0 || ^2.0.0", eslint: "^9.38.0 || ^10.0.0", "eslint-plugin-toml": "^1.0.0" },
      sideEffects: false,
      type: "module",
    });
    expect(exports).toMatchObject({ ".": { types: "./dist/index.d.ts" } });
    expect(files).toEqual(["dist", "docs", "CHANGELOG.md"]);
  });

  it("is installed by npm with all that it needs, and lints", () => {
    const eslint = manifestAt(installed("eslint"));
    const parser = manifestAt(installed("@typescript-eslint/parser"));
    const root = consumer({
      files: {
        "package.json": JSON.stringify({ name: "app", private: true, type: "module", dependencies: { "@upstash/redis": "*", next: "*" } }),
        "eslint.config.js": `import { defineConfig } from "eslint/config";
import parser from "@typescript-eslint/parser";
import upstash from "eslint-plugin-upstash";
export default defineConfig([{ files: ["**/*.{ts,tsx}"], languageOptions: { parser } }, { plugins: { upstash }, extends: ["upstash/recommended"] }]);
`,
        ...app("ts"),
        "tools/package.json": JSON.stringify({ private: true }),
      },
    });
    // npm puts everything where it belongs, instead of the links of consumer()
    rmSync(path.join(root, "node_modules"), { recursive: true });
    const specs = [inject("tarball"), `eslint@${String(eslint["version"])}`, `@typescript-eslint/parser@${String(parser["version"])}`];
    const npm = (...args: string[]): string =>
      execFileSync("npm", args, { cwd: root, encoding: "utf8", shell: process.platform === "win32", stdio: ["ignore", "pipe", "pipe"] });
    // what the app itself depends on is of no interest here
    npm("pkg", "delete", "dependencies");
    npm("install", "--no-audit", "--no-fund", "--prefer-offline", "--strict-peer-deps", ...specs);
    npm("pkg", "set", "dependencies.next=*", "dependencies.@upstash/redis=*");
    expect(findings(root, ["app", "components", "lib"])).toEqual(FINDINGS);
  });
});
