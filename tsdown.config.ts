import { defineConfig, type TsdownPlugin } from "tsdown";

/** Engines read text without other letters a third faster. Escapes mean the same in strings, templates and expressions. */
const ascii: TsdownPlugin = {
  name: "ascii",
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== "chunk" || !chunk.fileName.endsWith(".js")) continue;
      chunk.code = chunk.code.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
    }
  },
};

export default defineConfig({
  entry: ["src/index.ts", "src/browser.ts", "src/fingerprint.ts"],
  format: "esm",
  platform: "node",
  target: "node20.19",
  dts: true,
  // package.json promises .js and .d.ts
  fixedExtension: false,
  outDir: "dist",
  clean: true,
  plugins: [ascii],
});
