import type { DeviceFilter } from "@/lib/contracts/device-filter";
import type { FilterField } from "@/lib/contracts/device-conditions";

/** What can be filtered by; several conditions may share one editor. */
export const FILTER_KINDS = {
  state: { label: "State", fields: ["state"] },
  platform: { label: "Platform", fields: ["platform"] },
  os: { label: "OS version", fields: ["osVersion", "osAtLeast", "osBelow"] },
  contact: { label: "Last contact", fields: ["seenWithin", "silentFor"] },
  push: { label: "Push", fields: ["push"] },
  commands: { label: "Commands", fields: ["commands"] },
  profiles: { label: "Profiles", fields: ["profiles"] },
  group: { label: "Group", fields: ["groupId"] },
  link: { label: "Enrollment link", fields: ["linkId"] },
  supervised: { label: "Supervised", fields: ["supervised"] },
  awaiting: { label: "Awaiting configuration", fields: ["awaitingConfiguration"] },
  identity: { label: "Identity", fields: ["identityEndsWithin"] },
  simulated: { label: "Simulated", fields: ["simulated"] },
} as const satisfies Record<string, { label: string; fields: readonly FilterField[] }>;
export type FilterKind = keyof typeof FILTER_KINDS;

export function kindOf(field: FilterField): FilterKind | null {
  const found = (Object.keys(FILTER_KINDS) as FilterKind[]).find((kind) => (FILTER_KINDS[kind].fields as readonly FilterField[]).includes(field));
  return found ?? null;
}

/** The conditions of a kind with all but one taken away: what an editor answers replaces them. */
export function only(kind: FilterKind, part: DeviceFilter): DeviceFilter {
  const none = Object.fromEntries(FILTER_KINDS[kind].fields.map((field) => [field, undefined])) as DeviceFilter;
  return { ...none, ...part };
}
