import { log } from "@/lib/config/log";
import { recurringWork, type RecurringWork } from "@/lib/config/recurring-work";
import { EXPIRY_WARNING_DAYS, untoldWarning } from "@/lib/contracts/expiry-warning";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { findEndingCertificates, writeWarned } from "./certificate-expiry-store";
import { lockPushCertificates, newestTopic } from "./push-certificate-store";

const INTERVAL_MS = 10 * 60_000;

/**
 * One event for each threshold that a certificate in use has passed, whichever node sees it first; after a long
 * silence only the latest. A topic that nobody needs any more is passed over.
 */
export async function warnOfExpiry(): Promise<void> {
  await transaction(async (tx) => {
    await lockPushCertificates(tx);
    const current = await newestTopic(tx);
    for (const { id, topic, notAfter, appleAccount, warnedDays, enrollments } of await findEndingCertificates(tx, EXPIRY_WARNING_DAYS[0])) {
      const warning = untoldWarning(notAfter.getTime(), warnedDays, Date.now());
      if (warning === null) continue;
      if (enrollments === 0 && topic !== current) continue;
      await writeWarned(tx, id, warning.threshold);
      const data = { topic, daysLeft: warning.daysLeft, notAfter: notAfter.toISOString(), enrollments, ...(appleAccount === null ? {} : { appleAccount }) };
      log.warn(warning.daysLeft === 0 ? "a push certificate has expired" : "a push certificate is about to expire", data);
      await recordEvents(tx, [{ kind: warning.daysLeft === 0 ? "push-certificate.expired" : "push-certificate.expiring", actor: "system", data }]);
    }
  });
}

/** Looks at once and every ten minutes; several nodes may do so side by side. */
export function startExpiryWatch(): RecurringWork {
  const watch = recurringWork(INTERVAL_MS, warnOfExpiry, "the watch over push certificates failed and is tried again");
  watch.wake();
  return watch;
}
