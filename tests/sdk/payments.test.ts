import { describe, expect, it } from "vitest";
import { parsePath } from "../../src/sdk/canonical.ts";
import { mayTakePayment, takesPayment } from "../../src/sdk/payments.ts";

describe("takesPayment", () => {
  it.each([
    "x402-next#withX402",
    "@x402/next#withX402",
    "@x402/next#withX402FromHTTPServer",
    "x402/verify#useFacilitator.verify",
    "x402/verify#useFacilitator.settle",
    "@x402/core/server#HTTPFacilitatorClient.verify",
    "@x402/core/server#x402ResourceServer.settlePayment",
    "@x402/express#x402ResourceServer.register.verifyPayment",
    "@x402/core/server#x402HTTPResourceServer.processHTTPRequest",
    "@circle-fin/x402-batching/server#BatchFacilitatorClient.settle",
    "@circle-fin/x402-batching/server#createGatewayMiddleware.require",
  ])("%s", (path) => {
    expect(takesPayment(parsePath(path))).toBe(true);
  });

  it.each([
    // Others than the routes of its list pass it.
    "@x402/express#paymentMiddleware",
    "x402-next#paymentMiddleware",
    "@x402/core/server#HTTPFacilitatorClient.getSupported",
    "@circle-fin/x402-batching/client#BatchFacilitatorClient.pay",
    "@acme/x402#withX402",
  ])("not %s", (path) => {
    expect(takesPayment(parsePath(path))).toBe(false);
  });

  it("says which packages may", () => {
    expect(mayTakePayment("@x402/core/server")).toBe(true);
    expect(mayTakePayment("stripe")).toBe(false);
  });
});
