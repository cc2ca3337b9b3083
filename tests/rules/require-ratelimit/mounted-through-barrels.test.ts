import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* The file that mounts a router may import it from a module that hands it on. */

const ROUTE = "src/routes/leads.ts";
const HONO: ProjectFiles = {
  ...CLIENTS,
  "src/limit.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { redis } from "../lib/clients";
const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });
export const limit = async (c, next) => {
  const { success } = await ratelimit.limit(c.req.header("x-real-ip"));
  if (!success) return c.text("Too many requests", 429);
  await next();
};
`,
  [ROUTE]: `import { Hono } from "hono";
import { redis } from "../../lib/clients";
const leads = new Hono();
leads.post("/", async (c) => c.json(await redis.incr("leads")));
export default leads;
`,
  "src/routes/open.ts": 'import { Hono } from "hono";\nconst open = new Hono();\nexport default open;\n',
};
const APP = 'import { Hono } from "hono";\nimport { limit } from "./limit";\nconst app = new Hono();\n';
const limited = (imported: string, leads = "leads"): ProjectFiles => ({ "src/index.ts": `${imported}\n${APP}app.use("*", limit);\napp.route("/leads", ${leads});\nexport default app;\n` });

const CASES: readonly (readonly [name: string, verdict: Verdict, files: ProjectFiles])[] = [
  ["handed on by name", "nobody", { ...limited('import { leads } from "./routes";'), "src/routes/index.ts": 'export { default as leads } from "./leads";\nexport { default as open } from "./open";\n' }],
  ["imported, then exported", "nobody", { ...limited('import { leads } from "./routes/all";'), "src/routes/all.ts": 'import leads from "./leads";\nimport open from "./open";\nexport { leads, open };\n' }],
  ["all that a module exports", "nobody", { ...limited('import { leads } from "./routes/all";'), "src/routes/all.ts": 'export * from "./named";\n', "src/routes/named.ts": 'export { default as leads } from "./leads";\n' }],
  ["as members of a namespace", "nobody", { ...limited('import * as routes from "./routes/all";', "routes.leads"), "src/routes/all.ts": 'export { default as leads } from "./leads";\n' }],
  // What looks alike.
  ["another router of the same module", "anyone", { ...limited('import { open as leads } from "./routes/all";'), "src/routes/all.ts": 'export { default as leads } from "./leads";\nexport { default as open } from "./open";\n' }],
  ["another router under that name", "anyone", { ...limited('import { leads } from "./routes/all";'), "src/routes/all.ts": 'export { default as leads } from "./open";\nexport { default as open } from "./leads";\n' }],
  ["mounted before the limiter", "anyone", { "src/index.ts": `import { leads } from "./routes/all";\n${APP}app.route("/leads", leads);\napp.use("*", limit);\nexport default app;\n`, "src/routes/all.ts": 'export { default as leads } from "./leads";\n' }],
  ["modules that hand on each other", "anyone", { ...limited('import { leads } from "./routes/all";'), "src/routes/all.ts": 'export { leads } from "./more";\n', "src/routes/more.ts": 'export { leads } from "./all";\n' }],
];

describe("a router that is mounted through another module", () => {
  it.each(CASES)("%s: %s", (_, verdict, files) => {
    expect(verdictOf({ ...HONO, ...files }, ROUTE)).toBe(verdict);
  });
});

describe("a router of Express", () => {
  const files = (mounting: string): ProjectFiles => ({
    ...CLIENTS,
    "src/routes/notes.ts": 'import { Router } from "express";\nimport { redis } from "../../lib/clients";\nexport const notes = Router();\nnotes.post("/", async (req, res) => {\n  await redis.incr("notes");\n  res.end();\n});\n',
    "src/routes/index.ts": 'import { notes } from "./notes";\nexport { notes };\n',
    "src/app.ts": `import express from "express";\nimport rateLimit from "express-rate-limit";\nimport { notes } from "./routes";\nconst app = express();\n${mounting}`,
  });
  const limiter = "rateLimit({ windowMs: 60_000, limit: 10 })";

  it("behind a limiter", () => {
    expect(verdictOf(files(`app.use(${limiter});\napp.use("/notes", notes);\n`), "src/routes/notes.ts")).toBe("nobody");
  });

  it("behind a limiter of another path", () => {
    expect(verdictOf(files(`app.use("/other", ${limiter});\napp.use("/notes", notes);\n`), "src/routes/notes.ts")).toBe("anyone");
  });
});
