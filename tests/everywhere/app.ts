import type { ProjectFiles } from "../helpers/project.ts";

/** What {@link app} is reported for, in the order of files, lines and columns. */
export const FINDINGS = [
  "app/api/subscribe/route 3 upstash/require-ratelimit",
  "app/api/subscribe/route 5 upstash/no-plaintext-pii",
  "components/counter 3 upstash/no-client-credentials",
  "lib/legacy 2 upstash/require-tls",
] as const;

/**
 * A small app that the rules of `upstash/recommended` have something to say about: in one file, across files, with a fix
 * and with suggestions. The same text in JavaScript and in TypeScript, but for the types.
 */
export function app(language: "js" | "ts"): ProjectFiles {
  const typed = (types: string): string => (language === "ts" ? types : "");
  return {
    [`lib/redis.${language}`]: `import { Redis } from "@upstash/redis";
export const redis = Redis.fromEnv();
`,
    [`lib/legacy.${language}`]: `import { Redis } from "@upstash/redis";
export const legacy = new Redis({ url: "http://quick-otter-12345.upstash.io", token: process.env.LEGACY_TOKEN${typed("!")} });
`,
    [`app/api/subscribe/route.${language}`]: `import { redis } from "../../../lib/redis";

export async function POST(request${typed(": Request")}) {
  const { email, id } = await request.json()${typed(" as Record<string, string>")};
  await redis.set(\`subscriber:\${id}\`, email);
  return Response.json({ ok: true });
}
`,
    [`components/counter.${language}x`]: `"use client";
import { Redis } from "@upstash/redis";
const redis = new Redis({ url: process.env.UPSTASH_REDIS_REST_URL${typed("!")}, token: process.env.UPSTASH_REDIS_REST_TOKEN${typed("!")} });
export const Counter = () => <button onClick={() => void redis.incr("clicks")}>+</button>;
`,
  };
}
