import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * A project's wrappers stand around its handlers, and its checks lie in helpers of helpers: what is asked far down is asked
 * before what comes next further up.
 */

const ROUTE = "app/api/callback/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/wrap.ts": `const withLogger = (handler) => async (request) => {
  try {
    return await handler(request);
  } catch {
    return new Response(null, { status: 500 });
  }
};
export const wrapped = (scope, handler) => withLogger(handler);
`,
  "lib/compare.ts": `import { timingSafeEqual } from "node:crypto";
const ofBuffers = (a, b) => a.length === b.length && timingSafeEqual(a, b);
export const equal = (a, b) => typeof a === "string" && typeof b === "string" && ofBuffers(Buffer.from(a), Buffer.from(b));
`,
  "lib/state.ts": `import { createHmac } from "node:crypto";
import { equal } from "./compare";
const sign = (text) => createHmac("sha256", process.env.AUTH_SECRET ?? "").update(text).digest("base64url");
const parse = (state) => {
  const [text, signature] = state.split(".");
  if (!equal(sign(text), signature)) throw new Error("Invalid signature");
  return JSON.parse(text);
};
export const validate = (state) => {
  try {
    return { success: true, state: parse(state) };
  } catch {
    return { success: false };
  }
};
export const decode = (state) => ({ success: true, state: JSON.parse(state.split(".")[0]) });
`,
  "lib/callback.ts": `import { mail, redis, resend } from "./clients";
import { decode, validate } from "./state";
const stateOf = (request, read) => {
  const found = read(new URL(request.url).searchParams.get("state") ?? "");
  if (!found.success) throw new Error("Invalid state");
  return found.state;
};
const lock = async (code) => redis.set(\`code:\${code}\`, 1, { nx: true, ex: 60 });
const handle = async (request, read) => {
  const state = stateOf(request, read);
  if (!(await lock(state.code))) return new Response("processing");
  return new Response("connected");
};
const enter = async (request, read) => handle(request, read);
const begin = async (request, read) => enter(request, read);
export const checked = (request) => begin(request, validate);
export const unchecked = (request) => begin(request, decode);
export const late = async (request) => {
  await resend.emails.send(mail);
  return begin(request, validate);
};
`,
};

const CASES: readonly (readonly [name: string, verdict: Verdict, helper: string])[] = [
  ["a signature that is compared far down", "nobody", "checked"],
  ["a state that is only taken apart", "anyone", "unchecked"],
  ["a signature that is compared too late", "anyone", "late"],
];

describe("checks far down", () => {
  it.each(CASES)("%s: %s", (_, verdict, helper) => {
    const code = `import { wrapped } from "@/lib/wrap";\nimport { ${helper} } from "@/lib/callback";\nexport const GET = wrapped("callback", async (request) => ${helper}(request));\n`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });

  it("and work far down is seen as well", () => {
    const steps = Array.from({ length: 8 }, (_, at) => `const step${String(at)} = async () => ${at === 0 ? "redis.incr(\"views\")" : `step${String(at - 1)}()`};`).join("\n");
    const code = `import { wrapped } from "@/lib/wrap";\nimport { redis } from "@/lib/clients";\n${steps}\nexport const GET = wrapped("views", async () => Response.json(await step7()));\n`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe("anyone");
  });
});
