import type { TSESTree } from "@typescript-eslint/types";
import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { unwrap, wrapped, type Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import type { Finding } from "../model/data/findings.ts";
import { namesOf } from "../model/data/telling-names.ts";
import { ensureImport } from "./imports.ts";
import { asElement } from "./parentheses.ts";
import { keyBefore } from "./shorthand.ts";

/** Hashes what a finding shows; `by` are words for the suggestion. */
export function hashFix(file: FileModel, finding: Finding): { readonly by: string; readonly fix: (fixer: RuleFixer) => RuleFix[] } {
  const node = smallest(file, finding);
  const text = file.text.slice(...node.range);
  const isText = file.evaluator.value(node).kind === "template" || node.type === "Literal";
  const under = keyBefore(file, node);
  const given = isText ? text : `String(${asElement(file, node)})`;
  const [own] = file.settings.hashers;
  if (own !== undefined) {
    const [module = "", name = ""] = own.split("#");
    const hasher = ensureImport(file, module, name);
    return { by: `${hasher.name}()`, fix: (fixer) => [...hasher.fixes(fixer), fixer.replaceText(node, `${under}${hasher.name}(${given})`)] };
  }
  const createHash = ensureImport(file, "node:crypto", "createHash");
  const hashed = `${createHash.name}("sha256").update(${given}).digest("hex")`;
  return { by: "SHA-256", fix: (fixer) => [...createHash.fixes(fixer), fixer.replaceText(node, `${under}${hashed}`)] };
}

/** `userKey(email)`: the argument is hashed, not the key with its beginning. */
function smallest(file: FileModel, { node, name, sensitivity }: Finding): Node {
  const at = unwrap(node);
  // `email.toLowerCase()`: what is made the same first is hashed after that.
  const { parent } = wrapped(node);
  const isNormalised = parent?.type === "MemberExpression" && parent.object === wrapped(node) && parent.property.type === "Identifier" && NORMALISING.test(parent.property.name);
  const call = isNormalised ? wrapped(parent).parent : undefined;
  if (call?.type === "CallExpression") return smallest(file, { node: call, name, sensitivity });
  if (at.type !== "CallExpression" || isMethodOf(at, name, file)) return node;
  return at.arguments.find((argument) => argument.type !== "SpreadElement" && namesOf(file.evaluator.value(argument)).includes(name)) ?? node;
}

const NORMALISING = /^(?:toLowerCase|toUpperCase|toLocaleLowerCase|trim|trimStart|trimEnd|normalize|toString)$/u;

/** `email.trim()`: a method of the data itself. */
function isMethodOf({ callee }: TSESTree.CallExpression, name: string, file: FileModel): boolean {
  const member = unwrap(callee);
  return member.type === "MemberExpression" && namesOf(file.evaluator.value(member.object)).includes(name);
}
