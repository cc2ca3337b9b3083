import type { FileModel } from "../file.ts";
import type { Value } from "../values/ir.ts";
import { requestInputs, type RequestInput } from "./request-input.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";

/** A text that settles the host of an address: what follows can't change it. */
const SETTLES_HOST = /^[a-z][a-z\d+.-]*:\/\/[^/?#]+[/?#]|^\/(?![/\\])[^/?#]|^[/?#]$/iu;
const MAX_DEPTH = 12;

/**
 * The input that chooses the host of an address: what stands before the host ends, in a text; the whole of it, elsewhere.
 * The host that the request itself was sent to is no choice.
 * @param inputs all that the address holds of a request
 * @returns undefined where none does, or that can't be known
 */
export function hostInput(file: FileModel, located: Located, inputs: readonly RequestInput[]): RequestInput | undefined {
  let before = "";
  for (const piece of pieces(file, located, 0)) {
    if (piece === undefined) return undefined;
    if (typeof piece === "string") before += piece;
    // Of a choice that a condition has made, what is left open stands among the inputs.
    else return isOwnHost(piece) ? undefined : inputs.find(({ kind, path }) => kind === piece.kind && path.join() === piece.path.join());
    if (SETTLES_HOST.test(before)) return undefined;
  }
  return undefined;
}

/** A constant, an input, or `undefined` for what is not known. */
type Piece = string | RequestInput | undefined;

/** The beginning of a text: constants, then the first input, or something that is not known. */
function pieces(file: FileModel, located: Located, depth: number): readonly Piece[] {
  const { value, place } = located;
  if (depth > MAX_DEPTH) return [undefined];
  const again = (next: Value): readonly Piece[] => pieces(file, { value: next, place }, depth + 1);
  const at = target(value);
  switch (at.kind) {
    case "await":
      return again(at.value);
    case "template": {
      const all: Piece[] = [];
      for (const part of at.parts) {
        all.push(...again(part));
        if (typeof all.at(-1) !== "string") break;
      }
      return all;
    }
    case "literal":
      return [String(at.value ?? "")];
    case "choice": {
      const ways = at.options.map(again);
      return ways.find((way) => chooses(way)) ?? ways[0] ?? [undefined];
    }
    case "member":
      if (at.property === "href") {
        const made = urlArguments(file, { value: at.object, place });
        if (made) return pieces(file, made, depth + 1);
      }
      break;
    case "call": {
      const callee = target(at.callee);
      const made = urlArguments(file, callee.kind === "member" && callee.property === "toString" ? { value: callee.object, place } : { value: at, place });
      if (made) return pieces(file, made, depth + 1);
      break;
    }
    default:
  }
  const inputs = requestInputs(file, located);
  const whole = inputs.find((input) => input.whole);
  if (whole) return [whole];
  // A helper's text, or an argument's.
  const next = file.tracer.only(located);
  if (next && next.value !== at && next.value !== value) return pieces(file, next, depth + 1);
  return [undefined];
}

function chooses(way: readonly Piece[]): boolean {
  return typeof way[0] === "object";
}

/** What `new URL(…)` is given first; a base counts for addresses that have no host of their own. */
function urlArguments(file: FileModel, located: Located): Located | undefined {
  const made = file.tracer.only(located);
  if (made?.value.kind !== "call" || !made.value.isNew) return undefined;
  const path = file.tracer.canonical({ value: made.value.callee, place: made.place });
  const [address] = made.value.args;
  return path?.source === "global" && path.path.join(".") === "URL" && address ? { value: address, place: made.place } : undefined;
}

/** The host that the request came to, its own address, or its path. */
function isOwnHost({ kind, path }: RequestInput): boolean {
  if (kind === "header") return path[0] === undefined || /^(?:host|x-forwarded-(?:host|proto|for)|x-real-ip)$/u.test(path[0]);
  return path.length === 0 && (kind === "query" || kind === "param");
}
