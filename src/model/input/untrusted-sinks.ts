import type { Node } from "../syntax/ast.ts";
import type { FileModel, WrittenCall } from "../file.ts";
import { handsOverUpstash, mayRunTowardsUpstash } from "../relevance.ts";
import { isCheckedInside } from "./input-checked.ts";
import type { CallValue, FunctionFacts } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { requestInputs, untrustedInput, type RequestInput } from "./request-input.ts";
import type { Located } from "../values/trace.ts";
import { within } from "../../project/root.ts";

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
  const behindEach = callsBehind(file);
  for (const call of file.calls) {
    const { node } = call;
    for (const sink of sinksOf(call)) {
      const input = undecided(file, sink, call, decides);
      if (input) add({ sink, input, node: nodeIn(file, sink, node), through: undefined });
    }
    for (const { inner, fn } of behindEach.get(call) ?? []) {
      for (const sink of sinksOf(inner)) {
        const input = undecided(file, sink, call, decides);
        if (!input || isCheckedInside(file, input, fn, inner.place)) continue;
        add({ sink, input, node: holderOf(file, call, input) ?? node, through: named(file, fn, inner.place.module.path) });
      }
    }
  }
  return found;
}

/** The input that decides over a value, unless something has constrained it by the time of the call. */
function undecided<Kind extends string>(file: FileModel, sink: Sink<Kind>, call: Located<CallValue>, decides: Decides<Kind>): RequestInput | undefined {
  const inputs = requestInputs(file, sink.value);
  const input = inputs.length > 0 ? decides(sink, inputs) : undefined;
  return input && untrustedInput(file, sink.value, call, input);
}

/** The argument of a call that holds an input. */
function holderOf(file: FileModel, { value, place }: Located<CallValue>, input: RequestInput): Node | undefined {
  const holds = ({ kind, path }: RequestInput): boolean => kind === input.kind && path.every((name, index) => name === input.path[index]);
  return value.args.find((arg) => requestInputs(file, { value: arg, place }).some(holds))?.node;
}

/** A call in a function that a call of the file runs, there with the file's own arguments. */
interface CallBehind {
  readonly inner: Located<CallValue>;
  /** The function that it stands in. */
  readonly fn: FunctionFacts;
}

const behindCalls = new WeakMap<FileModel, ReadonlyMap<WrittenCall, readonly CallBehind[]>>();

/** What the project's functions do, for each call of the file that hands them something of a request: found out once for all rules. */
function callsBehind(file: FileModel): ReadonlyMap<WrittenCall, readonly CallBehind[]> {
  let found = behindCalls.get(file);
  if (!found) {
    const lists = file.calls.map((call) => {
      const isAny = !call.value.isNew && call.value.args.length > 0;
      return [call, isAny ? [...behind(file, call, handsOverUpstash(file, call.value), 0)] : []] as const;
    });
    behindCalls.set(file, (found = new Map(lists.filter(([, list]) => list.length > 0))));
  }
  return found;
}

function* behind(file: FileModel, call: Located<CallValue>, handsOver: boolean, depth: number): Generator<CallBehind> {
  // Most calls are settled before anything is asked of what they are given.
  if (!mayRunTowardsUpstash(file, call, handsOver)) return;
  const callees = file.tracer.functions({ value: call.value.callee, place: call.place });
  if (callees.length === 0 || !call.value.args.some((value) => requestInputs(file, { value, place: call.place }).length > 0)) return;
  for (const callee of callees) {
    const inside = file.tracer.inside(call, callee);
    for (const value of callsIn(callee.fn.body)) {
      const inner = { value, place: inside };
      yield { inner, fn: callee.fn };
      if (depth < MAX_DEPTH) yield* behind(file, inner, handsOver, depth + 1);
    }
  }
}

function named(file: FileModel, fn: FunctionFacts, path: string | undefined): string {
  const name = fn.name === undefined ? "the function" : `\`${fn.name}\``;
  const { root } = file;
  return path === undefined || path === file.path || root === undefined ? name : `${name} (${within(root, path)})`;
}

/** The value's own node where it stands in the call, else the call. */
function nodeIn(file: FileModel, { value, node }: Sink, call: Node): Node {
  // Places in other files say nothing about this one.
  const own = value.place.module === file ? (value.value.node ?? node) : node;
  return own && own.range[0] >= call.range[0] && own.range[1] <= call.range[1] ? own : (node ?? call);
}
