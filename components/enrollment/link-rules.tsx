import Link from "next/link";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import type { EnrollmentLinkDto } from "@/lib/contracts/enrollment-links";
import { ADMISSION_RULES, IDENTITY_KINDS, LINK_KINDS, RESTORE_POLICIES } from "@/lib/contracts/words";
import { ACCESS_RIGHTS, ALL_ACCESS_RIGHTS } from "@/lib/protocol/profile/access-rights";
import { usesWords } from "./link-badge";

/** What a link makes of the devices that come by it. */
export function LinkRules({ link }: { link: EnrollmentLinkDto }) {
  const { group, serials } = link;
  const items: KeyValue[] = [
    { key: "Way in", value: LINK_KINDS[link.kind].label },
    { key: "Used", value: usesWords(link) },
    { key: "Ends", value: link.expiresAt === null ? "never" : <RelativeTime at={link.expiresAt} /> },
    { key: "Devices join", value: group === null ? "no group" : <Link href={`/groups/${group.id}`} className="roomy inline-block rounded font-medium text-accent hover:underline">{group.name}</Link> },
    { key: "Owner", value: link.owner ?? "nobody" },
    { key: "Serial numbers", value: serials.length === 0 ? "any" : <span className="font-mono text-xs">{serials.slice(0, 20).join(", ")}{serials.length > 20 && ` and ${serials.length - 20} more`}</span> },
    { key: "Admission", value: ADMISSION_RULES[link.admission].label },
    { key: "Restored from a backup", value: link.restorePolicy === null ? "as set for everybody" : RESTORE_POLICIES[link.restorePolicy].label },
    { key: "Identity", value: IDENTITY_KINDS[link.identity] },
    { key: "Rights", value: rightsWords(link.accessRights) },
  ];
  return <KeyValues items={items} />;
}

export function rightsWords(rights: number): string {
  if (rights === ALL_ACCESS_RIGHTS) return "all";
  return ACCESS_RIGHTS.filter(({ bit }) => (rights & bit) !== 0).map(({ label }) => label).join(", ");
}
