import { describe, expect, it } from "vitest";
import { CLIENTS, verdictOf, type Verdict } from "./verdicts.ts";

/* Whoever pays for each call calls as often as he has paid for. */

const ROUTE = "app/api/report/route.ts";
const WRITE = 'await redis.lpush("reports", await request.text());';
const ANSWER = "return Response.json({ ok: true });";

const verdict = (code: string, files: Record<string, string> = {}): Verdict => verdictOf({ ...CLIENTS, ...files, [ROUTE]: code }, ROUTE);

const PAID = `import { BatchFacilitatorClient } from "@circle-fin/x402-batching/server";

const facilitator = new BatchFacilitatorClient();

export function paid(handler: (request: Request) => Promise<Response>, price: string) {
  return async (request: Request) => {
    const header = request.headers.get("payment-signature");
    if (!header) return new Response(null, { status: 402 });
    const payment = JSON.parse(atob(header));
    const { isValid } = await facilitator.verify(payment, { price });
    if (!isValid) return new Response(null, { status: 402 });
    const { success } = await facilitator.settle(payment, { price });
    if (!success) return new Response(null, { status: 402 });
    return handler(request);
  };
}
`;

describe("a handler that each call is paid for", () => {
  it.each([
    ["wrapped by the library", `import { withX402 } from "x402-next";\nimport { redis } from "@/lib/clients";\nconst handler = async (request: Request) => {\n  ${WRITE}\n  ${ANSWER}\n};\nexport const POST = withX402(handler, "0x1", { price: "$0.01", network: "base" });\n`],
    ["with a facilitator asked by hand", `import { useFacilitator } from "x402/verify";\nimport { redis } from "@/lib/clients";\nconst { verify } = useFacilitator();\nexport async function POST(request: Request) {\n  const { isValid } = await verify(JSON.parse(request.headers.get("x-payment") ?? ""), { price: 1 });\n  if (!isValid) return new Response(null, { status: 402 });\n  ${WRITE}\n  ${ANSWER}\n}\n`],
  ])("%s", (_, code) => {
    expect(verdict(code)).toBe("nobody");
  });

  it("in a wrapper of the project", () => {
    const code = `import { paid } from "@/lib/paid";\nimport { redis } from "@/lib/clients";\nexport const POST = paid(async (request: Request) => {\n  ${WRITE}\n  ${ANSWER}\n}, "$0.01");\n`;
    expect(verdict(code, { "lib/paid.ts": PAID })).toBe("nobody");
    expect(verdict(code, { "lib/paid.ts": PAID.replace(/const \{ isValid \}[\s\S]*?const \{ success \}[^\n]*\n[^\n]*\n/u, "") })).toBe("anyone");
  });
});

describe("a handler that is not paid for", () => {
  it.each([
    ["what a header says is no payment", `import { redis } from "@/lib/clients";\nexport async function POST(request: Request) {\n  if (!request.headers.get("x-payment")) return new Response(null, { status: 402 });\n  ${WRITE}\n  ${ANSWER}\n}\n`],
    ["the work comes first", `import { useFacilitator } from "x402/verify";\nimport { redis } from "@/lib/clients";\nconst { verify } = useFacilitator();\nexport async function POST(request: Request) {\n  ${WRITE}\n  await verify(JSON.parse(request.headers.get("x-payment") ?? ""), { price: 1 });\n  ${ANSWER}\n}\n`],
    ["a payment is offered to somebody else", `import { wrapFetchWithPayment } from "x402-fetch";\nimport { redis } from "@/lib/clients";\nconst pay = wrapFetchWithPayment(fetch, {});\nexport async function POST(request: Request) {\n  await pay("https://api.example.com");\n  ${WRITE}\n  ${ANSWER}\n}\n`],
  ])("%s", (_, code) => {
    expect(verdict(code)).toBe("anyone");
  });
});
