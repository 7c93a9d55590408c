import { restorePolicySetting } from "@/lib/checkin/restore-policy";
import { isReturnToServiceOn } from "@/lib/checkin/return-to-service";
import { terminationsPerHour } from "@/lib/checkin/termination";
import { isEmptyChallengeOn } from "@/lib/checkin/user-authenticate";
import { exchangeDays, retentionDays } from "@/lib/commands/retention";
import type { ChangeSettingsBody, Settings } from "@/lib/contracts/settings";
import { readSetting, writeSetting } from "@/lib/db/setting-store";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";

/** The settings as the rooms that follow them understand them. */
export async function readSettings(): Promise<Settings> {
  const [challenge, service, days, restorePolicy, perHour, exchanges] = await Promise.all([
    isEmptyChallengeOn(), isReturnToServiceOn(), retentionDays(), restorePolicySetting(), terminationsPerHour(), exchangeDays(),
  ]);
  return { userAuthenticate: challenge ? "empty-challenge" : "refuse", returnToService: service, retentionDays: days, restorePolicy: restorePolicy ?? "standard", terminationsPerHour: perHour, exchangeDays: exchanges };
}

/** Changes what is given; each change is an event. */
export async function changeSettings(body: ChangeSettingsBody, actor: string): Promise<Settings> {
  const { userAuthenticate, returnToService, retentionDays: days, restorePolicy, terminationsPerHour: perHour, exchangeDays: exchanges } = body;
  const service = await readSetting("return-to-service");
  await transaction(async (tx) => {
    if (userAuthenticate !== undefined) await writeSetting(tx, "user-authenticate", userAuthenticate);
    if (returnToService !== undefined) {
      const kept = typeof service === "object" && service !== null ? service : {};
      await writeSetting(tx, "return-to-service", { ...kept, enabled: returnToService });
    }
    if (days !== undefined) await writeSetting(tx, "retention-days", days);
    if (exchanges !== undefined) await writeSetting(tx, "exchange-days", exchanges);
    if (restorePolicy !== undefined) await writeSetting(tx, "restore-policy", restorePolicy);
    if (perHour !== undefined) await writeSetting(tx, "terminations-per-hour", perHour);
    await recordEvents(tx, [{ kind: "settings.changed", actor, data: { ...body } }]);
  });
  return readSettings();
}
