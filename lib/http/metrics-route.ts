import { randomUUID } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { allows } from "@/lib/accounts/permissions";
import { processWide } from "@/lib/config/process-wide";
import { MusterError } from "@/lib/contracts/errors";
import { pushesByOutcome } from "@/lib/push/push-counts";
import { authenticate } from "./authenticate";
import { readStoredMetrics, type Count, type StoredMetrics } from "./metrics-store";
import { problemResponse } from "./problem";

/** Counting every command takes a while on a large fleet; scrapers share one reading. */
const KEEP_MS = 15_000;

/** Prometheus text format 0.0.4. Needs an API token, or a session, with `device:read`. */
export async function metricsRoute(request: Request): Promise<Response> {
  try {
    const actor = await authenticate(request);
    if (!allows(actor.role, "device:read")) throw new MusterError("forbidden", "This needs the permission device:read");
    const text = [...processMetrics(), ...storedMetrics(await recentMetrics())].join("\n");
    return new Response(`${text}\n`, {
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" },
    });
  } catch (error) {
    return problemResponse(error, randomUUID());
  }
}

const kept = processWide("metrics", () => ({ until: 0, reading: null as Promise<StoredMetrics> | null }));
const loopDelay = processWide("event-loop-delay", () => {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  histogram.enable();
  return histogram;
});

function recentMetrics(): Promise<StoredMetrics> {
  if (kept.reading !== null && kept.until > Date.now()) return kept.reading;
  const reading = readStoredMetrics();
  reading.catch(() => {
    kept.until = 0; // the next scrape tries again
  });
  Object.assign(kept, { reading, until: Date.now() + KEEP_MS });
  return reading;
}

function processMetrics(): string[] {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return [
    ...metric("process_cpu_seconds_total", "counter", "CPU time used", [one((user + system) / 1e6)]),
    ...metric("process_resident_memory_bytes", "gauge", "Resident memory", [one(rss)]),
    ...metric("process_start_time_seconds", "gauge", "Start, since 1970", [one(Math.round(Date.now() / 1000 - process.uptime()))]),
    ...metric("nodejs_heap_used_bytes", "gauge", "JavaScript heap in use", [one(heapUsed)]),
    ...metric("muster_pushes_total", "counter", "Pushes sent by this node, by outcome", pushCounts()),
    ...metric("nodejs_eventloop_lag_p99_seconds", "gauge", "Delay of the event loop", [one(loopDelay.percentile(99) / 1e9)]),
  ];
}

function storedMetrics(stored: StoredMetrics): string[] {
  return [
    ...metric("muster_devices", "gauge", "Devices by the state of their newest enrollment", stored.devices),
    ...metric("muster_commands", "gauge", "Commands by state", stored.commands),
    ...metric("muster_push_last_outcome", "gauge", "Live enrollments by the last answer of APNs", stored.pushes),
    ...metric("muster_pushes_due", "gauge", "Pushes that are due or under way", stored.pushesDue),
    ...metric("muster_push_oldest_due_seconds", "gauge", "How long the oldest due push has waited", stored.oldestPush),
    ...metric("muster_push_alarm", "gauge", "1 while pushes of the topic fail for every device", stored.pushAlarms),
    ...metric("muster_push_certificate_expiry_seconds", "gauge", "End of the push certificate, since 1970", stored.pushCertificates),
    ...metric("muster_ade_token_expiry_seconds", "gauge", "End of the server token for Automated Device Enrollment, since 1970", stored.adeTokens),
    ...metric("muster_ade_last_sync_seconds", "gauge", "When the devices of the account were last read, since 1970", stored.adeSyncs),
    ...metric("muster_ade_problem", "gauge", "Servers that Apple's device assignment service refuses", stored.adeProblems),
    ...metric("muster_identity_renewals_open", "gauge", "Identity renewals under way, by stage and whether they get on", stored.renewals),
    ...metric("muster_identity_renewals_ended", "gauge", "Identity renewals that ended in the last 24 hours, by outcome and cause", stored.renewalsEnded),
    ...metric("muster_identities_ending", "gauge", "Identities of managed devices that end within the time; 0d: that have ended", stored.identitiesEnding),
  ];
}

function pushCounts(): Count[] {
  return pushesByOutcome().map(({ count, ...labels }) => ({ labels, count }));
}

function one(count: number): Count {
  return { labels: {}, count };
}

function metric(name: string, type: "counter" | "gauge", help: string, counts: readonly Count[]): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...counts.map(({ labels, count }) => `${name}${inBraces(labels)} ${count}`)];
}

function inBraces(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, escaped)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(character: string): string {
  return character === "\n" ? "\\n" : `\\${character}`;
}
