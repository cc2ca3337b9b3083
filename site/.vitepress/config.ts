import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import upstash from "../../dist/index.js";
import { githubSlug, linksToFiles, liveExamples } from "./markdown.ts";

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const github = "https://github.com/upstash/eslint-plugin-upstash";

/** The rules under the sections of the guide, in its order. */
const sections = [...readFileSync(path.join(repository, "docs/guidelines.md"), "utf8").matchAll(/^## (.+)$/gmu)].map(([, heading = ""]) => ({
  heading,
  names: Object.entries(upstash.rules).flatMap(([name, { meta }]) => (meta.docs.guideline === heading ? [name] : [])),
}));

const page = (text: string, link: string) => ({ text, link });

export default defineConfig({
  title: "eslint-plugin-upstash",
  description: "ESLint rules for apps on Upstash: tokens stay on the server, routes are rate-limited, personal data is encrypted",
  base: process.env["SITE_BASE"] ?? "/eslint-plugin-upstash/",
  // No icon: browsers need not ask for one.
  head: [["link", { rel: "icon", href: "data:," }]],
  // The pages are those of the repository, as they are.
  srcDir: repository,
  srcExclude: ["example/**", "tests/**", "scripts/**", "src/**", "dist/**", "coverage/**", ".*/**", "site/*/**"],
  rewrites: { "README.md": "index.md", "site/playground.md": "playground.md" },
  outDir: "dist",
  cacheDir: ".cache",
  cleanUrls: true,
  markdown: {
    anchor: { slugify: githubSlug },
    config(md) {
      liveExamples(md);
      linksToFiles(md, { repository, github });
    },
    theme: { light: "github-light", dark: "github-dark" },
  },
  themeConfig: {
    nav: [page("Rules", "/docs/guidelines"), page("Settings", "/docs/settings"), page("Playground", "/playground")],
    sidebar: [
      {
        text: "Guide",
        items: [
          page("Get started", "/"),
          page("Playground", "/playground"),
          page("Settings", "/docs/settings"),
          page("Limitations", "/docs/limitations"),
          page("From the guide to the rules", "/docs/guidelines"),
        ],
      },
      ...sections.map(({ heading, names }) => ({
        text: heading,
        collapsed: false,
        items: names.map((name) => page(name, `/docs/rules/${name}`)),
      })),
      {
        text: "Develop",
        items: [page("Architecture", "/docs/architecture"), page("Contributing", "/CONTRIBUTING"), page("Changelog", "/CHANGELOG")],
      },
    ],
    outline: [2, 3],
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: github }],
    editLink: { pattern: `${github}/edit/main/:path`, text: "Edit this page on GitHub" },
  },
  vite: {
    plugins: [
      {
        name: "vue for pages outside of this folder",
        enforce: "pre",
        resolveId(source, _importer, options) {
          return options?.ssr && /^vue(?:\/|$)/u.test(source) ? { id: source, external: true } : undefined;
        },
      },
    ],
    resolve: {
      alias: [
        { find: /^eslint-plugin-upstash$/u, replacement: path.join(repository, "dist/whole.js") },
        { find: /^eslint-plugin-upstash\/browser$/u, replacement: path.join(repository, "dist/browser.js") },
        // ESLint and its parser ask for it.
        { find: /^(?:node:)?path$/u, replacement: fileURLToPath(import.meta.resolve("pathe")) },
      ],
    },
    worker: { format: "es" },
    // ESLint and its parser ask these, unguarded, where browsers have no `process`.
    define: { __RULES__: JSON.stringify(Object.keys(upstash.rules)), "process.env": "{}", "process.platform": '"browser"' },
    build: { chunkSizeWarningLimit: 8000 },
  },
});
