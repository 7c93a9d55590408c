import { recurringWork, type RecurringWork } from "@/lib/config/recurring-work";
import { transaction } from "@/lib/db/transaction";
import { retireAuthorities } from "@/lib/pki/authority-service";
import { claimDue, lockDailyShare, readShare, saveShare } from "./renewal-store";
import { settleRenewals } from "./settle-renewals";
import { isRenewable, startRenewal } from "./start-renewal";

const LOOK_INTERVAL_MS = 60_000;
const AT_ONCE = 50;
const HOLD_MINUTES = 60;
/** A fleet whose identities end on one day, or whose authority was replaced, is renewed over weeks and not in a storm. */
const LEAST_A_DAY = 200;
const SHARE_A_DAY = 0.05;

/** How many renewals the server begins by itself on one day. */
export function dailyShare(living: number): number {
  return Math.max(LEAST_A_DAY, Math.ceil(living * SHARE_A_DAY));
}

/** Begins what is due, first to end first, within the share of the day; several nodes share it. Answers how many it began. */
export async function renewDue(shareOf = dailyShare): Promise<number> {
  const due = await transaction(async (tx) => {
    await lockDailyShare(tx);
    const { begun, living } = await readShare(tx);
    const room = Math.min(AT_ONCE, shareOf(living) - begun);
    if (room <= 0) return [];
    const claimed = await claimDue(tx, room, HOLD_MINUTES);
    if (claimed.length > 0) await saveShare(tx, begun + claimed.length);
    return claimed;
  });
  let started = 0;
  for (const life of due) {
    if (!isRenewable(life)) continue;
    await startRenewal(life, life.authoritySuperseded ? "authority" : "schedule", "system");
    started += 1;
  }
  return started;
}

async function look(): Promise<void> {
  await settleRenewals();
  await renewDue();
  await retireAuthorities();
}

/** Looks every minute; several nodes may do it side by side. */
export function startIdentityRenewal(): RecurringWork {
  return recurringWork(LOOK_INTERVAL_MS, look, "identities could not be looked after; tried again");
}
