import { load } from "./load.ts";

type Picomatch = (globs: readonly string[], options: { dot: boolean }) => (path: string) => boolean;

const matchers = new Map<string, (path: string) => boolean>();

/** True where one of the globs matches a path relative to the project's root (forward slashes). */
export function matchesAny(path: string, globs: readonly string[]): boolean {
  const key = globs.join("\0");
  let matcher = matchers.get(key);
  if (!matcher) {
    const picomatch = load<Picomatch>("picomatch");
    matcher = picomatch ? picomatch(globs, { dot: true }) : () => false;
    matchers.set(key, matcher);
  }
  return matcher(path);
}
