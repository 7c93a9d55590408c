import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { takeTokensToWarnOf } from "./server-store";

/** Days before the end of a server token at which its admins are told; the smallest that fits is told once. */
export const WARN_DAYS = [0, 1, 7, 14, 30, 60] as const;

/** Tells of tokens that end soon, each time anew when it gets closer. */
export async function warnOfEndingTokens(): Promise<void> {
  await transaction(async (tx) => {
    for (const days of WARN_DAYS) {
      const servers = await takeTokensToWarnOf(tx, days);
      await recordEvents(tx, servers.map(({ id, name, tokenExpiresAt }) => ({ kind: "ade.token-expiring" as const, actor: "system", data: { serverId: id, name, days, expiresAt: tokenExpiresAt } })));
    }
  });
}
