import type { FileModel } from "../file.ts";
import { requestInputs } from "../input/request-input.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";
import { changeOf, originOf, readOf, type Change } from "./rows.ts";

/*
 * Work that is paid for beforehand: a balance that is kept is compared with a price, who has too little is sent away, and the
 * balance is taken down by it. Whoever calls often has paid often.
 */

/** Conditions within each other. */
const MAX_DEPTH = 16;
/** What a balance is called; a stock of goods is nobody's. */
const BALANCE = /credit|balance|coin|wallet|token|quota|point|fund|prepaid|remaining|allowance/iu;
const LESS = /^<=?$/u;
const CASTS = /^(?:Number|parseInt|parseFloat|String|BigInt|abs)$/u;
const MORE = /^>=?$/u;
/** Arguments that say whose balance it is, or how much is taken. */
const DECIDES = /(?:^|[a-z_])(?:user|account|owner|org|organization|team|customer|member|profile|amount|cost|price|credits?)(?:_?id)?$|^(?:id|uid)$/iu;

type Side = "then" | "else";

/** The balances that a reading has seen compared, and taken down. */
export class Credits {
  readonly #file: FileModel;
  /** Tables with columns, as `user.credits`, of which those were sent away who have too little. */
  readonly #compared = new Set<string>();

  constructor(file: FileModel) {
    this.#file = file;
  }

  /** Takes note of a condition that sends away who has too little. */
  note(test: Located, isSentAway: (side: Side) => boolean): void {
    const found = new Set<string>();
    const side = this.#tooLittle(test, found);
    if (side && isSentAway(side)) for (const column of found) this.#compared.add(column);
  }

  /** The call takes a price from a balance of somebody's that was compared with it before. */
  takes({ value, place }: Located<CallValue>): boolean {
    if (this.#compared.size === 0) return false;
    const change = changeOf(this.#file, { value, place });
    return change !== undefined && change.where.length > 0 && change.where.every((asked) => this.#isOwners({ value: asked.value, place })) && this.#lessens(change, place);
  }

  /** How a call differs from others of its function by what a request says of it, or by what was compared; empty: in nothing. */
  differs({ value, place }: Located<CallValue>): string {
    const isSent = (name: string | undefined, arg: Value): boolean => DECIDES.test(name ?? "") && this.#isOfRequest({ value: arg, place });
    const told = value.args.map((arg) => {
      const at = target(arg);
      const isChosen = at.kind === "object" ? at.entries.some(({ key, value: given }) => isSent(key, given)) : isSent(lastName(arg), arg);
      return isChosen ? "r" : ".";
    }).join("");
    return `${told.includes("r") ? told : ""}${this.#compared.size > 0 ? [...this.#compared].join(",") : ""}`;
  }

  /** Where those go who have too little, and the columns that are asked. */
  #tooLittle({ value, place }: Located, found: Set<string>, depth = 0): Side | undefined {
    if (depth > MAX_DEPTH) return undefined;
    const at = target(value);
    if (at.kind === "choice") {
      // Others may pass as well where all of several conditions must hold: `!isPro && credits < cost`.
      if (at.operator !== "||") return undefined;
      return at.options.some((option) => this.#tooLittle({ value: option, place }, found, depth + 1) === "then") ? "then" : undefined;
    }
    if (at.kind !== "operation") return undefined;
    const [left, right] = at.operands;
    if (at.operator === "!" && left) {
      const side = this.#tooLittle({ value: left, place }, found, depth + 1);
      return side && (side === "then" ? "else" : "then");
    }
    if (!left || !right || (!LESS.test(at.operator) && !MORE.test(at.operator))) return undefined;
    const balance = [left, right].find((operand) => this.#columnOf({ value: operand, place }) !== undefined);
    const price = balance === left ? right : left;
    const column = balance && this.#columnOf({ value: balance, place });
    // Who names the price names nought.
    if (column === undefined || this.#isOfRequest({ value: price, place })) return undefined;
    found.add(column);
    return LESS.test(at.operator) === (balance === left) ? "then" : "else";
  }

  /** `user.credits` of a value that was read there. */
  #columnOf(located: Located): string | undefined {
    const origin = originOf(located);
    const read = origin && readOf(this.#file, origin.call);
    if (!origin || !read || !read.row.every((member, index) => isSame(member, origin.members[index])) || origin.members.length !== read.row.length + 1) return undefined;
    const name = origin.members.at(-1) ?? "";
    const isOwners = read.where.length > 0 && read.where.every((asked) => this.#isOwners({ value: asked.value, place: origin.call.place }));
    return BALANCE.test(name) && isOwners ? `${read.table}.${name}` : undefined;
  }

  /** `{ decrement: cost }`, and `credits - cost` of what was read. */
  #lessens({ table, data }: Change, place: Located["place"]): boolean {
    return data.entries.some(({ key, value }) => {
      if (key === undefined || !this.#compared.has(`${table}.${key}`)) return false;
      const at = target(value);
      const less = at.kind === "object" && at.entries.length === 1 && at.entries[0]?.key === "decrement" ? at.entries[0].value : undefined;
      if (less) return !this.#isOfRequest({ value: less, place });
      const [from, price] = at.kind === "operation" && at.operator === "-" ? at.operands : [];
      return from !== undefined && price !== undefined && this.#columnOf({ value: from, place }) === `${table}.${key}` && !this.#isOfRequest({ value: price, place });
    });
  }

  /** Somebody's who is looked up, and not whoever the caller names, nor one for all. */
  #isOwners({ value, place }: { readonly value: Value | undefined; readonly place: Located["place"] }): boolean {
    return value !== undefined && constantOf(value) === undefined && !this.#isOfRequest({ value, place });
  }

  #isOfRequest({ value, place }: Located): boolean {
    const at = target(value);
    // `Number(body.amount)`
    const [cast] = at.kind === "call" && CASTS.test(lastName(at.callee) ?? "") ? at.args : [];
    return requestInputs(this.#file, { value: cast ?? value, place }).length > 0;
  }
}

const isSame = (row: string, member: string | undefined): boolean => row === member || (row === "*" && /^\d+$/u.test(member ?? ""));
