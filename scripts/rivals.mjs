/** ESLint that parses, and runs no rule. */
export const WITHOUT_RULES = "no rules";

/**
 * Configurations of plugins by name: ours with every rule, and those that people run beside it, each as it recommends
 * itself. A plugin that is not installed is left out, and said so.
 *
 * `@microsoft/eslint-plugin-sdl` wants ESLint 9 as its peer, so npm does not install it beside ESLint 10, with which
 * it runs: `npm install --no-save --force @microsoft/eslint-plugin-sdl` brings it into a comparison.
 */
export async function rivals(upstash, { quiet = false } = {}) {
  const found = { "eslint-plugin-upstash (strict)": upstash.configs.strict };
  for (const [name, specifier, configOf] of RIVALS) {
    try {
      const module = await import(specifier);
      found[name] = configOf(module.default ?? module);
    } catch (error) {
      if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
      if (!quiet) console.error(`${name} is not installed.`);
    }
  }
  return found;
}

const oneRule = (prefix, rule) => (plugin) => [{ plugins: { [prefix]: plugin }, rules: { [`${prefix}/${rule}`]: "error" } }];

const RIVALS = [
  ["eslint-plugin-security", "eslint-plugin-security", (plugin) => plugin.configs.recommended],
  ["eslint-plugin-no-unsanitized", "eslint-plugin-no-unsanitized", (plugin) => plugin.configs.recommended],
  ["eslint-plugin-sdl", "@microsoft/eslint-plugin-sdl", (plugin) => plugin.configs.recommended],
  ["eslint-plugin-secure-coding", "eslint-plugin-secure-coding", (plugin) => plugin.configs.recommended],
  ["eslint-plugin-no-secrets", "eslint-plugin-no-secrets", oneRule("no-secrets", "no-secrets")],
  ["eslint-plugin-import-x no-cycle", "eslint-plugin-import-x", oneRule("import-x", "no-cycle")],
];
