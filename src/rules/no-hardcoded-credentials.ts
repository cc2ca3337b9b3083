import { createRule } from "../create-rule.ts";
import { emptied, replaced } from "../fixes/config-file.ts";
import { offersFor, type Offer } from "../fixes/written-credential.ts";
import { credentialsIn } from "../model/config-file/credentials.ts";
import { isComment, mayHoldCredential, writtenCredentials, type WrittenCredential } from "../model/credentials/written-credentials.ts";
import { describeShape } from "../sdk/credential-shapes.ts";

const REVOKE = "Revoke it in the Upstash console";
const SET_ELSEWHERE = "A credential: set it where git does not see it.";

export default createRule({
  name: "no-hardcoded-credentials",
  meta: {
    type: "problem",
    docs: {
      description: "disallow Upstash credentials that are written out in the code",
      guideline: "Protect REST tokens",
      recommended: true,
      strict: true,
      cwe: ["CWE-798", "CWE-540"],
    },
    hasSuggestions: true,
    messages: {
      written: `This string is {{what}}: whoever sees the code, its history or its bundle can use it. ${REVOKE}, and read the new one from the environment.`,
      fallback: `This string is used where \`{{name}}\` is not set, so the code holds {{what}}: whoever sees the code, its history or its bundle can use it. ${REVOKE}, and let a missing variable fail.`,
      comment: `This comment holds {{what}}: whoever sees the code or its history can use it. ${REVOKE}, and take it out.`,
      elsewhere: `This is {{what}}, and another file of the project writes it out: whoever sees the code, its history or its bundle can use it. ${REVOKE}, and read the new one from the environment.`,
      tracked: `This is {{what}}, and git keeps it: whoever sees the repository or its history can use it. ${REVOKE}, and keep the new one where git does not see it.`,
      unignored:
        "This is {{what}}, and nothing keeps it out of git: the next `git add` may take the file along, for whoever sees the repository to use. Name the file in `.gitignore`.",
      shared: `This is {{what}}, in a file that is made to be shared: whoever sees it can use it. ${REVOKE}, and keep the new one elsewhere.`,
      emptied: "Leave the value out, to be set where git does not see it.",
      takeAway: "Take it away.",
      useFromEnv: "Build the client with `{{call}}`, which reads the environment.",
      useEnv: "Read it from `{{read}}`.",
      dropFallback: "Take the string away: read the variable alone.",
      takeOut: "Write `{{name}}` in its place.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: mayHoldCredential,
  checkConfigFile(context, file) {
    for (const { range, shape, entry } of credentialsIn(file)) {
      const { exposure } = file;
      if (exposure === "private" || exposure === "unknown") return;
      const what = shape ? describeShape(shape) : entry ? `the value of \`${entry.name}\`` : "a credential";
      const isWhole = entry?.inner[0] === range[0] && entry.inner[1] === range[1];
      context.report({
        loc: file.locationOf(range),
        messageId: exposure === "tracked" ? "tracked" : exposure === "unignored" ? "unignored" : "shared",
        data: { what },
        suggest: [isWhole ? { messageId: "emptied", fix: emptied(file, entry, SET_ELSEWHERE) } : { messageId: "takeAway", fix: replaced(range, "…") }],
      });
    }
  },
  create: (context, file) => ({
    Program() {
      const suggestion = (offer: Offer) => {
        const { fix } = offer;
        if (offer.is === "fromEnv") return { messageId: "useFromEnv" as const, data: { call: offer.call }, fix };
        if (offer.is === "env") return { messageId: "useEnv" as const, data: { read: offer.read }, fix };
        if (offer.is === "dropped") return { messageId: "dropFallback" as const, fix };
        return { messageId: "takeOut" as const, data: { name: offer.name }, fix };
      };
      const { sourceCode } = context;
      for (const found of writtenCredentials(file)) {
        const [start, end] = found.range;
        const what = describe(found);
        const place = { loc: { start: sourceCode.getLocFromIndex(start), end: sourceCode.getLocFromIndex(end) } };
        const suggest = offersFor(file, found).map(suggestion);
        if (found.isElsewhere) context.report({ ...place, messageId: "elsewhere", data: { what }, suggest });
        else if (isComment(found.node)) {
          context.report({ ...place, messageId: "comment", data: { what }, suggest });
        } else if (found.variable?.isFallback === true) {
          context.report({ ...place, messageId: "fallback", data: { what, name: found.variable.name }, suggest });
        } else context.report({ ...place, messageId: "written", data: { what }, suggest });
      }
    },
  }),
});

const PRODUCTS: Readonly<Record<string, string>> = { redis: "Redis", qstash: "QStash", workflow: "Workflow", vector: "Vector", search: "Search", kafka: "Kafka", box: "Box" };

/** What it is, in words; the credential itself is never among them. */
function describe({ shape, reaches, variable }: WrittenCredential): string {
  if (shape) return describeShape(shape);
  if (variable) return `the value of \`${variable.name}\``;
  if (!reaches) return "a credential";
  const { option, connection } = reaches;
  if (/^authorization$/iu.test(option)) return "the credential of a request to Upstash";
  return `the \`${option}\` of a ${PRODUCTS[connection.product] ?? "Upstash"} client`;
}
