import type { AdeRefusal } from "@/lib/contracts/ade-words";
import type { Executor } from "@/lib/db/database";

export interface AdeRequestNote {
  configurationId: string;
  serialNumber: string;
  udid: string | null;
  productName: string;
  osVersion: string | null;
  buildVersion: string | null;
  outcome: "profile" | "page" | "refused";
  reason: AdeRefusal | null;
}

/** Keeps the newest request of a device, and how often it came. */
export async function noteRequest(tx: Executor, note: AdeRequestNote): Promise<void> {
  await tx.query(
    `INSERT INTO "AdeRequest" AS r ("configurationId","serialNumber","udid","productName","osVersion","buildVersion","outcome","reason") VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
     ON CONFLICT ("configurationId","serialNumber") DO UPDATE SET "udid" = EXCLUDED."udid", "productName" = EXCLUDED."productName", "osVersion" = EXCLUDED."osVersion",
       "buildVersion" = EXCLUDED."buildVersion", "outcome" = EXCLUDED."outcome", "reason" = EXCLUDED."reason", "lastAt" = now(), "count" = r."count" + 1`,
    [note.configurationId, note.serialNumber, note.udid, note.productName, note.osVersion, note.buildVersion, note.outcome, note.reason],
  );
}

/** As far as we know: an erased device says no goodbye. */
export async function isManagedSerial(executor: Executor, serialNumber: string): Promise<boolean> {
  const { rowCount } = await executor.query(
    `SELECT 1 FROM "Device" d JOIN "Enrollment" e ON e."id" = d."enrollmentId" WHERE d."serialNumber" = $1 AND e."endedAt" IS NULL LIMIT 1`,
    [serialNumber],
  );
  return (rowCount ?? 0) > 0;
}
