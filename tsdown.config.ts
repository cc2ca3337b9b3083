import { defineConfig } from "tsdown";

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
});
