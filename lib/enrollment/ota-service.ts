import { randomBytes, randomUUID } from "node:crypto";
import { config } from "@/lib/config/config";
import { log } from "@/lib/config/log";
import { MusterError } from "@/lib/contracts/errors";
import type { Certificate } from "@/lib/crypto/certificate";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { database } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import { readIdentityUse } from "@/lib/pki/identity-store";
import { verifyDeviceCertificate } from "@/lib/pki/identity-service";
import { signProfile } from "@/lib/pki/server-certificates-service";
import type { DeviceAnswer, DeviceExchange } from "@/lib/protocol/device-exchange";
import type { MachineInfo } from "@/lib/protocol/machine-info";
import { PROFILE_IDENTIFIER } from "@/lib/protocol/profile/profile-identifier";
import { serviceProfile } from "@/lib/protocol/profile/service-profile";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import { isDeviceCertificate, machineInfoIn, openSigned } from "./device-signature";
import { enrollmentProfileFor, otaIdentityProfileFor, profileAnswer } from "./enrollment-profile-for";
import { linkOfToken, linkState } from "./link-service";
import type { LinkRow } from "./link-store";
import { claimOtaSession, completeOtaSession, insertOtaSession, setOtaChallenge } from "./ota-store";

const CHALLENGE_BYTES = 24;
/** The profile installer goes through all phases at once, but waits for the person before the first. */
const SESSION_HOURS = 2;

/** Phase 1: the signed payload that tells the device where to prove what it is. */
export async function otaServiceProfileFor(link: LinkRow, token: string, visitHash: string | null): Promise<Buffer> {
  const { publicUrl, organization } = config();
  const challenge = randomBytes(CHALLENGE_BYTES).toString("base64url");
  await insertOtaSession(database().pool, { linkId: link.id, challengeHash: sha256Hex(challenge), visitHash, expiresAt: new Date(Date.now() + SESSION_HOURS * 3_600_000) });
  return signProfile(writePlist(serviceProfile({
    identifier: `${PROFILE_IDENTIFIER}.service`,
    uuid: randomUUID().toUpperCase(),
    displayName: `${organization} device management`,
    organization,
    description: `Lets ${organization} manage this device.`,
    url: `${publicUrl}/ota/${token}`,
    challenge,
  })));
}

/**
 * Phases 2 and 3: what a device has signed with its built-in identity is answered with a profile that brings it an
 * identity of ours; what it has signed with that, with the enrollment profile bound to this hardware.
 * @throws MusterError not-found, gone, signature-invalid, certificate-foreign, identity-mismatch, identity-not-listed
 */
export async function answerOta(exchange: DeviceExchange): Promise<DeviceAnswer> {
  const token = exchange.path.split("/").at(-1) ?? "";
  const link = await linkOfToken(token);
  if (link === null || link.kind !== "ota") throw new MusterError("not-found", "no OTA profile service is there");
  try {
    const state = linkState(link);
    if (state !== "usable") throw new MusterError("gone", `the link is ${state}`);
    return profileAnswer(await answerPhase(link, exchange));
  } catch (error) {
    if (error instanceof MusterError) await noteRefusal(link, error, exchange);
    throw error;
  }
}

async function answerPhase(link: LinkRow, exchange: DeviceExchange): Promise<Buffer> {
  const { content, signer, certificates } = openSigned(exchange.body);
  const info = machineInfoIn(content);
  if (await isDeviceCertificate(signer, certificates)) return prove(link, info);
  await verifyDeviceCertificate(signer);
  return complete(link, info, signer, exchange);
}

async function prove(link: LinkRow, info: MachineInfo): Promise<Buffer> {
  const { serialNumber, udid } = info;
  if (serialNumber === null && udid === null) throw new MusterError("message-unreadable", "the device names neither serial number nor UDID");
  if (link.serials.length > 0 && !link.serials.includes(serialNumber?.toUpperCase() ?? "")) {
    throw new MusterError("identity-not-listed", `the link is not for the serial number ${serialNumber ?? "(none)"}`);
  }
  const challengeHash = sha256Hex(challengeIn(info));
  const session = await claimOtaSession(database().pool, { linkId: link.id, challengeHash, serialNumber, udid });
  if (session === null) throw new MusterError("identity-mismatch", "the challenge is unknown, over, or was answered before");
  const { profile, challengeId } = await otaIdentityProfileFor(link, { serialNumber, udid }, session.expiresAt);
  await setOtaChallenge(database().pool, session.id, challengeId);
  const { productName, buildVersion } = info;
  await recordEvents(database().pool, [{ kind: "hardware.proved", actor: "device", linkId: link.id, data: { serialNumber, udid, productName, buildVersion } }]);
  return profile;
}

async function complete(link: LinkRow, info: MachineInfo, signer: Certificate, exchange: DeviceExchange): Promise<Buffer> {
  const use = await readIdentityUse(database().pool, signer.fingerprint);
  if (use === null || use.purpose !== "ota" || use.linkId !== link.id || use.challengeId === null || use.revokedAt !== null) {
    throw new MusterError("identity-mismatch", "the signer has no certificate of this service");
  }
  const { boundSerial, boundUdid } = use;
  if (boundSerial !== info.serialNumber || boundUdid !== info.udid) throw new MusterError("identity-mismatch", "the certificate was issued for other hardware");
  const session = await completeOtaSession(database().pool, link.id, use.challengeId);
  if (session === null) throw new MusterError("identity-mismatch", "this run is over, or got its profile before");
  const profile = await enrollmentProfileFor(link, { boundSerial, boundUdid, visitHash: session.visitHash });
  const data = { name: link.name, serialNumber: boundSerial, remoteAddress: exchange.remoteAddress, userAgent: exchange.headers["user-agent"] ?? null };
  await recordEvents(database().pool, [{ kind: "profile.downloaded", actor: "device", linkId: link.id, data }]);
  return profile;
}

/** Comes back as text, or as data when it was given so. */
function challengeIn({ body }: MachineInfo): string {
  const challenge = body["CHALLENGE"];
  return challenge instanceof Uint8Array ? Buffer.from(challenge).toString() : typeof challenge === "string" ? challenge : "";
}

async function noteRefusal(link: LinkRow, error: MusterError, exchange: DeviceExchange): Promise<void> {
  log.warn("the OTA profile service refused a device", { code: error.code, reason: error.message, remoteAddress: exchange.remoteAddress });
  const data = { name: link.name, state: error.code, reason: error.message, remoteAddress: exchange.remoteAddress, userAgent: exchange.headers["user-agent"] ?? null };
  await recordEvents(database().pool, [{ kind: "profile.refused", actor: "device", linkId: link.id, data }]);
}
