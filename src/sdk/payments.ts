/**
 * Calls that take a payment for the request, by the protocol x402: whoever calls as often as he likes pays as often. They
 * prove nothing of who calls, so they are no verifiers. A middleware for a list of paid routes (`paymentMiddleware`,
 * `paymentProxy`) is not here: its list says which routes it asks to be paid for, and others pass it.
 */
import { compile, type CanonicalPath, type Matcher } from "./canonical.ts";

interface PaymentRow {
  readonly pattern: string;
}

/** Every row, for tests. Source: the packages' types. */
export const PAYMENT_ROWS: readonly PaymentRow[] = [
  // https://github.com/x402-foundation/x402, x402 1.2 and @x402/* 2.27
  "{x402-next,@x402/next}#{withX402,withX402FromHTTPServer}",
  "x402/verify#{verify,settle,useFacilitator.verify,useFacilitator.settle}",
  "@x402/*#HTTPFacilitatorClient.{verify,settle}",
  "@x402/*#x402ResourceServer.**.{verifyPayment,settlePayment}",
  "@x402/*#x402HTTPResourceServer.**.{processHTTPRequest,processSettlement}",
  // @circle-fin/x402-batching 3.3
  "@circle-fin/x402-batching/server#BatchFacilitatorClient.{verify,settle}",
  "@circle-fin/x402-batching/server#createGatewayMiddleware.require",
].map((pattern) => ({ pattern }));

const PAYMENTS: Matcher<PaymentRow> = compile(PAYMENT_ROWS);

/** True for a call after which the request is paid for, or that makes a handler or a middleware of which that holds. */
export function takesPayment(path: CanonicalPath): boolean {
  return PAYMENTS.match(path) !== undefined;
}

/** Some call of the package may take a payment. */
export function mayTakePayment(source: string): boolean {
  return PAYMENTS.couldMatch(source);
}
