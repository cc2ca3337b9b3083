import type { Value } from "../values/ir.ts";
import type { Located, Tracer } from "../values/trace.ts";

/** Values that can't be written down are told apart by a number. */
const numbers = new WeakMap<object, number>();
let last = 0;

const MAX_DEPTH = 12;

/**
 * A text that is the same for two values which are the same: the same variable, the same constant, the same template of
 * them, the same call of a pure function, also where a parameter stands for it in another function or file.
 */
export function signatureOf(tracer: Tracer, { value, place }: Located, depth = 0): string {
  if (depth > MAX_DEPTH) return identity(value);
  const next = (inner: Value): string => signatureOf(tracer, { value: inner, place }, depth + 1);
  switch (value.kind) {
    case "literal":
      return JSON.stringify(String(value.value));
    case "template":
      return joined(value.parts.map(next));
    case "operation":
      return value.operator === "+" ? joined(value.operands.map(next)) : `(${[value.operator, ...value.operands.map(next)].join(" ")})`;
    case "await":
      return next(value.value);
    case "ref": {
      if (value.target.kind === "literal" || value.target.kind === "template" || value.target.kind === "param") return next(value.target);
      if (value.target.kind === "unknown") return identity(value.target.node ?? value.target);
      return next(value.target);
    }
    case "param": {
      const { frame } = place;
      const given = frame?.fn === value.fn && !value.rest ? frame.args[value.index] : undefined;
      return given && frame ? signatureOf(tracer, { value: given, place: frame.place }, depth + 1) : `${identity(value.fn)}.${String(value.index)}`;
    }
    case "member": {
      const [only, second] = tracer.alternatives({ value, place });
      if (only && !second && only.value !== value && only.value.kind !== "member") return signatureOf(tracer, only, depth + 1);
      return `${next(value.object)}.${value.property ?? (value.key ? `[${next(value.key)}]` : "[]")}`;
    }
    case "call": {
      // `sessionKey(id)` is the text that it makes.
      const [only, second] = tracer.alternatives({ value, place });
      if (only && !second && only.value !== value) return signatureOf(tracer, only, depth + 1);
      return `${next(value.callee)}(${value.args.map(next).join()})`;
    }
    case "import": {
      const [only, second] = tracer.alternatives({ value, place });
      return only && !second && only.value !== value ? signatureOf(tracer, only, depth + 1) : `${value.source}#${value.name}`;
    }
    case "global":
      return value.name;
    case "env":
      return `env.${value.name ?? "*"}`;
    default:
      return identity(value);
  }
}

/** Neighbouring constants of a template are one. */
function joined(parts: readonly string[]): string {
  return parts.join("+").replaceAll('"+"', "");
}

function identity(object: object): string {
  let number = numbers.get(object);
  if (number === undefined) numbers.set(object, (number = ++last));
  return `#${String(number)}`;
}
