import rule from "../../src/rules/require-ratelimit-analytics.ts";
import { edited } from "../helpers/limiter-cases.ts";
import { marked } from "../helpers/marks.ts";
import type { ProjectFiles } from "../helpers/project.ts";
import { runRule } from "../helpers/rule-tester.ts";

const PACKAGES = 'import { Ratelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\n\n';
const LIMITER = 'limiter: Ratelimit.slidingWindow(5, "10 s")';
const BASE = `redis: Redis.fromEnv(), ${LIMITER}`;
const made = (options: string, above = ""): string => `${PACKAGES}${above}export const ratelimit = new «Ratelimit»(${options});\n`;

interface Case {
  readonly name: string;
  readonly code: string;
  readonly filename?: string;
  readonly files?: ProjectFiles;
  readonly edits?: readonly (readonly [from: string, to: string])[];
  /** The version that brought the option, where the project asks for an older one. */
  readonly since?: string;
}

const SHARED = { "lib/options.ts": "export const options = { analytics: true };\nexport const quiet = { timeout: 1000 };\nexport const given: object = JSON.parse(process.env.OPTIONS ?? \"{}\");\n" };
const based = ({ name, code, filename, files }: Case): object => ({ name, code: marked(code).code, filename: filename ?? "lib/ratelimit.ts", ...(files ? { files } : {}) });

/** A package that asks for a version of the SDK without analytics. */
const asking = (range: string): ProjectFiles => ({ "package.json": `{ "name": "app", "type": "module", "dependencies": { "@upstash/ratelimit": "${range}" } }` });

const valid: readonly Case[] = [
  { name: "a test with an old SDK", filename: "tests/old.test.ts", files: asking("^0.1.5"), code: made(`{ ${BASE} }`) },
  { name: "on", code: made(`{ ${BASE}, analytics: true }`) },
  { name: "off: a decision", code: made(`{ ${BASE}, analytics: false }`) },
  { name: "as the environment says", code: made(`{ ${BASE}, analytics: process.env.NODE_ENV === "production" }`) },
  { name: "by shorthand", code: made(`{ ${BASE}, analytics }`, "const analytics = true;\n") },
  { name: "by string", code: made(`{ ${BASE}, "analytics": true }`) },
  { name: "by a computed constant", code: made(`{ ${BASE}, [KEY]: true }`, 'const KEY = "analytics";\n') },
  { name: "by a computed key that is not known", code: made(`{ ${BASE}, [process.env.KEY ?? ""]: true }`) },
  { name: "in a variable", code: made("options", `const options = { ${BASE}, analytics: true };\n`) },
  { name: "set later", code: made("options", `const options: { redis: Redis; limiter: ReturnType<typeof Ratelimit.slidingWindow>; analytics?: boolean } = { ${BASE} };\noptions.analytics = true;\n`) },
  { name: "spread", code: made(`{ ${BASE}, ...shared }`, "const shared = { analytics: true };\n") },
  { name: "spread from another module", files: SHARED, code: made(`{ ${BASE}, ...options }`, 'import { options } from "./options";\n') },
  { name: "a spread that is not known", files: SHARED, code: made(`{ ${BASE}, ...given }`, 'import { given } from "./options";\n') },
  { name: "a factory's parameter", code: `${PACKAGES}export const make = (options: ConstructorParameters<typeof Ratelimit>[0]) => new Ratelimit(options);\n` },
  { name: "a factory's parameter, spread", code: `${PACKAGES}export const make = (options: object) => new Ratelimit({ ${BASE}, ...options });\n` },
  { name: "a class that adds it", code: `${PACKAGES}class Limiter extends Ratelimit {\n  constructor() {\n    super({ ${BASE}, analytics: true });\n  }\n}\nexport const ratelimit = new Limiter();\n` },
  { name: "a class of the same name", code: `import type { Redis } from "@upstash/redis";\nclass Ratelimit {\n  constructor(readonly options: { redis?: Redis }) {}\n}\nexport const ratelimit = new Ratelimit({});\n` },
  { name: "a test", filename: "tests/limit.test.ts", code: made(`{ ${BASE} }`) },
  { name: "a script", filename: "scripts/limit.ts", code: made(`{ ${BASE} }`) },
];

const invalid: readonly Case[] = [
  { name: "in one line", code: made(`{ ${BASE} }`), edits: [['"10 s") }', '"10 s"), analytics: true }']] },
  { name: "in lines", code: made(`{\n  redis: Redis.fromEnv(),\n  ${LIMITER},\n}`), edits: [['"10 s"),\n', '"10 s"),\n  analytics: true,\n']] },
  { name: "in lines, without the last comma", code: made(`{\n  redis: Redis.fromEnv(),\n  ${LIMITER}\n}`), edits: [['"10 s")\n', '"10 s"),\n  analytics: true\n']] },
  { name: "with comments", code: made(`{\n  redis: Redis.fromEnv(), // the client\n  ${LIMITER}, // the numbers\n  /* no more */\n}`), edits: [['"10 s"), //', '"10 s"),\n  analytics: true, //']] },
  { name: "other options", code: made(`{ ${BASE}, prefix: "app", timeout: 1000, ephemeralCache: false }`), edits: [["Cache: false", "Cache: false, analytics: true"]] },
  { name: "nothing at all in an object that is spread", code: made(`{ ...base }`, `const base = { ${BASE} };\n`), edits: [["...base", "...base, analytics: true"]] },
  { name: "options in a variable", code: made("options", `const options = { ${BASE} };\n`), edits: [["Ratelimit(options)", "Ratelimit({ ...options, analytics: true })"]] },
  { name: "options of another module", files: SHARED, code: made(`{ ${BASE}, ...quiet }`, 'import { quiet } from "./options";\n'), edits: [["...quiet", "...quiet, analytics: true"]] },
  { name: "only where a condition holds", code: made(`{ ${BASE}, ...(process.env.CI && { timeout: 1 }) }`), edits: [["timeout: 1 })", "timeout: 1 }), analytics: true"]] },
  { name: "in several regions", code: `import { MultiRegionRatelimit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\nexport const a = new «MultiRegionRatelimit»({ redis: [Redis.fromEnv()], limiter: MultiRegionRatelimit.fixedWindow(5, "1 m") });\n`, edits: [['"1 m") }', '"1 m"), analytics: true }']] },
  { name: "by a namespace", code: `import * as upstash from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\nexport const a = new «upstash.Ratelimit»({ redis: Redis.fromEnv(), limiter: upstash.Ratelimit.fixedWindow(5, "1 m") });\n`, edits: [['"1 m") }', '"1 m"), analytics: true }']] },
  { name: "by another name", code: `import { Ratelimit as Limit } from "@upstash/ratelimit";\nimport { Redis } from "@upstash/redis";\nexport const a = new «Limit»({ redis: Redis.fromEnv(), limiter: Limit.fixedWindow(5, "1 m") });\n`, edits: [['"1 m") }', '"1 m"), analytics: true }']] },
  { name: "through the project's barrel", files: { "lib/upstash.ts": 'export { Ratelimit } from "@upstash/ratelimit";\n' }, code: 'import { Ratelimit } from "./upstash";\nimport { Redis } from "@upstash/redis";\nexport const a = new «Ratelimit»({ redis: Redis.fromEnv(), limiter: Ratelimit.fixedWindow(5, "1 m") });\n', edits: [['"1 m") }', '"1 m"), analytics: true }']] },
  { name: "required", filename: "lib/ratelimit.cjs", code: 'const { Ratelimit } = require("@upstash/ratelimit");\nconst { Redis } = require("@upstash/redis");\nmodule.exports = new «Ratelimit»({ redis: Redis.fromEnv(), limiter: Ratelimit.fixedWindow(5, "1 m") });\n', edits: [['"1 m") }', '"1 m"), analytics: true }']] },
  { name: "in a class", code: `${PACKAGES}export class Edge {\n  readonly limiter = new «Ratelimit»({ ${BASE} });\n}\n`, edits: [['"10 s") }', '"10 s"), analytics: true }']] },
  { name: "in a function", code: `${PACKAGES}let held: Ratelimit | undefined;\nexport const get = () => (held ??= new «Ratelimit»({ ${BASE} }));\n`, edits: [['"10 s") }', '"10 s"), analytics: true }']] },
  { name: "an SDK without analytics", since: "0.3", files: asking("^0.1.5"), code: made(`{ ${BASE} }`) },
  { name: "another range without it", since: "0.3", files: asking("0.2.x"), code: made(`{ ${BASE} }`) },
  { name: "a version that has just got it", files: asking("~0.3.2"), code: made(`{ ${BASE} }`), edits: [['"10 s") }', '"10 s"), analytics: true }']] },
  { name: "satisfies", code: made(`{ ${BASE} } satisfies object`), edits: [['"10 s") }', '"10 s"), analytics: true }']] },
];

runRule("require-ratelimit-analytics", rule, {
  valid: valid.map((one) => based(one) as never),
  invalid: invalid.map(({ edits = [], since, ...one }) => {
    const { code, places } = marked(one.code);
    return { ...based(one), errors: places.map((place) => ({ ...(since === undefined ? { messageId: "analytics" } : { messageId: "outdated", data: { since } }), ...place })), output: since === undefined ? edited(code, ...edits) : null } as never;
  }),
});
