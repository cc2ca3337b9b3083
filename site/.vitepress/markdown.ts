import { existsSync, statSync } from "node:fs";
import path from "node:path";
import type { MarkdownRenderer } from "vitepress";
import upstash from "../../dist/index.js";
import { parseRulePage, type Example } from "../../tests/helpers/rule-page.ts";
import type { LiveExample } from "../live/state.ts";

/** What VitePress says about the page that is being rendered; nothing where it renders a title alone. */
interface Env {
  readonly path?: string;
  readonly relativePath?: string;
}

/**
 * Makes live editors of the examples on the rules' pages. The block is read as the tests of the docs read it, and what
 * it would look like without an editor stays inside, for readers without JavaScript and for the search.
 */
export function liveExamples(md: MarkdownRenderer): void {
  const examples = new WeakMap<object, readonly Example[]>();
  md.core.ruler.push("live_examples", (state) => {
    if (state.env && ruleOf(state.env as Env) !== undefined) examples.set(state.env as object, parseRulePage(state.src).examples);
  });
  const plain = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env: Env, self) => {
    const block = plain?.(tokens, index, options, env, self) ?? "";
    const token = tokens[index];
    const rule = ruleOf(env);
    if (token === undefined || rule === undefined) return block;
    const found = examples.get(env)?.find(({ line }) => line === (token.map?.[0] ?? -1) + 1);
    if (found) return `<LiveExample :example="${md.utils.escapeHtml(JSON.stringify(exampleOf(rule, found)))}">${block}</LiveExample>\n`;
    const [, name] = /^\S+ context .*?file="([^"]+)"/u.exec(token.info) ?? [];
    if (name === undefined) return block;
    return `<div class="live-context"><p><code>${md.utils.escapeHtml(name)}</code>, another file of the examples below</p>${block}</div>\n`;
  };
}

function ruleOf({ relativePath }: Env): string | undefined {
  const [, name] = /^docs\/rules\/([\w-]+)\.md$/u.exec(relativePath ?? "") ?? [];
  return name !== undefined && Object.hasOwn(upstash.rules, name) ? name : undefined;
}

function exampleOf(rule: string, { kind, code, filename, strict, options, settings, files }: Example): LiveExample {
  const stricter = upstash.rules[rule]?.meta.docs.strict;
  const chosen = options ?? (strict && typeof stricter === "object" ? stricter : undefined);
  return {
    kind,
    active: filename,
    files: { [filename]: code, ...Object.fromEntries(Object.entries(files).filter(([name]) => name !== filename)) },
    rules: { [rule]: chosen === undefined ? [] : [chosen] },
    settings,
  };
}

/** Links of the docs to files that are no pages of the site lead to GitHub. */
export function linksToFiles(md: MarkdownRenderer, { repository, github }: { repository: string; github: string }): void {
  md.core.ruler.push("links_to_files", (state) => {
    const { path: page } = state.env as Env;
    if (page === undefined) return;
    for (const token of state.tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === "link_open" ? token.attrGet("href") : undefined;
      if (!href || /^(?:[a-z]+:|[#/])/iu.test(href)) continue;
      const [file = "", anchor] = href.split("#");
      const target = path.resolve(path.dirname(page), decodeURI(file));
      if (!existsSync(target) || target === repository) continue;
      const inside = path.relative(repository, target).replaceAll(path.sep, "/");
      if (inside === "README.md") token.attrSet("href", anchor === undefined ? "/" : `/#${anchor}`);
      else if (!inside.endsWith(".md") || /^(?:example|tests|scripts|src)\//u.test(inside)) {
        token.attrSet("href", `${github}/${statSync(target).isDirectory() ? "tree" : "blob"}/main/${inside}`);
      }
    }
  });
}

/** The anchor that GitHub gives a heading, so that links work there and here. */
export function githubSlug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}
