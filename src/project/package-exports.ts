import type { NapiResolveOptions, ResolverFactory } from "oxc-resolver";
import { resolve as targetsOf } from "resolve.exports";
import { listDirectory, type Pass, path, stampOf } from "./disk.ts";
import { load } from "./load.ts";
import { packageJson } from "./package-json.ts";
import { isDeclaration, unbuiltSource } from "./probe.ts";

/**
 * Conditions under which a package shows its sources rather than what it publishes, then those of a server. Neither
 * "browser" nor "react-server": they lead to stand-ins.
 */
const CODE = ["source", "development", "svelte", "import", "require", "module", "node", "default"];
/** In a workspace, "types" often names the source file. */
const TYPES = ["types", ...CODE];

interface Resolver {
  readonly factory: ResolverFactory;
  /** The pass that its cache is of. */
  pass: Pass;
}

/** One for each set of conditions, never one a call: each holds a cache outside of JavaScript's heap. */
const resolvers = new Map<string, Resolver>();

interface Answer {
  readonly file: string;
  readonly stamps: string;
}
const answers = new Map<string, Answer>();
const ASKED = {};

/**
 * The file that a package's own package.json gives for a request: its `imports` ("#lib/redis"), or its `exports`,
 * asked with the package's own name ("@acme/db/schema").
 *
 * @param directory the package's directory, free of links
 * @param customConditions those of the importing file's tsconfig
 * @returns a path free of links that may lie anywhere; undefined where package.json does not say, the file is
 *   missing, package.json is broken, or the native resolver can't be loaded
 */
export function packageEntry(
  directory: string,
  request: string,
  customConditions: readonly string[],
  pass: Pass,
): string | undefined {
  const key = [directory, request, ...customConditions].join("\0");
  return pass.memo(ASKED, key, () => {
    const known = answers.get(key);
    if (known && known.stamps === stampsOf(directory, known.file, pass)) return known.file;
    const file = codeOf(directory, request, customConditions, pass);
    // "Not found" is not kept: what would have to be created to change it is known to the resolver alone.
    if (file === undefined) answers.delete(key);
    else answers.set(key, { file, stamps: stampsOf(directory, file, pass) });
    return file ?? unbuiltSource(directory, targetsIn(directory, request, [...customConditions, ...CODE], pass), pass) ?? askWith([...customConditions, ...TYPES], directory, request, pass);
  });
}

/** An answer holds while package.json is as it was and no name came or went beside the file. */
function stampsOf(directory: string, file: string, pass: Pass): string {
  const manifest = stampOf(path.join(directory, "package.json"), pass);
  const present = listDirectory(path.dirname(file), pass)?.entries.has(path.basename(file)) ?? false;
  return `${manifest} ${present} ${pass.stat(path.dirname(file))?.stamp}`;
}

/** The file that package.json names, if it is there and holds more than types. */
function codeOf(directory: string, request: string, conditions: readonly string[], pass: Pass): string | undefined {
  const typed = askWith([...conditions, ...TYPES], directory, request, pass);
  return typed !== undefined && !isDeclaration(typed) ? typed : askWith([...conditions, ...CODE], directory, request, pass);
}

/** What package.json names for a request, whether it is there or not. */
function targetsIn(directory: string, request: string, conditions: readonly string[], pass: Pass): readonly string[] {
  const manifest = packageJson(directory, pass);
  try {
    return (manifest && targetsOf(manifest.entries, request, { conditions, unsafe: true })) ?? [];
  } catch {
    return []; // it exports nothing under that name
  }
}

function askWith(conditions: readonly string[], directory: string, request: string, pass: Pass): string | undefined {
  try {
    return resolverFor(conditions, pass)?.factory.sync(directory, request).path;
  } catch {
    return undefined;
  }
}

/** A resolver that has seen nothing older than this pass. */
function resolverFor(conditions: readonly string[], pass: Pass): Resolver | undefined {
  const key = conditions.join("\0");
  let resolver = resolvers.get(key);
  if (!resolver) {
    const oxc = load<{ ResolverFactory: new (options: NapiResolveOptions) => ResolverFactory }>("oxc-resolver");
    if (!oxc) return undefined;
    resolver = { factory: new oxc.ResolverFactory({ ...OPTIONS, conditionNames: [...conditions] }), pass };
    resolvers.set(key, resolver);
  } else if (resolver.pass !== pass) {
    resolver.factory.clearCache();
    resolver.pass = pass;
  }
  return resolver;
}

const OPTIONS: NapiResolveOptions = {
  extensions: [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".d.ts"],
  extensionAlias: {
    ".js": [".ts", ".tsx", ".js", ".jsx", ".d.ts"],
    ".jsx": [".tsx", ".jsx"],
    ".mjs": [".mts", ".mjs"],
    ".cjs": [".cts", ".cjs"],
  },
  mainFields: ["source", "module", "main"],
  nodePath: false,
};
