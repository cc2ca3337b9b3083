import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Routers of Express that are mounted in files of any name, more than once, or not at all. */

const ROUTE = "src/services/notes/notes.routes.ts";
const router = (more = ""): string => `import { Router } from "express";
import { mail, redis, resend } from "../../../lib/clients";
export const notes = Router();
notes.post("/", async (req, res) => {
  await redis.incr("notes");
  res.end();
});
${more}`;
const APP = 'import express from "express";\nimport { setUp } from "./middleware";\nexport const app = express();\nsetUp(app);\n';
const LIMITED = 'app.use("/notes", rateLimit({ windowMs: 60_000, limit: 10 }), notes);';
const SIGNED_IN = 'app.use("/v1", passport.authenticate("jwt"), notes);';
const setUp = (mounting: string, imported = 'import { notes } from "../services/notes/notes.routes";'): ProjectFiles => ({
  "src/app.ts": APP,
  "src/middleware/index.ts": `import rateLimit from "express-rate-limit";\nimport passport from "passport";\nimport type { Express } from "express";\n${imported}\nexport function setUp(app: Express) {\n  ${mounting}\n}\n`,
});

const MOUNTED: readonly (readonly [name: string, verdict: Verdict, files: ProjectFiles])[] = [
  ["behind a limiter", "nobody", setUp(LIMITED)],
  ["for those who have signed in", "nobody", setUp(SIGNED_IN)],
  ["through an index", "nobody", { ...setUp(LIMITED, 'import { notes } from "../services/notes";'), "src/services/notes/index.ts": 'export { notes } from "./notes.routes";\n' }],
  ["in a test, for anyone", "nobody", { ...setUp(LIMITED), "src/services/notes/notes.test.ts": 'import express from "express";\nimport { notes } from "./notes.routes";\nexpress().use(notes);\n' }],
  ["for anyone", "anyone", setUp('app.use("/notes", notes);')],
  ["for those who have signed in, and once more for anyone", "anyone", setUp(`${SIGNED_IN}\n  app.use("/notes", notes);`)],
  ["for those who have signed in, and in another file for anyone", "anyone", { ...setUp(SIGNED_IN), "src/set-ups/open.ts": 'import type { Express } from "express";\nimport { notes } from "../services/notes/notes.routes";\nexport const open = (app: Express) => app.use("/open", notes);\n' }],
  ["behind a limiter, and in another application for anyone", "anyone", { ...setUp(LIMITED), "src/load-test.ts": 'import express from "express";\nimport { notes } from "./services/notes/notes.routes";\nexpress().use("/notes", notes);\n' }],
  ["another router, behind a limiter", "anyone", setUp('app.use("/notes", rateLimit({ windowMs: 60_000, limit: 10 }), others);\n  app.use(notes);', 'import { notes } from "../services/notes/notes.routes";\nimport { others } from "../services/others";')],
];

const OTHERS = 'app.use("/others", (req, res) => res.end());';
const ALONE = setUp(OTHERS, "");

const ALL: readonly (readonly [name: string, verdict: Verdict, files: ProjectFiles])[] = [
  ["which nothing imports", "nobody", ALONE],
  ["which a test imports", "nobody", { ...ALONE, "src/services/notes/notes.test.ts": 'import { notes } from "./notes.routes";\nnotes.get("/");\n' }],
  ["which something imports", "anyone", { ...ALONE, "src/more.ts": 'import { notes } from "./services/notes/notes.routes";\nexport const more = [notes];\n' }],
  ["which something imports when it runs", "anyone", { ...ALONE, "src/more.ts": 'export const more = () => import("./services/notes/notes.routes");\n' }],
  ["which may be among those that are read from a folder", "anyone", { ...ALONE, "src/load.js": 'const fs = require("node:fs");\nmodule.exports = (app) => fs.readdirSync(__dirname).forEach((name) => app.use(require(`./${name}`)));\n' }],
  ["beside a script that loads others", "nobody", { ...ALONE, "src/seed.ts": "for (const name of process.argv.slice(2)) await import(`./seeds/${name}`);\n" }],
  ["beside a helper that loads others", "anyone", { ...ALONE, "src/load.ts": "export const load = (name: string) => import(name);\n", "src/more.ts": 'import { load } from "./load";\nexport const more = load;\n' }],
  ["which may be what a name that leads nowhere means", "anyone", { ...ALONE, "src/more.ts": 'export { notes } from "@services/notes.routes";\n' }],
  ["which a package mounts by its place", "anyone", { ...ALONE, "package.json": JSON.stringify({ name: "app", dependencies: { express: "5", "express-file-routing": "3" } }) }],
  ["where no application is known", "anyone", { "src/app.ts": "export {};\n" }],
  ["which a library hands out", "anyone", { ...ALONE, "package.json": JSON.stringify({ name: "notes", exports: "./src/index.ts", dependencies: { express: "5" } }) }],
];

describe("a router that is mounted elsewhere", () => {
  it.each(MOUNTED)("%s: %s", (_, verdict, files) => {
    expect(verdictOf({ ...CLIENTS, ...files, "src/services/others.ts": 'import { Router } from "express";\nexport const others = Router();\n', [ROUTE]: router() }, ROUTE)).toBe(verdict);
  });
});

describe("a router", () => {
  it.each(ALL)("%s: %s", (_, verdict, files) => {
    expect(verdictOf({ ...CLIENTS, ...files, [ROUTE]: router() }, ROUTE)).toBe(verdict);
  });

  it("that its own file mounts", () => {
    expect(verdictOf({ ...CLIENTS, ...ALONE, [ROUTE]: router('import express from "express";\nexpress().use(notes).listen(80);\n') }, ROUTE)).toBe("anyone");
  });

  it("is no application, which answers by itself", () => {
    const code = router().replace("{ Router }", "express").replace("Router()", "express()");
    expect(verdictOf({ ...CLIENTS, ...ALONE, [ROUTE]: code }, ROUTE)).toBe("anyone");
  });

  it("in a file that a platform runs", () => {
    const file = "api/notes.ts";
    expect(verdictOf({ ...CLIENTS, ...ALONE, [file]: router().replace("../../../lib", "../lib") }, file)).toBe("anyone");
  });
});
