import type { RuleFix, RuleFixer } from "@typescript-eslint/utils/ts-eslint";
import { createRule } from "../create-rule.ts";
import { replaced } from "../fixes/config-file.ts";
import { hasComments } from "../fixes/written-credential.ts";
import { insecureSettingsIn } from "../model/config-file/addresses.ts";
import type { Node } from "../model/syntax/ast.ts";
import type { FileModel } from "../model/file.ts";
import { insecureTransports, type InsecureTransport } from "../model/clients/insecure-transport.ts";
import { mayConnectToUpstash } from "../model/relevance.ts";

export default createRule({
  name: "require-tls",
  meta: {
    type: "problem",
    docs: {
      description: "require verified TLS for every connection to Upstash",
      guideline: "Protect REST tokens",
      recommended: true,
      strict: true,
      cwe: ["CWE-319", "CWE-295"],
    },
    fixable: "code",
    messages: {
      scheme:
        "This address of Upstash begins with `{{scheme}}://`: the credential and all data cross the network unencrypted, for anybody on the way to read. Write `{{scheme}}s://`.",
      absent:
        "This client reaches Upstash without TLS: the credential and all data cross the network unencrypted, for anybody on the way to read. Give it `{{option}}`.",
      off: "TLS is switched off for a connection to Upstash: the credential and all data cross the network unencrypted, for anybody on the way to read. Leave `{{option}}` on.",
      unverified:
        "This connection to Upstash accepts every certificate: whoever stands in between can read and change all that goes over it, the credential included. Leave `rejectUnauthorized` on.",
      process:
        "This makes every connection of the process accept every certificate, those to Upstash too: whoever stands in between can read and change all that goes over them. Leave `NODE_TLS_REJECT_UNAUTHORIZED` alone.",
    },
    schema: {},
    defaultOptions: {},
  },
  relevant: mayConnectToUpstash,
  checkConfigFile(context, file) {
    for (const { is, entry, scheme, at } of insecureSettingsIn(file)) {
      const loc = file.locationOf(entry.written);
      if (is === "process") context.report({ loc, messageId: "process", fix: at === undefined ? null : replaced([at, at + 1], "1") });
      else context.report({ loc, messageId: "scheme", data: { scheme }, fix: at === undefined ? null : replaced([at, at], "s") });
    }
  },
  create: (context, file) => ({
    Program() {
      for (const found of insecureTransports(file)) {
        const { node } = found;
        const fix = fixOf(file, found);
        switch (found.is) {
          case "scheme":
            context.report({ node, messageId: "scheme", data: { scheme: found.scheme }, fix });
            break;
          case "absent":
            context.report({ node, messageId: "absent", data: { option: found.option }, fix });
            break;
          case "off":
            context.report({ node, messageId: "off", data: { option: found.option }, fix });
            break;
          case "unverified":
            context.report({ node, messageId: "unverified", fix });
            break;
          case "process":
            context.report({ node, messageId: "process", fix });
        }
      }
    },
  }),
});

type Fix = ((fixer: RuleFixer) => RuleFix) | null;

/** What switches an option on, where it stands alone. */
const ON: Readonly<Record<string, string>> = { tls: "{}", "socket.tls": "true", ssl: "true" };

/** Null where what is to be changed stands in another file, or behind a name. */
function fixOf(file: FileModel, found: InsecureTransport): Fix {
  switch (found.is) {
    case "scheme": {
      const end = found.schemeEnd;
      return end === undefined ? null : (fixer) => fixer.insertTextAfterRange([end, end], "s");
    }
    case "absent":
      return addOption(file, found.holder, found.option.split(".").at(-1) ?? "", ON[found.option] ?? "true");
    case "off":
      return isConstant(found.node) ? (fixer) => fixer.replaceText(found.node, found.option === "tls" && isIoredis(file) ? "{}" : "true") : null;
    case "unverified":
      return isConstant(found.node) ? (fixer) => fixer.replaceText(found.node, "true") : null;
    case "process":
      return found.node.type === "Literal" ? (fixer) => fixer.replaceText(found.node, file.text.slice(...found.node.range).replace("0", "1")) : null;
  }
}

const isConstant = (node: Node): boolean => node.type === "Literal" || (node.type === "Identifier" && node.name === "undefined");

const isIoredis = (file: FileModel): boolean => file.text.includes("ioredis");

/** `{ host }` → `{ host, tls: {} }`; `new Redis(6379, host)` → `new Redis(6379, host, { tls: {} })`. */
function addOption(file: FileModel, holder: Node | undefined, name: string, value: string): Fix {
  if (holder?.type === "ObjectExpression") {
    const last = holder.properties.at(-1);
    return last ? (fixer) => fixer.insertTextAfter(last, `, ${name}: ${value}`) : (fixer) => fixer.replaceText(holder, `{ ${name}: ${value} }`);
  }
  if (holder?.type !== "NewExpression" && holder?.type !== "CallExpression") return null;
  const last = holder.arguments.at(-1);
  return last && !hasComments(file, holder) ? (fixer) => fixer.insertTextAfter(last, `, { ${name}: ${value} }`) : null;
}
