import { describe, expect, it } from "vitest";
import { verdictOf } from "./verdicts.ts";

/* Who gets past a middleware, by what it does to those whose token is wrong or missing. */

const verdict = (imports: string, body: string): string =>
  verdictOf(
    {
      "src/app.ts": `${imports}
import { PrismaClient } from "@prisma/client";
const db = new PrismaClient();
${body}
`,
    },
    "src/app.ts",
  );

describe("Express", () => {
  const behind = (middleware: string): string =>
    verdict(
      `import express from "express";
import jwt from "jsonwebtoken";
import admin from "firebase-admin";
import passport from "passport";`,
      `const app = express();
const check = (req, res, next) => {
  ${middleware}
};
app.post("/notes", check, async (req, res) => {
  await db.note.create({ data: { text: req.body.text } });
  res.end();
});`,
    );

  it.each([
    ["a callback that is told what is wrong", "jwt.verify(req.cookies.token, process.env.JWT_SECRET, (err, user) => {\n    if (err) return res.sendStatus(403);\n    req.user = user;\n    next();\n  });"],
    ["a callback that is told who it is", "jwt.verify(req.cookies.token, process.env.JWT_SECRET, {}, (_, user) => {\n    if (!user) return res.sendStatus(403);\n    next();\n  });"],
    ["what follows a promise that has not been rejected", 'admin.auth().verifyIdToken(req.headers.authorization ?? "").then((claims) => {\n    req.user = claims;\n    next();\n  }).catch(() => res.status(401).end());'],
    ["the branch of those who are known", "if (req.session.userId) next();\n  else res.status(401).end();"],
    ["a branch that ends with it", 'if (req.isAuthenticated()) return next();\n  res.redirect("/login");'],
    ["the other branch", "if (!req.user) {\n    res.status(401).end();\n  } else {\n    next();\n  }"],
    ["what a library has made, called by hand", 'passport.authenticate("jwt", { session: false })(req, res, next);'],
    ["a library's own callback", 'passport.authenticate("jwt", (err, user) => {\n    if (err || !user) return res.status(401).end();\n    next();\n  })(req, res, next);'],
  ])("%s", (_name, middleware) => {
    expect(behind(middleware)).toBe("nobody");
  });

  it.each([
    ["a callback that looks at nothing", "jwt.verify(req.cookies.token, process.env.JWT_SECRET, (err, user) => {\n    req.user = user;\n    next();\n  });"],
    ["a callback that goes on all the same", "jwt.verify(req.cookies.token, process.env.JWT_SECRET, (err, user) => {\n    if (!err) req.user = user;\n    next();\n  });"],
    ["a token that may be left out", "const { token } = req.cookies;\n  if (!token) return next();\n  jwt.verify(token, process.env.JWT_SECRET, (err) => {\n    if (err) return res.sendStatus(403);\n    next();\n  });"],
    ["a rejected promise that goes on", 'admin.auth().verifyIdToken(req.headers.authorization ?? "").then((claims) => {\n    req.user = claims;\n    next();\n  }).catch(() => next());'],
    ["an answer that a return is missing behind", "if (!req.user) res.status(401).end();\n  next();"],
    ["a header that is read as Hono reads what it keeps", 'if (!req.get("user")) return res.status(401).end();\n  next();'],
    ["strangers who go on first", "if (!req.user) return next();\n  req.note = req.user.note;\n  next();"],
    ["a token that is only taken apart", "const user = jwt.decode(req.cookies.token);\n  req.user = user;\n  next();"],
  ])("but not %s", (_name, middleware) => {
    expect(behind(middleware)).toBe("anyone");
  });
});

describe("Fastify", () => {
  const behind = (set: string, route = ""): string =>
    verdict(
      'import Fastify from "fastify";\nimport jwt from "@fastify/jwt";',
      `const app = Fastify();
app.register(jwt, { secret: process.env.JWT_SECRET });
${set}
app.post("/notes", ${route}async (request, reply) => {
  ${route === "" ? "" : "// behind a hook of its own"}
  await db.note.create({ data: { text: request.body.text } });
  return {};
});`,
    );
  const hook = (body: string): string => `app.addHook("onRequest", async (request, reply) => {\n  ${body}\n});`;

  it.each([
    ["a check that rejects", hook("await request.jwtVerify();")],
    ["a check that is caught, and answered", hook("try {\n    await request.jwtVerify();\n  } catch (error) {\n    return reply.code(401).send(error);\n  }")],
    ["an answer without a return, which ends a hook", hook("try {\n    await request.jwtVerify();\n  } catch (error) {\n    reply.send(error);\n  }")],
    ["a secret, and an answer without a return", hook('if (request.headers["x-api-key"] !== process.env.API_KEY) {\n    reply.code(401).send({});\n  }')],
  ])("%s", (_name, set) => {
    expect(behind(set)).toBe("nobody");
  });

  it("a route's own hook", () => {
    const set = "const check = async (request, reply) => {\n  try {\n    await request.jwtVerify();\n  } catch (error) {\n    reply.code(401).send(error);\n  }\n};";
    expect(behind(set, "{ preHandler: check }, ")).toBe("nobody");
  });

  it.each([
    ["a check that is caught, and forgotten", hook("try {\n    await request.jwtVerify();\n  } catch (error) {\n    request.log.info(error);\n  }")],
    ["a check that nobody waits for", hook("request.jwtVerify();")],
  ])("but not %s", (_name, set) => {
    expect(behind(set)).toBe("anyone");
  });

  it("but not an answer without a return in the handler itself", () => {
    const app = `const app = Fastify();
app.post("/notes", async (request, reply) => {
  try {
    await request.jwtVerify();
  } catch (error) {
    reply.code(401).send(error);
  }
  await db.note.create({ data: { text: request.body.text } });
});`;
    expect(verdict('import Fastify from "fastify";', app)).toBe("anyone");
  });
});

describe("Hono", () => {
  const behind = (set: string, body = ""): string =>
    verdict(
      `import { Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { jwk } from "hono/jwk";
import { jwt } from "hono/jwt";
import { cors } from "hono/cors";
import { betterAuth } from "better-auth";
const auth = betterAuth({});`,
      `const app = new Hono();
app.use("*", ${set});
app.post("/notes", async (c) => {
  ${body}
  await db.note.create({ data: await c.req.json() });
  return c.json({});
});`,
    );
  const SESSION = `async (c, next) => {
  const session = await auth.api.getSession({ headers: c.req.raw.headers });
  if (!session) {
    c.set("user", null);
    return next();
  }
  c.set("user", session.user);
  return next();
}`;

  it.each([
    ["a password", 'basicAuth({ username: "me", password: process.env.PASSWORD })'],
    ["keys of an issuer", 'jwk({ jwks_uri: "https://auth.example.com/keys" })'],
    ["what a library has made, called by hand", '(c, next) => jwt({ secret: process.env.JWT_SECRET, alg: "HS256" })(c, next)'],
    ["the same, by a name", 'async (c, next) => {\n  const check = jwt({ secret: process.env.JWT_SECRET, alg: "HS256" });\n  return check(c, next);\n}'],
  ])("%s", (_name, set) => {
    expect(behind(set)).toBe("nobody");
  });

  it.each([
    ["a session", 'if (!c.get("user")) return c.body(null, 401);'],
    ["a session of the context's variables", "if (!c.var.user) return c.body(null, 401);"],
    ["a role of a token", 'const { role } = c.get("jwtPayload");\n  if (role !== "admin") return c.json({}, 403);'],
  ])("%s that is kept by name", (_name, body) => {
    expect(behind(SESSION, body)).toBe("nobody");
  });

  it.each([
    ["a session that nobody asks for", SESSION, ""],
    ["something else that is kept", SESSION, 'if (!c.get("language")) return c.json({}, 400);'],
    ["what the caller sends under that name", SESSION, 'if (!c.req.query("user")) return c.json({}, 400);'],
    ["a library that checks nobody", "(c, next) => cors()(c, next)", ""],
    ["another way past it", 'async (c, next) => {\n  if (c.req.header("x-skip")) return next();\n  return jwt({ secret: process.env.JWT_SECRET, alg: "HS256" })(c, next);\n}', ""],
  ])("but not %s", (_name, set, body) => {
    expect(behind(set, body)).toBe("anyone");
  });
});

describe("Koa", () => {
  const behind = (caught: string): string =>
    verdict(
      'import Router from "@koa/router";\nimport { verify } from "jsonwebtoken";',
      `const router = new Router();
router.post("/notes", async (ctx, next) => {
  try {
    ctx.state.user = verify(ctx.get("Authorization"), process.env.JWT_SECRET);
  } catch {
    ${caught}
  }
  await next();
}, async (ctx) => {
  await db.note.create({ data: ctx.request.body });
});`,
    );

  it("a check whose failure is thrown on", () => {
    expect(behind('ctx.throw(401, "No");')).toBe("nobody");
    expect(behind("ctx.status = 401;")).toBe("anyone");
  });
});

describe("Remix", () => {
  const behind = (check: string): string =>
    verdictOf(
      {
        "package.json": '{ "dependencies": { "@remix-run/node": "2.0.0", "@remix-run/react": "2.0.0" } }',
        "app/auth.server.ts": `import { Authenticator } from "remix-auth";
import { shopifyApp } from "@shopify/shopify-app-remix/server";
export const authenticator = new Authenticator(storage);
export const TO_LOGIN = { failureRedirect: "/login" };
export const TO_HOME = { successRedirect: "/home" };
export const { authenticate, unauthenticated } = shopifyApp({ apiKey: process.env.SHOPIFY_API_KEY });
`,
        "app/routes/notes.tsx": `import { PrismaClient } from "@prisma/client";
import { authenticate, authenticator, TO_HOME, TO_LOGIN, unauthenticated } from "../auth.server";
const db = new PrismaClient();
export async function action({ request }) {
  ${check}
  await db.note.create({ data: {} });
  return null;
}
`,
      },
      "app/routes/notes.tsx",
    );

  it.each([
    ["a shop's staff", "const { session } = await authenticate.admin(request);"],
    ["a redirect of strangers", 'const user = await authenticator.isAuthenticated(request, { failureRedirect: "/login" });'],
    ["the same, by options of another file", "await authenticator.isAuthenticated(request, TO_LOGIN);"],
    ["an answer that is looked at", "const user = await authenticator.isAuthenticated(request);\n  if (!user) throw new Response(null, { status: 401 });"],
  ])("%s", (_name, check) => {
    expect(behind(check)).toBe("nobody");
  });

  it.each([
    ["options of another file that redirect those who are known", "await authenticator.isAuthenticated(request, TO_HOME);"],
    ["a redirect of those who are known", 'await authenticator.isAuthenticated(request, { successRedirect: "/home" });'],
    ["a check that nobody waits for", "authenticate.admin(request);"],
    ["a client for anybody", "const { admin } = await unauthenticated.admin(shop);"],
  ])("but not %s", (_name, check) => {
    expect(behind(check)).toBe("anyone");
  });
});

describe("route handlers of Next.js", () => {
  const behind = (check: string, more = ""): string =>
    verdictOf(
      {
        "app/api/notes/route.ts": `import { auth } from "@clerk/nextjs/server";
import { PrismaClient } from "@prisma/client";
import { NextResponse } from "next/server";
const db = new PrismaClient();
async function requireUser() {
  const { userId } = await auth();
  if (!userId) throw new Error("Unauthorized");
  return userId;
}
${more}
export async function POST(request: Request) {
  ${check}
  await db.note.create({ data: {} });
  return NextResponse.json({});
}
`,
      },
      "app/api/notes/route.ts",
    );
  const REFUSE = "return new NextResponse(null, { status: 401 });";

  it.each([
    ["what throws for strangers is caught, and answered", `try {\n    await requireUser();\n  } catch {\n    ${REFUSE}\n  }`, ""],
    ["what throws is caught by a helper that throws", "try {\n    await requireUser();\n  } catch (error) {\n    fail(error);\n  }", "function fail(error: unknown): never {\n  throw new Response(String(error), { status: 401 });\n}"],
    ["what throws is waited for with something else", "const [userId, body] = await Promise.all([requireUser(), request.json()]);", ""],
    ["either of two that tell it", `const userId = (await auth()).userId ?? (await userOf(request.headers.get("x-api-key")))?.id;\n  if (!userId) ${REFUSE}`, 'const userOf = (key: string | null) => db.user.findUnique({ where: { key } });'],
  ])("%s", (_name, check, more) => {
    expect(behind(check, more)).toBe("nobody");
  });

  it.each([
    ["what throws for strangers is caught, and forgotten", "try {\n    await requireUser();\n  } catch {\n    // whoever it is\n  }", ""],
    ["what throws is caught by a helper that goes on", "try {\n    await requireUser();\n  } catch (error) {\n    note(error);\n  }", "function note(error: unknown) {\n  console.warn(error);\n}"],
    ["a header that anyone may send takes the place of a session", `const userId = (await auth()).userId ?? request.headers.get("x-user-id");\n  if (!userId) ${REFUSE}`, ""],
    ["a field of the body does", `const body = await request.json();\n  const userId = body.userId || (await auth()).userId;\n  if (!userId) ${REFUSE}`, ""],
  ])("but not where %s", (_name, check, more) => {
    expect(behind(check, more)).toBe("anyone");
  });
});

describe("API routes of Next.js", () => {
  it("a wrapper whose name says that one must be signed in", () => {
    const route = (wrapper: string): string =>
      verdictOf(
        {
          "pages/api/notes.ts": `import { ${wrapper} } from "@auth0/nextjs-auth0";
import { PrismaClient } from "@prisma/client";
const db = new PrismaClient();
export default ${wrapper}(async function handler(req, res) {
  await db.note.create({ data: {} });
  res.end();
});
`,
        },
        "pages/api/notes.ts",
      );
    expect(route("withApiAuthRequired")).toBe("nobody");
    expect(route("withLogging")).toBe("anyone");
  });
});

describe("functions whose platform tells who calls", () => {
  const behind = (check: string): string =>
    verdictOf(
      {
        "src/lambda.ts": `import type { APIGatewayProxyHandlerV2 } from "aws-lambda";
import { PrismaClient } from "@prisma/client";
const db = new PrismaClient();
export const handler: APIGatewayProxyHandlerV2 = async (event) => {
  ${check}
  await db.note.create({ data: {} });
  return { statusCode: 200 };
};
`,
      },
      "src/lambda.ts",
    );

  it.each([
    ["claims of an authorizer", "const claims = event.requestContext.authorizer?.jwt?.claims;\n  if (!claims?.sub) return { statusCode: 401 };"],
    ["what may be left out", "const { jwt } = event.requestContext.authorizer ?? {};\n  if (!jwt) return { statusCode: 401 };"],
  ])("%s", (_name, check) => {
    expect(behind(check)).toBe("nobody");
  });

  it.each([
    ["an address, which everyone has", "if (!event.requestContext.http.sourceIp) return { statusCode: 400 };"],
    ["a header that anyone may send", "const { user } = event.headers ?? {};\n  if (!user) return { statusCode: 401 };"],
  ])("but not %s", (_name, check) => {
    expect(behind(check)).toBe("anyone");
  });
});
