"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { contactQueries } from "@/lib/client/queries/unknown-contacts";
import { usePermission } from "@/lib/client/use-permission";
import type { UnknownContactList } from "@/lib/contracts/devices";
import { ERRORS } from "@/lib/contracts/errors";
import { AdoptDialog } from "./adopt-dialog";

type Contact = UnknownContactList["items"][number];

const TITLES: Record<string, { title: string }> = ERRORS;

/** Who spoke to a device route and was refused, and why. */
export function UnknownContacts() {
  const { data, error, isPending, refetch } = useQuery(contactQueries.list());
  return (
    <>
      <PageHeader
        title="Unknown contacts"
        intro="Requests to the device routes that were refused. None of them was told to unenroll: a stranger always gets 400, and the same stranger is counted, not listed again."
      />
      {error !== null && data === undefined && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {(isPending || data !== undefined) && (
        <Card flush>
          {isPending && <SkeletonRows rows={4} label="Loading contacts" />}
          {data !== undefined && data.items.length === 0 && (
            <EmptyState icon={ShieldCheck} title="No stranger so far">
              Devices of an earlier server, forged messages and scanners would show here.
            </EmptyState>
          )}
          {data !== undefined && data.items.length > 0 && <ContactTable contacts={data.items} />}
          {data !== undefined && data.total > data.items.length && (
            <p className="border-t border-line px-4 py-3 text-xs text-ink-faint">
              The newest {data.items.length.toLocaleString()} of {data.total.toLocaleString()}.
            </p>
          )}
        </Card>
      )}
    </>
  );
}

const HEAD = (
  <>
    <HeadCell>Claims to be</HeadCell>
    <HeadCell>Why refused</HeadCell>
    <HeadCell className="hidden lg:table-cell">Certificate</HeadCell>
    <HeadCell className="hidden md:table-cell">From</HeadCell>
    <HeadCell className="hidden text-right sm:table-cell">Times</HeadCell>
    <HeadCell className="hidden sm:table-cell">Last</HeadCell>
    <HeadCell>
      <span className="sr-only">Actions</span>
    </HeadCell>
  </>
);

function ContactTable({ contacts }: { contacts: UnknownContactList["items"] }) {
  const mayAdopt = usePermission("contact:adopt");
  const [adopting, setAdopting] = useState<Contact | null>(null);
  return (
    <>
      <AdoptDialog contact={adopting} onClose={() => setAdopting(null)} />
      <Table label="Unknown contacts" head={HEAD}>
        {contacts.map((contact) => (
          <tr key={contact.id} className="hover:bg-hover">
            <Cell className="max-w-48 max-sm:max-w-28">
              <span className="block truncate font-mono text-[13px]" title={contact.claimedKey ?? undefined}>
                {contact.serialNumber ?? contact.claimedKey ?? "did not say"}
              </span>
              <span className="block truncate text-xs text-ink-faint">{contact.messageType ?? contact.userAgent ?? ""}</span>
              <span className="block text-xs text-ink-faint sm:hidden">
                <RelativeTime at={contact.lastSeenAt} />
              </span>
            </Cell>
            <Cell>
              <span className="block min-w-32 text-warning" title={contact.reason}>
                {TITLES[contact.reason]?.title ?? contact.reason}
              </span>
              {contact.issuedTo !== null && <span className="block text-xs text-ink-soft">issued to {contact.issuedTo.serialNumber ?? contact.issuedTo.key}</span>}
            </Cell>
            <Cell className="hidden max-w-36 lg:table-cell">
              <span className="block truncate" title={contact.fingerprint ?? undefined}>
                {contact.subject ?? "none"}
              </span>
            </Cell>
            <Cell className="hidden font-mono text-[13px] md:table-cell">{contact.remoteAddress}</Cell>
            <Cell className="hidden text-right tabular-nums sm:table-cell">{contact.count.toLocaleString()}</Cell>
            <Cell className="hidden whitespace-nowrap text-ink-soft sm:table-cell">
              <RelativeTime at={contact.lastSeenAt} />
            </Cell>
            <Cell className="text-right">
              {contact.adoptedAt !== null && <Tag title={`by ${contact.adoptedBy ?? ""}`}>adopted</Tag>}
              {contact.adoptable && mayAdopt && (
                <Button size="small" onClick={() => setAdopting(contact)}>
                  Adopt…
                </Button>
              )}
            </Cell>
          </tr>
        ))}
      </Table>
    </>
  );
}
