import { MusterError } from "@/lib/contracts/errors";
import { readCertificate } from "@/lib/crypto/certificate";
import { deviceExists } from "./device-store";
import { listEnrollmentDetails } from "./enrollment-store";
import { readInventoryFact } from "./inventory-store";

/** A certificate a device has told of. What cannot be read of it is null. */
export interface DeviceCertificate {
  commonName: string | null;
  isIdentity: boolean;
  /** It is the one this device is managed by, or was in an earlier life. */
  isOurs: boolean;
  subject: string | null;
  issuer: string | null;
  serialNumber: string | null;
  fingerprint: string | null;
  notBefore: Date | null;
  notAfter: Date | null;
}

/** The answer to CertificateList, read; `learnedAt` is null when the device was never asked. @throws MusterError not-found */
export async function listDeviceCertificates(deviceId: string): Promise<{ learnedAt: Date | null; items: DeviceCertificate[] }> {
  if (!(await deviceExists(deviceId))) throw new MusterError("not-found", `no device ${deviceId}`);
  const [fact, lives] = await Promise.all([readInventoryFact(deviceId, "CertificateList"), listEnrollmentDetails(deviceId)]);
  const ours = new Set(lives.map((life) => life.identityFingerprint));
  const items = Array.isArray(fact?.value) ? fact.value : [];
  return { learnedAt: fact?.learnedAt ?? null, items: items.map((item: unknown) => toCertificate(item, ours)) };
}

function toCertificate(item: unknown, ours: ReadonlySet<string | null>): DeviceCertificate {
  const { CommonName, IsIdentity, Data } = (typeof item === "object" && item !== null ? item : {}) as Record<string, unknown>;
  const told = { commonName: typeof CommonName === "string" ? CommonName : null, isIdentity: IsIdentity === true };
  const read = certificateOf(Data);
  if (read === null) return { ...told, isOurs: false, subject: null, issuer: null, serialNumber: null, fingerprint: null, notBefore: null, notAfter: null };
  const { subject, issuer, serialNumber, fingerprint, notBefore, notAfter } = read;
  return { ...told, isOurs: ours.has(fingerprint), subject, issuer, serialNumber, fingerprint, notBefore, notAfter };
}

/** Inventory keeps data as {"$data": base64}. A device may hold what no library reads. */
function certificateOf(data: unknown) {
  const base64 = typeof data === "object" && data !== null && "$data" in data ? data.$data : null;
  if (typeof base64 !== "string") return null;
  try {
    return readCertificate(Buffer.from(base64, "base64"));
  } catch {
    return null;
  }
}
