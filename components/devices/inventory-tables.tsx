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

interface InventoryList {
  /** Lists of one tab stand together. */
  tab: string;
  title: string;
  columns: readonly Column[];
}

/** The lists a device can give, by the kind of question, with what is worth seeing of each entry. */
export const INVENTORY_LISTS: Record<string, InventoryList> = {
  ProfileList: {
    tab: "Profiles",
    title: "Profiles",
    columns: [
      { head: "Profile", cell: (item) => <Named name={item.PayloadDisplayName ?? item.PayloadIdentifier} tags={profileTags(item)} /> },
      { head: "Identifier", cell: code("PayloadIdentifier") },
      { head: "Organization", cell: text("PayloadOrganization") },
      { head: "Payloads", cell: (item) => (Array.isArray(item.PayloadContent) ? item.PayloadContent.length : "–") },
    ],
  },
  ProvisioningProfileList: {
    tab: "Profiles",
    title: "Provisioning profiles",
    columns: [
      { head: "Profile", cell: (item) => <Named name={item.Name} tags={[]} /> },
      { head: "UUID", cell: code("UUID") },
      { head: "Expires", cell: text("ExpiryDate") },
    ],
  },
  InstalledApplicationList: {
    tab: "Apps",
    title: "Apps",
    columns: [
      { head: "App", cell: (item) => <Named name={item.Name ?? item.Identifier} tags={appTags(item)} /> },
      { head: "Identifier", cell: code("Identifier") },
      { head: "Version", cell: (item) => <JsonValue value={item.ShortVersion ?? item.Version} /> },
      { head: "Size", cell: (item) => <Megabytes bytes={item.BundleSize} /> },
    ],
  },
  ManagedApplicationList: {
    tab: "Apps",
    title: "Managed apps",
    columns: [
      { head: "Identifier", cell: code("Identifier") },
      { head: "State", cell: text("Status") },
      { head: "Version", cell: text("ExternalVersionIdentifier") },
      { head: "Configuration", cell: text("HasConfiguration") },
      { head: "Feedback", cell: text("HasFeedback") },
    ],
  },
  ManagedMediaList: {
    tab: "Apps",
    title: "Managed books",
    columns: [
      { head: "Book", cell: (item) => <Named name={item.Title} tags={[]} /> },
      { head: "Author", cell: text("Author") },
      { head: "Version", cell: text("Version") },
      { head: "State", cell: text("State") },
    ],
  },
  UserList: {
    tab: "Users",
    title: "Users",
    columns: [
      { head: "User", cell: (item) => <Named name={item.FullName ?? item.UserName} tags={userTags(item)} /> },
      { head: "Account", cell: code("UserName") },
      { head: "Used", cell: (item) => <Megabytes bytes={item.DataUsed} /> },
      { head: "Quota", cell: (item) => <Megabytes bytes={item.DataQuota} /> },
      { head: "Has data to sync", cell: text("HasDataToSync") },
    ],
  },
  AvailableOSUpdates: {
    tab: "Updates",
    title: "Available updates",
    columns: [
      { head: "Update", cell: (item) => <Named name={item.HumanReadableName ?? item.ProductName ?? item.ProductKey} tags={updateTags(item)} /> },
      { head: "Version", cell: text("Version") },
      { head: "Build", cell: code("Build") },
      { head: "Download", cell: (item) => <Megabytes bytes={item.DownloadSize} /> },
    ],
  },
  OSUpdateStatus: {
    tab: "Updates",
    title: "Updates under way",
    columns: [
      { head: "Update", cell: code("ProductKey") },
      { head: "State", cell: text("Status") },
      { head: "Downloaded", cell: (item) => <Percent part={item.DownloadPercentComplete} /> },
      { head: "Deferrals left", cell: text("DeferralsRemaining") },
    ],
  },
  CertificateList: {
    tab: "Certificates",
    title: "Certificates",
    columns: [
      { head: "Certificate", cell: (item) => <Named name={item.CommonName} tags={item.IsIdentity === true ? ["identity"] : []} /> },
      { head: "Data", cell: text("Data") },
    ],
  },
};

export function InventoryTable({ device, kind, learnedAt, items }: { device: DeviceDto; kind: string; learnedAt: string; items: Item[] }) {
  const { title, columns } = INVENTORY_LISTS[kind] ?? { title: kind, columns: [] };
  return (
    <Card
      flush
      title={`${title} (${items.length})`}
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
        <Table label={title} head={columns.map((column) => <HeadCell key={column.head}>{column.head}</HeadCell>)}>
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

function userTags(item: Item): string[] {
  return [item.IsLoggedIn === true ? "logged in" : null, item.HasSecureToken === true ? "secure token" : null, item.MobileAccount === true ? "mobile" : null].filter((tag) => tag !== null);
}

function updateTags(item: Item): string[] {
  return [item.IsCritical === true ? "critical" : null, item.RestartRequired === true ? "restart" : null, item.IsSecurityResponse === true ? "security response" : null].filter((tag) => tag !== null);
}

/** Apple tells it as a part of one. */
function Percent({ part }: { part: unknown }) {
  if (typeof part !== "number") return <span className="text-ink-faint">–</span>;
  return <span className="tabular-nums">{Math.round(part * 100)} %</span>;
}
