import { EXPIRY_WARNING_DAYS, untoldWarning } from "@/lib/contracts/expiry-warning";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { findEndingTokens, takeTokenWarning } from "./server-store";

/** One event for each threshold that a server token has passed, whichever node sees it first; after a long silence only the latest. */
export async function warnOfEndingTokens(): Promise<void> {
  for (const token of await findEndingTokens(EXPIRY_WARNING_DAYS[0])) {
    const { id, name, tokenExpiresAt: expiresAt } = token;
    const warning = untoldWarning(expiresAt.getTime(), token.tokenWarnedDays, Date.now());
    if (warning === null) continue;
    await transaction(async (tx) => {
      if (!(await takeTokenWarning(tx, token, warning.threshold))) return;
      await recordEvents(tx, [{ kind: "ade.token-expiring", actor: "system", data: { serverId: id, name, days: warning.threshold, expiresAt } }]);
    });
  }
}
