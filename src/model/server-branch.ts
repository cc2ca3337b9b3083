import type { Node } from "./ast.ts";
import { unwrap } from "./ast.ts";

type Side = "server" | "browser";

/** True where code runs only on the server although its module runs in the browser too: `typeof window === "undefined"`. */
export function isServerOnlyBranch(node: Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === "IfStatement" || parent.type === "ConditionalExpression") {
      if (at === parent.consequent && sideOf(parent.test, true) === "server") return true;
      if (at === parent.alternate && sideOf(parent.test, false) === "server") return true;
    } else if (parent.type === "LogicalExpression" && at === parent.right) {
      if (sideOf(parent.left, parent.operator === "&&") === "server") return true;
    } else if (parent.type === "BlockStatement" && hasLeft(parent.body, at)) {
      return true;
    }
  }
  return false;
}

/** An earlier statement of the block has sent browsers away. */
function hasLeft(body: readonly Node[], at: Node): boolean {
  for (const statement of body) {
    if (statement === at) return false;
    if (statement.type !== "IfStatement" || sideOf(statement.test, true) !== "browser") continue;
    const { consequent } = statement;
    const last = consequent.type === "BlockStatement" ? consequent.body.at(-1) : consequent;
    if (last?.type === "ReturnStatement" || last?.type === "ThrowStatement") return true;
  }
  return false;
}

/** Where code runs if a test has come out as `outcome`; undefined: the test says nothing of it. */
function sideOf(test: Node, outcome: boolean): Side | undefined {
  const node = unwrap(test);
  if (node.type === "UnaryExpression" && node.operator === "!") return sideOf(node.argument, !outcome);
  if (node.type === "LogicalExpression" && ((node.operator === "&&" && outcome) || (node.operator === "||" && !outcome))) {
    return sideOf(node.left, outcome) ?? sideOf(node.right, outcome);
  }
  const server = saysServer(node);
  if (server === undefined) return undefined;
  return server === outcome ? "server" : "browser";
}

function saysServer(node: Node): boolean | undefined {
  if (node.type === "BinaryExpression" && /^[!=]==?$/u.test(node.operator)) {
    const sides = [node.left, node.right];
    const isWindow = sides.some(
      (side) =>
        side.type === "UnaryExpression" &&
        side.operator === "typeof" &&
        side.argument.type === "Identifier" &&
        (side.argument.name === "window" || side.argument.name === "document"),
    );
    const isUndefined = sides.some((side) => side.type === "Literal" && side.value === "undefined");
    return isWindow && isUndefined ? node.operator.startsWith("=") : undefined;
  }
  if (node.type !== "MemberExpression" || node.property.type !== "Identifier") return undefined;
  const { name } = node.property;
  if (node.object.type === "MetaProperty") return name === "server" ? true : name === "client" ? false : undefined;
  const isImportMetaEnv = node.object.type === "MemberExpression" && node.object.object.type === "MetaProperty";
  return isImportMetaEnv && name === "SSR" ? true : undefined;
}
