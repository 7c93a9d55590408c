import { setTimeout as sleep } from "node:timers/promises";
import { config } from "@/lib/config/config";
import { log } from "@/lib/config/log";
import { closeDatabase, openDatabase } from "@/lib/db/database";
import { startEmbedded } from "@/lib/db/embedded/embedded-database";
import { migrate } from "@/lib/db/migrate";
import { isStorageUnavailable } from "@/lib/db/storage-errors";
import { StartError } from "./start-error";

export interface Storage {
  /** The embedded database was running already: an earlier process had been killed. */
  adopted: boolean;
  close(): Promise<void>;
}

/** How long the start waits for the server of DATABASE_URL, which may be starting as well. */
const PATIENCE_MS = 30_000;

/** The embedded database or DATABASE_URL's, migrated and open as database(). */
export async function openStorage(): Promise<Storage> {
  const { databaseUrl, dataDir } = config();
  const embedded = databaseUrl ? null : await startEmbedded(dataDir).catch(asStartError);
  const url = embedded?.url ?? databaseUrl;
  if (!url) throw new Error("neither an embedded database nor DATABASE_URL");
  try {
    const applied = await migrateWithPatience(url);
    if (applied.length > 0) log.info("migrations applied", { applied });
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
  openDatabase(url);
  return {
    adopted: embedded?.adopted ?? false,
    async close() {
      await closeDatabase();
      await embedded?.stop();
    },
  };
}

async function migrateWithPatience(url: string): Promise<string[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await migrate(url);
    } catch (error) {
      const reason = error instanceof Error ? error.message || String(error) : String(error);
      if (!isStorageUnavailable(error)) throw new StartError(`The database cannot be used: ${reason}`, { cause: error });
      if (Date.now() > deadline) throw new StartError(`The database at DATABASE_URL cannot be reached: ${reason}`, { cause: error });
      log.warn("waiting for the database", { reason });
      await sleep(1_000);
    }
  }
}

function asStartError(error: unknown): never {
  throw new StartError(error instanceof Error ? error.message : String(error), { cause: error });
}
