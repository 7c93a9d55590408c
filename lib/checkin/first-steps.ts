import { findOpenCommand } from "@/lib/commands/command-store";
import { queueCommand } from "@/lib/commands/queue-command";
import { MusterError } from "@/lib/contracts/errors";
import type { Executor } from "@/lib/db/database";
import { startAssigned } from "@/lib/assignments/group-changes";
import { encodeCommand } from "@/lib/protocol/commands/encode-command";

/** What a device is asked at once, so that the console knows it. */
const FIRST_COMMANDS = ["DeviceInformation", "SecurityInfo", "ProfileList", "CertificateList", "InstalledApplicationList"];

/**
 * Learns a device that is managed from now on, or that may be another than we remember: what it is asked first is
 * queued, unless it waits already, and its declarations are held against what it has. The caller wakes it.
 */
export async function takeFirstSteps(tx: Executor, enrollment: { id: string; deviceId: string; channel: "device" | "user" }): Promise<void> {
  if (enrollment.channel === "device") {
    for (const requestType of FIRST_COMMANDS) await queueFirst(tx, enrollment, requestType);
  }
  await startAssigned(tx, enrollment);
}

async function queueFirst(tx: Executor, enrollment: { id: string; deviceId: string }, requestType: string): Promise<void> {
  if ((await findOpenCommand(tx, enrollment.id, requestType)) !== null) return;
  const encoded = encodeCommand(requestType, {});
  if (!encoded.ok) throw new MusterError("internal", `the server's own ${requestType} is not acceptable`);
  await queueCommand(tx, {
    enrollmentId: enrollment.id, deviceId: enrollment.deviceId, requestType, command: encoded.command, createdBy: "system",
    notBefore: null, expiresAt: null, deduplicateKey: null,
  });
}
