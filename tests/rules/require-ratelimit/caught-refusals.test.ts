import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { dependingOn, NOTES_ROUTE } from "./shared.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/*
 * Whoever is turned away by an error goes on where a `catch` swallows it.
 */

const project = (body: string): ProjectFiles => ({
  ...CLIENTS,
  ...dependingOn("next", "@clerk/nextjs"),
  [NOTES_ROUTE]: `import { auth } from "@clerk/nextjs/server";
import { redirect } from "next/navigation";
import { redis } from "../../../lib/clients";

async function signedIn() {
  const { userId } = await auth();
  if (!userId) throw new Error("Who are you?");
  return userId;
}

export async function POST(request: Request) {
  ${body}
}
`,
});

const WRITE = 'await redis.incr("notes");';
const ASK = 'const { userId } = await auth();\n    if (!userId) throw new Error("Who are you?");';

type Case = readonly [name: string, verdict: Verdict, body: string];

const CASES: readonly Case[] = [
  ["what is tried, for those who are let in", "nobody", `try { ${ASK} ${WRITE} } catch { console.log("a guest"); }\n  return Response.json({});`],
  ["an error that is answered", "nobody", `try { ${ASK} } catch { return new Response("Who are you?", { status: 401 }); }\n  ${WRITE}\n  return Response.json({});`],
  ["an error that is thrown on", "nobody", `try { ${ASK} } catch (error) { console.log(error); throw error; }\n  ${WRITE}\n  return Response.json({});`],
  ["an error that leads to the sign-in", "nobody", `try { ${ASK} } catch { redirect("/sign-in"); }\n  ${WRITE}\n  return Response.json({});`],
  ["strangers that are answered, and other errors", "nobody", `try { const { userId } = await auth(); if (!userId) return new Response(null, { status: 401 }); } catch (error) { console.log(error); }\n  ${WRITE}\n  return Response.json({});`],
  ["a helper's error that is answered", "nobody", `try { await signedIn(); } catch { return new Response(null, { status: 401 }); }\n  ${WRITE}\n  return Response.json({});`],
  ["who was asked before", "nobody", `${ASK}\n  try { if (request.url === "") throw new Error("no"); } catch { console.log("odd"); }\n  ${WRITE}\n  return Response.json({});`],

  ["an error that is swallowed", "anyone", `try { ${ASK} } catch { console.log("a guest"); }\n  ${WRITE}\n  return Response.json({});`],
  ["a helper's error that is swallowed", "anyone", `try { await signedIn(); } catch { console.log("a guest"); }\n  ${WRITE}\n  return Response.json({});`],
  ["an error that is answered on some way only", "anyone", `try { ${ASK} } catch (error) { if (error instanceof TypeError) return new Response(null, { status: 401 }); }\n  ${WRITE}\n  return Response.json({});`],
  ["work at the end of all", "anyone", `try { ${ASK} } catch { console.log("a guest"); } finally { ${WRITE} }\n  return Response.json({});`],
];

describe("a refusal by an error", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    expect(verdictOf(project(body), NOTES_ROUTE)).toBe(verdict);
  });
});
