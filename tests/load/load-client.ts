/** The process that makes the load, apart from the server and from the benchmark that prepares it. */
import type { Dialogue, LoadOrder, LoadReport } from "./load-message";
import { RawConnection } from "./raw-connection";

const port = Number(process.argv[2]);
let dialogues: Dialogue[] = [];
let connections: RawConnection[] = [];

process.on("message", (order: LoadOrder) => {
  void obey(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on("disconnect", () => process.exit());

async function obey(order: LoadOrder): Promise<void> {
  if (order.kind === "dialogues") {
    dialogues = order.dialogues;
    process.send?.(null);
    return;
  }
  open(order.connections);
  process.send?.(await measure(order.kind === "pass" ? null : order.seconds * 1_000));
}

/** Connections stay open from one order to the next; only their number changes. */
function open(count: number): void {
  for (const connection of connections.splice(count)) connection.close();
  while (connections.length < count) connections.push(new RawConnection(port));
  connections = connections.slice(0, count);
}

/** Dialogues are taken in turn, so that a device is on one connection at a time. */
async function measure(durationMs: number | null): Promise<LoadReport> {
  const latencies: number[] = [];
  let unexpected = 0;
  let next = 0;
  const started = performance.now();
  const goesOn = (): boolean => (durationMs === null ? next < dialogues.length : performance.now() - started < durationMs);
  const work = async (connection: RawConnection): Promise<void> => {
    while (goesOn()) {
      const dialogue = dialogues[next++ % dialogues.length];
      if (dialogue === undefined) return;
      const begun = performance.now();
      unexpected += await hold(connection, dialogue);
      latencies.push(performance.now() - begun);
    }
  };
  await Promise.all(connections.map(work));
  const elapsedMs = performance.now() - started;
  return { dialogues: latencies.length, elapsedMs, latenciesMs: Float64Array.from(latencies), unexpected };
}

async function hold(connection: RawConnection, { requests, expectsBody }: Dialogue): Promise<number> {
  let unexpected = 0;
  for (const [index, request] of requests.entries()) {
    const answer = await connection.ask(request);
    if (answer.status !== 200 || answer.bodyBytes > 0 !== expectsBody[index]) unexpected++;
  }
  return unexpected;
}
