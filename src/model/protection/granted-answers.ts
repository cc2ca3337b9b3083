import type { Caller } from "../flow/guarded.ts";
import { ofLiteral } from "../flow/answers.ts";
import type { Value } from "../values/ir.ts";
import type { Located, Place, Tracer } from "../values/trace.ts";
import { target } from "../values/values.ts";
import { combined } from "./caller-presence.ts";

/*
 * `{ success: true, data }` of a function that answers `{ success: false }` where what it runs has thrown: whoever is answered so has
 * got past the checks in it.
 */

/** For whom the functions that a request runs give back which answers. */
export class GrantedAnswers {
  /** How many answers were known callers' so far. */
  granted = 0;
  readonly #tracer: Tracer;
  /** Objects that hold a yes (`success: true`) that were given back in each call of their function, and whether nobody but known callers got them. */
  readonly #given = new Map<Value, Map<Place["frame"], boolean>>();

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  /** A function gives something back, to whoever has got so far. */
  note({ value, place }: Located, caller: Caller | undefined): void {
    const at = target(value);
    if (at.kind !== "object" || !at.entries.some((entry) => entry.key !== undefined && ofLiteral(entry.value) === true)) return;
    if (caller !== undefined) this.granted++;
    const calls = this.#given.get(at) ?? new Map<Place["frame"], boolean>();
    this.#given.set(at, calls.set(place.frame, caller !== undefined && calls.get(place.frame) !== false));
  }

  /** The side of a condition that only those take whose answer says that they were let in; undefined: neither, or that is not known. */
  sideOf({ value, place }: Located): "then" | "else" | undefined {
    if (this.#given.size === 0) return undefined;
    const isGranted = combined(value, (part) => this.#isGranted({ value: part, place }));
    return isGranted === undefined ? undefined : isGranted ? "then" : "else";
  }

  /** `answer.success`: whatever answer does not say `false` there was for known callers. */
  #isGranted({ value, place }: Located): true | undefined {
    const at = target(value);
    if (at.kind !== "member" || at.property === undefined) return undefined;
    const name = at.property;
    const answers = this.#tracer.alternatives({ value: at.object, place }).filter((answer) => {
      const said = this.#tracer.property(answer, name);
      return said.length === 0 || said.some((part) => ofLiteral(part.value) !== false);
    });
    return answers.length > 0 && answers.every((answer) => this.#given.get(answer.value)?.get(answer.place.frame) === true) ? true : undefined;
  }
}
