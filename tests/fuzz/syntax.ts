import parser from "@typescript-eslint/parser";
import { EXPRESSIONS, isWrappable } from "./mutations.ts";
import { nodesOf } from "./sources.ts";

const BEFORE = `import { Redis } from "@upstash/redis";
import { Ratelimit } from "@upstash/ratelimit";
const redis = Redis.fromEnv();
const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });
`;
const AFTER = `
export async function POST(request) {
  const user = await request.json();
  await redis.set(user.id, { ...user, x, y, foo, a, b });
  await ratelimit.limit(user.email);
  console.log(process.env.UPSTASH_REDIS_REST_TOKEN, redis);
  return Response.json(await redis.get(foo));
}
`;
/** Expressions of a file that are replaced, and by how many others each. */
const MAX_REPLACED = 12;

/**
 * A piece of syntax in the places where rules may meet it: alone, in a module and in a handler that use Upstash, and
 * with its expressions, one after the other, replaced by what rules ask about.
 */
export function surroundings(text: string): string[] {
  const inModule = `${BEFORE}${text}${AFTER}`;
  return [text, inModule, `${BEFORE}export async function GET(request) {\n${text}\nawait redis.set("a", await request.json()); }\n`, ...replacements(text).map((code) => `${BEFORE}${code}${AFTER}`)];
}

function replacements(text: string): string[] {
  try {
    const { ast } = parser.parseForESLint(text, { ecmaFeatures: { jsx: true }, range: true, loc: true });
    return nodesOf(ast)
      .filter((node) => isWrappable(node))
      .slice(0, MAX_REPLACED)
      .map(({ range: [from, to] }, index) => `${text.slice(0, from)}(${EXPRESSIONS[(from + 7 * index) % EXPRESSIONS.length] ?? ""})${text.slice(to)}`);
  } catch {
    return [];
  }
}
