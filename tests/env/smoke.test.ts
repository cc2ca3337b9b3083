import { it } from "vitest";
import { ESLint } from "eslint";
import js from "@eslint/js";
import tseslint from "typescript-eslint";
import * as floor from "../eslint-floor/index.ts";
import plugin from "../../src/index.ts";
import { repository } from "../helpers/repository.ts";
import { redisToken, connectionString } from "../helpers/fake-credentials.ts";
it.each([ESLint, floor.ESLint])("smoke", async (E: any) => {
  const t = redisToken();
  const root = repository({
    ".env": `# c ${redisToken({seed: 5})}\nexport UPSTASH_REDIS_REST_TOKEN="${t}"\nREDIS_URL=${connectionString({scheme:"redis"})}\nNEXT_PUBLIC_UPSTASH_REDIS_REST_TOKEN=\${UPSTASH_REDIS_REST_TOKEN}\n# eslint-disable-next-line upstash/no-hardcoded-credentials\nB=${t}\nC=${t} # eslint-disable-line\n`,
    "vercel.json": `{"env": {"UPSTASH_REDIS_REST_TOKEN": "${t}", "X": "@upstash-token"}}`,
    "wrangler.toml": `[vars]\nUPSTASH_REDIS_REST_TOKEN = "${t}"\n`,
    "a.js": "",
  }, [".env", "vercel.json", "wrangler.toml"]);
  const eslint = new E({ cwd: root, overrideConfigFile: true, overrideConfig: [js.configs.recommended, ...tseslint.configs.recommended, ...plugin.configs.env] });
  const r = await eslint.lintFiles(["."]);
  for (const x of r) for (const m of x.messages) console.log(x.filePath.slice(root.length), m.line, m.column, m.endColumn, m.ruleId, m.message.slice(0, 80), m.suggestions?.map((s: any) => s.desc));
});
