const kept = new Map<string, string>();
const MAX_KEPT = 50_000;

/**
 * A part of a file's text, to be kept for longer than the text: engines make a slice of the whole text of it, which
 * would stay in memory. The same name is kept once for all files.
 */
export function keptText(part: string): string {
  const known = kept.get(part);
  if (known !== undefined) return known;
  if (kept.size >= MAX_KEPT) kept.clear();
  const own = ownText(part);
  kept.set(own, own);
  return own;
}

/** The same for a text that comes once, such as one that is put together of such parts. */
export function ownText(text: string): string {
  return text.split("").join("");
}
