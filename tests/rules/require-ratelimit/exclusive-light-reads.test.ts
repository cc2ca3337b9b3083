import { describe, expect, it } from "vitest";
import { openProject, RECORDS_ROUTE } from "./records.ts";
import { verdictOf, type Verdict } from "./verdicts.ts";

/*
 * A request takes one case of a `switch`, and one way of a condition: three light reads are few on each of them, however many
 * there are on all. What comes before them and after them counts on each.
 */

const lines = (...parts: readonly string[]): string => parts.map((part) => `  ${part}`).join("\n");
let number = 0;
const read = (many = 1): string => Array.from({ length: many }, () => `await prisma.note.findUnique({ where: { id: body.id${String(number++)} } });`).join("\n    ");
const SEARCH = "await prisma.note.findMany({ where: { text: { contains: body.text } } });";
const CASES_OF = (...bodies: readonly string[]): string => ["switch (body.kind) {", ...bodies.flatMap((body, index) => [`  case "${String(index)}":`, `    ${body}`]), "}"].join("\n  ");

type Case = readonly [name: string, verdict: Verdict, body: string];

const CASES: readonly Case[] = [
  ["cases that break", "nobody", lines(CASES_OF(`${read()}\n    break;`, `${read(2)}\n    break;`, `${read(3)}\n    break;`, `${read()}\n    break;`))],
  ["cases that answer", "nobody", lines(CASES_OF(`${read(2)}\n    return done();`, `${read(3)}\n    return done();`, `${read(2)}\n    return done();`))],
  ["cases, the last of which goes on", "nobody", lines(CASES_OF(`${read(2)}\n    return done();`, read(2)), read())],
  ["functions for cases", "nobody", lines(CASES_OF("return one(body.id);", "return one(body.other);", "return two(body.id);", "return two(body.other);"))],
  ["two cases with the same steps", "nobody", lines('switch (body.kind) {', '    case "a":', '    case "b":', `    ${read(2)}`, "    break;", "  default:", `    ${read(2)}`, "}")],
  ["both ways of a condition", "nobody", lines("if (body.one) {", `  ${read(2)}`, "} else {", `  ${read(2)}`, "}", read())],
  ["ways that answer, one after the other", "nobody", lines("if (body.one) {", `  ${read(2)}`, "  return done();", "}", "if (body.two) {", `  ${read(2)}`, "  return done();", "}", read(3))],
  ["a way that answers, within another", "nobody", lines("if (body.one) {", "  if (body.two) {", `    ${read(2)}`, "    return done();", "  }", `  ${read(3)}`, "  return done();", "}", read(2))],
  ["a choice", "nobody", lines(`const note = body.one ? await prisma.note.findUnique({ where: { id: body.a } }) : await prisma.note.findUnique({ where: { id: body.b } });`, read(2))],
  ["ways, and the same for all", "nobody", lines(read(2), CASES_OF(`${read()}\n    break;`, `${read()}\n    break;`))],

  ["four in one case", "anyone", lines(CASES_OF(`${read()}\n    break;`, `${read(4)}\n    break;`))],
  ["a search in one case", "anyone", lines(CASES_OF(`${read()}\n    break;`, `${SEARCH}\n    break;`))],
  ["a case that leads on into the next one", "anyone", lines(CASES_OF(read(2), `${read(2)}\n    break;`))],
  ["a case that leads on where the caller likes", "anyone", lines(CASES_OF(`${read(2)}\n    if (body.stop) break;`, `${read(2)}\n    break;`))],
  ["three before a case", "anyone", lines(read(3), CASES_OF(`${read()}\n    break;`, `${read()}\n    break;`))],
  ["three behind a case", "anyone", lines(CASES_OF(`${read()}\n    break;`, `${read()}\n    break;`), read(3))],
  ["two conditions, one after the other", "anyone", lines("if (body.one) {", `  ${read(2)}`, "}", "if (body.two) {", `  ${read(2)}`, "}")],
  ["the way that goes on, and what follows", "anyone", lines("if (body.one) {", `  ${read(3)}`, "  return done();", "} else {", `  ${read(2)}`, "}", read(2))],
  ["the shorter way goes on", "anyone", lines("if (body.one) {", `  ${read(2)}`, "} else {", `  ${read(3)}`, "  return done();", "}", read(2))],
  ["what is tried, and what is done where it fails", "anyone", lines("try {", `  ${read(2)}`, "} catch {", `  ${read(2)}`, "}")],
  ["a case for each of several things", "anyone", lines("for (const kind of body.kinds) {", "  switch (kind) {", '    case "a":', `    ${read()}`, "    break;", "    default:", `    ${read()}`, "  }", "}")],
  ["a change in one case", "anyone", lines(CASES_OF(`${read()}\n    break;`, `${read()}\n    break;`, "await prisma.note.create({ data: body });\n    break;"))],
];

const HELPERS = `const one = async (id: string) => Response.json(await prisma.note.findUnique({ where: { id } }));
const two = async (id: string) => Response.json([await prisma.note.findUnique({ where: { id } }), await prisma.page.findUnique({ where: { id } })]);
`;

describe("ways that exclude each other", () => {
  it.each(CASES)("%s: %s", (_name, verdict, body) => {
    expect(verdictOf(openProject(body, HELPERS), RECORDS_ROUTE)).toBe(verdict);
  });
});
