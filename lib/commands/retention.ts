import { readSetting } from "@/lib/db/setting-store";
import { transaction } from "@/lib/db/transaction";
import { deleteAdeRequests, deleteEmptyBatches, deleteEndedCommands, deleteExchanges, deleteLeavings, takeRetentionLock } from "./retention-store";

const DEFAULT_DAYS = 90;
const DEFAULT_EXCHANGE_DAYS = 14;
const MAX_DAYS = 36_500;
/** Rows in one transaction: small enough that nobody waits for it. */
const STEP = 1_000;
/** More is left to the next run. */
const MAX_STEPS = 500;
const DAY_MS = 86_400_000;

/** Who was locked, erased or let in again is asked for years later. */
const SECURITY_ACTIONS = [
  "ClearActivationLockBypassCode", "ClearPasscode", "ClearRestrictionsPassword", "DeleteUser", "DeviceLock", "DisableLostMode", "DisableRemoteDesktop",
  "EnableLostMode", "EnableRemoteDesktop", "EraseDevice", "RotateFileVaultKey", "SetAutoAdminPassword", "SetFirmwarePassword", "SetRecoveryLock",
  "UnlockUserAccount",
];

/**
 * Removes ended commands and requests of Automated Device Enrollment older than the setting `retention-days` (90), exchanges older than `exchange-days` (14), and what else served for a while only, in
 * small transactions of their own. One node at a time works on it. Security actions stay, and so do all events.
 */
export async function removeWhatIsOld(): Promise<void> {
  const before = new Date(Date.now() - (await retentionDays()) * DAY_MS);
  const exchangesBefore = new Date(Date.now() - (await exchangeDays()) * DAY_MS);
  for (let step = 0; step < MAX_STEPS; step++) {
    const removed = await transaction(async (tx) => {
      if (!(await takeRetentionLock(tx))) return 0;
      const commands = await deleteEndedCommands(tx, before, SECURITY_ACTIONS, STEP);
      const batches = await deleteEmptyBatches(tx, before, STEP);
      const exchanges = await deleteExchanges(tx, exchangesBefore, STEP);
      const requests = await deleteAdeRequests(tx, before, STEP);
      return Math.max(commands, batches, exchanges, requests, await deleteLeavings(tx, STEP));
    });
    if (removed < STEP) return;
  }
}

/** The setting "retention-days"; one that makes no sense removes nothing earlier than it should. */
export async function retentionDays(): Promise<number> {
  return days(await readSetting("retention-days"), DEFAULT_DAYS);
}

/** The setting "exchange-days": how long the inspector remembers. */
export async function exchangeDays(): Promise<number> {
  return days(await readSetting("exchange-days"), DEFAULT_EXCHANGE_DAYS);
}

function days(setting: unknown, otherwise: number): number {
  return typeof setting === "number" && setting >= 1 && setting <= MAX_DAYS ? setting : otherwise;
}
