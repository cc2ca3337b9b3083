"use client";

import { useEffect, useState } from "react";
import { Redis } from "@upstash/redis";

// finding: no-client-credentials — fromEnv() takes the full-access token, and this module runs in the browser
const redis = Redis.fromEnv();

export function WaitlistCounter({ initial }: { initial: number }) {
  const [waiting, setWaiting] = useState(initial);
  useEffect(() => {
    const timer = setInterval(async () => setWaiting(await redis.hlen("waitlist")), 30_000);
    return () => clearInterval(timer);
  }, []);
  return <p>{waiting} people are waiting.</p>;
}
