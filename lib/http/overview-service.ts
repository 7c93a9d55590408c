import { coalesced } from "@/lib/config/coalesce";
import type { Overview } from "@/lib/contracts/events";
import { countBuiltInViews } from "@/lib/devices/saved-view-service";
import { listHours, type HourRow } from "@/lib/events/hourly-count-store";
import { standingPushAlarms } from "@/lib/push/push-alarm";
import { listPushCertificates } from "@/lib/push/push-certificate-service";
import { currentTopic } from "@/lib/push/push-topic";
import { toPushAlarm } from "./device-push-dto";
import { isoOrNull } from "./iso-or-null";
import { countCommandsByState, countDecisionsWaiting, countLinks, countLives, countRecentStrangers, countVersions, listAdeServers, oldestQueued, type VersionCountRow } from "./overview-store";

const HOUR_MS = 3_600_000;
const HOURS = 48;
const VERSIONS = 60;

/** The numbers of the first page; counts of commands and strangers look seven days back. Every console asks after every event: they share the answers. */
export const readOverview = coalesced(async (): Promise<Overview> => {
  const now = Date.now();
  const [attention, { lives, versions, commandsByState }, [oldest, unknownContacts, decisions, links, topic, certificates, alarms, hours, adeServers]] = await Promise.all([
    countBuiltInViews(), countFleet(),
    Promise.all([oldestQueued(), countRecentStrangers(), countDecisionsWaiting(), countLinks(), currentTopic(), listPushCertificates(), standingPushAlarms(), listHours(new Date(firstHour(now))), listAdeServers()]),
  ]);
  const current = certificates.items.find((certificate) => certificate.topic === topic.topic && certificate.replacedAt === null);
  return {
    devices: {
      total: versions.reduce((sum, row) => sum + row.total, 0),
      simulated: versions.reduce((sum, row) => sum + (row.simulated ? row.total : 0), 0),
      byState: lives.byState,
      byPlatform: sums(versions, (row) => row.platform),
      byVersion: versionsOf(versions),
      byPush: lives.byPush,
      attention,
    },
    hours: everyHour(hours, now),
    oldestQueuedAt: isoOrNull(oldest),
    commands: { byState: commandsByState },
    unknownContacts,
    ...decisions,
    push: { topic: topic.topic, testTopic: topic.test, expiresAt: current?.notAfter ?? null, alarms: alarms.map(toPushAlarm) },
    adeServers: adeServers.map(({ id, name, tokenExpiresAt, problem }) => ({ id, name, tokenExpiresAt: tokenExpiresAt.toISOString(), problem })),
    links,
  };
});

/** What looks at every device, one after the other: devices are answered meanwhile. */
async function countFleet(): Promise<{ lives: Awaited<ReturnType<typeof countLives>>; versions: VersionCountRow[]; commandsByState: Record<string, number> }> {
  return { lives: await countLives(), versions: await countVersions(), commandsByState: await countCommandsByState() };
}

function sums<T extends { total: number }>(rows: readonly T[], keyOf: (row: T) => string): Record<string, number> {
  const result: Record<string, number> = {};
  for (const row of rows) result[keyOf(row)] = (result[keyOf(row)] ?? 0) + row.total;
  return result;
}

/** Simulated and real together. */
function versionsOf(rows: readonly { platform: string; osVersion: string | null; total: number }[]): Overview["devices"]["byVersion"] {
  const merged = new Map<string, Overview["devices"]["byVersion"][number]>();
  for (const { platform, osVersion, total } of rows) {
    const key = `${platform} ${osVersion}`;
    merged.set(key, { platform, osVersion, count: total + (merged.get(key)?.count ?? 0) });
  }
  return [...merged.values()].sort((a, b) => b.count - a.count).slice(0, VERSIONS);
}

function firstHour(now: number): number {
  return (Math.floor(now / HOUR_MS) - HOURS + 1) * HOUR_MS;
}

/** One entry for each hour, also where nothing was counted. */
function everyHour(rows: readonly HourRow[], now: number): Overview["hours"] {
  const counted = new Map(rows.map(({ hour, kind, count }) => [`${hour.getTime()} ${kind}`, count]));
  return Array.from({ length: HOURS }, (_, index) => {
    const hour = firstHour(now) + index * HOUR_MS;
    const count = (kind: HourRow["kind"]): number => counted.get(`${hour} ${kind}`) ?? 0;
    return { hour: new Date(hour).toISOString(), checkIns: count("check-in"), pushesAccepted: count("push-accepted"), pushesFailed: count("push-failed") };
  });
}
