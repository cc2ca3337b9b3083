import type { TSESTree } from "@typescript-eslint/types";

/** Files in which scripts stand beside markup: the parsers of these frameworks hand out one program for all of it. */
export const isComponentFile = (filename: string): boolean => /\.(?:vue|svelte|astro)$/u.test(filename);

/**
 * The program as ESTree has it: statements and nothing else. Svelte's parser keeps those of each script in an element of
 * its own (`SvelteScriptElement`), and the parsers of Svelte and Astro put the markup beside them.
 */
export function withStatements(program: TSESTree.Program, filename: string): TSESTree.Program {
  if (!/\.(?:svelte|astro)$/u.test(filename) || !Array.isArray(program.body)) return program;
  return { ...program, body: program.body.flatMap(statementsIn) };
}

/** What may stand at the top there, of which ESTree knows nothing. */
interface TopNode {
  readonly type: string;
  readonly body?: unknown;
}

function statementsIn(node: TSESTree.ProgramStatement): readonly TSESTree.ProgramStatement[] {
  const { type, body } = node as unknown as TopNode;
  if (type === "SvelteScriptElement") return body as readonly TSESTree.ProgramStatement[];
  return type.startsWith("Svelte") || type.startsWith("Astro") ? [] : [node];
}
