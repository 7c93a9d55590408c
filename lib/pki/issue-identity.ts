import { randomUUID } from "node:crypto";
import { config } from "@/lib/config/config";
import type { AttestedHardware } from "@/lib/contracts/identities";
import type { IdentityKind } from "@/lib/contracts/words";
import { readCertificate, type Certificate } from "@/lib/crypto/certificate";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { issueCertificate } from "@/lib/crypto/issue-certificate";
import type { Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { lockChallenge, spendChallenge, type ChallengeRow } from "./challenge-store";
import { findIssued, insertIdentity } from "./identity-store";
import { recordRefusal } from "./record-refusal";
import { issuingAuthority, type Authority } from "./server-certificates-service";

/** Why a request that was read and verified gets no certificate. */
export type RefusalReason =
  | "challenge-missing"
  | "challenge-unknown"
  | "challenge-used"
  | "challenge-expired"
  | "link-revoked"
  | "link-expired"
  | "link-used-up"
  | "identity-revoked"
  | "key-unfit"
  | "key-not-of-signer"
  | "request-unreadable"
  | "message-type-not-offered"
  | "attestation-refused"
  | "hardware-other"
  | "hardware-not-listed"
  | "key-known"
  | "signer-not-current"
  | "renewal-too-early"
  | "renewed-already";

/** A key that asks for a certificate; that its holder has it is proved. */
export interface IdentityRequest {
  /** How it asks: a secret counts only on the way it was made for. */
  kind: IdentityKind;
  /** Of the profile; null when none came with the request. */
  secret: string | null;
  publicKeySpki: Buffer;
  /** SHA-256 of the SubjectPublicKeyInfo, lower-case hex. */
  publicKeyHash: string;
  /** For the log. */
  requestedSubject: string;
  /** The hardware that is known to hold the key; none but by ACME. */
  attestation?: AttestedHardware | null;
}

export type Issuance = { ok: true; certificate: Buffer } | { ok: false; reason: RefusalReason };

const IDENTITY_DAYS = 365;
/** Clocks of erased devices are slow. */
const BACKDATE_HOURS = 24;

/**
 * A certificate for a key, if the secret that came with it allows it. The same key with the same challenge
 * gets the same certificate again, and is not counted again: devices repeat what they did not hear answered. The rows
 * stay locked until all is written, so that two keys in one moment cannot both spend a one-time challenge or a last use.
 */
export async function issueIdentity(request: IdentityRequest): Promise<Issuance> {
  const { secret } = request;
  if (secret === null || secret === "") return refuse(request, null, "challenge-missing");
  const authority = await issuingAuthority();
  const outcome = await transaction(async (tx) => {
    const challenge = await lockChallenge(tx, sha256Hex(secret));
    if (challenge === null || challenge.identityKind !== request.kind) return { challenge, reason: "challenge-unknown" as const };
    const issued = await findIssued(tx, challenge.id, request.publicKeyHash);
    const reason = refusalOf(challenge, request.publicKeyHash, issued);
    if (reason !== null) return { challenge, reason };
    const certificate = issued?.certificate ?? (await issueNew(tx, authority, challenge, request)).der;
    return { certificate };
  });
  if (outcome.certificate) return { ok: true, certificate: outcome.certificate };
  return refuse(request, outcome.challenge, outcome.reason);
}

/** The first reason that speaks against issuing, or against repeating what was issued; null when there is none. */
export function refusalOf(
  challenge: ChallengeRow,
  publicKeyHash: string | null,
  issued: { revokedAt: Date | null } | null,
  now = new Date(),
): RefusalReason | null {
  const renews = challenge.renewsEnrollmentId !== null;
  if (!renews && challenge.linkRevokedAt !== null) return "link-revoked";
  if (issued !== null) return issued.revokedAt === null ? null : "identity-revoked";
  if (challenge.publicKeyHash !== null && challenge.publicKeyHash !== publicKeyHash) return "challenge-used";
  if (challenge.expiresAt <= now) return "challenge-expired";
  if (renews) return null;
  if (challenge.linkExpiresAt !== null && challenge.linkExpiresAt <= now) return "link-expired";
  if (challenge.linkMaxUses !== null && challenge.linkUses >= challenge.linkMaxUses) return "link-used-up";
  return null;
}

/** The subject is ours: what a device asks for says nothing about who it is. */
export async function certify(authority: Authority, publicKeySpki: Buffer): Promise<Certificate> {
  const der = await issueCertificate({
    authority: { certificate: authority.certificate.der, privateKey: authority.privateKey },
    publicKeySpki,
    subject: { commonName: randomUUID(), organization: config().organization },
    days: IDENTITY_DAYS,
    backdateHours: BACKDATE_HOURS,
    usage: "device-identity",
  });
  return readCertificate(der);
}

async function issueNew(tx: Executor, authority: Authority, challenge: ChallengeRow, request: IdentityRequest): Promise<Certificate> {
  const certificate = await certify(authority, request.publicKeySpki);
  const { id: challengeId, identityKind: kind, linkId, topic, linkName, renewsEnrollmentId, boundUdid, purpose } = challenge;
  const { attestation = null } = request;
  const boundSerial = attestation?.serialNumber ?? challenge.boundSerial;
  await spendChallenge(tx, challenge, request.publicKeyHash);
  await insertIdentity(tx, certificate, { kind, authorityId: authority.id, challengeId, linkId, topic, renewsEnrollmentId, boundSerial, boundUdid, attestation, purpose });
  const { fingerprint, serialNumber, notAfter } = certificate;
  const data = { link: linkName, kind, fingerprint, serialNumber, notAfter, ...(attestation === null ? {} : { attestedSerial: attestation.serialNumber }), requestedSubject: request.requestedSubject.slice(0, 200) };
  await recordEvents(tx, [{ kind: "identity.issued", actor: "device", linkId, data }]);
  return certificate;
}

async function refuse(request: IdentityRequest, challenge: ChallengeRow | null, reason: RefusalReason): Promise<Issuance> {
  const link = challenge === null ? null : { id: challenge.linkId, name: challenge.linkName };
  await recordRefusal({ reason, link, requestedSubject: request.requestedSubject });
  return { ok: false, reason };
}
