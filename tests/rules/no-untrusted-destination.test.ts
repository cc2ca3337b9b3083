import rule from "../../src/rules/no-untrusted-destination.ts";
import { runRule } from "../helpers/rule-tester.ts";

const ROUTE = "app/api/send/route.ts";
const CLIENT = 'import { Client } from "@upstash/qstash";\nconst client = new Client();\n';
const HELPER = `

const ALLOWED_DESTINATIONS = ["https://your-app.example"];

function allowedDestination(destination: unknown): string {
  const { origin } = new URL(String(destination));
  if (!ALLOWED_DESTINATIONS.includes(origin)) throw new Error("This destination is not allowed.");
  return String(destination);
}`;

const post = (body: string, client = CLIENT): string =>
  `${client}export async function POST(request: Request) {\nconst body = await request.json();\n${body}\n}`;
const URL_OF_BODY = "`url` of the request's body";

/** A case whose value, written as `«…»`, is reported and wrapped. */
function sent(name: string, body: string, Input = URL_OF_BODY, client = CLIENT) {
  const marked = post(body, client);
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  const code = marked.replace(/[«»]/gu, "");
  const before = code.slice(0, start);
  const line = before.split("\n").length;
  const column = start - before.lastIndexOf("\n");
  const value = code.slice(start, end);
  const output = `${before}${/^url$/u.test(value) && /[{,]\s$/u.test(before) ? "url: " : ""}allowedDestination(${value})${code.slice(end)}${HELPER}`;
  return {
    name,
    filename: ROUTE,
    code,
    errors: [
      {
        messageId: "destination" as const,
        data: { Input, through: "" },
        line,
        column,
        endLine: line,
        endColumn: column + value.length,
        suggestions: [{ messageId: "allow" as const, output }],
      },
    ],
  };
}

const valid = (name: string, body: string, client = CLIENT) => ({ name, filename: ROUTE, code: post(body, client) });

runRule("no-untrusted-destination", rule, {
  valid: [
    valid("a constant", 'await client.publishJSON({ url: "https://a.example/api", body });'),
    valid("the app's own address", "await client.publishJSON({ url: `${process.env.APP_URL}/api/work`, body });"),
    valid("input in the path of a fixed host", "await client.publishJSON({ url: `https://a.example/users/${body.id}`, body });"),
    valid("input in the query", 'await client.publishJSON({ url: "https://a.example?id=" + body.id, body });'),
    valid("input behind a base that is not known", "await client.publishJSON({ url: `${base()}/a/${body.id}`, body });"),
    valid("the host of the request", "await client.publishJSON({ url: `${new URL(request.url).origin}/api/work`, body });"),
    valid("the host header", 'await client.publishJSON({ url: `https://${request.headers.get("host")}/api/work`, body });'),
    valid("a path on the request's own address", 'await client.publishJSON({ url: new URL("/api/work", request.url).toString(), body });'),
    valid("a list", 'if (!["https://a.example", "https://b.example"].includes(body.url)) return;\nawait client.publishJSON({ url: body.url });'),
    valid("a table", 'const TABLE: Record<string, string> = { a: "https://a.example" };\nawait client.publishJSON({ url: TABLE[body.kind] ?? "https://b.example" });'),
    valid("a list in a ternary", 'const url = ["https://a.example"].includes(body.url) ? body.url : "https://b.example";\nawait client.publishJSON({ url });'),
    valid("a host that is compared", 'if (new URL(body.url).hostname !== "a.example") return;\nawait client.publishJSON({ url: body.url });'),
    valid("a beginning", 'if (!body.url.startsWith("https://a.example/")) return;\nawait client.publishJSON({ url: body.url });'),
    valid("an enum of a schema", 'const { url } = z.object({ url: z.enum(["https://a.example"]) }).parse(body);\nawait client.publishJSON({ url });', `import { z } from "zod";\n${CLIENT}`),
    valid("a check that can't be read", "if (!(await isAllowed(body.url))) return;\nawait client.publishJSON({ url: body.url });"),
    valid("headers with names of their own", 'await client.publishJSON({ url: "https://a.example", headers: { "x-user": body.user } });'),
    valid("the body alone", 'await client.publishJSON({ url: "https://a.example", body });'),
    valid("another client", "await client.publishJSON({ url: body.url });", 'import { client } from "other";\n'),
    valid("what a database holds", "const site = await db.site.findFirst();\nawait client.publishJSON({ url: site.url });"),
    {
      name: "signed requests",
      filename: ROUTE,
      code: `import { verifySignatureAppRouter } from "@upstash/qstash/nextjs";\n${CLIENT}export const POST = verifySignatureAppRouter(async (request: Request) => {\nconst { url } = await request.json();\nawait client.publishJSON({ url });\nreturn new Response();\n});`,
    },
    {
      name: "a helper in another file that checks",
      filename: ROUTE,
      code: 'import { queueJob } from "@/lib/send";\nexport async function POST(request: Request) {\nconst { url } = await request.json();\nawait queueJob(url);\n}',
      files: { "lib/send.ts": `${CLIENT}const HOSTS = ["a.example"];\nexport async function queueJob(url: string) {\nif (!HOSTS.includes(new URL(url).host)) throw new Error();\nawait client.publishJSON({ url });\n}` },
    },
  ],
  invalid: [
    sent("the url of publishJSON", "await client.publishJSON({ url: «body.url», body });"),
    sent("destructuring and a shorthand", "const { url } = body;\nawait client.publishJSON({ «url» });"),
    sent("publish", "await client.publish({ url: «body.url» });"),
    sent("a group", "await client.publishJSON({ urlGroup: «body.group» });", "`group` of the request's body"),
    sent("a callback", 'await client.publishJSON({ url: "https://a.example", callback: «body.url» });'),
    sent("a failure callback", 'await client.publishJSON({ url: "https://a.example", failureCallback: «body.url» });'),
    sent("a message of a batch", "await client.batchJSON([{ url: «body.url» }]);"),
    sent("a queue", 'await client.queue({ queueName: "q" }).enqueueJSON({ url: «body.url» });'),
    sent("a schedule", 'await client.schedules.create({ destination: «body.url», cron: "* * * * *" });'),
    sent("an endpoint of a group", 'await client.urlGroups.addEndpoints({ name: "g", endpoints: [{ url: «body.url» }] });'),
    sent("a workflow", "await client.trigger({ url: «body.url» });", URL_OF_BODY, 'import { Client } from "@upstash/workflow";\nconst client = new Client();\n'),
    sent("a host in a template", "await client.publishJSON({ url: «`https://${body.url}/api`» });"),
    sent("a subdomain", "await client.publishJSON({ url: «`https://${body.url}.a.example/api`» });"),
    sent("what follows a host without a slash", "await client.publishJSON({ url: «`https://a.example${body.url}`» });"),
    sent("a concatenation", 'await client.publishJSON({ url: «body.url + "/api"» });'),
    sent("the query", 'const url = new URL(request.url).searchParams.get("url")!;\nawait client.publishJSON({ «url» });', "The query parameter `url`"),
    sent("a header of the caller", 'await client.publishJSON({ url: «`${request.headers.get("origin")}/api`» });', "The header `origin`"),
    sent("a control header with an address", 'await client.publishJSON({ url: "https://a.example", headers: { "Upstash-Callback": «body.url» } });'),
    sent("a schema that any address passes", "const { url } = z.object({ url: z.string().url() }).parse(body);\nawait client.publishJSON({ «url» });", URL_OF_BODY, `import { z } from "zod";\n${CLIENT}`),
    sent("the scheme alone is checked", 'if (!body.url.startsWith("https://")) return;\nawait client.publishJSON({ url: «body.url» });'),
    {
      name: "all headers of the request",
      filename: ROUTE,
      code: post('await client.publishJSON({ url: "https://a.example", headers: request.headers });'),
      errors: [
        {
          messageId: "headers",
          data: { Input: "The request's headers", through: "" },
          line: 5,
          column: 63,
          endLine: 5,
          endColumn: 78,
          suggestions: [{ messageId: "drop", output: post('await client.publishJSON({ url: "https://a.example" });') }],
        },
      ],
    },
    {
      name: "a spread of them",
      filename: ROUTE,
      code: post('await client.publishJSON({ url: "https://a.example", headers: { a: "b", ...Object.fromEntries(request.headers) } });'),
      errors: [
        {
          messageId: "headers",
          data: { Input: "The request's headers", through: "" },
          line: 5,
          column: 76,
          endLine: 5,
          endColumn: 111,
          suggestions: [{ messageId: "drop", output: post('await client.publishJSON({ url: "https://a.example", headers: { a: "b" } });') }],
        },
      ],
    },
    {
      name: "a helper in another file",
      filename: ROUTE,
      code: 'import { queueJob } from "@/lib/send";\nexport async function POST(request: Request) {\nconst { url } = await request.json();\nawait queueJob(url);\n}',
      files: { "lib/send.ts": `${CLIENT}export async function queueJob(url: string) {\nawait client.publishJSON({ url });\n}` },
      errors: [
        {
          messageId: "destination",
          data: { Input: URL_OF_BODY, through: " through `queueJob` (lib/send.ts)" },
          line: 4,
          column: 16,
          endLine: 4,
          endColumn: 19,
          suggestions: [
            {
              messageId: "allow",
              output: `import { queueJob } from "@/lib/send";\nexport async function POST(request: Request) {\nconst { url } = await request.json();\nawait queueJob(allowedDestination(url));\n}${HELPER}`,
            },
          ],
        },
      ],
    },
    {
      name: "a client of another file, in JavaScript",
      filename: "app/api/send/route.js",
      code: "import { client } from '@/lib/client'\nexport async function POST(request) {\n  await client.publishJSON({ url: (await request.json()).url })\n}\n",
      files: { "lib/client.ts": `${CLIENT}export { client };` },
      errors: [
        {
          messageId: "destination",
          data: { Input: URL_OF_BODY, through: "" },
          line: 3,
          column: 35,
          endLine: 3,
          endColumn: 61,
          suggestions: [
            {
              messageId: "allow",
              output:
                "import { client } from '@/lib/client'\nexport async function POST(request) {\n  await client.publishJSON({ url: allowedDestination((await request.json()).url) })\n}\n\nconst ALLOWED_DESTINATIONS = ['https://your-app.example']\n\nfunction allowedDestination(destination) {\n  const { origin } = new URL(String(destination))\n  if (!ALLOWED_DESTINATIONS.includes(origin)) throw new Error('This destination is not allowed.')\n  return String(destination)\n}\n",
            },
          ],
        },
      ],
    },
  ],
});
