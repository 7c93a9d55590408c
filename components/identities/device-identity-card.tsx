"use client";

import { useQuery } from "@tanstack/react-query";
import { Card } from "@/components/ui/card";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { identityQueries } from "@/lib/client/queries/identities";
import type { EnrollmentDto } from "@/lib/contracts/devices";
import { AttestedHardware } from "./attested-hardware";
import { identityFacts } from "./identity-facts";
import { RenewIdentity } from "./renew-identity";
import { RenewalBadge } from "./renewal-badge";

interface Props {
  deviceId: string;
  /** Of the device, for those who hear the page. */
  name: string;
  identity: NonNullable<EnrollmentDto["identity"]>;
  /** What the device says of itself. */
  reportedSerial: string | null;
}

/** By what a device proves who it is, what stands behind that, and its renewal while the device is managed. */
export function DeviceIdentityCard({ deviceId, name, identity, reportedSerial }: Props) {
  const renewal = useQuery(identityQueries.ofDevice(deviceId)).data?.items[0]?.renewal;
  const renewing: KeyValue[] = renewal === undefined ? [] : [{ key: "Renewal", value: <RenewalBadge renewal={renewal} /> }];
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card flush title="Identity of this device" aside={renewal !== undefined && <RenewIdentity deviceId={deviceId} name={name} />}>
        <KeyValues items={[...renewing, ...identityFacts(identity)]} />
      </Card>
      {identity.attestation !== null && (
        <Card flush title="Attested hardware">
          <AttestedHardware attestation={identity.attestation} reportedSerial={reportedSerial} />
        </Card>
      )}
    </div>
  );
}
