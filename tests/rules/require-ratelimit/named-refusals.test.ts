import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import { CLIENTS, verdictOf } from "./verdicts.ts";

/* What an answer says by a name of a list: the name that it takes, and not those beside it. */

const ROUTE = "app/api/notes/route.ts";
const FILES = {
  ...CLIENTS,
  "lib/codes.ts": `export const CODES = { NOT_READY: "NOT_READY", RATE_LIMITED: "RATE_LIMITED", UNAUTHORIZED: "UNAUTHORIZED" } as const;
export const TEXTS = { NOT_READY: "Come back later", RATE_LIMITED: "Too many requests", UNAUTHORIZED: "Please sign in" };
`,
};
const IMPORTS = `import { CODES, TEXTS } from "@/lib/codes";
import { redis } from "@/lib/clients";
const LOCAL = { NOT_READY: "NOT_READY", RATE_LIMITED: "RATE_LIMITED", UNAUTHORIZED: "UNAUTHORIZED" };
const seen = new Map<string, number>();
const kept = new Map<string, string[]>();
`;

const verdict = (body: string): string =>
  verdictOf({ ...FILES, [ROUTE]: `${IMPORTS}export async function POST(request: Request) {\n  ${body}\n  await redis.incr("notes");\n  return Response.json({});\n}\n` }, ROUTE);

describe("a refusal that a list of names tells", () => {
  it.each([
    "LOCAL.RATE_LIMITED",
    'LOCAL["RATE_LIMITED"]',
    "CODES.RATE_LIMITED",
    "TEXTS.RATE_LIMITED",
  ])("for asking too often: %s", (code) => {
    expect(verdict(`const count = (seen.get(request.url) ?? 0) + 1;\n  seen.set(request.url, count);\n  if (count > 5) return Response.json({ error: ${code} });`)).toBe("nobody");
  });

  it.each(["LOCAL.NOT_READY", 'LOCAL["NOT_READY"]', "CODES.NOT_READY", "TEXTS.NOT_READY"])("for something else: %s", (code) => {
    expect(verdict(`if (!request.headers.get("x-ready")) return Response.json({ error: ${code} });`)).toBe("anyone");
  });

  describe("a 429 for who has left something out", () => {
    const SENT = "const { id, text } = await request.json();\n  ";
    it.each(["if (!id || !text)", 'if (id == null || text === "")', "const given = !id;\n  if (given)", "if (!(id && text))"])("limits nobody: %s", (asked) => {
      expect(verdict(`${SENT}${asked} return new Response("Missing", { status: 429 });`)).toBe("anyone");
    });

    it.each([
      ["what was counted is asked, too", "const count = (seen.get(id) ?? 0) + 1;\n  seen.set(id, count);\n  if (!id || count > 5)"],
      ["a function is asked by it", "const may = (name: string) => !seen.has(name);\n  if (!id || !may(id))"],
      ["what a store says of it", "const count = await redis.get(`seen:${id}`);\n  if (!id || count)"],
      ["how much was sent", "if (text.length > 500)"],
    ])("is another matter where %s", (_name, asked) => {
      expect(verdict(`${SENT}${asked} return new Response("Missing", { status: 429 });`)).toBe("nobody");
    });
  });

  describe("a refusal, in words and not by 429, of who has sent too much at once", () => {
    const SENT = "const { ids, text } = await request.json();\n  ";
    const TOO_MANY = 'return Response.json({ error: "Too many notes" }, { status: 400 });';
    it.each([
      "if (ids.length > 100)",
      "const MOST = 100;\n  if (ids.length > MOST)",
      "if (!Array.isArray(ids) || ids.length === 0 || ids.length > 100)",
      "const all = Array.from(new Set(ids));\n  if (all.length > 100)",
      "if (Object.keys(ids).length >= Number(process.env.MOST ?? 10))",
    ])("limits nobody: %s", (asked) => {
      expect(verdict(`${SENT}${asked} ${TOO_MANY}`)).toBe("anyone");
    });

    it.each([
      ["what was counted is asked", "const count = (seen.get(request.url) ?? 0) + 1;\n  seen.set(request.url, count);\n  if (count > 5)"],
      ["what was counted is asked, too", "const count = (seen.get(request.url) ?? 0) + ids.length;\n  seen.set(request.url, count);\n  if (ids.length > 100 || count > 500)"],
      ["no more is left", "const left = 100 - (seen.get(request.url) ?? 0);\n  if (ids.length > left)"],
      ["what was kept is counted with it", "const all = [...(kept.get(request.url) ?? []), ids];\n  if (all.length > 100)"],
      ["a store has counted", "if (ids.length > Number(await redis.get(`left:${request.url}`)))"],
    ])("is another matter where %s", (_name, asked) => {
      expect(verdict(`${SENT}${asked} ${TOO_MANY}`)).toBe("nobody");
    });
  });

  it("does not make a limiter of what puts errors into words", () => {
    const files = {
      ...FILES,
      "lib/errors.ts": `const CODES = { NOT_READY: "NOT_READY", RATE_LIMITED: "RATE_LIMITED" };
export function told(error) {
  if (error.message === "warming up") return { code: CODES.NOT_READY };
  if (error.status === 429) return { code: CODES.RATE_LIMITED };
  return { code: "FAILED" };
}
`,
      [ROUTE]: `import { redis } from "@/lib/clients";
import { told } from "@/lib/errors";
export async function POST(request: Request) {
  try {
    await redis.incr("notes");
    return Response.json({});
  } catch (error) {
    return Response.json(told(error));
  }
}
`,
    };
    const [message = ""] = lintMessages("require-ratelimit", rule, files, ROUTE);
    expect(message).toContain("so anyone can call it as often as they like. Call `limit()` first");
  });
});
