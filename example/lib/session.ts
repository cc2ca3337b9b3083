import { randomBytes } from "node:crypto";
import { cookies } from "next/headers";
import { encrypt, keyedHash } from "@/lib/crypto";
import { redis } from "@/lib/redis";
import type { Session, User } from "@/lib/types";

const COOKIE = "pebble_session";
const WEEK = 60 * 60 * 24 * 7;

/** Opens a session for `user` and sets its cookie. */
export async function openSession(user: User): Promise<void> {
  const token = randomBytes(32).toString("base64url");
  const session: Session = {
    userId: user.id,
    role: user.role,
    emailVerified: user.emailVerified,
    createdAt: Date.now(),
  };
  // ok: ids and flags only, kept under the token's hash, and it expires
  await redis.set(`session:${keyedHash(token)}`, session, { ex: WEEK });
  const jar = await cookies();
  jar.set(COOKIE, token, { httpOnly: true, secure: true, sameSite: "lax", maxAge: WEEK });
}

/** The caller's session, or `null` for a visitor. */
export async function readSession(): Promise<Session | null> {
  const token = (await cookies()).get(COOKIE)?.value;
  return token ? redis.get<Session>(`session:${keyedHash(token)}`) : null;
}

/** Keeps the calendar provider's refresh token for later syncs. */
export async function keepRefreshToken(userId: string, refreshToken: string): Promise<void> {
  // ok: encrypted before it leaves the process
  await redis.set(`calendar:${userId}`, encrypt(refreshToken), { ex: 4 * WEEK });
}
