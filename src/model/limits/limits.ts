import type { FileModel } from "../file.ts";
import { algorithmOf, constructionOf, limiterOption, soundsLikeAsking, type Algorithm } from "./limiters.ts";
import { calledName } from "./answer-uses.ts";
import type { Node } from "../syntax/ast.ts";
import type { Value } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";

/** A limit whose numbers are known, with the nodes of the file that say them. */
export interface Limit {
  readonly algorithm: Algorithm["name"];
  readonly tokens: Said | undefined;
  readonly window: Said | undefined;
  /** Where both are said: the call that makes the algorithm, or hands the numbers to a factory. */
  readonly node: Node;
}

/** A constant, and the node of the file that says it. */
export interface Said {
  readonly value: string | number | bigint | boolean | null | undefined;
  readonly node: Node;
}

/** The limits that calls of the file set: of the SDK's algorithms, and of the project's functions that make limiters. */
export function limitsIn(file: FileModel): readonly Limit[] {
  return file.callNodes.flatMap((node): readonly Limit[] => {
    if (node.type !== "CallExpression") return [];
    const value = file.evaluator.value(node);
    if (value.kind !== "call") return [];
    const made = algorithmOf(file.tracer, { value, place: file.place });
    if (made) return [limitOf(file, made, node, (part) => part?.node)];
    const name = calledName(node);
    if (name === undefined || !soundsLikeAsking(name) || node.arguments.length === 0) return [];
    return factoryLimits(file, node, { value, place: file.place });
  });
}

/** `createLimiter(1000, "1 s")`: what the algorithm is given, where that is one of the call's arguments. */
function factoryLimits(file: FileModel, node: Node, call: Located): readonly Limit[] {
  const client = file.clients.clientOf(call);
  const construction = client && constructionOf(file.tracer, client);
  if (!construction || construction.call.value === call.value) return [];
  const option = limiterOption(file.tracer, construction, "limiter");
  if (option.is !== "given") return [];
  return option.values.flatMap(({ value, place }): readonly Limit[] => {
    const algorithm = value.kind === "call" ? algorithmOf(file.tracer, { value, place }) : undefined;
    if (!algorithm || place.frame?.place.module !== file) return [];
    const { frame } = place;
    const limit = limitOf(file, algorithm, node, (part) => (part?.kind === "ref" && part.target.kind === "param" && part.target.fn === frame.fn ? frame.args[part.target.index]?.node : undefined));
    return limit.tokens || limit.window ? [limit] : [];
  });
}

function limitOf(file: FileModel, { name, call, tokens, window }: Algorithm, node: Node, nodeOf: (part: Value | undefined) => Node | undefined): Limit {
  const said = (part: Value | undefined): Said | undefined => {
    const at = nodeOf(part);
    const only = part && at ? file.tracer.only({ value: part, place: call.place })?.value : undefined;
    return only?.kind === "literal" && at ? { value: only.value, node: at } : undefined;
  };
  return { algorithm: name, tokens: said(tokens), window: said(window), node };
}
