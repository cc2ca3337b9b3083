import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Routers of Express that only other routers use, which nothing mounts: the old index of a folder, and what hangs on it.
 */

const ROUTE = "src/routes/notes/add.ts";
const CODE = `import { Router } from "express";
import { redis } from "../../../lib/clients";

export const router = Router();
router.post("/", async (req, res) => {
  await redis.lpush("notes", req.body.text);
  res.end();
});
`;

const APP: ProjectFiles = {
  ...CLIENTS,
  "src/index.ts": `import express from "express";\nimport { router } from "./health";\n\nexport const app = express();\napp.use(router);\napp.listen(3000);\n`,
  "src/health.ts": `import { Router } from "express";\n\nexport const router = Router();\nrouter.get("/health", (req, res) => res.end());\n`,
};
const folder = (code: string): ProjectFiles => ({ "src/routes/notes/index.ts": `import { Router } from "express";\nimport { router as add } from "./add";\n\n${code}\n` });
const USES = `export const router = Router();\nrouter.use("/add", add);`;
const index = (code: string, head = ""): ProjectFiles => ({ "src/routes/index.ts": `${head}import { router as notes } from "./notes";\n${code}\n` });

type Case = readonly [name: string, verdict: Verdict, files: ProjectFiles];

const CASES: readonly Case[] = [
  ["a router that nothing imports", "nobody", folder(USES)],
  ["a router of a default export", "nobody", folder(`const router = Router();\nrouter.use("/add", add);\nexport default router;`)],
  ["a router beside handlers", "nobody", folder(`export const router = Router();\nrouter.get("/", async (req, res) => res.json(await list())).use("/add", add);\nasync function list() {\n  return [];\n}`)],
  ["a router that is imported, and not used", "nobody", { ...folder(USES), ...index("") }],
  ["a router on another one", "nobody", { ...folder(USES), ...index(`export const router = Router();\nrouter.use("/notes", notes);`, `import { Router } from "express";\n`) }],
  ["a router that a file hands on", "nobody", { ...folder(USES), "src/routes/index.ts": `export { router as notes } from "./notes";\nexport * from "./notes";\n` }],
  ["a router that a test mounts", "nobody", { ...folder(USES), "src/routes/notes.test.ts": `import express from "express";\nimport { router } from "./notes";\n\nexpress().use(router);\n` }],
  ["a router of the application", "anyone", { ...folder(USES), "src/more.ts": `import { app } from "./index";\nimport { router } from "./routes/notes";\n\napp.use("/notes", router);\n` }],
  ["a router that the application mounts through another one", "anyone", { ...folder(USES), ...index(`export const router = Router();\nrouter.use("/notes", notes);`, `import { Router } from "express";\n`), "src/more.ts": `import { app } from "./index";\nimport { router } from "./routes";\n\napp.use("/notes", router);\n` }],
  ["a router of another application", "anyone", { ...folder(USES), ...index(`express().use(notes).listen(80);`, `import express from "express";\n`) }],
  ["a router of an application that is handed over", "anyone", { ...folder(USES), ...index(`export const mount = (app) => app.use("/notes", notes);`) }],
  ["a router that a server is made of", "anyone", { ...folder(USES), ...index(`createServer(notes).listen(80);`, `import { createServer } from "node:http";\n`) }],
  ["a router in a list", "anyone", { ...folder(USES), ...index(`export const routers = [notes];`) }],
  ["a router in a list of one application", "anyone", { ...folder(USES), ...index(`for (const router of [notes]) app.use(router);`, `import { app } from "../index";\n`) }],
  ["a router that is kept", "anyone", { ...folder(USES), ...index(`globalThis.routers = { notes };`) }],
  ["a router in a class", "anyone", { ...folder(USES), ...index(`export class Server {\n  routers = [notes];\n}`) }],
  ["a router that its own index mounts, too", "anyone", folder(`import { app } from "../../index";\nexport const router = Router();\nrouter.use("/add", add);\napp.use("/notes", router);`)],
  ["a router that its own index puts into a list", "anyone", folder(`import { app } from "../../index";\nexport const router = Router();\nrouter.use("/add", add);\nconst all = [router];\nall.forEach((one) => app.use(one));`)],
  ["a router that is mounted on what is no router", "anyone", folder(`import { Registry } from "../registry";\nexport const router = new Registry();\nrouter.use("/add", add);`)],
  ["a router that is handed to a helper", "anyone", { ...folder(USES), ...index(`start(notes);`, `import { start } from "../start";\n`) }],
  ["a router that is loaded when it is needed", "anyone", { ...folder(USES), "src/more.ts": `export const load = async (app) => app.use((await import("./routes/notes")).router);\n` }],
  ["a router in a folder from which names are loaded", "anyone", { ...folder(USES), "src/more.ts": `import { app } from "./index";\nfor (const name of ["notes"]) app.use((await import(\`./routes/\${name}\`)).router);\n` }],
  ["a router in a file that a platform runs", "anyone", { ...folder(USES), "api/notes.ts": `export { router as default } from "../src/routes/notes";\n` }],
  ["a router where no application is known", "anyone", { ...folder(USES), "src/index.ts": "export {};\n" }],
];

describe("a router that hangs on", () => {
  it.each(CASES)("%s: %s", (_, verdict, files) => {
    expect(verdictOf({ ...APP, ...files, [ROUTE]: CODE }, ROUTE)).toBe(verdict);
  });
});
