import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

const ROUTE = "app/api/notes/route.ts";
const MAILER = `export class Mailer {
  static async send() {
    await this.other();
  }
  static async other() {
    await resend.emails.send(mail);
  }
  async run() {
    await Mailer.other();
  }
}
export class Nobody {
  static async send() {
    return this.other();
  }
  static async other() {
    return 1;
  }
}
export class Child extends Mailer {
  static async begin() {
    await super.other();
  }
  static async go() {
    await this.other();
  }
}
export class Limited {
  static async send() {
    const { success } = await this.limiter.limit("all");
    if (!success) throw new Error("Too many requests");
    await resend.emails.send(mail);
  }
  static limiter = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });
}
`;
const IMPORTS = `import { Ratelimit } from "@upstash/ratelimit";\nimport { mail, redis, resend } from "@/lib/clients";\n`;
const FILES: ProjectFiles = { ...CLIENTS, "lib/mailer.ts": `${IMPORTS}${MAILER}` };

const CALLS: readonly (readonly [call: string, verdict: Verdict])[] = [
  ["Mailer.send()", "anyone"],
  ["new Mailer().run()", "anyone"],
  ["Child.begin()", "anyone"],
  ["Child.go()", "anyone"],
  ["Nobody.send()", "nobody"],
  ["Limited.send()", "nobody"],
];

describe.each([
  ["of another file", 'import { Child, Limited, Mailer, Nobody } from "@/lib/mailer";\n', ""],
  ["of the same file", IMPORTS, MAILER.replaceAll("export class", "class")],
])("static methods %s", (_, imports, classes) => {
  it.each(CALLS)("%s", (call, verdict) => {
    const code = `${imports}${classes}export async function POST() {\n  await ${call};\n  return Response.json({});\n}\n`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});

const CONTROLLERS = `import { redis } from "../lib/clients";
export class Idle {
  static async create(req, res) {
    res.end();
  }
}
export class Busy {
  static async create(req, res) {
    await redis.incr("notes");
    res.end();
  }
}
class Notes {
  async create(req, res) {
    await this.count();
    res.end();
  }
  async list(req, res) {
    res.json([]);
  }
  async count() {
    await redis.incr("notes");
  }
}
export const notes = new Notes();
`;

describe("methods as handlers", () => {
  it.each([
    ["Busy.create", "anyone"],
    ["Idle.create", "nobody"],
    ["Busy.create.bind(Busy)", "anyone"],
    ["Idle.create.bind(Idle)", "nobody"],
    ["notes.create.bind(notes)", "anyone"],
    ["notes.list.bind(notes)", "nobody"],
  ] as const)("%s", (value, verdict) => {
    const code = `import express from "express";\nimport { Busy, Idle, notes } from "./controllers";\nconst app = express();\napp.post("/notes", ${value});\n`;
    expect(verdictOf({ ...CLIENTS, "src/controllers.ts": CONTROLLERS, "src/app.ts": code }, "src/app.ts")).toBe(verdict);
  });
});
