import { describe, expect, it } from "vitest";
import rule from "../../../src/rules/require-ratelimit.ts";
import { lintMessages } from "../../helpers/lint-messages.ts";
import type { ProjectFiles } from "../../helpers/project.ts";

/* DynamoDB: what a client sends is made apart, and one item by its whole key is a light look-up. */

const ROUTE = "app/api/notes/route.ts";
const FILES: ProjectFiles = {
  "lib/dynamo.ts": `import { DynamoDB, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocument, DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
let made: DynamoDBDocumentClient | undefined;
export const client = new DynamoDBClient({});
export const documents = DynamoDBDocument.from(client);
export const table = process.env.TABLE;
export function dynamo() {
  made ??= DynamoDBDocumentClient.from(client);
  return made;
}
`,
};

/** What is said of a route that answers anyone. */
function saidOf(body: string): string {
  const code = `import { marshall } from "@aws-sdk/util-dynamodb";
import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { BatchGetCommand, GetCommand, PutCommand, QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { client, documents, dynamo, table } from "@/lib/dynamo";
export async function POST(request: Request) {
  const asked = await request.json();
  return Response.json(${body});
}
`;
  const [message] = lintMessages("require-ratelimit", rule, { ...FILES, [ROUTE]: code }, ROUTE);
  return /^POST \/api\/notes (.*?) without/u.exec(message ?? "")?.[1] ?? "nothing";
}

const QUERIES = "queries DynamoDB";

describe("commands of DynamoDB", () => {
  it.each([
    ["an item by its key", "await dynamo().send(new GetCommand({ TableName: table, Key: { id: asked.id } }))", "nothing"],
    ["an item of a kind", 'await dynamo().send(new GetCommand({ TableName: table, Key: { pk: "NOTE", sk: asked.slug } }))', "nothing"],
    ["an item of a kind, in one text", "await dynamo().send(new GetCommand({ TableName: table, Key: { pk: `NOTE#${asked.id}`, sk: asked.part } }))", "nothing"],
    ["an item, with its types", "await client.send(new GetItemCommand({ TableName: table, Key: { id: { S: asked.id } } }))", "nothing"],
    ["an item, whose types are made", "await client.send(new GetItemCommand({ TableName: table, Key: marshall({ id: asked.id }) }))", "nothing"],
    ["an item, by a method", "await documents.get({ TableName: table, Key: { id: asked.id } })", "nothing"],

    ["whose address has an account", "await dynamo().send(new GetCommand({ TableName: table, Key: { email: asked.address } }))", QUERIES],
    ["whose address has an account, in one text", "await dynamo().send(new GetCommand({ TableName: table, Key: { pk: `EMAIL#${asked.address}` } }))", QUERIES],
    ["a code", "await dynamo().send(new GetCommand({ TableName: table, Key: { pk: \"INVITE\", sk: asked.code } }))", QUERIES],
    ["any item at all", "await dynamo().send(new GetCommand({ TableName: table, Key: { pk: asked.pk, sk: asked.sk } }))", QUERIES],
    ["a key that the caller writes", "await dynamo().send(new GetCommand({ TableName: table, Key: asked.key }))", QUERIES],
    ["a key with more that the caller writes", "await dynamo().send(new GetCommand({ TableName: table, Key: { ...asked, id: asked.id } }))", QUERIES],
    ["all that the caller writes", "await dynamo().send(new GetCommand(asked))", QUERIES],
    ["all items of a kind", 'await dynamo().send(new QueryCommand({ TableName: table, KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": asked.id } }))', QUERIES],
    ["all items", "await dynamo().send(new ScanCommand({ TableName: table }))", QUERIES],
    ["as many items as the caller likes", "await dynamo().send(new BatchGetCommand({ RequestItems: { notes: { Keys: asked } } }))", QUERIES],
    ["each of what the caller names", "await Promise.all(asked.map((id: string) => dynamo().send(new GetCommand({ TableName: table, Key: { id } }))))", QUERIES],
    ["a change", "await dynamo().send(new PutCommand({ TableName: table, Item: asked }))", "changes DynamoDB"],
    ["what is not known", "await dynamo().send(asked.command)", QUERIES],
  ])("%s", (_, body, said) => {
    expect(saidOf(body)).toBe(said);
  });
});
