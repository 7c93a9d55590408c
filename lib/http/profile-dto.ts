import type { DeviceProfileDto, ProfileDevice, ProfileDto, ProfileVersionDto } from "@/lib/contracts/profiles";
import type { ProfileRow, VersionRow } from "@/lib/profiles/profile-store";
import type { DeviceProfileRow, ProfileDeviceRow, ShownStanding } from "@/lib/profiles/standing-store";
import { payloadTitle } from "@/lib/protocol/library/check-payload";
import { isoOrNull } from "./iso-or-null";

export function toProfileDto(row: ProfileRow): ProfileDto {
  return {
    id: row.id,
    identifier: row.identifier,
    name: row.name,
    note: row.note,
    current: toProfileVersion(row.current),
    groupIds: row.groupIds,
    states: row.states,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    createdBy: row.createdBy,
  };
}

export function toProfileVersion(row: VersionRow): ProfileVersionDto {
  return {
    id: row.id,
    number: row.number,
    bytes: row.bytes,
    digest: row.digest,
    signer: row.signer,
    payloads: row.payloads.map(({ type, identifier, displayName }) => ({ type, title: payloadTitle(type), identifier, displayName })),
    variables: row.variables,
    findings: row.findings,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
  };
}

function toStanding(row: ShownStanding) {
  return {
    state: row.state,
    version: row.version,
    commandId: row.commandId,
    errorChain: row.errorChain ?? [],
    reason: row.reason,
    missing: row.missing ?? [],
    retryAt: isoOrNull(row.retryAt),
    installedAt: isoOrNull(row.installedAt),
    seenAt: isoOrNull(row.seenAt),
    driftedAt: isoOrNull(row.driftedAt),
    driftUuid: row.driftUuid,
    changedAt: isoOrNull(row.changedAt),
  };
}

export function toProfileDevice(row: ProfileDeviceRow): ProfileDevice {
  return { ...toStanding(row), deviceId: row.deviceId, deviceName: row.deviceName, serialNumber: row.serialNumber, platform: row.platform };
}

export function toDeviceProfile(row: DeviceProfileRow): DeviceProfileDto {
  return { ...toStanding(row), identifier: row.identifier, profileId: row.profileId, name: row.name };
}

/** Uploaded profiles are data: a file to keep, and never a page. */
export function profileFileResponse({ identifier, number, file }: { identifier: string; number: number; file: Buffer }): Response {
  const name = `${identifier.replace(/[^A-Za-z0-9._-]/g, "-").slice(0, 100)}-${number}.mobileconfig`;
  return new Response(new Uint8Array(file), {
    headers: {
      "content-type": "application/x-apple-aspen-config",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
    },
  });
}
