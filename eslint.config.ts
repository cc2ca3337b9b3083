import { defineConfig, globalIgnores } from "eslint/config";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import * as regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";
import upstash from "./src/index.ts";

export default defineConfig([
  // example/ has its own config, and carries mistakes on purpose; so do the fixtures
  globalIgnores(["dist/", "site/dist/", "site/.cache/", "site/.vitepress/.temp/", "coverage/", "example/", "tests/fixtures/", "tests/helpers/ambient.d.ts"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // node types are compared with plain strings: the enum would have to be loaded at run time
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // what parsers hand out for half-typed code, and other platforms for globals, is less than the types promise
      "@typescript-eslint/no-unnecessary-condition": "off",
      // a dependency that is loaded when needed has the type that its caller names
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "@typescript-eslint/no-meaningless-void-operator": "off",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // tests spy on what they watch, read JSON, and stand in for async functions
    files: ["tests/**/*.ts"],
    rules: {
      "@typescript-eslint/consistent-type-imports": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-plus-operands": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
  { files: ["**/*.{js,mjs,ts}"], extends: [regexp.configs.recommended] },
  {
    files: ["src/rules/*.ts", "tests/rules/*.ts"],
    extends: [eslintPlugin.configs.recommended],
    // createRule takes the one options object, and makes the list of it
    rules: { "eslint-plugin/require-meta-default-options": "off" },
  },
  {
    files: ["**/*.{js,mjs,ts}"],
    plugins: { upstash },
    extends: ["upstash/strict"],
  },
]);
