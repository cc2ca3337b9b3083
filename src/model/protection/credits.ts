import { keptText } from "../../kept-text.ts";
import type { FileModel } from "../file.ts";
import { requestInputs } from "../input/request-input.ts";
import type { CallValue, Value } from "../values/ir.ts";
import type { Located } from "../values/trace.ts";
import { constantOf, target } from "../values/values.ts";
import { lastName } from "./caller-checks.ts";
import { changeOf, isRow, originOf, readOf, type Change } from "./rows.ts";
import { keysIn } from "./shown-keys.ts";

/*
 * Work that is paid for beforehand: a balance that is kept is compared with a price, who has too little is sent away, and the
 * balance is taken down by it. Whoever calls often has paid often. A quota is such a balance, counted the other way about: who has
 * used up what he is allowed is sent away, and what is used is put up before the work.
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

/** How a column is put up or down. */
interface Step {
  readonly word: string;
  readonly sign: string;
}

const LESS_BY: Step = { word: "decrement", sign: "-" };
const MORE_BY: Step = { word: "increment", sign: "+" };
const OUTCOMES: readonly (readonly [Side, boolean])[] = [["then", true], ["else", false]];

/** Columns with their tables, in the order in which they were met. */
export interface Balances {
  /** As `user.credits`: those were sent away who have too little. */
  readonly compared: readonly string[];
  /** As `shop.smsUsed`: those were sent away who have used too much. */
  readonly counted: readonly string[];
}

/** How many of them a reading has met. */
type Met = Readonly<Record<keyof Balances, number>>;

/** The balances that a reading has seen compared, and taken down. */
export class Credits {
  readonly #file: FileModel;
  /** See {@link Balances}. */
  readonly #compared = new Set<string>();
  readonly #counted = new Set<string>();

  constructor(file: FileModel) {
    this.#file = file;
  }

  /** Takes note of a condition that sends away who has too little. */
  note(test: Located, isSentAway: (side: Side) => boolean): void {
    const found = new Set<string>();
    const side = this.#tooLittle(test, found);
    if (side && isSentAway(side)) for (const column of found) this.#compared.add(column);
    for (const [sent, outcome] of OUTCOMES) {
      const counts = this.#countsIn(test, outcome);
      if (counts.length > 0 && isSentAway(sent)) for (const column of counts) this.#counted.add(column);
    }
  }

  /** How many were met so far. */
  get met(): Met {
    return { compared: this.#compared.size, counted: this.#counted.size };
  }

  /** What was met since then, to be kept with what a function does. */
  metSince({ compared, counted }: Met): Balances {
    return { compared: [...this.#compared].slice(compared).map(keptText), counted: [...this.#counted].slice(counted).map(keptText) };
  }

  /** A function was called that was read before, and met these. */
  add({ compared, counted }: Balances): void {
    for (const column of compared) this.#compared.add(column);
    for (const column of counted) this.#counted.add(column);
  }

  /** The call takes a price from a balance of somebody's that was compared with it before, or counts what he uses of a quota. */
  takes({ value, place }: Located<CallValue>): boolean {
    if (this.#compared.size === 0 && this.#counted.size === 0) return false;
    const change = changeOf(this.#file, { value, place });
    if (change === undefined || change.where.length === 0 || !change.where.every((asked) => this.#isOwners({ value: asked.value, place }))) return false;
    return this.#sets(change, place, LESS_BY, this.#compared) || this.#sets(change, place, MORE_BY, this.#counted);
  }

  /** How a call differs from others of its function by what a request says of it, or by what was compared; empty: in nothing. */
  differs({ value, place }: Located<CallValue>): string {
    const isSent = (name: string | undefined, arg: Value): boolean => DECIDES.test(name ?? "") && this.#isOfRequest({ value: arg, place });
    const told = value.args.map((arg) => {
      const at = target(arg);
      const isChosen = at.kind === "object" ? at.entries.some(({ key, value: given }) => isSent(key, given)) : isSent(lastName(arg), arg);
      return isChosen ? "r" : ".";
    }).join("");
    return `${told.includes("r") ? told : ""}${[...this.#compared, ...this.#counted].join(",")}`;
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

  /** The columns that are too high where a condition has this outcome. */
  #countsIn({ value, place }: Located, outcome: boolean, depth = 0): readonly string[] {
    const at = target(value);
    if (depth > MAX_DEPTH) return [];
    // Others may pass as well where all of several conditions must hold: `!isPro && used >= limit`.
    if (at.kind === "choice") return at.operator === (outcome ? "||" : "&&") ? at.options.flatMap((option) => this.#countsIn({ value: option, place }, outcome, depth + 1)) : [];
    if (at.kind !== "operation") return [];
    const [left, right] = at.operands;
    if (at.operator === "!" && left) return this.#countsIn({ value: left, place }, !outcome, depth + 1);
    if (!left || !right || (!LESS.test(at.operator) && !MORE.test(at.operator))) return [];
    const [count, limit] = MORE.test(at.operator) === outcome ? [left, right] : [right, left];
    const column = this.#ownColumn({ value: count, place });
    // Who names the limit names none.
    return column === undefined || this.#isOfRequest({ value: limit, place }) ? [] : [`${column.table}.${column.name}`];
  }

  /** `user.credits` of a value that was read there. */
  #columnOf(located: Located): string | undefined {
    const column = this.#ownColumn(located);
    return column && BALANCE.test(column.name) ? `${column.table}.${column.name}` : undefined;
  }

  /** A column of somebody's row, or of the one that came along with it: `apiKey.shop.smsUsed`. */
  #ownColumn(located: Located): { readonly table: string; readonly name: string } | undefined {
    const origin = originOf(located);
    const read = origin && readOf(this.#file, origin.call);
    if (!origin || !read || !isRow(origin.members.slice(0, read.row.length), read)) return undefined;
    const [first, second, more] = origin.members.slice(read.row.length);
    if (first === undefined || more !== undefined || (second !== undefined && isElement(first))) return undefined;
    const { place } = origin.call;
    const isOwners = read.where.length > 0 && (keysIn(read).length > 0 || read.where.every((asked) => this.#isOwners({ value: asked.value, place })));
    return isOwners ? { table: second === undefined ? read.table : first, name: second ?? first } : undefined;
  }

  /** `{ decrement: cost }`, and `credits - cost` of what was read. */
  #sets({ table, data }: Change, place: Located["place"], { word, sign }: Step, columns: ReadonlySet<string>): boolean {
    return data.entries.some(({ key, value }) => {
      if (key === undefined || !columns.has(`${table}.${key}`)) return false;
      const at = target(value);
      const by = at.kind === "object" && at.entries.length === 1 && at.entries[0]?.key === word ? at.entries[0].value : undefined;
      if (by) return !this.#isOfRequest({ value: by, place });
      const [from, amount] = at.kind === "operation" && at.operator === sign ? at.operands : [];
      const column = from && this.#ownColumn({ value: from, place });
      return amount !== undefined && column?.table === table && column.name === key && !this.#isOfRequest({ value: amount, place });
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

const isElement = (member: string): boolean => /^\d+$/u.test(member);
