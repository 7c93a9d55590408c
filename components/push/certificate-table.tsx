"use client";

import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { useNow } from "@/lib/client/use-now";
import type { PushCertificateDto } from "@/lib/contracts/push-certificates";
import { validity } from "./certificate-validity";

const HEAD = (
  <>
    <HeadCell>Topic</HeadCell>
    <HeadCell>State</HeadCell>
    <HeadCell>Expires</HeadCell>
    <HeadCell className="text-right">Devices</HeadCell>
    <HeadCell className="hidden md:table-cell">Apple Account</HeadCell>
    <HeadCell className="hidden lg:table-cell">Uploaded</HeadCell>
  </>
);

export function CertificateTable({ certificates }: { certificates: readonly PushCertificateDto[] }) {
  const now = useNow();
  return (
    <Table label="Push certificates" head={HEAD}>
      {certificates.map((each) => {
        const { label, tone } = validity(each.notAfter, each.replacedAt !== null, now);
        return (
          <tr key={each.id}>
            <Cell className="max-w-64 max-sm:max-w-32">
              <span className="block truncate font-mono text-[13px]" title={each.topic}>
                {each.topic}
              </span>
              <span className="block truncate text-xs text-ink-faint" title={each.serialNumber}>
                {each.serialNumber}
              </span>
            </Cell>
            <Cell>
              <Badge tone={tone}>{label}</Badge>
            </Cell>
            <Cell className="whitespace-nowrap">
              <RelativeTime at={each.notAfter} />
            </Cell>
            <Cell className="text-right tabular-nums">{each.enrollments.toLocaleString()}</Cell>
            <Cell className="hidden max-w-56 truncate md:table-cell">{each.appleAccount ?? "–"}</Cell>
            <Cell className="hidden whitespace-nowrap text-ink-soft lg:table-cell">
              <RelativeTime at={each.createdAt} />
            </Cell>
          </tr>
        );
      })}
    </Table>
  );
}
