import { expect, test } from "vitest";
import { withTestDatabase } from "@/tests/support/database";
import { until } from "@/tests/support/until";
import { database } from "./database";
import { onSignal, signal } from "./signals";
import { transaction } from "./transaction";

withTestDatabase();

/** Counts the signals of a channel once the connection listens. */
async function counter(channel: "events" | "push"): Promise<{ count: number; stop(): void }> {
  const state = { count: 0, stop: onSignal(channel, () => (state.count += 1)) };
  await until(async () => (await listeners()) === 1);
  return state;
}

async function listeners(): Promise<number> {
  const { rows } = await database().pool.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
  );
  return rows.length;
}

test("a signal reaches its channel's listeners and no others", async () => {
  const events = await counter("events");
  const push = await counter("push");
  const before = { events: events.count, push: push.count };
  signal("events");
  await until(() => events.count > before.events);
  expect(push.count).toBe(before.push);
  events.stop();
  push.stop();
});

test("a signal inside a transaction leaves after the commit, and not at all after a rollback", async () => {
  const seen: number[] = [];
  const rows = async (): Promise<number> => database().prisma.setting.count();
  const stop = onSignal("events", () => void rows().then((count) => seen.push(count)));
  await until(async () => (await listeners()) === 1);
  await transaction(async (tx) => {
    await tx.query(`INSERT INTO "Setting" ("key", "value", "updatedAt") VALUES ('signalled', '1', now())`);
    signal("events");
    await tx.query("SELECT pg_sleep(0.2)");
  });
  await until(() => seen.length > 0);
  expect(seen.every((count) => count === 1)).toBe(true);
  stop();
});

test("listeners hear again after the server ended their connection, and are woken for what they missed", async () => {
  const events = await counter("events");
  const before = events.count;
  await database().pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`);
  await until(() => events.count > before);
  expect(await listeners()).toBe(1);
  events.stop();
});
