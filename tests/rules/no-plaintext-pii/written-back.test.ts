import rule from "../../../src/rules/no-plaintext-pii.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { client, EMAIL, invalid, valid, type Expected } from "./cases.ts";

/* A record that is read from Redis and written back: what it holds is what the project writes under such keys. */

const reset = (key = "user:${email}", written = "«user»", change = "user.password = hashed;"): string =>
  client(
    'import { createHash } from "node:crypto";\n' +
      `export async function reset(email: string, password: string) {\n  const hashed = createHash("sha256").update(password).digest("hex");\n  const data = await redis.get(\`user:\${email}\`);\n  if (!data) return;\n  const user = typeof data === "string" ? JSON.parse(data) : data;\n  ${change}\n  await redis.set(\`${key}\`, ${written});\n}\n`,
  );
const plain = (text: string): string => text.replaceAll(/[«»]/g, "");
const AUTH = (value: string, key = "user:${user.email.toLowerCase()}"): Record<string, string> => ({
  "lib/auth.ts": `import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\nexport interface User { id: string; email: string; password: string }\nexport const create = (user: User) => redis.set(\`${key}\`, ${value});\n`,
});
const of = (becomes: Expected["becomes"]): Expected => ({ command: "set", data: EMAIL, becomes });

runRule("no-plaintext-pii", rule, {
  valid: [
    valid("nothing else is known of the record", plain(reset())),
    valid("the project writes only the id there", plain(reset()), { files: AUTH("{ id: user.id }") }),
    valid("the project writes the record without what is personal", plain(reset()), { files: AUTH("{ id: user.id, password: user.password.length }") }),
    valid("the address is encrypted where it is written first", plain(reset()), { files: { ...AUTH("{ id: user.id, email: encrypt(user.email) }"), "lib/auth.ts": `import { encrypt } from "./crypto";\n${AUTH("{ id: user.id, email: encrypt(user.email) }")["lib/auth.ts"] ?? ""}` } }),
    valid("the record is written under keys of another form", plain(reset()), { files: AUTH("JSON.stringify(user)", "user:${user.id}:profile") }),
    valid("what is written back comes from another key", plain(reset("mail:${email}")), { files: AUTH("JSON.stringify(user)", "mail:${user.id}") }),
    valid("some write something else under such keys", plain(reset()), {
      files: { ...AUTH("JSON.stringify(user)"), "lib/index.ts": 'import { Redis } from "@upstash/redis";\nexport const link = (id: string, to: number) => Redis.fromEnv().set(`user:${id}`, { to });\n' },
    }),
    valid("the address is taken out before", plain(reset(undefined, undefined, "delete user.email;")), { files: AUTH("JSON.stringify(user)") }),
    valid("the address is hashed before", plain(reset(undefined, undefined, "user.email = hashed;")), { files: AUTH("JSON.stringify(user)") }),
  ],
  invalid: [
    invalid("a user whose password is hashed anew", reset(), [of("encrypt(JSON.stringify(user))")], { files: AUTH("JSON.stringify(user)") }),
    invalid("the record as text", reset(undefined, "JSON.stringify(«user»)"), [of(["JSON.stringify(user)", "encrypt(JSON.stringify(user))"])], { files: AUTH("user") }),
    invalid("a copy of the record", reset(undefined, "{ ...«user», password: hashed }", ""), [of(["...user", "...user, email: encrypt(String(user.email))"])], { files: AUTH("JSON.stringify(user)") }),
  ],
});
