import { FileCache } from "./disk.ts";
import { keptText } from "../kept-text.ts";
import { mentionsUpstash, namesDangerousCommand, sourcesIn } from "./glance.ts";

/*
 * Which part of a module uses what, told by its text: most modules of an app import something that leads to Upstash,
 * and most functions in them have nothing to do with it. Nothing is parsed. Wherever the text is not plain, the answer
 * is undefined (unknown), and the module counts as one piece.
 */

/** A name of another module that a section uses; `*`: any, or all of them. */
export interface Use {
  readonly source: string;
  readonly name: string;
}

/** A statement at the top of a module, or several that could not be told apart. */
export interface Section {
  readonly path: string;
  readonly mentionsUpstash: boolean;
  readonly namesDangerousCommand: boolean;
  readonly uses: readonly Use[];
  /** Other sections of the module that it uses, or that put something into what it declares. */
  readonly sections: readonly Section[];
}

export interface Outline {
  /** Sections by the names under which their declarations are exported. */
  readonly exports: ReadonlyMap<string, readonly Section[]>;
  /** Names that are handed on from other modules. */
  readonly handedOn: ReadonlyMap<string, Use>;
  /** Sources of `export * from`. */
  readonly stars: readonly string[];
}

/** The outlines of the project's modules; undefined for what can't be read or told apart. */
export const outlines = new FileCache<Outline | undefined>(({ path, text }) => outlineOf(path, text));

const COMMON_JS = /\bmodule\.exports\b|\bexports\.|\bexport\s*=|\bimport\s+[\w$]+\s*=/u;

/** The outline of a module's text; undefined where it is CommonJS, or does not begin its statements at the margin. */
export function outlineOf(path: string, text: string): Outline | undefined {
  if (COMMON_JS.test(text) || !/\.[cm]?[jt]sx?$/u.test(path)) return undefined;
  const pieces = piecesOf(text);
  return pieces && new Builder(path, pieces).outline();
}

/** Characters of which identifiers are made. What is not ASCII counts as one. */
function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 36 || code > 127;
}

interface Piece {
  readonly text: string;
  readonly words: ReadonlySet<string>;
}

/**
 * Splits a text where a word begins a line and every bracket before it is closed. A bracket in a text or comment only
 * makes a piece larger. Undefined: brackets that never close.
 */
function piecesOf(text: string): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  let words = new Set<string>();
  let start = 0;
  let depth = 0;
  const cut = (end: number): void => {
    if (words.size > 0) pieces.push({ text: text.slice(start, end), words });
    words = new Set();
    start = end;
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isWord(code) || code === 64) {
      if (depth === 0 && at > start && (text.charCodeAt(at - 1) === 10)) cut(at);
      let end = at + 1;
      while (end < text.length && isWord(text.charCodeAt(end))) end++;
      words.add(text.slice(at, end));
      at = end - 1;
    } else if (code === 123 || code === 40 || code === 91) depth++;
    else if (code === 125 || code === 41 || code === 93) depth--;
  }
  cut(text.length);
  return depth === 0 ? pieces : undefined;
}

/** Words at the margin that begin a declaration, and the name behind them; a bracket where it is a pattern. */
const DECLARATION =
  /^(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(function\b\s*\*?|class\b|const\s+enum\b|enum\b|const\b|let\b|var\b|namespace\b|module\b|interface\b|type\b)\s*([\w$]+|[{[])?/gmu;
/** An import up to its specifier, and export lists, with single blanks and without comments. */
const IMPORT = /^import ?(?:type )?(?:([\w$]+) ?,? ?)?(?:\{([^}]*)\} ?|\* ?as ([\w$]+) )?(?:from ?)?$/u;
const EXPORT_FROM = /^export ?(?:type )?(?:\{([^}]*)\}|\*(?: ?as ([\w$]+))?) ?from ?$/u;
const EXPORT_LIST = /^export ?(?:type )?\{([^}]*)\} ?;?$/u;
/** Behind a specifier. */
const REST = /^ ?(?:with ?\{[^}]*\} ?)?;? ?$/u;
/** Something that other statements fill. */
const FILLED_LATER = /^(?:export\s+)?(?:let|var)\b|=\s*(?:\{\s*\}|\[\s*\]|new\s+(?:Map|Set|WeakMap)\b|\(?global)/u;

/** A section, and what is only needed until the sections are put together. */
interface Draft {
  readonly section: Section & { readonly uses: Use[]; readonly sections: Section[] };
  /** Names that it declares. */
  readonly names: readonly string[];
  readonly words: ReadonlySet<string>;
  readonly isFilledLater: boolean;
}

/** Puts the pieces of a module together. */
class Builder {
  readonly #path: string;
  readonly #pieces: readonly Piece[];
  readonly #imported = new Map<string, Use>();
  readonly #handedOn = new Map<string, Use>();
  readonly #stars: string[] = [];
  /** Exported name to the module's own. */
  readonly #exported = new Map<string, string>();
  readonly #drafts: Draft[] = [];
  readonly #byName = new Map<string, Draft[]>();

  constructor(path: string, pieces: readonly Piece[]) {
    this.#path = path;
    this.#pieces = pieces;
  }

  outline(): Outline | undefined {
    for (const piece of this.#pieces) if (!this.#read(piece)) return undefined;
    for (const draft of this.#drafts) for (const name of draft.names) this.#byName.set(name, [...(this.#byName.get(name) ?? []), draft]);
    for (const draft of this.#drafts) this.#connect(draft);
    const exports = new Map<string, readonly Section[]>();
    for (const [exported, own] of this.#exported) {
      const name = keptText(exported);
      const declared = this.#byName.get(own);
      const imported = this.#imported.get(own);
      if (declared) exports.set(name, declared.map(({ section }) => section));
      else if (imported) this.#handedOn.set(name, imported);
    }
    return { exports, handedOn: this.#handedOn, stars: this.#stars };
  }

  /** False where the piece is not plain. */
  #read(piece: Piece): boolean {
    const { text } = piece;
    if (/^import\b(?!\s*[(.])/u.test(text)) return this.#readImport(text);
    if (/^export\s*(?:type\s*)?[{*]/u.test(text)) return this.#readExports(text);
    // A statement that was glued to another one.
    if (/\n(?:import\b(?!\s*[(.])|export\s*[{*])/u.test(text)) return false;
    this.#drafts.push(this.#draftOf(piece));
    return true;
  }

  #readImport(text: string): boolean {
    const { clause, source, rest } = splitAtSpecifier(text);
    const [, initial, list, namespace] = IMPORT.exec(clause) ?? [];
    if (source === undefined || !IMPORT.test(clause) || !REST.test(rest)) return false;
    if (initial !== undefined) this.#imported.set(initial, { source, name: "default" });
    if (namespace !== undefined) this.#imported.set(namespace, { source, name: "*" });
    for (const [name, own] of namesIn(list)) this.#imported.set(own, { source, name: keptText(name) });
    return true;
  }

  #readExports(text: string): boolean {
    const { clause, source, rest } = splitAtSpecifier(text);
    const [found, list, namespace] = (source === undefined ? EXPORT_LIST : EXPORT_FROM).exec(clause) ?? [];
    if (found === undefined || !REST.test(rest)) return false;
    if (source === undefined) for (const [own, name] of namesIn(list)) this.#exported.set(name, own);
    else if (list !== undefined) for (const [name, exported] of namesIn(list)) this.#handedOn.set(keptText(exported), { source, name: keptText(name) });
    else if (namespace !== undefined) this.#handedOn.set(keptText(namespace), { source, name: "*" });
    else this.#stars.push(source);
    return true;
  }

  #draftOf({ text, words }: Piece): Draft {
    const names: string[] = [];
    for (const found of text.matchAll(DECLARATION)) {
      const [start, keyword = "", name] = found;
      const declared = /^(?:const|let|var)$/u.test(keyword) ? variablesIn(text.slice(found.index + start.length - (name?.length ?? 0))) : [name ?? ""];
      names.push(...declared.filter((one) => one !== ""));
      if (start.startsWith("export")) for (const one of declared) this.#exported.set(one, one);
    }
    if (/^export\s+default\b/mu.test(text)) {
      names.push(DEFAULT);
      this.#exported.set("default", DEFAULT);
    }
    const uses = words.has("import") || words.has("require") ? sourcesIn(text).map((source) => ({ source, name: "*" })) : [];
    return {
      section: { path: this.#path, mentionsUpstash: mentionsUpstash(text), namesDangerousCommand: namesDangerousCommand(text), uses, sections: [] },
      names,
      words,
      isFilledLater: FILLED_LATER.test(text),
    };
  }

  #connect({ section, names, words }: Draft): void {
    for (const word of words) {
      const imported = this.#imported.get(word);
      if (imported) section.uses.push(imported);
      for (const other of this.#byName.get(word) ?? []) {
        if (other.section === section) continue;
        section.sections.push(other.section);
        if (other.isFilledLater) other.section.sections.push(section);
      }
    }
    // What runs when the module is loaded may do something to anything in it.
    if (names.length === 0) for (const other of this.#drafts) if (other.names.length > 0) other.section.sections.push(section);
  }
}

/** No identifier, so that it stands for the default export alone. */
const DEFAULT = "default export";

/** `a, type b, c as d` → pairs of the name before and behind `as`. */
function* namesIn(list: string | undefined): Generator<readonly [string, string]> {
  for (const item of (list ?? "").split(",")) {
    const [first, second = first] = item.trim().replace(/^type (?!as\b)/u, "").split(" as ");
    if (first !== undefined && first !== "" && second !== undefined) yield [first, second];
  }
}

/** An import or export before its specifier, in it, and behind it; without comments, and with single blanks. */
function splitAtSpecifier(text: string): { readonly clause: string; readonly source: string | undefined; readonly rest: string } {
  const start = text.search(/["']/u);
  if (start < 0) return { clause: plain(text), source: undefined, rest: "" };
  const end = text.indexOf(text[start] ?? "", start + 1);
  return { clause: plain(text.slice(0, start)), source: end < 0 ? undefined : keptText(text.slice(start + 1, end)), rest: plain(text.slice(end + 1)) };
}

function plain(text: string): string {
  let kept = "";
  let at = 0;
  for (let slash = text.indexOf("/"); slash >= 0; slash = text.indexOf("/", at)) {
    const closing = text[slash + 1] === "/" ? "\n" : text[slash + 1] === "*" ? "*/" : undefined;
    const end = closing === undefined ? slash + 1 : text.indexOf(closing, slash + 2);
    kept += text.slice(at, closing === undefined ? end : slash);
    at = closing === undefined ? end : end < 0 ? text.length : end + closing.length;
  }
  return (kept + text.slice(at)).replaceAll(/\s+/gu, " ").trim();
}

/** What a declaration of variables may declare: every word before its first `=`, and those before later ones. */
function variablesIn(text: string): readonly string[] {
  const end = text.startsWith("{") || text.startsWith("[") ? endOfPattern(text) : text.search(/=|\n(?![\s{}[\]])/u);
  const first = (end < 0 ? text : text.slice(0, end)).match(/[\w$]+/gu) ?? [];
  const later = [...text.matchAll(/,\s*([\w$]+)\s*(?::[^=,;\n]*)?=(?![=>])/gu)].map(([, name]) => name ?? "");
  return [...first, ...later];
}

/** Where the bracket closes with which a text begins; -1 where it does not. */
function endOfPattern(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 123 || code === 91) depth++;
    else if ((code === 125 || code === 93) && --depth === 0) return at;
  }
  return -1;
}
