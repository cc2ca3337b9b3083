import type { ProjectFiles } from "./project.ts";

/** A code block of a rule's page that says what the rule makes of it. */
export interface Example {
  readonly kind: "incorrect" | "correct";
  readonly code: string;
  /** The file that the code stands in, relative to the project's root. */
  readonly filename: string;
  /** Linted with the option that `upstash/strict` sets. */
  readonly strict: boolean;
  /** Options that the example is linted with. */
  readonly options: Record<string, unknown> | undefined;
  readonly settings: Record<string, unknown>;
  /** The project's other files: the page's `context` blocks above the example. */
  readonly files: ProjectFiles;
  /** Line of the page, counted from 1. */
  readonly line: number;
}

export interface RulePage {
  /** Text of each `## ` section by heading, in the page's order. */
  readonly sections: ReadonlyMap<string, string>;
  readonly examples: readonly Example[];
  /** Blocks under "Incorrect" or "Correct" that are not marked so. */
  readonly unmarked: readonly string[];
}

const DEFAULT_FILENAME = "lib/example.ts";

/**
 * Reads a rule's page. A block is marked in its info string: ` ```ts incorrect file="app/page.tsx" strict `, where
 * `incorrect`, `correct` or `context` comes first; `options='{…}'` and `settings='{…}'` hold JSON.
 */
export function parseRulePage(text: string): RulePage {
  const sections = new Map<string, string>();
  const examples: Example[] = [];
  const unmarked: string[] = [];
  let context: Record<string, string> = {};
  let heading = "";
  let block: { info: string; lines: string[]; line: number } | undefined;

  const finish = ({ info, lines, line }: NonNullable<typeof block>): void => {
    const code = `${lines.join("\n")}\n`;
    const [, kind, attributes] = /^\S+ (incorrect|correct|context)\b(.*)$/.exec(info) ?? [];
    const filename = attribute(attributes, "file", '"') ?? DEFAULT_FILENAME;
    if (kind === "context") context = { ...context, [filename]: code };
    if (kind === "incorrect" || kind === "correct") {
      examples.push({
        kind,
        code,
        filename,
        line,
        strict: /\bstrict\b/.test(attributes ?? ""),
        options: json(attribute(attributes, "options", "'")),
        settings: json(attribute(attributes, "settings", "'")) ?? {},
        files: context,
      });
    }
    const section = heading.toLowerCase();
    if ((section === "incorrect" || section === "correct") && kind !== section && kind !== "context") {
      unmarked.push(`line ${line}, under "${heading}": \`\`\`${info}`);
    }
  };

  text.split(/\r?\n/).forEach((content, index) => {
    if (block !== undefined) {
      if (content.startsWith("```")) {
        finish(block);
        block = undefined;
      } else block.lines.push(content);
    } else if (content.startsWith("```")) {
      block = { info: content.slice(3).trim(), lines: [], line: index + 1 };
    } else if (content.startsWith("## ")) {
      heading = content.slice(3).trim();
      sections.set(heading, "");
      return;
    }
    if (heading !== "") sections.set(heading, `${sections.get(heading) ?? ""}${content}\n`);
  });
  return { sections, examples, unmarked };
}

function attribute(attributes: string | undefined, name: string, quote: string): string | undefined {
  const start = `${name}=${quote}`;
  const from = attributes?.indexOf(start) ?? -1;
  if (attributes === undefined || from === -1) return undefined;
  return attributes.slice(from + start.length, attributes.indexOf(quote, from + start.length));
}

const json = (text: string | undefined): Record<string, unknown> | undefined =>
  text === undefined ? undefined : (JSON.parse(text) as Record<string, unknown>);
