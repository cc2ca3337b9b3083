import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { client, EMAIL, invalid, valid } from "./cases.ts";

/* A protector that gives back what it was given where that is nothing. */

const CIPHER = 'createCipheriv("aes-256-gcm", Buffer.alloc(32), Buffer.alloc(12)).update(text, "utf8", "hex")';
const seal = (body: string, params = "text: string"): string =>
  `import { createCipheriv } from "node:crypto";\nconst seal = (${params}): string => {\n  ${body}\n};\n`;
const stores = (helper: string, expr = "seal(email)"): string => client(`${helper}export async function save(email: string) {\n  await redis.set("k", { email: ${expr} });\n}\n`);
const harmless = (name: string, body: string): ReturnType<typeof valid> => valid(name, stores(seal(body)));
const plain = (name: string, body: string, params?: string, expr = "seal(email)"): ReturnType<typeof invalid> =>
  invalid(name, stores(seal(body, params), `«${expr}»`), [{ command: "set", data: EMAIL, becomes: `encrypt(String(${expr}))` }]);

runRule("no-plaintext-pii", rule, {
  valid: [
    harmless("nothing is handed back", `if (!text) return text;\n  return ${CIPHER};`),
    harmless("in a block", `if (text === "") {\n    return text;\n  }\n  return ${CIPHER};`),
    harmless("nothing at all, or no text", `if (text === undefined || text === null || text === "") return text;\n  return ${CIPHER};`),
    harmless("the other way round", `if (text) {\n    return ${CIPHER};\n  }\n  return text;`),
    harmless("in the other branch", `if (text != null) return ${CIPHER};\n  else return text;`),
    harmless("in one expression", `return text ? ${CIPHER} : text;`),
    harmless("in one expression, turned", `return !text ? text : ${CIPHER};`),
    harmless("behind another condition", `if (!process.env.KEY) throw new Error("no key");\n  if (!text) return text;\n  return ${CIPHER};`),
    valid("a helper elsewhere", stores('import { seal } from "@/lib/seal";\n'), {
      files: { "lib/seal.ts": `import { createCipheriv } from "node:crypto";\nexport function seal(text: string): string {\n  if (!text) return text;\n  return ${CIPHER};\n}\n` },
    }),
  ],
  invalid: [
    plain("where there is no key, the text goes as it is", `if (!process.env.KEY) return text;\n  return ${CIPHER};`),
    plain("where there is a text", `if (text) return text;\n  return ${CIPHER};`),
    plain("where one of two is missing", `if (!text || !process.env.KEY) return text;\n  return ${CIPHER};`),
    plain("another one is empty", `if (!salt) return text;\n  return ${CIPHER} + salt;`, "text: string, salt: string", "seal(email, email.slice(0, 2))"),
    plain("it is put in place anew", `if (!text) {\n    text = given;\n    return text;\n  }\n  return ${CIPHER};`, "text: string, given: string", "seal(email, email)"),
    plain("behind the condition", `if (!text) console.warn("nothing");\n  if (text.length > 9) return text;\n  return ${CIPHER};`),
    plain("a failure hands it back", `if (!text) return text;\n  try {\n    return ${CIPHER};\n  } catch {\n    return text;\n  }`),
    plain("in one expression, with the key", `return process.env.KEY ? ${CIPHER} : text;`),
    plain("in one expression, the wrong way", `return text ? text : ${CIPHER};`),
    plain("something else than it", `if (text !== "") return text;\n  return ${CIPHER};`),
  ],
});
