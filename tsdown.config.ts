import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  platform: "node",
  target: "node20.19",
  dts: true,
  // package.json promises index.js and index.d.ts
  fixedExtension: false,
  outDir: "dist",
  clean: true,
});
