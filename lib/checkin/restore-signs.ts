import type { RestoreSign } from "@/lib/contracts/words";
import type { Executor } from "@/lib/db/database";
import { unseal } from "@/lib/db/sealed";
import type { EnrollmentRow } from "@/lib/devices/enrollment-store";
import { readSecret } from "@/lib/devices/secret-store";
import type { TokenUpdateMessage } from "@/lib/protocol/checkin-message";
import { readAddress, wasErased } from "./restore-store";

/** A message that was on its way when the life ended or the identity was renewed is late, and no restore. */
const LATE_MS = 10 * 60_000;
/** No device is restored in less. */
const SILENCE_MS = 15 * 60_000;

/** What is remembered of a life when a TokenUpdate without Authenticate comes under its identity. */
export interface Remembered {
  state: string;
  endedAt: Date | null;
  /** When it was heard of last. */
  lastSeenAt: Date | null;
  enrolledAt: Date | null;
  tokenUpdatedAt: Date | null;
  identity: "current" | "pending" | "older";
  token: Buffer | null;
  magic: string | null;
  unlockToken: Buffer | null;
  /** The device has acknowledged our EraseDevice in this life. */
  erased: boolean;
}

/** What a TokenUpdate brings. */
type Brought = Pick<TokenUpdateMessage, "token" | "pushMagic" | "unlockToken">;

/**
 * What makes a TokenUpdate look like a device that was restored from a backup (Apple, "Managing MDM Connections"); empty
 * for an ordinary one. A new token alone, as after an update of the system, is none: the magic stays the same then.
 */
export function restoreSigns(remembered: Remembered, brought: Brought, now = new Date()): RestoreSign[] {
  const { state, endedAt, identity } = remembered;
  const newToken = remembered.token === null || !remembered.token.equals(brought.token);
  const newMagic = remembered.magic !== brought.pushMagic;
  const sameAddress = !newToken && !newMagic;
  const within = (since: Date | null, ms: number) => since !== null && now.getTime() - since.getTime() < ms;
  if (endedAt !== null) return sameAddress && within(endedAt, LATE_MS) ? [] : ["life-ended"];
  if (identity === "older") return sameAddress && within(remembered.tokenUpdatedAt, LATE_MS) ? [] : ["older-identity"];
  if (identity === "pending" || state !== "enrolled" || remembered.enrolledAt === null) return [];
  if (remembered.erased && newToken) return ["erased"];
  const newUnlockToken = brought.unlockToken !== null && remembered.unlockToken !== null && !remembered.unlockToken.equals(brought.unlockToken);
  const together = newMagic && (newToken || newUnlockToken);
  return together && !within(remembered.lastSeenAt, SILENCE_MS) ? ["new-address"] : [];
}

/** Reads what is remembered and judges by it; the life is locked. */
export async function signsOfRestore(tx: Executor, life: EnrollmentRow, fingerprint: string, message: TokenUpdateMessage): Promise<RestoreSign[]> {
  const identity = fingerprint === life.pendingFingerprint ? "pending" : fingerprint === life.identityFingerprint ? "current" : "older";
  if (life.state === "authenticating" && identity === "current") return [];
  const { tokenSealed, magicSealed } = await readAddress(tx, life.id);
  const open = (sealed: Buffer | null, column: string) => (sealed === null ? null : unseal(sealed, { table: "Enrollment", row: life.id, column }));
  return restoreSigns(
    {
      state: life.state, endedAt: life.endedAt, lastSeenAt: life.lastSeenAt, enrolledAt: life.enrolledAt, tokenUpdatedAt: life.tokenUpdatedAt, identity,
      token: open(tokenSealed, "tokenSealed"), magic: open(magicSealed, "magicSealed")?.toString() ?? null,
      unlockToken: message.unlockToken === null ? null : await readSecret(tx, life.id, "unlock-token"),
      erased: await wasErased(tx, life.id),
    },
    message,
  );
}
