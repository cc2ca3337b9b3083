import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import type { ConfigFile } from "../model/config-file/config-file.ts";
import type { Entry, Range } from "../model/config-file/entries.ts";

type Fix = (fixer: RuleFixer) => RuleFix[];

/** Writes something else in the place of a text. */
export const replaced = ([start, end]: Range, text: string): Fix => (fixer) => [fixer.replaceTextRange([start, end], text)];

/**
 * Takes the value away and says above why, where the format has comments and the entry a line of its own. Not behind the
 * value: Docker and others take a comment there for the value.
 */
export function emptied(file: ConfigFile, entry: Entry, note: string): Fix {
  const empty = file.format === "dotenv" ? "" : '""';
  const indent = file.text.slice(lineStartOf(file, entry.start), entry.start);
  const comment = COMMENT[file.format === "json" && !/\.jsonc$/u.test(file.name) ? "none" : file.format];
  const hasLine = entry.key !== undefined && /^\s*$/u.test(indent);
  const newline = file.text.includes("\r\n") ? "\r\n" : "\n";
  return (fixer) => [
    ...(comment !== undefined && hasLine ? [fixer.insertTextBeforeRange([entry.start, entry.start], `${comment} ${note}${newline}${indent}`)] : []),
    fixer.replaceTextRange([...entry.written], empty),
  ];
}

const COMMENT: Readonly<Record<"dotenv" | "json" | "toml" | "none", string | undefined>> = { dotenv: "#", toml: "#", json: "//", none: undefined };

/** Takes an entry away that has lines of its own; undefined where something else stands there, or the format needs commas. */
export function removed(file: ConfigFile, { start, written, key }: Entry): Fix | undefined {
  const lineStart = lineStartOf(file, start);
  const isFirst = file.text.slice(lineStart, start).trim() === "";
  const after = /^[\t ]*(?:\r\n|[\n\r]|$)/u.exec(file.text.slice(written[1]));
  return file.format === "json" || key === undefined || !isFirst || !after ? undefined : replaced([lineStart, written[1] + after[0].length], "");
}

const lineStartOf = ({ text }: ConfigFile, at: number): number => Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;

/** Gives an entry another name; undefined where it has none of its own, or the file has one of that name. */
export function renamed(file: ConfigFile, { key, name, path }: Entry, to: string): Fix | undefined {
  const isTaken = file.entries.some((other) => other.name === to && other.path.length === path.length);
  return key === undefined || isTaken || name === to ? undefined : replaced(key, to);
}

/** The name of the variable that holds a read-only token, where one of this name holds a token with full access. */
export function readOnlyNameFor(file: ConfigFile, name: string): string | undefined {
  if (!name.endsWith("TOKEN")) return undefined;
  return file.settings.readOnlyTokenEnv[0] ?? name.replace(/TOKEN$/u, "READ_ONLY_TOKEN");
}

/** Gives an entry the name of a read-only token, and takes the value away, which is none. */
export function madeReadOnly(file: ConfigFile, entry: Entry): { readonly name: string; readonly fix: Fix } | undefined {
  const name = readOnlyNameFor(file, entry.name);
  const rename = name === undefined ? undefined : renamed(file, entry, name);
  if (name === undefined || !rename) return undefined;
  return { name, fix: (fixer) => [...rename(fixer), fixer.replaceTextRange([...entry.written], file.format === "dotenv" ? "" : '""')] };
}
