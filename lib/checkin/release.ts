import type { Executor } from "@/lib/db/database";
import { findOpenCommand } from "@/lib/commands/command-store";
import { queueCommand } from "@/lib/commands/queue-command";

/** An enrollment whose Setup Assistant waits for us. */
export interface WaitingEnrollment {
  id: string;
  deviceId: string;
  channel: "device" | "user";
}

/**
 * Queues what lets Setup Assistant go on: DeviceConfigured for a device, UserConfigured for a user of a Shared iPad.
 * Answers whether it did; one that is still open serves.
 */
export async function queueRelease(tx: Executor, enrollment: WaitingEnrollment): Promise<boolean> {
  const requestType = enrollment.channel === "device" ? "DeviceConfigured" : "UserConfigured";
  if ((await findOpenCommand(tx, enrollment.id, requestType)) !== null) return false;
  await queueCommand(tx, {
    enrollmentId: enrollment.id, deviceId: enrollment.deviceId, requestType, command: { RequestType: requestType }, createdBy: "system",
    notBefore: null, expiresAt: null, deduplicateKey: null,
  });
  return true;
}
