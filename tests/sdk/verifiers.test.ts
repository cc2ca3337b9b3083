import { describe, expect, it } from "vitest";
import { parsePath } from "../../src/sdk/canonical.ts";
import { LIBRARY_HANDLER_ROWS, libraryHandlerOf, VERIFIER_ROWS, verifierOf } from "../../src/sdk/verifiers.ts";

describe("verifierOf", () => {
  it.each([
    ["wrapper", "@upstash/qstash/nextjs#verifySignatureAppRouter"],
    ["wrapper", "@upstash/qstash/dist/nextjs#verifySignature"],
    ["wrapper", "@upstash/qstash/svelte#verifySignatureSvelte"],
    ["throws", "@upstash/qstash#Receiver.verify"],
    ["wrapper", "@upstash/workflow/nextjs#serve"],
    ["wrapper", "@upstash/workflow/nextjs#serve.POST"],
    ["wrapper", "@upstash/workflow/cloudflare#serve.fetch"],
    ["wrapper", "@upstash/workflow/h3#serveMany.handler"],
    ["wrapper", "@upstash/qstash/hono#serve"],
    ["throws", "stripe#default.webhooks.constructEvent"],
    ["throws", "stripe#Stripe.webhooks.constructEventAsync"],
    ["throws", "stripe#webhooks.constructEvent"],
    ["throws", "?#stripe.webhooks.constructEvent"],
    ["throws", "stripe#default.parseThinEvent"],
    ["throws", "stripe#Stripe.parseEventNotification"],
    ["throws", "?#billing.stripe.parseEventNotificationAsync"],
    ["throws", "@acme/utils#stripe.webhooks.constructEvent"],
    ["throws", "@acme/billing#getStripe.webhooks.constructEventAsync"],
    ["throws", "@apple/app-store-server-library#SignedDataVerifier.verifyAndDecodeNotification"],
    ["throws", "svix#Webhook.verify"],
    ["throws", "standardwebhooks#Webhook.verify"],
    ["call", "@octokit/webhooks#Webhooks.verify"],
    ["throws", "@octokit/webhooks#Webhooks.verifyAndReceive"],
    ["call", "@octokit/webhooks-methods#verify"],
    ["throws", "@clerk/nextjs/webhooks#verifyWebhook"],
    ["wrapper", "inngest/next#serve.GET"],
    ["wrapper", "@trigger.dev/nextjs#createAppRoute.POST"],
    ["wrapper", "@polar-sh/nextjs#Webhooks"],
    ["throws", "@polar-sh/sdk/webhooks#validateEvent"],
    ["throws", "coinbase-commerce-node#Webhook.verifyEventBody"],
    ["throws", "coinbase-commerce-node#default.Webhook.verifySigHeader"],
    ["call", "replicate#validateWebhook"],
    ["throws", "resend#Resend.webhooks.verify"],
    ["throws", "openai#default.webhooks.unwrap"],
    ["call", "next-sanity/webhook#parseBody"],
    ["wrapper", "@slack/bolt#AwsLambdaReceiver.start"],
    ["call", "discord-interactions#verifyKey"],
    ["middleware", "discord-interactions#verifyKeyMiddleware"],
    ["call", "twilio#default.validateRequest"],
    ["call", "node:crypto#timingSafeEqual"],
    ["call", "crypto#default.timingSafeEqual"],
    ["call", "jsr:@std/crypto@1/timing-safe-equal#timingSafeEqual"],
    ["call", "global#crypto.subtle.verify"],
    ["call", "tsscmp#default"],
  ] as const)("is a %s: %s", (form, path) => {
    expect(verifierOf(parsePath(path))?.form).toBe(form);
  });

  it.each([
    "@upstash/qstash#Client.publishJSON",
    "@upstash/qstash#Receiver",
    "@upstash/workflow#Client.trigger",
    "coinbase-commerce-node#Webhook.computeSignature",
    "coinbase-commerce-node#resources.Charge.create",
    "stripe#default.customers.create",
    "stripe#default.webhooks.constructEventWithoutVerification",
    "@acme/utils#webhooks.create",
    "@acme/utils#constructEvent",
    // What Apple has signed for a buyer is in the hands of the buyer.
    "@apple/app-store-server-library#SignedDataVerifier.verifyAndDecodeTransaction",
    "stripe#default.parseEventNotificationWithoutVerification",
    "svix#Svix.message.create",
    "replicate#default.predictions.create",
    "@slack/bolt#App.client.chat.postMessage",
    "inngest#Inngest.createFunction",
    "@lemonsqueezy/lemonsqueezy.js#createCheckout",
    "jsonwebtoken#verify",
    "jose#jwtVerify",
    "bcryptjs#compare",
    "node:crypto#createHmac.update.digest",
    "global#crypto.subtle.digest",
    "global#crypto.timingSafeEqual",
    "hono#Hono.get",
    "?#verify",
    "?#receiver.verify",
    "./svix#Webhook.verify",
  ])("is no proof of a machine: %s", (path) => {
    expect(verifierOf(parsePath(path))).toBeUndefined();
  });

  it("says which verdicts are promises", () => {
    expect(verifierOf(parsePath("@upstash/qstash#Receiver.verify"))?.async).toBe(true);
    expect(verifierOf(parsePath("stripe#default.webhooks.constructEvent"))?.async).toBeUndefined();
    expect(verifierOf(parsePath("stripe#default.webhooks.constructEventAsync"))?.async).toBe(true);
  });

  it("says how each answer is read", () => {
    for (const row of VERIFIER_ROWS) expect(row.outcomes !== undefined, row.pattern).toBe(row.form === "call");
    expect(verifierOf(parsePath("next-sanity/webhook#parseBody"))?.outcomes).toEqual([
      { member: "isValidSignature", refused: false },
    ]);
    expect(verifierOf(parsePath("@upstash/qstash/nextjs#verifySignatureAppRouter"))?.handler).toBe(0);
  });
});

describe("libraryHandlerOf", () => {
  it.each([
    ["opaque", "next-auth#default"],
    ["opaque", "next-auth/next#default"],
    ["opaque", "next-auth#default.handlers"],
    ["opaque", "next-auth#default.handlers.POST"],
    ["opaque", "@auth/sveltekit#SvelteKitAuth.handle"],
    ["limits-itself", "better-auth/next-js#toNextJsHandler.GET"],
    ["limits-itself", "better-auth#betterAuth.handler"],
    ["limited-inside", "uploadthing/next#createRouteHandler.POST"],
    ["limited-inside", "uploadthing/next-legacy#createRouteHandler"],
    ["limited-inside", "@trpc/server/adapters/fetch#fetchRequestHandler"],
    ["limited-inside", "@trpc/server/adapters/next#createNextApiHandler"],
    ["limited-inside", "graphql-yoga#createYoga.handleRequest"],
    ["limited-inside", "hono/vercel#handle"],
    ["opaque", "@payloadcms/next/routes#REST_POST"],
    ["opaque", "@auth0/nextjs-auth0#handleAuth"],
    ["opaque", "@clerk/nextjs/server#createFrontendApiProxyHandlers.POST"],
  ] as const)("%s: %s", (reason, path) => {
    expect(libraryHandlerOf(parsePath(path))?.reason).toBe(reason);
  });

  it.each([
    "next-auth#getServerSession",
    "next-auth#default.auth",
    "next-auth#default.signIn",
    "better-auth#betterAuth",
    "better-auth#betterAuth.api.signInEmail",
    "better-auth/client#createAuthClient",
    "@trpc/server#initTRPC.create",
    "@clerk/nextjs/server#auth",
    "uploadthing/server#UTApi.deleteFiles",
    "hono#Hono",
    "?#handlers.GET",
    "./auth#handlers.GET",
  ])("is not a library's handler: %s", (path) => {
    expect(libraryHandlerOf(parsePath(path))).toBeUndefined();
  });

  it("names the library", () => {
    for (const { label } of LIBRARY_HANDLER_ROWS) expect(label).not.toBe("");
  });
});
