import type { Mark, Span } from "../flow/policy.ts";
import { READS, type Account, type Met } from "./account.ts";

/*
 * Of two ways a request takes one, as of the cases of a `switch`: of what is read on both, the longer one counts.
 */

/** What is read on a way that another one is as long as. */
interface Shorter {
  readonly works: readonly Met[];
  /** As many at least, for the same callers. */
  readonly longer: readonly Met[];
}

/** The ways that exclude each other. */
export class ExclusiveWays {
  readonly #shorter: Shorter[] = [];
  readonly #beside = new Set<Met>();

  /** How much an account holds; its places are others once something was taken out of it. */
  mark({ works }: Account): Mark {
    return { at: works.length, of: works };
  }

  /** What was met on one of the ways was not met on the other. */
  exclude({ works }: Account, one: readonly Span[], other: readonly Span[]): void {
    if ([...one, ...other].flat().some((mark) => mark?.of !== works)) return;
    const read = (spans: readonly Span[]): readonly Met[] => spans.flatMap(([from, to]) => works.slice(from?.at, to?.at)).filter((work) => READS.has(work.kind) && !work.isLink && !this.#beside.has(work));
    const [first, second] = [read(one), read(other)];
    if (first.length === 0 || second.length === 0) return;
    for (const group of new Set([...first, ...second].map(groupOf))) {
      const [some, others] = [first, second].map((way) => way.filter((work) => groupOf(work) === group));
      if (!some || !others) continue;
      const isLess = some.length < others.length;
      const shorter = { works: isLess ? some : others, longer: isLess ? others : some };
      this.#shorter.push(shorter);
      for (const work of shorter.works) this.#beside.add(work);
    }
  }

  /** The works of an account that add nothing to the number of its reads, as long as those are there that they stand beside. */
  beside({ works }: Account): ReadonlySet<Met> {
    const left = new Set(works);
    return new Set(this.#shorter.flatMap((way) => (way.longer.every((work) => left.has(work)) ? way.works : [])));
  }
}

/** What is told of callers, and of commands of Redis, is counted apart. */
const groupOf = ({ kind, caller }: Met): string => `${kind} ${caller ?? ""}`;
