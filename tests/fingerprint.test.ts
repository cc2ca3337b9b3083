import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fingerprint } from "../src/fingerprint.ts";
import { project, writeFiles } from "./helpers/project.ts";

const FILES = { "lib/redis.ts": "one", "lib/deep/limit.ts": "two", "lib/notes.md": "three", "proxy.ts": "four", "lib/node_modules/a.ts": "five" };

describe("fingerprint", () => {
  it("is the same for the same files, wherever they stand and however they are named", () => {
    const [here, there] = [project(FILES), project(FILES)];
    const told = fingerprint(["lib/**/*.ts", "proxy.ts"], here);
    expect(told).toMatch(/^[0-9a-f]{64}$/);
    expect(fingerprint(["proxy.ts", "./lib/redis.ts", "lib/**/*.ts"], there)).toBe(told);
    expect(fingerprint(["*.ts", "lib/*.ts", "lib/deep/*"], there)).toBe(told);
    expect(fingerprint("proxy.ts", here)).not.toBe(told);
  });

  it.each<[string, (root: string) => void]>([
    ["changes", (root) => writeFiles(root, { "lib/redis.ts": "other" })],
    ["is added", (root) => writeFiles(root, { "lib/new.ts": "" })],
    ["is removed", (root) => rmSync(`${root}/lib/redis.ts`)],
    ["is renamed", (root) => {
      rmSync(`${root}/lib/redis.ts`);
      writeFiles(root, { "lib/client.ts": "one" });
    }],
  ])("changes when a file %s", (_, change) => {
    const root = project(FILES);
    const before = fingerprint("lib/**/*.ts", root);
    change(root);
    expect(fingerprint("lib/**/*.ts", root)).not.toBe(before);
  });

  it("does not depend on other files", () => {
    const root = project(FILES);
    const before = fingerprint("lib/**/*.ts", root);
    writeFiles(root, { "lib/notes.md": "other", "lib/node_modules/a.ts": "other", "proxy.ts": "other" });
    expect(fingerprint("lib/**/*.ts", root)).toBe(before);
  });

  it("stops where nothing matches", () => {
    expect(() => fingerprint(["lib/*.ts", "proxy.ts"], project())).toThrow(/^fingerprint\(\): no file in .+ matches lib\/\*\.ts, proxy\.ts\.$/);
  });
});
