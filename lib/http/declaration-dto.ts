import type { DeclarationDto, DeclarationItem, DeviceDeclarations } from "@/lib/contracts/declarations";
import type { DeclarationRow } from "@/lib/declarations/declaration-store";
import type { DeviceDeclarativeRow } from "@/lib/declarations/declarative-store";
import type { SnapshotItem } from "@/lib/declarations/item-set";
import { declarationReports } from "@/lib/protocol/declarations/declaration-reports";
import type { DeclarationReport } from "@/lib/protocol/declarations/declaration-reports";
import { isoOrNull } from "./iso-or-null";

export function toDeclarationDto(row: DeclarationRow): DeclarationDto {
  return {
    id: row.id,
    identifier: row.identifier,
    type: row.type,
    serverToken: row.serverToken,
    payload: row.payload,
    groupIds: row.groupIds,
    userGroupIds: row.userGroupIds,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    createdBy: row.createdBy,
  };
}

/** Each declaration as it was promised, beside what the device says of it. */
export function toDeviceDeclarations(rows: readonly DeviceDeclarativeRow[]): DeviceDeclarations {
  return {
    items: rows.map((row) => {
      const status = row.status ?? {};
      const reports = declarationReports(status);
      return {
        enrollmentId: row.enrollmentId,
        channel: row.channel,
        token: row.token,
        tokenAt: isoOrNull(row.tokenAt),
        fetchedToken: row.fetchedToken,
        declarations: (row.items ?? []).map((item) => toItem(item, reports.get(item.identifier))),
        status,
        statusAt: isoOrNull(row.statusAt),
        errors: row.errors ?? [],
      };
    }),
  };
}

function toItem(item: SnapshotItem, report: DeclarationReport | undefined): DeclarationItem {
  return {
    identifier: item.identifier,
    type: item.type,
    serverToken: item.serverToken,
    declarationId: item.declarationId,
    active: report?.active ?? null,
    valid: report?.valid ?? null,
    reportedServerToken: report?.serverToken ?? null,
    reasons: report?.reasons ?? [],
  };
}
