import type { FileModel } from "../model/file.ts";
import type { Located } from "../model/values/trace.ts";
import { ensureImport, freeName, insertAfterImports, type Available } from "./imports.ts";
import { moduleVariable } from "./limiter.ts";
import { findProjectExport } from "./project-exports.ts";
import { styleOf } from "./source-style.ts";

const MODULES = ["qstash", "receiver", "upstash", "queue"];

/** The receiver for a suggestion: the file's own, the project's, or a new one that reads its keys from the environment. */
export function receiverFor(file: FileModel): Available {
  const isReceiver = (located: Located): boolean => file.clients.clientOf(located)?.sdk?.role === "receiver-class";
  const own = moduleVariable(file, isReceiver);
  if (own) return { name: own.name, fixes: () => [] };
  const found = findProjectExport(file, MODULES, (_name, value) => isReceiver(value));
  if (found) return ensureImport(file, found.source, found.name);
  const name = freeName(file, "receiver");
  const receiver = ensureImport(file, "@upstash/qstash", "Receiver");
  const { semicolon } = styleOf(file);
  return {
    name,
    fixes: (fixer) => [...receiver.fixes(fixer), insertAfterImports(file, fixer, `const ${name} = new ${receiver.name}()${semicolon}`)],
  };
}
