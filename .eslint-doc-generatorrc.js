/** The guide's order, which the README's rule tables keep. */
const GUIDELINES = [
  "Protect REST tokens",
  "Use read-only tokens",
  "Implement rate limiting",
  "Secure edge and client code",
  "Do not store sensitive data unencrypted",
  "Monitor access patterns",
  "QStash, Workflow and abuse of commands",
];

/** @type {import("eslint-doc-generator").GenerateOptions} */
export default {
  configEmoji: [
    ["recommended", "✅"],
    ["strict", "🔒"],
    ["env", "🗝️"],
    ["env-strict", "🔐"],
  ],
  ruleDocTitleFormat: "prefix-name",
  ruleDocNotices: ["description", "configs", "deprecated", "fixableAndHasSuggestions"],
  ruleDocSectionInclude: ["Why", "Incorrect", "Correct", "What the fix does", "Options", "Limitations", "Further reading"],
  // tests/docs.test.ts checks options: this check would forbid the heading on a rule without options
  ruleDocSectionOptions: false,
  ruleListColumns: ["name", "description", "configsError", "fixable", "hasSuggestions"],
  ruleListSplit: (rules) =>
    GUIDELINES.map((guideline) => ({
      title: guideline,
      rules: rules.filter(([, rule]) => rule.meta?.docs?.guideline === guideline),
    })).filter((list) => list.rules.length > 0),
};
