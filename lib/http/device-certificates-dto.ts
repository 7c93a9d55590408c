import type { DeviceCertificates } from "@/lib/contracts/devices";
import type { DeviceCertificate } from "@/lib/devices/device-certificates-service";
import { isoOrNull } from "./iso-or-null";

export function toDeviceCertificates({ learnedAt, items }: { learnedAt: Date | null; items: DeviceCertificate[] }): DeviceCertificates {
  return {
    learnedAt: isoOrNull(learnedAt),
    items: items.map((item) => ({
      commonName: item.commonName,
      isIdentity: item.isIdentity,
      isOurs: item.isOurs,
      subject: item.subject,
      issuer: item.issuer,
      serialNumber: item.serialNumber,
      fingerprint: item.fingerprint,
      notBefore: isoOrNull(item.notBefore),
      notAfter: isoOrNull(item.notAfter),
    })),
  };
}
