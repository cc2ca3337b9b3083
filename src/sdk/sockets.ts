import { compile, type Matcher } from "./canonical.ts";

/**
 * Packages that neither look at the request that a framework is answering nor call `fetch()`: databases that a program talks to by
 * a socket of its own, and what only makes values. Clients for edge runtimes, and hosted databases over HTTP, are none of them.
 *
 * Sources: https://www.prisma.io/docs/orm/more/under-the-hood/engines, https://orm.drizzle.team/docs/connect-overview and the
 * READMEs of the drivers.
 */
export const BY_SOCKET: Matcher<{ readonly pattern: string }> = compile(
  [
    "{@prisma/client,*}#PrismaClient.**",
    "{@prisma/client,*}#PrismaClient",
    "drizzle-orm/{node-postgres,postgres-js,mysql2,better-sqlite3}#**",
    "{drizzle-orm,drizzle-orm/pg-core,drizzle-orm/mysql-core,drizzle-orm/sqlite-core}#**",
    "{pg,postgres,mysql2,mysql2/promise,mysql,mongodb,mongoose,better-sqlite3,ioredis,redis}#**",
    "{date-fns,dayjs,nanoid,uuid,zod}#**",
  ].map((pattern) => ({ pattern })),
);
