import { createHash, createHmac, randomUUID } from "node:crypto";

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/**
 * A signature as QStash makes it, by Node's own crypto, so that the SDK is not asked to check itself.
 * @see https://upstash.com/docs/qstash/features/security
 */
export function signedBy(key: string, body: string): string {
  const now = Math.floor(Date.now() / 1000);
  const hash = createHash("sha256").update(body).digest("base64url");
  const claims = { iss: "Upstash", sub: "", nbf: now - 5, iat: now, exp: now + 300, jti: randomUUID(), body: hash };
  const text = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
}
