import type { RestoreRow } from "@/lib/checkin/restore-store";
import type { RestoreDto } from "@/lib/contracts/restores";
import { isoOrNull } from "./iso-or-null";

export function toRestoreDto(row: RestoreRow): RestoreDto {
  return {
    id: row.id,
    deviceId: row.deviceId,
    deviceName: row.deviceName,
    serialNumber: row.serialNumber,
    modelName: row.modelName,
    enrollmentId: row.enrollmentId,
    signs: row.signs,
    policy: row.policy,
    policySource: row.policySource,
    state: row.state,
    createdAt: row.createdAt.toISOString(),
    decidedAt: isoOrNull(row.decidedAt),
    decidedBy: row.decidedBy,
  };
}
