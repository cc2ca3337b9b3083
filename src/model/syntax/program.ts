import type { TSESTree } from "@typescript-eslint/types";

/** Files in which scripts stand beside markup: the parsers of these frameworks hand out one program for all of it. */
export const isComponentFile = (filename: string): boolean => /\.(?:vue|svelte|astro)$/u.test(filename);

/**
 * The program as ESTree has it: statements and nothing else. Svelte's parser keeps those of each script in an element of
 * its own (`SvelteScriptElement`), and the parsers of Svelte and Astro put the markup beside them.
 */
export function withStatements(program: TSESTree.Program, filename: string): TSESTree.Program {
  if (!/\.(?:svelte|astro)$/u.test(filename) || !Array.isArray(program.body)) return program;
  return { ...program, body: (program.body as readonly TopNode[]).flatMap(statementsIn) };
}

interface TopNode {
  readonly type: string;
  readonly body?: unknown;
}

function statementsIn(node: TopNode): readonly TSESTree.ProgramStatement[] {
  if (node.type === "SvelteScriptElement") return node.body as TSESTree.ProgramStatement[];
  return node.type.startsWith("Svelte") || node.type.startsWith("Astro") ? [] : [node as TSESTree.ProgramStatement];
}
