import { ADE_DEVICE_STATES, ADE_REFUSALS } from "@/lib/contracts/ade-words";
import type { AdeConfigurationDto, AdeDeviceDto, AdeServerDto } from "@/lib/contracts/ade";
import { derToPem } from "@/lib/crypto/pem";
import { configurationUrls } from "@/lib/enrollment/ade/configuration-service";
import type { AdeConfigurationRow } from "@/lib/enrollment/ade/configuration-store";
import type { AdeDeviceListRow } from "@/lib/enrollment/ade/device-list-store";
import type { AdeServerRow } from "@/lib/enrollment/ade/server-store";
import { isoOrNull } from "./iso-or-null";

export function toAdeServerDto(row: AdeServerRow): AdeServerDto {
  const { account, tokenExpiresAt, tokenUploadedAt, tokenUploadedBy, problem, problemSince } = row;
  const hasToken = tokenExpiresAt !== null && tokenUploadedAt !== null && tokenUploadedBy !== null;
  return {
    id: row.id,
    name: row.name,
    certificatePem: derToPem(row.certificate),
    token: hasToken ? { expiresAt: tokenExpiresAt.toISOString(), uploadedAt: tokenUploadedAt.toISOString(), uploadedBy: tokenUploadedBy } : null,
    account: account === null ? null : {
      serverName: account.server_name, serverUuid: account.server_uuid, organization: account.org_name, organizationId: account.org_id, organizationType: account.org_type,
      email: account.org_email, phone: account.org_phone, adminId: account.admin_id ?? account.facilitator_id,
    },
    sync: {
      syncedAt: isoOrNull(row.syncedAt), dueAt: row.syncDueAt.toISOString(), full: row.cursor === null || row.fullReadSince !== null,
      problem: problem === null || problemSince === null ? null : { code: problem, detail: row.problemDetail, since: problemSince.toISOString(), retryAt: isoOrNull(row.heldUntil) },
    },
    devices: row.devices,
    defaultConfigurationId: row.defaultConfigurationId,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
  };
}

export function toAdeConfigurationDto(row: AdeConfigurationRow): AdeConfigurationDto {
  const { profile } = row;
  return {
    id: row.id,
    name: row.name,
    admission: row.admission,
    serials: row.serials,
    minimumOs: row.minimumOs,
    webPage: row.webPage,
    group: row.groupId === null ? null : { id: row.groupId, name: row.groupName ?? "" },
    simulated: row.simulated,
    ...configurationUrls(row),
    linkId: row.linkId,
    devices: row.devices,
    uses: row.uses,
    isMandatory: profile.isMandatory, isMdmRemovable: profile.isMdmRemovable, isSupervised: profile.isSupervised, isMultiUser: profile.isMultiUser,
    isReturnToService: profile.isReturnToService, allowPairing: profile.allowPairing, awaitConfiguration: profile.awaitConfiguration,
    autoAdvanceSetup: profile.autoAdvanceSetup, doNotUseProfileFromBackup: profile.doNotUseProfileFromBackup, skipSetupItems: profile.skipSetupItems,
    department: profile.department, supportPhoneNumber: profile.supportPhoneNumber, supportEmailAddress: profile.supportEmailAddress, orgMagic: profile.orgMagic,
    language: profile.language, region: profile.region, anchorCerts: profile.anchorCerts, supervisingHostCerts: profile.supervisingHostCerts,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    updatedAt: row.updatedAt.toISOString(),
  };
}

export function toAdeDeviceDto(row: AdeDeviceListRow): AdeDeviceDto {
  return {
    id: row.id,
    serverId: row.serverId,
    serialNumber: row.serialNumber,
    model: row.model,
    description: row.description,
    color: row.color,
    assetTag: row.assetTag,
    family: row.deviceFamily,
    os: row.os,
    state: row.state,
    why: whyOf(row),
    configuration: row.configurationId === null ? null : { id: row.configurationId, name: row.configurationName ?? "" },
    profile: { status: row.profileStatus, uuid: row.profileUuid, assignedAt: isoOrNull(row.profileAssignedAt), pushedAt: isoOrNull(row.profilePushedAt), result: row.assignResult },
    request: row.requestAt === null || row.requestOutcome === null ? null : {
      at: row.requestAt.toISOString(), outcome: row.requestOutcome, reason: row.requestReason, osVersion: row.requestOs, count: row.requestCount ?? 1,
    },
    deviceId: row.deviceId,
    migrationDeadline: isoOrNull(row.migrationDeadline),
    addedAt: row.createdAt.toISOString(),
    removedAt: isoOrNull(row.removedAt),
  };
}

function whyOf({ state, requestReason, requestOs, assignResult }: AdeDeviceListRow): string {
  const { meaning } = ADE_DEVICE_STATES[state];
  if (state === "refused" && requestReason !== null) return `It came and was refused. ${ADE_REFUSALS[requestReason].meaning}`;
  if (state === "os-too-old" && requestOs !== null) return `It came with ${requestOs}, which is below the minimum, and was sent to update.`;
  if (state === "assignment-failed" && assignResult !== null) return `${meaning} Apple said ${assignResult}.`;
  return meaning;
}
