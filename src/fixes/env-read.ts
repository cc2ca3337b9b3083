import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import type { FileModel } from "../model/file.ts";
import { partsOf } from "../model/values/reach.ts";
import type { Located } from "../model/values/trace.ts";
import type { Value } from "../model/values/ir.ts";
import { packageOf } from "../model/place/runtime.ts";
import { ensureImport } from "./imports.ts";
import { findProjectExport } from "./project-exports.ts";
import { isTyped } from "./source-style.ts";

/** How a file reads a variable. */
export interface EnvReadText {
  /** The bare read, as in a template: `process.env.NAME`. */
  readonly text: string;
  /** The read where a string is wanted: with `!` in TypeScript, unless its type says that it is there. */
  readonly asString: string;
  readonly idiom: "process.env" | "import.meta.env" | "Deno.env" | "Bun.env" | "module";
  fixes(fixer: RuleFixer): RuleFix[];
}

const NO_EDITS = (): RuleFix[] => [];

/**
 * The read of a variable as the file would write it: through the environment module that it imports or its project has,
 * if that declares the variable; else in the way that it reads others; else as its runtime does.
 */
export function envReadFor(file: FileModel, name: string): EnvReadText {
  const own = importedModule(file, name);
  if (own) return own;
  const idiom = idiomOf(file);
  if (idiom === undefined) {
    const module = projectModule(file, name);
    if (module) return module;
  }
  return written(file, name, idiom ?? runtimeIdiom(file));
}

function written(file: FileModel, name: string, idiom: Exclude<EnvReadText["idiom"], "module">): EnvReadText {
  const text = idiom === "Deno.env" ? `Deno.env.get(${quoted(file, name)})` : `${idiom}.${name}`;
  return { text, asString: `${text}${isTyped(file) ? "!" : ""}`, idiom, fixes: NO_EDITS };
}

const quoted = (file: FileModel, text: string): string => (file.text.split("'").length > file.text.split('"').length ? `'${text}'` : `"${text}"`);


const IDIOMS = ["process.env", "import.meta.env", "Deno.env", "Bun.env"] as const;

/** The way that the file reads most of its variables; undefined: it reads none. */
function idiomOf({ text }: FileModel): (typeof IDIOMS)[number] | undefined {
  let best: (typeof IDIOMS)[number] | undefined;
  let most = 0;
  for (const idiom of IDIOMS) {
    const count = text.includes(idiom) ? text.split(idiom).length - 1 : 0;
    if (count > most) [best, most] = [idiom, count];
  }
  return best;
}

function runtimeIdiom(file: FileModel): (typeof IDIOMS)[number] {
  if ([...file.sources].some((source) => /^(?:npm|jsr|https):/u.test(source)) || /\bDeno\./u.test(file.text)) return "Deno.env";
  return packageOf(file)?.dependencies.includes("astro") === true ? "import.meta.env" : "process.env";
}

/** `env` of `@/env`, or of SvelteKit, where the file imports it and it has the variable. */
function importedModule(file: FileModel, name: string): EnvReadText | undefined {
  if (file.sources.has("$env/static/private")) {
    const read = ensureImport(file, "$env/static/private", name);
    return { text: read.name, asString: read.name, idiom: "module", fixes: (fixer) => read.fixes(fixer) };
  }
  for (const statement of file.ast.body) {
    if (statement.type !== "ImportDeclaration" || statement.importKind === "type") continue;
    const isPrivate = statement.source.value === "$env/dynamic/private";
    for (const { local } of statement.specifiers) {
      if (!isPrivate && !/env|config/iu.test(local.name)) continue;
      if (isPrivate || declares(file, file.located(local), name)) {
        const text = `${local.name}.${name}`;
        return { text, asString: isPrivate && isTyped(file) ? `${text}!` : text, idiom: "module", fixes: NO_EDITS };
      }
    }
  }
  return undefined;
}

const ENV_MODULES = ["env", "env/server", "env.server", "config/env", "server/env"];

function projectModule(file: FileModel, name: string): EnvReadText | undefined {
  const found = findProjectExport(file, ENV_MODULES, (exported, value) => /env$/iu.test(exported) && declares(file, value, name));
  if (!found) return undefined;
  const read = ensureImport(file, found.source, found.name);
  const text = `${read.name}.${name}`;
  return { text, asString: text, idiom: "module", fixes: (fixer) => read.fixes(fixer) };
}

/** An object with that key, or made by a function that is given one, as schemas are. */
function declares(file: FileModel, located: Located, name: string): boolean {
  return file.tracer.alternatives(located).some(({ value, place }) => {
    if (value.kind === "object") return value.entries.some(({ key }) => key === name);
    return value.kind === "call" && hasKey(file, { value, place }, name, 0);
  });
}

function hasKey(file: FileModel, { value, place }: Located, name: string, depth: number): boolean {
  if (depth > 6) return false;
  return file.tracer.alternatives({ value, place }).some((one) => {
    if (one.value.kind === "object" && one.value.entries.some(({ key }) => key === name)) return true;
    const parts: readonly Value[] = one.value.kind === "call" || one.value.kind === "object" || one.value.kind === "member" ? partsOf(one.value) : [];
    return parts.some((part) => part !== one.value && part.kind !== "global" && hasKey(file, { value: part, place: one.place }, name, depth + 1));
  });
}
