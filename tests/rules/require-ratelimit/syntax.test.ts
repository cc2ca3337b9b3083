import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { syntaxMatrix } from "../../helpers/syntax-matrix.ts";
import { GUARD, LIMITER } from "./shared.ts";

const ROUTE = "app/api/note/route.ts";
const OPEN = "export async function POST(request: Request) {";
/** The file has a limiter of its own, so that a suggestion inserts the check and nothing else. */
const limiterHere = (imports: string, expr: string): string => `import { Ratelimit } from "@upstash/ratelimit";
${imports}

const limiter = new Ratelimit({ redis: {} as never, limiter: Ratelimit.slidingWindow(5, "10 s") });
void limiter;

${OPEN}
  await ${expr}.set("last", await request.text());
  return Response.json({ ok: true });
}
`;

const SEND = `
  await resend.emails.send({ from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" });
  return Response.json({ ok: true });
}
`;
const HEAD = 'import { Resend } from "resend";\n';
const MAIL = "\nconst resend = new Resend(process.env.RESEND_API_KEY);\n\n";
const PACKAGES = 'import { Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\n';
const MADE = 'new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") })';

const UNTRACED = "`.then()` on a dynamic import is not followed yet";
const EXCEPT = {
  "dynamic import in .then()": UNTRACED,
  "dynamic import in .then(), destructured": UNTRACED,
  "own module, dynamic import in .then()": UNTRACED,
};

/** Ways to reach a limiter and to ask it: what stands above the handler, and its first statements. */
const WAYS: readonly (readonly [name: string, above: string, ask: string, files?: Readonly<Record<string, string>>])[] = [
  ["made in the file", `${PACKAGES}const a = ${MADE};`, 'await a.limit("id");'],
  ["made by a namespace import", `import * as U from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\nconst a = new U.Ratelimit({ redis: Redis.fromEnv(), limiter: U.Ratelimit.fixedWindow(1, "1 s") });`, 'await a.limit("id");'],
  ["in several regions", `import { MultiRegionRatelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\nconst a = new MultiRegionRatelimit({ redis: [Redis.fromEnv()], limiter: MultiRegionRatelimit.fixedWindow(1, "1 s") });`, 'await a.limit("id");'],
  ["blockUntilReady()", `${PACKAGES}const a = ${MADE};`, 'await a.blockUntilReady("id", 1000);'],
  ["one of several, by key", `${PACKAGES}const a = { mail: ${MADE} };`, 'await a.mail.limit("id");'],
  ["one of several, by string", `${PACKAGES}const a = { mail: ${MADE} };`, 'await a["mail"].limit("id");'],
  ["null without credentials", `${PACKAGES}const a = process.env.CI ? null : ${MADE};`, 'await a?.limit("id");'],
  ["behind a getter", `${PACKAGES}const a = () => ${MADE};`, 'await a().limit("id");'],
  ["a class field", `${PACKAGES}class Edge { readonly a = ${MADE}; admit() { return this.a.limit("id"); } }\nconst edge = new Edge();`, "await edge.admit();"],
  ["in a condition", `${PACKAGES}const a = ${MADE};`, 'if (!(await a.limit("id")).success) return new Response(null, { status: 403 });'],
  [".then()", `${PACKAGES}const a = ${MADE};`, 'await a.limit("id").then((r) => { if (!r.success) throw new Error("no"); });'],
  ["Promise.all()", `${PACKAGES}const a = ${MADE};`, 'const [r] = await Promise.all([a.limit("id"), 1] as const);\n  if (!r.success) throw new Error("no");'],
  ["inside try", `${PACKAGES}const a = ${MADE};`, 'try { await a.limit("id"); } catch (error) { console.error(error); }'],
  ["inside switch", `${PACKAGES}const a = ${MADE};`, 'switch (process.env.PLAN) { case "free": await a.limit("id"); break; default: await a.limit("other"); }'],
  ["imported", 'import { ratelimit } from "@/lib/ratelimit";', 'await ratelimit.limit("id");', LIMITER],
  ["imported under another name", 'import { ratelimit as a } from "@/lib/ratelimit";', 'await a.limit("id");', LIMITER],
  ["imported as a namespace", 'import * as a from "@/lib/ratelimit";', 'await a.ratelimit.limit("id");', LIMITER],
  ["imported dynamically", "", 'const { ratelimit: a } = await import("@/lib/ratelimit");\n  await a.limit("id");', LIMITER],
  ["through a barrel", 'import { a } from "@/lib";', 'await a.limit("id");', { ...LIMITER, "lib/index.ts": 'export { ratelimit as a } from "./ratelimit";\n' }],
  ["a default export", 'import a from "@/lib/a";', 'await a.limit("id");', { "lib/a.ts": `${PACKAGES}export default ${MADE};\n` }],
  ["a helper given the limiter", `${PACKAGES}const a = ${MADE};\nasync function ask(given: Ratelimit) { return given.limit("id"); }`, "await ask(a);"],
];

runRule("require-ratelimit", rule, {
  valid: WAYS.map(([name, above, ask, files]) => ({
    name,
    filename: ROUTE,
    code: `${HEAD}${above}${MAIL}${OPEN}\n  void request;\n  ${ask}${SEND}`,
    ...(files === undefined ? {} : { files }),
  })),
  invalid: syntaxMatrix.client(limiterHere, { except: EXCEPT }).map((form) => {
    const line = form.code.slice(0, form.code.indexOf(OPEN)).split("\n").length;
    return {
      ...form,
      filename: ROUTE,
      errors: [
        {
          messageId: "costly" as const,
          data: { title: "POST /api/note", work: "writes to Redis (`set`)", file: "" },
          line,
          column: 23,
          endLine: line,
          endColumn: 27,
          suggestions: [
            { messageId: "limit" as const, data: { limiter: "`limiter`" }, output: form.code.replace(OPEN, `${OPEN}\n${GUARD.replace("ratelimit", "limiter")}`) },
          ],
        },
      ],
    };
  }),
});
