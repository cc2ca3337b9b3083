import type { Node } from "../syntax/ast.ts";
import type { LocatedType } from "../values/trace.ts";
import type { Sensitivity } from "./sensitive-names.ts";

/*
 * What a search for personal data finds, and what it takes along on its way there.
 */

/** Personal data or a secret that a write would store as it is. */
export interface Finding {
  readonly sensitivity: Sensitivity;
  /** The name that says so: a property, variable, or the beginning of a key. */
  readonly name: string;
  /** Set where the node is an object that holds the data, not the data itself. */
  readonly holder?: Holder | undefined;
  /** The smallest node of the linted file that shows it. */
  readonly node: Node;
}

/** Where an object holds personal data. */
export interface Holder {
  /** The object's own property; empty where there is none, as in lists. */
  readonly property: string;
  /** The data stands deeper than that property: `customer` for `customer.email`. */
  readonly isNested: boolean;
}

/** The way to what is looked at. */
export interface Trail {
  /** Names met on the way, outermost first. */
  readonly names: readonly string[];
  /** Where a finding is shown: follows the syntax of the call, and stays there when values lead elsewhere. */
  readonly node: Node;
  readonly inline: boolean;
  readonly depth: number;
  readonly holder?: Holder | undefined;
  /** The object is how an organisation is reached, by the names that stand beside it. */
  readonly isContact?: boolean | undefined;
  /** What a function or variable on the way declares it to be. */
  readonly type?: LocatedType | undefined;
  /** What the key says of all that is stored under it; undefined where that does not reach. */
  readonly words: Sensitivity | undefined;
}

/** Where what stands under a property of a holder is held. */
export function deeper(holder: Holder | undefined, property: string): Holder {
  return holder ? { ...holder, isNested: true } : { property, isNested: property === "" };
}

/** Alternatives that say the same are one finding. */
export function firstFindings(alternatives: readonly (readonly Finding[])[]): readonly Finding[] {
  return alternatives.find((found) => found.length > 0) ?? [];
}

