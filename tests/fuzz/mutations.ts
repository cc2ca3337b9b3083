import fc from "fast-check";
import parser from "@typescript-eslint/parser";
import type { TSESTree } from "@typescript-eslint/types";
import { nodesOf } from "./sources.ts";

/** One change to a program. The numbers choose among what there is: any number chooses something. */
export interface Mutation {
  readonly kind: (typeof MUTATIONS)[number];
  readonly at: number;
  readonly with: number;
}

export const MUTATIONS = ["delete token", "duplicate token", "swap tokens", "delete node", "duplicate node", "swap nodes", "replace node", "wrap node", "tie node"] as const;

/** Up to four changes, most of them to nodes. */
export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    kind: fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...MUTATIONS) }, { weight: 9, arbitrary: fc.constantFrom(...MUTATIONS.filter((kind) => kind.endsWith("node") || kind.endsWith("nodes"))) }),
    at: fc.nat(),
    with: fc.nat(),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Changes to tokens mostly give code that does not parse, changes to nodes mostly code that does. */
const TOKEN = /\s+|[\p{L}\p{N}_$]+|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|=>|\?\.|\?\?|\.{3}|&&|\|\||[^\s\p{L}\p{N}]/gu;

/** What may be put around an expression. `…` is the expression. */
export const EXPRESSION_WRAPS = [
  "(…)", "(… as any)", "(… satisfies unknown)", "(…)!", "await …", "(await (…))", "[…]", "[...(…)]", "({ ...(…) })", "({ a: … }).a", "(() => (…))()", "(async () => (…))", "`${…}`", "`a:${…}`", "(… ?? …)", "(… || \"x\")",
  "(… && …)", "(flag ? … : undefined)", "(0, …)", "(…)?.b", "(…)[0]", "(…)[\"get\"]", "new (…)()", "(…)()", "(…)`x`", "void (…)", "typeof (…)", "!(…)", "String(…)", "JSON.stringify(…)", "Promise.all([…])",
  "Promise.resolve(…).then((it) => it)", "(… as const)", "(<div>{…}</div>)", "(class { static a = …; }).a", "(function () { return …; })()", "import(…)", "(it = …)", "delete (…).c", "(yes ? (…) : (…))", "Object.assign({}, …)",
] as const;

/** Expressions that rules ask about. */
export const EXPRESSIONS = [
  "redis", "Redis.fromEnv()", "new Redis({ url: process.env.UPSTASH_REDIS_REST_URL, token: process.env.UPSTASH_REDIS_REST_TOKEN })", "process.env.UPSTASH_REDIS_REST_TOKEN", "process.env", "process.env[name]", "import.meta.env.QSTASH_TOKEN",
  "request", "await request.json()", "(await request.json()).email", "request.headers.get(\"x-forwarded-for\")", "user.email", "{ email: user.email }", "ratelimit.limit(\"a\")", "(await ratelimit.limit(ip)).success", "Response.json({})",
  "undefined", "null", "\"\"", "0", "[]", "{}", "() => {}", "async () => await redis.get(\"k\")", "function* () { yield redis; }", "class extends Redis {}", "this", "arguments", "new.target", "Math.random()", "{ ex: 60 }", "{ ...options }",
] as const;

/** What may stand for an expression where `…` is a name of the same file: values lead to each other, and to themselves. */
export const TIES = ["…", "….a", "….b.a", "…[0]", "…()", "….a()", "await …", "(await …).a", "(await ….a()).b", "new …()", "{ ...… }", "[...…]", "`${…}`", "… + 1", "… ?? 1", "flag ? … : 1", "() => …", "class extends … {}"] as const;

/** The code after the mutations, one after the other. Those that find nothing to change leave the code as it is. */
export function mutated(code: string, mutations: readonly Mutation[]): string {
  return mutations.reduce((text, mutation) => mutate(text, mutation), code);
}

/** The code with each of its variables made of itself, in every way. */
export function* tied(code: string): Generator<string> {
  for (const node of changeable(code)) {
    if (node.type !== "VariableDeclarator" || !node.init) continue;
    const name = nodesOf(node.id).find((part) => part.type === "Identifier")?.name;
    if (name === undefined) continue;
    const ties = TIES.map((tie) => `(${tie.replace("…", () => name)})`);
    for (const tie of ties) yield replaced(code, node.init, tie);
    // a variable that is assigned what is made of it
    const list = node.parent;
    const assigned = list.type === "VariableDeclaration" && list.parent.type !== "ForStatement" && list.parent.type !== "ForOfStatement" ? code.slice(0, list.range[0]) + textIn(code, list).replace("const", "let") : undefined;
    if (assigned !== undefined) for (const tie of ties) yield `${assigned}\n${name} = ${tie};${code.slice(list.range[1])}`;
    // what a call or a member begins with: `const { serve } = serve(…)`
    for (const part of nodesOf(node.init)) if (part.type === "Identifier" && isWrappable(part)) yield replaced(code, part, name);
  }
}

function mutate(code: string, { kind, at, with: other }: Mutation): string {
  if (kind.endsWith("token") || kind.endsWith("tokens")) return mutateTokens(code, kind, at, other);
  const nodes = changeable(code);
  const node = pick(nodes, at);
  if (!node) return code;
  const text = textIn(code, node);
  const isExpression = isWrappable(node);
  switch (kind) {
    case "delete node":
      return replaced(code, node, isExpression && node.parent?.type !== "CallExpression" && node.parent?.type !== "ArrayExpression" ? "undefined" : "");
    case "duplicate node":
      return replaced(code, node, `${text}${isListed(node) ? ", " : isExpression ? " ?? " : "\n"}${text}`);
    case "swap nodes": {
      const alike = nodes.filter((one) => isWrappable(one) === isExpression && (one.range[1] <= node.range[0] || one.range[0] >= node.range[1]));
      const mate = pick(alike, other);
      if (!mate) return code;
      const [first, second] = mate.range[0] < node.range[0] ? [mate, node] : [node, mate];
      return replaced(replaced(code, second, textIn(code, first)), first, textIn(code, second));
    }
    case "replace node":
      return isExpression ? replaced(code, node, `(${pick(EXPRESSIONS, other) ?? ""})`) : code;
    case "tie node": {
      const names = [...new Set(nodes.flatMap((one) => (one.type === "Identifier" ? [one.name] : [])))];
      const tie = (pick(TIES, other) ?? "…").replace("…", () => pick(names, Math.floor(other / TIES.length)) ?? "undefined");
      return isExpression ? replaced(code, node, `(${tie})`) : code;
    }
    default:
      return isExpression ? replaced(code, node, (pick(EXPRESSION_WRAPS, other) ?? "…").replaceAll("…", () => text)) : code;
  }
}

function mutateTokens(code: string, kind: string, at: number, other: number): string {
  const tokens: string[] = code.match(TOKEN) ?? [];
  const index = at % Math.max(1, tokens.length);
  const second = other % Math.max(1, tokens.length);
  const token = tokens[index] ?? "";
  if (kind === "delete token") return tokens.toSpliced(index, 1).join("");
  if (kind === "duplicate token") return tokens.toSpliced(index, 0, token, " ").join("");
  return tokens.with(index, tokens[second] ?? "").with(second, token).join("");
}

/** Nodes that can go, come twice or change places; none where the code does not parse. */
function changeable(code: string): TSESTree.Node[] {
  try {
    const { ast } = parser.parseForESLint(code, { ecmaFeatures: { jsx: true }, range: true, loc: true });
    return nodesOf(ast).filter((node) => node.type !== "Program");
  } catch {
    return [];
  }
}

/** An expression in a place where any other may stand. */
export function isWrappable(node: TSESTree.Node): boolean {
  const { parent } = node;
  if (!/(?:Expression|Literal|Identifier)$/u.test(node.type) || node.type.startsWith("JSX") || node.type.startsWith("TS") || !parent) return false;
  switch (parent.type) {
    case "CallExpression":
    case "NewExpression":
      return parent.callee !== node || node.type === "Identifier";
    case "MemberExpression":
      return parent.object === node || parent.computed;
    case "Property":
      return parent.value === node && !parent.shorthand && parent.parent.type === "ObjectExpression";
    case "VariableDeclarator":
      return parent.init === node;
    case "AssignmentExpression":
    case "AssignmentPattern":
      return parent.right === node;
    case "ArrowFunctionExpression":
      return parent.body === node;
    case "PropertyDefinition":
      return parent.value === node;
    case "AwaitExpression":
    case "ArrayExpression":
    case "ReturnStatement":
    case "ThrowStatement":
    case "IfStatement":
    case "SpreadElement":
    case "LogicalExpression":
    case "ConditionalExpression":
    case "BinaryExpression":
    case "TemplateLiteral":
    case "JSXExpressionContainer":
    case "ExpressionStatement":
    case "ExportDefaultDeclaration":
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "YieldExpression":
    case "UnaryExpression":
      return true;
    default:
      return false;
  }
}

function isListed(node: TSESTree.Node): boolean {
  const { parent } = node;
  return (
    /^(?:Property|SpreadElement|ImportSpecifier|ExportSpecifier)$/u.test(node.type) ||
    parent?.type === "ArrayExpression" ||
    (parent?.type === "CallExpression" && parent.callee !== node) ||
    (/Function/u.test(parent?.type ?? "") && node.type === "Identifier")
  );
}

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];
const textIn = (code: string, { range }: TSESTree.Node): string => code.slice(...range);
const replaced = (code: string, { range }: TSESTree.Node, by: string): string => code.slice(0, range[0]) + by + code.slice(range[1]);
