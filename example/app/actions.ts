"use server";

import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import { encrypt, hashPassword, keyedHash } from "@/lib/crypto";
import { sendMail } from "@/lib/mail";
import { accountLimiter, clientAddress } from "@/lib/ratelimit";
import { redis } from "@/lib/redis";
import { openSession, readSession } from "@/lib/session";
import type { FormState, User } from "@/lib/types";
import { saveUser } from "@/lib/users";

function text(form: FormData, field: string): string {
  return String(form.get(field) ?? "").trim();
}

// ok: limited by the caller's address
export async function joinWaitlist(_state: FormState, form: FormData): Promise<FormState> {
  const { success } = await accountLimiter.limit(clientAddress(await headers()));
  if (!success) return { message: "Too many attempts, try again later." };
  const email = text(form, "email").toLowerCase();
  // ok: found again by a keyed hash, kept encrypted
  await redis.hset("waitlist", { [keyedHash(email)]: encrypt(email) });
  await sendMail({ to: email, subject: "You are on the list", text: "We will write when a place is free." });
  return { message: "You are on the list." };
}

// finding: require-ratelimit — a server action is a public endpoint: accounts and mails without end
export async function signUp(_state: FormState, form: FormData): Promise<FormState> {
  const email = text(form, "email").toLowerCase();
  const password = text(form, "password");
  const user: User = { id: randomUUID(), email, role: "member", emailVerified: false, createdAt: Date.now() };
  await saveUser(user);
  // finding: no-plaintext-pii — a password is stored as a slow hash, never as it is
  await redis.set(`credential:${user.id}`, password);
  await sendMail({ to: email, subject: "Welcome to Pebble", text: "Your account is ready." });
  await openSession(user);
  return { message: "Welcome!" };
}

// ok: limited by the account
export async function changePassword(_state: FormState, form: FormData): Promise<FormState> {
  const session = await readSession();
  if (!session) return { message: "Sign in first." };
  const { success } = await accountLimiter.limit(session.userId);
  if (!success) return { message: "Too many attempts, try again later." };
  // ok: hashed
  await redis.set(`credential:${session.userId}`, await hashPassword(text(form, "password")));
  return { message: "Password changed." };
}
