import type { FileModel } from "../../src/model/file.ts";
import type { Value } from "../../src/model/values/ir.ts";
import type { Located } from "../../src/model/values/trace.ts";
import type { ProjectFiles } from "../helpers/project.ts";
import { withModel } from "./file-model.ts";

const FILE = "lib/example.ts";

/** Hands `read` what stands in `probe(…)` in the code, which is a file of a project with the other files. */
export function probed<Result>(
  code: string,
  read: (file: FileModel, located: Located) => Result,
  files: ProjectFiles = {},
  filename = FILE,
): Result {
  const { result } = withModel({ ...files, [filename]: code }, filename, (file) => {
    const call = file.callNodes.find(({ callee }) => callee.type === "Identifier" && callee.name === "probe");
    const [argument] = call?.arguments ?? [];
    if (!argument) throw new Error("The code has no probe(…).");
    return { result: read(file, file.located(argument)) };
  });
  return result;
}

/** Everything that `probe(…)` may hold, each said in one word or so; without repetition, in order of discovery. */
export function sources(code: string, files: ProjectFiles = {}, filename = FILE): readonly string[] {
  return probed(code, (file, located) => distinct(told(file, located)), files, filename);
}

/** The outside name of what `probe(…)` holds: `"@upstash/redis#Redis.fromEnv"`; undefined where it has none. */
export function canonicalName(code: string, files: ProjectFiles = {}, filename = FILE): string | undefined {
  return probed(
    code,
    (file, located) => {
      const path = file.tracer.canonical(located);
      return path && `${path.source}#${path.path.join(".")}`;
    },
    files,
    filename,
  );
}

/** Templates and operations are told as their operands; one that holds itself is told once. */
function told(file: FileModel, located: Located, within: ReadonlySet<Value> = new Set()): readonly string[] {
  return file.tracer.alternatives(located).flatMap(({ value, place }) => {
    if (value.kind !== "template" && value.kind !== "operation") return [word(value)];
    if (within.has(value)) return [];
    return partsOf(value).flatMap((part) => told(file, { value: part, place }, new Set([...within, value])));
  });
}

function partsOf(value: Value): readonly Value[] {
  if (value.kind === "template") return value.parts;
  return value.kind === "operation" ? value.operands : [];
}

function word(value: Value): string {
  switch (value.kind) {
    case "literal":
      return typeof value.value === "string" ? JSON.stringify(value.value) : String(value.value);
    case "env":
      return `env ${value.name ?? "*"}`;
    case "import":
      return `${value.source}#${value.name}`;
    case "global":
      return `global ${value.name}`;
    case "param":
      return `parameter ${value.fn.params[value.index]?.name ?? String(value.index)}`;
    case "member":
      return `${word(value.object)}.${value.property ?? "*"}`;
    default:
      return value.kind;
  }
}

function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}
