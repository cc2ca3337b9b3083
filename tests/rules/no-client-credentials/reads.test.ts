import { check, COMPONENT, env, READ_ONLY, REDIS, TOKEN, USE_CLIENT, type Invalid, type Valid } from "./shared.ts";

const NAME = "UPSTASH_REDIS_REST_TOKEN";

const inBrowser = (name: string, code: string, more: Partial<Valid> = {}): Valid => ({
  name,
  code: `${USE_CLIENT}${code}`,
  filename: COMPONENT,
  ...more,
});

type Expected = Parameters<typeof env>[2];

const told = (name: string, code: string, variable: string, expected: Expected, more: Partial<Valid> = {}): Invalid => {
  const whole = `${USE_CLIENT}${code}`;
  return { name, code: whole, filename: COMPONENT, ...more, errors: [env(whole, variable, expected)] };
};

/** One plain read, and what its suggestion reads instead. */
const PLAIN: Expected = { at: TOKEN, readOnly: { by: `process.env.${READ_ONLY}` } };

const ACTIONS = {
  "app/actions.ts": `"use server";
export async function readToken() {
  return ${TOKEN};
}
export async function readConfig() {
  return { token: ${TOKEN} };
}
`,
};
const CONFIG = {
  "lib/config.ts": `export const upstashToken = ${TOKEN};
export const config = { name: "shop", token: ${TOKEN} };
export const isConfigured = Boolean(${TOKEN});
export const getConfig = () => config;
`,
};
const T3_ENV = {
  "env.ts": `import { createEnv } from "@t3-oss/env-nextjs";
export const env = createEnv({ server: {}, client: {}, runtimeEnv: process.env });
`,
};
const ZOD_ENV = {
  "env.ts": `import { z } from "zod";
export const env = z.object({ ${NAME}: z.string(), NODE_ENV: z.string() }).parse(process.env);
`,
};
const HELPER = { "lib/env.ts": "export function required(name: string) {\n  return process.env[name]!;\n}\n" };

const UNSTYLED = `'use client'

const name = '${NAME}'
export const token = process.env[name]
`;

/** Variables that are read, here and through other modules. */
check({
  valid: [
    inBrowser("an address alone opens nothing", "export const url = process.env.UPSTASH_REDIS_REST_URL;\n"),
    inBrowser("a name that says read-only", "export const token = process.env.NEXT_PUBLIC_UPSTASH_REDIS_REST_READONLY_TOKEN;\n"),
    inBrowser("a name that settings say is read-only", "export const token = process.env.UPSTASH_VIEWER_TOKEN;\n", {
      settings: { readOnlyTokenEnv: ["UPSTASH_VIEWER_TOKEN"] },
    }),
    inBrowser("a public name is the mistake of another rule", `export const token = process.env.NEXT_PUBLIC_${NAME};\n`),
    inBrowser("a public name by the project's own prefix", `export const token = process.env.SHOP_OPEN_${NAME};\n`, {
      settings: { envPrefixes: ["SHOP_OPEN_"] },
    }),
    inBrowser("a name that other services use too", "export const url = process.env.REDIS_URL;\n"),
    inBrowser("a switch", "export const isLocal = process.env.QSTASH_DEV;\n"),
    inBrowser("written, deleted, never read", `${TOKEN} = "";\ndelete ${TOKEN};\n`),
    inBrowser("a type", `export type Token = typeof ${TOKEN};\n`),
    inBrowser("words that a page shows", `export const Help = () => <code>{"${NAME}=…"} process.env.{"${NAME}"}</code>;\n`),
    inBrowser("a property of a form that is called so", `export const tokenOf = (form: Record<string, string>) => form.${NAME};\n`),
    inBrowser("a parameter called process", `export const tokenOf = (process: { env: Record<string, string> }) => ${TOKEN};\n`),
    inBrowser("labels under the names of variables", `import { labels } from "@/lib/labels";\nexport const label = labels.${NAME};\n`, {
      files: { "lib/labels.ts": `export const labels = { ${NAME}: "The token of your database" };\n` },
    }),
    inBrowser("an object of a package that is not known", `import { labels } from "some-labels";\nexport const label = labels.${NAME};\n`),
    inBrowser("another property of an object that holds the token", 'import { config } from "@/lib/config";\nexport const name = config.name;\n', {
      files: CONFIG,
    }),
    inBrowser("whether there is a token, told by another module", 'import { isConfigured } from "@/lib/config";\nexport const on = isConfigured;\n', {
      files: CONFIG,
    }),
    inBrowser("an import that is there for its type", 'import { upstashToken } from "@/lib/config";\nexport type Token = typeof upstashToken;\n', {
      files: CONFIG,
    }),
    inBrowser("import type", 'import type { upstashToken } from "@/lib/config";\nexport type Token = typeof upstashToken;\n', { files: CONFIG }),
    inBrowser("import { type }", 'import { type upstashToken } from "@/lib/config";\nexport type Token = typeof upstashToken;\n', { files: CONFIG }),
    inBrowser("another variable of a validated environment", 'import { env } from "@/env";\nexport const mode = env.NODE_ENV;\n', { files: ZOD_ENV }),
    inBrowser("what a server action answers was not bundled", 'import { readToken } from "@/app/actions";\nexport const load = async () => await readToken();\n', {
      files: ACTIONS,
    }),
    inBrowser("a property of what a server action answers", 'import { readConfig } from "@/app/actions";\nexport const load = async () => {\n  const { token } = await readConfig();\n  return token ?? (await readConfig()).token;\n};\n', {
      files: ACTIONS,
    }),
    inBrowser("a server action through a barrel", 'import { readToken } from "@/app";\nexport const load = () => readToken();\n', {
      files: { ...ACTIONS, "app/index.ts": 'export { readToken } from "./actions";\n' },
    }),
    inBrowser("a helper that reads another variable", 'import { required } from "@/lib/env";\nexport const url = required("NEXT_PUBLIC_SITE_URL");\n', {
      files: HELPER,
    }),
    { name: "a server component", code: `export const token = ${TOKEN};\n`, filename: "app/page.tsx" },
  ],
  invalid: [
    told("the guide's first example", `export const token = ${TOKEN};\n`, NAME, PLAIN),
    told("in the markup", `export const Widget = () => <p data-token={${TOKEN}} />;\n`, NAME, PLAIN),
    told("in a header", `export const load = () => fetch("/set", { headers: { Authorization: \`Bearer \${${TOKEN}}\` } });\n`, NAME, PLAIN),
    told("as the default of a prop", `export const Widget = ({ token = ${TOKEN} }) => <p>{token}</p>;\n`, NAME, PLAIN),
    told("Vercel's integration, behind a prefix of the user's", "export const token = process.env.STORAGE_KV_REST_API_TOKEN;\n", "STORAGE_KV_REST_API_TOKEN", {
      at: "process.env.STORAGE_KV_REST_API_TOKEN",
      readOnly: { name: "NEXT_PUBLIC_STORAGE_KV_REST_API_READ_ONLY_TOKEN", by: "process.env.NEXT_PUBLIC_STORAGE_KV_REST_API_READ_ONLY_TOKEN" },
    }),
    told("the read-only variable that settings name", `export const token = ${TOKEN};\n`, NAME, {
      at: TOKEN,
      readOnly: { name: "NEXT_PUBLIC_VIEWER", by: "process.env.NEXT_PUBLIC_VIEWER" },
    }, { settings: { readOnlyTokenEnv: ["NEXT_PUBLIC_VIEWER"] } }),
    told("QStash: its read-only token reads all messages, and is not offered", "export const token = process.env.QSTASH_TOKEN;\n", "QSTASH_TOKEN", {
      at: "process.env.QSTASH_TOKEN",
    }),
    told("a signing key", "export const key = process.env.QSTASH_CURRENT_SIGNING_KEY;\n", "QSTASH_CURRENT_SIGNING_KEY", {
      at: "process.env.QSTASH_CURRENT_SIGNING_KEY",
    }),
    told("the key of the account", "export const key = process.env.UPSTASH_API_KEY;\n", "UPSTASH_API_KEY", { at: "process.env.UPSTASH_API_KEY" }),
    told("import.meta.env", `export const token = import.meta.env.${NAME};\n`, NAME, {
      at: `import.meta.env.${NAME}`,
      readOnly: { name: `VITE_UPSTASH_REDIS_REST_READ_ONLY_TOKEN`, by: "import.meta.env.VITE_UPSTASH_REDIS_REST_READ_ONLY_TOKEN" },
    }),
    told("Deno.env.get()", `export const token = Deno.env.get("${NAME}");\n`, NAME, {
      at: `Deno.env.get("${NAME}")`,
      readOnly: { by: `Deno.env.get("${READ_ONLY}")` },
    }),
    told("Bun.env", `export const token = Bun.env.${NAME};\n`, NAME, { at: `Bun.env.${NAME}`, readOnly: { by: `Bun.env.${READ_ONLY}` } }),
    told("node:process", `import { env } from "node:process";\nexport const token = env.${NAME};\n`, NAME, {
      at: `env.${NAME}`,
      readOnly: { by: `env.${READ_ONLY}` },
    }),
    told("globalThis.process", `export const token = globalThis.process?.env.${NAME};\n`, NAME, {
      at: `globalThis.process?.env.${NAME}`,
      readOnly: { by: `globalThis.process?.env.${READ_ONLY}` },
    }),
    told("a key put together", 'const PRODUCT = "REDIS";\nexport const token = process.env[`UPSTASH_${PRODUCT}_REST_TOKEN`];\n', NAME, {
      at: "process.env[`UPSTASH_${PRODUCT}_REST_TOKEN`]",
      readOnly: { by: `process.env["${READ_ONLY}"]` },
    }),
    told("nested destructuring", `const { env: { ${NAME}: token } } = process;\nexport { token };\n`, NAME, {
      at: `${NAME}: token`,
      readOnly: { by: `${READ_ONLY}: token` },
    }),
    told("destructuring assignment", `export let token: string | undefined;\n({ ${NAME}: token } = process.env);\n`, NAME, {
      at: `${NAME}: token`,
      readOnly: { by: `${READ_ONLY}: token` },
    }),
    told("the default of a destructured parameter", `export const load = ({ ${NAME}: token } = process.env) => token;\n`, NAME, {
      at: `${NAME}: token`,
      readOnly: { by: `${READ_ONLY}: token` },
    }),
    {
      name: "a file without semicolons, in single quotes",
      code: UNSTYLED,
      filename: COMPONENT,
      errors: [
        env(UNSTYLED, NAME, {
          at: "process.env[name]",
          readOnly: { by: `process.env['${READ_ONLY}']` },
          marker: "'use client'",
          markedBy: "import 'server-only'",
        }),
      ],
    },
    told("a constant of another module", 'import { upstashToken } from "@/lib/config";\nexport const token = upstashToken;\n', NAME, {
      at: "{ «upstashToken» }",
      mayBeReadOnly: true,
    }, { files: CONFIG }),
    told("a property of another module's object", 'import { config } from "@/lib/config";\nexport const token = config.token;\n', NAME, {
      at: "config.token",
      mayBeReadOnly: true,
    }, { files: CONFIG }),
    told("another module's object, destructured", 'import { config } from "@/lib/config";\nconst { token } = config;\nexport { token };\n', NAME, {
      at: "const { «token» }",
      mayBeReadOnly: true,
    }, { files: CONFIG }),
    told("a function of another module that hands it out", 'import { getConfig } from "@/lib/config";\nexport const token = getConfig().token;\n', NAME, {
      at: "getConfig().token",
      mayBeReadOnly: true,
    }, { files: CONFIG }),
    told("handed on to others", 'export { upstashToken } from "@/lib/config";\n', NAME, { at: "{ «upstashToken» }", mayBeReadOnly: true }, { files: CONFIG }),
    told("t3-env", `import { env } from "@/env";\nexport const token = env.${NAME};\n`, NAME, {
      at: `env.${NAME}`,
      mayBeReadOnly: true,
    }, { files: T3_ENV }),
    told("t3-env, destructured", `import { env } from "@/env";\nexport const { ${NAME}: token } = env;\n`, NAME, {
      at: `${NAME}: token`,
      mayBeReadOnly: true,
    }, { files: T3_ENV }),
    told("an environment that a schema has checked", `import { env } from "@/env";\nexport const token = env.${NAME};\n`, NAME, {
      at: `env.${NAME}`,
      mayBeReadOnly: true,
    }, { files: ZOD_ENV }),
    told("a helper that is given the name", `import { required } from "@/lib/env";\nexport const token = required("${NAME}");\n`, NAME, {
      at: `required("${NAME}")`,
      mayBeReadOnly: true,
    }, { files: HELPER }),
    told("a helper of this file that is given the name", `const read = (name: string) => process.env[name];\nexport const token = read("${NAME}");\n`, NAME, {
      at: `read("${NAME}")`,
      mayBeReadOnly: true,
    }),
    told("a read that a client is built from is told once", `${REDIS}export const redis = new Redis({ url: process.env.UPSTASH_REDIS_REST_URL!, token: ${TOKEN}! });\n`, NAME, PLAIN),
    told("a comment beside the directive stays", `// the widget\nexport const token = ${TOKEN}; // the token\n`, NAME, PLAIN),
  ],
});
