import { createRule } from "../create-rule.ts";
import { moveToHeader } from "../fixes/authorization-header.ts";
import { replaced } from "../fixes/config-file.ts";
import { credentialsInAddresses } from "../model/config-file/addresses.ts";
import { credentialsInUrls, mayPutCredentialsInUrls } from "../model/credentials/credentials-in-urls.ts";
import { mayUseUpstash } from "../model/relevance.ts";

export default createRule({
  name: "no-credential-in-url",
  meta: {
    type: "problem",
    docs: {
      description: "disallow credentials of Upstash in addresses",
      guideline: "Protect REST tokens",
      recommended: true,
      strict: true,
      cwe: ["CWE-598"],
    },
    hasSuggestions: true,
    messages: {
      parameter:
        "This sends a token of Upstash as `{{parameter}}` in the address: servers, proxies, browsers and error trackers keep addresses in their logs, where others can read it. Send it in an `Authorization` header.",
      authority:
        "This puts a credential of Upstash in front of the host: servers, proxies, browsers and error trackers keep addresses in their logs, where others can read it. Send it in an `Authorization` header.",
      header: "Send it in an `Authorization` header.",
      takeOut: "Take it out of the address.",
    },
    schema: {},
    defaultOptions: {},
  },
  checkConfigFile(context, file) {
    for (const { parameter, range, without } of credentialsInAddresses(file)) {
      const suggest = without === undefined ? [] : [{ messageId: "takeOut" as const, fix: replaced(range, without) }];
      const loc = file.locationOf(range);
      if (parameter === undefined) context.report({ loc, messageId: "authority", suggest });
      else context.report({ loc, messageId: "parameter", data: { parameter }, suggest });
    }
  },
  relevant: (file) => (mayUseUpstash(file) || file.text.includes("qstash_token")) && mayPutCredentialsInUrls(file),
  create: (context, file) => ({
    Program() {
      for (const found of credentialsInUrls(file)) {
        const fix = moveToHeader(file, found);
        const suggest = fix ? [{ messageId: "header" as const, fix }] : [];
        if (found.is === "authority") context.report({ node: found.node, messageId: "authority", suggest });
        else context.report({ node: found.node, messageId: "parameter", data: { parameter: found.parameter }, suggest });
      }
    },
  }),
});
