import parser from "@typescript-eslint/parser";
import { Linter, type Rule } from "eslint";
import type { UpstashRule } from "../../src/create-rule.ts";

/** One place where a rule is run: what stays the same before and after a fix. */
export interface Place {
  readonly rule: UpstashRule<string, never>;
  /** Absolute. */
  readonly filename: string;
  /** The project's root. */
  readonly cwd: string;
  readonly options: readonly unknown[];
  readonly settings: Record<string, unknown>;
}

/** A fix or suggestion that a report carries, and the code it gives. */
export interface Mend {
  /** `fix` or `suggestion N (messageId)`, and the report that carries it. */
  readonly label: string;
  readonly report: Linter.LintMessage;
  readonly edit: { readonly start: number; readonly end: number; readonly text: string };
  readonly output: string;
}

type Message = Linter.LintMessage;

/** Lints as ESLint's CLI does: an absolute file name, and the project's root as working directory. */
export function lint(code: string, place: Place): Message[] {
  const linter = new Linter({ configType: "flat", cwd: place.cwd });
  const id = `upstash/${place.rule.name}`;
  return linter.verify(
    code,
    {
      // not "**/*", which ESLint applies only to files that another pattern names
      files: ["**"],
      languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      plugins: { upstash: { rules: { [place.rule.name]: place.rule as unknown as Rule.RuleModule } } },
      rules: { [id]: ["error", ...place.options] },
      settings: place.settings,
    },
    { filename: place.filename },
  );
}

/** The code after each fix and each suggestion, applied alone. */
export function mendsOf(code: string, messages: readonly Message[]): Mend[] {
  return messages.flatMap((report) => {
    const at = `${report.messageId ?? "?"} at ${report.line}:${report.column}`;
    const offers = [
      ...(report.fix === undefined ? [] : [{ label: `fix of ${at}`, fix: report.fix }]),
      ...(report.suggestions ?? []).map((suggestion, index) => ({
        label: `suggestion ${index + 1} (${suggestion.messageId ?? "?"}) of ${at}`,
        fix: suggestion.fix,
      })),
    ];
    return offers.map(({ label, fix: { range, text } }) => ({
      label,
      report,
      edit: { start: range[0], end: range[1], text },
      output: code.slice(0, range[0]) + text + code.slice(range[1]),
    }));
  });
}

/**
 * What is wrong after a mend: the output does not parse, its report is still there, or a new one has come.
 * Reports outside the edit must be where they were, moved by the edit; those inside it (ESLint joins a report's edits
 * to one) are compared by message id alone.
 */
export function problemsAfter(mend: Mend, code: string, before: readonly Message[], after: readonly Message[]): string[] {
  const fatal = after.find((message) => message.fatal === true);
  if (fatal !== undefined) return [`does not parse: ${fatal.message} (${fatal.line}:${fatal.column})`];

  const { start, end, text } = mend.edit;
  const shift = text.length - (end - start);
  const known = before
    .filter((message) => message !== mend.report)
    .map((message) => ({ id: message.messageId, range: rangeIn(code, message) }));
  const survives = (id: string | undefined, range: Range): boolean => {
    const index = known.findIndex((earlier) => {
      if (earlier.id !== id) return false;
      if (earlier.range.end <= start) return earlier.range.start === range.start;
      if (earlier.range.start >= end) return earlier.range.start + shift === range.start;
      return range.start < start + text.length && range.end > start;
    });
    if (index === -1) return false;
    known.splice(index, 1);
    return true;
  };
  return after
    .filter((message) => !survives(message.messageId, rangeIn(mend.output, message)))
    .map((message) => `reports ${message.messageId ?? "?"} at ${message.line}:${message.column}: ${message.message}`);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** ESLint gives lines and columns: this gives offsets. */
function rangeIn(code: string, message: Message): Range {
  const lineStarts = [0, ...Array.from(code.matchAll(/\r\n|[\n\r\u2028\u2029]/g), (found) => found.index + found[0].length)];
  const offset = (line: number, column: number): number => (lineStarts[line - 1] ?? 0) + column - 1;
  const start = offset(message.line, message.column);
  return { start, end: message.endLine === undefined ? start : offset(message.endLine, message.endColumn ?? 1) };
}

/** The comments that a mend dropped. */
export function lostComments(code: string, output: string, filename: string): string[] {
  const left = commentsOf(output, filename);
  return commentsOf(code, filename).filter((comment) => {
    const index = left.indexOf(comment);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}

/** True where a mend has left every comment in its place, whatever it says now. */
export function hasAsManyComments(code: string, output: string, filename: string): boolean {
  return commentsOf(code, filename).length === commentsOf(output, filename).length;
}

function commentsOf(code: string, filename: string): string[] {
  const { ast } = parser.parseForESLint(code, { filePath: filename, ecmaFeatures: { jsx: true }, comment: true });
  return ast.comments.map((comment) => comment.value.trim());
}
