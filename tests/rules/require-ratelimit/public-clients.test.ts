import { describe, expect, it } from "vitest";
import { verdictOf, type Verdict } from "./verdicts.ts";

/* What anyone can send to Supabase with what is in each browser is not this route's to limit. */

const ROUTE = "app/api/plans/route.ts";
const URL_AND = "process.env.NEXT_PUBLIC_SUPABASE_URL!";
const ANON = "process.env.NEXT_PUBLIC_SUPABASE_ANON_KEY!";
const READ = 'const { data } = await supabase.from("plans").select("*");\n  return Response.json(data);';
const WRITE = 'await supabase.from("plans").insert(await request.json());\n  return Response.json({});';

type Case = readonly [name: string, verdict: Verdict, client: string, body: string];

const CASES: readonly Case[] = [
  ["a read by the browser's client", "nobody", `createBrowserClient(${URL_AND}, ${ANON})`, READ],
  ["a read with the anonymous key", "nobody", `createClient(${URL_AND}, ${ANON})`, READ],
  ["a write with the anonymous key", "nobody", `createClient(${URL_AND}, ${ANON})`, WRITE],
  ["what is made of the answer", "nobody", `createClient(${URL_AND}, ${ANON})`, 'const { data: plans } = await supabase.from("plans").select();\n  return Response.json(plans?.map((plan) => plan.name));'],
  ["put together step by step", "nobody", `createClient(${URL_AND}, ${ANON})`, 'let query = supabase.from("plans").select();\n  const asked = await request.text();\n  if (asked) query = query.eq("name", asked);\n  const { data } = await query;\n  data?.forEach((plan) => plan.name);\n  return Response.json(data);'],
  ["with options", "nobody", `createClient(${URL_AND}, ${ANON}, { auth: { persistSession: false } })`, READ],
  ["with an empty text where a variable is missing", "nobody", `createClient(process.env.NEXT_PUBLIC_SUPABASE_URL || "", process.env.NEXT_PUBLIC_SUPABASE_ANON_KEY || "")`, READ],
  ["a function of the database", "nobody", `createClient(${URL_AND}, ${ANON})`, 'return Response.json(await supabase.rpc("plans"));'],
  // What looks alike.
  ["the service role", "anyone", `createClient(${URL_AND}, process.env.SUPABASE_SERVICE_ROLE_KEY!)`, READ],
  ["the service role where there is no other key", "anyone", `createClient(${URL_AND}, process.env.NEXT_PUBLIC_SUPABASE_ANON_KEY ?? process.env.SUPABASE_SERVICE_ROLE_KEY!)`, READ],
  ["the service role where it is there", "anyone", `createClient(${URL_AND}, process.env.SUPABASE_SERVICE_ROLE_KEY || ${ANON})`, READ],
  ["the service role in a header", "anyone", `createClient(${URL_AND}, ${ANON}, { global: { headers: { Authorization: \`Bearer \${process.env.SUPABASE_SERVICE_ROLE_KEY}\` } } })`, READ],
  ["an anonymous key that is not public", "anyone", `createClient(${URL_AND}, process.env.SUPABASE_ANON_KEY!)`, READ],
  ["a key that is written down", "anyone", `createClient(${URL_AND}, "sb_key_of_whom")`, READ],
  ["the service role, put together step by step", "anyone", `createClient(${URL_AND}, process.env.SUPABASE_SERVICE_ROLE_KEY!)`, 'let query = supabase.from("plans").select();\n  const asked = await request.text();\n  if (asked) query = query.eq("name", asked);\n  return Response.json(await query);'],
  ["options that are not known", "anyone", `createClient(${URL_AND}, ${ANON}, makeOptions())`, READ],
  ["one of two clients", "anyone", `flag ? createClient(${URL_AND}, ${ANON}) : createClient(${URL_AND}, process.env.SUPABASE_SERVICE_ROLE_KEY!)`, READ],
  ["signing in", "anyone", `createClient(${URL_AND}, ${ANON})`, "return Response.json(await supabase.auth.signInWithPassword(await request.json()));"],
  ["mail beside it", "anyone", `createClient(${URL_AND}, ${ANON})`, `await fetch("https://api.resend.com/emails", { method: "POST" });\n  ${READ}`],
];

describe("a query of Supabase", () => {
  it.each(CASES)("%s: %s", (_, verdict, client, body) => {
    const lib = `import { createBrowserClient } from "@supabase/ssr";\nimport { createClient } from "@supabase/supabase-js";\nexport const supabase = ${client};\n`;
    const code = `import { supabase } from "@/lib/supabase";\nexport async function POST(request: Request) {\n  ${body}\n}\n`;
    expect(verdictOf({ "lib/supabase.ts": lib, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });

  it.each([
    ["makes the client", "return createBrowserClient(URL, KEY);"],
    ["makes the client when it is first asked for", "if (!made) made = createBrowserClient(URL, KEY);\n  return made;"],
  ])("through a function that %s", (_, body) => {
    const lib = `import { createBrowserClient } from "@supabase/ssr";\nlet made = null;\nexport function createClient() {\n  ${body.replace("URL, KEY", `${URL_AND}, ${ANON}`)}\n}\n`;
    const code = `import { createClient } from "@/lib/supabase";\nexport async function GET() {\n  const supabase = createClient();\n  return Response.json(await supabase.from("plans").select());\n}\n`;
    expect(verdictOf({ "lib/supabase.ts": lib, [ROUTE]: code }, ROUTE)).toBe("nobody");
  });
});
