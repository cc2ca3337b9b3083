import { defineConfig, type TsdownPlugin } from "tsdown";
import { describedRules } from "./src/described-rules.ts";

/** Engines read text without other letters a third faster. Escapes mean the same in strings, templates and expressions. */
const ascii: TsdownPlugin = {
  name: "ascii",
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== "chunk" || !chunk.fileName.endsWith(".js")) continue;
      chunk.code = chunk.code.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
    }
  },
};

/** Writes down the rules' descriptions, so that the entry for Node.js need not load the rules. */
const described: TsdownPlugin = {
  name: "described-rules",
  load: {
    filter: { id: /src[\\/]described-rules\.ts$/ },
    handler: () => `export const describedRules = ${JSON.stringify(describedRules)};`,
  },
};

export default defineConfig({
  entry: {
    index: "src/on-demand.ts",
    /** Everything at once: for bundles. */
    whole: "src/index.ts",
    /** Loaded by `index` when the first rule is asked. */
    rules: "src/rules/index.ts",
    browser: "src/browser.ts",
    fingerprint: "src/fingerprint.ts",
  },
  format: "esm",
  platform: "node",
  target: "node20.19",
  dts: { entry: ["src/on-demand.ts", "src/browser.ts", "src/fingerprint.ts"] },
  // package.json promises .js and .d.ts
  fixedExtension: false,
  outDir: "dist",
  clean: true,
  plugins: [described, ascii],
  // a seventh of what engines would read and keep
  outputOptions: { comments: { jsdoc: false } },
});
