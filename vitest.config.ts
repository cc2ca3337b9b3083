import { configDefaults, defineConfig } from "vitest/config";

const fixTypes = "tests/fix-types.test.ts";
const everywhere = "tests/everywhere/**/*.test.ts";

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ["tests/helpers/fix-outputs.ts"],
    reporters: ["default", "./scripts/closing-line.mjs", "./scripts/end-hanging-run.mjs"],
    projects: [
      {
        extends: true,
        test: {
          name: "tests",
          include: ["tests/**/*.test.ts"],
          exclude: [...configDefaults.exclude, "tests/fixtures/**", fixTypes, everywhere],
          sequence: { groupOrder: 0 },
        },
      },
      {
        // the packed plugin where its users meet it: other programs do the work, each in a process of its own
        extends: true,
        test: {
          name: "everywhere",
          include: [everywhere],
          globalSetup: ["tests/everywhere/setup.ts"],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // type-checks what the rule tests collected, so it runs after them
        extends: true,
        test: { name: "fix types", include: [fixTypes], sequence: { groupOrder: 2 } },
      },
      {
        // builds the site and drives a browser, so it runs when the others are done
        extends: true,
        test: { name: "site", include: ["site/tests/**/*.test.ts"], sequence: { groupOrder: 2 } },
      },
    ],
  },
});
