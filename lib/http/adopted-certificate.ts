import { readCertificate } from "@/lib/crypto/certificate";

/** Serial number and issuer as they stand in an adopted certificate; null for one issued here, whose record says both. */
export function adoptedNames(certificate: Buffer | null): { serialNumber: string; issuer: string } | null {
  return certificate === null ? null : readCertificate(certificate);
}
