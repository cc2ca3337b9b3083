import { defineConfig, globalIgnores } from "eslint/config";
import upstash from "eslint-plugin-upstash";
import tseslint from "typescript-eslint";

export default defineConfig([
  globalIgnores([".next/", "next-env.d.ts"]),
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: { parser: tseslint.parser },
    plugins: { upstash },
    extends: ["upstash/recommended"],
  },
]);
