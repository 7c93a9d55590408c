"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DeviceIdentityCard } from "@/components/identities/device-identity-card";
import { Badge, Tag } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeadCell } from "@/components/ui/table";
import { deviceQueries } from "@/lib/client/queries/devices";
import { useNow } from "@/lib/client/use-now";
import type { DeviceCertificates, DeviceDto } from "@/lib/contracts/devices";
import { deviceName } from "./device-name";
import { Age, FoundRows, matches } from "./inventory-table";
import { newestEnrollment } from "./newest-enrollment";

type Certificate = DeviceCertificates["items"][number];
const MONTH_MS = 30 * 24 * 60 * 60 * 1000;

/** By what the device proves who it is, and the certificates on it: whose they are and how long they last. */
export function CertificatesTab({ device }: { device: DeviceDto }) {
  const identity = newestEnrollment(device)?.identity ?? null;
  return (
    <div className="grid gap-4">
      {identity !== null && <DeviceIdentityCard deviceId={device.id} name={deviceName(device)} identity={identity} reportedSerial={device.serialNumber} />}
      <Certificates device={device} />
    </div>
  );
}

function Certificates({ device }: { device: DeviceDto }) {
  const { data, error, refetch } = useQuery(deviceQueries.certificates(device.id));
  const [text, setText] = useState("");
  if (data === undefined) return error === null ? <Card flush title="Certificates"><SkeletonRows rows={5} label="Loading certificates" /></Card> : <ProblemNote error={error} onRetry={() => void refetch()} />;
  const { items, learnedAt } = data;
  return (
    <Card flush title={learnedAt === null ? "Certificates" : `Certificates (${items.length.toLocaleString()})`} aside={<Age device={device} kind="CertificateList" learnedAt={learnedAt} />}>
      {learnedAt === null && <p className="p-6 text-center text-ink-faint">The device was not asked yet.</p>}
      {learnedAt !== null && items.length === 0 && <p className="p-6 text-center text-ink-faint">The device answered that it has none.</p>}
      {items.length > 0 && (
        <FoundRows total={items.length} found={items.filter((item) => matches(item, text))} one="certificate" text={text} onText={setText} label="Certificates" head={HEAD} row={(item) => <CertificateCells item={item} />} />
      )}
    </Card>
  );
}

const HEAD = (
  <>
    <HeadCell>Certificate</HeadCell>
    <HeadCell className="hidden md:table-cell">Issued by</HeadCell>
    <HeadCell>Ends</HeadCell>
    <HeadCell className="hidden lg:table-cell">Fingerprint</HeadCell>
  </>
);

function CertificateCells({ item }: { item: Certificate }) {
  return (
    <>
      <Cell className="max-w-80">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium break-words">{item.commonName ?? item.subject ?? "unnamed"}</span>
          {item.isIdentity && <Tag title="The device holds its private key.">identity</Tag>}
          {item.isOurs && <Tag title="The identity this device is managed by here.">Muster</Tag>}
        </span>
        {item.subject !== null && <span className="block text-xs break-all text-ink-faint">{item.subject}</span>}
      </Cell>
      <Cell className="hidden max-w-64 text-xs break-words text-ink-soft md:table-cell">{item.issuer === item.subject ? "itself" : (item.issuer ?? "–")}</Cell>
      <Cell className="whitespace-nowrap">
        <Ends at={item.notAfter} />
      </Cell>
      <Cell className="hidden lg:table-cell">
        {item.fingerprint === null ? <span className="text-ink-faint">cannot be read</span> : <code className="text-xs text-ink-soft" title={`SHA-256 ${item.fingerprint}`}>{item.fingerprint.slice(0, 16)}…</code>}
      </Cell>
    </>
  );
}

function Ends({ at }: { at: string | null }) {
  const now = useNow();
  if (at === null) return <span className="text-ink-faint">–</span>;
  const left = Date.parse(at) - now;
  if (left < 0) return <Badge tone="bad">ended</Badge>;
  return (
    <span className={left < MONTH_MS ? "text-warning" : ""}>
      <RelativeTime at={at} />
    </span>
  );
}
