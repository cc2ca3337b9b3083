import { contains, type Node } from "../syntax/ast.ts";
import type { Clients, Command } from "../clients/clients.ts";
import type { CallValue, FunctionFacts, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { partsOf } from "../values/reach.ts";
import type { Located, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** A write that a project's own function makes with what it is given: `setCache(key, value)`. */
export interface WrappedWrite {
  /** The command, to be read with the arguments of the call. */
  readonly command: Command;
  /** The argument that the command stores. */
  readonly argument: Value;
}

/** Functions deeper than this are not entered: a wrapper around a wrapper. */
const MAX_DEPTH = 2;

/** A cheap question before the callee is looked for in other files. */
const WRITING_NAME = /set|save|store|put|cache|write|add|push|create|update|insert|queue|publish|persist|record|remember|log|track|upsert|memo|redis|upstash|kv|command|exec/iu;

/** The name of a function says that it keeps what it is given. */
export function soundsLikeWriting(name: string): boolean {
  return WRITING_NAME.test(name);
}

/** False: the callee's name says nothing of writing. */
export function mayWrap(call: CallValue): boolean {
  const callee = target(call.callee);
  const name =
    call.callee.kind === "ref" ? call.callee.name : callee.kind === "member" ? callee.property : callee.kind === "import" ? callee.name : undefined;
  return call.args.length > 0 && name !== undefined && soundsLikeWriting(name);
}

/** The writes behind a call that store one of its arguments. Empty: there are none, or the function can't be read. */
export function writesBehind(clients: Clients, tracer: Tracer, call: Located<CallValue>, depth = 0): readonly WrappedWrite[] {
  if (call.value.isNew || call.value.spreadAt !== undefined) return [];
  const functions = tracer.functions({ value: call.value.callee, place: call.place });
  return functions.flatMap(({ fn, place: at }) => {
    const place = tracer.inside(call, { fn, place: at });
    return [...callsIn(fn.body)].flatMap((inner): readonly WrappedWrite[] => {
      const command = clients.commandOf({ value: inner, place });
      if (!command) {
        if (depth >= MAX_DEPTH || !mayWrap(inner)) return [];
        return writesBehind(clients, tracer, { value: inner, place }, depth + 1).flatMap((write) => passedOn(write, fn, call.value));
      }
      if (command.access !== "write") return [];
      return command.values.flatMap(({ value, role }) =>
        passedOn({ command: { ...command, values: [{ value, role }] }, argument: value }, fn, call.value),
      );
    });
  });
}

/** A write behind a call as its function shows it, without the arguments of that call. */
export function whoeverCalls(command: Command): Command {
  const { value, place } = command.call;
  return { ...command, call: { value, place: { module: place.module } } };
}

/** The write as a call shows it, where the stored value is made from a parameter. */
function passedOn({ command, argument }: WrappedWrite, fn: FunctionFacts, call: CallValue): readonly WrappedWrite[] {
  // `run(["SET", key, value])`: a word of a list that the call writes out.
  const isWord = argument.node !== undefined && call.args.some(({ node }) => node && node !== argument.node && contains(node, argument.node as Node));
  if (isWord) return [{ command, argument }];
  const index = parameterIn(argument, fn);
  const given = index === undefined ? undefined : call.args[index];
  return given ? [{ command, argument: given }] : [];
}

function parameterIn(value: Value, fn: FunctionFacts): number | undefined {
  const stack = [value];
  for (let steps = 0, part = stack.pop(); part && steps < 200; part = stack.pop(), steps++) {
    if (part.kind === "param" && part.fn === fn) return part.index;
    // What a function makes of a parameter is stored, not the function itself.
    stack.push(...(part.kind === "call" ? [...part.args, part.callee] : partsOf(part)));
  }
  return undefined;
}
