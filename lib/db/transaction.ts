import { log } from "@/lib/config/log";
import { collectAfterCommit } from "./after-commit";
import { database, type Executor } from "./database";
import { preparing } from "./prepared";

/** Runs `work` in one transaction (read committed): committed when it resolves, rolled back when it throws. */
export async function transaction<T>(work: (tx: Executor) => Promise<T>): Promise<T> {
  const client = await database().pool.connect();
  let broken = false;
  try {
    return await collectAfterCommit(async (committed) => {
      await client.query("BEGIN");
      const result = await work(preparing(client));
      await client.query("COMMIT");
      committed();
      return result;
    });
  } catch (error) {
    await client.query("ROLLBACK").catch((rollbackError: unknown) => {
      broken = true; // the pool must not hand out a connection in an unknown state
      log.debug("a rollback failed", { error: rollbackError });
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
