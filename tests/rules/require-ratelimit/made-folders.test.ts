import { describe, expect, it } from "vitest";
import { verdictOf, type Verdict } from "./verdicts.ts";

const ROUTE = "app/api/uploads/route.ts";

const verdict = (body: string, code = ""): Verdict =>
  verdictOf(
    {
      "lib/folder.ts": `import path from "node:path";
import { mkdir, readFile } from "node:fs/promises";

function setting(name: string): string | undefined {
  const value = process.env[name];
  if (value !== undefined) return value;
  return undefined;
}
export function dataFolder(): string {
  const raw = setting("DATA_DIR");
  if (!raw) return path.join(process.cwd(), ".data");
  if (raw.includes("..")) throw new Error("No way up");
  return path.resolve(raw);
}
export async function ensureDataFolder(): Promise<void> {
  await mkdir(dataFolder(), { recursive: true });
}
export async function ensureFolder(name: string): Promise<void> {
  await mkdir(path.join(dataFolder(), name), { recursive: true });
}
export const readNotes = () => readFile(path.join(dataFolder(), "notes.json"), "utf8");
`,
      [ROUTE]: `import fs, { mkdirSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import { join } from "node:path";
import { ensureDataFolder, ensureFolder, readNotes } from "@/lib/folder";
${code}
export async function POST(request: Request) {
  const { name, text } = await request.json();
  ${body}
  return Response.json({ ok: true });
}
`,
    },
    ROUTE,
  );

describe("a folder that is the same for all", () => {
  it.each([
    ["by a helper, with a setting in its path", "await ensureDataFolder();\n  return new Response(await readNotes());"],
    ["by a helper that is handed a constant", 'await ensureFolder("notes");'],
    ["in the folder of temporary files", 'mkdirSync(join(os.tmpdir(), "notes"), { recursive: true });'],
    ["in the working folder", 'await fs.promises.mkdir(`${process.cwd()}/notes`, { recursive: true });'],
  ])("%s", (_, body) => {
    expect(verdict(body)).toBe("nobody");
  });

  it.each([
    ["the caller names it", 'await mkdir(join("notes", name), { recursive: true });'],
    ["the caller names it, and a helper makes it", "await ensureFolder(name);"],
    ["there is another one for each call", 'await mkdir(join(os.tmpdir(), crypto.randomUUID()));'],
    ["a file is put into it", 'await mkdir("notes", { recursive: true });\n  await writeFile(join("notes", "a.txt"), text);'],
    ["it is thrown away before", 'await rm("notes", { recursive: true });\n  await mkdir("notes");'],
    ["a list of them is spread", 'await mkdir(...([name] as [string]));'],
  ])("reported: %s", (_, body) => {
    expect(verdict(body)).toBe("anyone");
  });
});
