import { expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* A check that throws turns nobody away where its failure is caught, and the handler goes on. */

const ROUTE = "app/api/note/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const db = new PrismaClient();\n',
  // Its body can't be read: by its name alone, it refuses strangers.
  "lib/guard.ts": 'export { requireUser, assertRole } from "@acme/guard";\n',
};
const IMPORTS = `import { redirect } from "next/navigation";
import { auth } from "@/auth";
import { db } from "@/lib/db";
import { assertRole, requireUser } from "@/lib/guard";
`;
const WRITE = "await db.note.delete({ where: { id: 1 } });";
const REFUSED = "return new Response(null, { status: 401 });";
const OWN = "async function checked() { const s = await auth(); if (!s) throw new Error('x'); return s; }";

const ASKED = "const s = await auth(); if (!s) throw new Error('x');";

type Case = readonly [name: string, verdict: Verdict, body: string, helper?: string];

const CASES: readonly Case[] = [
  ["caught and refused", "nobody", `try { await requireUser(); } catch { ${REFUSED} }\n  ${WRITE}`],
  ["caught, with the work in the block", "nobody", `try { await requireUser(); ${WRITE} } catch (error) { console.error(error); }`],
  ["caught, and asked for later", "nobody", `let user;\n  try { user = await requireUser(); } catch { user = null; }\n  if (!user) ${REFUSED}\n  ${WRITE}`],
  ["caught and thrown again", "nobody", `try { await requireUser(); } catch (error) { console.error(error); throw error; }\n  ${WRITE}`],
  ["caught and led away", "nobody", `try { await requireUser(); } catch { redirect('/login'); }\n  ${WRITE}`],
  ["without a catch", "nobody", `try { await requireUser(); } finally { console.log('asked'); }\n  ${WRITE}`],
  ["caught, with another check behind it", "nobody", `try { await requireUser(); } catch (error) { console.error(error); }\n  await requireUser();\n  ${WRITE}`],
  ["known before", "nobody", `await requireUser();\n  try { await assertRole('owner'); } catch (error) { console.error(error); }\n  ${WRITE}`],
  ["caught and only logged", "anyone", `try { await requireUser(); } catch (error) { console.error(error); }\n  ${WRITE}`],
  ["caught and forgotten", "anyone", `try { await requireUser(); } catch {}\n  ${WRITE}`],
  ["known in the block alone", "anyone", `try { await requireUser(); return Response.json({}); } catch {}\n  ${WRITE}`],
  ["caught, by its own body", "anyone", `try { await checked(); } catch (error) { console.error(error); }\n  ${WRITE}`, OWN],

  ["swallowed in a helper", "anyone", `await ask();\n  ${WRITE}`, `async function ask() { try { ${ASKED} } catch (error) { console.error(error); } }`],
  ["swallowed in a helper's helper", "anyone", `await first();\n  ${WRITE}`, `async function first() { await ask(); }\nasync function ask() { try { ${ASKED} } catch {} }`],
  ["swallowed in a helper whose answer nobody looks at", "anyone", `const { user } = await load();\n  ${WRITE}`, `async function load() { let user = null; try { ${ASKED} user = s.user; } catch {} return { user }; }`],
  ["the same, and it is looked at", "nobody", `const { user } = await load();\n  if (!user) ${REFUSED}\n  ${WRITE}`, `async function load() { let user = null; try { ${ASKED} user = s.user; } catch {} return { user }; }`],
  ["thrown on by a helper", "nobody", `await ask();\n  ${WRITE}`, `async function ask() { try { ${ASKED} } catch (error) { console.error(error); throw error; } }`],
  ["led away by a helper", "nobody", `await ask();\n  ${WRITE}`, `async function ask() { try { ${ASKED} } catch { redirect("/login"); } }`],
  ["another error in a helper", "nobody", `await ask();\n  ${WRITE}`, `async function ask() { const s = await auth(); if (!s) throw new Error("x"); try { JSON.parse(s.settings); } catch (error) { console.error(error); } }`],

  ["a rejection that is led away", "nobody", `await requireUser().catch(() => redirect('/login'));\n  ${WRITE}`],
  ["a rejection that is thrown on", "nobody", `await requireUser().catch((error) => { console.error(error); throw error; });\n  ${WRITE}`],
  ["a rejection that is asked for", "nobody", `const user = await requireUser().catch(() => null);\n  if (!user) ${REFUSED}\n  ${WRITE}`],
  ["a rejection handed to what can't be read", "nobody", `await requireUser().catch(refused);\n  ${WRITE}`, "import { refused } from '@acme/guard';"],
  ["a rejection that is only logged", "anyone", `await requireUser().catch((error) => console.error(error));\n  ${WRITE}`],
  ["a rejection that is handed to the log", "anyone", `await requireUser().catch(console.error);\n  ${WRITE}`],
  ["a rejection that is forgotten", "anyone", `await requireUser().catch(() => {});\n  ${WRITE}`],
  ["a promise that nothing waits for", "anyone", `void assertRole('admin').catch(() => undefined);\n  ${WRITE}`],
  ["a rejection that is only logged, by its own body", "anyone", `await requireIt().catch(() => {});\n  ${WRITE}`, OWN.replace("checked", "requireIt")],
  ["a check of one's own that nothing waits for", "anyone", `void requireIt();\n  ${WRITE}`, OWN.replace("checked", "requireIt")],
];

it.each(CASES)("%s", (_name, verdict, body, helper = "") => {
  const code = `${IMPORTS}${helper}\nexport async function POST(request: Request) {\n  ${body}\n  return Response.json({});\n}\n`;
  expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
});
