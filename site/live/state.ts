import { compressToEncodedURIComponent, decompressFromEncodedURIComponent } from "lz-string";
import type { Files, Rules } from "./protocol.ts";

/** What is in an editor, and how it is linted. */
export interface State {
  readonly files: Files;
  /** The file that is shown. */
  readonly active: string;
  readonly rules: Rules;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A block of a rule's page. */
export interface LiveExample extends State {
  readonly kind: "incorrect" | "correct";
}

/** As part of an address, behind the `#`. */
export function encode(state: State): string {
  return `state=${compressToEncodedURIComponent(JSON.stringify(state))}`;
}

/** @returns undefined where the address has no state, or a broken one */
export function decode(hash: string): State | undefined {
  const [, text] = /^#?state=(.+)$/u.exec(hash) ?? [];
  if (text === undefined) return undefined;
  try {
    const found: unknown = JSON.parse(decompressFromEncodedURIComponent(text) || "null");
    return isState(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Whoever made the link may have written anything into it. */
function isState(value: unknown): value is State {
  if (!isObject(value)) return false;
  const { files, active, rules, settings } = value;
  return (
    isObject(files) &&
    Object.values(files).every((text) => typeof text === "string") &&
    typeof active === "string" &&
    Object.hasOwn(files, active) &&
    (rules === "recommended" || rules === "strict" || (isObject(rules) && Object.values(rules).every((options) => Array.isArray(options)))) &&
    isObject(settings)
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What the playground begins with: a route with one mistake in itself, and one that another file shows. */
export const START: State = {
  files: {
    "app/api/users/route.ts": `import { redis } from "@/lib/redis";

export async function POST(request: Request) {
  const { id, email } = await request.json();
  await redis.set(\`user:\${id}\`, { email });
  return Response.json({ id });
}
`,
    "lib/redis.ts": `import { Redis } from "@upstash/redis";

export const redis = Redis.fromEnv();
`,
  },
  active: "app/api/users/route.ts",
  rules: "recommended",
  settings: {},
};
