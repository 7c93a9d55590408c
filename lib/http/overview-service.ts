import { coalesced } from "@/lib/config/coalesce";
import type { Overview } from "@/lib/contracts/events";
import { countBuiltInViews } from "@/lib/devices/saved-view-service";
import { listHours, type HourRow } from "@/lib/events/hourly-count-store";
import { standingPushAlarms } from "@/lib/push/push-alarm";
import { listPushCertificates } from "@/lib/push/push-certificate-service";
import { currentTopic } from "@/lib/push/push-topic";
import { toPushAlarm } from "./device-push-dto";
import { isoOrNull } from "./iso-or-null";
import { countCommandsByState, countDecisionsWaiting, countLinks, countLives, countRecentStrangers, countVersions, listAdeServers, oldestQueued } from "./overview-store";

const HOUR_MS = 3_600_000;
const HOURS = 48;
const VERSIONS = 60;

/** The numbers of the first page; counts of commands and strangers look seven days back. Every console asks after every event: they share what is counted. */
export async function readOverview(): Promise<Overview> {
  const now = Date.now();
  const [attention, { lives, versions, commandsByState }, { oldest, unknownContacts, decisions, links, topic, certificates, alarms, hours, adeServers }] = await Promise.all([
    countBuiltInViews(), countFleet(), readAround(),
  ]);
  const current = certificates.items.find((certificate) => certificate.topic === topic.topic && certificate.replacedAt === null);
  const total = versions.reduce((sum, row) => sum + row.total, 0);
  return {
    devices: {
      total,
      simulated: versions.reduce((sum, row) => sum + (row.simulated ? row.total : 0), 0),
      ...withRemainders(lives, total),
      byPlatform: sums(versions, (row) => row.platform),
      byVersion: versionsOf(versions),
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
}

/** What looks at every device, one after the other: devices are answered meanwhile, and few connections are held. */
const countFleet = coalesced({ lives: countLives, versions: countVersions, commandsByState: countCommandsByState });

/** All else, which is little. */
const readAround = coalesced({
  oldest: oldestQueued, unknownContacts: countRecentStrangers, decisions: countDecisionsWaiting, links: countLinks, topic: currentTopic, certificates: listPushCertificates,
  alarms: () => standingPushAlarms(), hours: () => listHours(new Date(firstHour(Date.now()))), adeServers: listAdeServers,
});

/** What no index counts by itself: ended is what has lived and does not live, good is the push of all who live and have no trouble. */
function withRemainders({ byState, byPush }: Awaited<ReturnType<typeof countLives>>, total: number): Pick<Overview["devices"], "byState" | "byPush"> {
  const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((all, count) => all + count, 0);
  const live = sum(byState) - (byState["none"] ?? 0);
  return { byState: positive({ ...byState, ended: total - sum(byState) }), byPush: positive({ ...byPush, good: live - sum(byPush) }) };
}

const positive = (counts: Record<string, number>): Record<string, number> => Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

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
