import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * A server's secret may come out of a schema that has checked the environment, under a name of any kind.
 */

const ROUTES = "src/routes.ts";
const CODE = `import { Router } from "express";
import { redis } from "../lib/clients";

export const router = Router();
router.post("/notes", async (req, res) => {
  await redis.lpush("notes", req.body.text);
  res.end();
});
`;

const SCHEMA = "const schema = z.object({ shop_url: z.string(), auth_token: z.string() });\n";
const env = (code: string): ProjectFiles => ({ "src/env.ts": `import { z } from "zod";\n\n${SCHEMA}${code}\n` });
const guard = (code: string, head = `import env from "./env";`): ProjectFiles => ({ "src/guard.ts": `${head}\n\nexport function asked(req, res, next) {\n  ${code}\n}\n` });
const BEARER = (secret: string): string => `if (req.headers.authorization) {
    const [kind, sent] = req.headers.authorization.split(" ");
    if (kind === "Bearer" && sent === ${secret}) return next();
  }
  res.status(401).json({ error: "Unauthorized" });`;
const REFUSES = (test: string): string => `if (${test}) return res.status(401).end();\n  next();`;

const APP: ProjectFiles = {
  ...CLIENTS,
  "package.json": JSON.stringify({ name: "server", dependencies: { express: "^5.1.0", zod: "^4.0.17" } }),
  "src/index.ts": `import express from "express";
import { router } from "./routes";
import { asked } from "./guard";

const app = express();
app.use(asked);
app.use("/api", router);
app.listen(3000);
`,
  ...env("export default schema.parse(process.env);"),
};

const PASSES_ON: ProjectFiles = guard("next();");
/** The same in the handler itself. */
const asked = (test: string): string => CODE.replace("async (req, res) => {", `async (req, res) => {\n  if (${test}) return res.status(401).end();`).replace("\n\nexport", `\nimport env from "./env";\n\nexport`);

type Case = readonly [name: string, verdict: Verdict, files: ProjectFiles, code?: string];

const CASES: readonly Case[] = [
  ["a secret of the environment", "nobody", guard(BEARER("process.env.AUTH_TOKEN"))],
  ["a secret of the environment in small letters", "nobody", guard(BEARER("process.env.auth_token"))],
  ["a secret of a schema's", "nobody", guard(BEARER("env.auth_token"))],
  ["a secret of a schema's, as a whole header", "nobody", guard(REFUSES("req.headers.authorization !== `Bearer ${env.auth_token}`"))],
  ["a secret of a schema's, taken apart", "nobody", guard(`const { auth_token } = env;\n  ${BEARER("auth_token")}`)],
  ["a secret of an export with a name", "nobody", { ...env("export const env = schema.parse(process.env);"), ...guard(BEARER("env.authToken"), `import { env } from "./env";`) }],
  ["a secret of what passed", "nobody", { ...env("const checked = schema.safeParse(process.env);\nif (!checked.success) throw new Error(\"env\");\nexport const env = checked.data;"), ...guard(BEARER("env.auth_token"), `import { env } from "./env";`) }],
  ["a secret of valibot's", "nobody", { "src/env.ts": `import * as v from "valibot";\n\nexport default v.parse(v.object({ auth_token: v.string() }), process.env);\n`, ...guard(BEARER("env.auth_token")) }],
  ["a secret of the same file's schema", "nobody", guard(BEARER("env.auth_token"), `import { z } from "zod";\n\n${SCHEMA}const env = schema.parse(process.env);`)],
  ["no secret of a schema's", "anyone", guard(BEARER("env.shop_url"))],
  ["a public key of a schema's", "anyone", guard(BEARER("env.publishable_key"))],
  ["the caller's own", "anyone", guard(`const given = schema.parse(req.body);\n  ${BEARER("given.auth_token")}`, `import { z } from "zod";\n\n${SCHEMA}`)],
  ["what the caller sends, beside the environment", "anyone", guard(`const given = schema.parse({ ...process.env, ...req.body });\n  ${BEARER("given.auth_token")}`, `import { z } from "zod";\n\n${SCHEMA}`)],
  ["a list that is written down", "anyone", { ...env("export default schema.parse({ shop_url: \"https://shop.example\", auth_token: \"open\" });"), ...guard(BEARER("env.auth_token")) }],
  ["whether it is set", "anyone", guard(`if (!env.auth_token) return res.status(401).end();\n  next();`)],
  ["how long it is", "anyone", guard(REFUSES("req.headers.authorization?.length !== env.auth_token.length"))],
  ["a client that is made of it", "anyone", { ...env("export default createClient(schema.parse(process.env));"), ...guard(BEARER("env.auth_token")) }],
  ["a secret, in the handler", "nobody", PASSES_ON, asked("req.headers.authorization !== env.auth_token")],
  ["a password that is typed", "anyone", PASSES_ON, asked("req.body.password !== env.admin_password")],
  ["whether it has passed", "anyone", { ...env("export default schema.safeParse(process.env);"), ...guard(REFUSES("req.headers.authorization !== env.auth_token")) }],
  ["what another check makes of it", "anyone", { ...env("export default describe(schema.parse(process.env));"), ...guard(BEARER("env.auth_token")) }],
  ["a secret that is handed to a helper", "nobody", { ...guard(REFUSES("!isSame(req.headers.authorization, env.auth_token)"), `import env from "./env";\nimport { isSame } from "./same";`), "src/same.ts": "export const isSame = (one, other) => one === other;\n" }],
  ["what the caller sends, handed to such a helper", "anyone", { ...guard(REFUSES("!isSame(req.headers.authorization, req.body.auth_token)"), `import env from "./env";\nimport { isSame } from "./same";`), "src/same.ts": "export const isSame = (one, other) => one === other;\n" }],
  ["a secret that whoever sends nothing passes by", "anyone", PASSES_ON, asked("req.headers.authorization && req.headers.authorization !== env.auth_token")],
];

describe("a middleware that asks for", () => {
  it.each(CASES.map(([name, verdict, files, code = CODE]) => [name, verdict, files, code] as const))("%s: %s", (_, verdict, files, code) => {
    expect(verdictOf({ ...APP, ...files, [ROUTES]: code }, ROUTES)).toBe(verdict);
  });
});
