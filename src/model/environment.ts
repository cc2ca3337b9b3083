import type { Node } from "./ast.ts";
import { staticKey, unwrap } from "./ast.ts";
import type { FileModel } from "./file.ts";
import type { EnvValue } from "./ir.ts";
import { target } from "./values.ts";

/** One read of a named environment variable in the file being linted. */
export interface EnvRead {
  /** The node to report: `process.env.X`, `Deno.env.get("X")`, or the property in a destructuring. */
  readonly node: Node;
  readonly name: string;
  readonly via: EnvValue["via"] | "module";
}

/** Every read of an environment variable, in whatever form it is written. */
export function envReads(file: FileModel): readonly EnvRead[] {
  const reads: EnvRead[] = [];
  for (const node of file.memberNodes) {
    const value = file.evaluator.value(node);
    if (value.kind === "env" && value.name !== undefined) {
      // `const { X } = process.env` gives X a value of the same kind: only the read itself is listed.
      if (unwrap(node) === node) reads.push({ node, name: value.name, via: value.via });
    } else if (value.kind === "member" && value.property !== undefined && /^[A-Z][A-Z\d_]+$/u.test(value.property)) {
      if (isEnvModule(file, node)) reads.push({ node, name: value.property, via: "module" });
    }
  }
  for (const node of file.callNodes) {
    const value = file.evaluator.value(node);
    if (value.kind === "env" && value.name !== undefined) reads.push({ node, name: value.name, via: value.via });
  }
  for (const { id, init } of file.declarators) {
    if (id.type !== "ObjectPattern" || !init) continue;
    const env = target(file.evaluator.value(init));
    if (env.kind !== "env" || env.name !== undefined) continue;
    for (const property of id.properties) {
      const name = property.type === "Property" ? staticKey(property) : undefined;
      if (name !== undefined) reads.push({ node: property, name, via: env.via });
    }
  }
  return reads;
}

/** `env.X` of a module that validates the environment: t3-env, envalid, a schema that parses `process.env`. */
function isEnvModule(file: FileModel, node: Node): boolean {
  if (node.type !== "MemberExpression") return false;
  const path = file.tracer.canonical(file.located(node.object));
  if (path && /^(?:@t3-oss\/env|envalid|@julr\/vite-plugin-validate-env|znv|env-var)/u.test(path.source)) return true;
  return file.tracer.alternatives(file.located(node)).some(({ value }) => value.kind === "env");
}
