import { counted } from "@/lib/client/text";
import { expiryWarning } from "@/lib/contracts/expiry-warning";
import type { Tone } from "@/lib/contracts/words";

const URGENT_DAYS = 7;
const SOON_DAYS = 30;

/** How long a certificate is still good for, in words; urgent in its last week. */
export function validity(notAfter: string, now: number): { label: string; tone: Tone } {
  const warning = now === 0 ? null : expiryWarning(Date.parse(notAfter), now);
  if (warning === null) return { label: "Valid", tone: "good" };
  if (warning.threshold === 0) return { label: "Expired", tone: "bad" };
  return { label: `${counted(warning.daysLeft, "day")} left`, tone: warning.threshold <= URGENT_DAYS ? "bad" : warning.threshold <= SOON_DAYS ? "warning" : "info" };
}
