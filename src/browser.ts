/*
 * For pages that run the rules, such as a playground. The plugin itself needs nothing of this: without a project it
 * judges each file by itself.
 */
import * as scopeManager from "@typescript-eslint/scope-manager";
import { visitorKeys } from "@typescript-eslint/visitor-keys";
import * as pathToRegexp from "path-to-regexp";
import picomatch from "picomatch";
import { endPass, useDisk } from "./project/disk.ts";
import { provide } from "./project/load.ts";
import { MemoryDisk } from "./project/memory.ts";

/** The functions of `node:path` on paths with forward slashes, as packages for browsers have them. */
export interface PathFunctions {
  readonly sep: "/" | "\\";
  readonly basename: (path: string, suffix?: string) => string;
  readonly dirname: (path: string) => string;
  readonly extname: (path: string) => string;
  readonly isAbsolute: (path: string) => boolean;
  readonly join: (...paths: string[]) => string;
  readonly normalize: (path: string) => string;
  readonly relative: (from: string, to: string) => string;
  readonly parse: (path: string) => { root: string; dir: string; base: string; ext: string; name: string };
  readonly resolve: (...paths: string[]) => string;
}

/** What the plugin takes from the disk and from native packages where there is Node.js. */
export interface BrowserHost {
  readonly path: PathFunctions;
  /**
   * Parses a file of the project that is not being linted.
   * @returns the ESTree program as the parser of typescript-eslint makes it, with ranges
   * @throws on a syntax error: nothing is then known of the file
   */
  readonly parse: (text: string, options: { readonly filePath: string; readonly jsx: boolean }) => unknown;
}

export interface MemoryProject {
  /**
   * Makes these the project's files: absolute paths with forward slashes to text. A package.json shows where the
   * project begins. To be called after each edit, before linting.
   */
  readonly setFiles: (files: Readonly<Record<string, string>>) => void;
}

/** Gives the rules a project in memory in place of the disk. It is empty at first. There is one for all that is linted. */
export function projectInMemory({ path, parse }: BrowserHost): MemoryProject {
  const disk = new MemoryDisk();
  useDisk(disk.fs, path);
  provide("@typescript-eslint/scope-manager", scopeManager);
  provide("@typescript-eslint/visitor-keys", { visitorKeys });
  provide("path-to-regexp", pathToRegexp);
  provide("picomatch", picomatch);
  provide("oxc-parser", {
    parseSync(filePath: string, text: string, { lang }: { readonly lang: string }) {
      try {
        return { program: parse(text, { filePath, jsx: lang.endsWith("x") }), errors: [] };
      } catch {
        return { program: { body: [] }, errors: [{ severity: "Error" }] };
      }
    },
  });
  return {
    setFiles(files) {
      disk.write(files);
      endPass();
    },
  };
}
