import { MusterError } from "@/lib/contracts/errors";
import type { Executor } from "@/lib/db/database";
import { readLinkRow } from "@/lib/enrollment/link-store";
import { readIdentityUse, type IdentityUse } from "@/lib/pki/identity-store";
import type { AuthenticateMessage } from "@/lib/protocol/checkin-message";
import type { Contact } from "./contact-store";

/** What the link that a new life comes by makes of it. */
export interface EntryRules {
  groupId: string | null;
  owner: string | null;
}

/**
 * Holds a new life against the link it comes by, and against the hardware its identity was issued for. A serial number
 * is what the device says; where it was proved before, the identity is bound to it.
 * @throws MusterError identity-mismatch, identity-not-listed
 */
export async function rulesFor(tx: Executor, contact: Contact & { fingerprint: string }, message: AuthenticateMessage): Promise<EntryRules> {
  const use = await readIdentityUse(tx, contact.fingerprint);
  if (use !== null) checkHardware(use, message);
  if (use?.purpose === "ota") throw new MusterError("identity-mismatch", "this certificate only fetches the enrollment profile");
  const link = contact.linkId === null ? null : await readLinkRow(tx, contact.linkId);
  if (link === null) return { groupId: null, owner: null };
  if (link.serials.length > 0 && !link.serials.includes(message.serialNumber?.toUpperCase() ?? "")) {
    throw new MusterError("identity-not-listed", `the link "${link.name}" is not for this serial number`);
  }
  return { groupId: link.groupId, owner: use?.account ?? link.owner };
}

function checkHardware({ boundSerial, boundUdid }: IdentityUse, message: AuthenticateMessage): void {
  const udid = message.channel?.kind === "device" && message.channel.deviceKeyKind === "udid" ? message.channel.deviceKey : null;
  const fits = (boundSerial === null || boundSerial === message.serialNumber) && (boundUdid === null || boundUdid === udid);
  if (!fits) throw new MusterError("identity-mismatch", "the certificate was issued for other hardware", { meta: { key: boundUdid, serialNumber: boundSerial } });
}
