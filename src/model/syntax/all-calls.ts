import type { CallValue, FunctionFacts, ModuleFacts, Value } from "../values/ir.ts";
import { callsIn } from "../values/lower.ts";
import { partsOf } from "../values/reach.ts";

/** A module of more parts than this is generated: its first are looked at. */
const MAX_PARTS = 20_000;

/** Every call of a module that leads from its exports, or from what it does when it is loaded. */
export function* callsOf(module: ModuleFacts): Generator<CallValue> {
  const seen = new Set<Value | FunctionFacts>();
  const yielded = new Set<CallValue>();
  const stack: Value[] = [];
  const functions: FunctionFacts[] = [];
  const enter = (fn: FunctionFacts): void => {
    if (seen.has(fn)) return;
    seen.add(fn);
    functions.push(fn);
  };
  for (const call of callsIn(module.body)) stack.push(call);
  for (const { value } of module.exports.values()) if (value) stack.push(value);
  for (;;) {
    for (let value = stack.pop(); value && seen.size < MAX_PARTS; value = stack.pop()) {
      if (seen.has(value)) continue;
      seen.add(value);
      if (value.kind === "function") enter(value.fn);
      else if (value.kind === "class" || value.kind === "this") stack.push(...value.cls.members.values(), ...value.cls.statics.values());
      else stack.push(...partsOf(value));
      if (value.kind === "call" && !yielded.has(value)) {
        yielded.add(value);
        yield value;
      }
    }
    const fn = functions.pop();
    if (!fn || seen.size >= MAX_PARTS) return;
    for (const call of callsIn(fn.body)) stack.push(call);
    stack.push(...fn.returns);
  }
}
