import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { Pass } from "../../src/project/disk.ts";
import { ImportsOf } from "../../src/project/resolver.ts";

const trees: string[] = [];

afterAll(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true, force: true });
});

/** A directory tree in a temporary folder: text files, links ("-> target") and JSON (any object). */
export class Tree {
  readonly top: string;

  constructor(files: Readonly<Record<string, unknown>> = {}) {
    this.top = realpathSync(mkdtempSync(path.join(os.tmpdir(), "upstash-tree-")));
    trees.push(this.top);
    this.write(files);
  }

  at(file: string): string {
    return path.join(this.top, file);
  }

  write(files: Readonly<Record<string, unknown>>): void {
    for (const [file, content] of Object.entries(files)) {
      const place = this.at(file);
      mkdirSync(path.dirname(place), { recursive: true });
      const target = typeof content === "string" ? /^-> (.*)$/u.exec(content)?.[1] : undefined;
      if (target !== undefined) symlinkSync(target, place);
      else writeFileSync(place, typeof content === "string" ? content : JSON.stringify(content));
    }
  }

  remove(file: string): void {
    rmSync(this.at(file), { recursive: true });
  }

  rename(from: string, to: string): void {
    renameSync(this.at(from), this.at(to));
  }

  /** What an import means, relative to the tree's top, as a new pass sees it. */
  resolve(from: string, specifier: string, pass = new Pass(), root = this.top): string | undefined {
    const found = new ImportsOf(this.at(from), { root, pass }).resolve(specifier);
    return found === undefined ? undefined : path.relative(this.top, found).replaceAll("\\", "/");
  }
}
