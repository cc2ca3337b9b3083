import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import type { FileModel } from "../model/file.ts";
import type { Located } from "../model/values/trace.ts";
import { ensureImport, freeName, insertAfterImports, type Available } from "./imports.ts";
import { findProjectExport, type ProjectExport } from "./project-exports.ts";
import { styleOf } from "./source-style.ts";

const MODULES = ["ratelimit", "rate-limit", "rateLimit", "limiter", "ratelimiter", "rate-limiter", "redis", "upstash"];

/** A limiter that a suggestion consults. */
export interface LimiterToAsk extends Available {
  readonly title: string;
  /** The project may have made none, as where a variable of the environment is missing: it is `undefined` or `null` then. */
  readonly mayBeMissing?: boolean;
}

/** The limiter for a suggestion: the file's own, the project's, or a new one at module level. */
export function limiterFor(file: FileModel): LimiterToAsk {
  return ownLimiter(file) ?? projectLimiter(file) ?? newLimiter(file);
}

/** Also where it is declared as one or nothing, and assigned later. */
function mayBeMissing(file: FileModel, limiter: Located): boolean {
  const { value } = limiter;
  return (value.kind === "ref" && value.type?.kind === "any-of") || file.tracer.alternatives(limiter).some((alternative) => !isLimiter(file, alternative));
}

function isLimiter(file: FileModel, located: Located): boolean {
  return file.clients.clientOf(located)?.product === "ratelimit";
}

function ownLimiter(file: FileModel): LimiterToAsk | undefined {
  const found = moduleVariable(file, (located) => isLimiter(file, located));
  return found && { name: found.name, title: `\`${found.name}\``, mayBeMissing: mayBeMissing(file, found.value), fixes: () => [] };
}

/** A variable or import at module level whose value is wanted. */
export function moduleVariable(file: FileModel, accepts: (located: Located) => boolean): Pick<ProjectExport, "name" | "value"> | undefined {
  const scope = file.evaluator.scopeManager.globalScope;
  const module = scope?.childScopes.find(({ type }) => type === "module") ?? scope;
  for (const variable of module?.variables ?? []) {
    if (variable.defs[0]?.type !== "ImportBinding" && variable.defs[0]?.type !== "Variable") continue;
    const value = { value: file.evaluator.ref(variable), place: file.place };
    if (accepts(value)) return { name: variable.name, value };
  }
  return undefined;
}

function projectLimiter(file: FileModel): LimiterToAsk | undefined {
  const found = findProjectExport(file, MODULES, (_name, value) => isLimiter(file, value));
  return found && { ...ensureImport(file, found.source, found.name), mayBeMissing: mayBeMissing(file, found.value), title: `\`${found.name}\` from "${found.source}"` };
}

function newLimiter(file: FileModel): LimiterToAsk {
  const name = freeName(file, "ratelimit");
  const limiter = ensureImport(file, "@upstash/ratelimit", "Ratelimit");
  const ownRedis = moduleVariable(file, (located) => file.clients.clientOf(located)?.product === "redis")?.name;
  const redis = ownRedis === undefined ? ensureImport(file, "@upstash/redis", "Redis") : undefined;
  const { quote: q, semicolon: s, indent: i, newline } = styleOf(file);
  const block = [
    `const ${name} = new ${limiter.name}({`,
    `${i}redis: ${ownRedis ?? `${redis?.name ?? "Redis"}.fromEnv()`},`,
    `${i}limiter: ${limiter.name}.slidingWindow(10, ${q}10 s${q}),`,
    `})${s}`,
  ].join(newline);
  return {
    name,
    title: "a new `Ratelimit` of 10 requests in 10 seconds",
    fixes: (fixer) => [...limiter.fixes(fixer), ...(redis?.fixes(fixer) ?? []), afterOwnRedis(file, fixer, ownRedis, block)],
  };
}

/** A limiter that uses a client of this file has to stand behind it. */
function afterOwnRedis(file: FileModel, fixer: RuleFixer, redis: string | undefined, block: string): RuleFix {
  const { newline } = styleOf(file);
  const declaration = file.ast.body.find(
    (node) =>
      (node.type === "VariableDeclaration" ? node : node.type === "ExportNamedDeclaration" ? node.declaration : undefined)?.type ===
        "VariableDeclaration" &&
      file.evaluator.scopeManager
        .getDeclaredVariables(node.type === "ExportNamedDeclaration" && node.declaration ? node.declaration : node)
        .some((variable) => variable.name === redis),
  );
  return declaration ? fixer.insertTextAfter(declaration, `${newline}${newline}${block}`) : insertAfterImports(file, fixer, block);
}
