import { existsSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** What TypeScript says of the files of a checkout whose packages are installed, under its own `tsconfig.json`. */
export class AppTypes {
  #folder;
  /** By folder of a `tsconfig.json`. */
  #services = new Map();

  constructor(folder) {
    this.#folder = folder;
  }

  /**
   * The errors of a file, as `TS2322: …`, were this its text.
   * @returns undefined: no `tsconfig.json` stands above it in the checkout, none of its packages is installed, or it is no file of TypeScript's
   */
  errorsOf(file, text) {
    const absolute = path.join(this.#folder, file);
    const service = /\.[cm]?tsx?$/.test(file) ? this.#serviceFor(path.dirname(absolute)) : undefined;
    return service?.errorsOf(absolute, text);
  }

  #serviceFor(folder) {
    for (let at = folder; at.startsWith(this.#folder); at = path.dirname(at)) {
      if (!existsSync(path.join(at, "tsconfig.json"))) continue;
      if (!this.#services.has(at)) this.#services.set(at, hasPackages(at, this.#folder) ? new Service(at) : undefined);
      return this.#services.get(at);
    }
    return undefined;
  }
}

function hasPackages(folder, top) {
  for (let at = folder; at.startsWith(top); at = path.dirname(at)) if (existsSync(path.join(at, "node_modules"))) return true;
  return false;
}

class Service {
  #names;
  #service;
  #changed = { file: "", text: "", version: 0 };

  constructor(folder) {
    const { config = {} } = ts.readConfigFile(path.join(folder, "tsconfig.json"), ts.sys.readFile);
    const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
    this.#names = new Set(fileNames);
    const textOf = (file) => (file === this.#changed.file ? this.#changed.text : ts.sys.readFile(file));
    this.#service = ts.createLanguageService(
      {
        getCompilationSettings: () => ({ ...options, noEmit: true, skipLibCheck: true, incremental: false, composite: false }),
        getScriptFileNames: () => [...this.#names],
        getScriptVersion: (file) => (file === this.#changed.file ? `changed ${String(this.#changed.version)}` : "0"),
        getScriptSnapshot(file) {
          const text = textOf(file);
          return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
        },
        getCurrentDirectory: () => folder,
        getDefaultLibFileName: ts.getDefaultLibFilePath,
        fileExists: ts.sys.fileExists,
        readFile: ts.sys.readFile,
        readDirectory: ts.sys.readDirectory,
        directoryExists: ts.sys.directoryExists,
        getDirectories: ts.sys.getDirectories,
        realpath: ts.sys.realpath,
      },
      ts.createDocumentRegistry(),
    );
  }

  errorsOf(file, text) {
    this.#names.add(file);
    this.#changed = { file, text, version: this.#changed.version + 1 };
    return [...this.#service.getSyntacticDiagnostics(file), ...this.#service.getSemanticDiagnostics(file)].map(
      ({ code, messageText }) => `TS${String(code)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  }
}
