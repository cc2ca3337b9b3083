import { describe, expect, it } from "vitest";
import { parsePath } from "../../src/sdk/canonical.ts";
import {
  classifyFetchHost,
  COSTLY,
  COSTLY_ROWS,
  costlyOf,
  RECOMMENDED_KINDS,
  type CostlyKind,
} from "../../src/sdk/costly/index.ts";

const POSITIVE: readonly (readonly [kind: CostlyKind, path: string])[] = [
  ["data-write", "@prisma/client#PrismaClient.user.create"],
  ["data-write", "@prisma/client/edge#PrismaClient.$extends.user.upsert"],
  ["data-write", "@/generated/prisma/client#PrismaClient.user.deleteMany"],
  ["database", "@prisma/client#PrismaClient.user.findMany"],
  ["database", "@prisma/client#PrismaClient.$transaction"],
  ["data-write", "?#ctx.prisma.post.update"],
  ["database", "?#db.user.findUnique"],
  ["data-write", "drizzle-orm/neon-http#drizzle.insert.values.returning"],
  ["data-write", "drizzle-orm/postgres-js#drizzle.update"],
  ["database", "drizzle-orm/d1#drizzle.query.users.findFirst"],
  ["data-write", "drizzle-orm/pg-core#withReplicas.update.set.where"],
  ["data-write", "drizzle-orm/pg-core#withReplicas.$primary.insert"],
  ["database", "drizzle-orm/mysql-core#withReplicas.select.from"],
  ["data-write", "drizzle-orm/pg-core#withReplicas.transaction"],
  ["database", "drizzle-orm/libsql#drizzle.select.from.where.limit"],
  ["data-write", "?#tx.insert.values.onConflictDoNothing"],
  ["data-write", "?#opts.ctx.db.update.set.where.returning"],
  ["data-write", "?#ctx.db.delete.where"],
  ["database", "?#ctx.db.query.notes.findFirst"],
  ["database", "?#ctx.db.select.from.where.orderBy"],
  ["data-write", "kysely#Kysely.insertInto.values.execute"],
  ["database", "kysely#Kysely.selectFrom.selectAll.executeTakeFirst"],
  ["data-write", "knex#default.where.update"],
  ["database", "knex#default.where.first"],
  ["data-write", "mongoose#default.model.create"],
  ["data-write", "mongoose#models.User.findByIdAndUpdate"],
  ["data-write", "mongoose#default.model.save"],
  ["database", "mongoose#default.model.findOne.lean"],
  ["data-write", "mongodb#MongoClient.connect.db.collection.insertOne"],
  ["database", "mongodb#MongoClient.db.collection.find.toArray"],
  ["database", "pg#Pool.query"],
  ["database", "pg#default.Pool.connect.query"],
  ["database", "postgres#default"],
  ["database", "@neondatabase/serverless#neon"],
  ["database", "@vercel/postgres#sql"],
  ["database", "mysql2/promise#default.createPool.execute"],
  ["database", "@planetscale/database#connect.execute"],
  ["data-write", "better-sqlite3#default.prepare.run"],
  ["database", "node:sqlite#DatabaseSync.prepare.all"],
  ["database", "@libsql/client/web#createClient.execute"],
  ["database", "cloudflare:workers#env.DB.prepare.bind.first"],
  ["database", "?#c.env.DB.prepare.bind.run"],
  ["data-write", "?#env.CACHE.put"],
  ["data-write", "typeorm#DataSource.getRepository.save"],
  ["data-write", "sequelize#Sequelize.define.create"],
  ["data-write", "@supabase/ssr#createServerClient.from.insert.select.single"],
  ["database", "@supabase/supabase-js#createClient.from.select.eq"],
  ["data-write", "https://esm.sh/@supabase/supabase-js@2#createClient.from.upsert"],
  ["data-write", "firebase-admin/firestore#getFirestore.collection.doc.set"],
  ["data-write", "firebase-admin#default.firestore.collection.add"],
  ["data-write", "firebase/firestore#addDoc"],
  ["data-write", "@aws-sdk/lib-dynamodb#PutCommand"],
  ["data-write", "convex/nextjs#fetchMutation"],
  ["queue", "@upstash/qstash#Client.publishJSON"],
  ["queue", "@upstash/qstash#Client.queue.enqueueJSON"],
  ["queue", "@upstash/workflow#Client.trigger"],
  ["data-write", "@upstash/vector#Index.namespace.upsert"],
  ["database", "@upstash/vector/cloudflare#Index.query"],
  ["database", "@upstash/search#Search.index.search"],
  ["auth", "next-auth#default.signIn"],
  ["auth", "@supabase/supabase-js#createClient.auth.signInWithOtp"],
  ["auth", "@supabase/auth-helpers-nextjs#createRouteHandlerClient.auth.resetPasswordForEmail"],
  ["auth", "better-auth#betterAuth.api.signUpEmail"],
  ["auth", "@clerk/nextjs/server#clerkClient.users.createUser"],
  ["password", "bcryptjs#default.compare"],
  ["password", "argon2#hash"],
  ["password", "node:crypto#scryptSync"],
  ["mail", "resend#Resend.emails.send"],
  ["mail", "npm:resend@3#Resend.batch.send"],
  ["mail", "nodemailer#default.createTransport.sendMail"],
  ["mail", "@sendgrid/mail#default.send"],
  ["mail", "postmark#ServerClient.sendEmail"],
  ["mail", "mailgun.js#default.client.messages.create"],
  ["mail", "@aws-sdk/client-ses#SendEmailCommand"],
  ["mail", "loops#LoopsClient.sendTransactionalEmail"],
  ["mail", "loops#LoopsClient.createContact"],
  ["data-write", "loops#LoopsClient.updateContact"],
  ["mail", "@plunk/node#default.emails.send"],
  ["sms", "twilio#default.messages.create"],
  ["sms", "twilio#default.verify.v2.services.verifications.create"],
  ["sms", "@vonage/server-sdk#Vonage.sms.send"],
  ["llm", "openai#default.chat.completions.create"],
  ["llm", "openai#OpenAI.beta.threads.messages.create"],
  ["llm", "openai#AzureOpenAI.embeddings.create"],
  ["llm", "openai#OpenAIApi.createChatCompletion"],
  ["llm", "@anthropic-ai/sdk#default.messages.stream"],
  ["llm", "ai#generateText"],
  ["llm", "@google/generative-ai#GoogleGenerativeAI.getGenerativeModel.startChat.sendMessage"],
  ["llm", "@google/genai#GoogleGenAI.models.generateContentStream"],
  ["llm", "replicate#default.run"],
  ["llm", "@fal-ai/client#fal.subscribe"],
  ["llm", "@fal-ai/serverless-client#run"],
  ["llm", "together-ai#default.images.create"],
  ["llm", "@langchain/openai#ChatOpenAI.invoke"],
  ["llm", "@langchain/core/prompts#ChatPromptTemplate.fromMessages.pipe.invoke"],
  ["llm", "cohere-ai#CohereClient.v2.chat"],
  ["llm", "elevenlabs#ElevenLabsClient.textToSpeech.convert"],
  ["llm", "?#ctx.openai.chat.completions.create"],
  ["payment", "stripe#default.checkout.sessions.create"],
  ["payment", "@lemonsqueezy/lemonsqueezy.js#createCheckout"],
  ["blob", "@vercel/blob#put"],
  ["blob", "@aws-sdk/client-s3#PutObjectCommand"],
  ["blob", "@supabase/supabase-js#createClient.storage.from.upload"],
  ["file-system", "node:fs/promises#writeFile"],
  ["file-system", "fs#default.promises.rm"],
  ["child-process", "node:child_process#exec"],
  ["child-process", "global#Deno.Command.output"],
  ["child-process", "puppeteer#default.launch"],
  ["queue", "inngest#Inngest.send"],
  ["queue", "bullmq#Queue.add"],
  ["fetch", "global#fetch"],
  ["fetch", "axios#default.create.get"],
  ["fetch", "undici#fetch"],
];

const NEGATIVE: readonly string[] = [
  // Building, configuring and parsing, in packages that have costly calls too.
  "@prisma/client#PrismaClient",
  "@prisma/client#Prisma.sql",
  "@prisma/client#PrismaClient.$disconnect",
  "drizzle-orm#eq",
  "drizzle-orm/pg-core#pgTable",
  "drizzle-orm/neon-http#drizzle",
  "drizzle-orm/pg-core#withReplicas",
  "kysely#Kysely.insertInto.values",
  "knex#default.destroy",
  "mongoose#default.connect",
  "mongoose#Schema.index",
  "mongodb#ObjectId",
  "pg#Pool",
  "@supabase/ssr#createServerClient",
  "@supabase/ssr#createServerClient.auth.getUser",
  "@supabase/ssr#createServerClient.from",
  "@supabase/supabase-js#createClient.storage.from.getPublicUrl",
  "firebase/firestore#collection",
  "firebase-admin/auth#getAuth.verifyIdToken",
  "next-auth#getServerSession",
  "next-auth#default.auth",
  "better-auth#betterAuth.api.getSession",
  "@clerk/nextjs/server#auth",
  "bcryptjs#genSaltSync",
  "node:crypto#randomUUID",
  "node:crypto#createHash",
  "resend#Resend",
  "@react-email/render#render",
  "nodemailer#createTransport",
  "@sendgrid/mail#default.setApiKey",
  "twilio#default.validateRequest",
  "openai#default",
  "openai#default.models.list",
  "openai/helpers/zod#zodResponseFormat",
  "openai#default.webhooks.unwrap",
  "ai#convertToModelMessages",
  "ai#tool",
  "@ai-sdk/openai#openai",
  "@google/generative-ai#GoogleGenerativeAI.getGenerativeModel",
  "@langchain/core/prompts#PromptTemplate.fromTemplate",
  "@langchain/core/prompts#ChatPromptTemplate.fromMessages.invoke",
  "stripe#default.webhooks.constructEvent",
  "stripe#default.prices.list",
  "@upstash/qstash#Receiver.verify",
  "@upstash/vector#Index.info",
  "@vercel/blob#head",
  "node:fs#readFileSync",
  "node:path#join",
  "axios#isAxiosError",
  // The same names elsewhere.
  "lodash#default.create",
  "./resend#Resend.emails.send",
  "resend-kit#Resend.emails.send",
  "../lib/ai#generateText",
  "some-cache#put",
  // Receivers that are not known, and chains that many libraries have.
  "?#user.create",
  "?#messages.create",
  "?#client.send",
  "?#array.insert",
  "?#items.find",
  "?#map.delete",
  "?#cache.put",
  "?#store.env.get",
  "?#Object.values.insert",
];

describe("costlyOf", () => {
  it.each(POSITIVE)("counts as %s: %s", (kind, path) => {
    expect(costlyOf(parsePath(path))?.kind).toBe(kind);
  });

  it.each(NEGATIVE)("knows nothing costly of %s", (path) => {
    expect(costlyOf(parsePath(path))).toBeUndefined();
  });

  it("has labels that follow a subject, without a full stop", () => {
    for (const { label } of COSTLY_ROWS) expect(label).toMatch(/^[a-z]+s .*[^.]$/u);
  });

  it("pre-tests import lists", () => {
    expect(COSTLY.couldMatch("resend")).toBe(true);
    expect(COSTLY.couldMatch("drizzle-orm/neon-http")).toBe(true);
    expect(COSTLY.couldMatch("react")).toBe(false);
  });
});

describe("RECOMMENDED_KINDS", () => {
  it("leaves only plain requests to the strict preset", () => {
    const kinds = new Set(COSTLY_ROWS.map(({ kind }) => kind));
    expect([...kinds].filter((kind) => !RECOMMENDED_KINDS.has(kind))).toEqual(["fetch"]);
  });
});

describe("classifyFetchHost", () => {
  it.each([
    ["llm", "api.openai.com"],
    ["llm", "API.Anthropic.com"],
    ["llm", "api.openai.com:443"],
    ["llm", "generativelanguage.googleapis.com"],
    ["llm", "europe-west1-aiplatform.googleapis.com"],
    ["llm", "my-resource.openai.azure.com"],
    ["llm", "openrouter.ai"],
    ["llm", "api.replicate.com"],
    ["llm", "bedrock-runtime.us-east-1.amazonaws.com"],
    ["mail", "api.resend.com"],
    ["mail", "api.sendgrid.com"],
    ["mail", "us21.api.mailchimp.com"],
    ["fetch", "hooks.slack.com"],
    ["mail", "email.eu-central-1.amazonaws.com"],
    ["sms", "api.twilio.com"],
    ["payment", "api.stripe.com"],
  ] as const)("%s: %s", (kind, host) => {
    expect(classifyFetchHost(host)?.kind).toBe(kind);
  });

  it.each([
    "",
    "example.com",
    "openai.com",
    "api.openai.com.example.com",
    "notapi.stripe.com.evil.test",
    "xapi.stripe.com",
    "storage.googleapis.com",
    "my-bucket.s3.amazonaws.com",
    "email.amazonaws.com.example.com",
    "localhost:3000",
    "com",
    "...",
  ])("knows nothing of %s", (host) => {
    expect(classifyFetchHost(host)).toBeUndefined();
  });
});
