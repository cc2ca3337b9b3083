import { looksLikeLimiterName } from "../../sdk/limiters.ts";
import type { FileModel, WrittenCall } from "../file.ts";
import type { Node } from "../syntax/ast.ts";
import { decides, limiterCallOf } from "../limits/limiters.ts";
import { isIdle } from "./answer-building.ts";
import { lastName } from "./caller-checks.ts";
import { unwrapHandler, type Handler } from "../handlers/index.ts";
import { limitedElsewhere } from "./coverage.ts";
import { isIgnored } from "./ignored-calls.ts";
import type { Exposure } from "./exposure.ts";

/**
 * What looks like a limit of a handler whose work nothing limits, and why it is none, as a clause. Undefined: nothing does.
 * Only asked for what is reported, because it reads what else the file and its middleware do.
 */
export function apparentProtection(file: FileModel, handler: Handler, { limited }: Pick<Exposure, "limited">): string | undefined {
  const condition = conditionOfLimiter(file, handler);
  if (condition !== undefined) return `its limiter is consulted only ${condition}`;
  if (limited) return "the limiter that it consults comes after that, or on another path through it";
  const middleware = limitedElsewhere(file, handler);
  if (!middleware) return undefined;
  const { path, isMisplaced } = middleware;
  return isMisplaced ? `the limiter of ${path} never runs, for Next.js looks for it beside the folder of its routes` : `the limiter of ${path} does not run for it`;
}

/** Longer ones would fill a message. */
const MAX_CONDITION = 70;

/** `` where `process.env.NODE_ENV === "production"` ``: on what the first limiter of the handler hangs. */
function conditionOfLimiter(file: FileModel, handler: Handler): string | undefined {
  for (const { fn } of unwrapHandler(file.tracer, handler.value).functions) {
    const { node } = fn;
    if (!node) continue;
    for (const call of file.calls) {
      const [start, end] = call.node.range;
      if (start < node.range[0] || end > node.range[1] || !consultsLimiterAt(file, call)) continue;
      return conditionAround(file, call.node, node);
    }
  }
  return undefined;
}

function consultsLimiterAt(file: FileModel, call: WrittenCall): boolean {
  const limit = limiterCallOf(file.clients, file.tracer, call);
  if (limit !== undefined && decides(limit)) return true;
  return looksLikeLimiterName(lastName(call.value.callee) ?? "") && !isIdle(file.tracer, { value: call.value.callee, place: call.place }) && !isIgnored(file, call);
}

function conditionAround(file: FileModel, call: Node, fn: Node): string | undefined {
  for (let at = call; at.parent && at !== fn; at = at.parent) {
    const { parent } = at;
    const { test, other } = conditionIn(parent);
    if (!test || test === at) continue;
    const text = file.text.slice(...test.range).replaceAll(/\s+/gu, " ");
    const holds = other !== at;
    if (text.length <= MAX_CONDITION) return holds ? `where \`${text}\`` : `where not \`${text}\``;
  }
  return undefined;
}

/** What decides whether parts of a node run, and the part that runs where it does not hold. */
function conditionIn(node: Node): { readonly test?: Node; readonly other?: Node | null } {
  if (node.type === "IfStatement" || node.type === "ConditionalExpression") return { test: node.test, other: node.alternate };
  return node.type === "LogicalExpression" && node.operator === "&&" ? { test: node.left } : {};
}
