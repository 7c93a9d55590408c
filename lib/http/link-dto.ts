import type { EnrollmentLinkDetail, EnrollmentLinkDto, LinkFunnel } from "@/lib/contracts/enrollment-links";
import { canMail } from "@/lib/enrollment/link-mail";
import { linkProfileUrl, linkState, linkToken, linkUrl } from "@/lib/enrollment/link-service";
import type { LinkRow } from "@/lib/enrollment/link-store";
import { isoOrNull } from "./iso-or-null";

export function toLinkDto(row: LinkRow): EnrollmentLinkDto {
  const token = linkToken(row);
  return {
    id: row.id,
    name: row.name,
    url: linkUrl(token),
    profileUrl: linkProfileUrl(token),
    state: linkState(row),
    kind: row.kind === "ota" ? "ota" : "profile",
    serials: row.serials,
    admission: row.admission,
    restorePolicy: row.restorePolicy,
    group: row.groupId === null || row.groupName === null ? null : { id: row.groupId, name: row.groupName },
    owner: row.owner,
    accessRights: row.accessRights,
    identity: row.identityKind,
    reusableProfile: row.reusableProfile,
    simulated: row.simulated,
    maxUses: row.maxUses,
    uses: row.uses,
    expiresAt: isoOrNull(row.expiresAt),
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    revokedAt: isoOrNull(row.revokedAt),
  };
}

export function toLinkDetail({ link, funnel }: { link: LinkRow; funnel: LinkFunnel }): EnrollmentLinkDetail {
  const { opened, downloaded, certified, enrolled } = funnel;
  return { ...toLinkDto(link), funnel: { opened, downloaded, certified, enrolled }, mailable: canMail() };
}
