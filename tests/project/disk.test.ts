import { statSync, utimesSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { FileCache, listDirectory, Pass, passFor, readText, stampOf } from "../../src/project/disk.ts";
import { Tree } from "./tree.ts";

const OLD = new Date("2020-01-01T00:00:00.123Z");

describe("stampOf", () => {
  it("is time and size of a file that was left alone", () => {
    const tree = new Tree({ "a.ts": "12345" });
    utimesSync(tree.at("a.ts"), OLD, OLD);
    expect(stampOf(tree.at("a.ts"), new Pass())).toBe(`${statSync(tree.at("a.ts")).mtimeMs}:5`);
    expect(stampOf(tree.at("a.ts"), new Pass())).toBe(stampOf(tree.at("a.ts"), new Pass()));
  });

  it("is the same within a pass, whatever happens", () => {
    const tree = new Tree({ "a.ts": "1" });
    const pass = new Pass();
    const stamp = stampOf(tree.at("a.ts"), pass);
    tree.write({ "a.ts": "22" });
    expect(stampOf(tree.at("a.ts"), pass)).toBe(stamp);
    expect(stampOf(tree.at("a.ts"), new Pass())).not.toBe(stamp);
  });

  it("never vouches for a file written a moment ago: the clock may not have ticked", () => {
    const tree = new Tree({ "a.ts": "1" });
    expect(stampOf(tree.at("a.ts"), new Pass())).not.toBe(stampOf(tree.at("a.ts"), new Pass()));
  });

  it.each([
    ["nothing", "missing.ts"],
    ["a directory", "folder"],
    ["a file as a directory", "a.ts/b.ts"],
    ["a NUL", "a\0.ts"],
    ["more than 1 MiB", "big.ts"],
    ["a dangling link", "dangling.ts"],
  ])("is undefined for %s", (_what, name) => {
    const tree = new Tree({
      "a.ts": "",
      "folder/x": "",
      "big.ts": "x".repeat(1024 * 1024 + 1),
      "dangling.ts": "-> nowhere",
    });
    expect(stampOf(`${tree.top}/${name}`, new Pass())).toBeUndefined();
  });
});

describe("readText", () => {
  it("reads without a byte order mark", () => {
    expect(readText(new Tree({ "a.ts": "\uFEFFlet a" }).at("a.ts"))).toBe("let a");
  });

  it("is undefined for what is missing, a directory, or too large", () => {
    const tree = new Tree({ "big.ts": "x".repeat(1024 * 1024 + 1) });
    expect(readText(tree.at("missing.ts"))).toBeUndefined();
    expect(readText(tree.top)).toBeUndefined();
    expect(readText(tree.at("big.ts"))).toBeUndefined();
  });
});

describe("listDirectory", () => {
  it("tells what each name is", () => {
    const tree = new Tree({ "a.ts": "", "folder/b.ts": "", "link.ts": "-> a.ts" });
    const listed = listDirectory(tree.top, new Pass());
    expect(Object.fromEntries(listed?.entries ?? [])).toEqual({ "a.ts": "file", folder: "directory", "link.ts": "link" });
    expect(listed?.real).toBe(tree.top);
  });

  it("sees what is created and deleted in the next pass, at once and after a while", () => {
    const tree = new Tree({ "a.ts": "" });
    const names = (pass = new Pass()) => [...(listDirectory(tree.top, pass)?.entries.keys() ?? [])];
    const pass = new Pass();
    expect(names(pass)).toEqual(["a.ts"]);
    tree.write({ "b.ts": "" });
    expect(names(pass)).toEqual(["a.ts"]);
    expect(names()).toEqual(["a.ts", "b.ts"]);
    utimesSync(tree.top, OLD, OLD);
    expect(names()).toEqual(["a.ts", "b.ts"]);
    tree.remove("a.ts");
    expect(names()).toEqual(["b.ts"]);
  });

  it("sees that another directory took its name, though its time is the same", () => {
    const tree = new Tree({ "lib/a.ts": "", "next/b.ts": "" });
    for (const name of ["lib", "next"]) utimesSync(tree.at(name), OLD, OLD);
    expect(listDirectory(tree.at("lib"), new Pass())?.entries.has("a.ts")).toBe(true);
    tree.rename("lib", "previous");
    tree.rename("next", "lib");
    expect(listDirectory(tree.at("lib"), new Pass())?.entries.has("b.ts")).toBe(true);
  });

  it("does not list an unchanged directory again", () => {
    const tree = new Tree({ "lib/a.ts": "" });
    utimesSync(tree.at("lib"), OLD, OLD);
    expect(listDirectory(tree.at("lib"), new Pass())).toBe(listDirectory(tree.at("lib"), new Pass()));
  });
});

describe("FileCache", () => {
  it("parses anew only what changed", () => {
    const tree = new Tree({ "a.json": "1" });
    utimesSync(tree.at("a.json"), OLD, OLD);
    const parse = vi.fn(({ text }: { text: string }) => Number(text));
    const cache = new FileCache(parse);
    expect([cache.get(tree.at("a.json"), new Pass()), cache.get(tree.at("a.json"), new Pass())]).toEqual([1, 1]);
    expect(parse).toHaveBeenCalledTimes(1);
    tree.write({ "a.json": "2" });
    expect(cache.get(tree.at("a.json"), new Pass())).toBe(2);
    tree.remove("a.json");
    expect(cache.get(tree.at("a.json"), new Pass())).toBeUndefined();
  });
});

describe("where there is no file system", () => {
  it("answers undefined to everything", async () => {
    const tree = new Tree({ "a.ts": "", "b.ts": "" });
    vi.resetModules();
    vi.stubGlobal("process", { env: {} });
    try {
      const disk = await import("../../src/project/disk.ts");
      const { ImportsOf } = await import("../../src/project/resolver.ts");
      const { findRoot, packageRoot } = await import("../../src/project/root.ts");
      const pass = new disk.Pass();
      expect(disk.hasDisk).toBe(false);
      expect(disk.stampOf(tree.at("a.ts"), pass)).toBeUndefined();
      expect(disk.readText(tree.at("a.ts"))).toBeUndefined();
      expect(disk.listDirectory(tree.top, pass)).toBeUndefined();
      expect(findRoot(tree.at("a.ts"), { pass })).toBeUndefined();
      expect(packageRoot(tree.at("a.ts"), tree.top, pass)).toBeUndefined();
      expect(new ImportsOf(tree.at("a.ts"), { root: tree.top, pass }).resolve("./b")).toBeUndefined();
    } finally {
      vi.unstubAllGlobals();
      vi.resetModules();
    }
  });
});

describe("passFor()", () => {
  it("is shared by files that are linted back to back, and new for a file that comes again", () => {
    const first = passFor("/a.ts");
    expect(passFor("/b.ts")).toBe(first);
    const again = passFor("/a.ts");
    expect(again).not.toBe(first);
    expect(passFor("/c.ts")).toBe(again);
  });

  it("is new after a pause", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    try {
      const first = passFor("/pause/a.ts");
      vi.advanceTimersByTime(150);
      expect(passFor("/pause/b.ts")).toBe(first);
      vi.advanceTimersByTime(250);
      expect(passFor("/pause/c.ts")).not.toBe(first);
    } finally {
      vi.useRealTimers();
    }
  });
});
