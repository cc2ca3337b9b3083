import { describe, expect, it } from "vitest";
import { boxKey, connectionString, developmentToken, filler, indexToken, kafkaUsername, qstashToken, redisToken, signingKey } from "../helpers/fake-credentials.ts";
import { mendsOf, reportsIn, type SettingsCase } from "../helpers/lint-settings.ts";

const token = redisToken();
const secret = filler(40);

describe("no-hardcoded-credentials in files of settings", () => {
  it.each<[string, SettingsCase, string[]]>([
    ["a token in a tracked .env", { files: { ".env": `A=1\nUPSTASH_REDIS_REST_TOKEN=${token}\n` } }, [".env:2:26 no-hardcoded-credentials/tracked"]],
    ["in quotes, exported", { files: { ".env": `export UPSTASH_REDIS_REST_TOKEN="${token}"` } }, [".env:1:34 no-hardcoded-credentials/tracked"]],
    ["a read-only one", { files: { ".env": `TOKEN='${redisToken({ access: "read-only" })}'` } }, [".env:1:8 no-hardcoded-credentials/tracked"]],
    ["a token of Vector", { files: { ".env.production": `UPSTASH_VECTOR_REST_TOKEN=${indexToken()}` } }, [".env.production:1:27 no-hardcoded-credentials/tracked"]],
    ["of QStash, with its signing key", { files: { "apps/web/.env": `QSTASH_TOKEN=${qstashToken()}\nQSTASH_CURRENT_SIGNING_KEY=${signingKey()}` } }, ["apps/web/.env:1:14 no-hardcoded-credentials/tracked", "apps/web/.env:2:28 no-hardcoded-credentials/tracked"]],
    ["an address with its password", { files: { ".env": `REDIS_URL=${connectionString()}` } }, [".env:1:11 no-hardcoded-credentials/tracked"]],
    ["a secret without a shape, by its name", { files: { ".env": `UPSTASH_REDIS_REST_TOKEN=${secret}` } }, [".env:1:26 no-hardcoded-credentials/tracked"]],
    ["a password beside a host of Upstash", { files: { ".env": `REDIS_HOST=quick-otter-12345.upstash.io\nREDIS_PASSWORD=${secret}` } }, [".env:2:16 no-hardcoded-credentials/tracked"]],
    ["a Kafka user and password", { files: { ".env": `UPSTASH_KAFKA_REST_USERNAME=${kafkaUsername()}\nUPSTASH_KAFKA_REST_PASSWORD=${secret}` } }, [".env:1:29 no-hardcoded-credentials/tracked", ".env:2:29 no-hardcoded-credentials/tracked"]],
    ["a key of Box", { files: { ".env": `UPSTASH_BOX_API_KEY=${boxKey()}` } }, [".env:1:21 no-hardcoded-credentials/tracked"]],
    ["one in a comment", { files: { ".env": `# UPSTASH_REDIS_REST_TOKEN=${token}\n` } }, [".env:1:28 no-hardcoded-credentials/tracked"]],
    ["one in a line that is no entry", { files: { ".envrc": `dotenv_if_exists\necho ${token}\n` } }, [".envrc:2:6 no-hardcoded-credentials/tracked"]],
    ["one over several lines", { files: { ".env": `A="\n  UPSTASH_REDIS_REST_TOKEN: ${token}\n"` } }, [".env:2:29 no-hardcoded-credentials/tracked"]],
    ["a real token in a sample", { files: { ".env.example": `UPSTASH_REDIS_REST_TOKEN=${token}` } }, [".env.example:1:26 no-hardcoded-credentials/tracked"]],
    ["what git does not keep out", { files: { ".env": `UPSTASH_REDIS_REST_TOKEN=${token}` }, tracked: [] }, [".env:1:26 no-hardcoded-credentials/unignored"]],
    ["a secret of Cloudflare's", { files: { ".dev.vars": `QSTASH_TOKEN=${qstashToken()}` } }, [".dev.vars:1:14 no-hardcoded-credentials/tracked"]],
    ["vercel.json", { files: { "vercel.json": JSON.stringify({ build: { env: { UPSTASH_REDIS_REST_TOKEN: token } } }) } }, ["vercel.json:1:46 no-hardcoded-credentials/tracked"]],
    ["vercel.json, by name", { files: { "vercel.json": `{\n  "env": { "KV_REST_API_TOKEN": "${secret}" } }` } }, ["vercel.json:2:34 no-hardcoded-credentials/tracked"]],
    ["an object named after Upstash", { files: { "app.json": `{ "expo": { "hooks": { "upstash": { "token": "${secret}" } } } }` } }, ["app.json:1:47 no-hardcoded-credentials/tracked"]],
    ["an escaped value", { files: { "vercel.json": `{ "env": { "UPSTASH_X": "\\u0041${token.slice(1)}" } }` } }, ["vercel.json:1:26 no-hardcoded-credentials/tracked"]],
    ["wrangler.jsonc", { files: { "wrangler.jsonc": `{\n  // mine\n  "vars": { "QSTASH_TOKEN": "${qstashToken()}", },\n}` } }, ["wrangler.jsonc:3:30 no-hardcoded-credentials/tracked"]],
    ["wrangler.toml", { files: { "wrangler.toml": `name = "x" # y\n[env.production.vars]\nUPSTASH_REDIS_REST_TOKEN = "${token}"\n` } }, ["wrangler.toml:3:29 no-hardcoded-credentials/tracked"]],
    ["a comment of wrangler.toml", { files: { "wrangler.toml": `name = "x"\n# UPSTASH_REDIS_REST_TOKEN = "${token}"\n` } }, ["wrangler.toml:2:31 no-hardcoded-credentials/tracked"]],
    ["netlify.toml, in a table of its own", { files: { "netlify.toml": `[build]\nenvironment = { UPSTASH_REDIS_REST_TOKEN = '''${token}''' }\n` } }, ["netlify.toml:2:47 no-hardcoded-credentials/tracked"]],
    ["a server of MCP", { files: { ".mcp.json": `{ "mcpServers": { "upstash": { "env": { "UPSTASH_API_KEY": "${secret}" } } } }` } }, [".mcp.json:1:61 no-hardcoded-credentials/tracked"]],
  ])("reports %s", async (_, testCase, expected) => {
    expect(await reportsIn(testCase)).toEqual(expected);
  });

  it.each<[string, SettingsCase]>([
    ["a file that git ignores", { files: { ".gitignore": ".env*\n", ".env": `UPSTASH_REDIS_REST_TOKEN=${token}`, ".env.local": `QSTASH_TOKEN=${qstashToken()}` }, tracked: [".gitignore"] }],
    ["a folder that git ignores", { files: { ".gitignore": ".vercel\n", ".vercel/.env.development.local": `KV_REST_API_TOKEN=${token}` }, tracked: [".gitignore"] }],
    ["empty values", { files: { ".env": 'UPSTASH_REDIS_REST_TOKEN=\nQSTASH_TOKEN=""\nKV_REST_API_TOKEN= # from Vercel\n' } }],
    ["placeholders", { files: { ".env": "UPSTASH_REDIS_REST_TOKEN=your_token_here_1234567\nQSTASH_TOKEN=<token>\nKV_REST_API_TOKEN=xxxxxxxxxxxxxxxxxxxxxxxx1\nUPSTASH_VECTOR_REST_TOKEN=AX...\nUPSTASH_SEARCH_REST_TOKEN=changeme" } }],
    ["a sample without anything real", { files: { ".env.example": `UPSTASH_REDIS_REST_TOKEN=${secret}\nQSTASH_CURRENT_SIGNING_KEY=${signingKey()}`, ".env.local.sample": `KV_REST_API_TOKEN="${secret}"` } }],
    ["what tests use", { files: { ".env.test": `UPSTASH_REDIS_REST_TOKEN=${secret}`, "tests/.env": `UPSTASH_REDIS_REST_TOKEN=${secret}` } }],
    ["references", { files: { ".env": `UPSTASH_REDIS_REST_TOKEN=\${OTHER_TOKEN_12345678}\nQSTASH_TOKEN=$QSTASH_TOKEN_12345678\nKV_REST_API_TOKEN=op://vault/upstash/${filler(8)}\nUPSTASH_VECTOR_REST_TOKEN="encrypted:${filler(60)}"\nUPSTASH_SEARCH_REST_TOKEN=$(op read op://a/b/1)\nUPSTASH_API_KEY=projects/1/secrets/u/versions/${filler(12)}` } }],
    ["secrets of Vercel", { files: { "vercel.json": '{ "env": { "UPSTASH_REDIS_REST_TOKEN": "@upstash-redis-rest-token-1" } }' } }],
    ["names of variables", { files: { "vercel.json": '{ "env": { "UPSTASH_REDIS_REST_TOKEN": "UPSTASH_REDIS_REST_TOKEN_2" } }', "wrangler.toml": 'secrets = ["UPSTASH_REDIS_REST_TOKEN", "QSTASH_TOKEN"]\n' } }],
    ["a server of one's own", { files: { ".env": `UPSTASH_REDIS_REST_URL=http://localhost:8079\nUPSTASH_REDIS_REST_TOKEN=${secret}` } }],
    ["the public values of QStash's development server", { files: { ".env": `QSTASH_URL=http://127.0.0.1:8080\nQSTASH_TOKEN=${developmentToken()}` } }],
    ["addresses, switches and regions", { files: { ".env": "UPSTASH_REDIS_REST_URL=https://quick-otter-12345.upstash.io\nQSTASH_URL=https://qstash-us-east-1.upstash.io\nUPSTASH_DISABLE_TELEMETRY=1" } }],
    ["secrets of others", { files: { ".env": `REDIS_PASSWORD=${secret}\nREDIS_HOST=redis.example.com\nDATABASE_URL=postgres://a:${secret}@db.example.com/x\nUPSTASH_REDIS_REST_URL=https://a.upstash.io\nSTRIPE_API_KEY=${secret}` } }],
    ["another database than the one at Upstash", { files: { ".env": `CACHE_REDIS_HOST=a.upstash.io\nQUEUE_REDIS_HOST=10.0.0.1\nQUEUE_REDIS_PASSWORD=${secret}` } }],
    ["hashes and ids", { files: { "wrangler.toml": `[[kv_namespaces]]\nbinding = "UPSTASH"\nid = "${filler(32)}"\n`, "vercel.json": `{ "upstash": { "id": "${filler(32)}" } }` } }],
    ["questions", { files: { ".env": `HAS_UPSTASH_REDIS_REST_TOKEN=true` } }],
    ["files of other formats with a name like it", { files: { ".env": "A=1", ".env.ts": "export const upstash = 1;", ".env.json": "{", ".env.md": `UPSTASH_REDIS_REST_TOKEN=${token}` } }],
    ["a disabled line", { files: { ".env": `# eslint-disable-next-line upstash/no-hardcoded-credentials -- revoked\nUPSTASH_REDIS_REST_TOKEN=${token}\nQSTASH_TOKEN=${qstashToken()} # eslint-disable-line upstash/no-hardcoded-credentials\n# eslint-disable\nKV_REST_API_TOKEN=${token}\n# eslint-enable\nA=1` } }],
    ["a rule that a comment switches off", { files: { ".env": `# eslint upstash/no-hardcoded-credentials: "off"\nUPSTASH_REDIS_REST_TOKEN=${token}` } }],
  ])("leaves %s alone", async (_, testCase) => {
    expect(await reportsIn(testCase)).toEqual([]);
  });

  it("does not know what git does outside of a repository, and believes the file's name", async () => {
    const { project } = await import("../helpers/project.ts");
    const { reportsOf } = await import("../helpers/lint-settings.ts");
    const root = project({ ".env": `QSTASH_TOKEN=${qstashToken()}`, ".env.local": `QSTASH_TOKEN=${qstashToken()}`, ".env.example": `QSTASH_TOKEN=${qstashToken()}`, "wrangler.toml": `QSTASH_TOKEN = "${qstashToken()}"\n` });
    expect(await reportsOf(root, {})).toEqual([".env.example:1:14 no-hardcoded-credentials/shared", "wrangler.toml:1:17 no-hardcoded-credentials/shared"]);
  });

  it.each<[string, string, string, string[]]>([
    [".env", ".env", `A=1\n  export UPSTASH_REDIS_REST_TOKEN="${token}" # mine\nB=2\n`, ["A=1\n  # A credential: set it where git does not see it.\n  export UPSTASH_REDIS_REST_TOKEN= # mine\nB=2\n"]],
    ["old line ends", ".env", `A=1\r\nQSTASH_TOKEN=${qstashToken()}\r\n`, ["A=1\r\n# A credential: set it where git does not see it.\r\nQSTASH_TOKEN=\r\n"]],
    ["a comment", ".env", `# T=${token}\n`, ["# T=…\n"]],
    ["JSON", "vercel.json", `{\n  "env": {\n    "UPSTASH_REDIS_REST_TOKEN": "${token}"\n  }\n}`, ['{\n  "env": {\n    "UPSTASH_REDIS_REST_TOKEN": ""\n  }\n}']],
    ["JSON with comments", "wrangler.jsonc", `{\n  "vars": {\n    "UPSTASH_REDIS_REST_TOKEN": "${token}"\n  }\n}`, ['{\n  "vars": {\n    // A credential: set it where git does not see it.\n    "UPSTASH_REDIS_REST_TOKEN": ""\n  }\n}']],
    ["TOML", "wrangler.toml", `[vars]\nUPSTASH_REDIS_REST_TOKEN = "${token}"\n`, ['[vars]\n# A credential: set it where git does not see it.\nUPSTASH_REDIS_REST_TOKEN = ""\n']],
    ["TOML in a line", "wrangler.toml", `vars = { UPSTASH_REDIS_REST_TOKEN = "${token}" }\n`, ['vars = { UPSTASH_REDIS_REST_TOKEN = "" }\n']],
    ["a part of a value", "netlify.toml", `command = "UPSTASH_REDIS_REST_TOKEN=${token} next build"\n`, ['command = "UPSTASH_REDIS_REST_TOKEN=… next build"\n']],
  ])("suggests to leave the value out in %s", async (_, file, text, expected) => {
    const mends = await mendsOf(file, { files: { [file]: text } });
    expect(mends.map(({ output }) => output)).toEqual(expected);
    expect(mends.flatMap(({ after }) => after)).toEqual([]);
  });

  it("prints no credential", async () => {
    const { eslintFor } = await import("../helpers/lint-settings.ts");
    const { repository } = await import("../helpers/repository.ts");
    const text = `UPSTASH_REDIS_REST_TOKEN=${token}\nNEXT_PUBLIC_QSTASH_TOKEN=${qstashToken()}\nREDIS_URL=${connectionString({ scheme: "redis" })}\nU=https://a.upstash.io/get/b?_token=${token}\n`;
    const root = repository({ ".env": text }, [".env"]);
    const [result] = await eslintFor(root, { preset: "env-strict" }).lintFiles([".env"]);
    expect(result?.messages.length).toBeGreaterThan(4);
    const told = result?.messages.map(({ message, suggestions = [] }) => [message, ...suggestions.flatMap(({ desc, fix }) => [desc, fix.text])]).join("\n");
    for (const value of [token, qstashToken(), connectionString({ scheme: "redis" })]) expect(told).not.toContain(value.slice(0, 20));
  });
});
