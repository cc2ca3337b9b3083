/*
 * A package of the workspace that has not been built yet, as in a fresh clone or in a CI that lints first: its package.json names
 * `dist/index.js`, and all that there is is `src/index.ts`.
 */

/** Where builds put what they make, and what they sort it into. */
const OUTPUT = /^(?:\.\/)?(?:dist|build|lib|out|output|esm?|cjs)\/(?:(?:src|esm?|cjs|types|node|server)\/)*/u;
const COMPILED = /(?:\.d\.[cm]?ts|\.[cm]?jsx?)$/u;

/**
 * The files that one may have been built from, without extensions, by the habits of bundlers and of TypeScript: below `src`, or
 * below the package itself.
 * @param target as package.json names it: `./dist/esm/index.mjs`
 * @returns relative to the package, the likeliest first; empty where the file lies in no folder that builds write
 */
export function sourcesOf(target: string): readonly string[] {
  const [output] = OUTPUT.exec(target) ?? [];
  if (output === undefined) return [];
  const stem = target.slice(output.length).replace(COMPILED, "");
  return stem === "" ? [] : [`src/${stem}`, stem];
}
