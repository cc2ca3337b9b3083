/*
 * Credentials of nobody, put together when a test runs: no file of this repository holds one. They have the structure of
 * real ones (src/sdk/credential-shapes.ts), and bodies that are made up.
 */

const base64url = (text: string): string => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const bytes = (...values: number[]): string => String.fromCharCode(...values);

/** Letters and digits without order, the same for the same seed. */
export function filler(length: number, seed = 1): string {
  const letters = "k7Rw2mZq9TxB4hVnD6sLpY3cGf8JaUe5";
  let state = Math.imul(seed, 0x9e3779b1);
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return letters[(state >>> 16) % letters.length] ?? "k";
  }).join("");
}

const hex = (length: number, seed: number): string =>
  Array.from(filler(length, seed), (char) => (char.charCodeAt(0) % 16).toString(16)).join("");

/** A Redis REST token; `secret` is all that tells two of them apart. */
export const redisToken = ({ access = "full", user = "p1", seed = 1 }: { access?: "full" | "read-only"; user?: string; seed?: number } = {}): string => {
  const secret = `${hex(32, seed)}p132748`;
  return base64url(bytes(access === "full" ? 1 : 2, 0x7f, 0xec, 0, user.length, secret.length) + user + secret);
};

/** A Redis REST token of the first databases: its user is a UUID. */
export const oldRedisToken = (access: "full" | "read-only" = "full"): string => {
  const user = `${hex(8, 2)}-${hex(4, 3)}-4${hex(3, 4)}-9${hex(3, 5)}-${hex(12, 6)}`;
  return base64url(bytes(access === "full" ? 1 : 2, 0x7f, 0xec, 1, 36, 32) + user + hex(32, 7));
};

/** A token of Vector or Search. */
export const indexToken = (role: "admin" | "readonly" = "admin", name = "quick-otter-12345-us1"): string =>
  btoa(bytes(0, name.length, role.length, 48) + name + role + filler(48, 9));

export const qstashToken = (user = "3f0c", password = filler(32, 11)): string => btoa(JSON.stringify({ UserID: `${user}-${hex(8, 12)}`, Password: password }));

export const signingKey = (seed = 13): string => `sig_${filler(28, seed)}`;

export const boxKey = (): string => `box_${filler(32, 17)}`;

export const kafkaUsername = (): string => base64url(`quick-otter-12345$${bytes(0xe2, 0x81, 7, 0x9c)}${filler(18, 19)}`);

/** The address of a database for Redis clients. */
export const connectionString = ({ user = "default", password = hex(32, 23), scheme = "rediss" } = {}): string =>
  `${scheme}://${user}:${password}@quick-otter-12345.upstash.io:6379`;

/** The public token of QStash's development server. */
export const developmentToken = (): string => btoa('{"UserID":"defaultUser","Password":"defaultPassword"}');
