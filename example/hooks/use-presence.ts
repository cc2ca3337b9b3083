"use client";

import { useEffect, useState } from "react";

// finding: no-client-credentials — a destructured secret is still a secret
const { KV_REST_API_TOKEN: token } = process.env;

/** How many people have Pebble open. */
export function usePresence(): number {
  const [online, setOnline] = useState(0);
  useEffect(() => {
    void fetch(`${process.env.NEXT_PUBLIC_KV_REST_API_URL}/scard/online`, {
      headers: { Authorization: `Bearer ${token}` },
    })
      .then((response) => response.json() as Promise<{ result: number }>)
      .then(({ result }) => setOnline(result));
  }, []);
  return online;
}
