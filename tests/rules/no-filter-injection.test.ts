import { describe, expect, it } from "vitest";
import rule from "../../src/rules/no-filter-injection.ts";
import { lintMessages } from "../helpers/lint-messages.ts";
import { marked } from "../helpers/marks.ts";
import { runRule } from "../helpers/rule-tester.ts";
import { syntaxMatrix } from "../helpers/syntax-matrix.ts";

const ROUTE = "app/api/search/route.ts";
const VECTOR = 'import { Index } from "@upstash/vector";\nconst index = new Index();\n';
const SEARCH = 'import { Search } from "@upstash/search";\nconst index = Search.fromEnv().index<any, any>("docs");\n';
const TEXT = `

const NO_FILTER_TEXT = /['\\x22\\\\]/;

function filterText(value: unknown): string {
  const text = String(value);
  if (NO_FILTER_TEXT.test(text)) throw new Error("This text is not allowed in a filter.");
  return text;
}`;
const NAME = `

const FILTER_NAME = /^\\w+$/;

function filterName(value: unknown): string {
  const text = String(value);
  if (!FILTER_NAME.test(text)) throw new Error("This name is not allowed in a filter.");
  return text;
}`;
const MENDS = { text: ["filterText(", TEXT], name: ["filterName(", NAME], number: ["Number(", ""] } as const;

const post = (body: string, client = VECTOR): string =>
  `${client}export async function POST(request: Request) {\nconst body = await request.json();\n${body}\n}`;

const valid = (name: string, body: string, client = VECTOR) => ({ name, filename: ROUTE, code: post(body, client) });

/** A case whose value, written as `«…»`, is reported and wrapped. */
function built(name: string, body: string, mend: keyof typeof MENDS = "text", Input = "`city` of the request's body", client = VECTOR) {
  const { code, places } = marked(post(body, client));
  const [before, after] = MENDS[mend];
  const output = `${post(body.replace("«", before).replace("»", ")"), client)}${after}`;
  return {
    name,
    filename: ROUTE,
    code,
    errors: [{ messageId: "part" as const, data: { Input, through: "" }, ...places[0], suggestions: [{ messageId: mend, output }] }],
  };
}

runRule("no-filter-injection", rule, {
  valid: [
    valid("a constant", "await index.query({ data: body.text, topK: 3, filter: \"city = 'Rome'\" });"),
    valid("no filter", "await index.query({ data: body.text, topK: 3 });"),
    valid("a number", "await index.query({ data: body.text, topK: 3, filter: `age > ${Number(body.age)}` });"),
    valid("a parsed number", "await index.query({ data: body.text, topK: 3, filter: `age > ${parseInt(body.age, 10)}` });"),
    valid("a number by its type", 'if (typeof body.age !== "number") return;\nawait index.query({ data: body.text, topK: 3, filter: `age > ${body.age}` });'),
    valid("a list", "if (![\"Rome\", \"Paris\"].includes(body.city)) return;\nawait index.query({ data: body.text, topK: 3, filter: `city = '${body.city}'` });"),
    valid("a choice", "await index.query({ data: body.text, topK: 3, filter: `city = '${body.rome ? \"Rome\" : \"Paris\"}'` });"),
    valid("quotes are taken out", "await index.query({ data: body.text, topK: 3, filter: `city = '${body.city.replaceAll(\"'\", \"\")}'` });"),
    valid("quotes are replaced by a pattern", "await index.query({ data: body.text, topK: 3, filter: `city = '${body.city.trim().replace(/['\"]/g, \"\").toLowerCase()}'` });"),
    valid("a function that takes out quotes", "const clean = (text: string) => text.replace(/[^a-z ]/gi, \"\");\nawait index.query({ data: body.text, topK: 3, filter: `city = '${clean(body.city)}'` });"),
    valid("a pattern is checked", "if (!/^[a-z]+$/i.test(body.city)) return;\nawait index.query({ data: body.text, topK: 3, filter: `city = '${body.city}'` });"),
    valid("a schema with a pattern", "const { city } = z.object({ city: z.string().regex(/^[a-z]+$/) }).parse(body);\nawait index.query({ data: body.text, topK: 3, filter: `city = '${city}'` });", `import { z } from "zod";\n${VECTOR}`),
    valid("what a session says", "const user = await currentUser();\nawait index.query({ data: body.text, topK: 3, filter: `owner = '${user.id}'` });"),
    valid("a search by one's own filter", "await index.query({ data: body.text, topK: 3, filter: body.filter });"),
    valid("another client", "await index.query({ filter: `city = '${body.city}'` });", 'import { index } from "other";\n'),
    valid("the filter of a list", "const found = body.list.filter((each: string) => each === body.city);"),
    valid("a structured filter of constants", 'await index.search({ query: body.text, filter: { city: { equals: "Rome" } } });', SEARCH),
    valid("a structured filter with a number", "await index.search({ query: body.text, filter: { age: { greaterThan: Number(body.age) } } });", SEARCH),
    valid("an encoded text", "await index.query({ data: body.text, topK: 3, filter: `city = '${btoa(body.city)}'` });"),
    {
      name: "a builder of another file that takes out quotes",
      filename: ROUTE,
      code: post("await index.query({ data: body.text, topK: 3, filter: byCity(body.city) });", `import { byCity } from "@/lib/filter";\n${VECTOR}`),
      files: { "lib/filter.ts": "export const byCity = (city: string) => `city = '${city.replace(/'/g, \"\")}'`;" },
    },
    {
      name: "a function of another file that takes out quotes and writes its own",
      filename: ROUTE,
      code: post("await index.query({ data: body.text, topK: 3, filter: `city = ${quoted(body.city)}` });", `import { quoted } from "@/lib/quoted";\n${VECTOR}`),
      files: { "lib/quoted.ts": "export const quoted = (text: string) => `'${text.replace(/'/g, \"\")}'`;" },
    },
    valid("numbers of a list", "const ids = body.ids.map(Number).filter(Number.isFinite).join(\", \");\nawait index.query({ data: body.text, topK: 3, filter: `id IN (${ids})` });"),
    valid("an enum of a schema", "const { city, year } = z.object({ city: z.enum([\"Rome\"]), year: z.coerce.number() }).parse(body);\nawait index.query({ data: body.text, topK: 3, filter: `city = '${city}' AND year > ${year}` });", `import { z } from "zod";\n${VECTOR}`),
    valid("a table is asked for the name", "const CITIES = { rome: 1 };\nif (!(body.city in CITIES)) return;\nawait index.query({ data: body.text, topK: 3, filter: `city = '${body.city}'` });"),
    valid("a UUID is checked", "if (!validate(body.doc)) return;\nawait index.query({ data: body.text, topK: 3, filter: `doc = '${body.doc}'` });", `import { validate } from "uuid";\n${VECTOR}`),
    { name: "a test", filename: "app/api/search/route.test.ts", code: post("await index.query({ data: body.text, topK: 3, filter: `city = '${body.city}'` });") },
  ],
  invalid: [
    built("between quotes", "await index.query({ data: body.text, topK: 3, filter: `city = '${«body.city»}'` });"),
    built("between double quotes", "await index.query({ data: body.text, topK: 3, filter: `city = \"${«body.city»}\"` });"),
    built("a concatenation", "await index.query({ data: body.text, topK: 3, filter: \"city = '\" + «body.city» + \"'\" });"),
    built("behind a comparison", "await index.query({ data: body.text, topK: 3, filter: `age >= ${«body.city»}` });", "number"),
    built("a field's name", "await index.query({ data: body.text, topK: 3, filter: `${«body.city»} = 1` });", "name"),
    built("beside the owner", "await index.query({ data: body.text, topK: 3, filter: `owner = '${user(\"a\", \"b\", \"c\")}' AND city = '${«body.city»}'` });"),
    built("a namespace", "await index.namespace(\"a\").query({ data: body.text, topK: 3, filter: `city = '${«body.city»}'` });"),
    built("several queries", "await index.queryMany([{ data: body.text, topK: 3, filter: `city = '${«body.city»}'` }]);"),
    built("a resumable query", "await index.resumableQuery({ data: body.text, topK: 3, maxIdle: 60, filter: `city = '${«body.city»}'` });"),
    built("what is deleted", "await index.delete({ filter: `city = '${«body.city»}'` });"),
    built("the query", "const city = new URL(request.url).searchParams.get(\"city\");\nawait index.query({ data: body.text, topK: 3, filter: `city = '${«city»}'` });", "text", "The query parameter `city`"),
    built("a list of conditions", "await index.query({ data: body.text, topK: 3, filter: [\"age > 3\", `city = '${«body.city»}'`].join(\" AND \") });"),
    built("lower case is no protection", "await index.query({ data: body.text, topK: 3, filter: `city = '${«body.city.toLowerCase()»}'` });"),
    built("a check that it is a text", "if (typeof body.city !== \"string\") return;\nawait index.query({ data: body.text, topK: 3, filter: `city = '${«body.city»}'` });"),
    built("a schema that any text passes", "const { city } = z.object({ city: z.string().min(1) }).parse(body);\nawait index.query({ data: body.text, topK: 3, filter: `city = '${«city»}'` });", "text", undefined, `import { z } from "zod";\n${VECTOR}`),
    built("a search", "await index.search({ query: body.text, filter: `city = '${«body.city»}'` });", "text", undefined, SEARCH),
    built("a structured filter", "await index.search({ query: body.text, filter: { city: { equals: «body.city» } } });", "text", undefined, SEARCH),
    built("a structured filter in a list", "await index.search({ query: body.text, filter: { AND: [{ age: { greaterThan: 3 } }, { city: { equals: «body.city» } }] } });", "text", undefined, SEARCH),
    {
      name: "texts of a list between quotes",
      filename: ROUTE,
      ...(() => {
        const { code, places } = marked(post("const list = body.tags.map((tag: string) => `'${tag}'`).join(\", \");\nawait index.query({ data: body.text, topK: 3, filter: «`tag IN (${list})`» });"));
        const output = `${post("const list = body.tags.map((tag: string) => `'${filterText(tag)}'`).join(\", \");\nawait index.query({ data: body.text, topK: 3, filter: `tag IN (${list})` });")}${TEXT}`;
        return { code, errors: [{ messageId: "part" as const, data: { Input: "`tags` of the request's body", through: "" }, ...places[0], suggestions: [{ messageId: "text" as const, output }] }] };
      })(),
    },
    {
      name: "the whole filter of what is deleted",
      filename: ROUTE,
      ...(() => {
        const { code, places } = marked(post("await index.delete({ filter: «body.filter» });"));
        return { code, errors: [{ messageId: "whole" as const, data: { Input: "`filter` of the request's body", through: "" }, ...places[0], suggestions: [] }] };
      })(),
    },
    {
      name: "a builder of another file",
      filename: ROUTE,
      ...(() => {
        const { code, places } = marked(post("await index.query({ data: body.text, topK: 3, filter: «byCity(body.city)» });", `import { byCity } from "@/lib/filter";\n${VECTOR}`));
        return { code, errors: [{ messageId: "part" as const, data: { Input: "`city` of the request's body", through: "" }, ...places[0], suggestions: [] }] };
      })(),
      files: { "lib/filter.ts": "export const byCity = (city: string) => `city = '${city}'`;" },
    },
    {
      name: "a helper in another file",
      filename: ROUTE,
      ...(() => {
        const { code, places } = marked(post("await searchCity(«body.city»);", 'import { searchCity } from "@/lib/search";\n'));
        return { code, errors: [{ messageId: "part" as const, data: { Input: "`city` of the request's body", through: " through `searchCity` (lib/search.ts)" }, ...places[0], suggestions: [] }] };
      })(),
      files: { "lib/search.ts": `${VECTOR}export async function searchCity(city: string) {\nreturn index.query({ data: "a", topK: 3, filter: \`city = '\${city}'\` });\n}` },
    },
  ],
});

describe("syntax matrix", () => {
  it.each(syntaxMatrix.value("body.city", (setup, expr) => post(`${setup}\nawait index.query({ data: "a", topK: 3, filter: \`city = '\${${expr}}'\` });`)))("$name", ({ code, files }) =>
    expect(lintMessages("no-filter-injection", rule, { ...files, [ROUTE]: code }, ROUTE)).toHaveLength(1));
  it.each(syntaxMatrix.value("body.city", (setup, expr) => post(`${setup}\nconst filter = "city = '" + ${expr} + "'";\nawait index.query({ data: "a", topK: 3, filter });`)))("a concatenation in a variable, $name", ({ code, files }) =>
    expect(lintMessages("no-filter-injection", rule, { ...files, [ROUTE]: code }, ROUTE)).toHaveLength(1));
});
