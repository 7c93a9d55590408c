/**
 * npm run seed -- --devices 100000 [--force]
 *
 * Writes a fleet that looks like a real one into the configured database: devices with lives, identities, users, groups, commands,
 * answers, inventory and events, all marked as simulated. Nobody answers for them. Refuses a database with real devices.
 */
import { parseArgs } from "node:util";
import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { ensureServerCertificates } from "@/lib/pki/server-certificates-service";
import { openStorage } from "@/server/storage";
import { drawDevice } from "./seed-device";
import { randomness } from "./seed-people";
import { countRealDevices, insertDevices, insertHistory, insertHours, makeSurroundings } from "./seed-store";

const CHUNK = 2_500;
const SEED = 20_260_101;

const { values } = parseArgs({ options: { devices: { type: "string", default: "1000" }, force: { type: "boolean", default: false } } });
const devices = Number(values.devices);
if (!Number.isInteger(devices) || devices < 1 || devices > 1_000_000) throw new Error("--devices takes a number from 1 to 1000000");

const storage = await openStorage();
try {
  const real = await countRealDevices(database().pool);
  if (real > 0 && !values.force) throw new Error(`This database holds ${real} real devices. --force adds made-up ones to them all the same.`);
  await ensureServerCertificates();
  await seed(devices);
} catch (error) {
  console.error(`seed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await storage.close();
}

async function seed(count: number): Promise<void> {
  const now = Date.now();
  const random = randomness(SEED + (now % 1_000_000));
  const around = await transaction(makeSurroundings);
  for (let done = 0; done < count; done += CHUNK) {
    const chunk = Array.from({ length: Math.min(CHUNK, count - done) }, (_, index) => drawDevice(random, done + index + 1, now));
    await transaction(async (tx) => {
      await insertDevices(tx, chunk, around);
      await insertHistory(tx, chunk, random, now);
    });
    process.stdout.write(`\r${(done + chunk.length).toLocaleString()} of ${count.toLocaleString()} devices`);
  }
  await transaction((tx) => insertHours(tx, count));
  await database().pool.query("VACUUM (ANALYZE)");
  console.log(`\nWritten in ${((Date.now() - now) / 1_000).toFixed(0)} s, all marked as simulated.`);
}
