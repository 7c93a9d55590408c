import { randomBytes, randomUUID } from "node:crypto";
import { sealRequest, sealResponse } from "@/lib/commands/queue-command";
import { TEST_TOPIC } from "@/lib/contracts/words";
import type { Executor } from "@/lib/db/database";
import { seal } from "@/lib/db/sealed";
import { commandPlist } from "@/lib/protocol/commands/command-plist";
import { commandsOf, GROUPS, inventoryOf, LINKS, type SeededDevice } from "./seed-device";
import type { Random } from "./seed-people";

/** Rows of one table by one statement: a column is its type and its values. */
async function insert(tx: Executor, table: string, columns: Record<string, readonly [type: string, values: readonly unknown[]]>): Promise<void> {
  const names = Object.keys(columns);
  const types = Object.values(columns).map(([type], index) => `$${index + 1}::${type}[]`);
  await tx.query(
    `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(",")}) SELECT * FROM unnest(${types.join(",")})`,
    Object.values(columns).map(([, values]) => values),
  );
}

/** Devices that are no simulations; a fleet that was made up must not mix with them. */
export async function countRealDevices(executor: Executor): Promise<number> {
  const { rows } = await executor.query<{ total: number }>(`SELECT count(*)::int AS "total" FROM "Device" WHERE NOT "simulated"`);
  return rows[0]?.total ?? 0;
}

export interface Surroundings {
  authority: { id: string; certificate: Buffer };
  linkIds: string[];
  groupIds: string[];
}

/** What the devices belong to. A second seeding uses the groups of the first. */
export async function makeSurroundings(tx: Executor): Promise<Surroundings> {
  const { rows } = await tx.query<{ id: string; certificate: Buffer }>(`SELECT "id","certificate" FROM "ServerCertificate" WHERE "role" = 'device-ca' AND "retiredAt" IS NULL LIMIT 1`);
  const [authority] = rows;
  if (authority === undefined) throw new Error("the server has made no certificate authority yet");
  const links = LINKS.map((name) => ({ id: randomUUID(), name, token: randomBytes(24).toString("base64url") }));
  await insert(tx, "EnrollmentLink", {
    id: ["uuid", links.map((link) => link.id)], name: ["text", links.map((link) => link.name)], tokenHash: ["text", links.map(() => randomBytes(32).toString("hex"))],
    tokenSealed: ["bytea", links.map(({ id, token }) => seal(Buffer.from(token), { table: "EnrollmentLink", row: id, column: "tokenSealed" }))],
    identityKind: ["text", links.map(() => "scep")], simulated: ["boolean", links.map(() => true)], createdBy: ["text", links.map(() => "system")],
    revokedAt: ["timestamptz", links.map(() => new Date())],
  });
  await tx.query(`INSERT INTO "DeviceGroup" ("id","name","createdBy") SELECT gen_random_uuid(), n, 'system' FROM unnest($1::text[]) n ON CONFLICT ("name") DO NOTHING`, [GROUPS.map(([name]) => name)]);
  const groups = await tx.query<{ id: string; name: string }>(`SELECT "id","name" FROM "DeviceGroup" WHERE "name" = ANY($1)`, [GROUPS.map(([name]) => name)]);
  const groupIds = GROUPS.map(([name]) => groups.rows.find((group) => group.name === name)?.id ?? "");
  return { authority, linkIds: links.map((link) => link.id), groupIds };
}

/** Devices with their lives, identities, people and groups, by a few statements. */
export async function insertDevices(tx: Executor, devices: readonly SeededDevice[], around: Surroundings): Promise<void> {
  const of = <T>(value: (device: SeededDevice) => T): T[] => devices.map(value);
  await insert(tx, "Device", {
    id: ["uuid", of((device) => device.id)], udid: ["text", of((device) => device.udid)], serialNumber: ["text", of((device) => device.serialNumber)], name: ["text", of((device) => device.name)],
    platform: ["text", of((device) => device.platform)], model: ["text", of((device) => device.model.model)], modelName: ["text", of((device) => device.model.modelName)],
    productName: ["text", of((device) => device.model.productName)], osVersion: ["text", of((device) => device.osVersion)], buildVersion: ["text", of((device) => device.model.buildVersion)],
    supervised: ["boolean", of((device) => device.supervised)], simulated: ["boolean", of(() => true)], createdAt: ["timestamptz", of((device) => device.addedAt)],
  });
  const fingerprints = of(() => randomBytes(32).toString("hex"));
  await insertLives(tx, devices, fingerprints, around);
  await insert(tx, "Identity", {
    fingerprint: ["text", fingerprints], serialNumber: ["text", of(() => randomBytes(16).toString("hex"))], subject: ["text", of((device) => `CN=${device.udid}`)],
    // Nobody holds the key of a made-up device; its certificate is the authority's own.
    certificate: ["bytea", of(() => around.authority.certificate)], publicKeyHash: ["text", of(() => randomBytes(32).toString("hex"))], authorityId: ["uuid", of(() => around.authority.id)],
    topic: ["text", of(() => TEST_TOPIC)], enrollmentId: ["uuid", of((device) => device.enrollmentId)], notBefore: ["timestamptz", of((device) => device.addedAt)],
    notAfter: ["timestamptz", of((device) => device.identityEndsAt)], createdAt: ["timestamptz", of((device) => device.addedAt)],
  });
  await tx.query(`UPDATE "Device" d SET "enrollmentId" = w."life" FROM unnest($1::uuid[],$2::uuid[]) AS w("device","life") WHERE d."id" = w."device"`, [of((device) => device.id), of((device) => device.enrollmentId)]);
  const members = devices.flatMap((device) => device.groups.map((number) => ({ groupId: around.groupIds[number], deviceId: device.id })));
  await insert(tx, "GroupMember", { groupId: ["uuid", members.map((member) => member.groupId)], deviceId: ["uuid", members.map((member) => member.deviceId)] });
}

async function insertLives(tx: Executor, devices: readonly SeededDevice[], fingerprints: readonly string[], around: Surroundings): Promise<void> {
  const earlier = devices.filter((device) => device.hadEarlierLife).map((device) => ({ ...device, enrollmentId: randomUUID(), state: "ended" as const, life: 1, user: null }));
  const people = devices.filter((device) => device.user !== null && device.state !== "ended").map((device) => ({ ...device, parentId: device.enrollmentId, enrollmentId: randomUUID(), life: 1 }));
  const newest = devices.map((device) => ({ ...device, life: device.hadEarlierLife ? 2 : 1 }));
  await insertChannel(tx, earlier, "device", null, around);
  await insertChannel(tx, newest, "device", fingerprints, around);
  await insertChannel(tx, people, "user", null, around);
}

type Life = SeededDevice & { life: number; parentId?: string };

async function insertChannel(tx: Executor, lives: readonly Life[], channel: "device" | "user", fingerprints: readonly string[] | null, around: Surroundings): Promise<void> {
  const of = <T>(value: (life: Life) => T): T[] => lives.map(value);
  const key = (life: Life): string => (channel === "user" ? `${life.udid}:${life.user?.shortName ?? ""}` : life.udid);
  const ended = (life: Life): boolean => life.state === "ended";
  const sealed = (column: string) => of((life) => (life.state === "authenticating" ? null : seal(randomBytes(32), { table: "Enrollment", row: life.enrollmentId, column })));
  await insert(tx, "Enrollment", {
    id: ["uuid", of((life) => life.enrollmentId)], deviceId: ["uuid", of((life) => life.id)], channel: ["text", of(() => channel)], parentId: ["uuid", of((life) => life.parentId ?? null)],
    channelKey: ["text", of(key)], liveKey: ["text", of((life) => (ended(life) ? null : key(life)))], life: ["int", of((life) => life.life)], state: ["text", of((life) => life.state)],
    endedCause: ["text", of((life) => (ended(life) ? (channel === "device" && fingerprints === null ? "replaced" : "checked-out") : null))],
    endedAt: ["timestamptz", of((life) => (ended(life) ? life.lastSeenAt : null))], authenticatedAt: ["timestamptz", of((life) => life.addedAt)],
    enrolledAt: ["timestamptz", of((life) => (life.state === "authenticating" ? null : life.addedAt))], lastSeenAt: ["timestamptz", of((life) => life.lastSeenAt)],
    firstConnectAt: ["timestamptz", of((life) => (life.state === "authenticating" ? null : life.addedAt))], awaitingConfiguration: ["boolean", of((life) => channel === "device" && life.awaitingConfiguration)],
    topic: ["text", of(() => TEST_TOPIC)], identityFingerprint: ["text", lives.map((_, index) => fingerprints?.[index] ?? null)], linkId: ["uuid", of((life) => around.linkIds[life.linkNumber])],
    userId: ["text", of((life) => (channel === "user" ? life.udid : null))], userShortName: ["text", of((life) => (channel === "user" ? (life.user?.shortName ?? null) : null))],
    userLongName: ["text", of((life) => (channel === "user" ? (life.user?.longName ?? null) : null))], tokenSealed: ["bytea", sealed("tokenSealed")], magicSealed: ["bytea", sealed("magicSealed")],
    tokenUpdatedAt: ["timestamptz", of((life) => (life.state === "authenticating" ? null : life.addedAt))], tokenDeadAt: ["timestamptz", of((life) => (life.push === "dead" ? life.lastSeenAt : null))],
    pushesUnanswered: ["int", of((life) => (life.push === "unanswered" ? 2 : 0))], lastPushAt: ["timestamptz", of((life) => life.lastSeenAt)],
    lastPushStatus: ["int", of((life) => (life.push === "failing" ? 400 : life.push === "dead" ? 410 : 200))], lastPushReason: ["text", of((life) => (life.push === "failing" ? "BadDeviceToken" : life.push === "dead" ? "Unregistered" : null))],
  });
}

/** What the devices said, were told and did. */
export async function insertHistory(tx: Executor, devices: readonly SeededDevice[], random: Random, now: number): Promise<void> {
  const facts = devices.flatMap((device) => inventoryOf(device, random).map((fact) => ({ ...fact, device })));
  await insert(tx, "InventoryFact", {
    deviceId: ["uuid", facts.map(({ device }) => device.id)], kind: ["text", facts.map(({ kind }) => kind)], value: ["jsonb", facts.map(({ value }) => JSON.stringify(value))],
    learnedAt: ["timestamptz", facts.map(({ device }) => device.lastSeenAt)],
  });
  const commands = devices.flatMap((device) => commandsOf(device, random, now).map((command) => ({ ...command, id: randomUUID(), device })));
  await insert(tx, "Command", {
    id: ["uuid", commands.map(({ id }) => id)], enrollmentId: ["uuid", commands.map(({ device }) => device.enrollmentId)], requestType: ["text", commands.map(({ requestType }) => requestType)],
    requestSealed: ["bytea", commands.map(({ id, requestType }) => sealRequest(id, commandPlist(id, { RequestType: requestType })))], state: ["text", commands.map(({ state }) => state)],
    queueRank: ["int", commands.map(({ endedAt }) => (endedAt === null ? 2 : null))], queuedAt: ["timestamptz", commands.map(({ queuedAt }) => queuedAt)],
    deliveredAt: ["timestamptz", commands.map(({ state, queuedAt }) => (state === "queued" || state === "cancelled" ? null : queuedAt))], endedAt: ["timestamptz", commands.map(({ endedAt }) => endedAt)],
    responseSealed: ["bytea", commands.map(({ id, state }) => (state === "acknowledged" ? sealResponse(id, Buffer.from(ANSWER)) : null))], createdBy: ["text", commands.map(() => "system")],
  });
  const events = commands.flatMap(({ id, device, queuedAt, endedAt, state, requestType }) => [
    { kind: "command.queued", at: queuedAt, id, device, requestType }, ...(endedAt === null ? [] : [{ kind: `command.${state}`, at: endedAt, id, device, requestType }]),
  ]);
  await insert(tx, "Event", {
    at: ["timestamptz", events.map(({ at }) => at)], kind: ["text", events.map(({ kind }) => kind)], actor: ["text", events.map(({ kind }) => (kind === "command.queued" ? "system" : "device"))],
    deviceId: ["uuid", events.map(({ device }) => device.id)], enrollmentId: ["uuid", events.map(({ device }) => device.enrollmentId)], commandId: ["uuid", events.map(({ id }) => id)],
    data: ["jsonb", events.map(({ requestType }) => JSON.stringify({ requestType }))],
  });
}

const ANSWER = `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>Status</key><string>Acknowledged</string></dict></plist>`;

/** A week of hours, busy by day and quiet by night. */
export async function insertHours(tx: Executor, devices: number): Promise<void> {
  await tx.query(
    `INSERT INTO "HourlyCount" ("hour","kind","count")
     SELECT h, k.kind, round($1 * k.share * (0.35 + 0.65 * sin(pi() * extract(hour FROM h AT TIME ZONE 'UTC') / 24)) * (0.9 + 0.2 * random()))
     FROM generate_series(date_trunc('hour', now()) - interval '167 hours', date_trunc('hour', now()), interval '1 hour') h,
       (VALUES ('check-in', 0.5), ('push-accepted', 0.12), ('push-failed', 0.002)) k(kind, share)
     ON CONFLICT ("hour","kind") DO UPDATE SET "count" = "HourlyCount"."count" + EXCLUDED."count"`,
    [devices],
  );
}
