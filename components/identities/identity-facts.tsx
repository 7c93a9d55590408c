import { Copyable } from "@/components/ui/copyable";
import type { KeyValue } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import type { EnrollmentDto } from "@/lib/contracts/devices";
import { IDENTITY_KINDS } from "@/lib/contracts/words";

/** The certificate a device is managed by. */
export function identityFacts(identity: NonNullable<EnrollmentDto["identity"]>): KeyValue[] {
  return [
    { key: "Identity certificate", value: identity.subject },
    { key: "Came by", value: cameBy(identity) },
    { key: "Issuer", value: identity.issuer },
    { key: "Valid", value: <>since <RelativeTime at={identity.notBefore} />, ends <RelativeTime at={identity.notAfter} /></> },
    { key: "Certificate serial", value: <Copyable text={identity.serialNumber} what="certificate serial number" /> },
    { key: "Fingerprint", title: "SHA-256 of the certificate", value: <Copyable text={identity.fingerprint} what="fingerprint" /> },
  ];
}

function cameBy({ adopted, attestation, kind }: NonNullable<EnrollmentDto["identity"]>): string {
  if (adopted) return "adopted: another authority has issued it";
  return attestation === null ? IDENTITY_KINDS[kind] : `${IDENTITY_KINDS[kind]} for serial number ${attestation.serialNumber ?? "withheld"}`;
}
