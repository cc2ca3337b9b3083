import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";
import { parseSettings } from "../src/settings.ts";
import { project, repositoryRoot } from "./helpers/project.ts";

const docs = path.join(repositoryRoot, "docs");
const page = readFileSync(path.join(docs, "settings.md"), "utf8");

/** The message that `settings.upstash` is refused with; undefined where it is accepted. */
const errorOf = (upstash: unknown): string | undefined => {
  try {
    parseSettings({ upstash });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

/** Every setting that the parser knows: it names them when it meets one that it does not know. */
const settings = /Settings: (.+)\.$/u.exec(errorOf({ "no such setting": 1 }) ?? "")?.[1]?.split(", ") ?? [];

interface Block {
  readonly info: string;
  readonly text: string;
  readonly line: number;
  readonly section: string;
}

const blocks: readonly Block[] = [...page.matchAll(/^```(.+)\n([\s\S]*?)\n```$/gmu)].map((match) => {
  const before = page.slice(0, match.index);
  const section = [...before.matchAll(/^## (.+)$/gmu)].at(-1)?.[1] ?? "";
  return { info: match[1] ?? "", text: match[2] ?? "", line: before.split("\n").length, section };
});
const marked = (info: string): [number, Block][] =>
  blocks.filter((block) => block.info === info).map((block) => [block.line, block]);

describe("the page of settings", () => {
  it("has a section for each setting, and for no other", () => {
    expect(settings).toContain("clients");
    const named = [...page.matchAll(/^## `(.+)`$/gmu)].map(([, name]) => name);
    expect(named).toEqual(settings);
  });

  it.each(settings)("gives type, default, an example and an error of %s", (name) => {
    const [, section = ""] = page.split(`\n## \`${name}\`\n`);
    const [text = ""] = section.split("\n## ");
    expect(text).toMatch(/^- Type: /mu);
    expect(text).toMatch(/^- Default: /mu);
    const own = blocks.filter((block) => block.section === `\`${name}\``);
    expect(own.map(({ info }) => info)).toEqual(["json", "json rejected", "text error"]);
    for (const block of own.slice(0, 2)) expect(Object.keys(JSON.parse(block.text) as object)).toEqual([name]);
  });

  it("has no block without a mark that is known", () => {
    const known = ["js config", "json", "json rejected", "text error"];
    expect(blocks.filter(({ info }) => !known.includes(info))).toEqual([]);
  });

  it.each(marked("json"))("shows settings that are accepted in line %i", (_, { text }) => {
    expect(errorOf(JSON.parse(text))).toBeUndefined();
  });

  it.each(marked("json rejected"))("quotes the error that one gets in line %i", (_, block) => {
    const next = blocks[blocks.indexOf(block) + 1];
    expect(next?.info).toBe("text error");
    expect(errorOf(JSON.parse(block.text))).toBe(next?.text);
  });

  it.each(marked("js config"))("shows a config that works in line %i", async (_, { text }) => {
    const cwd = project({ "eslint.config.js": text, "lib/a.js": "export {};\n" });
    const results = await new ESLint({ cwd }).lintFiles(["lib/a.js"]);
    expect(results.flatMap(({ messages }) => messages)).toEqual([]);
    const config = (await new ESLint({ cwd }).calculateConfigForFile(path.join(cwd, "lib/a.js"))) as {
      settings: Record<string, unknown>;
    };
    expect(errorOf(config.settings["upstash"])).toBeUndefined();
    expect(config.settings).toHaveProperty("upstash");
  });
});

describe.each(["architecture.md", "guidelines.md", "limitations.md", "settings.md"])("docs/%s", (name) => {
  it("has links that lead somewhere", () => {
    // `redis[method](…)` is code
    const text = readFileSync(path.join(docs, name), "utf8").replace(/`[^`\n]*`/gu, "");
    for (const [, target = ""] of text.matchAll(/\]\((?!https?:)([^)]+)/gu)) {
      const [file = "", anchor] = target.split("#");
      const full = file === "" ? path.join(docs, name) : path.join(docs, file);
      expect(existsSync(full), target).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(full), target).toContain(anchor);
    }
  });
});

/** What GitHub makes of headings: lower case, blanks to dashes, no punctuation. */
function anchorsOf(file: string): readonly string[] {
  const headings = readFileSync(file, "utf8").matchAll(/^#+ (.+)$/gmu);
  return [...headings].map(([, text = ""]) => text.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-"));
}
