/**
 * Work that costs money or can be abused: what a handler should not do for anybody, as often as they like.
 * Redis commands are not here (they are `redis-commands.ts`), nor are the SDKs' own limiters.
 *
 * A row matches a callee, not what its arguments are. Rows of the source `?` are evidence by name only: chains which
 * in practice belong to one family of libraries, for receivers that could not be resolved (`ctx.prisma.user.create`).
 */
import { compile, type CanonicalPath, type Matcher } from "./canonical.ts";

export type CostlyKind =
  | "data-write"
  | "database"
  | "redis-read"
  | "auth"
  | "password"
  | "mail"
  | "sms"
  | "llm"
  | "payment"
  | "fetch"
  | "file-system"
  | "child-process"
  | "blob"
  | "queue";

export interface CostlyRow {
  readonly pattern: string;
  readonly kind: CostlyKind;
  /** What the call does, to follow "this handler": "sends mail through Resend". */
  readonly label: string;
}

/**
 * The kinds that `recommended` counts: all but plain `fetch`, which is costly only by its target
 * (see {@link classifyFetchHost}) or when the caller chooses it.
 */
export const RECOMMENDED_KINDS: ReadonlySet<CostlyKind> = new Set<CostlyKind>([
  "data-write",
  "database",
  "redis-read",
  "auth",
  "password",
  "mail",
  "sms",
  "llm",
  "payment",
  "file-system",
  "child-process",
  "blob",
  "queue",
]);

function rows(kind: CostlyKind, label: string, ...patterns: readonly string[]): readonly CostlyRow[] {
  return patterns.map((pattern) => ({ pattern, kind, label }));
}

const PRISMA = "{@prisma/client,@prisma/client/*,*}#PrismaClient";
const PRISMA_WRITES =
  "{create,createMany,createManyAndReturn,update,updateMany,updateManyAndReturn,upsert,delete,deleteMany}";
const PRISMA_READS =
  "{findUnique,findUniqueOrThrow,findFirst,findFirstOrThrow,findMany,count,aggregate,groupBy}";
const MONGO_WRITES =
  "{insertOne,insertMany,updateOne,updateMany,deleteOne,deleteMany,replaceOne,bulkWrite," +
  "findOneAndUpdate,findOneAndDelete,findOneAndReplace}";
const SQL_WRITES = "{insert,update,del,delete,upsert,truncate,increment,decrement}";
const SUPABASE =
  "{@supabase/supabase-js,@supabase/ssr,@supabase/auth-helpers-nextjs,@supabase/auth-helpers-remix," +
  "@supabase/auth-helpers-sveltekit}#*";
const SUPABASE_AUTH =
  "{signUp,signInWithPassword,signInWithOtp,signInWithOAuth,signInWithIdToken,signInWithSSO,signInAnonymously," +
  "resetPasswordForEmail,updateUser,verifyOtp,resend,reauthenticate}";

/** SQL and document databases, and the ORMs over them. */
const DATABASE_ROWS: readonly CostlyRow[] = [
  // https://www.prisma.io/docs/orm/reference/prisma-client-reference. Since Prisma 7 the client is generated into the
  // project, hence the class of that name from any module.
  ...rows("data-write", "changes the database through Prisma", `${PRISMA}.**.${PRISMA_WRITES}`),
  ...rows("data-write", "changes the database through Prisma", `${PRISMA}.**.{$executeRaw,$executeRawUnsafe}`),
  ...rows("data-write", "changes the database through Prisma", `?#**.prisma.*.${PRISMA_WRITES}`),
  ...rows("data-write", "changes the database through Prisma", "?#**.{$executeRaw,$executeRawUnsafe}"),
  ...rows("data-write", "changes the database", "?#**.{createManyAndReturn,updateManyAndReturn}"),
  ...rows("database", "queries the database through Prisma", `${PRISMA}.**.${PRISMA_READS}`),
  ...rows(
    "database",
    "queries the database through Prisma",
    `${PRISMA}.**.{$queryRaw,$queryRawUnsafe,$queryRawTyped,$transaction,$runCommandRaw}`,
    `?#**.prisma.*.${PRISMA_READS}`,
    "?#**.{$queryRaw,$queryRawUnsafe}",
    "?#**.*.{findUnique,findUniqueOrThrow,findFirstOrThrow}",
  ),
  // https://orm.drizzle.team/docs/insert, /update, /delete, /select, /rqb, /sql
  ...rows(
    "data-write",
    "changes the database through Drizzle",
    "drizzle-orm/*#drizzle.{insert,update,delete}.**",
    "drizzle-orm/*#drizzle.with.{insert,update,delete}.**",
    "drizzle-orm/*#drizzle.transaction",
    "?#**.insert.values.**",
  ),
  ...rows(
    "database",
    "queries the database through Drizzle",
    "drizzle-orm/*#drizzle.{select,selectDistinct,selectDistinctOn,with}.**",
    "drizzle-orm/*#drizzle.query.*.{findMany,findFirst}.**",
    "drizzle-orm/*#drizzle.{execute,run,all,get,values,batch,$count}",
  ),
  // https://kysely.dev/docs/getting-started
  ...rows(
    "data-write",
    "changes the database through Kysely",
    `{kysely#Kysely,@vercel/postgres-kysely#createKysely}.**.{insertInto,updateTable,deleteFrom,replaceInto,
      mergeInto}.**.{execute,executeTakeFirst,executeTakeFirstOrThrow}`,
    "?#**.insertInto.values.**",
  ),
  ...rows(
    "database",
    "queries the database through Kysely",
    `{kysely#Kysely,@vercel/postgres-kysely#createKysely}.**.{execute,executeTakeFirst,executeTakeFirstOrThrow,
      executeQuery,stream}`,
    "kysely#sql.**.execute",
  ),
  // https://knexjs.org/guide/query-builder.html
  ...rows("data-write", "changes the database through Knex", `knex#**.${SQL_WRITES}.**`),
  ...rows(
    "database",
    "queries the database through Knex",
    "knex#**.{select,from,into,where,first,pluck,count,raw,orderBy,limit}",
  ),
  // https://mongoosejs.com/docs/api/model.html, https://www.mongodb.com/docs/drivers/node/current/
  ...rows("data-write", "changes the database through Mongoose", `mongoose#**.${MONGO_WRITES}.**`),
  ...rows(
    "data-write",
    "changes the database through Mongoose",
    "mongoose#{model,models.*,Mongoose.model}.{create,insertMany,findByIdAndUpdate,findByIdAndDelete,save}.**",
  ),
  ...rows(
    "database",
    "queries the database through Mongoose",
    "mongoose#**.{find,findOne,findById,exists,countDocuments,estimatedDocumentCount,aggregate,distinct}.**",
  ),
  ...rows("data-write", "changes the database through MongoDB", `mongodb#MongoClient.**.${MONGO_WRITES}`),
  ...rows("data-write", "changes the database", "?#**.{insertOne,updateOne,deleteOne,replaceOne,findOneAndUpdate}"),
  ...rows(
    "database",
    "queries the database through MongoDB",
    "mongodb#MongoClient.**.{find,findOne,aggregate,countDocuments,estimatedDocumentCount,distinct}.**",
  ),
  // https://node-postgres.com/apis/pool, https://neon.com/docs/serverless/serverless-driver,
  // https://github.com/porsager/postgres, https://vercel.com/docs/storage/vercel-postgres/sdk
  ...rows(
    "database",
    "queries Postgres",
    "pg#{Pool,Client,native.Pool,native.Client}.**.query",
    "@neondatabase/serverless#{Pool,Client}.**.query",
    "@neondatabase/serverless#neon.**",
    "postgres#default",
    "postgres#default.{unsafe,begin,file,notify}",
    "@vercel/postgres#{sql,db,createPool,createClient}.{query,sql,connect.query,connect.sql}",
    "@vercel/postgres#sql",
    "bun#{sql,SQL}",
    "global#Bun.{sql,SQL}",
  ),
  // https://sidorares.github.io/node-mysql2/docs, https://planetscale.com/docs/tutorials/planetscale-serverless-driver
  ...rows(
    "database",
    "queries MySQL",
    "{mysql2,mysql2/promise,mysql}#{createPool,createConnection,createPoolPromise}.**.{query,execute}",
    "@planetscale/database#{connect,Client}.**.{execute,transaction}",
  ),
  // https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md, https://docs.turso.tech/sdk/ts/reference,
  // https://nodejs.org/api/sqlite.html, https://bun.com/docs/api/sqlite, https://developers.cloudflare.com/d1/
  ...rows(
    "data-write",
    "changes the database through SQLite",
    "better-sqlite3#default.prepare.**.run",
    "{sqlite,node:sqlite}#DatabaseSync.prepare.run",
    "bun:sqlite#Database.**.run",
  ),
  ...rows(
    "database",
    "queries SQLite",
    "better-sqlite3#default.prepare.**.{get,all,iterate}",
    "better-sqlite3#default.exec",
    "{sqlite,node:sqlite}#DatabaseSync.prepare.{get,all,iterate}",
    "{sqlite,node:sqlite}#DatabaseSync.exec",
    "bun:sqlite#Database.**.{get,all,values,exec}",
    "{@libsql/client,@libsql/client/*}#createClient.**.{execute,batch,migrate,executeMultiple}",
    "{cloudflare:workers,?}#**.env.*.prepare.**.{run,all,first,raw}",
  ),
  // https://sequelize.org/docs/v6/, https://typeorm.io/docs/working-with-entity-manager/repository-api
  ...rows(
    "data-write",
    "changes the database through Sequelize",
    `sequelize#{default,Sequelize}.{define,model,models.*}.{create,bulkCreate,upsert,update,destroy,increment,
      decrement,save}`,
  ),
  ...rows("database", "queries the database through Sequelize", "sequelize#{default,Sequelize}.query"),
  ...rows(
    "database",
    "queries the database through Sequelize",
    `sequelize#{default,Sequelize}.{define,model,models.*}.{findAll,findOne,findByPk,findOrCreate,findAndCountAll,
      count}`,
  ),
  ...rows(
    "data-write",
    "changes the database through TypeORM",
    "typeorm#DataSource.**.{getRepository,manager}.{save,insert,update,upsert,delete,remove,softDelete,softRemove}",
    "typeorm#getRepository.{save,insert,update,upsert,delete,remove}",
  ),
  ...rows(
    "database",
    "queries the database through TypeORM",
    "typeorm#DataSource.**.{getRepository,manager}.{find,findBy,findOne,findOneBy,findAndCount,count,query}",
    "typeorm#DataSource.query",
  ),
  // https://supabase.com/docs/reference/javascript/insert, /update, /upsert, /delete, /select, /rpc
  ...rows(
    "data-write",
    "changes the database through Supabase",
    `${SUPABASE}.from.{insert,update,upsert,delete}.**`,
    `${SUPABASE}.schema.from.{insert,update,upsert,delete}.**`,
    "?#**.from.{insert,upsert}",
  ),
  ...rows(
    "database",
    "queries the database through Supabase",
    `${SUPABASE}.from.select.**`,
    `${SUPABASE}.schema.from.select.**`,
    `${SUPABASE}.rpc.**`,
    `${SUPABASE}.schema.rpc.**`,
  ),
  // https://firebase.google.com/docs/firestore/manage-data/add-data, /firestore/query-data/get-data
  ...rows(
    "data-write",
    "changes the database through Firestore",
    "firebase-admin/firestore#getFirestore.**.{add,set,update,create,delete,commit,runTransaction}",
    "{firebase-admin,firebase-admin/app}#firestore.**.{add,set,update,create,delete,commit,runTransaction}",
    "{firebase/firestore,firebase/firestore/lite}#{addDoc,setDoc,updateDoc,deleteDoc,runTransaction,writeBatch.commit}",
    "firebase-admin/database#getDatabase.**.{set,update,push,remove,transaction}",
    "firebase/database#{set,update,push,remove,runTransaction}",
  ),
  ...rows(
    "database",
    "queries Firestore",
    "firebase-admin/firestore#getFirestore.**.get",
    "firebase-admin#firestore.**.get",
    "{firebase/firestore,firebase/firestore/lite}#{getDoc,getDocs,getCountFromServer,getAggregateFromServer}",
  ),
  // https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-aws-sdk-lib-dynamodb/
  ...rows(
    "data-write",
    "changes DynamoDB",
    "@aws-sdk/lib-dynamodb#{PutCommand,UpdateCommand,DeleteCommand,BatchWriteCommand,TransactWriteCommand}",
    "@aws-sdk/lib-dynamodb#DynamoDBDocument.**.{put,update,delete,batchWrite,transactWrite}",
    `@aws-sdk/client-dynamodb#{PutItemCommand,UpdateItemCommand,DeleteItemCommand,BatchWriteItemCommand,
      TransactWriteItemsCommand}`,
    "@aws-sdk/client-dynamodb#DynamoDB.{putItem,updateItem,deleteItem,batchWriteItem,transactWriteItems}",
    "aws-sdk#DynamoDB.DocumentClient.{put,update,delete,batchWrite,transactWrite}.**",
  ),
  ...rows(
    "database",
    "queries DynamoDB",
    "@aws-sdk/client-dynamodb#DynamoDBClient.send",
    "@aws-sdk/lib-dynamodb#{DynamoDBDocumentClient,DynamoDBDocument}.**.{send,get,query,scan,batchGet}",
    "aws-sdk#DynamoDB.DocumentClient.{get,query,scan,batchGet}.**",
  ),
  // https://docs.convex.dev/client/nextjs/app-router/server-rendering, https://docs.convex.dev/api/modules/browser
  ...rows(
    "data-write",
    "runs a Convex mutation",
    "convex/nextjs#{fetchMutation,fetchAction}",
    "convex/browser#{ConvexHttpClient,ConvexClient}.{mutation,action}",
  ),
  ...rows(
    "database",
    "runs a Convex query",
    "convex/nextjs#{fetchQuery,preloadQuery}",
    "convex/browser#ConvexHttpClient.query",
  ),
  // https://www.sanity.io/docs/js-client, https://developers.notion.com/reference/intro,
  // https://airtable.com/developers/web/api
  ...rows(
    "data-write",
    "changes content in Sanity",
    "{@sanity/client,next-sanity}#createClient.**.{create,createOrReplace,createIfNotExists,delete,mutate,commit}",
  ),
  ...rows(
    "data-write",
    "changes content in Notion",
    `@notionhq/client#Client.{pages.create,pages.update,databases.create,databases.update,blocks.children.append,
      comments.create}`,
  ),
  ...rows(
    "data-write",
    "changes records in Airtable",
    "airtable#{default,Airtable}.base.{create,update,replace,destroy}",
  ),
  ...rows(
    "data-write",
    "writes to a Google sheet",
    "googleapis#google.sheets.spreadsheets.values.{append,update,batchUpdate,clear}",
  ),
  // https://payloadcms.com/docs/local-api/overview
  ...rows(
    "data-write",
    "changes content in Payload",
    "payload#{default,getPayload,getPayloadHMR}.{create,update,delete,updateGlobal}",
  ),
  ...rows("database", "queries Payload", "payload#{default,getPayload,getPayloadHMR}.{find,findByID,count,findGlobal}"),
  // https://developers.cloudflare.com/kv/api/write-key-value-pairs/, https://developers.cloudflare.com/r2/api/workers/
  ...rows("data-write", "writes to a Cloudflare store", "{cloudflare:workers,?}#**.env.*.put"),
  ...rows("data-write", "writes to Deno KV", "global#Deno.openKv.**.{set,delete,commit}"),
];

/** Upstash's own services other than Redis. Source: upstash-facts, sections 1.3 to 1.7. */
const UPSTASH_ROWS: readonly CostlyRow[] = [
  ...rows(
    "queue",
    "publishes through QStash",
    "@upstash/qstash#Client.{publish,publishJSON,batch,batchJSON}",
    "@upstash/qstash#Client.queue.{enqueue,enqueueJSON,upsert}",
    "@upstash/qstash#Client.schedules.{create,delete}",
    "@upstash/qstash#Client.{urlGroups,topics}.{addEndpoints,removeEndpoints,delete}",
    "@upstash/qstash#Client.messages.{cancel,delete,deleteMany,deleteAll}",
  ),
  ...rows("queue", "starts an Upstash Workflow", "@upstash/workflow#Client.{trigger,notify,cancel}"),
  ...rows("queue", "produces Kafka messages", "@upstash/kafka#Kafka.producer.{produce,produceMany}"),
  ...rows(
    "data-write",
    "writes to Upstash Vector",
    "{@upstash/vector,@upstash/vector/*}#Index.**.{upsert,update,delete,reset,deleteNamespace}",
  ),
  ...rows(
    "database",
    "queries Upstash Vector",
    "{@upstash/vector,@upstash/vector/*}#Index.**.{query,queryMany,resumableQuery,fetch,range}",
  ),
  ...rows(
    "data-write",
    "writes to Upstash Search",
    "{@upstash/search,@upstash/search/*}#Search.**.index.{upsert,delete,reset,deleteIndex}",
  ),
  ...rows(
    "database",
    "queries Upstash Search",
    "{@upstash/search,@upstash/search/*}#Search.**.index.{search,fetch,range}",
  ),
  ...rows("llm", "calls an LLM through RAGChat", "@upstash/rag-chat#RAGChat.chat"),
  ...rows("data-write", "adds to a RAGChat context", "@upstash/rag-chat#RAGChat.context.{add,addMany,delete}"),
  ...rows(
    "data-write",
    "writes to the semantic cache",
    "@upstash/semantic-cache#SemanticCache.{set,delete,bulkDelete,flush}",
  ),
  ...rows("database", "queries the semantic cache", "@upstash/semantic-cache#SemanticCache.get"),
  ...rows(
    "child-process",
    "runs code in an Upstash Box",
    "@upstash/box#{Box,EphemeralBox}.create",
    "@upstash/box#{Box,EphemeralBox}.**.{agent,exec}.{run,stream,command,code}",
  ),
];

/** Accounts, sessions, one-time codes and passwords. */
const AUTH_ROWS: readonly CostlyRow[] = [
  // https://authjs.dev/reference/nextjs
  ...rows("auth", "signs a user in", "next-auth#default.signIn"),
  // https://supabase.com/docs/reference/javascript/auth-signup
  ...rows("auth", "signs a user in or up through Supabase", `${SUPABASE}.auth.${SUPABASE_AUTH}`),
  ...rows(
    "auth",
    "manages users through Supabase",
    `${SUPABASE}.auth.admin.{createUser,updateUserById,deleteUser,inviteUserByEmail,generateLink}`,
  ),
  ...rows("auth", "signs a user in or up", "?#**.auth.{signInWithPassword,signInWithOtp,resetPasswordForEmail}"),
  // https://firebase.google.com/docs/auth/admin/manage-users, https://firebase.google.com/docs/reference/js/auth
  ...rows(
    "auth",
    "manages users through Firebase",
    `{firebase-admin/auth#getAuth,firebase-admin#auth}.{createUser,updateUser,deleteUser,createCustomToken,
      createSessionCookie,setCustomUserClaims,generatePasswordResetLink,generateEmailVerificationLink,
      generateSignInWithEmailLink}`,
  ),
  ...rows(
    "auth",
    "signs a user in or up through Firebase",
    `firebase/auth#{createUserWithEmailAndPassword,signInWithEmailAndPassword,sendPasswordResetEmail,
      sendSignInLinkToEmail,sendEmailVerification,signInWithCustomToken,confirmPasswordReset}`,
  ),
  // https://www.better-auth.com/docs/concepts/api
  ...rows(
    "auth",
    "signs a user in or up through Better Auth",
    `better-auth#betterAuth.api.{signInEmail,signUpEmail,signInSocial,signInUsername,signInMagicLink,
      signInPhoneNumber,signInEmailOTP,forgetPassword,requestPasswordReset,resetPassword,sendVerificationEmail,
      sendVerificationOTP,changePassword,changeEmail,setPassword,createUser}`,
  ),
  // https://clerk.com/docs/reference/backend/overview
  ...rows(
    "auth",
    "manages users through Clerk",
    `{@clerk/nextjs/server,@clerk/nextjs,@clerk/express,@clerk/fastify,@clerk/clerk-sdk-node,@clerk/backend,
      @clerk/remix/api.server}#{clerkClient,createClerkClient}.{users,invitations,organizations,signInTokens,
      sessions}.{createUser,updateUser,deleteUser,updateUserMetadata,verifyPassword,verifyTOTP,createInvitation,
      createOrganization,createOrganizationInvitation,updateOrganizationMetadata,createSignInToken,revokeSession}`,
  ),
  // https://workos.com/docs/reference/user-management
  ...rows(
    "auth",
    "signs a user in or up through WorkOS",
    `@workos-inc/node#WorkOS.userManagement.{authenticateWithPassword,authenticateWithMagicAuth,createUser,
      updateUser,createMagicAuth,createPasswordReset,resetPassword,sendInvitation,sendVerificationEmail}`,
  ),
  // https://simplewebauthn.dev/docs/packages/server
  ...rows(
    "auth",
    "verifies a passkey",
    "@simplewebauthn/server#{verifyRegistrationResponse,verifyAuthenticationResponse}",
  ),
  // https://github.com/yeojz/otplib, https://github.com/speakeasyjs/speakeasy
  ...rows(
    "auth",
    "checks a one-time code",
    "otplib#{authenticator,totp,hotp}.{check,verify}",
    "speakeasy#{totp,hotp}.verify",
  ),
  // https://lucia-auth.com (v3 reference)
  ...rows("auth", "creates a session", "lucia#Lucia.createSession"),
  // https://payloadcms.com/docs/local-api/overview#auth-operations
  ...rows(
    "auth",
    "signs a user in through Payload",
    "payload#{default,getPayload}.{login,forgotPassword,resetPassword,unlock}",
  ),
  // https://github.com/kelektiv/node.bcrypt.js, https://github.com/dcodeIO/bcrypt.js,
  // https://github.com/ranisalt/node-argon2
  ...rows(
    "password",
    "hashes or checks a password",
    "{bcrypt,bcryptjs,bcrypt-ts,@node-rs/bcrypt}#{hash,hashSync,compare,compareSync,verify,verifySync}",
    "{argon2,@node-rs/argon2,argon2-browser}#{hash,hashSync,verify,verifySync}",
    "crypto#{scrypt,scryptSync,pbkdf2,pbkdf2Sync}",
    "scrypt-js#{scrypt,syncScrypt}",
    "@noble/hashes/*#{scrypt,scryptAsync,pbkdf2,pbkdf2Async,argon2id,argon2idAsync}",
    "{oslo/password,lucia}#{Argon2id,Bcrypt,Scrypt,LegacyScrypt}.{hash,verify}",
    "better-auth/crypto#{hashPassword,verifyPassword}",
    "global#Bun.password.{hash,hashSync,verify,verifySync}",
  ),
];

/** Messages to people, by whatever channel. */
const MESSAGE_ROWS: readonly CostlyRow[] = [
  // https://resend.com/docs/api-reference/introduction
  ...rows(
    "mail",
    "sends mail through Resend",
    "resend#Resend.{emails,batch,broadcasts}.{send,create}",
    "?#**.resend.{emails,batch}.send",
  ),
  ...rows("data-write", "adds contacts to Resend", "resend#Resend.{contacts,audiences}.{create,update,remove}"),
  // https://nodemailer.com/usage
  ...rows("mail", "sends mail through Nodemailer", "nodemailer#createTransport.sendMail", "?#**.sendMail"),
  // https://github.com/sendgrid/sendgrid-nodejs
  ...rows("mail", "sends mail through SendGrid", "@sendgrid/mail#**.{send,sendMultiple}"),
  // https://postmarkapp.com/developer/integration/official-libraries
  ...rows(
    "mail",
    "sends mail through Postmark",
    "postmark#{ServerClient,Client}.{sendEmail,sendEmailWithTemplate,sendEmailBatch,sendEmailBatchWithTemplates}",
  ),
  // https://documentation.mailgun.com/docs/mailgun/sdk/nodejs_sdk
  ...rows("mail", "sends mail through Mailgun", "mailgun.js#**.messages.create", "mailgun-js#**.messages.send"),
  // https://docs.aws.amazon.com/ses/latest/dg/send-an-email-using-sdk-programmatically.html
  ...rows(
    "mail",
    "sends mail through Amazon SES",
    `{@aws-sdk/client-ses,@aws-sdk/client-sesv2}#{SendEmailCommand,SendRawEmailCommand,SendTemplatedEmailCommand,
      SendBulkTemplatedEmailCommand,SendBulkEmailCommand}`,
    "{@aws-sdk/client-ses,@aws-sdk/client-sesv2}#{SES,SESv2}.{sendEmail,sendRawEmail,sendTemplatedEmail,sendBulkEmail}",
    "aws-sdk#{SES,SESV2}.{sendEmail,sendRawEmail,sendTemplatedEmail}.**",
  ),
  // https://loops.so/docs/sdks/javascript, https://docs.useplunk.com
  ...rows(
    "mail",
    "sends mail through Loops",
    "loops#LoopsClient.{sendTransactionalEmail,sendEvent,createContact,updateContact}",
  ),
  ...rows("mail", "sends mail through Plunk", "@plunk/node#{default,Plunk}.{emails.send,events.track}"),
  // https://developers.mailersend.com, https://developers.brevo.com, https://dev.mailjet.com,
  // https://mailchimp.com/developer
  ...rows("mail", "sends mail through MailerSend", "mailersend#MailerSend.email.{send,sendBulk}"),
  ...rows(
    "mail",
    "sends mail through Brevo",
    "{@getbrevo/brevo,sib-api-v3-sdk}#TransactionalEmailsApi.sendTransacEmail",
  ),
  ...rows("mail", "sends mail through Mailjet", "node-mailjet#**.post.request"),
  ...rows(
    "mail",
    "adds subscribers to Mailchimp",
    "@mailchimp/mailchimp_marketing#default.lists.{addListMember,setListMember,batchListMembers}",
    "@mailchimp/mailchimp_transactional#default.messages.{send,sendTemplate}",
  ),
  ...rows("mail", "sends mail through Azure", "@azure/communication-email#EmailClient.beginSend"),
  ...rows("mail", "sends mail through Payload", "payload#{default,getPayload}.sendEmail"),
  // https://tools.slack.dev/node-slack-sdk
  ...rows(
    "mail",
    "posts to Slack",
    "@slack/web-api#WebClient.chat.{postMessage,postEphemeral,scheduleMessage,update}",
    "@slack/webhook#IncomingWebhook.send",
  ),
  ...rows("mail", "posts to Discord", "discord.js#WebhookClient.send"),
  // https://www.twilio.com/docs/messaging, https://www.twilio.com/docs/verify/api
  ...rows(
    "sms",
    "sends messages through Twilio",
    "twilio#{default,Twilio}.**.{messages,calls,verifications,verificationChecks}.create",
  ),
  // https://developer.vonage.com/en/messages/overview, https://developer.vonage.com/en/verify/overview
  ...rows(
    "sms",
    "sends messages through Vonage",
    "@vonage/server-sdk#Vonage.{sms,messages}.send",
    "@vonage/server-sdk#Vonage.{verify,verify2}.{start,newRequest,checkCode,check}",
    "{@vonage/sms,@vonage/messages}#{SMS,Messages}.send",
  ),
  ...rows(
    "sms",
    "publishes through Amazon SNS",
    "@aws-sdk/client-sns#{PublishCommand,PublishBatchCommand,SNS.publish}",
    "aws-sdk#SNS.publish.**",
  ),
  ...rows("sms", "sends messages through Plivo", "plivo#Client.{messages,calls}.create"),
  // https://github.com/web-push-libs/web-push, https://docs.expo.dev/push-notifications/sending-notifications
  ...rows(
    "sms",
    "sends push notifications",
    "web-push#sendNotification",
    "expo-server-sdk#{default,Expo}.sendPushNotificationsAsync",
    `{firebase-admin/messaging#getMessaging,firebase-admin#messaging}.{send,sendEach,sendEachForMulticast,
      sendMulticast,sendToDevice}`,
  ),
];

/** Models and other AI services that are paid by use. */
const LLM_ROWS: readonly CostlyRow[] = [
  // https://ai-sdk.dev/docs/reference
  ...rows(
    "llm",
    "calls an LLM through the AI SDK",
    "ai#{generateText,streamText,generateObject,streamObject,embed,embedMany,rerank}",
    "ai#{generateImage,experimental_generateImage,experimental_generateSpeech,experimental_transcribe}",
    "ai#{Agent,Experimental_Agent,ToolLoopAgent}.{generate,stream}",
    "{ai/rsc,@ai-sdk/rsc}#streamUI",
  ),
  // https://platform.openai.com/docs/api-reference; OpenAIApi is version 3 of the SDK
  ...rows(
    "llm",
    "calls OpenAI",
    `openai#{default,OpenAI,AzureOpenAI}.{chat,responses,completions,embeddings,images,audio,beta,files,videos,
      batches,moderations,vectorStores,conversations,fineTuning}.**.{create,createAndPoll,createAndRun,
      createAndRunPoll,createAndRunStream,stream,parse,generate,edit,createVariation,runTools,submitToolOutputs,
      uploadAndPoll}`,
    `{openai,openai-edge}#OpenAIApi.{createCompletion,createChatCompletion,createEmbedding,createImage,
      createImageEdit,createTranscription,createTranslation,createEdit,createModeration}`,
    "?#**.chat.completions.create",
  ),
  // https://docs.anthropic.com/en/api/client-sdks
  ...rows(
    "llm",
    "calls Anthropic",
    `{@anthropic-ai/sdk,@anthropic-ai/bedrock-sdk,@anthropic-ai/vertex-sdk}#{default,Anthropic,AnthropicBedrock,
      AnthropicVertex}.**.messages.{create,stream,parse,batches.create}`,
    "@anthropic-ai/sdk#{default,Anthropic}.completions.create",
    "{@anthropic-ai/claude-agent-sdk,@anthropic-ai/claude-code}#query",
  ),
  // https://ai.google.dev/gemini-api/docs/libraries
  ...rows(
    "llm",
    "calls Gemini",
    `@google/genai#GoogleGenAI.models.{generateContent,generateContentStream,embedContent,generateImages,editImage,
      generateVideos}`,
    "@google/genai#GoogleGenAI.chats.create.{sendMessage,sendMessageStream}",
    `@google/generative-ai#GoogleGenerativeAI.getGenerativeModel.**.{generateContent,generateContentStream,
      sendMessage,sendMessageStream,embedContent,batchEmbedContents}`,
    "@google-cloud/vertexai#VertexAI.**.{generateContent,generateContentStream,sendMessage,sendMessageStream}",
  ),
  // https://docs.mistral.ai/getting-started/clients, https://console.groq.com/docs/libraries,
  // https://docs.cohere.com/reference, https://docs.together.ai/docs/quickstart
  ...rows(
    "llm",
    "calls Mistral",
    `@mistralai/mistralai#{default,Mistral,MistralClient}.{chat,fim,agents,embeddings,ocr}.{complete,stream,create,
      process}`,
    "@mistralai/mistralai#{default,MistralClient}.{chat,chatStream,embeddings}",
  ),
  ...rows(
    "llm",
    "calls Groq",
    "groq-sdk#{default,Groq}.{chat.completions,audio.transcriptions,audio.translations,audio.speech,embeddings}.create",
  ),
  ...rows(
    "llm",
    "calls Cohere",
    `cohere-ai#{CohereClient,CohereClientV2}.**.{chat,chatStream,generate,generateStream,embed,rerank,classify,
      summarize}`,
  ),
  ...rows(
    "llm",
    "calls Together AI",
    "together-ai#{default,Together}.{chat.completions,completions,embeddings,images,audio}.{create,generate,stream}",
  ),
  // https://replicate.com/docs/reference/client-libraries, https://docs.fal.ai
  ...rows(
    "llm",
    "runs a model on Replicate",
    "replicate#{default,Replicate}.{run,stream}",
    "replicate#{default,Replicate}.{predictions,deployments.predictions,trainings}.create",
  ),
  ...rows(
    "llm",
    "runs a model on fal",
    "{@fal-ai/client,@fal-ai/serverless-client}#{fal,createFalClient}.{run,subscribe,stream,queue.submit}",
    "@fal-ai/serverless-client#{run,subscribe,stream,queue.submit}",
  ),
  // https://huggingface.co/docs/huggingface.js/inference/README, https://elevenlabs.io/docs/api-reference
  ...rows(
    "llm",
    "calls Hugging Face",
    `@huggingface/inference#{HfInference,InferenceClient}.**.{textGeneration,textGenerationStream,chatCompletion,
      chatCompletionStream,featureExtraction,textToImage,imageToImage,imageToText,textToSpeech,
      automaticSpeechRecognition,summarization,translation,textClassification,questionAnswering,request}`,
  ),
  ...rows(
    "llm",
    "calls ElevenLabs",
    `{elevenlabs,@elevenlabs/elevenlabs-js}#ElevenLabsClient.{textToSpeech,speechToSpeech,speechToText,
      textToSoundEffects,textToDialogue}.{convert,convertAsStream,stream,convertWithTimestamps}`,
    "elevenlabs#ElevenLabsClient.generate",
  ),
  // https://js.langchain.com/docs, https://docs.llamaindex.ai
  ...rows(
    "llm",
    "calls an LLM through LangChain",
    `{@langchain/core/*,langchain/*,@langchain/langgraph,@langchain/langgraph/*}#**.{pipe,compile,fromLLM,
      from_llm}.**.{invoke,stream,batch,streamEvents,call}`,
    `{@langchain/openai,@langchain/anthropic,@langchain/google-genai,@langchain/google-vertexai,
      @langchain/mistralai,@langchain/groq,@langchain/cohere,@langchain/aws,@langchain/xai,@langchain/deepseek,
      langchain/llms/*,langchain/chat_models/*}#*.**.{invoke,stream,batch,streamEvents,call,predict,generate,
      embedQuery,embedDocuments}`,
    "langchain/chains#*.**.{call,invoke,run,stream}",
    "{@langchain/langgraph/prebuilt#createReactAgent,langchain#createAgent}.{invoke,stream,streamEvents}",
  ),
  // https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/bedrock-runtime/
  ...rows(
    "llm",
    "calls Amazon Bedrock",
    `@aws-sdk/client-bedrock-runtime#{InvokeModelCommand,InvokeModelWithResponseStreamCommand,ConverseCommand,
      ConverseStreamCommand}`,
    "@aws-sdk/client-bedrock-runtime#BedrockRuntime.{invokeModel,converse,converseStream}",
  ),
  // https://developers.cloudflare.com/workers-ai/configuration/bindings/
  ...rows("llm", "runs a model on Workers AI", "{cloudflare:workers,?}#**.env.AI.run"),
  // https://docs.exa.ai/sdks, https://docs.tavily.com/sdk/javascript, https://docs.firecrawl.dev/sdks/node
  ...rows(
    "llm",
    "calls a paid search API",
    "exa-js#{default,Exa}.{search,searchAndContents,findSimilar,getContents,answer}",
    "@tavily/core#tavily.{search,extract,crawl}",
    `{@mendable/firecrawl-js,firecrawl}#{default,Firecrawl,FirecrawlApp}.{scrape,scrapeUrl,crawl,crawlUrl,search,
      extract}`,
  ),
];

/** Payments, files, blobs, queues and processes. */
const RESOURCE_ROWS: readonly CostlyRow[] = [
  // https://docs.stripe.com/api
  ...rows(
    "payment",
    "calls Stripe",
    `stripe#{default,Stripe}.**.{create,update,del,cancel,confirm,capture,finalizeInvoice,pay,sendInvoice,attach,
      detach}`,
    "?#**.{checkout.sessions,paymentIntents,billingPortal.sessions}.create",
  ),
  // https://github.com/lmsqueezy/lemonsqueezy.js, https://github.com/PaddleHQ/paddle-node-sdk
  ...rows(
    "payment",
    "calls Lemon Squeezy",
    `@lemonsqueezy/lemonsqueezy.js#{createCheckout,createCustomer,createDiscount,updateCustomer,updateSubscription,
      cancelSubscription,activateLicense,validateLicense,deactivateLicense,issueOrderRefund}`,
  ),
  ...rows(
    "payment",
    "calls Paddle",
    "@paddle/paddle-node-sdk#Paddle.*.{create,update,cancel,pause,resume,activate,preview}",
  ),
  // https://polar.sh/docs/integrate/sdk/typescript, https://razorpay.com/docs/server-integration/nodejs,
  // https://docs.mollie.com
  ...rows(
    "payment",
    "calls Polar",
    "@polar-sh/sdk#Polar.{checkouts,customers,customerSessions,subscriptions,refunds}.{create,update,revoke}",
  ),
  ...rows(
    "payment",
    "calls Razorpay",
    "razorpay#{default,Razorpay}.{orders,payments,subscriptions,paymentLink,customers}.{create,capture,refund}",
  ),
  ...rows(
    "payment",
    "calls Mollie",
    "@mollie/api-client#{default,createMollieClient}.{payments,customers,orders}.create",
  ),
  // https://vercel.com/docs/vercel-blob/using-blob-sdk
  ...rows(
    "blob",
    "writes to Vercel Blob",
    "@vercel/blob#{put,del,copy,createMultipartUpload,createMultipartUploader,uploadPart,completeMultipartUpload}",
    "@vercel/blob/client#handleUpload",
  ),
  // https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/s3/
  ...rows(
    "blob",
    "writes to S3",
    `@aws-sdk/client-s3#{PutObjectCommand,DeleteObjectCommand,DeleteObjectsCommand,CopyObjectCommand,
      CreateMultipartUploadCommand,UploadPartCommand}`,
    "@aws-sdk/client-s3#S3.{putObject,deleteObject,deleteObjects,copyObject,createMultipartUpload}",
    "@aws-sdk/lib-storage#Upload.done",
    "aws-sdk#S3.{putObject,upload,deleteObject,createPresignedPost}.**",
  ),
  ...rows("blob", "hands out an upload address for S3", "@aws-sdk/s3-presigned-post#createPresignedPost"),
  // https://supabase.com/docs/reference/javascript/storage-from-upload
  ...rows(
    "blob",
    "writes to Supabase Storage",
    `${SUPABASE}.storage.from.{upload,uploadToSignedUrl,createSignedUploadUrl,update,remove,move,copy}`,
  ),
  ...rows(
    "blob",
    "writes to Google Cloud Storage",
    "@google-cloud/storage#Storage.bucket.{upload,file.save,file.delete,file.createWriteStream}",
  ),
  ...rows(
    "blob",
    "writes to Firebase Storage",
    "firebase/storage#{uploadBytes,uploadBytesResumable,uploadString,deleteObject}",
    "firebase-admin/storage#getStorage.bucket.{upload,file.save,file.delete,file.createWriteStream}",
  ),
  // https://cloudinary.com/documentation/node_image_and_video_upload, https://docs.uploadthing.com/api-reference/ut-api
  ...rows(
    "blob",
    "uploads to Cloudinary",
    "cloudinary#v2.uploader.{upload,upload_stream,upload_large,unsigned_upload,destroy}",
  ),
  ...rows("blob", "uploads to UploadThing", "uploadthing/server#UTApi.{uploadFiles,uploadFilesFromUrl,deleteFiles}"),
  ...rows("blob", "writes to Netlify Blobs", "@netlify/blobs#{getStore,getDeployStore}.{set,setJSON,delete}"),
  // https://www.inngest.com/docs/reference/events/send, https://trigger.dev/docs/triggering
  ...rows("queue", "sends an Inngest event", "inngest#Inngest.send"),
  ...rows(
    "queue",
    "triggers a background task",
    "{@trigger.dev/sdk,@trigger.dev/sdk/v3}#tasks.{trigger,batchTrigger,triggerAndWait,batch}",
    "{@trigger.dev/sdk,@trigger.dev/sdk/v3}#{task,schemaTask}.{trigger,batchTrigger}",
    "@trigger.dev/sdk#TriggerClient.sendEvent",
  ),
  // https://docs.bullmq.io/guide/queues, https://github.com/OptimalBits/bull, https://kafka.js.org/docs/producing
  ...rows(
    "queue",
    "adds jobs to a queue",
    "bullmq#Queue.{add,addBulk}",
    "bull#{default,Queue}.{add,addBulk}",
    "pg-boss#{default,PgBoss}.{send,publish,insert}",
  ),
  ...rows("queue", "produces Kafka messages", "kafkajs#Kafka.producer.{send,sendBatch}"),
  ...rows("queue", "sends queue messages", "amqplib#connect.*.{sendToQueue,publish}"),
  ...rows(
    "queue",
    "sends to Amazon SQS",
    "@aws-sdk/client-sqs#{SendMessageCommand,SendMessageBatchCommand,SQS.sendMessage}",
  ),
  ...rows("queue", "publishes to Google Pub/Sub", "@google-cloud/pubsub#PubSub.topic.{publishMessage,publish}"),
  ...rows("queue", "sends to Vercel Queues", "@vercel/queue#send"),
  ...rows("queue", "sends to a Cloudflare queue", "{cloudflare:workers,?}#**.env.*.{send,sendBatch}"),
  // https://pusher.com/docs/channels/server_api/http-api, https://ably.com/docs/api/rest-sdk
  ...rows("queue", "publishes to Pusher", "pusher#{default,Pusher}.{trigger,triggerBatch}"),
  ...rows("queue", "publishes to Ably", "ably#**.channels.get.publish"),
  // https://nodejs.org/api/fs.html, https://docs.deno.com/api/deno/file-system, https://bun.com/docs/api/file-io
  ...rows(
    "file-system",
    "changes files",
    `{fs,fs-extra,graceful-fs}#{writeFile,writeFileSync,appendFile,appendFileSync,createWriteStream,mkdir,mkdirSync,
      rm,rmSync,rmdir,rmdirSync,unlink,unlinkSync,rename,renameSync,copyFile,copyFileSync,cp,cpSync,truncate,
      truncateSync,symlink,symlinkSync}`,
    "fs#promises.{writeFile,appendFile,mkdir,rm,rmdir,unlink,rename,copyFile,cp,truncate,symlink}",
    "fs/promises#{writeFile,appendFile,mkdir,rm,rmdir,unlink,rename,copyFile,cp,truncate,symlink}",
    `fs-extra#{outputFile,outputFileSync,outputJson,outputJSON,writeJson,writeJSON,writeJsonSync,writeJSONSync,
      remove,removeSync,copy,copySync,move,moveSync,ensureFile,ensureDir,emptyDir}`,
    "global#Deno.{writeFile,writeFileSync,writeTextFile,writeTextFileSync,remove,removeSync,rename,mkdir,copyFile}",
    "global#Bun.write",
    "bun#write",
  ),
  // https://nodejs.org/api/child_process.html, https://github.com/sindresorhus/execa, https://google.github.io/zx
  ...rows(
    "child-process",
    "starts a process",
    "child_process#{exec,execSync,execFile,execFileSync,spawn,spawnSync,fork}",
    "execa#{default,execa,execaSync,execaCommand,execaCommandSync,execaNode,$}",
    "{zx,bun}#$",
    "cross-spawn#{default,spawn,sync}",
    "shelljs#exec",
    "bun#{spawn,spawnSync}",
    "global#Bun.{spawn,spawnSync,$}",
    "global#Deno.Command.{output,outputSync,spawn}",
  ),
  ...rows(
    "child-process",
    "starts a browser",
    "{puppeteer,puppeteer-core}#{launch,connect}",
    `{playwright,playwright-core,@playwright/test}#{chromium,firefox,webkit}.{launch,connect,connectOverCDP,
      launchPersistentContext}`,
  ),
  ...rows(
    "child-process",
    "runs code in a sandbox",
    "@vercel/sandbox#Sandbox.**.{create,runCommand}",
    "{e2b,@e2b/code-interpreter}#Sandbox.**.{create,runCode}",
  ),
];

/** Outgoing requests; the first argument is the address (or, for axios, a config that holds it). */
const FETCH_ROWS: readonly CostlyRow[] = [
  ...rows(
    "fetch",
    "makes an outgoing request",
    "global#{fetch,$fetch}",
    "{node-fetch,cross-fetch,isomorphic-fetch,undici,node-fetch-native}#{default,fetch}",
    "undici#{request,stream}",
    "{axios,got,ky,superagent,wretch}#default",
    "{axios,got,ky,superagent}#**.{get,post,put,patch,delete,del,head,request,stream}",
    "{ofetch,nitropack,#imports}#{ofetch,$fetch,fetch}",
    "{http,https}#{get,request}",
  ),
];

/** Every row, for tests and documentation. */
export const COSTLY_ROWS: readonly CostlyRow[] = [
  ...DATABASE_ROWS,
  ...UPSTASH_ROWS,
  ...AUTH_ROWS,
  ...MESSAGE_ROWS,
  ...LLM_ROWS,
  ...RESOURCE_ROWS,
  ...FETCH_ROWS,
];

export const COSTLY: Matcher<CostlyRow> = compile(COSTLY_ROWS);

/** What costly work a callee does. Undefined: none that the tables know. */
export function costlyOf(path: CanonicalPath): CostlyRow | undefined {
  return COSTLY.match(path);
}

const HOSTS: ReadonlyMap<string, CostlyRow> = new Map(
  [
    // The hosts of the services' own API references; an entry covers its subdomains (regional and per-account hosts).
    ...rows("llm", "calls OpenAI", "api.openai.com", "openai.azure.com"),
    ...rows("llm", "calls Anthropic", "api.anthropic.com"),
    ...rows("llm", "calls Gemini", "generativelanguage.googleapis.com", "aiplatform.googleapis.com"),
    ...rows("llm", "calls an LLM", "openrouter.ai", "ai-gateway.vercel.sh", "gateway.ai.cloudflare.com"),
    ...rows("llm", "calls an LLM", "api.mistral.ai", "api.groq.com", "api.cohere.com", "api.cohere.ai", "api.x.ai"),
    ...rows("llm", "calls an LLM", "api.together.xyz", "api.deepseek.com", "api.perplexity.ai", "api.fireworks.ai"),
    ...rows("llm", "runs a model on Replicate", "api.replicate.com"),
    ...rows("llm", "runs a model on fal", "fal.run", "queue.fal.run"),
    ...rows("llm", "calls Hugging Face", "api-inference.huggingface.co", "router.huggingface.co"),
    ...rows("llm", "generates images", "api.stability.ai", "api.bfl.ai"),
    ...rows("llm", "generates or transcribes speech", "api.elevenlabs.io", "api.deepgram.com", "api.assemblyai.com"),
    ...rows("llm", "calls a paid search API", "api.tavily.com", "api.exa.ai", "api.firecrawl.dev", "serpapi.com"),
    ...rows("mail", "sends mail through Resend", "api.resend.com"),
    ...rows("mail", "sends mail through SendGrid", "api.sendgrid.com"),
    ...rows("mail", "sends mail through Postmark", "api.postmarkapp.com"),
    ...rows("mail", "sends mail through Mailgun", "api.mailgun.net", "api.eu.mailgun.net"),
    ...rows("mail", "sends mail through Brevo", "api.brevo.com", "api.sendinblue.com"),
    ...rows("mail", "sends mail through Mailjet", "api.mailjet.com"),
    ...rows("mail", "calls Mailchimp", "api.mailchimp.com", "mandrillapp.com"),
    ...rows("mail", "sends mail", "app.loops.so", "api.useplunk.com", "api.mailersend.com", "api.emailjs.com"),
    ...rows("mail", "adds subscribers", "api.convertkit.com", "api.kit.com", "api.beehiiv.com", "api.buttondown.com"),
    ...rows("mail", "posts to Slack", "hooks.slack.com", "slack.com"),
    ...rows("mail", "posts to Discord", "discord.com", "discordapp.com"),
    ...rows("mail", "posts to Telegram", "api.telegram.org"),
    ...rows("sms", "sends messages through Twilio", "api.twilio.com", "verify.twilio.com"),
    ...rows("sms", "sends messages through Vonage", "api.nexmo.com", "rest.nexmo.com", "api.vonage.com"),
    ...rows(
      "sms",
      "sends messages",
      "api.plivo.com",
      "api.telnyx.com",
      "rest.messagebird.com",
      "api.africastalking.com",
    ),
    ...rows("sms", "sends push notifications", "exp.host", "fcm.googleapis.com", "onesignal.com"),
    ...rows("payment", "calls Stripe", "api.stripe.com"),
    ...rows("payment", "calls Lemon Squeezy", "api.lemonsqueezy.com"),
    ...rows("payment", "calls Paddle", "api.paddle.com", "sandbox-api.paddle.com"),
    ...rows(
      "payment",
      "calls a payment API",
      "api-m.paypal.com",
      "api.razorpay.com",
      "api.paystack.co",
      "api.polar.sh",
    ),
    ...rows("payment", "calls a payment API", "api.mollie.com", "connect.squareup.com", "api.flutterwave.com"),
    ...rows("queue", "publishes through QStash", "qstash.upstash.io"),
  ].map((row) => [row.pattern, row]),
);

const AWS_SERVICES: ReadonlyMap<string, CostlyRow> = new Map(
  [
    ...rows("llm", "calls Amazon Bedrock", "bedrock-runtime"),
    ...rows("mail", "sends mail through Amazon SES", "email"),
    ...rows("sms", "publishes through Amazon SNS", "sns"),
  ].map((row) => [row.pattern, row]),
);

/**
 * What a request to this host does, for the hosts of LLM, mail, SMS and payment APIs.
 * @param host a host name as in `URL.host`: any case, a port is ignored.
 * @returns undefined for any other host: it may still be costly, nothing is known of it.
 */
export function classifyFetchHost(host: string): CostlyRow | undefined {
  const [name = ""] = host.toLowerCase().split(":");
  for (let rest = name; rest !== ""; rest = rest.slice(rest.indexOf(".") + 1)) {
    const row = HOSTS.get(rest);
    if (row) return row;
    if (!rest.includes(".")) break;
  }
  if (name.endsWith(".amazonaws.com")) return AWS_SERVICES.get(name.slice(0, name.indexOf(".")));
  // Regional hosts of Vertex AI: europe-west1-aiplatform.googleapis.com.
  return name.endsWith("-aiplatform.googleapis.com") ? HOSTS.get("aiplatform.googleapis.com") : undefined;
}
