import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { COUNT_CAP } from "@/lib/contracts/device-filter";
import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { withTestDatabase } from "@/tests/support/database";
import { isAudited, listEvents, recordEvents } from "./event-log";

withTestDatabase();

test("events keep their order and every field; pages follow each other without gap or repeat", async () => {
  const deviceId = randomUUID();
  const at = new Date("2026-01-02T03:04:05.678Z");
  await recordEvents(database().pool, [
    { kind: "device.enrolled", actor: "device", deviceId, at, data: { a: ['"', "{,}", null, { b: 1 }] } },
    ...Array.from({ length: 4 }, (_, i) => ({ kind: "command.queued" as const, actor: "user:a", deviceId, commandId: randomUUID(), data: { i } })),
  ]);
  const first = await listEvents({ deviceId, limit: 3 });
  const second = await listEvents({ deviceId, limit: 3, cursor: first.nextCursor });
  expect([first.total, second.total, second.nextCursor]).toEqual([5, 5, null]);
  expect([...first.items, ...second.items].map(({ data }) => data.i)).toEqual([3, 2, 1, 0, undefined]);
  expect(second.items.at(-1)).toMatchObject({ at, actor: "device", commandId: null, linkId: null, data: { a: ['"', "{,}", null, { b: 1 }] } });
});

test("filters by kind, and the audit list holds only what people did", async () => {
  const deviceId = randomUUID();
  await recordEvents(database().pool, [
    { kind: "push.sent", actor: "system", deviceId },
    { kind: "termination.requested", actor: "user:a", deviceId },
  ]);
  const kinds = async (filter: object) => (await listEvents({ limit: 10, deviceId, ...filter })).items.map(({ kind }) => kind);
  expect(await kinds({ kind: "push.sent" })).toEqual(["push.sent"]);
  expect(await kinds({ auditOnly: true })).toEqual(["termination.requested"]);
  expect(await kinds({ auditOnly: true, kind: "push.sent" })).toEqual([]);
  expect(await kinds({ kind: "termination.,push.failed" })).toEqual(["termination.requested"]);
  expect(await kinds({ kind: "command." })).toEqual([]);
});

test("the activity of devices leaves out what was done on the server itself", async () => {
  const deviceId = randomUUID();
  await recordEvents(database().pool, [{ kind: "settings.changed", actor: "user:a" }, { kind: "command.queued", actor: "user:a", deviceId }, { kind: "settings.changed", actor: "user:a" }]);
  const { items, total } = await listEvents({ limit: 200, ofDevices: true });
  expect(items[0]).toMatchObject({ kind: "command.queued", deviceId });
  expect(items.filter((event) => event.deviceId === null)).toEqual([]);
  expect(total).toBe(items.length);
});

test("counting a log stops, and says so", async () => {
  const deviceId = randomUUID();
  await recordEvents(database().pool, Array.from({ length: COUNT_CAP + 1 }, () => ({ kind: "push.failed" as const, actor: "system", deviceId })));
  expect(await listEvents({ limit: 1, deviceId })).toMatchObject({ total: COUNT_CAP, totalCapped: true });
});

test("an event says of itself what the audit log holds", async () => {
  const deviceId = randomUUID();
  await recordEvents(database().pool, [
    { kind: "command.queued", actor: "user:a", deviceId },
    { kind: "command.queued", actor: "token:b", deviceId },
    { kind: "command.queued", actor: "system", deviceId },
    { kind: "command.queued", actor: "user:a", deviceId, data: { ofBatch: randomUUID() } },
    { kind: "command.failed", actor: "user:a", deviceId },
    { kind: "device.enrolled", actor: "device", deviceId },
  ]);
  const audited = (await listEvents({ limit: 10, deviceId, auditOnly: true })).items;
  expect(audited.map(({ actor }) => actor)).toEqual(["token:b", "user:a"]);
  expect((await listEvents({ limit: 10, deviceId })).items.filter(isAudited)).toEqual(audited);
});

test("an event of a transaction that fails was never there", async () => {
  const deviceId = randomUUID();
  await expect(
    transaction(async (tx) => {
      await recordEvents(tx, [{ kind: "push.sent", actor: "system", deviceId }]);
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect((await listEvents({ deviceId, limit: 1 })).total).toBe(0);
});

test("a cursor that is not ours is refused by name", async () => {
  for (const cursor of ["x", "-1", "1; DROP TABLE", "9".repeat(30)]) {
    await expect(listEvents({ limit: 1, cursor })).rejects.toMatchObject({ code: "invalid-input", errors: [{ pointer: "/cursor" }] });
  }
});
