import type { Overview } from "@/lib/contracts/events";
import { standingPushAlarms } from "@/lib/push/push-alarm";
import { listPushCertificates } from "@/lib/push/push-certificate-service";
import { currentTopic } from "@/lib/push/push-topic";
import { toPushAlarm } from "./device-push-dto";
import { countCommandsByState, countDecisionsWaiting, countDevicesByPlatform, countDevicesByState, countLinks, countRecentStrangers, countSimulatedDevices } from "./overview-store";

/** The numbers of the first page; counts of commands and strangers look seven days back. */
export async function readOverview(): Promise<Overview> {
  const [byState, byPlatform, simulated, commandsByState, unknownContacts, waiting, links, topic, certificates, alarms] = await Promise.all([
    countDevicesByState(), countDevicesByPlatform(), countSimulatedDevices(), countCommandsByState(), countRecentStrangers(), countDecisionsWaiting(), countLinks(),
    currentTopic(), listPushCertificates(), standingPushAlarms(),
  ]);
  const current = certificates.items.find((certificate) => certificate.topic === topic.topic && certificate.replacedAt === null);
  return {
    devices: { total: Object.values(byState).reduce((sum, count) => sum + count, 0), simulated, byState, byPlatform },
    commands: { byState: commandsByState },
    unknownContacts,
    ...waiting,
    push: { topic: topic.topic, testTopic: topic.test, expiresAt: current?.notAfter ?? null, alarms: alarms.map(toPushAlarm) },
    links,
  };
}
