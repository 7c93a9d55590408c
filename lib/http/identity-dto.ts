import type { CertificateAuthorityDto, DeviceIdentityDto, IdentityRenewalDto } from "@/lib/contracts/identities";
import type { AuthorityRow } from "@/lib/pki/authority-store";
import type { IdentityListRow } from "@/lib/renewal/identity-list-store";
import { adoptedNames } from "./adopted-certificate";
import { isoOrNull } from "./iso-or-null";

export function toIdentityDto(row: IdentityListRow): DeviceIdentityDto {
  return {
    fingerprint: row.fingerprint,
    serialNumber: adoptedNames(row.adoptedCertificate)?.serialNumber ?? row.serialNumber,
    kind: row.kind,
    notBefore: row.notBefore.toISOString(),
    notAfter: row.notAfter.toISOString(),
    authorityId: row.authorityId,
    attested: row.attested,
    device: { id: row.deviceId, name: row.deviceName, serialNumber: row.deviceSerial, lastSeenAt: isoOrNull(row.lastSeenAt) },
    renewal: toRenewalDto(row),
  };
}

/** Between attempts the stage is that of the identity: due or not yet, or done for one that has just taken over. */
export function toRenewalDto(row: IdentityListRow, now = Date.now()): IdentityRenewalDto {
  const isOpen = row.renewalId !== null && row.outcome === null;
  const isStuck = row.stuckAt !== null && row.outcome !== "done";
  const due = row.renewAt !== null && row.renewAt.getTime() <= now;
  const between = isStuck || due ? "due" : row.outcome === "done" ? "done" : "not-due";
  return {
    stage: isOpen ? (row.stage ?? "queued") : between,
    dueAt: isOpen ? null : isoOrNull(row.renewAt),
    cause: row.cause,
    attempt: row.attempt ?? 0,
    startedAt: isoOrNull(row.startedAt),
    startedBy: row.startedBy,
    commandId: row.commandId,
    stuck: isStuck && row.stuckAt !== null ? { at: row.stuckAt.toISOString(), stage: row.stuckStage ?? "queued", reason: row.stuckReason ?? "" } : null,
  };
}

export function toAuthorityDto(row: AuthorityRow): CertificateAuthorityDto {
  return {
    id: row.id,
    subject: row.subject,
    fingerprint: row.fingerprint,
    state: row.retiredAt !== null ? "retired" : row.isNewest ? "issuing" : "trusted",
    devices: row.devices,
    pending: row.pending,
    notBefore: row.notBefore.toISOString(),
    notAfter: row.notAfter.toISOString(),
    createdAt: row.createdAt.toISOString(),
    retiredAt: isoOrNull(row.retiredAt),
  };
}
