import { FileCache, listDirectory, path, type Pass } from "./disk.ts";
import { packageJson } from "./package-json.ts";
import { isDeclaration, isSource } from "./probe.ts";
import { packageRoot } from "./root.ts";

/*
 * What Nitro, the server of Nuxt, finds by its place: middleware that runs before every handler, and helpers whose
 * exports are known in all of the server without an import (https://nitro.build/guide/utils).
 */

const MAX_FILES = 200;
const MAX_DEPTH = 4;

/** The source files below a directory, in the order in which Nitro reads them. */
export function sourcesBelow(directory: string, pass: Pass, depth = 0): readonly string[] {
  const listed = depth > MAX_DEPTH ? undefined : listDirectory(directory, pass);
  const found: string[] = [];
  for (const [name, kind] of [...(listed?.entries ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (found.length > MAX_FILES) break;
    const place = path.join(directory, name);
    if (kind === "directory") found.push(...sourcesBelow(place, pass, depth + 1));
    else if (isSource(name) && !isDeclaration(name)) found.push(place);
  }
  return found;
}

/** Names that a file exports, as far as its text tells at a glance. */
const exportedNames = new FileCache<ReadonlySet<string>>(
  ({ text }) => new Set([...text.matchAll(/^export (?:async )?(?:const |let |class |function ?\*? ?)(?<name>[\w$]+)/gmu)].map(({ groups }) => groups?.["name"] ?? "")),
);

const SERVERS = {};
const INDEX = {};
const PACKAGES = /^(?:nuxt|nitro|nitropack|@analogjs\/platform)$/u;

/** The `server` directory of Nuxt or Nitro that a file stands in; undefined for other servers. */
export function nitroServerOf(file: string, root: string, pass: Pass): string | undefined {
  return pass.memo(SERVERS, path.dirname(file), () => {
    const directory = packageRoot(file, root, pass);
    const isNitro = directory !== undefined && (packageJson(directory, pass)?.dependencies ?? []).some((name) => PACKAGES.test(name));
    return isNitro ? file.slice(0, file.indexOf("/server/", directory.length) + "/server".length) : undefined;
  });
}

interface AutoImport {
  readonly path: string;
  /** The export that the name stands for. */
  readonly name: string;
}

/** The export that is known under a name to the modules of a server's directory. */
export function autoImport(server: string, name: string, pass: Pass): AutoImport | undefined {
  return pass.memo(INDEX, server, () => autoImportsOf(server, pass)).get(name);
}

function autoImportsOf(server: string, pass: Pass): ReadonlyMap<string, AutoImport> {
  const names = new Map<string, AutoImport>();
  for (const folder of [`${server}/utils`, path.join(server, "../shared/utils")]) {
    for (const file of sourcesBelow(folder, pass)) {
      const stem = path.basename(file).replace(/\.[cm]?[jt]sx?$/u, "");
      // The default export has the file's name in camel case.
      names.set(stem.replace(/-(?<letter>\w)/gu, (_match, letter: string) => letter.toUpperCase()), { path: file, name: "default" });
      for (const exported of exportedNames.get(file, pass) ?? []) names.set(exported, { path: file, name: exported });
    }
  }
  return names;
}
