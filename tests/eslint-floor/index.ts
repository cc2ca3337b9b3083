import path from "node:path";

/* The oldest ESLint that the plugin supports: this folder is a workspace with an `eslint` of its own. */
export { ESLint } from "eslint";
export { defineConfig } from "eslint/config";

/** Where its declarations stand. */
export const types = path.join(import.meta.dirname, "node_modules/eslint/lib/types");
