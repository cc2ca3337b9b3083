import { rows, type CostlyRow } from "./row.ts";
import { SUPABASE } from "./supabase.ts";

/** Databases, content stores and spreadsheets that are reached as a service. */
export const HOSTED_STORE_ROWS: readonly CostlyRow[] = [
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
