import { keptText } from "../kept-text.ts";
import { FileCache, path } from "./disk.ts";
import type { Project } from "./project.ts";
import { sourceFiles } from "./source-files.ts";

/** A row of one table refers to one row, or none, of another one: a foreign key. */
export interface Reference {
  readonly key: string;
  readonly columns: readonly string[];
  /** The table, or view, that is referred to. */
  readonly to: string;
}

/** By table; undefined where a file has several of that name, in different schemas. */
type References = ReadonlyMap<string, readonly Reference[] | undefined>;

/** What files with the types that Supabase generates are called. Asked before such a file is read. */
const CALLED = /database|supabase|types|schema|db/iu;
/** Before the name of a table. */
const TABLE = /\b(?=\w+["']?: \{\s*Row: \{)/u;
const REFERENCE = /foreignKeyName: ["'](?<key>\w{1,99})["'][;,]?\s{0,99}columns: \[(?<columns>[^\]]{0,999})\][;,]?\s{0,99}(?:isOneToOne: \w{1,9}[;,]?\s{0,99})?referencedRelation: ["'](?<to>\w{1,99})["']/gu;
const NOTHING: References = new Map();

const generated = new FileCache<References>(({ text }) => (text.includes("referencedRelation") ? referencesIn(text) : NOTHING));
const REFERENCES = {};

/**
 * Which rows of other tables a row of this one refers to, as the types say that Supabase generates. Empty where they are not
 * there, or where two files of them do not agree.
 * @see https://supabase.com/docs/guides/api/rest/generating-types
 */
export function referencesOf({ root, pass }: Project, table: string): readonly Reference[] {
  return pass.memo(REFERENCES, `${root}\0${table}`, () => {
    const files = sourceFiles(root, pass).files.filter((file) => file.endsWith(".ts") && CALLED.test(path.basename(file)));
    const found = files.flatMap((file) => {
      const references = generated.get(file, pass);
      return references?.has(table) === true ? [references.get(table) ?? []] : [];
    });
    const [first = [], ...others] = found;
    return first.filter(({ key, to }) => others.every((other) => other.some((reference) => reference.key === key && reference.to === to)));
  });
}

function referencesIn(text: string): References {
  const found = new Map<string, readonly Reference[] | undefined>();
  for (const part of text.split(TABLE).slice(1)) {
    const table = keptText(/^\w+/u.exec(part)?.[0] ?? "");
    const references = [...part.matchAll(REFERENCE)].map(({ groups }) => ({
      key: keptText(groups?.["key"] ?? ""),
      columns: [...(groups?.["columns"] ?? "").matchAll(/\w+/gu)].map(([column]) => keptText(column)),
      to: keptText(groups?.["to"] ?? ""),
    }));
    found.set(table, found.has(table) ? undefined : references);
  }
  return found;
}
