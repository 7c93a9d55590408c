/**
 * npm run seed -- --devices 100000 [--force]
 *
 * Writes a fleet that looks like a real one into the configured database: devices with lives, identities, users, groups, commands,
 * answers, inventory and events, all marked as simulated. Nobody answers for them. Refuses a database with real devices.
 */
import { parseArgs } from "node:util";
import { seedFleet } from "./seed-fleet";

const { values } = parseArgs({ options: { devices: { type: "string", default: "1000" }, force: { type: "boolean", default: false } } });
const devices = Number(values.devices);
try {
  if (!Number.isInteger(devices) || devices < 1 || devices > 1_000_000) throw new Error("--devices takes a number from 1 to 1000000");
  await seedFleet(devices, values.force);
} catch (error) {
  console.error(`seed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
