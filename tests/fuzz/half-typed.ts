/** Text that begins a comment, a string or a bracket, or ends one. */
const OPENING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/**
 * The texts that an editor may send while somebody types at a place of a program: what stands before it, alone; the
 * same with the brackets and quotes closed, as editors do it; and the program without the rest of the line.
 */
export function cuts(code: string, at: number): string[] {
  const before = code.slice(0, at);
  const end = code.indexOf("\n", at);
  return [before, before + closing(before), before + (end === -1 ? "" : code.slice(end))];
}

/** What closes all that a text leaves open. */
function closing(text: string): string {
  const open: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    const inside = open.at(-1);
    if (inside === "\n" || inside === "*/") {
      if (text.startsWith(inside, at)) open.pop();
    } else if (inside === '"' || inside === "'" || inside === "`") {
      if (char === "\\") at++;
      else if (char === inside) open.pop();
      else if (inside === "`" && text.startsWith("${", at)) open.push("}");
    } else if (text.startsWith("//", at)) open.push("\n");
    else if (text.startsWith("/*", at)) open.push("*/");
    else if (char === '"' || char === "'" || char === "`") open.push(char);
    else if (char in OPENING) open.push(OPENING[char] ?? "");
    else if (char === inside) open.pop();
  }
  return open.reverse().join("");
}
