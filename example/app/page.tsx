import { connection } from "next/server";
import { joinWaitlist, signUp } from "@/app/actions";
import { ActionForm } from "@/components/action-form";
import { PublicNotes } from "@/components/public-notes";
import { WaitlistCounter } from "@/components/waitlist-counter";
import { redis } from "@/lib/redis";

export default async function HomePage() {
  await connection();
  // ok: a server component, and only a number goes to the browser
  const waiting = await redis.hlen("waitlist");
  return (
    <main>
      <h1>Pebble</h1>
      <WaitlistCounter initial={waiting} />
      <ActionForm action={joinWaitlist} fields={["email"]} label="Join the waitlist" />
      <ActionForm action={signUp} fields={["email", "password"]} label="Sign up with an invitation" />
      <PublicNotes />
    </main>
  );
}
