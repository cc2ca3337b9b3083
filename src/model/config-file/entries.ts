import type { DotenvDocument, Range } from "../../dotenv/nodes.ts";

export type { Range } from "../../dotenv/nodes.ts";

/** A name with a text as its value, in whatever format the file is written. */
export interface Entry {
  readonly name: string;
  /** Names on the way to it, its own last: `["build", "env", "TOKEN"]`. Places in lists are left out. */
  readonly path: readonly string[];
  /** Where the name stands, without quotes; undefined in a list, whose name it has. */
  readonly key: Range | undefined;
  readonly value: string;
  /** Between the quotes of the value. */
  readonly inner: Range;
  /** The value as it is written, with its quotes. */
  readonly written: Range;
  /** Where name and value begin. */
  readonly start: number;
  /** Variables that it names and that are filled in later: `${NAME}`. */
  readonly references: readonly string[];
}

/** What a file holds, whatever its format. */
export interface Content {
  readonly format: "dotenv" | "json" | "toml";
  /** In the order of the text. */
  readonly entries: readonly Entry[];
  readonly comments: readonly Range[];
}

/** The trees of `@eslint/json` and of `toml-eslint-parser`, as far as they are read here. */
interface Tree {
  readonly type: string;
  readonly range: Range;
  readonly [key: string]: unknown;
}

/**
 * Entries of a syntax tree: of `.env` files, of `@eslint/json`, and of TOML by `eslint-plugin-toml` or its parser.
 * Undefined for any other tree.
 */
export function contentOf(ast: { readonly type: string }, sourceCode: object): Content | undefined {
  const tree = ast as unknown as Tree;
  const comments = "comments" in sourceCode && Array.isArray(sourceCode.comments) ? sourceCode.comments : tree["comments"];
  const ranges = Array.isArray(comments) ? (comments as Tree[]).map(({ range }) => range) : [];
  if (tree.type === "Document" && Array.isArray(tree["body"])) return { format: "dotenv", entries: ofDotenv(ast as DotenvDocument), comments: ranges };
  if (tree.type === "Document" && isTree(tree["body"])) return { format: "json", entries: ofJson(tree["body"], [], undefined), comments: ranges };
  const [first] = tree.type === "Program" && Array.isArray(tree["body"]) ? (tree["body"] as Tree[]) : [];
  return first?.type === "TOMLTopLevelTable" ? { format: "toml", entries: ofToml(first, [], undefined), comments: ranges } : undefined;
}

/** Not all have a range: the elements of a list in JSON have none. */
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && "type" in value;
const trees = (value: unknown): readonly Tree[] => (Array.isArray(value) ? value.filter(isTree) : []);

function ofDotenv({ body }: DotenvDocument): readonly Entry[] {
  return body.flatMap((node): readonly Entry[] => {
    if (node.type !== "Assignment") return [];
    const { key, value, range } = node;
    const end: Range = [range[1], range[1]];
    return [
      {
        name: key.name,
        path: [key.name],
        key: key.range,
        value: value?.value ?? "",
        inner: value?.inner ?? end,
        written: value?.range ?? end,
        start: range[0],
        references: value?.interpolations.map(({ name }) => name) ?? [],
      },
    ];
  });
}

interface Named {
  readonly key: Range;
  readonly start: number;
}

/** `owner`: the name that the node is the value of. */
function ofJson(node: Tree, path: readonly string[], owner: Named | undefined): readonly Entry[] {
  switch (node.type) {
    case "Object":
      return trees(node["members"]).flatMap((member) => {
        const { name, value } = member;
        if (!isTree(name) || !isTree(value)) return [];
        const isText = name.type === "String";
        const key: Range = isText ? within(name.range) : name.range;
        return ofJson(value, [...path, String(isText ? name["value"] : name["name"])], { key, start: member.range[0] });
      });
    case "Array":
      return trees(node["elements"]).flatMap(({ value }) => (isTree(value) ? ofJson(value, path, undefined) : []));
    case "String":
      return typeof node["value"] === "string" ? [entry(node, node["value"], within(node.range), path, owner)] : [];
    default:
      return [];
  }
}

function ofToml(node: Tree, path: readonly string[], owner: Named | undefined): readonly Entry[] {
  switch (node.type) {
    case "TOMLTopLevelTable":
    case "TOMLInlineTable":
      return trees(node["body"]).flatMap((child) => ofToml(child, path, undefined));
    case "TOMLTable": {
      const resolved = Array.isArray(node["resolvedKey"]) ? (node["resolvedKey"] as unknown[]) : [];
      const names = resolved.filter((name) => typeof name === "string");
      return trees(node["body"]).flatMap((child) => ofToml(child, names, undefined));
    }
    case "TOMLKeyValue": {
      const { key, value } = node;
      if (!isTree(key) || !isTree(value)) return [];
      const names = trees(key["keys"]);
      const last = names.at(-1);
      const place = last && { key: last.type === "TOMLQuoted" ? within(last.range) : last.range, start: node.range[0] };
      return ofToml(value, [...path, ...names.map((name) => String(name["name"] ?? name["value"]))], place);
    }
    case "TOMLArray":
      return trees(node["elements"]).flatMap((child) => ofToml(child, path, undefined));
    case "TOMLValue": {
      if (typeof node["value"] !== "string" || node["kind"] !== "string") return [];
      return [entry(node, node["value"], within(node.range, node["multiline"] === true ? 3 : 1), path, owner)];
    }
    default:
      return [];
  }
}

const within = ([start, end]: Range, quotes = 1): Range => [start + quotes, end - quotes];

/** `${NAME}` in the texts of configuration; a bare `$NAME` may be anything there. */
const REFERENCE = /\$\{(?:env[:.])?(?<name>[A-Za-z_]\w*)/gu;

function entry(node: Tree, value: string, inner: Range, path: readonly string[], owner: Named | undefined): Entry {
  const references = value.includes("$") ? [...value.matchAll(REFERENCE)].map(({ groups }) => groups?.["name"] ?? "") : [];
  return { name: path.at(-1) ?? "", path, key: owner?.key, value, inner, written: node.range, start: owner?.start ?? node.range[0], references };
}
