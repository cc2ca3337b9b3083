import { createRule } from "../create-rule.ts";
import { emptied, madeReadOnly, removed, renamed } from "../fixes/config-file.ts";
import { defaultPrefixFix, keepOnServerFix, privateNameFix } from "../fixes/public-env.ts";
import { usesUpstash as dependsOnUpstash } from "../model/credentials/credentials.ts";
import { publicSecretsIn } from "../model/config-file/credentials.ts";
import type { FileModel } from "../model/file.ts";
import { holdsWholeEnvironment, inlinedEntries, inlinedPrefixes, mayInline, variablesIn, type InlinedEntry } from "../model/credentials/inlined-env.ts";
import { isReadByVectorOrSearch, mayReadPublicEnv, publicSecrets } from "../model/credentials/public-env.ts";
import type { Value } from "../model/values/ir.ts";
import { target } from "../model/values/values.ts";
import { classifyEnvName, privateNameOf } from "../sdk/env-names.ts";

/**
 * A secret that a bundler is told to show to browsers: by its name's prefix, or by an entry of the configuration.
 */
export default createRule({
  name: "no-public-env-credentials",
  meta: {
    type: "problem",
    docs: {
      description: "disallow secret Upstash credentials under public names of environment variables, or inlined by a bundler's configuration",
      guideline: "Secure edge and client code",
      recommended: true,
      strict: true,
      cwe: ["CWE-200", "CWE-522"],
    },
    hasSuggestions: true,
    messages: {
      publicName:
        "`{{name}}` holds a secret, and its name makes it public: {{why}} end up in the code that every visitor downloads. Give it a private name, read it on the server only, and replace the credential.",
      inlined:
        "`{{name}}` is put into the code that every visitor downloads ({{by}}): whoever looks has full access. Take it out here, and read the variable on the server.",
      everything:
        "All environment variables are put into the code that every visitor downloads ({{by}}), and Upstash's credentials with them. Name the few that the browser may see.",
      prefix:
        "The prefix `{{prefix}}` puts `{{name}}` into the code that every visitor downloads ({{by}}). Use a prefix that no secret has.",
      rename: "Read the private variable `{{name}}` instead.",
      remove: "Take it out of what the browser gets.",
      usePrefix: "Use the prefix `{{name}}`.",
      renameHere: "Call it `{{name}}`.",
      readOnly: "Keep a read-only token in its place, as `{{name}}`.",
    },
    schema: {},
    defaultOptions: {},
  },
  checkConfigFile(context, file) {
    for (const { entry, prefix } of publicSecretsIn(file)) {
      const { name } = entry;
      const loc = file.locationOf(entry.key ?? entry.written);
      if (prefix === undefined) {
        const fix = emptied(file, entry, "A secret: everybody with the app can read what stands here.");
        context.report({ loc, messageId: "inlined", data: { name, by: "`extra` of app.json is a part of the app" }, suggest: [{ messageId: "remove", fix }] });
        continue;
      }
      const privateName = privateNameOf(name, file.settings.envPrefixes);
      const fix = renamed(file, entry, privateName);
      // The private variable is there already.
      const removal = fix ? undefined : removed(file, entry);
      const readOnly = madeReadOnly(file, entry);
      context.report({
        loc,
        messageId: "publicName",
        data: { name, why: `variables that begin with \`${prefix}\`` },
        suggest: [
          ...(fix ? [{ messageId: "renameHere" as const, data: { name: privateName }, fix }] : []),
          ...(removal ? [{ messageId: "remove" as const, fix: removal }] : []),
          ...(readOnly ? [{ messageId: "readOnly" as const, data: { name: readOnly.name }, fix: readOnly.fix }] : []),
        ],
      });
    }
  },
  relevant: (file) => (mayReadPublicEnv(file) || mayInline(file)) && file.runtime.place !== "test",
  create: (context, file) => ({
    Program() {
      if (mayReadPublicEnv(file)) {
        for (const secret of publicSecrets(file)) {
          const { node, name, prefix } = secret;
          const renamed = privateNameFix(file, secret);
          const why = prefix === undefined ? "variables of this module" : `variables that begin with \`${prefix}\``;
          context.report({
            node,
            messageId: "publicName",
            data: { name, why },
            suggest: renamed ? [{ messageId: "rename", data: { name: renamed.name }, fix: renamed.fix }] : [],
          });
        }
      }
      if (!mayInline(file)) return;
      for (const entry of inlinedEntries(file)) {
        const name = secretIn(file, entry);
        const isAll = name === undefined && entry.value !== undefined && usesUpstash(file) && holdsWholeEnvironment(file, entry.value);
        if (name === undefined && !isAll) continue;
        context.report({
          node: entry.node,
          ...(name === undefined
            ? { messageId: "everything" as const, data: { by: entry.by } }
            : { messageId: "inlined" as const, data: { name, by: entry.by } }),
          suggest: [{ messageId: "remove", fix: keepOnServerFix(file, entry) }],
        });
      }
      for (const { node, prefix, by } of inlinedPrefixes(file)) {
        const name = SECRETS.find((secret) => prefix !== "" && secret.startsWith(prefix));
        if (name === undefined || !usesUpstash(file)) continue;
        const instead = defaultPrefixFix(file, node);
        context.report({
          node,
          messageId: "prefix",
          data: { prefix, name, by },
          suggest: [{ messageId: "usePrefix", data: { name: instead.name }, fix: instead.fix }],
        });
      }
    },
  }),
});

/** What a prefix must not fit. */
const SECRETS = [
  "UPSTASH_REDIS_REST_TOKEN",
  "UPSTASH_VECTOR_REST_TOKEN",
  "UPSTASH_SEARCH_REST_TOKEN",
  "KV_REST_API_TOKEN",
  "QSTASH_TOKEN",
  "QSTASH_CURRENT_SIGNING_KEY",
  "UPSTASH_BOX_API_KEY",
  "UPSTASH_API_KEY",
];

/** The secret that an entry shows: by its name, or by the variable that it takes its value from. */
function secretIn(file: FileModel, { name, value, isDeclaration }: InlinedEntry): string | undefined {
  const { envPrefixes, readOnlyTokenEnv } = file.settings;
  const isSecret = (variable: string): boolean => {
    if (isReadByVectorOrSearch(variable)) return false;
    const found = classifyEnvName(variable, envPrefixes, readOnlyTokenEnv);
    return found?.secret === true && found.access === "full" && !found.generic;
  };
  const variables = value ? variablesIn(value) : [];
  // A read-only token under another name; and what is written out is not this rule's concern.
  const isOther = !isDeclaration && (variables.length > 0 ? !variables.some(isSecret) : value !== undefined && isConstant(value));
  if (isOther) return undefined;
  if (name !== undefined && isSecret(name) && !variables.some((variable) => /READ_?ONLY/iu.test(variable))) return name;
  return isDeclaration && variables.length === 0 ? undefined : variables.find((variable) => isSecret(variable) && privateNameOf(variable, envPrefixes) === variable);
}

/** `"undefined"`, `JSON.stringify("")`: nothing of the environment. */
function isConstant(value: Value): boolean {
  const at = target(value);
  if (at.kind === "literal") return true;
  return at.kind === "call" && at.args.length > 0 && at.args.every((argument) => target(argument).kind === "literal");
}

/** The package has secrets of Upstash to lose. */
function usesUpstash(file: FileModel): boolean {
  return file.mentionsUpstash || dependsOnUpstash(file);
}
