"use client";

import type { ReactNode } from "react";
import { Tag } from "@/components/ui/badge";
import { JsonValue } from "@/components/ui/json-value";
import { PROFILE_IDENTIFIER } from "@/lib/protocol/profile/profile-identifier";

export type Item = Record<string, unknown>;

interface Column {
  head: string;
  cell: (item: Item) => ReactNode;
  /** Left out on narrow screens. */
  wide?: true;
}

const text = (key: string): ((item: Item) => ReactNode) => (item) => <JsonValue value={item[key]} />;
const code = (key: string): ((item: Item) => ReactNode) => (item) => <span className="font-mono text-xs break-all">{String(item[key] ?? "–")}</span>;

export interface InventoryList {
  title: string;
  /** One of its entries, for "3 profiles". */
  one: string;
  columns: readonly Column[];
}

/** The lists a device can give, by the kind of question, with what is worth seeing of each entry. */
export const INVENTORY_LISTS: Record<string, InventoryList> = {
  ProfileList: {
    title: "Profiles",
    one: "profile",
    columns: [
      { head: "Profile", cell: (item) => <Named name={item.PayloadDisplayName ?? item.PayloadIdentifier} tags={profileTags(item)} /> },
      { head: "Installed by", cell: (item) => <Origin item={item} /> },
      { head: "Identifier", cell: code("PayloadIdentifier"), wide: true },
      { head: "Organization", cell: text("PayloadOrganization"), wide: true },
      { head: "Payloads", cell: (item) => <Payloads content={item.PayloadContent} /> },
    ],
  },
  ProvisioningProfileList: {
    title: "Provisioning profiles",
    one: "provisioning profile",
    columns: [
      { head: "Profile", cell: (item) => <Named name={item.Name} tags={[]} /> },
      { head: "UUID", cell: code("UUID") },
      { head: "Expires", cell: text("ExpiryDate") },
    ],
  },
  InstalledApplicationList: {
    title: "Apps",
    one: "app",
    columns: [
      { head: "App", cell: (item) => <Named name={item.Name ?? item.Identifier} tags={appTags(item)} /> },
      { head: "Identifier", cell: code("Identifier"), wide: true },
      { head: "Version", cell: (item) => <JsonValue value={item.ShortVersion ?? item.Version} /> },
      { head: "Size", cell: (item) => <Megabytes bytes={item.BundleSize} /> },
    ],
  },
  ManagedApplicationList: {
    title: "Managed apps",
    one: "managed app",
    columns: [
      { head: "Identifier", cell: code("Identifier") },
      { head: "State", cell: text("Status") },
      { head: "Version", cell: text("ExternalVersionIdentifier") },
      { head: "Configuration", cell: text("HasConfiguration") },
      { head: "Feedback", cell: text("HasFeedback") },
    ],
  },
  ManagedMediaList: {
    title: "Managed books",
    one: "book",
    columns: [
      { head: "Book", cell: (item) => <Named name={item.Title} tags={[]} /> },
      { head: "Author", cell: text("Author") },
      { head: "Version", cell: text("Version") },
      { head: "State", cell: text("State") },
    ],
  },
  UserList: {
    title: "Users",
    one: "user",
    columns: [
      { head: "User", cell: (item) => <Named name={item.FullName ?? item.UserName} tags={userTags(item)} /> },
      { head: "Account", cell: code("UserName") },
      { head: "Used", cell: (item) => <Megabytes bytes={item.DataUsed} /> },
      { head: "Quota", cell: (item) => <Megabytes bytes={item.DataQuota} /> },
      { head: "Has data to sync", cell: text("HasDataToSync") },
    ],
  },
  AvailableOSUpdates: {
    title: "Available updates",
    one: "update",
    columns: [
      { head: "Update", cell: (item) => <Named name={item.HumanReadableName ?? item.ProductName ?? item.ProductKey} tags={updateTags(item)} /> },
      { head: "Version", cell: text("Version") },
      { head: "Build", cell: code("Build") },
      { head: "Download", cell: (item) => <Megabytes bytes={item.DownloadSize} /> },
    ],
  },
  OSUpdateStatus: {
    title: "Updates under way",
    one: "update",
    columns: [
      { head: "Update", cell: code("ProductKey") },
      { head: "State", cell: text("Status") },
      { head: "Downloaded", cell: (item) => <Percent part={item.DownloadPercentComplete} /> },
      { head: "Deferrals left", cell: text("DeferralsRemaining") },
    ],
  },
};

export const PROFILE_LISTS = ["ProfileList", "ProvisioningProfileList"] as const;
export const APP_LISTS = ["InstalledApplicationList", "ManagedApplicationList", "ManagedMediaList"] as const;
export const FURTHER_LISTS = ["UserList", "AvailableOSUpdates", "OSUpdateStatus"] as const;

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
  return [item.IsEncrypted === true ? "encrypted" : null, item.PayloadRemovalDisallowed === true ? "not removable" : null].filter((tag) => tag !== null);
}

/** Whether a profile came from this server. A device has one management, so what it calls managed is ours. */
function Origin({ item }: { item: Item }) {
  if (item.PayloadIdentifier === PROFILE_IDENTIFIER) return <Tag title="The enrollment profile itself: it goes by ending the management.">Muster, enrollment</Tag>;
  if (item.IsManaged === true) return <Tag title="Installed by this management, and removed with it.">Muster</Tag>;
  return <span className="text-ink-soft">{item.IsManaged === false ? "by hand" : "not told"}</span>;
}

/** How many, and on hover of which types. */
function Payloads({ content }: { content: unknown }) {
  if (!Array.isArray(content)) return <span className="text-ink-faint">–</span>;
  const types = content.map((each: unknown) => (typeof each === "object" && each !== null && "PayloadType" in each ? String(each.PayloadType) : "unknown"));
  return (
    <span className="tabular-nums" title={types.join("\n")}>
      {types.length}
    </span>
  );
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
