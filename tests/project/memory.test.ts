import { describe, expect, it } from "vitest";
import { MemoryDisk } from "../../src/project/memory.ts";

const stamp = ({ fs }: MemoryDisk, path: string): unknown => {
  const found = fs.statSync(path);
  return found && [found.isFile() ? "file" : "directory", found.size, found.mtimeMs];
};

const names = ({ fs }: MemoryDisk, path: string): string[] =>
  fs.readdirSync(path, { withFileTypes: true }).map((entry) => `${entry.name}${entry.isDirectory() ? "/" : ""}`);

describe("a disk in memory", () => {
  it("is empty at first", () => {
    const disk = new MemoryDisk();
    disk.write({});
    expect(names(disk, "/")).toEqual([]);
    expect(disk.fs.statSync("/a")).toBeUndefined();
  });

  it("has files, and the directories that their paths make", () => {
    const disk = new MemoryDisk();
    disk.write({ "/app/lib/a.ts": "one", "/app/b.ts": "" });
    expect(names(disk, "/")).toEqual(["app/"]);
    expect(names(disk, "/app")).toEqual(["lib/", "b.ts"]);
    expect(names(disk, "/app/lib/")).toEqual(["a.ts"]);
    expect(disk.fs.readFileSync("/app/lib/a.ts", "utf8")).toBe("one");
    expect(disk.fs.realpathSync.native("/app/lib/")).toBe("/app/lib");
    expect(stamp(disk, "/app")).toEqual(["directory", 0, 1]);
    expect(stamp(disk, "/app/lib/a.ts")).toEqual(["file", 3, 1]);
  });

  it("fails as Node.js does where there is nothing, or something else", () => {
    const disk = new MemoryDisk();
    disk.write({ "/a/b.ts": "" });
    expect(() => disk.fs.readFileSync("/c")).toThrow("ENOENT");
    expect(() => disk.fs.realpathSync.native("/c")).toThrow("ENOENT");
    expect(() => disk.fs.readFileSync("/a")).toThrow("EISDIR");
    expect(() => disk.fs.readdirSync("/a/b.ts")).toThrow("ENOTDIR");
  });

  it("shows what has changed: texts of files, names in directories, and nothing else", () => {
    const disk = new MemoryDisk();
    const paths = ["/", "/app", "/app/lib", "/app/lib/a.ts", "/app/b.ts"];
    const changed = (files: Record<string, string>): string[] => {
      const before = paths.map((path) => JSON.stringify(stamp(disk, path)));
      disk.write(files);
      return paths.filter((path, index) => JSON.stringify(stamp(disk, path)) !== before[index]);
    };
    expect(changed({ "/app/lib/a.ts": "1", "/app/b.ts": "" })).toEqual(paths);
    expect(changed({ "/app/lib/a.ts": "1", "/app/b.ts": "" })).toEqual([]);
    expect(changed({ "/app/lib/a.ts": "2", "/app/b.ts": "" })).toEqual(["/app/lib/a.ts"]);
    expect(changed({ "/app/lib/c.ts": "2", "/app/b.ts": "" })).toEqual(["/app/lib", "/app/lib/a.ts"]);
    expect(changed({ "/app/lib": "", "/app/b.ts": "" })).toEqual(["/app", "/app/lib"]);
  });
});
