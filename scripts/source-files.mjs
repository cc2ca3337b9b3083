import { readdirSync, statSync } from "node:fs";
import path from "node:path";

const SOURCE = /\.[cm]?[jt]sx?$/;
const SKIPPED = new Set(["node_modules", ".git", ".next"]);
/** The plugin's own bound for other files: above it, files are generated. */
const MAX_SIZE = 1024 * 1024;

/** Source files of a folder, relative to it with `/`, in the order of their names. Links are not followed. */
export function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : sourceFiles(file).map((inner) => `${entry.name}/${inner}`);
      return entry.isFile() && SOURCE.test(entry.name) && statSync(file).size <= MAX_SIZE ? [entry.name] : [];
    });
}
