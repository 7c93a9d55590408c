"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { useNow } from "@/lib/client/use-now";
import { useCreateCertificateRequest } from "@/lib/client/mutations/push-certificates";
import { usePermission } from "@/lib/client/use-permission";
import type { PushCertificateDto, PushCertificateList } from "@/lib/contracts/push-certificates";
import { PUSH_CERTIFICATE_STATES } from "@/lib/contracts/words";
import { validity } from "./certificate-validity";
import { RemoveTopicDialog } from "./remove-topic-dialog";

const HEAD = (
  <>
    <HeadCell>Topic</HeadCell>
    <HeadCell>State</HeadCell>
    <HeadCell className="hidden sm:table-cell">Expires</HeadCell>
    <HeadCell className="text-right">Devices</HeadCell>
    <HeadCell className="hidden md:table-cell">Apple Account</HeadCell>
    <HeadCell className="hidden lg:table-cell">Uploaded</HeadCell>
    <HeadCell>
      <span className="sr-only">Actions</span>
    </HeadCell>
  </>
);

/** Every certificate with its topic, its state and the devices that depend on it. */
export function CertificateTable({ list }: { list: PushCertificateList }) {
  const [removing, setRemoving] = useState<PushCertificateDto | null>(null);
  return (
    <>
      <Table label="Push certificates" head={HEAD}>
        {list.items.map((each) => (
          <Row key={each.id} certificate={each} onRemove={() => setRemoving(each)} />
        ))}
      </Table>
      <RemoveTopicDialog certificate={removing} onClose={() => setRemoving(null)} />
    </>
  );
}

function Row({ certificate, onRemove }: { certificate: PushCertificateDto; onRemove: () => void }) {
  const now = useNow();
  const { label, tone, meaning } = PUSH_CERTIFICATE_STATES[certificate.state];
  const left = validity(certificate.notAfter, now);
  const dates = certificate.state === "current" || certificate.state === "needed";
  return (
    <tr>
      <Cell className="max-w-64 max-sm:max-w-28">
        <span className="block truncate font-mono text-[13px]" title={certificate.topic}>
          {certificate.topic}
        </span>
        <span className="block truncate text-xs text-ink-faint" title={certificate.serialNumber}>
          {certificate.serialNumber}
        </span>
      </Cell>
      <Cell>
        <span className="flex flex-wrap gap-1" title={meaning}>
          <Badge tone={tone}>{label}</Badge>
          {dates && left.tone !== "good" && <Badge tone={left.tone}>{left.label}</Badge>}
        </span>
      </Cell>
      <Cell className="hidden whitespace-nowrap sm:table-cell">
        <RelativeTime at={certificate.notAfter} />
      </Cell>
      <Cell className="text-right tabular-nums">{certificate.enrollments.toLocaleString()}</Cell>
      <Cell className="hidden max-w-56 truncate md:table-cell">{certificate.appleAccount ?? "–"}</Cell>
      <Cell className="hidden whitespace-nowrap text-ink-soft lg:table-cell">
        <RelativeTime at={certificate.createdAt} />
      </Cell>
      <Cell className="text-right">
        <RowAction certificate={certificate} onRemove={onRemove} />
      </Cell>
    </tr>
  );
}

/** A topic that devices need besides the current one is renewed from here; one that nobody needs can go. */
function RowAction({ certificate, onRemove }: { certificate: PushCertificateDto; onRemove: () => void }) {
  const allowed = usePermission("push:write");
  const create = useCreateCertificateRequest();
  if (certificate.state === "replaced") return null;
  if (certificate.state === "needed") {
    return (
      <Button size="small" busy={create.isPending} disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"} onClick={() => create.mutate({ topic: certificate.topic }, { onSuccess: () => window.scrollTo({ top: 0 }) })}>
        Renew
      </Button>
    );
  }
  if (certificate.enrollments > 0) return null;
  return (
    <Button size="small" look="quiet" disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"} onClick={onRemove}>
      Remove
    </Button>
  );
}
