import { processWide } from "@/lib/config/process-wide";
import { MusterError } from "@/lib/contracts/errors";
import { BoundedCache } from "@/lib/crypto/bounded-cache";
import { isIssuedBy, type Certificate } from "@/lib/crypto/certificate";
import { isOnRecord } from "./identity-store";
import { deviceAuthorities, freshDeviceAuthorities, type Authority } from "./server-certificates-service";

/** Fingerprints with the authority of ours that has issued them. What is refused is not kept: strangers must not fill the cache. */
const verified = processWide("verified-device-certificates", () => new BoundedCache<string>(100_000));

/** In place of an authority. */
const ON_RECORD = "on record";

/** At most this often a certificate of nobody we know makes us look for new authorities. */
const RELOAD_AFTER_MS = 10_000;

/**
 * Resolves when one of our device CAs that is not retired has signed this certificate, or a record of this very certificate vouches for it: an
 * owner has adopted it, or a device had it of an authority that is retired by now. Dates, revocation and whom it belongs to are judged by the caller.
 * @throws MusterError certificate-foreign
 */
export async function verifyDeviceCertificate(certificate: Certificate): Promise<void> {
  const known = await deviceAuthorities();
  const before = verified.get(certificate.fingerprint);
  if (before === ON_RECORD || known.some(({ id }) => id === before)) return;
  const issuer = issuerOf(certificate, known) ?? issuerOf(certificate, await freshDeviceAuthorities(RELOAD_AFTER_MS));
  if (issuer === null && !(await isOnRecord(certificate.fingerprint))) {
    throw new MusterError("certificate-foreign", `certificate ${certificate.fingerprint} was not issued by a CA of this server`);
  }
  verified.set(certificate.fingerprint, issuer?.id ?? ON_RECORD);
}

function issuerOf(certificate: Certificate, authorities: Authority[]): Authority | null {
  if (certificate.isAuthority) return null;
  return authorities.find((authority) => isIssuedBy(certificate, authority.certificate)) ?? null;
}
