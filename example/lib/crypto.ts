import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  scrypt as scryptWithCallback,
  timingSafeEqual,
} from "node:crypto";
import { promisify } from "node:util";

const scrypt = promisify<string, Buffer, number, Buffer>(scryptWithCallback);

function dataKey(): Buffer {
  const key = Buffer.from(process.env.DATA_KEY ?? "", "base64");
  if (key.length !== 32) throw new Error("DATA_KEY must hold 32 bytes, base64 encoded");
  return key;
}

/** AES-256-GCM; the result holds nonce, tag and ciphertext. */
export function encrypt(text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", dataKey(), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** Undoes `encrypt()`; throws when the text was tampered with. */
export function decrypt(sealed: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", dataKey(), bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}

/** A keyed hash: the same value finds the same record, yet the record does not tell the value. */
export function keyedHash(value: string): string {
  return createHmac("sha256", dataKey()).update(value).digest("base64url");
}

/** A slow, salted hash of a password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await scrypt(password, salt, 64);
  return `${salt.toString("base64url")}.${hash.toString("base64url")}`;
}

/** Whether `signature` is the hex HMAC-SHA256 of `body` under `secret`. An unset secret verifies nothing. */
export function verifySignature(body: string, signature: string | null, secret: string | undefined): boolean {
  if (!secret || !signature) return false;
  const expected = createHmac("sha256", secret).update(body).digest();
  const given = Buffer.from(signature, "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
