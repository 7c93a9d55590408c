import type { AdmissionDto } from "@/lib/contracts/admissions";
import type { AdmissionRow } from "@/lib/enrollment/admission-store";
import { isoOrNull } from "./iso-or-null";

export function toAdmissionDto(row: AdmissionRow): AdmissionDto {
  return {
    id: row.id,
    link: { id: row.linkId, name: row.linkName },
    serialNumber: row.serialNumber,
    udid: row.udid,
    productName: row.productName,
    osVersion: row.osVersion,
    deviceId: row.deviceId,
    deviceName: row.deviceName,
    state: row.state,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    decidedAt: isoOrNull(row.decidedAt),
    decidedBy: row.decidedBy,
  };
}
