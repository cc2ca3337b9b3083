import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { LIMITER } from "./shared.ts";

const ROUTE = "src/app.ts";

/** Express: routes, and the middleware that runs before them. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "Express: a token is checked by middleware of another file",
      filename: "src/routes.js",
      files: {
        "src/auth.js": `const jwt = require("jsonwebtoken");
const User = require("./user");
const authenticateToken = async (req, res, next) => {
  const token = req.headers.authorization && req.headers.authorization.split(" ")[1];
  if (!token) return res.status(401).json({ error: "Access token required" });
  try {
    const decoded = jwt.verify(token, process.env.JWT_KEY);
    const user = await User.findById(decoded.userId);
    if (!user) return res.status(401).json({ error: "User not found" });
    req.user = user;
    next();
  } catch (error) {
    return res.status(403).json({ error: "Invalid or expired token" });
  }
};
module.exports = { authenticateToken };
`,
      },
      code: `const express = require("express");
const { PrismaClient } = require("@prisma/client");
const { authenticateToken } = require("./auth");
const db = new PrismaClient();
const router = express.Router();
router.post("/notes", authenticateToken, async (req, res) => {
  await db.note.create({ data: { text: req.body.text, userId: req.user.id } });
  res.end();
});
module.exports = router;
`,
    },
    {
      name: "Express: a limiter in front of everything",
      filename: ROUTE,
      code: `import express from "express";
import { rateLimit } from "express-rate-limit";
import nodemailer from "nodemailer";
const mail = nodemailer.createTransport({});

const app = express();
app.use(rateLimit({ windowMs: 60_000, limit: 10 }));
app.post("/contact", async (req, res) => {
  await mail.sendMail({ to: req.body.to });
  res.end();
});
`,
    },
    {
      name: "Express: a limiter among the route's middleware, in an array",
      filename: ROUTE,
      code: `import express from "express";
import rateLimit from "express-rate-limit";
import nodemailer from "nodemailer";
const mail = nodemailer.createTransport({});

const limit = rateLimit({ windowMs: 60_000, limit: 10 });
const app = express();
app.post("/contact", [express.json(), limit], async (req, res) => {
  await mail.sendMail({ to: req.body.to });
  res.end();
});
`,
    },
    {
      name: "Express: a limiter for the path below which a router of this file is mounted",
      filename: ROUTE,
      files: LIMITER,
      code: `import express from "express";
import { ratelimit } from "../lib/ratelimit";
import nodemailer from "nodemailer";
const mail = nodemailer.createTransport({});

const app = express();
const router = express.Router();
app.use("/api", async (req, res, next) => {
  const { success } = await ratelimit.limit(req.ip ?? "anonymous");
  if (!success) return void res.status(429).end();
  next();
});
router.post("/contact", async (req, res) => {
  await mail.sendMail({ to: req.body.to });
  res.end();
});
app.use("/api", router);
`,
    },
    {
      name: "Express: a limiter beside the router of this file that it is mounted with",
      filename: ROUTE,
      files: LIMITER,
      code: `import express from "express";
import { ratelimit } from "../lib/ratelimit";
import nodemailer from "nodemailer";
const mail = nodemailer.createTransport({});

const app = express();
const router = express.Router();
router.post("/contact", async (req, res) => {
  await mail.sendMail({ to: req.body.to });
  res.end();
});
app.use("/api", async (req, res, next) => {
  const { success } = await ratelimit.limit(req.ip ?? "anonymous");
  if (!success) return void res.status(429).end();
  next();
}, router);
`,
    },
    {
      name: "Express: a limiter in a chain of one path",
      filename: ROUTE,
      files: LIMITER,
      code: `import express from "express";
import { ratelimit } from "../lib/ratelimit";
import nodemailer from "nodemailer";
const mail = nodemailer.createTransport({});

const app = express();
app
  .route("/contact")
  .all(async (req, res, next) => {
    const { success } = await ratelimit.limit(req.ip ?? "anonymous");
    if (!success) return void res.status(429).end();
    next();
  })
  .post(async (req, res) => {
    await mail.sendMail({ to: req.body.to });
    res.end();
  });
`,
    },
    {
      name: "Express: a setting is no route",
      filename: ROUTE,
      code: `import express from "express";

const app = express();
console.log(app.get("trust proxy"));
`,
    },
    {
      name: "Express: CommonJS, limited by a project's middleware",
      filename: "src/app.cjs",
      files: {
        ...LIMITER,
        "src/limit.cjs": `const { ratelimit } = require("../lib/ratelimit");

exports.limit = async (req, res, next) => {
  const { success } = await ratelimit.limit(req.ip);
  if (!success) return res.status(429).end();
  next();
};
`,
      },
      code: `const express = require("express");
const nodemailer = require("nodemailer");
const { limit } = require("./limit.cjs");

const mail = nodemailer.createTransport({});
const app = express();
app.use(limit);
app.post("/contact", async (req, res) => {
  await mail.sendMail({ to: req.body.to });
  res.end();
});
`,
    },
    {
      name: "Express: a limiter that settings name, mounted as it is",
      filename: ROUTE,
      settings: {"rateLimiters":["@acme/edge#gate"]},
      code: `import express from "express";
import { gate } from "@acme/edge";
import nodemailer from "nodemailer";
const mail = nodemailer.createTransport({});

const app = express();
app.post("/contact", gate, async (req, res) => {
  await mail.sendMail({ to: req.body.to });
  res.end();
});
`,
    },
  ],
  invalid: [
    {
      name: "Express: a route with a body parser before it",
      filename: ROUTE,
      files: LIMITER,
      code: `import express from "express";
import nodemailer from "nodemailer";
const mail = nodemailer.createTransport({});

const app = express();
app.post("/contact", express.json(), async (req, res) => {
  await mail.sendMail({ to: req.body.to });
  res.end();
});
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /contact", work: "sends mail through Nodemailer", file: "" },
          line: 6,
          column: 10,
          endLine: 6,
          endColumn: 20,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import express from "express";
import nodemailer from "nodemailer";
import { ratelimit } from "@/lib/ratelimit";
const mail = nodemailer.createTransport({});

const app = express();
app.post("/contact", express.json(), async (req, res) => {
  const rate = await ratelimit.limit(req.ip ?? "anonymous");
  if (!rate.success) {
    res.set({
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
    res.status(429).send("Too many requests");
    return;
  }
  await mail.sendMail({ to: req.body.to });
  res.end();
});
`,
            },
          ],
        },
      ],
    },
    {
      name: "Express: a handler in a list, behind a body parser",
      filename: ROUTE,
      files: LIMITER,
      code: `import express from "express";
import nodemailer from "nodemailer";
const mail = nodemailer.createTransport({});

const app = express();
app.post("/contact", [express.json(), async (req, res) => {
  await mail.sendMail({ to: req.body.to });
  res.end();
}]);
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /contact", work: "sends mail through Nodemailer", file: "" },
          line: 6,
          column: 10,
          endLine: 6,
          endColumn: 20,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import express from "express";
import nodemailer from "nodemailer";
import { ratelimit } from "@/lib/ratelimit";
const mail = nodemailer.createTransport({});

const app = express();
app.post("/contact", [express.json(), async (req, res) => {
  const rate = await ratelimit.limit(req.ip ?? "anonymous");
  if (!rate.success) {
    res.set({
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
    res.status(429).send("Too many requests");
    return;
  }
  await mail.sendMail({ to: req.body.to });
  res.end();
}]);
`,
            },
          ],
        },
      ],
    },
    {
      name: "Express: two routes of a router",
      filename: ROUTE,
      code: `import { Router } from "express";
import nodemailer from "nodemailer";
const mail = nodemailer.createTransport({});
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export const router = Router();
router.post("/contact", async (req, res) => {
  await mail.sendMail({ to: req.body.to });
  res.end();
});
router.delete("/notes/:id", async (req, res) => {
  await db.note.delete({ where: { id: req.params.id } });
  res.end();
});
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /contact", work: "sends mail through Nodemailer", file: "" },
          line: 9,
          column: 13,
          endLine: 9,
          endColumn: 23,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "a new `Ratelimit` of 10 requests in 10 seconds" },
              output: `import { Router } from "express";
import nodemailer from "nodemailer";
import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

const ratelimit = new Ratelimit({
  redis: Redis.fromEnv(),
  limiter: Ratelimit.slidingWindow(10, "10 s"),
});
const mail = nodemailer.createTransport({});
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export const router = Router();
router.post("/contact", async (req, res) => {
  const rate = await ratelimit.limit(req.ip ?? "anonymous");
  if (!rate.success) {
    res.set({
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
    res.status(429).send("Too many requests");
    return;
  }
  await mail.sendMail({ to: req.body.to });
  res.end();
});
router.delete("/notes/:id", async (req, res) => {
  await db.note.delete({ where: { id: req.params.id } });
  res.end();
});
`,
            },
          ],
        },
        {
          messageId: "costly",
          data: { title: "DELETE /notes/:id", work: "changes the database through Prisma", file: "" },
          line: 13,
          column: 15,
          endLine: 13,
          endColumn: 27,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "a new `Ratelimit` of 10 requests in 10 seconds" },
              output: `import { Router } from "express";
import nodemailer from "nodemailer";
import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

const ratelimit = new Ratelimit({
  redis: Redis.fromEnv(),
  limiter: Ratelimit.slidingWindow(10, "10 s"),
});
const mail = nodemailer.createTransport({});
import { PrismaClient } from "@prisma/client";

const db = new PrismaClient();

export const router = Router();
router.post("/contact", async (req, res) => {
  await mail.sendMail({ to: req.body.to });
  res.end();
});
router.delete("/notes/:id", async (req, res) => {
  const rate = await ratelimit.limit(req.ip ?? "anonymous");
  if (!rate.success) {
    res.set({
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
    res.status(429).send("Too many requests");
    return;
  }
  await db.note.delete({ where: { id: req.params.id } });
  res.end();
});
`,
            },
          ],
        },
      ],
    },
    {
      name: "Express: the router is mounted before the limiter",
      filename: ROUTE,
      files: LIMITER,
      code: `import express from "express";
import { ratelimit } from "../lib/ratelimit";
import nodemailer from "nodemailer";
const mail = nodemailer.createTransport({});

const app = express();
const router = express.Router();
router.post("/contact", async (req, res) => {
  await mail.sendMail({ to: req.body.to });
  res.end();
});
app.use("/api", router);
app.use("/api", async (req, res, next) => {
  const { success } = await ratelimit.limit(req.ip ?? "anonymous");
  if (!success) return void res.status(429).end();
  next();
});
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /api/contact", work: "sends mail through Nodemailer", file: "" },
          line: 8,
          column: 13,
          endLine: 8,
          endColumn: 23,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit`" },
              output: `import express from "express";
import { ratelimit } from "../lib/ratelimit";
import nodemailer from "nodemailer";
const mail = nodemailer.createTransport({});

const app = express();
const router = express.Router();
router.post("/contact", async (req, res) => {
  const rate = await ratelimit.limit(req.ip ?? "anonymous");
  if (!rate.success) {
    res.set({
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
    res.status(429).send("Too many requests");
    return;
  }
  await mail.sendMail({ to: req.body.to });
  res.end();
});
app.use("/api", router);
app.use("/api", async (req, res, next) => {
  const { success } = await ratelimit.limit(req.ip ?? "anonymous");
  if (!success) return void res.status(429).end();
  next();
});
`,
            },
          ],
        },
      ],
    },
    {
      name: "Express: routes of one path",
      filename: ROUTE,
      files: LIMITER,
      code: `import express from "express";
import nodemailer from "nodemailer";
const mail = nodemailer.createTransport({});

const app = express();
app
  .route("/contact")
  .get((_req, res) => void res.end())
  .post(async (req, res) => {
    await mail.sendMail({ to: req.body.to });
    res.end();
  });
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /contact", work: "sends mail through Nodemailer", file: "" },
          line: 9,
          column: 4,
          endLine: 9,
          endColumn: 8,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "`ratelimit` from \"@/lib/ratelimit\"" },
              output: `import express from "express";
import nodemailer from "nodemailer";
import { ratelimit } from "@/lib/ratelimit";
const mail = nodemailer.createTransport({});

const app = express();
app
  .route("/contact")
  .get((_req, res) => void res.end())
  .post(async (req, res) => {
    const rate = await ratelimit.limit(req.ip ?? "anonymous");
    if (!rate.success) {
      res.set({
        "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
        "X-RateLimit-Limit": String(rate.limit),
        "X-RateLimit-Remaining": String(rate.remaining),
        "X-RateLimit-Reset": String(rate.reset),
      });
      res.status(429).send("Too many requests");
      return;
    }
    await mail.sendMail({ to: req.body.to });
    res.end();
  });
`,
            },
          ],
        },
      ],
    },
    {
      name: "Express: CommonJS",
      filename: "src/app.cjs",
      typecheck: false,
      reason: "CommonJS in JavaScript",
      code: `const express = require("express");
const nodemailer = require("nodemailer");

const mail = nodemailer.createTransport({});
const app = express();
app.post("/contact", function (req, res) {
  return mail.sendMail({ to: req.body.to }).then(() => res.end());
});
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /contact", work: "sends mail through Nodemailer", file: "" },
          line: 6,
          column: 10,
          endLine: 6,
          endColumn: 20,
          suggestions: [
            {
              messageId: "limit",
              data: { limiter: "a new `Ratelimit` of 10 requests in 10 seconds" },
              output: `const express = require("express");
const nodemailer = require("nodemailer");
const { Ratelimit } = require("@upstash/ratelimit");
const { Redis } = require("@upstash/redis");

const ratelimit = new Ratelimit({
  redis: Redis.fromEnv(),
  limiter: Ratelimit.slidingWindow(10, "10 s"),
});

const mail = nodemailer.createTransport({});
const app = express();
app.post("/contact", async function (req, res) {
  const rate = await ratelimit.limit(req.ip ?? "anonymous");
  if (!rate.success) {
    res.set({
      "Retry-After": String(Math.ceil((rate.reset - Date.now()) / 1000)),
      "X-RateLimit-Limit": String(rate.limit),
      "X-RateLimit-Remaining": String(rate.remaining),
      "X-RateLimit-Reset": String(rate.reset),
    });
    res.status(429).send("Too many requests");
    return;
  }
  return mail.sendMail({ to: req.body.to }).then(() => res.end());
});
`,
            },
          ],
        },
      ],
    },
    {
      name: "Express: a handler that takes the request apart: no suggestion",
      filename: ROUTE,
      files: LIMITER,
      code: `import express from "express";
import nodemailer from "nodemailer";
const mail = nodemailer.createTransport({});

express().post("/contact", async ({ body }, res) => {
  await mail.sendMail({ to: body.to });
  res.end();
});
`,
      errors: [
        {
          messageId: "costly",
          data: { title: "POST /contact", work: "sends mail through Nodemailer", file: "" },
          line: 5,
          column: 16,
          endLine: 5,
          endColumn: 26,
        },
      ],
    },
  ],
});
