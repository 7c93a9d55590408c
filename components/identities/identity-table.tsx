"use client";

import Link from "next/link";
import { Badge, Tag } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { useNow } from "@/lib/client/use-now";
import type { DeviceIdentityDto } from "@/lib/contracts/identities";
import { IDENTITY_KINDS } from "@/lib/contracts/words";
import { identityValidity } from "./identity-validity";
import { RenewIdentity } from "./renew-identity";
import { RenewalBadge } from "./renewal-badge";

const HEAD = (
  <>
    <HeadCell>Device</HeadCell>
    <HeadCell>Ends</HeadCell>
    <HeadCell>Renewal</HeadCell>
    <HeadCell className="hidden lg:table-cell">Issued by</HeadCell>
    <HeadCell className="hidden md:table-cell">Last seen</HeadCell>
    <HeadCell className="hidden sm:table-cell">
      <span className="sr-only">Actions</span>
    </HeadCell>
  </>
);

export function IdentityTable({ identities }: { identities: readonly DeviceIdentityDto[] }) {
  const now = useNow();
  return (
    <Table label="Identities" head={HEAD}>
      {identities.map(({ fingerprint, serialNumber, kind, authorityId, attested, notAfter, device, renewal }) => {
        const { label, tone } = identityValidity(notAfter, now);
        const name = device.name ?? device.serialNumber ?? "Unnamed device";
        return (
          <tr key={fingerprint} className="hover:bg-hover">
            <Cell className="max-w-56 max-sm:max-w-32">
              <Link href={`/devices/${device.id}`} className="roomy block truncate font-medium hover:underline">
                {name}
              </Link>
              <span className="block truncate font-mono text-xs text-ink-faint">{device.serialNumber ?? "–"}</span>
            </Cell>
            <Cell>
              <div className="grid gap-1">
                <span>
                  <Badge tone={tone}>{label}</Badge>
                </span>
                <RelativeTime at={notAfter} className="text-xs whitespace-nowrap text-ink-faint" />
              </div>
            </Cell>
            <Cell>
              <RenewalBadge renewal={renewal} />
            </Cell>
            <Cell className="hidden whitespace-nowrap lg:table-cell">
              <Tag title={attested ? "Apple has vouched for the hardware that holds its key" : undefined}>{authorityId === null ? "adopted" : IDENTITY_KINDS[kind]}</Tag>
              <span className="mt-1 block max-w-40 truncate font-mono text-xs text-ink-faint" title={`Serial number of the certificate: ${serialNumber}`}>
                {serialNumber}
              </span>
            </Cell>
            <Cell className="hidden whitespace-nowrap text-ink-soft md:table-cell">{device.lastSeenAt === null ? "never" : <RelativeTime at={device.lastSeenAt} />}</Cell>
            <Cell className="hidden text-right sm:table-cell">
              <RenewIdentity deviceId={device.id} name={name} />
            </Cell>
          </tr>
        );
      })}
    </Table>
  );
}
