import { Badge } from "@/components/ui/badge";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AttestedHardware as Attested } from "@/lib/contracts/identities";

/** What Apple vouches for of the hardware that holds the identity of a device. What Apple leaves out is left out. */
export function AttestedHardware({ attestation, reportedSerial }: { attestation: Attested; /** What the device says of itself. */ reportedSerial: string | null }) {
  const fits = attestation.serialNumber === null || reportedSerial === null || attestation.serialNumber === reportedSerial;
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2 px-4 pt-3">
        <Badge tone={fits ? "good" : "bad"}>{fits ? "Attested by its authority" : "Attested for another device"}</Badge>
        <span className="text-xs text-ink-soft">
          <RelativeTime at={attestation.attestedAt} /> by {attestation.authority}
        </span>
      </div>
      <KeyValues items={factsOf(attestation)} />
    </div>
  );
}

function factsOf(attestation: Attested): KeyValue[] {
  const texts: [string, string | null][] = [
    ["Serial number", attestation.serialNumber],
    ["UDID", attestation.udid],
    ["System version", attestation.osVersion],
    ["Secure Enclave system", attestation.sepOsVersion],
    ["Boot loader", attestation.llbVersion],
    ["Hardware", attestation.softwareUpdateDeviceId],
    ["Secure boot", attestation.secureBoot],
    ["System Integrity Protection", spoken(attestation.systemIntegrityProtection, "on", "off")],
    ["Third-party kernel extensions", spoken(attestation.thirdPartyKernelExtensions, "allowed", "none")],
  ];
  return texts.flatMap(([key, value]) => (value === null ? [] : [{ key, value: key === "Serial number" || key === "UDID" ? <Copyable text={value} what={key} /> : value }]));
}

function spoken(flag: boolean | null, yes: string, no: string): string | null {
  return flag === null ? null : flag ? yes : no;
}
