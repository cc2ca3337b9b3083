import { rmSync, statSync, utimesSync } from "node:fs";
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
  const tree = new Tree({});
  /** A file that was changed long enough ago for its time to tell. */
  const settled = (name: string, seconds: number): string => {
    tree.write({ [name]: name });
    utimesSync(tree.at(name), seconds, seconds);
    return tree.at(name);
  };

  /** A pass that has nothing to do with what other tests asked for. */
  const begin = (file: string): Pass => {
    passFor(file).stat(settled("other.ts", 1_700_000_000));
    settled("other.ts", 1_700_000_100);
    return passFor(file);
  };

  it("is shared by files that are linted back to back, whatever becomes of what they asked for", () => {
    const seen = settled("shared.ts", 1_700_000_000);
    const first = begin("/shared/a.ts");
    first.stat(seen);
    settled("shared.ts", 1_700_000_100);
    expect(passFor("/shared/b.ts")).toBe(first);
  });

  it("goes on for a file that comes again, as long as nothing has changed", () => {
    const seen = settled("same.ts", 1_700_000_000);
    const first = begin("/same/a.ts");
    first.stat(seen);
    first.stat(tree.at("missing.ts"));
    expect(passFor("/same/a.ts")).toBe(first);
  });

  it.each([
    ["changed", () => void settled("seen.ts", 1_700_000_100)],
    ["was deleted", () => { rmSync(tree.at("seen.ts")); }],
    ["has come", () => void settled("new.ts", 1_700_000_000)],
    ["was written a moment ago, and may be written again", () => { tree.write({ "seen.ts": "now" }); }],
  ])("is new for a file that comes again when something that was asked for %s", (_what, change) => {
    const seen = settled("seen.ts", 1_700_000_000);
    const first = begin("/again/a.ts");
    first.stat(seen);
    first.stat(tree.at("new.ts"));
    change();
    const again = passFor("/again/a.ts");
    expect(again).not.toBe(first);
    expect(passFor("/again/b.ts")).toBe(again);
  });

  it("is new after a pause in which something has changed", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    try {
      const seen = settled("pause.ts", 1_700_000_000);
      const first = begin("/pause/a.ts");
      first.stat(seen);
      settled("pause.ts", 1_700_000_100);
      vi.advanceTimersByTime(150);
      expect(passFor("/pause/b.ts")).toBe(first);
      vi.advanceTimersByTime(250);
      expect(passFor("/pause/c.ts")).not.toBe(first);
    } finally {
      vi.useRealTimers();
    }
  });
});
