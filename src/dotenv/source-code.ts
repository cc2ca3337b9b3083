import type * as PluginKit from "@eslint/plugin-kit";
import { load } from "../project/load.ts";
import { VISITOR_KEYS, type Comment, type DotenvDocument, type DotenvNode } from "./nodes.ts";

/** Positions and texts of a `.env` file, its comments with orders to ESLint, and the way through its tree. */
export interface DotenvSourceCode {
  readonly text: string;
  readonly ast: DotenvDocument;
  readonly comments: readonly Comment[];
}

type Construct = new (text: string, ast: DotenvDocument) => DotenvSourceCode;

let known: Construct | undefined;

/**
 * The class, made when the first `.env` file is linted: what it extends takes as long to load as the whole plugin.
 * @throws {Error} where `@eslint/plugin-kit` can't be loaded, such as in a browser.
 */
export function sourceCodeClass(): Construct {
  known ??= define();
  return known;
}

const ORDER = /^\s*eslint(?:-enable|-disable(?:-(?:next-)?line)?)?(?:\s|$)/u;

type DirectiveType = "disable" | "enable" | "disable-line" | "disable-next-line";

/** What ESLint asks of a traversal: 1 is the way in, 2 the way out. */
const ENTER = 1;
const EXIT = 2;

function define(): Construct {
  const kit = load<typeof PluginKit>("@eslint/plugin-kit");
  if (!kit) throw new Error("The language of .env files needs @eslint/plugin-kit, which can't be loaded here.");
  const { ConfigCommentParser, Directive, TextSourceCodeBase, VisitNodeStep } = kit;
  const parser = new ConfigCommentParser();

  return class extends TextSourceCodeBase<PluginKitOptions> implements DotenvSourceCode {
    readonly comments: readonly Comment[];
    readonly visitorKeys = VISITOR_KEYS;
    /** Rules for scripts that a config enables for all files ask for these before they look at a node. */
    readonly parserServices = {};
    readonly scopeManager = null;

    constructor(text: string, ast: DotenvDocument) {
      super({ text, ast, lineEndingPattern: /\r\n|[\r\n]/u });
      this.comments = ast.comments;
    }

    getAllComments(): readonly Comment[] {
      return this.comments;
    }

    /** There are no variables of a program in it. */
    getScope(): object {
      return { type: "global", block: this.ast, isStrict: true, upper: null, childScopes: [], variables: [], references: [], through: [], set: new Map() };
    }

    override getParent(node: DotenvNode): DotenvNode | undefined {
      return node.parent;
    }

    getInlineConfigNodes(): Comment[] {
      return this.comments.filter(({ value }) => ORDER.test(value));
    }

    getDisableDirectives(): { problems: never[]; directives: PluginKit.Directive[] } {
      const directives = this.getInlineConfigNodes().flatMap((node) => {
        const order = parser.parseDirective(node.value);
        if (!order || order.label === "eslint") return [];
        const type = order.label.slice("eslint-".length) as DirectiveType;
        return [new Directive({ type, node, value: order.value, justification: order.justification })];
      });
      return { problems: [], directives };
    }

    applyInlineConfig(): { problems: FileProblem[]; configs: InlineConfig[] } {
      const problems: FileProblem[] = [];
      const configs: InlineConfig[] = [];
      for (const { value, loc } of this.getInlineConfigNodes()) {
        const order = parser.parseDirective(value);
        if (order?.label !== "eslint") continue;
        const parsed = parser.parseJSONLikeConfig(order.value);
        if (parsed.ok) configs.push({ config: { rules: parsed.config }, loc });
        else problems.push({ ruleId: null, message: parsed.error.message, loc });
      }
      return { problems, configs };
    }

    override traverse(): PluginKit.VisitNodeStep[] {
      const steps: PluginKit.VisitNodeStep[] = [];
      const visit = (node: DotenvNode): void => {
        const args = [node, node.parent];
        steps.push(new VisitNodeStep({ target: node, phase: ENTER, args }));
        childrenOf(node).forEach(visit);
        steps.push(new VisitNodeStep({ target: node, phase: EXIT, args }));
      };
      visit(this.ast);
      return steps;
    }
  };
}

function childrenOf(node: DotenvNode): readonly DotenvNode[] {
  const values = VISITOR_KEYS[node.type].map((key) => (node as unknown as Record<string, DotenvNode | readonly DotenvNode[] | null>)[key]);
  return values.flatMap((value): readonly DotenvNode[] => (Array.isArray(value) ? (value as DotenvNode[]) : value ? [value as DotenvNode] : []));
}

interface PluginKitOptions {
  LangOptions: Record<string, unknown>;
  RootNode: DotenvDocument;
  SyntaxElementWithLoc: DotenvNode | Comment;
  ConfigNode: Comment;
}

interface FileProblem {
  readonly ruleId: null;
  readonly message: string;
  readonly loc: Comment["loc"];
}

interface InlineConfig {
  readonly config: { readonly rules: object };
  readonly loc: Comment["loc"];
}
