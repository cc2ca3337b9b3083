import type { FileModel } from "../file.ts";
import { requestInputs } from "../input/request-input.ts";
import type { CallValue, Value } from "../values/ir.ts";
import { dependsOn } from "../values/reach.ts";
import type { Located } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { handedOver, presenceOf } from "./caller-presence.ts";
import { asksByToken, isFoundByHeldToken, isSentToken, mayLookUpToken } from "./held-tokens.ts";
import { readOf } from "./rows.ts";

/*
 * Keys that callers show: a handler answers 401 to who has none, and hands it to a helper that looks it up and gives up where
 * there is none like it. What the helper does then, it does for callers who are known. Where the column says that it is a token
 * which somebody was handed, nobody need be asked for it before.
 */

/** A column of what only its owner knows, whatever table it is of. */
const SECRET_COLUMN = /^(?:api|access|auth|webhook|integration|client)_?(?:key|token|secret)(?:_?(?:hash|digest))?$|^(?:key|token|secret)_?(?:hash|digest)$|^(?:hashed|secret)_?(?:key|token)$/iu;
/** A column that may hold anything, and a table that says what. */
const PLAIN_COLUMN = /^(?:key|token|secret|hash|value)$/iu;
const TABLE = /(?:api|access|auth|webhook|integration)_?(?:keys?|tokens?|secrets?)$/iu;
const MAY_BE_SENT: ReadonlySet<Value["kind"]> = new Set(["call", "choice", "member"]);
/** Calls within calls that hand a key on, and what is made of it. */
const MAX_HANDED = 6;

/** What a reading has met of them so far. */
export class ShownKeys {
  readonly #file: FileModel;
  /** Values of the request without which callers are answered 401 or 403. */
  readonly #asked = new Set<Value>();

  constructor(file: FileModel) {
    this.#file = file;
  }

  /** Who is turned away as a stranger has left out what this condition asks for. */
  note({ value, place }: Located, seen = new Set<Value>()): void {
    const at = target(value);
    // A variable may be made of itself.
    if (seen.has(at)) return;
    seen.add(at);
    if (at.kind === "operation") {
      if (at.operator === "!") for (const operand of at.operands) this.note({ value: operand, place }, seen);
      return;
    }
    if (at.kind === "choice") for (const option of at.options) this.note({ value: option, place }, seen);
    if (MAY_BE_SENT.has(at.kind) && requestInputs(this.#file, { value: at, place }).length > 0) this.#asked.add(at);
  }

  /**
   * The look-up of such a key whose answer a condition asks for.
   * @param isRefused strangers are answered 401 or 403
   * @returns whether the condition holds where there is one
   */
  lookedUpIn({ value, place }: Located, isRefused: boolean): { readonly call: CallValue; readonly isFound: boolean } | undefined {
    let call: CallValue | undefined;
    const isFound = presenceOf(value, (asked) => dependsOn(asked, (part) => {
      if (part.kind !== "call" || (this.#asked.size === 0 && !mayLookUpToken(part)) || !this.#looksUp({ value: part, place }, isRefused)) return false;
      call = part;
      return true;
    }));
    return call && isFound !== undefined ? { call, isFound } : undefined;
  }

  /** How a call differs from others of its function by which arguments are such keys and tokens; empty: in none. */
  differs({ value, place }: Located<CallValue>): string {
    const told = value.args.map((arg) => (this.#asked.size > 0 && this.#isOfAsked({ value: arg, place }, 0) ? "k" : isSentToken(this.#file, { value: arg, place }) ? "t" : ".")).join("");
    return /[kt]/u.test(told) ? told : "";
  }

  #looksUp(call: Located<CallValue>, isRefused: boolean): boolean {
    if (isRefused && asksByToken(this.#file, call)) return true;
    const read = readOf(this.#file, call);
    if (!read) return false;
    if (isFoundByHeldToken(this.#file, read, call.place, isRefused)) return true;
    return read.where.some(({ column, value, isNot }) => {
      const isSecret = column !== undefined && (SECRET_COLUMN.test(column) || (PLAIN_COLUMN.test(column) && TABLE.test(read.table)));
      return isSecret && value !== undefined && !isNot && this.#isOfAsked({ value, place: call.place }, 0);
    });
  }

  #isOfAsked({ value, place }: Located, depth: number): boolean {
    return dependsOn(value, (part) => {
      if (this.#asked.has(part)) return true;
      const given = depth < MAX_HANDED && place.frame && (part.kind === "param" || part.kind === "member") ? handedOver({ value: part, place }) : undefined;
      return given !== undefined && this.#isOfAsked(given, depth + 1);
    });
  }
}
