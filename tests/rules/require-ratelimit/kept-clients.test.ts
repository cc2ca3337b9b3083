import rule from "../../../src/rules/require-ratelimit.ts";
import { runRule } from "../../helpers/rule-tester.ts";
import { LIMITER, open } from "./shared.ts";

const ROUTE = "app/api/notes/route.ts";

const HANDLER = `import { prisma } from "@/lib/prisma";

export async function POST(request: Request) {
  const { id } = await request.json();
  await prisma.note.delete({ where: { id } });
  return Response.json({ ok: true });
}
`;

/** Clients that are kept on the global object, so that a development server does not make new ones. */
runRule("require-ratelimit", rule, {
  valid: [
    {
      name: "something else is kept there",
      filename: ROUTE,
      files: {
        "lib/notes.ts": `interface Notes {
  delete(options: { where: { id: string } }): void;
}

const kept = globalThis as unknown as { prisma?: { note: Notes } };

export const prisma = kept.prisma ?? { note: { delete: ({ where }) => console.log(where.id) } };
`,
      },
      code: HANDLER.replace("@/lib/prisma", "@/lib/notes"),
    },
    {
      name: "a client that is kept, behind the limiter",
      filename: ROUTE,
      files: {
        ...LIMITER,
        "lib/prisma.ts": `import { PrismaClient } from "@prisma/client";

const kept = globalThis as unknown as { prisma?: PrismaClient };

export const prisma = kept.prisma ?? new PrismaClient();
`,
      },
      code: `import { prisma } from "@/lib/prisma";
import { ratelimit } from "@/lib/ratelimit";

export async function POST(request: Request) {
  const { success } = await ratelimit.limit(request.headers.get("x-real-ip") ?? "anonymous");
  if (!success) return new Response(null, { status: 429 });
  await prisma.note.create({ data: await request.json() });
  return Response.json({ ok: true });
}
`,
    },
    {
      name: "a function that may be kept",
      filename: ROUTE,
      code: `const build = (globalThis as unknown as { build?: (text: string) => string }).build ?? ((text: string) => text.trim());

export async function POST(request: Request) {
  return Response.json({ text: build(await request.text()) });
}
`,
    },
  ],
  invalid: [
    ...[
      `const kept = globalThis as unknown as { prisma?: PrismaClient };

export const prisma = kept.prisma ?? new PrismaClient();

if (process.env.NODE_ENV !== "production") kept.prisma = prisma;
`,
      `declare global {
  var prisma: PrismaClient | undefined;
}

const client = globalThis.prisma || new PrismaClient();

export { client as prisma };
`,
    ].map((text, index) =>
      open({
        name: `Prisma, kept on the global object (${index})`,
        filename: ROUTE,
        files: { ...LIMITER, "lib/prisma.ts": `import { PrismaClient } from "@prisma/client";\n\n${text}` },
        code: HANDLER,
        at: "POST",
        title: "POST /api/notes",
        work: "changes the database through Prisma",
        guarded: true,
      }),
    ),
  ],
});
