import type { TSESTree } from "@typescript-eslint/types";
import { isFunction, type Node } from "../syntax/ast.ts";
import { stageBranches, turnsAway } from "../protection/caller-checks.ts";
import type { FileModel } from "../file.ts";
import { lowerStatements } from "../values/lower.ts";
import { soundsLikeStage, tellsStage } from "../qstash/signature-checks.ts";
import type { Value } from "../values/ir.ts";

const LOCAL_FOLDER = /(?:^|\/)(?:examples?|demos?|playgrounds?|sandbox|local|dev|e2e)\//u;
const LOCAL_NAME = /(?:^|[._-])(?:dev|local|development|emulator)[._-]/u;

/** The path says that the file is for a developer's machine. */
export function isLocalFile(path: string): boolean {
  return LOCAL_NAME.test(path.slice(path.lastIndexOf("/") + 1)) || LOCAL_FOLDER.test(path);
}

/**
 * What stands at a node may run in production: false behind a check of the stage, in a branch or behind an early exit,
 * and in what a name says to be for development.
 */
export function mayRunInProduction(file: FileModel, node: Node): boolean {
  for (let at: Node = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (isOtherBranch(file, at, parent) || isBehindExit(file, at, parent) || isNamedForStage(parent)) return false;
  }
  return true;
}

/** In a branch that production does not take, or about which that can't be known. */
function isOtherBranch(file: FileModel, node: Node, parent: Node): boolean {
  if (parent.type === "IfStatement" || parent.type === "ConditionalExpression") {
    if (parent.test === node) return false;
    return !isForProduction(file, parent.test, parent.consequent === node);
  }
  if (parent.type === "SwitchCase") return parent.test !== node && isOtherCase(file, parent);
  return parent.type === "LogicalExpression" && parent.right === node && parent.operator !== "??" && !isForProduction(file, parent.left, parent.operator === "&&");
}

/** `switch (process.env.NODE_ENV) { case "development": … }`; the cases above may run on into it. */
function isOtherCase(file: FileModel, node: TSESTree.SwitchCase): boolean {
  const { cases, discriminant } = node.parent;
  const asked = file.evaluator.value(discriminant);
  const stageOfCase = (test: Node): Branches | undefined => stageOf(file, { kind: "operation", operator: "===", operands: [asked, file.evaluator.value(test)] });
  // What is left for `default` is not for production where a case is.
  const isOther = ({ test }: TSESTree.SwitchCase): boolean =>
    test ? stageOfCase(test)?.then === true : cases.some((other) => other.test && stageOfCase(other.test)?.otherwise === true);
  const index = cases.indexOf(node);
  let first = index;
  while (first > 0 && !endsCase(cases[first - 1])) first--;
  return cases.slice(first, index + 1).every(isOther);
}

function endsCase(before: TSESTree.SwitchCase | undefined): boolean {
  const last = before?.consequent.at(-1);
  const end = last?.type === "BlockStatement" ? last.body.at(-1) : last;
  return end !== undefined && /^(?:Return|Break|Throw|Continue)Statement$/u.test(end.type);
}

function isForProduction(file: FileModel, test: Node, holds: boolean): boolean {
  const value = file.evaluator.value(test);
  const stage = stageOf(file, value);
  if (stage && (stage.then || stage.otherwise)) return !(holds ? stage.then : stage.otherwise);
  return !tellsStage(value);
}

type Branches = NonNullable<ReturnType<typeof stageBranches>>;

function stageOf(file: FileModel, value: Value): Branches | undefined {
  return stageBranches(value) ?? stageBranches(file.tracer.only({ value, place: file.place })?.value ?? value);
}

/** `if (process.env.NODE_ENV === "production") return;` before it. */
function isBehindExit(file: FileModel, node: Node, parent: Node): boolean {
  if (parent.type !== "BlockStatement" && parent.type !== "Program") return false;
  return parent.body.some((statement) => {
    if (statement.type !== "IfStatement" || statement.range[1] > node.range[0]) return false;
    const value = file.evaluator.value(statement.test);
    if (!stageOf(file, value) && !tellsStage(value)) return false;
    return turnsAway(file.tracer, lowerStatements(file.evaluator, [statement.consequent]), file.place) || file.text.slice(...statement.consequent.range).includes("process.exit");
  });
}

/** `function makeDevClient() { … }`, `const localReceiver = …` */
function isNamedForStage(node: Node): boolean {
  if (node.type === "VariableDeclarator") return node.id.type === "Identifier" && soundsLikeStage(node.id.name);
  if (node.type === "Property") return node.key.type === "Identifier" && node.key.name !== "devMode" && soundsLikeStage(node.key.name);
  return isFunction(node) && node.id !== null && soundsLikeStage(node.id.name);
}
