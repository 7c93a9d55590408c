import type { Recipient } from "@/lib/commands/command-delivery";
import { database } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { StatusReport } from "@/lib/protocol/declarations/status-report";
import { mergeStatus, readStatusReport } from "@/lib/protocol/declarations/status-report";
import { ProtocolError } from "@/lib/protocol/protocol-error";
import { lockDeclarative, saveStatus } from "./declarative-store";

/** Real reports have some kilobytes. */
const LARGEST_REPORT = 4 * 1024 * 1024;
/** All items together; a device that goes on naming new ones must not fill the database. */
const LARGEST_STATUS = 4 * 1024 * 1024;
const MOST_ERRORS = 200;

/**
 * Takes a status report (Apple, "StatusReport") and lays it over what is known. A report that cannot be read is noted
 * and done with: refused, it would come back for ever.
 */
export async function takeStatus(recipient: Recipient, data: Uint8Array): Promise<void> {
  const report = readOrReason(data);
  if (typeof report === "string") return noteUnreadable(recipient, report, data.length);
  const { enrollmentId, deviceId } = recipient;
  const kept = await transaction(async (tx) => {
    const { status } = await lockDeclarative(tx, enrollmentId);
    const merged = toJsonb(mergeStatus(status, report));
    const errors = toJsonb(report.errors.slice(0, MOST_ERRORS));
    if (merged.length + errors.length > LARGEST_STATUS) return false;
    await saveStatus(tx, enrollmentId, merged, errors);
    const data = { items: Object.keys(report.items).slice(0, 50).map((name) => name.slice(0, 100)), errors: report.errors.length, full: report.full };
    await recordEvents(tx, [{ kind: "declarations.reported", actor: "device", deviceId, enrollmentId, data }]);
    return true;
  });
  if (!kept) await noteUnreadable(recipient, "the status has grown beyond 4 MiB", data.length);
}

function readOrReason(data: Uint8Array): StatusReport | string {
  if (data.length > LARGEST_REPORT) return "the status report is larger than 4 MiB";
  try {
    return readStatusReport(data);
  } catch (error) {
    if (error instanceof ProtocolError) return error.message;
    throw error;
  }
}

async function noteUnreadable({ enrollmentId, deviceId }: Recipient, reason: string, bytes: number): Promise<void> {
  await recordEvents(database().pool, [{ kind: "declarations.unreadable", actor: "device", deviceId, enrollmentId, data: { reason, bytes } }]);
}
