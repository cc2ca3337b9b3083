import { check, IMPORT, PACKAGES, type Case, type Told } from "./shared.ts";

/** A handler whose limiter stands in a `try`; `«catch»` is what is reported. */
const handler = (body: string, above = IMPORT): string => `${above}
export async function POST(request: Request) {
  const id = request.headers.get("x-real-ip") ?? "anonymous";
  ${body}
  await charge(id);
  return Response.json({ id });
}
`;
const helper = (body: string): string => `import { ratelimit } from "./ratelimit";

export async function isAllowed(id: string) {
  ${body}
}
`;
const open = (name: string, code: string, edits: Told["edits"], more: Partial<Told> = {}): Told => ({ id: "failure", name, code, ...(edits ? { edits } : {}), ...more });
const inHelper = (name: string, body: string, edits: Told["edits"], more: Partial<Told> = {}): Told => open(name, helper(body), edits, { filename: "lib/allowed.ts", ...more });
const fine = (name: string, body: string): Case => ({ name, code: handler(body) });
const fineInHelper = (name: string, body: string): Case => ({ name, filename: "lib/allowed.ts", code: helper(body) });

const CHECK = "const { success } = await ratelimit.limit(id);\n    if (!success) return new Response(null, { status: 429 });";
const REFUSAL = 'return new Response("Try again later", { status: 503 });';
const MIDDLEWARE = (body: string): string => `import { NextResponse, type NextRequest } from "next/server";
import { ratelimit } from "@/lib/ratelimit";

export async function proxy(request: NextRequest) {
  const id = request.headers.get("x-real-ip") ?? "anonymous";
  ${body}
}
`;

check(
  [
    fine("an answer with status 503", `try {\n    ${CHECK}\n  } catch {\n    return new Response(null, { status: 503 });\n  }`),
    fine("thrown again", `try {\n    ${CHECK}\n  } catch (error) {\n    console.error(error);\n    throw error;\n  }`),
    fine("another limiter in its place", `try {\n    ${CHECK}\n  } catch {\n    checkLocalLimit(id);\n  }`),
    fine("not in production", `try {\n    ${CHECK}\n  } catch (error) {\n    if (process.env.NODE_ENV === "production") throw error;\n  }`),
    fine("some errors are sorted out", `try {\n    ${CHECK}\n  } catch (error) {\n    if (error instanceof TypeError) return new Response(null, { status: 503 });\n  }`),
    fine("refused where nothing was set", "let result: { success: boolean } | undefined;\n  try {\n    result = await ratelimit.limit(id);\n  } catch (error) {\n    console.error(error);\n  }\n  if (!result?.success) return new Response(null, { status: 429 });"),
    fine("refused as it stands at first", "let allowed = false;\n  try {\n    allowed = (await ratelimit.limit(id)).success;\n  } catch {}\n  if (!allowed) return new Response(null, { status: 429 });"),
    fine("marked as failed, and refused then", `let failed = false;\n  try {\n    ${CHECK}\n  } catch {\n    failed = true;\n  }\n  if (failed) return new Response(null, { status: 503 });`),
    fine("no catch at all", CHECK),
    fine("a finally alone", `try {\n    ${CHECK}\n  } finally {\n    console.info("asked");\n  }`),
    fine("the work is in the try too", `try {\n    ${CHECK}\n    return Response.json({ id: await charge(id) });\n  } catch {\n    return new Response(null, { status: 500 });\n  }`),
    { name: "nothing but an answer behind it", code: `${IMPORT}export async function POST(request: Request) {\n  try {\n    const id = await request.text();\n    ${CHECK}\n    await charge(id);\n  } catch (error) {\n    console.error(error);\n  }\n  return Response.json({ error: "failed" }, { status: 500 });\n}\n` },
    fine("refused by .catch()", "const { success } = await ratelimit.limit(id).catch(() => ({ success: false }));\n  if (!success) return new Response(null, { status: 429 });"),
    fine("nothing by .catch(), and refused then", "const result = await ratelimit.limit(id).catch(() => null);\n  if (!result?.success) return new Response(null, { status: 429 });"),
    fine("the error of something else", `try {\n    await request.json();\n  } catch {\n    console.warn("no JSON");\n  }\n  ${CHECK}`),
    fineInHelper("a helper that says no", "try {\n    const { success } = await ratelimit.limit(id);\n    return success;\n  } catch {\n    return false;\n  }"),
    fineInHelper("a helper that says that somebody is limited", "try {\n    const { success } = await ratelimit.limit(id);\n    return !success;\n  } catch {\n    return true;\n  }"),
    fineInHelper("a helper with an object that says no", "try {\n    const { success } = await ratelimit.limit(id);\n    return { allowed: success };\n  } catch {\n    return { allowed: false };\n  }"),
    fineInHelper("something that says neither", "try {\n    const { success } = await ratelimit.limit(id);\n    return { state: success ? 1 : 2 };\n  } catch {\n    return { state: 3 };\n  }"),
    { name: "middleware that answers", filename: "proxy.ts", code: MIDDLEWARE(`try {\n    ${CHECK}\n    return NextResponse.next();\n  } catch {\n    return new Response(null, { status: 503 });\n  }`) },
    { name: "a test", filename: "tests/note.test.ts", code: handler(`try {\n    ${CHECK}\n  } catch {}`) },
  ],
  [
    open("an empty catch", handler(`try {\n    ${CHECK}\n  } «catch» {}`), [["catch {}", `catch {\n    ${REFUSAL}\n  }`]]),
    open("only a comment in it", handler(`try {\n    ${CHECK}\n  } «catch» {\n    // Redis is down: go on.\n  }`), [["catch {", `catch {\n    ${REFUSAL}`]]),
    open("a log", handler(`try {\n    ${CHECK}\n  } «catch» (error) {\n    console.error("limiter", error);\n  }`), [['console.error("limiter", error);', `console.error("limiter", error);\n    ${REFUSAL}`]]),
    open("a variable that says yes at first", handler("let allowed = true;\n  try {\n    allowed = (await ratelimit.limit(id)).success;\n  } «catch» {}\n  if (!allowed) return new Response(null, { status: 429 });"), [["catch {}", `catch {\n    ${REFUSAL}\n  }`]]),
    open("a variable that is set to yes", handler("let allowed: boolean;\n  try {\n    allowed = (await ratelimit.limit(id)).success;\n  } «catch» {\n    allowed = true;\n  }\n  if (!allowed) return new Response(null, { status: 429 });"), [["    allowed = true;", `    allowed = true;\n    ${REFUSAL}`]]),
    open("asked only where there is a result", handler("let result: { success: boolean } | undefined;\n  try {\n    result = await ratelimit.limit(id);\n  } «catch» (error) {\n    console.error(error);\n  }\n  if (result && !result.success) return new Response(null, { status: 429 });"), [["console.error(error);", `console.error(error);\n    ${REFUSAL}`]]),
    open("asked whether it is false", handler("let result: { success: boolean } | undefined;\n  try {\n    result = await ratelimit.limit(id);\n  } «catch» {}\n  if (result?.success === false) return new Response(null, { status: 429 });"), [["catch {}", `catch {\n    ${REFUSAL}\n  }`]]),
    open("the work in the clause's own way on", handler("try {\n    const { success } = await ratelimit.limit(id);\n    if (!success) throw new Error('limited');\n  } «catch» {}"), [["catch {}", `catch {\n    ${REFUSAL}\n  }`]]),
    open("success by .catch()", handler("const { success } = await ratelimit.limit(id).catch(() => ({ success: «true» }));\n  if (!success) return new Response(null, { status: 429 });"), [["success: true", "success: false"]]),
    open("nothing by .catch(), asked only where there is something", handler("const result = await ratelimit.limit(id).catch(() => «null»);\n  if (result && !result.success) return new Response(null, { status: 429 });"), [["ratelimit.limit(id).catch(() => null)", "ratelimit.limit(id)"]]),
    open("a limiter of the file itself", handler(`try {\n    const { success } = await limiter.limit(id);\n    if (!success) return new Response(null, { status: 429 });\n  } «catch» {}`, `${PACKAGES}const limiter = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, "10 s") });\n`), [["catch {}", `catch {\n    ${REFUSAL}\n  }`]]),
    inHelper("a helper that says yes", "try {\n    const { success } = await ratelimit.limit(id);\n    return success;\n  } catch {\n    return «true»;\n  }", [["return true", "return false"]]),
    inHelper("a helper that says that nobody is limited", "try {\n    const { success } = await ratelimit.limit(id);\n    return !success;\n  } catch {\n    return «false»;\n  }", [["return false", "return true"]]),
    inHelper("a helper that refuses by false", "try {\n    const { success } = await ratelimit.limit(id);\n    if (!success) return false;\n  } «catch» (error) {\n    console.error(error);\n  }\n  return true;", [["console.error(error);", 'console.error(error);\n    throw new Error("The rate limiter can\'t be reached. Try again later.");']]),
    inHelper("a helper with an object", "try {\n    const { success, remaining } = await ratelimit.limit(id);\n    return { allowed: success, remaining };\n  } catch {\n    return { allowed: «true», remaining: 0 };\n  }", [["allowed: true", "allowed: false"]]),
    inHelper("a helper that tells who is limited", "try {\n    const { success } = await ratelimit.limit(id);\n    return { limited: !success };\n  } catch {\n    return { limited: «false» };\n  }", [["limited: false", "limited: true"]]),
    inHelper("a helper that answers whom it refuses", "try {\n    const { success } = await ratelimit.limit(id);\n    if (!success) return new Response(null, { status: 429 });\n    return null;\n  } catch {\n    return «null»;\n  }", [["catch {\n    return null;", `catch {\n    ${REFUSAL}`]]),
    open("middleware that goes on", MIDDLEWARE(`try {\n    ${CHECK}\n  } «catch» (error) {\n    console.error(error);\n  }\n  return NextResponse.next();`), [["console.error(error);", `console.error(error);\n    ${REFUSAL}`]], { filename: "proxy.ts" }),
    open("middleware that goes on by itself", MIDDLEWARE(`try {\n    ${CHECK}\n    return NextResponse.next();\n  } catch {\n    return «NextResponse.next()»;\n  }`), [["catch {\n    return NextResponse.next();", `catch {\n    ${REFUSAL}`]], { filename: "proxy.ts" }),
    open("Express middleware", 'import type { NextFunction, Request, Response } from "express";\nimport { ratelimit } from "../lib/ratelimit";\n\nexport async function limit(req: Request, res: Response, next: NextFunction) {\n  try {\n    const { success } = await ratelimit.limit(req.ip ?? "anonymous");\n    if (!success) return res.sendStatus(429);\n    return next();\n  } catch (error) {\n    console.error(error);\n    return «next()»;\n  }\n}\n', [["console.error(error);\n    return next();", "console.error(error);\n    res.status(503).end();\n    return;"]], { filename: "src/limit.ts" }),
    open("Hono middleware", 'import { createMiddleware } from "hono/factory";\nimport { ratelimit } from "../lib/ratelimit";\n\nexport const limit = createMiddleware(async (c, next) => {\n  try {\n    const { success } = await ratelimit.limit(c.req.header("cf-connecting-ip") ?? "anonymous");\n    if (!success) return c.text("Too many requests", 429);\n  } «catch» (error) {\n    console.error(error);\n  }\n  await next();\n});\n', [["console.error(error);", 'console.error(error);\n    throw new Error("The rate limiter can\'t be reached. Try again later.");']], { filename: "src/limit.ts" }),
  ],
  true,
);
