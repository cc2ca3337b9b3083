import { compile, type CanonicalPath } from "../canonical.ts";
import { rows, type CostlyRow } from "./row.ts";

const PRISMA = "{@prisma/client,@prisma/client/*,*}#PrismaClient";
const PRISMA_WRITES =
  "{create,createMany,createManyAndReturn,update,updateMany,updateManyAndReturn,upsert,delete,deleteMany}";
const PRISMA_READS =
  "{findUnique,findUniqueOrThrow,findFirst,findFirstOrThrow,findMany,count,aggregate,groupBy}";
const DRIZZLE = "drizzle-orm/*#{drizzle,withReplicas,withReplicas.$primary}";
const MONGO_WRITES =
  "{insertOne,insertMany,updateOne,updateMany,deleteOne,deleteMany,replaceOne,bulkWrite," +
  "findOneAndUpdate,findOneAndDelete,findOneAndReplace}";
const SQL_WRITES = "{insert,update,del,delete,upsert,truncate,increment,decrement}";

/** SQL and document databases that a program connects to, and the ORMs over them. */
export const DATABASE_ROWS: readonly CostlyRow[] = [
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
  // https://orm.drizzle.team/docs/insert, /update, /delete, /select, /rqb, /sql, /read-replicas
  ...rows(
    "data-write",
    "changes the database through Drizzle",
    `${DRIZZLE}.{insert,update,delete}.**`,
    `${DRIZZLE}.with.{insert,update,delete}.**`,
    "?#**.insert.values.**",
    // A client that comes in with the request, such as `ctx.db` of tRPC, is known by its words alone.
    "?#**.{update.set.where,delete.where}.**",
  ),
  // What a transaction does is up to its function.
  ...rows("data-write", "runs a transaction through Drizzle", `${DRIZZLE}.transaction`),
  ...rows(
    "database",
    "queries the database through Drizzle",
    `${DRIZZLE}.{select,selectDistinct,selectDistinctOn,with}.**`,
    `${DRIZZLE}.query.*.{findMany,findFirst}.**`,
    `${DRIZZLE}.{execute,run,all,get,values,batch,$count}`,
    "?#**.query.*.{findMany,findFirst}.**",
    "?#**.{select,selectDistinct}.from.**",
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
  // What a query has found is a document, which is saved and thrown away by itself.
  ...rows(
    "data-write",
    "changes the database through Mongoose",
    "mongoose#{model,models.*,Mongoose.model}.{find,findOne,findById}.**.{save,deleteOne,updateOne}",
  ),
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
];

const SQL_CLIENTS = compile(["@neondatabase/serverless#neon", "postgres#default"].map((pattern) => ({ pattern })));

/** True for a function that makes a client which is called for each query: the paths of both calls are the same. */
export function namesSqlClient(path: CanonicalPath): boolean {
  return SQL_CLIENTS.match(path) !== undefined;
}
