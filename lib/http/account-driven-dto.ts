import type { AccountConfigurationDto, AccountTokenDto } from "@/lib/contracts/account-driven";
import { accountBaseUrl, discoveryDocument } from "@/lib/enrollment/account-configuration-service";
import type { AccountConfigurationRow } from "@/lib/enrollment/account-configuration-store";
import type { AccountTokenRow } from "@/lib/enrollment/account-token-store";
import { isoOrNull } from "./iso-or-null";

export function toAccountConfigurationDto(row: AccountConfigurationRow): AccountConfigurationDto {
  return {
    id: row.id,
    domain: row.domain,
    mode: row.mode,
    method: row.method,
    modelFamilies: row.modelFamilies,
    identity: row.identityKind,
    admission: row.admission,
    restorePolicy: row.restorePolicy,
    group: row.groupId === null || row.groupName === null ? null : { id: row.groupId, name: row.groupName },
    accessRights: row.accessRights,
    simulated: row.simulated,
    linkId: row.linkId,
    discoveryUrl: `https://${row.domain}/.well-known/com.apple.remotemanagement`,
    discoveryDocument: discoveryDocument(row),
    baseUrl: accountBaseUrl(row.id),
    enrolled: row.enrolled,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
  };
}

export function toAccountTokenDto(row: AccountTokenRow): AccountTokenDto {
  return {
    id: row.id,
    account: row.account,
    kind: row.kind === "refresh" ? "refresh" : "access",
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    revokedAt: isoOrNull(row.revokedAt),
  };
}
