import { lastName } from "../protection/caller-checks.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { target } from "../values/values.ts";

/*
 * Answers that refuse, by a status or by the name of what makes them. What else stands in an answer says nothing: a number may
 * be a port, a price or a size.
 */

const MAX_DEPTH = 8;
/** Methods that set the status of an answer. */
const STATUS_METHODS: ReadonlySet<string> = new Set(["status", "sendStatus", "writeHead", "code", "setStatus"]);
const STATUS_KEY = /^(?:http_?)?(?:status|code)(?:_?code)?$/iu;
const REFUSAL_NAME = /unauthori|forbid|reject|denied|deny|refuse|invalid|fail|error|bad_?request|abort/iu;

const isRefusal = (status: unknown): boolean => typeof status === "number" && status >= 400 && status < 600;

/** `res.status(401)`, `reply.code(403)`. */
export function setsRefusal({ callee, args }: CallValue): boolean {
  const at = target(callee);
  const status = args[0] && target(args[0]);
  if (at.kind !== "member" || !STATUS_METHODS.has(at.property ?? "") || status?.kind !== "literal") return false;
  return isRefusal(status.value);
}

/**
 * An answer with a status that refuses, or that is made by what is named for it.
 * @param isPlace a number that stands there is a status: `reply(401)`, `{ status: 401 }`
 */
export function refuses(value: Value, isPlace = true, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const at = target(value);
  const again = (part: Value, inPlace = isPlace): boolean => refuses(part, inPlace, depth + 1);
  switch (at.kind) {
    case "literal":
      return isPlace && isRefusal(at.value);
    case "await":
      return again(at.value);
    case "choice":
      return at.options.some((part) => again(part));
    case "array":
      return at.items.some((part) => again(part));
    case "object":
      return at.entries.some(({ key, value: part }) => again(part, key !== undefined && STATUS_KEY.test(key)));
    case "member":
      return comesFromRefusal(at.object, depth + 1);
    case "call":
      return at.args.some((part) => again(part)) || comesFromRefusal(at, depth + 1);
    default:
      return false;
  }
}

/** `response.status(401).json({})`, `denied().response`: what is made before may say so, too; by what it is given, only the status. */
function comesFromRefusal(value: Value, depth: number): boolean {
  const at = target(value);
  if (depth > MAX_DEPTH) return false;
  if (at.kind === "await") return comesFromRefusal(at.value, depth + 1);
  if (at.kind === "member") return comesFromRefusal(at.object, depth + 1);
  if (at.kind !== "call") return false;
  if (REFUSAL_NAME.test(lastName(at.callee) ?? "") || setsRefusal(at) || (at.isNew && at.args.some((arg) => refuses(arg, true, depth + 1)))) return true;
  const callee = target(at.callee);
  return callee.kind === "member" && comesFromRefusal(callee.object, depth + 1);
}
