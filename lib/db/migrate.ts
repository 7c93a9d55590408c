import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";

/** The advisory lock that Prisma Migrate takes too. */
const LOCK = 72707369;

/** Prisma Migrate's own table: this runner and `prisma migrate deploy` can be used on one database in turn. */
const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/**
 * Brings the database at `url` up to date, each migration in a transaction of its own; processes that start
 * together wait for each other. Answers the names it applied. Throws when the database's history is not ours.
 */
export async function migrate(url: string, folder = path.resolve("prisma/migrations")): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined); // every query reports it as well
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]); // ends with the connection
    await client.query(BOOKKEEPING);
    const known = await appliedMigrations(client, migrations);
    const missing = migrations.filter(({ name }) => !known.has(name));
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function appliedMigrations(client: pg.Client, migrations: readonly Migration[]): Promise<Set<string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    `SELECT "migration_name", "checksum", "finished_at" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`,
  );
  for (const { migration_name: name, checksum, finished_at: finishedAt } of rows) {
    if (!finishedAt) throw new Error(`Migration ${name} failed half way before; repair the database first.`);
    const ours = migrations.find((migration) => migration.name === name);
    if (!ours) throw new Error(`The database has migration ${name}, which this Muster does not know: it belongs to a newer one.`);
    if (ours.checksum !== checksum) throw new Error(`Migration ${name} was edited after it had been applied.`);
  }
  return new Set(rows.map((row) => row.migration_name));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(sql); // without parameters pg sends many statements in one go
    await client.query(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
       VALUES ($1, $2, $3, now(), now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw new Error(`Migration ${name} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
