import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { GUARD, LIMITER, open } from "./shared.ts";

const ROUTE = "app/api/contact/route.ts";
const MAIL = `import { Resend } from "resend";\n`;
const CLIENT = `\nconst resend = new Resend(process.env.RESEND_API_KEY);\n`;
const SEND = `  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`;
const LATE = "the limiter that it consults comes after that, or on another path through it";

interface Mailing {
  readonly name: string;
  readonly imports?: string;
  /** What the handler does before it sends mail. */
  readonly before?: string;
  /** What stands instead of the usual last lines. */
  readonly rest?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly known?: true;
  readonly although?: string;
  readonly untyped?: string;
  readonly at?: string;
}

/** A route handler that sends mail to anyone who asks, or to whom it has let through. */
function mailing({ imports = "", before = "", rest = SEND, files = {}, ...said }: Mailing): Parameters<typeof runRule<"costly" | "although" | "known" | "limit", { handlers: "costly" | "all" }>>[2]["invalid"][number] {
  const own = `import { ratelimit } from "@/lib/ratelimit";\n`;
  const head = `\nexport async function POST(request: Request) {\n`;
  return open({
    filename: ROUTE,
    files: { ...LIMITER, ...files },
    code: `${imports}${MAIL}${CLIENT}${head}${before}${rest}`,
    at: "POST",
    title: "POST /api/contact",
    output: `${imports}${MAIL}${imports.includes(own) ? "" : own}${CLIENT}${head}${GUARD}\n${before}${rest}`,
    ...(imports.includes(own) ? { limiter: "`ratelimit`" } : {}),
    ...said,
  });
}

/** A handler that nobody can call as often as they like. */
const passing = ({ name, imports = "", before = "", rest = SEND, files = {} }: Mailing) => ({
  name,
  filename: ROUTE,
  files: { ...LIMITER, ...files },
  code: `${imports}${MAIL}${CLIENT}\nexport async function POST(request: Request) {\n${before}${rest}`,
});

const SESSION = `import { auth } from "@clerk/nextjs/server";\n`;
const SIGNED_IN = `  const { userId } = await auth();
  if (!userId) return new Response("Unauthorized", { status: 401 });
`;
const OWN_LIMITER = `import { ratelimit } from "@/lib/ratelimit";\n`;

/** What the message says: who can call the handler, and what looks like a limit and is none. */
runRule("require-ratelimit", rule, {
  valid: [
    passing({
      name: "a limiting service's 429",
      before: `  const answer = await fetch("https://limits.example.com/check");
  if (answer.status === 429) return new Response("Too many requests", { status: 429 });
`,
    }),
    passing({
      name: "a helper that counts and tells by a status",
      before: `  const status = counted(request.headers.get("x-real-ip") ?? "");
  if (status === 429) return new Response("Too many requests", { status });
`,
      rest: `${SEND}
const hits = new Map<string, number>();

function counted(ip: string): number {
  const count = (hits.get(ip) ?? 0) + 1;
  hits.set(ip, count);
  if (count > 10) return 429;
  return 200;
}
`,
    }),
    passing({
      name: "a helper that counts and throws",
      before: `  try {
    counted(request.headers.get("x-real-ip") ?? "");
  } catch (error) {
    if ((error as { status: number }).status === 429) return new Response("Too many requests", { status: 429 });
    throw error;
  }
`,
      rest: `${SEND}
const hits = new Map<string, number>();

function counted(ip: string): void {
  const count = (hits.get(ip) ?? 0) + 1;
  hits.set(ip, count);
  if (count > 10) throw Object.assign(new Error("Too many requests"), { status: 429 });
}
`,
    }),
    passing({
      name: "a secret that stands in the project is one all the same",
      imports: `import { JOBS_SECRET } from "@/lib/secrets";\n`,
      files: { "lib/secrets.ts": `export const JOBS_SECRET = "not-a-real-one";\n` },
      before: `  if (request.headers.get("x-jobs") !== JOBS_SECRET) return new Response("Unauthorized", { status: 401 });\n`,
    }),
  ],
  invalid: [
    mailing({ name: "strangers are turned away: any signed-in user", imports: SESSION, before: SIGNED_IN, known: true }),
    mailing({ name: "the session is read and nobody is turned away: anyone", imports: SESSION, before: "  const { userId } = await auth();\n  console.log(userId);\n" }),
    mailing({
      name: "strangers are turned away in middleware: any signed-in user",
      files: {
        "middleware.ts": `import { NextResponse, type NextRequest } from "next/server";
import { getToken } from "next-auth/jwt";

export async function middleware(req: NextRequest) {
  const token = await getToken({ req });
  if (!token) return NextResponse.json({}, { status: 401 });
  return NextResponse.next();
}
`,
      },
      known: true,
    }),
    mailing({
      name: "the limiter comes too late, for signed-in users",
      imports: OWN_LIMITER + SESSION,
      before: SIGNED_IN,
      rest: SEND.replace("  return", `  await ratelimit.limit(userId);\n  return`),
      known: true,
      although: LATE,
    }),
    mailing({
      name: "a verifier of signatures that comes too late is no limiter",
      imports: `import { Receiver } from "@upstash/qstash";\n`,
      rest: SEND.replace("  return", `  await new Receiver().verify({ signature: "", body: await request.text() });\n  return`),
    }),
    mailing({
      name: "a secret that is asked for too late is no limiter",
      rest: SEND.replace("  return", `  if (request.headers.get("x-cron") !== process.env.CRON_SECRET) return new Response("Sent", { status: 401 });\n  return`),
    }),
    mailing({
      name: "what only development does is no limiter",
      before: "",
      rest: SEND.replace("  return", `  if (process.env.NODE_ENV === "development") console.log("sent");\n  else return new Response("Sent", { status: 500 });\n  return`),
    }),
    mailing({
      name: "a 429 of the provider that is passed on is no limiter",
      before: `  try {
    await resend.domains.list();
  } catch (error) {
    console.error(told(error as { status: number; message: string }));
  }
`,
      rest: `${SEND}
function told({ status, message }: { status: number; message: string }): string {
  if (status === 429 || message.includes("Too many requests")) return "TOO_MANY";
  return "FAILED";
}
`,
    }),
    mailing({
      name: "a constant named like a cron job's is no secret",
      imports: `import { CRON } from "@/lib/schedule";\n`,
      files: { "lib/schedule.ts": `export const CRON = "0 5 * * *";\n` },
      rest: SEND.replace("  return", `  const schedule = { cron: await request.text() };\n  if (schedule.cron !== CRON) throw new Error("not the schedule");\n  return`),
    }),
    mailing({
      name: "a check of a signature in middleware for other routes is no limiter",
      files: {
        "middleware.ts": `import { verifySignatureEdge } from "@upstash/qstash/nextjs";
import { NextResponse } from "next/server";

export default verifySignatureEdge(async () => NextResponse.next());

export const config = { matcher: "/api/jobs" };
`,
      },
    }),
    mailing({
      name: "a counter kept by hand that comes too late",
      rest: SEND.replace("  return", `  const count = hits.get("all") ?? 0;\n  if (count > 10) return new Response("Too many requests", { status: 429 });\n  return`) + "\nconst hits = new Map<string, number>();\n",
      although: LATE,
    }),
  ],
});
