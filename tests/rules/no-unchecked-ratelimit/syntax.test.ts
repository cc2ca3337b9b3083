import { check, refusal } from "./shared.ts";

const PACKAGES = 'import { Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\n';
const MADE = 'new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") })';

/** Ways to reach a limiter: what stands above the handler, and the callee. */
const WAYS: readonly (readonly [name: string, above: string, callee: string, files?: Readonly<Record<string, string>>])[] = [
  ["made in the file", `${PACKAGES}const a = ${MADE};`, "a.limit"],
  ["by a namespace import", `import * as U from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\nconst a = new U.Ratelimit({ redis: Redis.fromEnv(), limiter: U.Ratelimit.fixedWindow(1, "1 s") });`, "a.limit"],
  ["by a renamed import", `import { Ratelimit as R } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\nconst a = new R({ redis: Redis.fromEnv(), limiter: R.fixedWindow(1, "1 s") });`, "a.limit"],
  ["in several regions", `import { MultiRegionRatelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\nconst a = new MultiRegionRatelimit({ redis: [Redis.fromEnv()], limiter: MultiRegionRatelimit.fixedWindow(1, "1 s") });`, "a.limit"],
  ["as", `${PACKAGES}const a = ${MADE};`, "(a as Ratelimit).limit"],
  ["satisfies", `${PACKAGES}const a = ${MADE} satisfies Ratelimit;`, "a.limit"],
  ["non-null", `${PACKAGES}const a = process.env.CI ? null : ${MADE};`, "a!.limit"],
  ["by string", `${PACKAGES}const a = ${MADE};`, 'a["limit"]'],
  ["one of several", `${PACKAGES}const a = { mail: ${MADE}, chat: ${MADE} };`, "a.mail.limit"],
  ["one of several by a key that is not known", `${PACKAGES}const a = { mail: ${MADE}, chat: ${MADE} };\nconst key = (process.env.KIND ?? "mail") as keyof typeof a;`, "a[key].limit"],
  ["behind a getter", `${PACKAGES}const a = () => ${MADE};`, "a().limit"],
  ["a lazy singleton", `${PACKAGES}let held: Ratelimit | undefined;\nconst a = () => (held ??= ${MADE});`, "a().limit"],
  ["a factory with arguments", `${PACKAGES}const make = (tokens: number) => new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.fixedWindow(tokens, "1 m") });\nconst a = make(5);`, "a.limit"],
  ["a class field", `${PACKAGES}class Edge { readonly a = ${MADE}; }\nconst edge = new Edge();`, "edge.a.limit"],
  ["a method taken out", `${PACKAGES}const { limit } = ${MADE};`, "limit"],
  ["a declared type", `import type { Ratelimit } from "@upstash/ratelimit";\nconst a = (globalThis as unknown as { held: Ratelimit }).held as Ratelimit;`, "a.limit"],
  ["imported", 'import { ratelimit as a } from "@/lib/ratelimit";', "a.limit"],
  ["imported as a namespace", 'import * as a from "@/lib/ratelimit";', "a.ratelimit.limit"],
  ["through a barrel", 'import { a } from "@/lib";', "a.limit", { "lib/index.ts": 'export { ratelimit as a } from "./ratelimit";\n' }],
  ["a default export", 'import a from "@/lib/a";', "a.limit", { "lib/a.ts": `${PACKAGES}export default ${MADE};\n` }],
];

check(
  [],
  WAYS.map(([name, above, callee, files]) => ({
    name,
    id: "unused" as const,
    call: `${callee}()`,
    code: `${above}\n\nexport async function POST() {\n  await «${callee}»("id");\n  return new Response();\n}\n`,
    edits: [[`await ${callee}("id");`, `const rate = await ${callee}("id");\n${refusal("rate")}`]],
    ...(files ? { files } : {}),
  })),
);
