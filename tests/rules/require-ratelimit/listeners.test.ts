import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* What a listener does is set off by what it listens to, where that lives on when the request is answered. */

const ROUTE = "app/api/socket/route.ts";
const WORK = 'await redis.lpush("messages", "x");';

const CASES: readonly (readonly [name: string, verdict: Verdict, body: string])[] = [
  ["of a server of sockets", "nobody", `const io = new Server();\n  io.on("connection", (socket) => {\n    socket.on("message", async () => {\n      ${WORK}\n    });\n  });`],
  ["of a namespace of it", "nobody", `const io = new Server();\n  io.of("/chat").on("connection", async () => {\n    ${WORK}\n  });`],
  ["of the process", "nobody", `process.on("exit", async () => {\n    ${WORK}\n  });`],
  // The request sets these off.
  ["of the request's own body", "anyone", `const body = Readable.from(await request.text());\n  body.on("data", async () => {\n    ${WORK}\n  });`],
  ["of something unknown", "anyone", `source.on("end", async () => {\n    ${WORK}\n  });`],
  ["beside work of the request", "anyone", `const io = new Server();\n  io.on("connection", () => {});\n  ${WORK}`],
];

describe("a listener", () => {
  it.each(CASES)("%s: %s", (_, verdict, body) => {
    const code = `import { Readable } from "node:stream";\nimport { Server } from "socket.io";\nimport { redis } from "@/lib/clients";\nimport { source } from "some-source";\nexport async function POST(request: Request) {\n  ${body}\n  return Response.json({ ok: true });\n}\n`;
    expect(verdictOf({ ...CLIENTS, [ROUTE]: code }, ROUTE)).toBe(verdict);
  });
});
