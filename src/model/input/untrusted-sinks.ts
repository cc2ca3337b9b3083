import type { Node } from "../syntax/ast.ts";
import type { FileModel } from "../file.ts";
import { isCheckedInside } from "./input-checked.ts";
import type { CallValue, FunctionFacts } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { requestInputs, untrustedInput, type RequestInput } from "./request-input.ts";
import type { Located } from "../values/trace.ts";

/** A value that a call takes and that a stranger must not choose. */
export interface Sink<Kind extends string = string> {
  readonly kind: Kind;
  readonly value: Located;
  /** The node to report where the value itself has none. */
  readonly node?: Node | undefined;
}

/** A sink that gets what the caller of a request chose. */
export interface Reached<Kind extends string = string> {
  readonly sink: Sink<Kind>;
  readonly input: RequestInput;
  /** In the file that is being linted: the value, or the argument of a helper that hands it on. */
  readonly node: Node;
  /** The helper, and the file that it stands in where that is another one. */
  readonly through: string | undefined;
}

/** The sinks of a call; empty where it is no call that matters. Asked of many calls: the cheap questions first. */
export type SinksOf<Kind extends string> = (call: Located<CallValue>) => readonly Sink<Kind>[];

/** The input that decides over a sink's value; undefined: none does, or it can't be known. */
export type Decides<Kind extends string> = (sink: Sink<Kind>, inputs: readonly RequestInput[]) => RequestInput | undefined;

const MAX_DEPTH = 2;

/**
 * The sinks of a file's calls that get unchecked input of a request; also those in the project's own functions, here or in
 * other files, where a call of the file hands them the input.
 * @param decides which of the inputs in a value counts; by default the first
 */
export function reachedSinks<Kind extends string>(
  file: FileModel,
  sinksOf: SinksOf<Kind>,
  decides: Decides<Kind> = (_sink, inputs) => inputs[0],
): readonly Reached<Kind>[] {
  const found: Reached<Kind>[] = [];
  const nodes = new Set<Node>();
  const add = (reached: Reached<Kind>): void => {
    if (nodes.has(reached.node)) return;
    nodes.add(reached.node);
    found.push(reached);
  };
  for (const node of file.callNodes) {
    const value = file.evaluator.value(node);
    if (value.kind !== "call") continue;
    const call = { value, place: file.place };
    for (const sink of sinksOf(call)) {
      const input = undecided(file, sink, call, decides);
      if (input) add({ sink, input, node: nodeIn(file, sink, node), through: undefined });
    }
    if (value.isNew || value.args.length === 0) continue;
    for (const reached of behind(file, call, call, sinksOf, decides, 0)) add(reached);
  }
  return found;
}

/** The input that decides over a value, unless something has constrained it by the time of the call. */
function undecided<Kind extends string>(file: FileModel, sink: Sink<Kind>, call: Located<CallValue>, decides: Decides<Kind>): RequestInput | undefined {
  const inputs = requestInputs(file, sink.value);
  const input = inputs.length > 0 ? decides(sink, inputs) : undefined;
  return input && untrustedInput(file, sink.value, call, input);
}

/** The sinks in the functions that a call runs, with its arguments. */
function* behind<Kind extends string>(
  file: FileModel,
  outer: Located<CallValue>,
  call: Located<CallValue>,
  sinksOf: SinksOf<Kind>,
  decides: Decides<Kind>,
  depth: number,
): Generator<Reached<Kind>> {
  const given = call.value.args.filter((value) => requestInputs(file, { value, place: call.place }).length > 0);
  if (given.length === 0) return;
  for (const callee of file.tracer.functions({ value: call.value.callee, place: call.place })) {
    const inside = file.tracer.inside(call, callee);
    for (const value of callsIn(callee.fn.body)) {
      const inner = { value, place: inside };
      for (const sink of sinksOf(inner)) {
        const input = undecided(file, sink, outer, decides);
        if (!input || isCheckedInside(file, input, callee.fn, inside)) continue;
        const holder = outer.value.args.find((value) => requestInputs(file, { value, place: outer.place }).some(({ kind, path }) => kind === input.kind && path.every((name, index) => name === input.path[index])));
        const node = holder?.node ?? outer.value.node;
        if (node) yield { sink, input, node, through: named(file, callee.fn, callee.place.module.path) };
      }
      if (depth < MAX_DEPTH) yield* behind(file, outer, inner, sinksOf, decides, depth + 1);
    }
  }
}

function named(file: FileModel, fn: FunctionFacts, path: string | undefined): string {
  const name = fn.name === undefined ? "the function" : `\`${fn.name}\``;
  const { root } = file;
  return path === undefined || path === file.path || root === undefined ? name : `${name} (${path.slice(root.length + 1).replaceAll("\\", "/")})`;
}

/** The value's own node where it stands in the call, else the call. */
function nodeIn(file: FileModel, { value, node }: Sink, call: Node): Node {
  // Places in other files say nothing about this one.
  const own = value.place.module === file ? (value.value.node ?? node) : node;
  return own && own.range[0] >= call.range[0] && own.range[1] <= call.range[1] ? own : (node ?? call);
}
