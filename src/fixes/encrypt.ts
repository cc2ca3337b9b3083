import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { enclosingFunction, type Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import type { FunctionFacts } from "../model/values/ir.ts";
import { handsOnPlain } from "../model/data/personal-data.ts";
import { specifierName } from "../model/values/bindings.ts";
import { ensureImport, freeName, insertImport, type Available } from "./imports.ts";
import { findProjectExport } from "./project-exports.ts";
import { isTyped, moduleEnd, styleOf } from "./source-style.ts";

/** An encrypting function to wrap data in. */
export interface Encryptor extends Available {
  readonly isAsync: boolean;
  /** Words for the suggestion: `encrypt() from "@/lib/crypto"`. */
  readonly title: string;
}

const MODULES = ["crypto", "encryption", "encrypt", "cipher", "security/crypto", "security/encryption"];
const ENCRYPTOR_NAME = /^encrypt/iu;

/**
 * The encryptor for a suggestion: the one that settings name, one that the file or the project has, or a helper on
 * `node:crypto` that is added to the file.
 */
export function encryptorFor(file: FileModel, at: Node): Encryptor {
  const inAsync = enclosingFunction(at)?.async ?? false;
  const { encryption } = file.settings;
  if (encryption) {
    const isAsync = isAsyncExport(file, encryption.module, encryption.function);
    if (!isAsync || inAsync) return fromModule(file, encryption.module, encryption.function, isAsync);
  }
  return existingEncryptor(file, inAsync) ?? projectEncryptor(file, at, inAsync) ?? newEncryptor(file);
}

function fromModule(file: FileModel, source: string, name: string, isAsync: boolean): Encryptor {
  return { ...ensureImport(file, source, name), isAsync, title: `${name}() from "${source}"` };
}

function isAsyncExport(file: FileModel, source: string, name: string): boolean {
  const functions = file.tracer.functions({ value: { kind: "import", source, name }, place: file.place });
  return functions.some(({ fn }) => isAsyncFunction(fn));
}

const isAsyncFunction = ({ isAsync, returnType }: FunctionFacts): boolean =>
  isAsync || (returnType?.kind === "named" && returnType.name === "Promise");

function existingEncryptor(file: FileModel, inAsync: boolean): Encryptor | undefined {
  for (const node of file.ast.body) {
    if (node.type === "FunctionDeclaration" && node.id && ENCRYPTOR_NAME.test(node.id.name) && (!node.async || inAsync)) {
      return { name: node.id.name, isAsync: node.async, title: `${node.id.name}()`, fixes: () => [] };
    }
    if (node.type !== "ImportDeclaration" || node.importKind === "type") continue;
    for (const specifier of node.specifiers) {
      if (specifier.type !== "ImportSpecifier" || !ENCRYPTOR_NAME.test(specifierName(specifier.imported))) continue;
      const isAsync = isAsyncExport(file, node.source.value, specifierName(specifier.imported));
      if (isAsync && !inAsync) continue;
      return { name: specifier.local.name, isAsync, title: `${specifier.local.name}()`, fixes: () => [] };
    }
  }
  return undefined;
}

function projectEncryptor(file: FileModel, at: Node, inAsync: boolean): Encryptor | undefined {
  const found = findProjectExport(file, MODULES, (name, value) => {
    const functions = file.tracer.functions(value);
    const fits = functions.every(
      ({ fn, place }) => (inAsync || !isAsyncFunction(fn)) && !handsOnPlain(file, { value: { kind: "function", fn }, place }, at),
    );
    return ENCRYPTOR_NAME.test(name) && functions.length > 0 && fits;
  });
  return found && fromModule(file, found.source, found.name, isAsyncExport(file, found.source, found.name));
}

function newEncryptor(file: FileModel): Encryptor {
  const name = freeName(file, "encrypt");
  const cipher = ensureImport(file, "node:crypto", "createCipheriv");
  const bytes = ensureImport(file, "node:crypto", "randomBytes");
  return {
    name,
    isAsync: false,
    title: `a new ${name}() on node:crypto`,
    fixes: (fixer) => [...cryptoImports(file, fixer, [cipher, bytes]), appendHelper(file, fixer, name, cipher.name, bytes.name)],
  };
}

/** One import for both names where neither is there: two edits at one place would be two imports. */
function cryptoImports(file: FileModel, fixer: RuleFixer, [cipher, bytes]: [Available, Available]): RuleFix[] {
  const fixes = [...cipher.fixes(fixer), ...bytes.fixes(fixer)];
  if (fixes.length < 2) return fixes;
  const { quote, semicolon, isCommonJs } = styleOf(file);
  const names = [specifier("createCipheriv", cipher.name, isCommonJs), specifier("randomBytes", bytes.name, isCommonJs)].join(", ");
  const existing = fixes.every(({ text }) => text.startsWith(", "));
  if (existing) return [{ range: fixes[0]?.range ?? [0, 0], text: fixes.map(({ text }) => text).join("") }];
  const line = isCommonJs
    ? `const { ${names} } = require(${quote}node:crypto${quote})${semicolon}`
    : `import { ${names} } from ${quote}node:crypto${quote}${semicolon}`;
  return [insertImport(file, fixer, line)];
}

function specifier(exported: string, local: string, isCommonJs: boolean): string {
  return exported === local ? exported : `${exported}${isCommonJs ? ": " : " as "}${local}`;
}

function appendHelper(file: FileModel, fixer: RuleFixer, name: string, cipher: string, bytes: string): RuleFix {
  const { quote: q, semicolon: s, indent: i, newline } = styleOf(file);
  const typed = isTyped(file);
  const [start, end] = moduleEnd(file);
  const lines = [
    "",
    "/** AES-256-GCM; ENCRYPTION_KEY holds 32 random bytes in base64. */",
    `function ${name}(plaintext${typed ? ": string" : ""})${typed ? ": string" : ""} {`,
    `${i}const key = Buffer.from(process.env.ENCRYPTION_KEY ?? ${q}${q}, ${q}base64${q})${s}`,
    `${i}const iv = ${bytes}(12)${s}`,
    `${i}const cipher = ${cipher}(${q}aes-256-gcm${q}, key, iv)${s}`,
    `${i}const sealed = Buffer.concat([cipher.update(plaintext, ${q}utf8${q}), cipher.final()])${s}`,
    `${i}return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString(${q}base64${q})${s}`,
    "}",
    ...(end === file.text.length ? [""] : []),
  ];
  return fixer.replaceTextRange([start, end], newline + lines.join(newline));
}
