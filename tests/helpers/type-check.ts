import path from "node:path";
import ts from "typescript";
import { PROJECT_DEFAULTS, repositoryRoot, type ProjectFiles } from "./project.ts";

/** A file to check, in a project of its own that exists in memory only. */
export interface CheckedFile {
  /** Relative to its project. */
  readonly filename: string;
  readonly code: string;
  /** The project's other files; its `tsconfig.json` counts for `paths`. */
  readonly files: ProjectFiles;
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: ["node"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  // cases are small programs of their own: without this, those without imports would share one global scope
  moduleDetection: ts.ModuleDetectionKind.Force,
  jsx: ts.JsxEmit.ReactJSX,
  strict: true,
  allowJs: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  esModuleInterop: true,
  skipLibCheck: true,
  noEmit: true,
};

/** Projects lie below the repository, so that packages resolve to its node_modules. */
const virtualRoot = path.join(repositoryRoot, "tests/.virtual");
const ambient = path.join(repositoryRoot, "tests/helpers/ambient.d.ts");
const CHECKED = /\.[cm]?[jt]sx?$/;

/**
 * Type errors of each file, in the order given, from one program over all of them and the real packages. An error is
 * its code and text. Files that TypeScript does not read (`.vue`, …) have none; JavaScript has only syntax errors.
 */
export function typeErrors(checked: readonly CheckedFile[]): string[][] {
  const roots = checked.map((_, index) => path.join(virtualRoot, String(index)));
  const contents = new Map<string, string>();
  checked.forEach(({ filename, code, files }, index) => {
    for (const [name, content] of Object.entries({ ...PROJECT_DEFAULTS, ...files, [filename]: code })) {
      contents.set(path.join(roots[index] ?? "", name), content);
    }
  });
  const names = checked.map(({ filename }, index) => path.join(roots[index] ?? "", filename));
  const program = ts.createProgram({
    rootNames: [ambient, ...names.filter((name) => CHECKED.test(name))],
    options: OPTIONS,
    host: hostOver(contents),
  });
  return names.map((name) => {
    const file = program.getSourceFile(name);
    if (file === undefined) return [];
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ code, messageText }) => `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  });
}

/** The errors in `after` that are not in `before`, each counted. */
export function newErrors(before: readonly string[], after: readonly string[]): string[] {
  const left = [...before];
  return after.filter((error) => {
    const index = left.indexOf(error);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}

/** The file system with `contents` laid over it. */
function hostOver(contents: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS, true);
  const folders = new Set<string>();
  for (const name of contents.keys()) {
    for (let folder = path.dirname(name); folder.startsWith(virtualRoot); folder = path.dirname(folder)) folders.add(folder);
  }
  const isVirtual = (name: string): boolean => name.startsWith(virtualRoot);
  const resolver = new AliasResolver(contents);
  const overlay: ts.CompilerHost = {
    ...host,
    fileExists: (name) => (isVirtual(name) ? contents.has(name) : host.fileExists(name)),
    readFile: (name) => (isVirtual(name) ? contents.get(name) : host.readFile(name)),
    directoryExists: (name) => (isVirtual(name) ? folders.has(name) : (host.directoryExists?.(name) ?? true)),
    realpath: (name) => (isVirtual(name) ? name : (host.realpath?.(name) ?? name)),
    getSourceFile(name, version) {
      const content = isVirtual(name) ? contents.get(name) : undefined;
      return content === undefined ? host.getSourceFile(name, version) : ts.createSourceFile(name, content, version, true);
    },
    resolveModuleNameLiterals: (literals, containing) =>
      literals.map((literal) => ts.resolveModuleName(literal.text, containing, resolver.optionsFor(containing), overlay)),
  };
  return overlay;
}

/** Gives each virtual project the `paths` of its own tsconfig.json. */
class AliasResolver {
  readonly #options = new Map<string, ts.CompilerOptions>();
  readonly #contents: ReadonlyMap<string, string>;

  constructor(contents: ReadonlyMap<string, string>) {
    this.#contents = contents;
  }

  optionsFor(containing: string): ts.CompilerOptions {
    if (!containing.startsWith(virtualRoot)) return OPTIONS;
    const root = path.join(virtualRoot, path.relative(virtualRoot, containing).split(path.sep)[0] ?? "");
    let options = this.#options.get(root);
    if (options === undefined) {
      options = { ...OPTIONS, paths: this.#pathsOf(root) };
      this.#options.set(root, options);
    }
    return options;
  }

  #pathsOf(root: string): ts.MapLike<string[]> {
    const file = path.join(root, "tsconfig.json");
    const { config } = ts.parseConfigFileTextToJson(file, this.#contents.get(file) ?? "{}") as {
      config?: { compilerOptions?: { baseUrl?: string; paths?: Record<string, string[]> } };
    };
    const { baseUrl = ".", paths = {} } = config?.compilerOptions ?? {};
    return Object.fromEntries(
      Object.entries(paths).map(([alias, targets]) => [alias, targets.map((target) => path.resolve(root, baseUrl, target))]),
    );
  }
}
