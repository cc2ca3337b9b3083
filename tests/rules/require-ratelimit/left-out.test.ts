import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* What a call leaves out of its options is nothing to the function that it calls: a branch for it is not taken. */

const ROUTE = "app/api/prepare/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/prepare.ts": `import { Ratelimit } from "@upstash/ratelimit";
import { mail, redis, resend } from "./clients";
const limiter = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(5, "10 s") });
export async function prepare({ id, target, loud = true }) {
  if (id && target) {
    await resend.emails.send(mail);
    return null;
  }
  return id;
}
export async function prepareAll(options) {
  return prepare({ id: options.id, target: options.target });
}
export async function prepareWith(options) {
  if (!options.target) return null;
  await resend.emails.send(mail);
}
export async function byDefault({ id, target = "all" }) {
  if (target) await resend.emails.send(mail);
}
export async function without({ id, quiet }) {
  if (quiet === undefined) await resend.emails.send(mail);
}
export async function note({ id, severity }) {
  console.log(id);
  if (severity === "critical") await resend.emails.send(mail);
}
export async function noteAll(severity, id) {
  await note({ id, severity });
}
export async function noteUnless(severity) {
  if (severity !== "info") await resend.emails.send(mail);
}
export async function noteOwn(severity) {
  severity = severity === "info" ? "critical" : severity;
  if (severity === "critical") await resend.emails.send(mail);
}
export async function limited({ id, limit }) {
  if (limit) {
    const { success } = await limiter.limit(id);
    if (!success) throw new Error("Too many requests");
  }
  await resend.emails.send(mail);
}
`,
};

const CASES: readonly (readonly [name: string, verdict: Verdict, body: string])[] = [
  ["left out", "nobody", 'await prepare({ id: "1" });'],
  ["left out, and asked for by its absence", "nobody", 'await prepareWith({ id: "1" });'],
  ["nothing, in so many words", "nobody", 'await prepare({ id: "1", target: undefined });'],
  ["left out of what is handed on", "nobody", 'await prepareAll({ id: "1" });'],
  ["asked whether to limit", "nobody", 'await limited({ id: "1", limit: true });'],

  ["another constant than the one that is asked for", "nobody", 'await note({ id: "1", severity: "info" });'],
  ["the same, in what is handed on", "nobody", 'await noteAll("info", body.id);'],
  ["the constant that is left out of it", "nobody", 'await noteUnless("info");'],

  ["the constant that is asked for", "anyone", 'await note({ id: "1", severity: "critical" });'],
  ["the same, in what is handed on", "anyone", 'await noteAll("critical", body.id);'],
  ["another constant than the one that is left out of it", "anyone", 'await noteUnless("critical");'],
  ["what a caller sends may be the constant", "anyone", "await noteAll(body.severity, body.id);"],
  ["one of two constants", "anyone", 'await note({ id: "1", severity: body.id ? "info" : "critical" });'],
  ["a constant that the function puts another for", "anyone", 'await noteOwn("info");'],
  ["once one, once the other", "anyone", 'await note({ id: "1", severity: "info" }); await note({ id: "1", severity: "critical" });'],
  ["the same, one after the other", "anyone", 'await noteAll("info", "1"); await noteAll("critical", "1");'],
  ["the same, unless", "anyone", 'await noteUnless("info"); await noteUnless("critical");'],
  ["given", "anyone", 'await prepare({ id: "1", target: body.target });'],
  ["given in what is handed on", "anyone", 'await prepareAll({ id: "1", target: body.target });'],
  ["left out once, and given then", "anyone", 'await prepare({ id: "1" }); await prepare({ id: "1", target: body.target });'],
  ["in what a caller sends", "anyone", "await prepare(body);"],
  ["in what is spread", "anyone", 'await prepare({ id: "1", ...body });'],
  ["under a name that the caller chooses", "anyone", 'await prepare({ id: "1", [body.name]: "x" });'],
  ["put in later", "anyone", 'const options = { id: "1" }; options.target = body.target; await prepare(options);'],
  ["left out, and put in later in another call", "anyone", 'await prepare({ id: "1" }); const options = { id: "1" }; options.target = body.target; await prepare(options);'],
  ["with a default", "anyone", 'await byDefault({ id: "1" });'],
  ["where its absence is what lets it through", "anyone", 'await without({ id: "1" });'],
  ["a limit that nobody asks for", "anyone", 'await limited({ id: "1" });'],
];

describe("options that a call leaves out", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    const code = `import { byDefault, limited, note, noteAll, noteOwn, noteUnless, prepare, prepareAll, prepareWith, without } from "@/lib/prepare";\nexport async function POST(request: Request) {\n  const body = await request.json();\n  ${body}\n  return Response.json({});\n}\n`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});
