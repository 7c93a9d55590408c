import { setTimeout as sleep } from "node:timers/promises";
import { database } from "@/lib/db/database";

const PATIENCE_MS = 3_000;

/** Does the database answer within three seconds? */
export async function isDatabaseReachable(): Promise<boolean> {
  const given = new AbortController();
  try {
    return await Promise.race([
      database().pool.query("SELECT 1").then(() => true),
      sleep(PATIENCE_MS, false, { signal: given.signal, ref: false }),
    ]);
  } catch {
    return false;
  } finally {
    given.abort();
  }
}
