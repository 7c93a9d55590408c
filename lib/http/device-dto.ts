import type { DeviceDto, DeviceSummary, EnrollmentDto, UnknownContactList } from "@/lib/contracts/devices";
import type { EndCause, EnrollmentState } from "@/lib/contracts/words";
import { TEST_TOPIC } from "@/lib/contracts/words";
import { isAdoptable } from "@/lib/checkin/adoptable";
import type { UnknownContactRow } from "@/lib/checkin/unknown-contact-store";
import type { DeviceDetail } from "@/lib/devices/device-service";
import type { DeviceListRow } from "@/lib/devices/device-list-store";
import type { EnrollmentDetailRow } from "@/lib/devices/enrollment-store";
import { adoptedNames } from "./adopted-certificate";
import { isoOrNull } from "./iso-or-null";
import { toTermination } from "./termination-dto";

/** The columns hold only these words: nothing else writes them. */
const asState = (word: string) => word as EnrollmentState;
const asCause = (word: string | null) => word as EndCause | null;

export function toDeviceSummary(row: DeviceListRow): DeviceSummary {
  return {
    id: row.id,
    name: row.name,
    serialNumber: row.serialNumber,
    udid: row.udid,
    platform: row.platform,
    modelName: row.modelName,
    productName: row.productName,
    osVersion: row.osVersion,
    supervised: row.supervised,
    simulated: row.simulated,
    owner: row.owner,
    createdAt: row.createdAt.toISOString(),
    state: row.state === null ? null : asState(row.state),
    endedCause: asCause(row.endedCause),
    awaitingConfiguration: row.awaitingConfiguration ?? false,
    lastSeenAt: isoOrNull(row.lastSeenAt),
    openCommands: row.openCommands,
    failedCommands: row.failedCommands,
    push: row.push,
    linkName: row.linkName,
    users: row.users,
  };
}

/** Names every field that leaves; tokens, magic and secrets are left out on purpose. */
export function toDeviceDto(detail: DeviceDetail): DeviceDto {
  const { device } = detail;
  return {
    ...toDeviceSummary(device),
    model: device.model,
    buildVersion: device.buildVersion,
    imei: device.imei,
    meid: device.meid,
    enrollments: detail.enrollments.map(toEnrollmentDto),
    inventory: detail.inventory.map((fact) => ({ kind: fact.kind, learnedAt: fact.learnedAt.toISOString(), value: fact.value })),
    secrets: detail.secrets.map((secret) => ({ id: secret.id, kind: secret.kind, learnedAt: secret.learnedAt.toISOString(), commandId: secret.commandId, current: secret.enrollmentId === device.enrollmentId })),
  };
}

function toEnrollmentDto(row: EnrollmentDetailRow): EnrollmentDto {
  return {
    id: row.id,
    channel: row.channel,
    channelKey: row.channelKey,
    userShortName: row.userShortName,
    userLongName: row.userLongName,
    notOnConsole: row.notOnConsole,
    life: row.life,
    state: asState(row.state),
    endedCause: asCause(row.endedCause),
    endedAt: isoOrNull(row.endedAt),
    authenticatedAt: row.authenticatedAt.toISOString(),
    enrolledAt: isoOrNull(row.enrolledAt),
    lastSeenAt: isoOrNull(row.lastSeenAt),
    awaitingConfiguration: row.awaitingConfiguration,
    clockSkewSeconds: row.clockSkewSeconds,
    link: row.linkId === null || row.linkName === null ? null : { id: row.linkId, name: row.linkName },
    identity: toIdentity(row),
    push: toPushState(row),
    termination: toTermination(row),
  };
}

function toIdentity(row: EnrollmentDetailRow): EnrollmentDto["identity"] {
  const { identityFingerprint, identitySerialNumber, identitySubject, identityIssuer, identityNotBefore, identityNotAfter } = row;
  if (identityFingerprint === null || identityNotBefore === null || identityNotAfter === null) return null;
  const adopted = adoptedNames(row.adoptedCertificate);
  return {
    fingerprint: identityFingerprint,
    serialNumber: adopted?.serialNumber ?? identitySerialNumber ?? "",
    subject: identitySubject ?? "",
    issuer: adopted?.issuer ?? identityIssuer ?? "",
    kind: row.identityKind ?? "scep",
    adopted: adopted !== null,
    attestation: row.identityAttestation,
    notBefore: identityNotBefore.toISOString(),
    notAfter: identityNotAfter.toISOString(),
  };
}

function toPushState(row: EnrollmentDetailRow): EnrollmentDto["push"] {
  return {
    topic: row.topic,
    testTopic: row.topic === TEST_TOPIC,
    hasToken: row.hasToken,
    tokenUpdatedAt: isoOrNull(row.tokenUpdatedAt),
    tokenDeadAt: isoOrNull(row.tokenDeadAt),
    lastPushAt: isoOrNull(row.lastPushAt),
    lastPushStatus: row.lastPushStatus,
    lastPushReason: row.lastPushReason,
    lastPushId: row.lastPushId,
    nextPushAt: isoOrNull(row.pushDueAt),
    pushesUnanswered: row.pushesUnanswered,
  };
}

export function toUnknownContactDto(row: UnknownContactRow): UnknownContactList["items"][number] {
  return {
    id: row.id,
    reason: row.reason,
    claimedKey: row.claimedKey,
    serialNumber: row.serialNumber,
    fingerprint: row.fingerprint,
    subject: row.subject,
    messageType: row.messageType,
    issuedTo: row.boundKey === null && row.boundSerial === null ? null : { key: row.boundKey, serialNumber: row.boundSerial },
    adoptable: isAdoptable(row),
    adoptedAt: isoOrNull(row.adoptedAt),
    adoptedBy: row.adoptedBy,
    remoteAddress: row.remoteAddress,
    userAgent: row.userAgent,
    count: row.count,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
  };
}
