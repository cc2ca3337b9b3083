import { ANSWERED } from "../../sdk/sinks.ts";
import { answersOf } from "./answers.ts";
import { contains, type Node } from "../syntax/ast.ts";
import { CaughtErrors, type Caught } from "../flow/caught-errors.ts";
import type { FileModel } from "../file.ts";
import { Outlets, type Outlet } from "./outlets.ts";
import { readableIn } from "../values/readable.ts";
import type { Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located } from "../values/trace.ts";
import { callsForAnyError, isNarrowed, sortsByTernary, sortsErrors } from "../flow/which-error.ts";
import { target } from "../values/values.ts";

/** What an error of Upstash says, on its way to whoever made a request. */
export interface LeakedError {
  /** The expression that makes a text of it; the error itself where it is handed to a function that does. */
  readonly node: Node;
  readonly call: string;
  readonly isHandedOn: boolean;
}

/** Where the file answers requests with what an error of Upstash says. */
export function leakedErrors(file: FileModel): readonly LeakedError[] {
  const caught = new CaughtErrors(file);
  const outlets = new Outlets(file);
  const found = new Map<Node, LeakedError>();
  const look = ({ kind, label, value, node, isBehind }: Outlet): void => {
    if (isBehind && sortsByTernary(value.value)) return;
    if (kind !== "response" && kind !== "browser" && !(kind === "error" && label === ANSWERED)) return;
    for (const { what, node: at } of readableIn(file.tracer, value, node, (part) => (isSortedOut(part, value) ? undefined : textOf(caught, part)))) {
      const shown = isBehind ? node : wholeText(at, node);
      if (!found.has(shown) && !isNarrowed(at, what.by)) found.set(shown, { node: shown, call: what.call, isHandedOn: isBehind });
    }
  };
  for (const node of file.callNodes) {
    if (!isInHandler(node)) continue;
    const value = file.evaluator.value(node);
    if (value.kind !== "call" || !value.args.some(mayBeCaught)) continue;
    const call = { value, place: file.place };
    const own = outlets.of(call, node);
    for (const outlet of own) look(outlet);
    const handed = own.length > 0 ? undefined : value.args.find((arg) => caught.of({ value: arg, place: file.place }) !== undefined)?.node;
    if (handed) for (const outlet of outlets.behind(call, node, callsForAnyError)) look({ ...outlet, node: handed });
  }
  for (const outlet of answersOf(file)) if (isInHandler(outlet.node) && mayBeCaught(outlet.value.value)) look(outlet);
  return [...found.values()].sort((one, other) => one.node.range[0] - other.node.range[0]);
}

/** A cheap look before anything is followed: made of something that a `catch` clause has caught, or of a parameter. */
const mayBeCaught = (value: Value): boolean => dependsOn(value, ({ kind, node }) => kind === "param" || (kind === "unknown" && node?.type === "CatchClause"));

/** What an error is asked for that holds its text. */
const TELLING: ReadonlySet<string> = new Set(["message", "stack", "cause"]);

/** `error.message`, `String(error)`, `` `${error}` ``: JSON of an error itself is empty. */
function textOf(caught: CaughtErrors, { value, place }: Located): Caught | undefined {
  switch (value.kind) {
    case "member":
      return value.property !== undefined && TELLING.has(value.property) ? caught.of({ value: value.object, place }) : undefined;
    case "template":
      return firstOf(value.parts.map((part) => caught.of({ value: part, place })));
    case "operation":
      return value.operator === "+" ? firstOf(value.operands.map((part) => caught.of({ value: part, place }))) : undefined;
    case "call": {
      const callee = target(value.callee);
      if (callee.kind === "global" && callee.name === "String" && value.args[0]) return caught.of({ value: value.args[0], place });
      return callee.kind === "member" && callee.property === "toString" ? caught.of({ value: callee.object, place }) : undefined;
    }
    default:
      return undefined;
  }
}

const firstOf = (all: readonly (Caught | undefined)[]): Caught | undefined => all.find((one) => one !== undefined);

/** A cheap question before anything is followed: the node stands in a `catch` clause, or in a function handed to `.catch()`. */
function isInHandler(node: Node): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === "CatchClause") return true;
    if (at.type === "CallExpression" && at.callee.type === "MemberExpression" && at.callee.property.type === "Identifier") {
      if (at.callee.property.name === "catch" || at.callee.property.name === "then") return true;
    }
  }
  return false;
}

/** `error instanceof Error ? error.message : String(error)`: one text, whichever branch it comes from. */
function wholeText(node: Node, outermost: Node): Node {
  let whole = node;
  for (let at = node; at !== outermost && at.parent && contains(outermost, at.parent); at = at.parent) {
    const { parent } = at;
    if (parent.type === "ConditionalExpression" && parent.test !== at) whole = parent;
    else if (parent.type === "LogicalExpression") whole = parent;
    else if (parent.type === "Property" || parent.type === "CallExpression" || parent.type === "TemplateLiteral") break;
  }
  return whole;
}

/** The text is made in a function that sorts errors, and is not what is let out: which of them it answers is not known. */
function isSortedOut({ place }: Located, outlet: Located): boolean {
  const fn = place.frame?.fn;
  return fn !== undefined && fn !== outlet.place.frame?.fn && sortsErrors(fn);
}
