import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { withTestDatabase } from "@/tests/support/database";
import { EventCursor } from "./event-cursor";
import { subscribeEvents } from "./event-hub";
import { listEvents, recordEvents } from "./event-log";

withTestDatabase();

const open: (() => void)[] = [];
afterEach(() => open.splice(0).forEach((end) => end()));

/** Follows the events of one device; answers the list that grows. */
function follow(deviceId: string, afterId: bigint | null): unknown[] {
  const seen: unknown[] = [];
  open.push(subscribeEvents((event) => event.deviceId === deviceId && seen.push(event.data.i), afterId === null ? null : new EventCursor(afterId)));
  return seen;
}
const write = (deviceId: string, ...numbers: number[]) =>
  recordEvents(database().pool, numbers.map((i) => ({ kind: "push.sent" as const, actor: "system", deviceId, data: { i } })));
const lastId = async () => (await listEvents({ limit: 1 })).items[0]?.id ?? 0n;

/** The hub begins with the events after the subscription has settled: writes until the first one arrives. */
async function settled(): Promise<void> {
  const deviceId = randomUUID();
  const seen = follow(deviceId, null);
  await vi.waitFor(async () => {
    await write(deviceId, 0);
    expect(seen.length).toBeGreaterThan(0);
  }, 20_000);
}

test("a listener hears what comes, and nothing after it has left", async () => {
  const deviceId = randomUUID();
  await settled();
  const seen = follow(deviceId, null);
  await write(deviceId, 1, 2);
  await vi.waitFor(() => expect(seen).toEqual([1, 2]), 10_000);
  open.splice(0).forEach((end) => end());
  await settled();
  await write(deviceId, 3);
  await settled();
  expect(seen).toEqual([1, 2]);
});

test("a listener that comes back hears what it missed and then what comes, each once", async () => {
  const deviceId = randomUUID();
  const missed = Array.from({ length: 1_200 }, (_, i) => i);
  const after = await lastId();
  await write(deviceId, ...missed);
  const seen = follow(deviceId, after);
  await write(deviceId, 5_000);
  await vi.waitFor(() => expect(seen).toContain(5_000), 10_000);
  await write(deviceId, 5_001);
  await vi.waitFor(() => expect(seen).toContain(5_001), 10_000);
  expect(seen).toEqual([...missed, 5_000, 5_001]);
});

test("an event whose transaction ends after that of a later one is not lost", async () => {
  const deviceId = randomUUID();
  await settled();
  const seen = follow(deviceId, null);
  await transaction(async (tx) => {
    await recordEvents(tx, [{ kind: "push.sent", actor: "system", deviceId, data: { i: "slow" } }]);
    await write(deviceId, 1);
    await vi.waitFor(() => expect(seen).toEqual([1]), 10_000);
  });
  await vi.waitFor(() => expect(seen).toEqual([1, "slow"]), 10_000);
});

test("an event that was on its way when the first listener came is not lost", async () => {
  const deviceId = randomUUID();
  let seen: unknown[] = [];
  await transaction(async (tx) => {
    await recordEvents(tx, [{ kind: "push.sent", actor: "system", deviceId, data: { i: "slow" } }]);
    await write(deviceId, 1);
    seen = follow(deviceId, null);
    await settled();
  });
  await vi.waitFor(() => expect(seen).toEqual(["slow"]), 10_000);
});

test("an event that was on its way when a listener went, and committed while it was away, is heard when it comes back", async () => {
  const deviceId = randomUUID();
  const seen: unknown[] = [];
  let point = "";
  const listen = (after: EventCursor | null) =>
    subscribeEvents((event, resumePoint) => {
      point = resumePoint;
      if (event.deviceId === deviceId) seen.push(event.data.i);
    }, after);
  await settled();
  const leave = listen(null);
  await transaction(async (tx) => {
    await recordEvents(tx, [{ kind: "push.sent", actor: "system", deviceId, data: { i: "slow" } }]);
    await write(deviceId, 1);
    await vi.waitFor(() => expect(seen).toEqual([1]), 10_000);
    leave();
    open.splice(0).forEach((end) => end());
  });
  await write(deviceId, 2);
  open.push(listen(EventCursor.parse(point)));
  await vi.waitFor(() => expect(seen).toHaveLength(3), 10_000);
  await write(deviceId, 3);
  await vi.waitFor(() => expect(seen).toContain(3), 10_000);
  expect(seen).toEqual([1, "slow", 2, 3]);
});
