import { log } from "@/lib/config/log";
import { processWide } from "@/lib/config/process-wide";
import { database } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";

export interface IdentityRefusal {
  reason: string;
  /** Null when the challenge belongs to none. */
  link: { id: string; name: string } | null;
  requestedSubject: string;
}

/** Anybody may ask for a certificate, so strangers get a bounded share of the log. */
const EVENTS_A_MINUTE = 60;
const MINUTE_MS = 60_000;
const window = processWide("identity-refusals", () => ({ startedAt: 0, count: 0 }));

/** Tells admins of a refused request for a certificate; beyond the bound only the log of the process hears of it. */
export async function recordRefusal({ reason, link, requestedSubject }: IdentityRefusal, now = Date.now()): Promise<void> {
  log.warn("Identity request refused", { reason, link: link?.name });
  if (now - window.startedAt >= MINUTE_MS) Object.assign(window, { startedAt: now, count: 0 });
  window.count += 1;
  if (window.count > EVENTS_A_MINUTE) return;
  const data = { link: link?.name ?? null, reason, requestedSubject: requestedSubject.slice(0, 200) };
  await recordEvents(database().pool, [{ kind: "identity.refused", actor: "device", linkId: link?.id ?? null, data }]);
}
