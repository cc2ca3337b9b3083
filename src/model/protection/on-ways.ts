import type { Met } from "./account.ts";

/*
 * Of several ways a request takes one: what a `switch` does in its cases is not done together, and neither is what follows
 * `if (id) return one(id)` done with what stands in it.
 */

/** Something that is done on a way, and not on others. */
type OnWays = Pick<Met, "ways">;

/** The ways that the steps which are being read lie on. */
export class Ways {
  #forks = 0;
  #here: readonly string[] = [];

  get here(): readonly string[] {
    return this.#here;
  }

  /** Ways part here. */
  fork(): number {
    return this.#forks++;
  }

  /** Runs what lies on one of the ways that part at a fork. */
  take<T>(fork: number, index: number, run: () => T): T {
    const before = this.#here;
    this.#here = [...before, tagOf(fork, index)];
    const result = run();
    this.#here = before;
    return result;
  }

  /** Work was met on one of these ways. */
  isMet(works: readonly OnWays[], fork: number, index: number): boolean {
    const tag = tagOf(fork, index);
    return works.some(({ ways }) => ways[this.#here.length] === tag);
  }

  /** The works from the `from`th on are done here, by a function that was read somewhere else. */
  moveHere(works: Met[], from: number): void {
    const moved = works.slice(from);
    // On which ways its first caller stood makes no difference.
    const common = commonOf(moved);
    const made = this.#forks++;
    works.splice(from, moved.length, ...moved.map((work) => ({ ...work, ways: [...this.#here, ...work.ways.slice(common).map((tag) => `${String(made)}.${tag}`)] })));
  }
}

const tagOf = (fork: number, index: number): string => `${String(fork)}:${String(index)}`;

/** How many ways all works have in common. */
function commonOf([first, ...others]: readonly OnWays[]): number {
  const ways = first?.ways ?? [];
  const end = ways.findIndex((tag, index) => others.some((other) => other.ways[index] !== tag));
  return end < 0 ? ways.length : end;
}

/** How many of several works one request does at most. */
export function mostAtOnce(works: readonly OnWays[], depth = 0): number {
  const forks = new Map<string, Map<string, OnWays[]>>();
  let most = 0;
  for (const work of works) {
    const tag = work.ways[depth];
    if (tag === undefined) most++;
    else {
      const fork = tag.slice(0, tag.lastIndexOf(":"));
      const ways = forks.get(fork) ?? new Map<string, OnWays[]>();
      ways.set(tag, [...(ways.get(tag) ?? []), work]);
      forks.set(fork, ways);
    }
  }
  for (const ways of forks.values()) most += Math.max(...[...ways.values()].map((those) => mostAtOnce(those, depth + 1)));
  return most;
}
