import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

const ROUTE = "app/api/admin/route.ts";

const verdict = (body: string, helper = ""): Verdict =>
  verdictOf(
    {
      ...CLIENTS,
      [ROUTE]: `import { createHash, timingSafeEqual } from "node:crypto";
import { Ratelimit } from "@upstash/ratelimit";
import { auth } from "@clerk/nextjs/server";
import { cookies } from "next/headers";
import { z } from "zod";
import { redis } from "@/lib/clients";

const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "1 m") });
const md5 = (text) => createHash("md5").update(text).digest("hex");
function sign(body, passphrase) {
  let text = \`id=\${body.id}\`;
  if (passphrase) text += \`&passphrase=\${encodeURIComponent(passphrase)}\`;
  return md5(text);
}
${helper}
export async function POST(request: Request) {
  ${body}
  await redis.lpush("notes", "new");
  return Response.json({ ok: true });
}
`,
    },
    ROUTE,
  );

const REFUSE = "return new Response(null, { status: 401 });";
const LIMIT = `const { success } = await ratelimit.limit("admin");\n  if (!success) return new Response(null, { status: 429 });\n  `;
const TYPED = "const { password } = await request.json();\n  ";
const SIGNED = "const body = await request.json();\n  ";
const HELPER = "const isRight = (typed: string): boolean => typed === process.env.ADMIN_PASSWORD;\n";

/** A person types it, so that it can be guessed by who may try often. */
describe("a password of the environment", () => {
  it.each([
    ["in the body", `${TYPED}if (password !== process.env.ADMIN_PASSWORD) ${REFUSE}`],
    ["in a form", `const form = await request.formData();\n  if (form.get("password") !== process.env.SITE_PASSWORD) ${REFUSE}`],
    ["in the query", `if (new URL(request.url).searchParams.get("pw") !== process.env.ADMIN_PASSWORD) ${REFUSE}`],
    ["in a variable", `const body = await request.json();\n  const expected = process.env.ADMIN_PASSWORD;\n  if (!expected || body.password !== expected) ${REFUSE}`],
    ["beside a name", `const body = await request.json();\n  if (body.name !== process.env.ADMIN_NAME || body.password !== process.env.ADMIN_PASSWORD) ${REFUSE}`],
    ["a PIN", `const { pin } = await request.json();\n  if (pin !== process.env.ACCESS_PIN) ${REFUSE}`],
    ["in the same time for all", `${TYPED}if (!timingSafeEqual(Buffer.from(password), Buffer.from(process.env.ADMIN_PASSWORD!))) ${REFUSE}`],
    ["checked by a schema for its kind", `const { password } = z.object({ password: z.string() }).parse(await request.json());\n  if (password !== process.env.ADMIN_PASSWORD) ${REFUSE}`],
    ["a passphrase", `const { passphrase } = await request.json();\n  if (passphrase !== process.env.SITE_PASSPHRASE) ${REFUSE}`],
    ["a hash of it", `const { passphrase } = await request.json();\n  if (md5(passphrase) !== md5(process.env.SITE_PASSPHRASE)) ${REFUSE}`],
    ["a hash of it, with salt that is sent", `const { salt, password } = await request.json();\n  if (md5(salt + password) !== md5(salt + process.env.ADMIN_PASSWORD)) ${REFUSE}`],
    ["a signature whose passphrase everybody may read", `${SIGNED}if (body.signature !== sign(body, process.env.NEXT_PUBLIC_PASSPHRASE)) ${REFUSE}`],
    ["a hash of the message alone", `${SIGNED}if (body.signature !== md5(body.id)) ${REFUSE}`],
    ["what follows is for those who know it", `${TYPED}if (password === process.env.ADMIN_PASSWORD) {\n    (await cookies()).set("admin", "yes");\n    return Response.json({});\n  }\n  ${REFUSE}`],
  ])("%s", (_, body) => {
    expect(verdict(body)).toBe("anyone");
  });

  it("compared in a helper", () => {
    expect(verdict(`${TYPED}if (!isRight(password)) ${REFUSE}`, HELPER)).toBe("anyone");
  });

  it("compared in a helper, behind a limiter: nobody", () => {
    expect(verdict(`${LIMIT}${TYPED}if (!isRight(password)) ${REFUSE}`, HELPER)).toBe("nobody");
  });

  it.each([
    ["behind a limiter", `${LIMIT}${TYPED}if (password !== process.env.ADMIN_PASSWORD) ${REFUSE}`],
    ["a secret of a machine, in the body", `const { secret } = await request.json();\n  if (secret !== process.env.REVALIDATE_SECRET) ${REFUSE}`],
    ["a key", `const { key } = await request.json();\n  if (key !== process.env.API_KEY) ${REFUSE}`],
    ["a machine's, called a password", `${TYPED}if (password !== process.env.WEBHOOK_PASSWORD) ${REFUSE}`],
    ["in a header, which programs send", `if (request.headers.get("authorization") !== \`Bearer \${process.env.ADMIN_PASSWORD}\`) ${REFUSE}`],
    ["a signature that is made with a passphrase", `${SIGNED}if (body.signature !== sign(body, process.env.PAYMENT_PASSPHRASE)) return new Response(null, { status: 400 });`],
    ["the same, written out", `${SIGNED}const expected = createHash("md5").update(\`\${body.id}&passphrase=\${process.env.PAYMENT_PASSPHRASE}\`).digest("hex");\n  if (expected !== body.signature) ${REFUSE}`],
    ["a passphrase in a header", `if (request.headers.get("x-pass") !== process.env.SITE_PASSPHRASE) ${REFUSE}`],
    ["of those who have signed in", `const { userId } = await auth();\n  if (!userId) ${REFUSE}\n  ${TYPED}if (password !== process.env.ADMIN_PASSWORD) ${REFUSE}`],
    ["behind the secret of a machine", `if (request.headers.get("authorization") !== process.env.CRON_SECRET) ${REFUSE}\n  ${TYPED}if (password !== process.env.ADMIN_PASSWORD) ${REFUSE}`],
    ["an account that is locked after a while", `const failed: any = await redis.get("failed");\n  if (failed?.lockedUntil > Date.now()) ${REFUSE}\n  ${TYPED}if (password !== process.env.ADMIN_PASSWORD) ${REFUSE}`],
  ])("%s: nobody", (_, body) => {
    expect(verdict(body)).toBe("nobody");
  });
});
