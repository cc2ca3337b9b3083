import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS } from "./verdicts.ts";

/* Where a router is mounted says at which path a handler answers, and who gets there. */

const ROUTER = `import { Router } from "express";
import { mail, resend } from "../../lib/clients";
export const router = Router();
router.post("/send", async (req, res) => {
  await resend.emails.send(mail);
  res.end();
});
export const other = Router();
export default router;
`;
const EXPRESS = 'import express from "express";\nimport { requireAdmin, requireAuth } from "some-auth";\n';

const messageOf = (files: ProjectFiles, filename = "src/routes/notes.ts"): string => {
  const [message = "nothing", second] = lintMessages("require-ratelimit", rule, { ...CLIENTS, "src/routes/notes.ts": ROUTER, ...files }, filename);
  if (second !== undefined) throw new Error(second);
  return message.replace(/ without consulting.*so /u, ": ").replace(/ can call it.*/u, "").replace(" sends mail through Resend", "");
};

const CASES: readonly (readonly [name: string, message: string, files: ProjectFiles])[] = [
  ["nobody mounts it", "POST /send: anyone", {}],
  ["below a path", "POST /api/send: anyone", { "src/app.ts": `${EXPRESS}import { router } from "./routes/notes";\nconst app = express();\napp.use("/api", router);\n` }],
  ["the default export", "POST /api/send: anyone", { "src/app.ts": `${EXPRESS}import notes from "./routes/notes";\nconst app = express();\napp.use("/api", notes);\n` }],
  ["behind a check", "POST /api/send: whoever it lets in", { "src/app.ts": `${EXPRESS}import { router } from "./routes/notes";\nconst app = express();\napp.use("/api", requireAuth, router);\n` }],
  ["behind a check of the application", "POST /api/send: whoever it lets in", { "src/app.ts": `${EXPRESS}import { router } from "./routes/notes";\nconst app = express();\napp.use(requireAuth);\napp.use("/api", router);\n` }],
  ["behind a check for admins", "nothing", { "src/app.ts": `${EXPRESS}import { router } from "./routes/notes";\nconst app = express();\napp.use("/api", requireAdmin, router);\n` }],
  ["before the check", "POST /api/send: anyone", { "src/app.ts": `${EXPRESS}import { router } from "./routes/notes";\nconst app = express();\napp.use("/api", router);\napp.use(requireAuth);\n` }],
  ["a check of another path", "POST /api/send: anyone", { "src/app.ts": `${EXPRESS}import { router } from "./routes/notes";\nconst app = express();\napp.use("/private", requireAuth);\napp.use("/api", router);\n` }],
  ["a check of another router", "POST /api/send: anyone", { "src/app.ts": `${EXPRESS}import { router } from "./routes/notes";\nconst app = express();\nconst inner = express.Router();\ninner.use(requireAuth);\napp.use("/inner", inner);\napp.use("/api", router);\n` }],
  ["another router of the same file behind a check", "POST /api/send: anyone", { "src/app.ts": `${EXPRESS}import { other, router } from "./routes/notes";\nconst app = express();\napp.use("/other", requireAuth, other);\napp.use("/api", router);\n` }],
  ["mounted twice, once without a check", "POST /send: anyone", { "src/app.ts": `${EXPRESS}import { router } from "./routes/notes";\nconst app = express();\napp.use("/api", requireAuth, router);\napp.use("/open", router);\n` }],
  [
    "through a router of the same file",
    "POST /api/v1/send: whoever it lets in",
    { "src/app.ts": `${EXPRESS}import { router } from "./routes/notes";\nconst app = express();\nconst v1 = express.Router();\nv1.use("/v1", router);\napp.use("/api", requireAuth, v1);\n` },
  ],
  [
    "through a router of another file",
    "POST /api/notes/send: whoever it lets in",
    {
      "src/routes/index.ts": `${EXPRESS}import { router } from "./notes";\nconst routes = express.Router();\nroutes.use("/notes", router);\nexport default routes;\n`,
      "src/app.ts": `${EXPRESS}import routes from "./routes";\nconst app = express();\napp.use("/api", requireAuth, routes);\n`,
    },
  ],
  [
    "through a router of another file that is open",
    "POST /api/notes/send: anyone",
    {
      "src/routes/index.ts": `${EXPRESS}import { router } from "./notes";\nconst routes = express.Router();\nroutes.use("/notes", router);\nexport default routes;\n`,
      "src/app.ts": `${EXPRESS}import routes from "./routes";\nconst app = express();\napp.use("/api", routes);\napp.use("/private", requireAuth);\n`,
    },
  ],
  [
    "by require()",
    "POST /api/send: whoever it lets in",
    { "src/app.js": 'const express = require("express");\nconst { requireAuth } = require("some-auth");\nconst app = express();\napp.use("/api", requireAuth, require("./routes/notes").router);\n' },
  ],
];

describe("a router of another file", () => {
  it.each(CASES)("%s: %s", (_, message, files) => {
    expect(messageOf(files)).toBe(message);
  });
});

const SEND = "await resend.emails.send(mail);";
const SAME: readonly (readonly [name: string, message: string, code: string])[] = [
  ["Express", "POST /api/send: anyone", `${EXPRESS}const app = express();\nconst router = express.Router();\napp.use("/api", router);\nrouter.post("/send", async (req, res) => { ${SEND} res.end(); });\n`],
  ["Express, mounted behind a check", "POST /api/send: whoever it lets in", `${EXPRESS}const app = express();\nconst router = express.Router();\nrouter.post("/send", async (req, res) => { ${SEND} res.end(); });\napp.use("/api", requireAuth, router);\n`],
  ["Express, mounted twice", "POST /send: anyone", `${EXPRESS}const app = express();\nconst router = express.Router();\nrouter.post("/send", async (req, res) => { ${SEND} res.end(); });\napp.use("/api", router);\napp.use("/old", router);\n`],
  ["Express, at the path itself", "POST /send: anyone", `${EXPRESS}const app = express();\nconst router = express.Router();\nrouter.post("/", async (req, res) => { ${SEND} res.end(); });\napp.use("/send", router);\n`],
  ["Hono", "POST /api/send: anyone", `import { Hono } from "hono";\nconst app = new Hono();\nconst notes = new Hono().post("/send", async (c) => { ${SEND} return c.text("sent"); });\napp.route("/api", notes);\nexport default app;\n`],
  ["Hono with a base path", "POST /api/send: anyone", `import { Hono } from "hono";\nconst app = new Hono().basePath("/api");\napp.post("/send", async (c) => { ${SEND} return c.text("sent"); });\nexport default app;\n`],
  ["Hono below a base path", "POST /api/notes/send: anyone", `import { Hono } from "hono";\nconst notes = new Hono().post("/send", async (c) => { ${SEND} return c.text("sent"); });\nconst app = new Hono().basePath("/api").route("/notes", notes);\nexport default app;\n`],
  ["Fastify", "POST /api/send: anyone", `import Fastify from "fastify";\nconst app = Fastify();\napp.register(async (routes) => { routes.post("/send", async () => { ${SEND} }); }, { prefix: "/api" });\n`],
  ["Elysia", "POST /api/send: anyone", `import { Elysia } from "elysia";\nexport const app = new Elysia().group("/api", (api) => api.post("/send", async () => { ${SEND} }));\n`],
  ["Koa", "POST /api/send: anyone", `import Router from "@koa/router";\nconst router = new Router({ prefix: "/api" });\nrouter.post("/send", async (ctx) => { ${SEND} });\nexport default router;\n`],
];

describe("a router of the same file", () => {
  it.each(SAME)("%s: %s", (_, message, code) => {
    expect(messageOf({ "src/server/own.ts": `import { mail, resend } from "../../lib/clients";\n${code}` }, "src/server/own.ts")).toBe(message);
  });
});
