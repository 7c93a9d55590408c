import { processWide } from "@/lib/config/process-wide";
import { MusterError } from "@/lib/contracts/errors";
import { BoundedCache } from "@/lib/crypto/bounded-cache";
import { isIssuedBy, type Certificate } from "@/lib/crypto/certificate";
import { isPinned } from "./identity-store";
import { deviceAuthorities, freshDeviceAuthorities, type Authority } from "./server-certificates-service";

/** Fingerprints known to be of our authorities. What is refused is not kept: strangers must not fill the cache. */
const verified = processWide("verified-device-certificates", () => new BoundedCache<true>(100_000));

/** At most this often a certificate of nobody we know makes us look for new authorities. */
const RELOAD_AFTER_MS = 10_000;

/**
 * Resolves when one of our device CAs, retired ones included, has signed this certificate, or an owner has adopted it. Dates, revocation and
 * whom it belongs to are judged by the caller.
 * @throws MusterError certificate-foreign
 */
export async function verifyDeviceCertificate(certificate: Certificate): Promise<void> {
  if (verified.get(certificate.fingerprint)) return;
  const known = await deviceAuthorities();
  if (!isOfOne(certificate, known) && !isOfOne(certificate, await freshDeviceAuthorities(RELOAD_AFTER_MS)) && !(await isPinned(certificate.fingerprint))) {
    throw new MusterError("certificate-foreign", `certificate ${certificate.fingerprint} was not issued by a CA of this server`);
  }
  verified.set(certificate.fingerprint, true);
}

function isOfOne(certificate: Certificate, authorities: Authority[]): boolean {
  return !certificate.isAuthority && authorities.some((authority) => isIssuedBy(certificate, authority.certificate));
}
