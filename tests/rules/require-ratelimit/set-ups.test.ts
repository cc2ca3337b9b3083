import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import { CLIENTS } from "./verdicts.ts";

/* Applications that are put together in functions and classes: what runs before a router there, and what does not. */

/** Routers of Express, one for each way to hand one over. */
const ROUTERS = {
  "src/routes/value.ts": `import { Router } from "express";
import { mail, resend } from "../../lib/clients";
export const router = Router();
router.post("/send", async (req, res) => {
  await resend.emails.send(mail);
  res.end();
});
`,
  "src/routes/made.ts": `import { Router } from "express";
import { mail, resend } from "../../lib/clients";
export function notesRouter(audit: (text: string) => void) {
  const router = Router();
  router.post("/send", async (req, res) => {
    audit(req.path);
    await resend.emails.send(mail);
    res.end();
  });
  return router;
}
`,
  "src/routes/class.ts": `import { Router } from "express";
import { mail, resend } from "../../lib/clients";
export class Notes {
  readonly router = Router();
  constructor() {
    this.router.post("/send", async (req, res) => {
      await resend.emails.send(mail);
      res.end();
    });
  }
}
`,
  "src/routes/handed.ts": `import type { Express } from "express";
import { mail, resend } from "../../lib/clients";
export function addNotes(audit: (text: string) => void, app: Express) {
  app.post("/send", async (req, res) => {
    audit(req.path);
    await resend.emails.send(mail);
    res.end();
  });
}
export function addNothing(audit: (text: string) => void, app: Express) {}
`,
};

const HEAD = `import express, { type Express } from "express";
import rateLimit from "express-rate-limit";
import { router } from "./routes/value";
import { notesRouter } from "./routes/made";
import { Notes } from "./routes/class";
import { addNotes, addNothing } from "./routes/handed";
const limiter = rateLimit({ windowMs: 60_000, limit: 10 });
`;

type Router = "value" | "made" | "class" | "handed";

/** How a router is mounted at `/api`, and what it is called in messages. */
const MOUNT: Readonly<Record<Router, string>> = {
  value: 'app.use("/api", router);',
  made: 'app.use("/api", notesRouter(console.log));',
  class: 'app.use("/api", new Notes().router);',
  handed: "addNotes(console.log, app);",
};
const OPEN: Readonly<Record<Router, string>> = { value: "POST /api/send", made: "POST /api/send", class: "POST /api/send", handed: "POST /send" };

const openIn = (router: string, files: ProjectFiles): readonly string[] =>
  lintMessages("require-ratelimit", rule, { ...CLIENTS, ...ROUTERS, ...files }, `src/routes/${router}.ts`).map((message) => message.replace(/ sends mail.*/u, ""));

/** Set-ups that limit before the router is mounted; `MOUNT` is where it is. */
const LIMITED: readonly (readonly [name: string, app: string])[] = [
  ["when the module is loaded", "const app = express();\napp.use(limiter);\nMOUNT\n"],
  ["a function that is exported", "export function createApp() {\n  const app = express();\n  app.use(limiter);\n  MOUNT\n  return app;\n}\n"],
  ["an arrow function", "export const createApp = async (): Promise<Express> => {\n  const app = express();\n  app.use(limiter);\n  MOUNT\n  return app;\n};\n"],
  ["a function that the module calls", "async function main() {\n  const app = express();\n  app.use(limiter);\n  MOUNT\n  app.listen(3000);\n}\nvoid main();\n"],
  ["functions that are handed the application", "function secure(target: Express) {\n  target.use(limiter);\n}\nfunction routes(app: Express) {\n  MOUNT\n}\nconst app = express();\nsecure(app);\nroutes(app);\n"],
  ["exported functions that are handed the application", "export function routes(app: Express) {\n  MOUNT\n}\nexport function secure(target: Express) {\n  target.use(limiter);\n}\nexport function createApp() {\n  const app = express();\n  secure(app);\n  routes(app);\n  return app;\n}\n"],
  ["an exported function that a private one calls", "export function routes(app: Express) {\n  MOUNT\n}\nfunction prepare(app: Express) {\n  routes(app);\n}\nexport function createApp() {\n  const app = express();\n  app.use(limiter);\n  prepare(app);\n  return app;\n}\n"],
  ["an application of the module, in a function", "const app = express();\napp.use(limiter);\nexport function start() {\n  MOUNT\n  app.listen(3000);\n}\n"],
  ["a constructor", "class Server {\n  readonly app = express();\n  constructor() {\n    const { app } = this;\n    app.use(limiter);\n    MOUNT\n  }\n}\nnew Server();\n"],
  ["methods that a constructor calls", "export class Server {\n  readonly app = express();\n  constructor() {\n    this.secure();\n    this.routes();\n  }\n  private routes() {\n    const app = this.app;\n    MOUNT\n  }\n  private secure() {\n    this.app.use(limiter);\n  }\n}\n"],
  ["a method of an instance", "class Server {\n  start() {\n    const app = express();\n    app.use(limiter);\n    MOUNT\n  }\n}\nconst server = new Server();\nserver.start();\n"],
  ["a static method", "export class Server {\n  static start() {\n    const app = express();\n    app.use(limiter);\n    MOUNT\n  }\n}\n"],
  ["a branch", 'export function createApp() {\n  const app = express();\n  app.use(limiter);\n  if (process.env.NODE_ENV !== "test") {\n    MOUNT\n  }\n  return app;\n}\n'],
];

/** Set-ups that look like those above and limit nobody, or too late. */
const UNLIMITED: readonly (readonly [name: string, app: string])[] = [
  ["no limiter", "export function createApp() {\n  const app = express();\n  MOUNT\n  return app;\n}\n"],
  ["a limiter after the router", "export function createApp() {\n  const app = express();\n  MOUNT\n  app.use(limiter);\n  return app;\n}\n"],
  ["a limiter of another path", 'export function createApp() {\n  const app = express();\n  app.use("/private", limiter);\n  MOUNT\n  return app;\n}\n'],
  ["a limiter of another function's application", "export function createAdmin() {\n  const app = express();\n  app.use(limiter);\n  return app;\n}\nexport function createApp() {\n  const app = express();\n  MOUNT\n  return app;\n}\n"],
  ["functions in the other order", "function secure(target: Express) {\n  target.use(limiter);\n}\nfunction routes(app: Express) {\n  MOUNT\n}\nconst app = express();\nroutes(app);\nsecure(app);\n"],
  ["an exported function that a private one calls, before the limiter", "export function routes(app: Express) {\n  MOUNT\n}\nfunction prepare(app: Express) {\n  routes(app);\n}\nexport function createApp() {\n  const app = express();\n  prepare(app);\n  app.use(limiter);\n  return app;\n}\n"],
  ["a function that nobody calls", "function secure(target: Express) {\n  target.use(limiter);\n}\nconst app = express();\nMOUNT\nexport { app };\n"],
  ["methods in the other order", "export class Server {\n  readonly app = express();\n  constructor() {\n    this.routes();\n    this.secure();\n  }\n  private secure() {\n    this.app.use(limiter);\n  }\n  private routes() {\n    const app = this.app;\n    MOUNT\n  }\n}\n"],
  ["another class", "export class Admin {\n  readonly app = express();\n  constructor() {\n    this.app.use(limiter);\n  }\n}\nexport class Server {\n  readonly app = express();\n  constructor() {\n    const app = this.app;\n    MOUNT\n  }\n}\n"],
];

describe.each(Object.entries(MOUNT))("a router as %s", (router, mount) => {
  it.each(LIMITED)("limited: %s", (_, app) => {
    expect(openIn(router, { "src/app.ts": HEAD + app.replace("MOUNT", mount) })).toEqual([]);
  });

  it.each(UNLIMITED)("open: %s", (_, app) => {
    expect(openIn(router, { "src/app.ts": HEAD + app.replace("MOUNT", mount) })).toEqual([OPEN[router as Router]]);
  });
});

describe("what is handed an application", () => {
  it("is another function of the same file", () => {
    const app = "const app = express();\napp.use(limiter);\naddNothing(console.log, app);\n";
    expect(openIn("handed", { "src/app.ts": HEAD + app })).toEqual(["POST /send"]);
  });

  it("hands it on, in files of their own", () => {
    const files = (first: string, second: string): ProjectFiles => ({
      "src/app.ts": `${HEAD}import { addRoutes } from "./routes";\nexport function createApp() {\n  const app = express();\n  ${first}\n  ${second}\n  return app;\n}\n`,
      "src/routes/index.ts": 'import type { Express } from "express";\nimport { addNotes } from "./handed";\nexport function addRoutes(app: Express) {\n  addNotes(console.log, app);\n}\n',
    });
    expect(openIn("handed", files("app.use(limiter);", "addRoutes(app);"))).toEqual([]);
    expect(openIn("handed", files("addRoutes(app);", "app.use(limiter);"))).toEqual(["POST /send"]);
  });
});

describe("in one file", () => {
  const messages = (app: string): readonly string[] =>
    lintMessages("require-ratelimit", rule, { ...CLIENTS, "src/app.ts": `import express, { type Express } from "express";\nimport rateLimit from "express-rate-limit";\nimport { mail, resend } from "../lib/clients";\nconst limiter = rateLimit({ windowMs: 60_000, limit: 10 });\n${app}` }, "src/app.ts").map((message) =>
      message.replace(/ sends mail.*/u, ""),
    );
  const ROUTE = 'app.post("/send", async (req, res) => {\n  await resend.emails.send(mail);\n  res.end();\n});';

  it.each([
    ["functions that are handed the application", `function routes(app: Express) {\n${ROUTE}\n}\nfunction secure(app: Express) {\napp.use(limiter);\n}\nconst app = express();\nsecure(app);\nroutes(app);\n`],
    ["functions whose parameters have no types", `function routes(app) {\n${ROUTE}\n}\nconst app = express();\napp.use(limiter);\nroutes(app);\n`],
    ["an exported function that a private one calls", `export function routes(app: Express) {\n${ROUTE}\n}\nfunction prepare(app: Express) {\nroutes(app);\n}\nexport function createApp() {\nconst app = express();\napp.use(limiter);\nprepare(app);\nreturn app;\n}\n`],
    ["methods that a constructor calls", `class Server {\napp = express();\nconstructor() {\nthis.secure();\nthis.routes();\n}\nroutes() {\nconst { app } = this;\n${ROUTE}\n}\nsecure() {\nthis.app.use(limiter);\n}\n}\nnew Server();\n`],
    ["a limiter that is handed over", `function secure(app: Express, first: typeof limiter) {\napp.use(first);\n}\nexport function createApp() {\nconst app = express();\nsecure(app, limiter);\n${ROUTE}\nreturn app;\n}\n`],
    ["a router that is handed over", `function mount(app: Express, api: express.Router) {\napp.use(limiter);\napp.use("/api", api);\n}\nconst api = express.Router();\n${ROUTE.replace("app", "api")}\nmount(express(), api);\n`],
  ])("limited: %s", (_, app) => {
    expect(messages(app)).toEqual([]);
  });

  it.each([
    ["functions in the other order", `function routes(app: Express) {\n${ROUTE}\n}\nfunction secure(app: Express) {\napp.use(limiter);\n}\nconst app = express();\nroutes(app);\nsecure(app);\n`],
    ["functions whose parameters have no types", `function routes(app) {\n${ROUTE}\n}\nconst app = express();\nroutes(app);\napp.use(limiter);\n`],
    ["methods in the other order", `class Server {\napp = express();\nconstructor() {\nthis.routes();\nthis.secure();\n}\nsecure() {\nthis.app.use(limiter);\n}\nroutes() {\nconst { app } = this;\n${ROUTE}\n}\n}\nnew Server();\n`],
    ["an exported function that a private one calls, before the limiter", `export function routes(app: Express) {\n${ROUTE}\n}\nfunction prepare(app: Express) {\nroutes(app);\n}\nexport function createApp() {\nconst app = express();\nprepare(app);\napp.use(limiter);\nreturn app;\n}\n`],
    ["another application", `function secure(app: Express) {\napp.use(limiter);\n}\nsecure(express());\nexport function createApp() {\nconst app = express();\n${ROUTE}\nreturn app;\n}\n`],
    ["a function that nobody calls", `function secure(app: Express) {\napp.use(limiter);\n}\nconst app = express();\n${ROUTE}\n`],
  ])("open: %s", (_, app) => {
    expect(messages(app)).toEqual(["POST /send"]);
  });
});

describe("Hono", () => {
  const files = (app: string): ProjectFiles => ({
    "src/routes/notes.ts": 'import { Hono } from "hono";\nimport { mail, resend } from "../../lib/clients";\nexport const notes = new Hono();\nnotes.post("/send", async (c) => {\n  await resend.emails.send(mail);\n  return c.text("sent");\n});\n',
    "src/app.ts": `import { Hono } from "hono";\nimport { rateLimiter } from "hono-rate-limiter";\nimport { notes } from "./routes/notes";\nconst limiter = rateLimiter({ windowMs: 1000, limit: 5, keyGenerator: (c) => c.req.header("x-real-ip") ?? "" });\n${app}`,
  });

  it("chains in a function", () => {
    expect(openIn("notes", files('export const createApp = () => new Hono().use(limiter).route("/api", notes);\n'))).toEqual([]);
    expect(openIn("notes", files('export const createApp = () => {\n  const app = new Hono();\n  app.use(limiter);\n  return app.route("/api", notes);\n};\n'))).toEqual([]);
    expect(openIn("notes", files('export const createApp = () => new Hono().route("/api", notes).use(limiter);\n'))).toEqual(["POST /api/send"]);
  });
});

describe("Fastify", () => {
  const files = (app: string): ProjectFiles => ({
    "package.json": JSON.stringify({ dependencies: { fastify: "*" } }),
    "src/routes/notes.ts": 'import type { FastifyInstance } from "fastify";\nimport { mail, resend } from "../../lib/clients";\nexport default async function notes(fastify: FastifyInstance) {\n  fastify.post("/send", async () => {\n    await resend.emails.send(mail);\n    return {};\n  });\n}\n',
    "src/app.ts": `import Fastify from "fastify";\nimport rateLimit from "@fastify/rate-limit";\nimport notes from "./routes/notes";\nexport async function build() {\n  const app = Fastify();\n  ${app}\n  return app;\n}\n`,
  });

  it("registers plugins in a function", () => {
    expect(openIn("notes", files('await app.register(rateLimit, { max: 10 });\n  await app.register(notes, { prefix: "/api" });'))).toEqual([]);
    expect(openIn("notes", files('await app.register(notes, { prefix: "/api" });'))).toEqual(["POST /api/send"]);
  });
});
