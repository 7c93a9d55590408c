import { realpathSync } from "node:fs";
import pg from "pg";

const CONNECT_TIMEOUT_MS = 2_000;

/** Does a server answer at `url`, and does it serve `dataDirectory`? */
export async function ping(url: string, dataDirectory: string): Promise<boolean> {
  const rows = await ask<{ data_directory: string }>(url, "SHOW data_directory");
  const served = rows?.[0]?.data_directory;
  return served !== undefined && realpathSync(served) === realpathSync(dataDirectory);
}

/** Is another Muster process (or a tool of it) connected? Call it after this process has closed its own connections. */
export async function othersAreConnected(url: string): Promise<boolean> {
  const rows = await ask<{ others: number }>(
    url,
    `SELECT count(*)::int AS "others" FROM pg_stat_activity WHERE application_name = 'muster' AND pid <> pg_backend_pid()`,
  );
  return (rows?.[0]?.others ?? 0) > 0;
}

async function ask<R extends pg.QueryResultRow>(url: string, sql: string): Promise<R[] | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query<R>(sql)).rows;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}
