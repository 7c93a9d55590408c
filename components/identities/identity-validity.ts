import type { Tone } from "@/lib/contracts/words";

const DAY_MS = 86_400_000;

/** How long an identity is good for; one that has ended still lets its device in for a while, so that it can be renewed. */
export function identityValidity(notAfter: string, now: number): { label: string; tone: Tone } {
  const left = Date.parse(notAfter) - now;
  if (left <= 0) return { label: "Expired", tone: "bad" };
  if (left < 7 * DAY_MS) return { label: "Under 7 days", tone: "bad" };
  if (left < 30 * DAY_MS) return { label: "Under 30 days", tone: "warning" };
  return { label: "Valid", tone: "good" };
}
