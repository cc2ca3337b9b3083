import { expect, it } from "vitest";
import dangerous from "../../src/rules/no-dangerous-commands.ts";
import leak from "../../src/rules/no-error-leak.ts";
import fromEnv from "../../src/rules/prefer-from-env.ts";
import readOnly from "../../src/rules/prefer-read-only-token.ts";
import { lintMessages } from "../helpers/lint-messages.ts";

/*
 * Route modules of React Router: frameworks take `loader` and `action`, and what only these need, out of what browsers
 * get. Rules about servers look at them, and not at modules that are all for browsers.
 */

const REDIS = 'import { Redis } from "@upstash/redis";\n';
const PACKAGE = { "package.json": JSON.stringify({ name: "app", dependencies: { "@react-router/dev": "^7.0.0", react: "^19.0.0" } }) };
const PAGE = "export default function Page() {\n  return null;\n}\n";
const OPTIONS = "{ url: process.env.UPSTASH_REDIS_REST_URL!, token: process.env.UPSTASH_REDIS_REST_TOKEN! }";

const LEAK = `${REDIS}const redis = Redis.fromEnv();
export async function action() {
  try {
    await redis.set("a", 1);
    return new Response("ok");
  } catch (error) {
    return Response.json({ error: (error as Error).message });
  }
}
${PAGE}`;

it.each([
  ["no-error-leak", leak, LEAK],
  ["prefer-from-env", fromEnv, `${REDIS}const redis = new Redis(${OPTIONS});\nexport const loader = () => redis.get("a");\n${PAGE}`],
  ["prefer-read-only-token", readOnly, `${REDIS}const redis = Redis.fromEnv();\nexport async function loader() {\n  return await redis.get("a");\n}\n${PAGE}`],
  ["no-dangerous-commands", dangerous, `${REDIS}const redis = Redis.fromEnv();\nexport const loader = () => redis.flushall();\n${PAGE}`],
] as const)("%s looks at what servers run of a route module", (name, rule, code) => {
  const count = (filename: string, text: string): number => lintMessages(name, rule as typeof leak, { ...PACKAGE, [filename]: text }, filename).length;
  expect(count("app/routes/notes.tsx", code)).toBe(1);
  expect(count("app/components/notes.client.tsx", code)).toBe(0);
});
