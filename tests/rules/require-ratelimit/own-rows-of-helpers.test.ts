import { describe, expect, it } from "vitest";
import type { ProjectFiles } from "../../helpers/project.ts";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* The row that is made where who calls has none, by functions of the project, and kept in the variable that was looked at. */

const ROUTE = "app/api/shops/route.ts";
const FILES: ProjectFiles = {
  ...CLIENTS,
  "lib/db.ts": 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n',
  "lib/shops.ts": `import { prisma } from "./db";
class Shops {
  async of(ownerId) { const shop = await prisma.shop.findUnique({ where: { ownerId } }); return shop; }
  async make(name, ownerId, plan = "free") {
    const shop = await prisma.shop.create({ data: { name, ownerId, isNew: true } });
    if (!shop) throw new Error("There is none");
    return shop;
  }
}
const shops = new Shops();
export default shops;
export const createShop = (data) => prisma.shop.create({ data });
export async function addShop(ownerId) { return prisma.shop.create({ data: { ownerId } }); }
export async function addPerhaps(ownerId, isSure) { if (isSure) return prisma.shop.create({ data: { ownerId } }); }
export async function addCaught(ownerId, name) { try { return await prisma.shop.create({ data: { ownerId, name } }); } catch { console.info("no"); } }
export async function addAnother(ownerId) { return prisma.shop.create({ data: { ownerId: \`\${ownerId}-\${Date.now()}\` } }); }
export async function addEither(ownerId, other) { return other ? prisma.shop.create({ data: { ownerId: other } }) : prisma.shop.create({ data: { ownerId } }); }
export async function addStore(ownerId) { return prisma.store.create({ data: { ownerId } }); }
`,
};
const LOOK = "let shop = await prisma.shop.findUnique({ where: { ownerId: userId } });\n  ";
const SEND = "await resend.emails.send(mail);";
const none = (...made: readonly string[]): string => `${LOOK}if (!shop) {\n    ${[...made, SEND].join("\n    ")}\n  }`;

type Case = readonly [name: string, verdict: Verdict, body: string];
const CASES: readonly Case[] = [
  ["in the same variable", "nobody", none("shop = await prisma.shop.create({ data: { ownerId: userId } });")],
  ["by a function", "nobody", none("shop = await addShop(userId);")],
  ["by methods", "nobody", `let shop = await shops.of(userId);\n  if (!shop) {\n    shop = await shops.make("mine", userId);\n    ${SEND}\n  }`],
  ["where there is one, it leaves", "nobody", `const shop = await shops.of(userId);\n  if (shop) return Response.json(shop);\n  const made = await addShop(userId);\n  ${SEND}`],

  ["for somebody else", "any signed-in caller", none("shop = await addShop(body.ownerId);")],
  ["the wrong way about", "any signed-in caller", none("shop = await shops.make(userId, body.ownerId);")],
  ["by an id that he sends", "any signed-in caller", `let shop = await shops.of(body.id);\n  if (!shop) {\n    shop = await addShop(body.id);\n    ${SEND}\n  }`],
  ["perhaps", "any signed-in caller", none("shop = await addPerhaps(userId, body.isSure);")],
  ["or not, for what he has refused", "any signed-in caller", none("shop = await addCaught(userId, body.name);")],
  ["under another id", "any signed-in caller", none("shop = await addAnother(userId);")],
  ["under either", "any signed-in caller", none("shop = await addEither(userId, body.other);")],
  ["in another table", "any signed-in caller", none("shop = await addStore(userId);")],
  ["with all that he sends", "any signed-in caller", none("shop = await createShop({ ownerId: userId, ...body });")],
  ["nobody waits for it", "any signed-in caller", none("addShop(userId).catch(() => {});")],
  ["after the work, where he may have it refused", "any signed-in caller", `${LOOK}if (!shop) {\n    ${SEND}\n    shop = await shops.make(body.name, userId);\n  }`],
  ["or what was found is forgotten", "any signed-in caller", `${LOOK}if (body.again) shop = null;\n  if (!shop) {\n    shop = await addShop(userId);\n    ${SEND}\n  }`],
  ["or looked up by something else", "any signed-in caller", `${LOOK}if (body.id) shop = await prisma.shop.findUnique({ where: { id: body.id } });\n  if (!shop) {\n    shop = await addShop(userId);\n    ${SEND}\n  }`],
  ["and thrown away", "any signed-in caller", `${none("shop = await addShop(userId);")}\n  if (body.undo) await prisma.shop.deleteMany({ where: { ownerId: userId } });`],
];

describe("a row that functions make where who calls has none", () => {
  it.each(CASES)("%s: %s", (_name, verdict, body) => {
    const code = `import { auth } from "@clerk/nextjs/server";
import { mail, resend } from "@/lib/clients";
import { prisma } from "@/lib/db";
import shops, { addAnother, addCaught, addEither, addPerhaps, addShop, addStore, createShop } from "@/lib/shops";
export async function POST(request: Request) {
  const body = await request.json();
  const { userId } = await auth();
  if (!userId) return new Response(null, { status: 401 });
  ${body}
  return Response.json({});
}
`;
    expect(verdictOf({ ...FILES, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });

  it("knows whose a session of Shopify is", () => {
    const loader = (id: string): ProjectFiles => ({
      ...FILES,
      "package.json": JSON.stringify({ name: "app", dependencies: { "@remix-run/node": "*" } }),
      "app/shopify.server.ts": 'import { shopifyApp } from "@shopify/shopify-app-remix/server";\nexport const { authenticate } = shopifyApp({});\n',
      "app/routes/app._index.tsx": `import { authenticate } from "../shopify.server";
import { mail, resend } from "../../lib/clients";
import shops from "../../lib/shops";
export const loader = async ({ request }) => {
  const { session } = await authenticate.admin(request);
  const of = new URL(request.url).searchParams.get("shop");
  let shop = await shops.of(${id});
  if (!shop) {
    shop = await shops.make("mine", ${id});
    ${SEND}
  }
  return null;
};
`,
    });
    expect(verdictOf(loader("session.shop"), "app/routes/app._index.tsx")).toBe("nobody");
    expect(verdictOf(loader("session.scope"), "app/routes/app._index.tsx")).toBe("any signed-in caller");
    expect(verdictOf(loader("of"), "app/routes/app._index.tsx")).toBe("any signed-in caller");
  });
});
