"use client";

import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { CertificateAuthorityDto } from "@/lib/contracts/identities";
import { AUTHORITY_STATES } from "@/lib/contracts/words";

const HEAD = (
  <>
    <HeadCell>Authority</HeadCell>
    <HeadCell>State</HeadCell>
    <HeadCell className="text-right">Devices</HeadCell>
    <HeadCell className="hidden sm:table-cell">Share of the fleet</HeadCell>
    <HeadCell className="hidden md:table-cell">Made</HeadCell>
    <HeadCell className="hidden md:table-cell">Ends</HeadCell>
  </>
);

/** Which authority the fleet depends on: a change is over when the one before has no devices left. */
export function AuthorityTable({ authorities }: { authorities: readonly CertificateAuthorityDto[] }) {
  const total = authorities.reduce((sum, { devices }) => sum + devices, 0);
  return (
    <Table label="Certificate authorities" head={HEAD}>
      {authorities.map((each) => {
        const word = AUTHORITY_STATES[each.state];
        const share = total === 0 ? 0 : Math.round((each.devices / total) * 100);
        return (
          <tr key={each.id}>
            <Cell className="max-w-72 max-sm:max-w-36">
              <span className="block truncate" title={each.subject}>
                {nameOf(each.subject)}
              </span>
              <span className="block truncate font-mono text-xs text-ink-faint" title={each.fingerprint}>
                {each.fingerprint.slice(0, 16)}
              </span>
            </Cell>
            <Cell>
              <Badge tone={word.tone} title={word.meaning}>
                {word.label}
              </Badge>
            </Cell>
            <Cell className="text-right tabular-nums">
              {each.devices.toLocaleString()}
              {each.pending > 0 && <span className="block text-xs text-ink-faint">+{each.pending.toLocaleString()} not shown yet</span>}
            </Cell>
            <Cell className="hidden w-48 sm:table-cell">
              <div className="flex items-center gap-2">
                <span aria-hidden className="h-1.5 flex-1 overflow-hidden rounded-full bg-sunken">
                  <span className="block h-full rounded-full bg-ink-soft" style={{ width: `${share}%` }} />
                </span>
                <span className="w-9 text-right text-xs text-ink-soft tabular-nums">{share}%</span>
              </div>
            </Cell>
            <Cell className="hidden whitespace-nowrap text-ink-soft md:table-cell">
              <RelativeTime at={each.createdAt} />
            </Cell>
            <Cell className="hidden whitespace-nowrap text-ink-soft md:table-cell">
              <RelativeTime at={each.notAfter} />
            </Cell>
          </tr>
        );
      })}
    </Table>
  );
}

/** "O=Muster, CN=Muster Device CA 1" reads by its last part. */
function nameOf(subject: string): string {
  return /CN=([^,]+)/.exec(subject)?.[1] ?? subject;
}
