import { log } from "@/lib/config/log";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { rememberAlarm, type PushAlarm } from "./push-alarm-store";

/** One alarm for all devices of the topic, at most every ten minutes: what is wrong is on our side or on Apple's. */
export async function raisePushAlarm(topic: string, alarm: PushAlarm): Promise<void> {
  await transaction(async (tx) => {
    if (!(await rememberAlarm(tx, topic, alarm))) return;
    log.error("pushes fail for every device of a topic", { topic, ...alarm });
    await recordEvents(tx, [{ kind: "push.failed", actor: "system", data: { topic, ...alarm, apnsId: null, test: false, alarm: true } }]);
  });
}
