import { randomUUID } from "node:crypto";
import { kv } from "@vercel/kv";
import type { NextApiRequest, NextApiResponse } from "next";

// finding: require-ratelimit — the old newsletter form still posts here, and nothing limits it
export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  if (req.method !== "POST") return res.status(405).end();
  const { email } = req.body as { email: string };
  const id = randomUUID();
  // finding: no-plaintext-pii — a list of readable addresses
  await kv.rpush("newsletter:addresses", email);
  // ok: flags and times about an address
  await kv.hset(`newsletter:${id}`, { emailVerified: false, joinedAt: Date.now() });
  return res.status(201).json({ id });
}
