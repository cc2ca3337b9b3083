import type { FileModel } from "../file.ts";
import type { CallValue, Step } from "../values/ir.ts";
import type { Place } from "../values/trace.ts";
import { lastName } from "./caller-checks.ts";
import { linksOf } from "./row-conditions.ts";
import { changesAmong, mayChange, mayMake, mayMakeRows, type Change } from "./rows.ts";
import { allCallsIn, withoutFailures } from "./ways.ts";

/*
 * What is done with rows in the function around a place, and in the one that requests run, other than where something has failed.
 */

/** What functions may do with rows, by the names of what they call. */
interface Work {
  readonly makes: boolean;
  readonly changes: boolean;
}

function workIn(body: readonly Step[]): Work {
  const calls = [...allCallsIn(body)];
  const names = calls.flatMap((call) => linksOf(call).map(({ name }) => name));
  return { makes: names.some(mayMake) || calls.some(({ callee }) => MAKES_INSIDE.test(lastName(callee) ?? "")), changes: names.some(mayChange) };
}

/** What functions of the project may be called that make a row: whether they do is said by their bodies. */
const MAKES_INSIDE = /^(?:add|create|insert|make|new|register|save|store)/iu;

/** The functions around what is being read. */
export class RowsAround {
  readonly #file: FileModel;
  readonly #calls = new WeakMap<readonly Step[], readonly CallValue[]>();
  readonly #work = new WeakMap<readonly Step[], Work>();
  #top: readonly Step[] = [];

  constructor(file: FileModel) {
    this.#file = file;
  }

  /** A function that requests run is read from its first line. */
  begin(body: readonly Step[]): void {
    this.#top = body;
  }

  /** The function that a place stands in. */
  bodyAt({ frame }: Place): readonly Step[] {
    return frame?.fn.body ?? this.#top;
  }

  /** By names alone: whether anything may be made, or changed, at all. */
  workAt(place: Place): Work {
    const found = this.#bodiesAt(place).map((body) => {
      const known = this.#work.get(body) ?? workIn(body);
      this.#work.set(body, known);
      return known;
    });
    return { makes: found.some(({ makes }) => makes), changes: found.some(({ changes }) => changes) };
  }

  changesAt(place: Place): readonly Change[] {
    return changesAmong(this.#file, this.#callsAt(place), { module: place.module });
  }

  /** Where the function makes such rows, somebody may have as many of them as he likes. */
  makesRows(table: string, place: Place): boolean {
    const { module } = place;
    return this.#callsAt(place).some((value) => mayMakeRows(this.#file, { value, place: { module } }, table));
  }

  /** Around a function that uses something up, such records are made, or some of them are given back. */
  isMadeAnew(table: string, place: Place): boolean {
    return this.makesRows(table, place) || this.changesAt(place).some((change) => change.table === table && change.deletes !== true);
  }

  #bodiesAt({ frame }: Place): readonly (readonly Step[])[] {
    return [...new Set(frame ? [frame.fn.body, this.#top] : [this.#top])];
  }

  #callsAt(place: Place): readonly CallValue[] {
    return this.#bodiesAt(place).flatMap((body) => {
      const known = this.#calls.get(body) ?? [...allCallsIn(withoutFailures(body))];
      this.#calls.set(body, known);
      return known;
    });
  }
}
