import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* A line in the server's own log is no work. Beside it stands what only looks like one. */

const ROUTE = "app/api/notes/route.ts";

const CASES: readonly (readonly [name: string, verdict: Verdict, body: string])[] = [
  ["a line in a log", "nobody", 'await appendFile("runtime.log", line);'],
  ["a line in a log of a folder", "nobody", 'appendFileSync(path.join(process.cwd(), "logs", "access.log"), line);'],
  ["a line in the log of a day", "nobody", "await promises.appendFile(`${process.env.LOGS}/${new Date().getDay()}.log`, line);"],
  ["a list that is no log", "anyone", 'await appendFile("subscribers.csv", line);'],
  ["a log that the caller names", "anyone", "await appendFile(`${line}.log`, line);"],
  ["a log that is written anew", "anyone", 'await writeFile("runtime.log", line);'],
  ["a log, or another file", "anyone", 'await appendFile(process.env.LOGS ? "runtime.log" : "notes.txt", line);'],
];

describe("what is appended to a file", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    const code = `import { appendFileSync, promises } from "node:fs";
import { appendFile, writeFile } from "node:fs/promises";
import path from "node:path";
export async function POST(request: Request) {
  const line = await request.text();
  ${body}
  return new Response(null);
}
`;
    expect(verdictOf({ ...CLIENTS, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});
