import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { CRYPTO, EMAIL } from "./cases.ts";

/* Which encryptor a suggestion takes. */

const REDIS = 'import { Redis } from "@upstash/redis";\n';
const BODY = "const redis = Redis.fromEnv();\nexport async function save(email: string) {\n  await redis.set(\"k\", email);\n}\n";
const HELPER = `
/** AES-256-GCM; ENCRYPTION_KEY holds 32 random bytes in base64. */
function encrypt(plaintext: string): string {
  const key = Buffer.from(process.env.ENCRYPTION_KEY ?? "", "base64");
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const sealed = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64");
}
`;
const error = (encryptor: string, output: string, line = 4) => ({
  messageId: "plaintext" as const,
  data: { command: "set", data: EMAIL },
  ...{ line, column: 24, endLine: line, endColumn: 29 },
  suggestions: [{ messageId: "encrypt" as const, data: { encryptor }, output }],
});
const wrappedIn = (call: string): string => BODY.replace('"k", email', `"k", ${call}`);

runRule("no-plaintext-pii", rule, {
  valid: [],
  invalid: [
    {
      name: "the project's, imported",
      code: REDIS + BODY,
      files: CRYPTO,
      errors: [error('encrypt() from "@/lib/crypto"', `${REDIS}import { encrypt } from "@/lib/crypto";\n${wrappedIn("encrypt(email)")}`)],
    },
    {
      name: "the one that settings name, awaited",
      code: REDIS + BODY,
      files: { ...CRYPTO, "lib/vault.ts": "export async function seal(text: string): Promise<string> { return crypto.subtle.encrypt(text as never, {} as never, {} as never) as never; }\n" },
      settings: { encryption: { module: "@/lib/vault", function: "seal" } },
      errors: [error('seal() from "@/lib/vault"', `${REDIS}import { seal } from "@/lib/vault";\n${wrappedIn("await seal(email)")}`)],
    },
    {
      name: "not one that hands out its argument",
      code: REDIS + BODY,
      files: { "lib/crypto.ts": "export const encrypt = (text: string): string => btoa(text);\n" },
      errors: [error("a new encrypt() on node:crypto", `${REDIS}import { createCipheriv, randomBytes } from "node:crypto";\n${wrappedIn("encrypt(email)")}${HELPER}`)],
    },
    {
      name: "a new one where the project has none",
      code: REDIS + BODY,
      errors: [error("a new encrypt() on node:crypto", `${REDIS}import { createCipheriv, randomBytes } from "node:crypto";\n${wrappedIn("encrypt(email)")}${HELPER}`)],
    },
  ],
});
