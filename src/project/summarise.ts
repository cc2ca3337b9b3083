import type { TSESTree } from "@typescript-eslint/types";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import { directivesOf } from "../model/syntax/ast.ts";
import { exportsOf } from "../model/values/exports.ts";
import type { Node } from "../model/syntax/ast.ts";
import type { ModuleFacts } from "../model/values/ir.ts";
import { lowerModule } from "../model/values/lower.ts";
import { keepsUnusedImports, partsOf } from "../model/place/parts.ts";
import { detachFunctions, Evaluator } from "../model/values/values.ts";
import { mentionsUpstash } from "./glance.ts";
import { load } from "./load.ts";

interface OxcParser {
  parseSync(
    filename: string,
    text: string,
    options: Readonly<Record<string, unknown>>,
  ): { readonly program: TSESTree.Program; readonly errors: readonly { readonly severity: string }[] };
}

interface ScopeAnalysis {
  analyze(program: TSESTree.Program, options: Readonly<Record<string, unknown>>): Scope.ScopeManager;
}

interface VisitorKeys {
  readonly visitorKeys: Readonly<Record<string, readonly string[] | undefined>>;
}

const LANGUAGES: Readonly<Record<string, string>> = {
  ".ts": "ts",
  ".mts": "ts",
  ".cts": "ts",
  ".tsx": "tsx",
  ".js": "jsx",
  ".mjs": "jsx",
  ".cjs": "jsx",
  ".jsx": "jsx",
};

/**
 * The facts of a module that is not being linted, read with a parser of our own so that they do not depend on the
 * user's configuration. Undefined where the text does not parse or no parser can be loaded.
 */
export function summarise(path: string, text: string): ModuleFacts | undefined {
  const lang = LANGUAGES[/\.[^./\\]+$/u.exec(path)?.[0] ?? ""];
  const oxc = load<OxcParser>("oxc-parser");
  const scopes = load<ScopeAnalysis>("@typescript-eslint/scope-manager");
  if (lang === undefined || !oxc || !scopes) return undefined;
  const { program, errors } = oxc.parseSync(path, text, { lang, astType: "ts", range: true, preserveParens: false });
  if (errors.some(({ severity }) => severity === "Error") && program.body.length === 0) return undefined;
  const calls: Call[] = [];
  setParents(program, (node) => {
    if (isCall(node)) calls.push(node);
  });
  const scopeManager = scopes.analyze(program, { sourceType: "module", lib: [] });
  const evaluator = new Evaluator(scopeManager, false);
  const facts: ModuleFacts = {
    path,
    directives: directivesOf(program.body),
    ...exportsOf(evaluator, program),
    body: lowerModule(evaluator, program),
    parts: partsOf(evaluator, program, { text, calls: mentionsUpstash(text) ? calls : calls.filter(mayLoad), keepsUnused: keepsUnusedImports(path, text) }),
  };
  detachFunctions(evaluator);
  return facts;
}

type Call = TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.ImportExpression;

function isCall(node: Node): node is Call {
  return node.type === "CallExpression" || node.type === "NewExpression" || node.type === "ImportExpression";
}

/** `import()` and `require()`. */
function mayLoad(node: Call): boolean {
  return node.type === "ImportExpression" || (node.callee.type === "Identifier" && node.callee.name === "require");
}

function setParents(root: TSESTree.Program, visit: (node: Node) => void): void {
  const keys = load<VisitorKeys>("@typescript-eslint/visitor-keys")?.visitorKeys ?? {};
  const stack: TSESTree.Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    visit(node);
    const children = node as unknown as Record<string, unknown>;
    for (const key of keys[node.type] ?? []) {
      const child = children[key];
      if (Array.isArray(child)) for (const item of child as (TSESTree.Node | null)[]) adopt(item, node, stack);
      else adopt(child as TSESTree.Node | null | undefined, node, stack);
    }
  }
}

function adopt(child: TSESTree.Node | null | undefined, parent: TSESTree.Node, stack: TSESTree.Node[]): void {
  if (!child) return;
  (child as { parent: TSESTree.Node }).parent = parent;
  stack.push(child);
}
