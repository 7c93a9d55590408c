import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { DEVICE_ORDERS, type DeviceOrder } from "@/lib/contracts/device-conditions";
import { deviceFilter, type DeviceFilter } from "@/lib/contracts/device-filter";
import { deviceListQuery } from "@/lib/contracts/devices";
import { database } from "@/lib/db/database";
import { withTestDatabase } from "@/tests/support/database";
import { deviceWhere, deviceWhereAlong } from "./device-filter-store";
import { countDevices, listDevices } from "./device-service";

withTestDatabase();

interface Planted {
  id: string;
  nth: number;
  name: string | null;
  state: string | null;
  osVersion: string | null;
  platform: string;
}
const planted: Planted[] = [];
const GROUP = randomUUID();
const LINK = randomUUID();

/** Forty devices with every gap a list meets: no life, never seen, no name, no version, and many that are alike. */
beforeAll(async () => {
  const { pool } = database();
  await pool.query(`INSERT INTO "DeviceGroup" ("id","name","createdBy") VALUES ($1,'Some','test')`, [GROUP]);
  await pool.query(`INSERT INTO "EnrollmentLink" ("id","name","tokenHash","tokenSealed","identityKind","createdBy") VALUES ($1,'Some','x','','scep','test')`, [LINK]);
  for (let n = 0; n < 40; n++) {
    const device: Planted = {
      id: randomUUID(), nth: n, name: n % 7 === 0 ? null : `Device ${n % 5}`, state: n % 9 === 0 ? null : (["enrolled", "ended", "quarantined"][n % 3] ?? null),
      osVersion: [null, "18.1", "18.10", "17.7", "not a version", "18.2.1"][n % 6] ?? null, platform: ["ios", "macos", "tvos"][n % 3] ?? "ios",
    };
    planted.push(device);
    await pool.query(
      `INSERT INTO "Device" ("id","udid","serialNumber","name","platform","osVersion","supervised","createdAt") VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
      [device.id, `UDID-${n}`, n % 8 === 0 ? null : `S${n % 20}`, device.name, device.platform, device.osVersion, [true, false, null][n % 3], new Date(1_700_000_000_000 + Math.floor(n / 4) * 1_000)],
    );
    if (n % 4 === 0) await pool.query(`INSERT INTO "GroupMember" ("groupId","deviceId") VALUES ($1,$2)`, [GROUP, device.id]);
    if (device.state !== null) await plantLife(device, n);
  }
});

async function plantLife(device: Planted, n: number): Promise<void> {
  const { pool } = database();
  const life = randomUUID();
  const ended = device.state === "ended";
  await pool.query(
    `INSERT INTO "Enrollment" ("id","deviceId","channel","channelKey","liveKey","state","endedAt","topic","lastSeenAt","tokenUpdatedAt","tokenDeadAt","lastPushStatus","pushesUnanswered","awaitingConfiguration","linkId")
     VALUES ($1,$2,'device',$3,$4,$5,$6,'t',$7,now(),$8,200,$9,$10,$11)`,
    [life, device.id, `UDID-${n}`, ended ? null : `UDID-${n}`, device.state, ended ? new Date() : null, n % 5 === 0 ? null : new Date(Date.now() - Math.floor(n / 3) * 86_400_000),
      n % 6 === 0 ? new Date() : null, n % 4 === 1 ? 1 : 0, n % 10 === 3, n % 4 === 2 ? LINK : null],
  );
  await pool.query(`UPDATE "Device" SET "enrollmentId" = $2 WHERE "id" = $1`, [device.id, life]);
  if (n % 5 === 1) await pool.query(`INSERT INTO "DeviceProfile" ("enrollmentId","identifier","state") VALUES ($1,'com.example.a',$2), ($1,'com.example.b','drifted')`, [life, n % 4 === 1 ? "failed" : "installed"]);
  if (n % 4 === 2) {
    await pool.query(`INSERT INTO "Command" ("id","enrollmentId","requestType","requestSealed","state","queueRank","createdBy") VALUES ($1,$2,'X','','queued',2,'test')`, [randomUUID(), life]);
  }
  if (n % 5 === 2) {
    await pool.query(`INSERT INTO "Command" ("id","enrollmentId","requestType","requestSealed","state","endedAt","createdBy") VALUES ($1,$2,'X','','failed',now(),'test')`, [randomUUID(), life]);
  }
  if (n % 5 < 2) {
    await pool.query(`INSERT INTO "Command" ("id","enrollmentId","requestType","requestSealed","state","endedAt","createdBy") VALUES ($1,$2,'X','','acknowledged',$3,'test')`,
      [randomUUID(), life, new Date(Date.now() - (n % 5) * 30 * 86_400_000)]);
  }
  if (n % 4 === 1) await plantBeside(device, life, n);
}

/** What says nothing of the device: a life before this one, and a user with a command of its own. */
async function plantBeside(device: Planted, life: string, n: number): Promise<void> {
  const { pool } = database();
  const user = randomUUID();
  await pool.query(
    `INSERT INTO "Enrollment" ("id","deviceId","channel","parentId","channelKey","liveKey","state","endedAt","topic","linkId","authenticatedAt")
     VALUES ($1,$2,'device',NULL,$3,NULL,'ended',now(),'t',$4,now() - interval '9 days'), ($5,$2,'user',$6,$7,$7,'quarantined',NULL,'t',NULL,now())`,
    [randomUUID(), device.id, `UDID-${n}`, LINK, user, life, `UDID-${n}:user`],
  );
  await pool.query(`INSERT INTO "Command" ("id","enrollmentId","requestType","requestSealed","state","queueRank","createdBy") VALUES ($1,$2,'X','','queued',2,'test')`, [randomUUID(), user]);
}

const page = (filter: DeviceFilter, more: { sort?: DeviceOrder; limit?: number; cursor?: string } = {}) => listDevices(deviceListQuery.parse({ limit: 200, ...filter, ...more }));
const idsOf = async (filter: DeviceFilter) => new Set((await page(filter)).items.map((device) => device.id));
const plantedIds = (matches: (device: Planted) => boolean) => new Set(planted.filter(matches).map((device) => device.id));

const filters = fc.record<DeviceFilter>({
  query: fc.constantFrom("device", "s1", "de", "device 3"), state: fc.constantFrom("enrolled", "!enrolled", "ended,none", "!none", "quarantined"), platform: fc.constantFrom("ios", "!ios,tvos"),
  osAtLeast: fc.constantFrom("18", "18.2"), osBelow: fc.constantFrom("18.2", "18.10.1"), supervised: fc.constantFrom("yes", "no"), groupId: fc.constantFrom(GROUP, `!${GROUP}`), linkId: fc.constantFrom(LINK, `!${LINK}`),
  push: fc.constantFrom("good", "dead,unanswered", "!good"), commands: fc.constantFrom("open", "failed", "!open", "failed,malformed", "acknowledged", "!acknowledged", "open,acknowledged", "!open,failed"), silentFor: fc.constantFrom("3d", "8d"), seenWithin: fc.constantFrom("5d"),
  awaitingConfiguration: fc.constantFrom("yes", "no"), profiles: fc.constantFrom("failed", "failed,drifted", "!drifted"),
}, { requiredKeys: [] });

test("pages put together hold every device that matches once, in one order, whatever the filter, the order and the size of a page", async () => {
  await fc.assert(
    fc.asyncProperty(filters, fc.constantFrom(...DEVICE_ORDERS), fc.integer({ min: 1, max: 9 }), async (filter, sort, limit) => {
      const whole = (await page(filter, { sort })).items.map((device) => device.id);
      const pieces: string[] = [];
      let cursor: string | undefined;
      do {
        const part = await page(filter, { sort, limit, ...(cursor === undefined ? {} : { cursor }) });
        expect(part.total).toBe(whole.length);
        pieces.push(...part.items.map((device) => device.id));
        cursor = part.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(pieces).toEqual(whole);
      expect(await countDevices(filter)).toEqual({ total: whole.length, capped: false });
    }),
    { numRuns: 60 },
  );
});

test("a filter holds the same devices whether few or many are expected to match", async () => {
  const matching = async (where: (values: unknown[]) => string) => {
    const values: unknown[] = [];
    const { rows } = await database().pool.query<{ id: string }>(`SELECT d."id" FROM "Device" d LEFT JOIN "Enrollment" e ON e."id" = d."enrollmentId" WHERE ${where(values)} ORDER BY 1`, values);
    return rows.map(({ id }) => id);
  };
  await fc.assert(
    fc.asyncProperty(filters, fc.constantFrom("added", "name", "os", "lastSeen"), async (filter, key) => {
      expect(await matching((values) => deviceWhereAlong(key, filter, values))).toEqual(await matching((values) => deviceWhere(filter, values)));
    }),
    { numRuns: 100 },
  );
});

test("what other lives of a device did counts for none of its conditions", async () => {
  expect(await idsOf({ state: "!enrolled" })).toEqual(plantedIds(({ state }) => state !== "enrolled"));
  expect(await idsOf({ state: "ended,none" })).toEqual(plantedIds(({ state }) => state === "ended" || state === null));
  expect(await idsOf({ linkId: LINK })).toEqual(plantedIds(({ nth, state }) => nth % 4 === 2 && state !== null));
  expect(await idsOf({ commands: "open" })).toEqual(plantedIds(({ nth, state }) => nth % 4 === 2 && state !== null));
  expect(await idsOf({ commands: "acknowledged" })).toEqual(plantedIds(({ nth, state }) => nth % 5 === 0 && state !== null));
  expect(await idsOf({ commands: "open,acknowledged" })).toEqual(plantedIds(({ nth, state }) => (nth % 4 === 2 || nth % 5 === 0) && state !== null));
});

test("a condition and its opposite part the fleet", async () => {
  const pairs: [DeviceFilter, DeviceFilter][] = [
    [{ state: "enrolled" }, { state: "!enrolled" }], [{ state: "none" }, { state: "!none" }], [{ platform: "ios,tvos" }, { platform: "!ios,tvos" }], [{ supervised: "yes" }, { supervised: "no" }],
    [{ groupId: GROUP }, { groupId: `!${GROUP}` }], [{ commands: "open" }, { commands: "!open" }],
    [{ commands: "acknowledged" }, { commands: "!acknowledged" }], [{ commands: "open,failed" }, { commands: "!open,failed" }], [{ linkId: LINK }, { linkId: `!${LINK}` }], [{ awaitingConfiguration: "yes" }, { awaitingConfiguration: "no" }],
  ];
  for (const [one, other] of pairs) {
    const [left, right] = [await idsOf(one), await idsOf(other)];
    expect(left.size, JSON.stringify(one)).toBeGreaterThan(0);
    expect([...left].filter((id) => right.has(id))).toEqual([]);
    expect(left.size + right.size).toBe(planted.length);
  }
});

test("versions compare as numbers, and what is no version is below none", async () => {
  expect(await idsOf({ osAtLeast: "18.2" })).toEqual(plantedIds(({ osVersion }) => osVersion === "18.10" || osVersion === "18.2.1"));
  expect(await idsOf({ osBelow: "18.2" })).toEqual(plantedIds(({ osVersion }) => osVersion === "18.1" || osVersion === "17.7"));
  expect(await idsOf({ osVersion: "18.1.0" })).toEqual(plantedIds(({ osVersion }) => osVersion === "18.1"));
  expect(await idsOf({ osVersion: "unknown" })).toEqual(plantedIds(({ osVersion }) => osVersion === null || osVersion === "not a version"));
});

test("a device is found once by its profiles in trouble, and only while it is managed", async () => {
  const { rows } = await database().pool.query<{ id: string }>(
    `SELECT DISTINCT e."deviceId" AS "id" FROM "Enrollment" e JOIN "DeviceProfile" s ON s."enrollmentId" = e."id" WHERE e."endedAt" IS NULL AND s."state" IN ('failed','drifted')`,
  );
  expect(rows.length).toBeGreaterThan(0);
  expect((await page({ profiles: "failed,drifted" })).items.map(({ id }) => id).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
  const managed = await idsOf({ push: "good,failing,dead,missing,unanswered" });
  expect((await idsOf({ profiles: "!failed,drifted" })).size).toBe(managed.size - rows.length);
});

test("the search finds each word anywhere, a short one where a word begins, and takes % and _ for what they are", async () => {
  expect(await idsOf({ query: "DEVICE  tvos" })).toEqual(plantedIds(({ name, platform }) => name !== null && platform === "tvos"));
  expect((await idsOf({ query: "%" })).size).toBe(0);
  expect((await idsOf({ query: "evice" })).size).toBe(plantedIds(({ name }) => name !== null).size);
  expect((await idsOf({ query: "ev" })).size).toBe(0);
});

test("the search finds a device by the people who use it, and forgets who has left", async () => {
  const { pool } = database();
  const [device] = planted;
  const user = randomUUID();
  await pool.query(`INSERT INTO "Enrollment" ("id","deviceId","channel","channelKey","liveKey","state","topic","userShortName","userLongName") VALUES ($1,$2,'user','k','k','enrolled','t','ada','Ada Lovelace')`, [user, device?.id]);
  expect(await idsOf({ query: "lovelace" })).toEqual(new Set([device?.id]));
  await pool.query(`UPDATE "Enrollment" SET "endedAt" = now(), "liveKey" = NULL, "state" = 'ended' WHERE "id" = $1`, [user]);
  expect(await idsOf({ query: "lovelace" })).toEqual(new Set());
});

test("a person who signs in on a device that is being changed does not have to wait for it", async () => {
  const { pool } = database();
  const [device] = planted;
  const other = await pool.connect();
  try {
    await other.query("BEGIN");
    await other.query(`UPDATE "Device" SET "name" = 'Renamed' WHERE "id" = $1`, [device?.id]);
    await pool.query(`INSERT INTO "Enrollment" ("id","deviceId","channel","channelKey","liveKey","state","topic","userShortName") VALUES ($1,$2,'user','w','w','enrolled','t','grace')`, [randomUUID(), device?.id]);
    await other.query("COMMIT");
  } finally {
    other.release();
  }
  await pool.query(`UPDATE "Device" SET "name" = NULL WHERE "id" = $1`, [device?.id]);
  expect(await idsOf({ query: "grace" })).toEqual(new Set([device?.id]));
});

test("a cursor of another order is refused", async () => {
  const { nextCursor } = await page({}, { sort: "name", limit: 3 });
  await expect(page({}, { sort: "-name", cursor: nextCursor ?? "" })).rejects.toMatchObject({ code: "invalid-input" });
  await expect(page({}, { sort: "-lastSeen", cursor: nextCursor ?? "" })).rejects.toMatchObject({ code: "invalid-input" });
});

test.each(["18", "18.1.2.3.4.5", "latest", "18.1; --"])("the version %s is taken or refused, never an error of the database", async (osAtLeast) => {
  const parsed = deviceFilter.safeParse({ osAtLeast });
  if (parsed.success) await countDevices(parsed.data);
  await database().pool.query(`SELECT "osVersionKey"($1)`, [osAtLeast]);
});
