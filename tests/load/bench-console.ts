/**
 * npm run bench:console -- [--devices 100000] [--requests 40] [--url … --token …]
 *
 * How long the console's questions take with a large fleet: the list by each filter and order, the search, counts, views, commands and
 * the dashboard, asked of the built server by one client and by four at once. Starts a server of its own and seeds it, unless --url names one.
 */
import os from "node:os";
import { parseArgs } from "node:util";
import { ApiClient } from "../support/api-client";
import { startMuster } from "../support/muster-server";
import { quantile, table } from "./measurement";

const CONCURRENCY = [1, 4];
const GOAL_MS = 200;
const WARM_UP = 3;

const QUESTIONS: readonly string[] = [
  "/devices", "/devices?sort=-lastSeen", "/devices?sort=name", "/devices?sort=os", "/devices?state=enrolled", "/devices?state=quarantined", "/devices?state=!enrolled", "/devices?platform=tvos",
  "/devices?platform=ios,ipados&sort=name", "/devices?osBelow=16", "/devices?osAtLeast=18.2", "/devices?supervised=no", "/devices?groupId={rare}", "/devices?groupId={large}", "/devices?groupId=!{large}",
  "/devices?linkId={link}", "/devices?seenWithin=1h", "/devices?silentFor=7d&sort=lastSeen", "/devices?silentFor=60d", "/devices?push=good", "/devices?push=failing,dead", "/devices?commands=open",
  "/devices?commands=failed,malformed,poisoned", "/devices?commands=acknowledged", "/devices?awaitingConfiguration=yes", "/devices?identityEndsWithin=30d", "/devices?query=iphone", "/devices?query=lovelace",
  "/devices?query=lyon%20macbook", "/devices?query=c7", "/devices?query=nothing-is-called-that", "/devices?state=enrolled&platform=macos&osBelow=14&silentFor=7d", "/devices/count?state=enrolled", "/devices/count?query=ipad",
  "/commands", "/commands?state=queued", "/commands?state=failed", "/commands?state=acknowledged",
  "/devices?osVersion=unknown", "/devices?profiles=failed,drifted", "/activity", "/activity?kind=push.failed", "/activity?kind=push.", "/activity?kind=secret.,token.", "/saved-views", "/overview",
];

const { values } = parseArgs({ options: { devices: { type: "string", default: "100000" }, requests: { type: "string", default: "40" }, url: { type: "string" }, token: { type: "string" } } });
const requests = Number(values.requests);

if (values.url === undefined) await withOwnServer();
else await bench(new ApiClient(values.url.replace(/\/+$/, ""), values.token ?? null));

async function withOwnServer(): Promise<void> {
  const server = await startMuster({ embedded: true, env: { WORKER: "off", LOG_LEVEL: "warn" } });
  try {
    // The seed seals with the server's own key.
    process.env["DATA_DIR"] = server.dataDir;
    process.env["DATABASE_URL"] = server.databaseUrl;
    const { seedFleet } = await import("./seed-fleet");
    await seedFleet(Number(values.devices), false);
    await bench(server.api);
  } finally {
    await server.stop();
  }
}

async function bench(api: ApiClient): Promise<void> {
  const { devices } = await api.call("overview");
  console.log(`Node ${process.versions.node}, ${os.cpus().length} cores (${os.cpus()[0]?.model ?? "?"}), ${devices.total.toLocaleString()} devices; milliseconds`);
  const names = await namesOf(api);
  const rows = [["question", ...CONCURRENCY.flatMap((clients) => [`${clients}: p50`, "p95", "p99"])]];
  let worst = 0;
  for (const question of QUESTIONS) {
    const path = question.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? "");
    const cells: string[] = [];
    for (const clients of CONCURRENCY) {
      const times = await measure(api, path, clients);
      worst = Math.max(worst, quantile(times, 0.95));
      cells.push(...[0.5, 0.95, 0.99].map((share) => quantile(times, share).toFixed(0)));
    }
    rows.push([question, ...cells]);
  }
  console.log(table(rows));
  console.log(`\nSlowest p95: ${worst.toFixed(0)} ms; the goal is ${GOAL_MS} ms`);
}

/** Ids that the questions name. */
async function namesOf(api: ApiClient): Promise<Record<string, string>> {
  const { items: groups } = await api.call("listGroups", { query: { limit: 200 } });
  const { items: links } = await api.call("listLinks", { query: { limit: 1 } });
  const bySize = groups.filter((group) => group.members > 0).sort((a, b) => a.members - b.members);
  return { rare: bySize[0]?.id ?? "", large: bySize.at(-1)?.id ?? "", link: links[0]?.id ?? "" };
}

async function measure(api: ApiClient, path: string, clients: number): Promise<Float64Array> {
  const ask = async (): Promise<number> => {
    const began = performance.now();
    const answer = await api.request("GET", path);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}`);
    return performance.now() - began;
  };
  for (let n = 0; n < WARM_UP; n++) await Promise.all(Array.from({ length: clients }, ask));
  const each = Math.ceil(requests / clients);
  const times = await Promise.all(Array.from({ length: clients }, async () => {
    const own: number[] = [];
    for (let n = 0; n < each; n++) own.push(await ask());
    return own;
  }));
  return Float64Array.from(times.flat());
}
