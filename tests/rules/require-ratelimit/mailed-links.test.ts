import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* The end of a sign-in by mail: the hash of a token in a link, which nobody guesses, and no code that can be tried. */

const ROUTE = "app/auth/confirm/route.ts";

const verdict = (body: string): Verdict =>
  verdictOf(
    {
      ...CLIENTS,
      "lib/supabase.ts": `import { createServerClient } from "@supabase/ssr";
import { cookies } from "next/headers";
export async function client() {
  const store = await cookies();
  return createServerClient(process.env.NEXT_PUBLIC_SUPABASE_URL!, process.env.NEXT_PUBLIC_SUPABASE_ANON_KEY!, { cookies: { getAll: () => store.getAll(), setAll: () => {} } });
}
`,
      [ROUTE]: `import { mail, redis, resend } from "@/lib/clients";
import { client } from "@/lib/supabase";
import { redirect } from "next/navigation";

export async function GET(request: Request) {
  const { searchParams } = new URL(request.url);
  const token_hash = searchParams.get("token_hash")!;
  const type = searchParams.get("type") as "email";
  const email = searchParams.get("email")!;
  const token = searchParams.get("token")!;
  const supabase = await client();
  ${body}
  redirect("/auth/error");
}
`,
    },
    ROUTE,
  );

const verify = (given: string): string => `const { error } = await supabase.auth.verifyOtp(${given});\n  `;
const LINK = verify("{ type, token_hash }");
const REFUSED = 'if (error) redirect("/auth/error");\n  ';
const NOTE = 'await redis.lpush("confirmed", "once");';

describe("a link that was mailed", () => {
  it.each<[string, Verdict, string]>([
    ["ends a sign-in", "nobody", `${LINK}if (!error) redirect("/");`],
    ["by its parts", "nobody", verify('{ type, token_hash, options: { redirectTo: "/" } }')],
    ["whose object has a name", "nobody", `const link = { type, token_hash };\n  ${verify("link")}`],
    ["and what is done for whom it was sent to", "nobody", `${LINK}${REFUSED}${NOTE}`],
    ["and what is done where nothing was wrong", "nobody", `${LINK}if (!error) {\n    ${NOTE}\n    redirect("/");\n  }`],
    ["and a mail to him", "any signed-in caller", `${LINK}${REFUSED}await resend.emails.send(mail);`],
    ["and what is done whatever was answered", "anyone", `${LINK}${NOTE}`],
    ["with a code", "anyone", verify("{ type, email, token }")],
    ["or a code", "anyone", verify("token ? { type, email, token } : { type, token_hash }")],
    ["with whatever else is sent", "anyone", verify("{ type, token_hash, ...(Object.fromEntries(searchParams) as object) }")],
  ])("%s: %s", (_, expected, body) => {
    expect(verdict(body)).toBe(expected);
  });
});
