import { oncePerText } from "../../once-per-text.ts";
import { mayRedact } from "../../project/search.ts";
import { WORKFLOW_STEPS } from "../../sdk/deliveries.ts";
import type { Command } from "../clients/clients.ts";
import { handedOver, otherMaker } from "../commands/deliveries.ts";
import type { FileModel } from "../file.ts";
import { isFunction } from "../syntax/ast.ts";
import type { CallValue, FunctionFacts, TypeShape } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

const CONTEXT_SOURCE = /^@upstash\/(?:workflow|qstash\/workflow)(?:\/|$)/u;

/** Text test: false where the file calls no such method, or has no workflow. */
export const mayBeStep = oncePerText((text) => /\.\??(?:call|invoke|notify)\b/u.test(text) && /workflow|serve\b/iu.test(text));

/**
 * What a step of a workflow hands to QStash, in the shape of a Redis command without keys. Undefined: it hands over
 * nothing, the receiver is not known to be the context of a run, or some trigger of the project hides parts of its runs:
 * which of them it is that gets here is not known.
 */
export function workflowStepOf(file: FileModel, call: Located<CallValue>): Command | undefined {
  const callee = target(call.value.callee);
  if (callee.kind !== "member" || callee.property === undefined || !Object.hasOwn(WORKFLOW_STEPS, callee.property)) return undefined;
  const keeps = WORKFLOW_STEPS[callee.property];
  if (!keeps || !isRunContext(file, { value: callee.object, place: call.place })) return undefined;
  const step = handedOver(file.tracer, call, `context.${callee.property}`, { client: otherMaker("workflow"), keeps });
  return step && !(file.project && mayRedact(file.project)) ? step : undefined;
}

/** The context of a run: by the type of a parameter, or because the function is handed to what makes a workflow. */
function isRunContext(file: FileModel, located: Located): boolean {
  return file.tracer.alternatives(located).some(({ value }) => {
    if (value.kind === "ref") return value.type !== undefined && isContextType(value.type);
    if (value.kind !== "param" || value.rest) return false;
    const type = value.fn.params[value.index]?.type;
    return type ? isContextType(type) : value.index === 0 && makesWorkflow(file, value.fn);
  });
}

function isContextType(type: TypeShape): boolean {
  switch (type.kind) {
    case "any-of":
    case "all":
      return type.of.some(isContextType);
    case "named":
      return type.target !== undefined && isContextType(type.target);
    case "import":
      return type.name === "WorkflowContext" && CONTEXT_SOURCE.test(type.source);
    default:
      return false;
  }
}

/** `serve(async (context) => …)`, `createWorkflow(async (context) => …)` */
function makesWorkflow(file: FileModel, { node }: FunctionFacts): boolean {
  const parent = node && isFunction(node) ? node.parent : undefined;
  if (parent?.type !== "CallExpression" || parent.arguments[0] !== node) return false;
  const maker = file.clients.exportOf(file.located(parent.callee));
  return maker?.product === "workflow";
}
