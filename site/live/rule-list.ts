declare const __RULES__: readonly string[];

/** The names of the rules, without the plugin's code: written in by the build. */
export default __RULES__;
