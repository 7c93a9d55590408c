"use client";

import type { ReactNode } from "react";
import { Tag } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { JsonValue } from "@/components/ui/json-value";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { DeviceDto } from "@/lib/contracts/devices";
import { isLive } from "./newest-enrollment";
import { RefreshInventory } from "./refresh-inventory";

type Item = Record<string, unknown>;

interface Column {
  head: string;
  cell: (item: Item) => ReactNode;
}

const text = (key: string): ((item: Item) => ReactNode) => (item) => <JsonValue value={item[key]} />;
const code = (key: string): ((item: Item) => ReactNode) => (item) => <span className="font-mono text-xs break-all">{String(item[key] ?? "–")}</span>;

/** The lists a device can give, by the kind of question, with what is worth seeing of each entry. */
export const INVENTORY_LISTS: Record<string, { tab: string; columns: readonly Column[] }> = {
  ProfileList: {
    tab: "Profiles",
    columns: [
      { head: "Profile", cell: (item) => <Named name={item.PayloadDisplayName ?? item.PayloadIdentifier} tags={profileTags(item)} /> },
      { head: "Identifier", cell: code("PayloadIdentifier") },
      { head: "Organization", cell: text("PayloadOrganization") },
      { head: "Payloads", cell: (item) => (Array.isArray(item.PayloadContent) ? item.PayloadContent.length : "–") },
    ],
  },
  InstalledApplicationList: {
    tab: "Apps",
    columns: [
      { head: "App", cell: (item) => <Named name={item.Name ?? item.Identifier} tags={appTags(item)} /> },
      { head: "Identifier", cell: code("Identifier") },
      { head: "Version", cell: (item) => <JsonValue value={item.ShortVersion ?? item.Version} /> },
      { head: "Size", cell: (item) => <Megabytes bytes={item.BundleSize} /> },
    ],
  },
  CertificateList: {
    tab: "Certificates",
    columns: [
      { head: "Certificate", cell: (item) => <Named name={item.CommonName} tags={item.IsIdentity === true ? ["identity"] : []} /> },
      { head: "Data", cell: text("Data") },
    ],
  },
};

export function InventoryTable({ device, kind, learnedAt, items }: { device: DeviceDto; kind: string; learnedAt: string; items: Item[] }) {
  const { tab, columns } = INVENTORY_LISTS[kind] ?? { tab: kind, columns: [] };
  return (
    <Card
      flush
      title={`${tab} (${items.length})`}
      aside={
        <>
          <span>
            as of <RelativeTime at={learnedAt} />
          </span>
          <RefreshInventory deviceId={device.id} queries={[kind]} disabled={!isLive(device)} />
        </>
      }
    >
      {items.length === 0 ? (
        <p className="p-6 text-center text-ink-faint">The device answered that it has none.</p>
      ) : (
        <Table label={tab} head={columns.map((column) => <HeadCell key={column.head}>{column.head}</HeadCell>)}>
          {items.map((item, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <Cell key={column.head}>{column.cell(item)}</Cell>
              ))}
            </tr>
          ))}
        </Table>
      )}
    </Card>
  );
}

function Named({ name, tags }: { name: unknown; tags: readonly string[] }) {
  return (
    <span className="flex items-center gap-2">
      <span className="font-medium">{String(name ?? "unnamed")}</span>
      {tags.map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
    </span>
  );
}

function Megabytes({ bytes }: { bytes: unknown }) {
  if (typeof bytes !== "number") return <span className="text-ink-faint">–</span>;
  return <span className="tabular-nums whitespace-nowrap">{(bytes / 1_000_000).toLocaleString(undefined, { maximumFractionDigits: 1 })} MB</span>;
}

function profileTags(item: Item): string[] {
  return [item.IsManaged === true ? "managed" : null, item.IsEncrypted === true ? "encrypted" : null].filter((tag) => tag !== null);
}

function appTags(item: Item): string[] {
  return [item.Installing === true ? "installing" : null, item.HasUpdateAvailable === true ? "update available" : null].filter((tag) => tag !== null);
}
