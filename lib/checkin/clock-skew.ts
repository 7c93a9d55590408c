import { setClockSkew } from "@/lib/devices/enrollment-store";
import type { BoundContact } from "./admit-contact";
import type { Sender } from "./sender";

/** Below this a difference is the network's. */
const SKEW_STEP_SECONDS = 60;
/** What the column holds: a clock may stand in any year. */
const MAX_SKEW_SECONDS = 2 ** 31 - 1;

/** Remembers how far the clock of the device is off, when it says and that has changed. */
export async function noteSkew(contact: BoundContact, sender: Sender, receivedAt: Date): Promise<void> {
  if (sender.signingTime === null) return;
  const difference = Math.round((sender.signingTime.getTime() - receivedAt.getTime()) / 1000);
  const skew = Math.max(-MAX_SKEW_SECONDS, Math.min(difference, MAX_SKEW_SECONDS));
  const before = contact.clockSkewSeconds;
  if (before !== null && Math.abs(skew - before) < SKEW_STEP_SECONDS) return;
  if (before === null && Math.abs(skew) < SKEW_STEP_SECONDS) return;
  await setClockSkew(contact.enrollmentId, skew);
}
