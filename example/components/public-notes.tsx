"use client";

import { useEffect, useState } from "react";
import { Redis } from "@upstash/redis";

// ok: a read-only token is what Upstash documents for browsers
const publicRedis = new Redis({
  url: process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_URL!,
  token: process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_READONLY_TOKEN!,
});

export function PublicNotes() {
  const [titles, setTitles] = useState<string[]>([]);
  useEffect(() => {
    void publicRedis.zrange<string[]>("notes:public", 0, 9).then(setTitles);
  }, []);
  return (
    <ul>
      {titles.map((title) => (
        <li key={title}>{title}</li>
      ))}
    </ul>
  );
}
