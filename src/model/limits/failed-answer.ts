import type { ObjectValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";

/** A value that is known: a constant, or an object with its entries. */
export type Answer = { readonly constant: string | number | bigint | boolean | null | undefined } | { readonly object: ObjectValue };

const NOTHING: Answer = { constant: undefined };
const MAX_DEPTH = 20;

export function isTruthy(answer: Answer): boolean {
  return "object" in answer || Boolean(answer.constant);
}

/** What is known once a call has failed. */
export interface FailedCall {
  readonly call: Value;
  /** What stands for its answer; undefined where a variable was never set. */
  readonly answer: Value | undefined;
  /** Variables that the `catch` clause has written to, with what it wrote. */
  readonly written: ReadonlyMap<string, Value>;
}

/**
 * What a value is when a call has failed whose answer it is made of: `!result?.success` of a `result` that was never set.
 * @returns undefined where that is not known
 */
export function onFailure(value: Value, failed: FailedCall, depth = 0): Answer | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const follow = (part: Value | undefined): Answer | undefined => (part ? onFailure(part, failed, depth + 1) : undefined);
  if (value === failed.call) return failed.answer ? follow(failed.answer) : NOTHING;
  const written = value.kind === "ref" && value.name !== undefined ? failed.written.get(value.name) : undefined;
  if (written) return written.kind === "literal" || written.kind === "object" ? follow(written) : undefined;
  switch (value.kind) {
    case "literal":
      return { constant: value.value };
    case "object":
      return { object: value };
    case "ref":
      return follow(value.target);
    case "await":
      return follow(value.value);
    case "operation": {
      const [left, right] = value.operands.map(follow);
      if (value.operator === "!") return left && { constant: !isTruthy(left) };
      if (!/^[!=]==?$/u.test(value.operator) || !left || !right || "object" in left || "object" in right) return undefined;
      const isLoose = value.operator.length === 2 && (left.constant ?? null) === null && (right.constant ?? null) === null;
      return { constant: (left.constant === right.constant || isLoose) === value.operator.startsWith("=") };
    }
    case "member": {
      const object = follow(value.object);
      if (!object || value.property === undefined) return undefined;
      // Of nothing there is nothing: read without `?.`, it throws.
      if (!("object" in object)) return (object.constant ?? null) === null ? NOTHING : undefined;
      const entry = object.object.entries.findLast(({ key, spread }) => spread === true || key === undefined || key === value.property);
      return entry ? (entry.key === value.property && !entry.spread ? follow(entry.value) : undefined) : NOTHING;
    }
    case "choice":
      return value.operator === "=" ? kept(value.options, failed.call, follow) : either(value.operator, value.options, follow);
    default:
      return undefined;
  }
}

/** What a variable holds that the call's answer was never written to. */
function kept(options: readonly Value[], call: Value, follow: (part: Value) => Answer | undefined): Answer | undefined {
  const others = options.filter((option) => !dependsOn(option, (part) => part === call));
  if (others.length === 0) return NOTHING;
  const [first] = others;
  return others.length === 1 && first ? follow(first) : undefined;
}

function either(operator: string, [first, second]: readonly Value[], follow: (part: Value) => Answer | undefined): Answer | undefined {
  const left = first && follow(first);
  if (!left || !second || operator === "?:") return undefined;
  const isLeft = operator === "&&" ? !isTruthy(left) : operator === "||" ? isTruthy(left) : "object" in left || (left.constant ?? null) !== null;
  return isLeft ? left : follow(second);
}
