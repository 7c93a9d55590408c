import type pg from "pg";
import { processWide } from "@/lib/config/process-wide";
import { database, type Executor } from "./database";

/** Shared by all bundles of the process, as the connections are. */
const names = processWide("prepared", () => new Map<string, string>());
/** Far more than the product has; text made on the fly must not fill the memory of every connection. */
const MAX_STATEMENTS = 500;

/**
 * Runs statements as prepared ones: planning costs more than running most of them. PostgreSQL plans once for all
 * values when that looks no worse than a plan for these values, so write row lists, not arrays, where it matters.
 */
export function preparing(connection: pg.Pool | pg.PoolClient): Executor {
  return {
    query: (sql, params) => {
      const name = params === undefined ? null : nameOf(sql);
      return name === null ? connection.query(sql, params) : connection.query({ name, text: sql, values: params });
    },
  };
}

/** One prepared statement, committed by itself. */
export const autocommit: Executor = { query: (sql, params) => preparing(database().pool).query(sql, params) };

function nameOf(sql: string): string | null {
  const known = names.get(sql);
  if (known !== undefined) return known;
  if (names.size >= MAX_STATEMENTS) return null;
  const name = `m${names.size}`;
  names.set(sql, name);
  return name;
}
