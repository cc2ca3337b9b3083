"use client";

import { useState } from "react";
import { Redis } from "@upstash/redis";
import { usePresence } from "@/hooks/use-presence";

// finding: no-client-credentials — an administrator's browser is a browser too
const redis = new Redis({ url: process.env.UPSTASH_REDIS_REST_URL!, token: process.env.UPSTASH_REDIS_REST_TOKEN! });

function CopyableCommand({ token }: { token: string | undefined }) {
  return <code>curl -H &quot;Authorization: Bearer {token}&quot; $UPSTASH_REDIS_REST_URL/dbsize</code>;
}

export function OpsPanel() {
  const [keys, setKeys] = useState<number>();
  const online = usePresence();
  return (
    <section>
      <p>{online} people online</p>
      <button onClick={async () => setKeys(await redis.dbsize())}>Count keys</button>
      <output>{keys}</output>
      {/* finding: no-client-credentials — the token is rendered into the page */}
      <CopyableCommand token={process.env.UPSTASH_REDIS_REST_TOKEN} />
    </section>
  );
}
