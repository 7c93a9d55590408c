import { MusterError } from "@/lib/contracts/errors";
import type { Simulation } from "@/lib/contracts/simulation";
import { transaction } from "@/lib/db/transaction";
import { createLink, linkProfileUrl, linkToken } from "@/lib/enrollment/link-service";
import { recordEvents } from "@/lib/events/event-log";
import { ALL_ACCESS_RIGHTS } from "@/lib/protocol/profile/access-rights";
import { countSimulated, deleteSimulated } from "./simulation-store";
import { isSimulating, simulatorWords, startSimulator, stopSimulator } from "./simulator-process";

const LINK_HOURS = 1;
const PLAIN_LINK = {
  kind: "profile", identity: "scep", reusableProfile: false, serials: [] as string[], admission: "open", restorePolicy: null, groupId: null, owner: null,
  accessRights: ALL_ACCESS_RIGHTS,
} as const;

export async function readSimulation(): Promise<Simulation> {
  return { running: isSimulating(), devices: await countSimulated(), lastWords: simulatorWords() };
}

/**
 * Lets simulated devices enroll in this server by the real protocol and answer it, so that it can be seen without an
 * Apple account. They are marked everywhere. @throws MusterError conflict while some are running
 */
export async function startSimulation({ devices }: { devices: number }, actor: string): Promise<Simulation> {
  if (isSimulating()) throw new MusterError("conflict", "simulated devices are running already");
  const expiresAt = new Date(Date.now() + LINK_HOURS * 3_600_000).toISOString();
  const link = await createLink({ ...PLAIN_LINK, name: "Simulated devices", simulated: true, maxUses: devices, expiresAt }, actor);
  startSimulator(devices, { profileUrl: linkProfileUrl(linkToken(link)) });
  return readSimulation();
}

/** Ends them, and removes every trace but the log. */
export async function removeSimulation(actor: string): Promise<Simulation> {
  await stopSimulator();
  await transaction(async (tx) => {
    const devices = await deleteSimulated(tx);
    await recordEvents(tx, [{ kind: "simulation.removed", actor, data: { devices } }]);
  });
  return readSimulation();
}
