import { log } from "@/lib/config/log";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { findAlarms, forgetAlarm, rememberAlarm, type PushAlarm, type StandingAlarm } from "./push-alarm-store";

/** One alarm for all devices of the topic, at most every ten minutes: what is wrong is on our side or on Apple's. */
export async function raisePushAlarm(topic: string, alarm: PushAlarm): Promise<void> {
  await transaction(async (tx) => {
    if (!(await rememberAlarm(tx, topic, alarm))) return;
    log.error("pushes fail for every device of a topic", { topic, ...alarm });
    await recordEvents(tx, [{ kind: "push.alarm-raised", actor: "system", data: { topic, ...alarm } }]);
  });
}

/** Pushes of the topic get through again. */
export async function endPushAlarm(topic: string): Promise<void> {
  await transaction(async (tx) => {
    if (!(await forgetAlarm(tx, topic))) return;
    log.info("pushes of a topic get through again", { topic });
    await recordEvents(tx, [{ kind: "push.alarm-ended", actor: "system", data: { topic } }]);
  });
}

/** What fails for all devices of a topic; null asks for every topic. */
export async function standingPushAlarms(topic: string | null = null): Promise<StandingAlarm[]> {
  return findAlarms(topic);
}
