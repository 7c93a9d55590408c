import { MusterError } from "@/lib/contracts/errors";
import type { Certificate } from "@/lib/crypto/certificate";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { EXPIRY_GRACE_MS } from "./expiry-grace";
import { verifyDeviceCertificate } from "./identity-service";
import { bindAsPending, findSuccessor, insertIdentity, lockPresented, type PresentedRow } from "./identity-store";
import { certify, type IdentityRequest, type Issuance, type RefusalReason } from "./issue-identity";
import { recordRefusal } from "./record-refusal";
import { issuingAuthority } from "./server-certificates-service";

/**
 * RenewalReq (RFC 8894 section 3.3.1.2): the holder of an identity of ours asks for the next one by it, with no other secret. It
 * gets one, after half of the life of the old one, if that is the one its device presents and came by SCEP: what was
 * attested is not replaced by what is not. The device may use it at once; it takes over at the next TokenUpdate.
 */
export async function renewByScep(signer: Certificate, request: Pick<IdentityRequest, "publicKeySpki" | "publicKeyHash" | "requestedSubject">): Promise<Issuance> {
  if (!(await isOurs(signer))) return refuse("signer-not-current", request.requestedSubject);
  const authority = await issuingAuthority();
  const outcome = await transaction(async (tx) => {
    const presented = await lockPresented(tx, signer.fingerprint);
    const successor = presented === null ? null : await findSuccessor(tx, presented.enrollmentId, presented.createdAt);
    if (successor !== null && successor.publicKeyHash === request.publicKeyHash) return { certificate: successor.certificate };
    const reason = refusalOf(presented);
    if (presented === null || reason !== null) return { reason: reason ?? "signer-not-current" as const };
    if (successor !== null) return { reason: "renewed-already" as const };
    const certificate = await certify(authority, request.publicKeySpki);
    const { kind, challengeId, linkId, topic, boundSerial, boundUdid, enrollmentId, deviceId } = presented;
    await insertIdentity(tx, certificate, { kind, authorityId: authority.id, challengeId, linkId, topic, renewsEnrollmentId: enrollmentId, boundSerial, boundUdid, attestation: null, purpose: "management" });
    await bindAsPending(tx, certificate.fingerprint, enrollmentId);
    const { fingerprint, serialNumber, notAfter } = certificate;
    await recordEvents(tx, [{ kind: "identity.issued", actor: "device", deviceId, enrollmentId, linkId, data: { kind, fingerprint, serialNumber, notAfter, renews: signer.fingerprint } }]);
    return { certificate: certificate.der };
  });
  return outcome.certificate ? { ok: true, certificate: outcome.certificate } : refuse(outcome.reason, request.requestedSubject);
}

async function isOurs(signer: Certificate): Promise<boolean> {
  try {
    await verifyDeviceCertificate(signer);
    return true;
  } catch (error) {
    if (error instanceof MusterError && error.code === "certificate-foreign") return false;
    throw error;
  }
}

function refusalOf(presented: PresentedRow | null, now = Date.now()): RefusalReason | null {
  if (presented === null || !presented.isCurrent || presented.kind !== "scep") return "signer-not-current";
  if (presented.revokedAt !== null) return "identity-revoked";
  if (presented.notAfter.getTime() + EXPIRY_GRACE_MS < now) return "signer-not-current";
  return (presented.notBefore.getTime() + presented.notAfter.getTime()) / 2 > now ? "renewal-too-early" : null;
}

async function refuse(reason: RefusalReason, requestedSubject: string): Promise<Issuance> {
  await recordRefusal({ reason, link: null, requestedSubject });
  return { ok: false, reason };
}
