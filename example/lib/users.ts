import { decrypt, encrypt } from "@/lib/crypto";
import { redis } from "@/lib/redis";
import type { User } from "@/lib/types";

/** Stores an account so that only this app can read it. */
export async function saveUser(user: User): Promise<void> {
  // ok: encrypted as a whole
  await redis.set(`user:${user.id}`, encrypt(JSON.stringify(user)));
  // ok: ids, and flags about personal data, are not personal data
  await redis.hset(`user:${user.id}:flags`, { emailVerified: user.emailVerified, hasPhone: Boolean(user.phone) });
}

/** The account with this id, or `null`. */
export async function findUser(id: string): Promise<User | null> {
  const sealed = await redis.get<string>(`user:${id}`);
  return sealed ? (JSON.parse(decrypt(sealed)) as User) : null;
}

/** Keeps a copy at hand for the support desk. */
export async function cacheForSupport(user: User): Promise<void> {
  // finding: no-plaintext-pii — the declared type User holds an email and a phone number
  await redis.set(`support:${user.id}`, user, { ex: 3600 });
}

/** Snapshots accounts before a migration. */
export async function snapshot(users: User[]): Promise<void> {
  const pipeline = redis.pipeline();
  for (const user of users) {
    // finding: no-plaintext-pii — spread and JSON.stringify carry the email along; encoding is not encryption
    pipeline.set(`snapshot:${user.id}`, JSON.stringify({ ...user, takenAt: Date.now() }));
    // ok: an id only
    pipeline.sadd("snapshot:ids", user.id);
  }
  await pipeline.exec();
}
