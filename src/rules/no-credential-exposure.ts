import { createRule } from "../create-rule.ts";
import { exposureFixes, type ExposureFix } from "../fixes/exposure.ts";
import { exposuresOf, type Exposure } from "../model/credentials/exposed.ts";
import type { Outlet } from "../model/credentials/outlets.ts";
import type { FileModel } from "../model/file.ts";
import { isDroppedPart, isTakenOut } from "../model/place/server-code.ts";
import { mayHoldCredentials } from "../model/relevance.ts";
import type { SinkKind } from "../sdk/sinks.ts";

export default createRule({
  name: "no-credential-exposure",
  meta: {
    type: "problem",
    docs: {
      description: "disallow credentials in logs, responses, errors, pages, and what is sent or stored elsewhere",
      guideline: "Protect REST tokens",
      recommended: true,
      strict: true,
      cwe: ["CWE-200", "CWE-532", "CWE-209"],
    },
    hasSuggestions: true,
    messages: {
      log: "{{what}} is written to the log: whoever gets to read logs, or the service that keeps them, holds {{power}}. Log only whether it is there.",
      service: "{{what}} is sent to {{target}}: whoever can read it there holds {{power}}. Leave it out.",
      response: "{{what}} is sent in a response: whoever gets the response holds {{power}}. Keep it on the server.",
      browser: "{{what}} is handed to the browser as {{target}}: every visitor can read it, and holds {{power}}. Keep it on the server.",
      error: "{{what}} becomes part of an error: errors end up in logs, monitoring and responses, and whoever reads them holds {{power}}. Name the variable, not what it holds.",
      request: "{{what}} is sent to {{target}}: that host is not Upstash's, and whoever runs it holds {{power}}. Send it to Upstash alone.",
      store: "{{what}} is stored {{target}}: whoever can read it there holds {{power}}. Read it from the environment where it is needed.",
      presence: "Show only whether it is set.",
      names: "Show only the names of the variables.",
      remove: "Leave it out.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: mayHoldCredentials,
  create(context, file) {
    return {
      Program() {
        for (const exposure of exposuresOf(file)) {
          const { credential, outlet, node } = exposure;
          const { place } = file.runtime;
          // What a module reads in the browser is told by no-client-credentials. Pages have code for servers too.
          const isBrowser = place === "browser" && !isTakenOut(node) && !isDroppedPart(file, node);
          if (isBrowser || isExpected(exposure, place)) continue;
          context.report({
            node,
            messageId: MESSAGES[outlet.kind],
            data: {
              what: described(exposure, file.text.slice(...node.range), calledAt(file, outlet)),
              power: credential.kind === "environment" ? "all credentials of the app" : credential.access === "full" ? "a credential with full access" : "a credential that reads your data",
              ...(outlet.label === "" ? {} : { target: outlet.label }),
            },
            suggest: exposureFixes(file, exposure).map(({ way, fix }) => ({ messageId: MESSAGES[way], fix })),
          });
        }
      },
    };
  },
});

/** What is said of each way out, and of each way to mend it. */
const MESSAGES = {
  log: "log",
  service: "service",
  response: "response",
  browser: "browser",
  error: "error",
  request: "request",
  store: "store",
  presence: "presence",
  names: "names",
  remove: "remove",
} as const satisfies Readonly<Record<SinkKind | ExposureFix["way"], string>>;

/** Scripts hand credentials to the places where apps read them; what tests do with them ends with the test. */
function isExpected({ outlet: { kind } }: Exposure, place: string): boolean {
  const expected: Readonly<Record<string, readonly SinkKind[]>> = {
    build: ["request", "store"],
    test: ["request", "store", "error", "response", "browser", "service"],
  };
  return expected[place]?.includes(kind) ?? false;
}

const NAME = /^[\w$.?!["'\]()]{1,60}$/u;

/** What is exposed, the name by which it is written where it is not the variable itself, and the function that lets it out. */
function described({ credential: { kind, name, module }, outlet }: Exposure, text: string, called: string): string {
  const where = module === undefined ? "" : `, read in \`${module}\``;
  const aside = where === "" ? "" : `${where},`;
  if (kind === "client") return `The ${name}, whose properties hold its credential,`;
  if (kind === "variable" && !text.includes(name) && NAME.test(text)) {
    const holder = `\`${text}\` holds \`${name}\`${where}`;
    return outlet.isBehind ? `${holder}. Handed to ${called}, it` : `${holder}, and`;
  }
  if (outlet.isBehind) return `Handed to ${called}, ${kind === "environment" ? "the whole environment" : `\`${name}\``}${aside}`;
  return `${kind === "environment" ? "The whole environment" : `\`${name}\``}${aside}`;
}

/** The function that a call runs, by the name that it is called by. */
function calledAt(file: FileModel, { node }: Outlet): string {
  const name = node.type === "CallExpression" ? file.text.slice(...node.callee.range) : "";
  return NAME.test(name) ? `\`${name}()\`` : "the function that is called here";
}
