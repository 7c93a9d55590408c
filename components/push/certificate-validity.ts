import type { Tone } from "@/lib/contracts/words";

const DAY_MS = 24 * 60 * 60 * 1000;

/** How a certificate stands: it is renewed in its last month, and urgent in its last week. */
export function validity(notAfter: string, replaced: boolean, now: number): { label: string; tone: Tone } {
  const left = Date.parse(notAfter) - now;
  if (replaced) return { label: "Replaced", tone: "neutral" };
  if (left <= 0) return { label: "Expired", tone: "bad" };
  if (left < 7 * DAY_MS) return { label: "Expires this week", tone: "bad" };
  if (left < 30 * DAY_MS) return { label: "Renew now", tone: "warning" };
  return { label: "Valid", tone: "good" };
}
