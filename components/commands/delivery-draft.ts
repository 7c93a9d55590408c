import { timeAfter } from "@/lib/client/future-time";
import { absoluteTime } from "@/lib/client/format-time";

const HOUR_MS = 60 * 60 * 1000;

/** When a command may go out and how long it may wait, as the form holds it. */
export interface DeliveryDraft {
  /** The value of a datetime-local field in the viewer's zone; null for at once. */
  at: string | null;
  expiry: (typeof EXPIRIES)[number]["value"];
  push: boolean;
}

export const EXPIRIES = [
  { value: "", label: "Never", ms: null },
  { value: "1", label: "1 hour", ms: HOUR_MS },
  { value: "24", label: "1 day", ms: 24 * HOUR_MS },
  { value: "168", label: "7 days", ms: 168 * HOUR_MS },
  { value: "720", label: "30 days", ms: 720 * HOUR_MS },
] as const;

export const AT_ONCE: DeliveryDraft = { at: null, expiry: "", push: true };

interface Delivery {
  notBefore?: string;
  expiresAt?: string;
  push: boolean;
}

/** The part of the request, or what is wrong with the time. A life is counted from when the command may go out. */
export function deliveryOf({ at, expiry, push }: DeliveryDraft, now: number): { ok: true; delivery: Delivery } | { ok: false; error: string } {
  const start = at === null ? now : Date.parse(at);
  if (Number.isNaN(start)) return { ok: false, error: "Choose a date and a time." };
  if (start < now) return { ok: false, error: "This time is over." };
  const life = EXPIRIES.find((each) => each.value === expiry)?.ms ?? null;
  return {
    ok: true,
    delivery: {
      push,
      ...(at === null ? {} : { notBefore: new Date(start).toISOString() }),
      ...(life === null ? {} : { expiresAt: timeAfter(life, start) }),
    },
  };
}

/** The choice in a line: "At once, never expires". */
export function deliveryWords({ at, expiry, push }: DeliveryDraft): string {
  const start = at === null ? NaN : Date.parse(at);
  const life = EXPIRIES.find((each) => each.value === expiry);
  const parts = [
    at === null ? "at once" : Number.isNaN(start) ? "later" : `not before ${absoluteTime(start)}`,
    life === undefined || life.ms === null ? "never expires" : `expires after ${life.label}`,
    push ? null : "without a push",
  ];
  return parts.filter((part) => part !== null).join(", ");
}
