import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { ensureServerCertificates } from "@/lib/pki/server-certificates-service";
import { openStorage } from "@/server/storage";
import { drawDevice } from "./seed-device";
import { randomness } from "./seed-people";
import { countRealDevices, insertDevices, insertHistory, insertHours, makeSurroundings } from "./seed-store";

const CHUNK = 2_500;

/** Writes so many devices into the configured database. @throws Error when it holds real ones, unless forced */
export async function seedFleet(count: number, force: boolean): Promise<void> {
  const storage = await openStorage();
  try {
    const real = await countRealDevices(database().pool);
    if (real > 0 && !force) throw new Error(`This database holds ${real} real devices. --force adds made-up ones to them all the same.`);
    await ensureServerCertificates();
    const started = Date.now();
    await writeFleet(count);
    console.log(`${process.stdout.isTTY ? "\n" : ""}${count.toLocaleString()} devices written in ${((Date.now() - started) / 1_000).toFixed(0)} s, all marked as simulated.`);
  } finally {
    await storage.close();
  }
}

/** The same into the database that is open, of a server that has started once. The same seed draws the same devices; without one, each run other ones. */
export async function writeFleet(count: number, seed = Date.now()): Promise<void> {
  const now = Date.now();
  const random = randomness(seed % 2_147_483_647);
  const around = await transaction(makeSurroundings);
  for (let done = 0; done < count; done += CHUNK) {
    const chunk = Array.from({ length: Math.min(CHUNK, count - done) }, (_, index) => drawDevice(random, done + index + 1, now));
    await transaction(async (tx) => {
      await insertDevices(tx, chunk, around);
      await insertHistory(tx, chunk, random, now);
    });
    if (process.stdout.isTTY) process.stdout.write(`\r${(done + chunk.length).toLocaleString()} of ${count.toLocaleString()} devices`);
  }
  await transaction((tx) => insertHours(tx, count));
  await database().pool.query("VACUUM (ANALYZE)");
}
