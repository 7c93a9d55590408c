import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { log } from "@/lib/config/log";
import { processWide } from "@/lib/config/process-wide";
import { MusterError } from "@/lib/contracts/errors";
import { PrismaClient } from "@/prisma/generated/client";

/** One pool for raw SQL and for Prisma. */
export interface Database {
  url: string;
  pool: pg.Pool;
  prisma: PrismaClient;
}

/** Raw SQL in or out of a transaction: a pool and a client of it both fit. */
export interface Executor {
  query<R extends pg.QueryResultRow>(sql: string, params?: unknown[]): Promise<{ rows: R[]; rowCount: number | null }>;
}

/** Connections that this process may hold; PostgreSQL allows 100 to all nodes together. */
const POOL_SIZE = 16;
/** A machine that is busy with everything at once, at its start say, takes its time. */
const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 60_000;

interface Holder {
  current: Database | null;
  closing: Set<() => Promise<void>>;
}
const holder = processWide<Holder>("database", () => ({ current: null, closing: new Set() }));

/** Makes the pool of this process; connections come with the first query. */
export function openDatabase(url: string): Database {
  if (holder.current) throw new Error("the database is open already");
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // The first answers of a fresh connection take several times as long: its process knows no table yet.
    idleTimeoutMillis: 300_000,
    // Prepared statements must not outlive a migration made by a newer node for long.
    maxLifetimeSeconds: 600,
    keepAlive: true,
    application_name: "muster",
  });
  // Without listeners a lost connection, idle or checked out, would end the process.
  pool.on("error", (error) => log.warn("an idle database connection was lost", { error: error.message }));
  pool.on("connect", (client) => client.on("error", (error) => log.debug("a database connection was lost", { error: error.message })));
  holder.current = { url, pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
  return holder.current;
}

/** The open database; throws MusterError not-ready before openDatabase and after closeDatabase. */
export function database(): Database {
  if (!holder.current) throw new MusterError("not-ready", "the database is not open");
  return holder.current;
}

/** Runs `stop` when the database is closed, before its pool ends. */
export function beforeClosing(stop: () => Promise<void>): void {
  holder.closing.add(stop);
}

/** Waits for running queries and ends every connection. */
export async function closeDatabase(): Promise<void> {
  const { current } = holder;
  if (!current) return;
  holder.current = null;
  await Promise.allSettled([...holder.closing].map((stop) => stop()));
  holder.closing.clear();
  await current.prisma.$disconnect();
  await current.pool.end();
}
