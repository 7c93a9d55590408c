import { beforeEach, expect, test } from "vitest";
import { wakeHeld } from "@/lib/checkin/held-terminations";
import type { TerminationMethod } from "@/lib/contracts/words";
import { letTimePass, rows, setSetting, withBackstage } from "../support/backstage";
import { ADMIN } from "../support/muster-server";
import { addPerson, PERSON_PASSWORD, PersonClient } from "../support/person";
import { SimulatedDevice } from "../support/simulated-device";
import { eventually } from "../support/stage";

const stage = withBackstage();
const SECOND = "second@example.com";

beforeEach(() => setSetting("terminations-per-hour", 1_000));

const end = (id: string, method: TerminationMethod) => stage.api.call("terminateDevice", { params: { id }, body: { method } });
const progress = async (id: string) => (await stage.device(id)).enrollments[0]?.termination?.progress;
const options = (id: string) => stage.api.call("getTerminationOptions", { params: { id } });

async function people(): Promise<{ first: PersonClient; second: PersonClient }> {
  if ((await rows(`SELECT 1 FROM "User" WHERE "email" = $1`, [SECOND])).length === 0) await addPerson(SECOND, "operator");
  const { url } = stage.muster;
  return { first: await PersonClient.signIn(url, ADMIN.email, ADMIN.password), second: await PersonClient.signIn(url, SECOND, PERSON_PASSWORD) };
}

/** From now on the hour has no room for another answer. */
async function exhaust(): Promise<void> {
  await setSetting("terminations-per-hour", (await rows<{ n: number }>(`SELECT count(*)::int AS n FROM "Enrollment" WHERE "endedCause" IN ('terminated','unrecognized','rejected') AND "terminationConfirmedAt" IS NULL`))[0]?.n ?? 0);
}

test("RemoveProfile comes alone: what waited is cancelled before, and the state tells how far it has come", async () => {
  const { device, id } = await stage.enrolledDevice();
  const waiting = await stage.send(id, { requestType: "RestartDevice" });
  await end(id, "remove-profile");
  expect([await progress(id), (await stage.command(waiting)).state]).toEqual(["asked", "cancelled"]);
  device.deviate("RemoveProfile", { kind: "silence" });
  const received = await device.runSession();
  expect(received.map((command) => command.requestType)).toEqual(["RemoveProfile"]);
  expect(await progress(id)).toBe("delivered");
  await rows(`UPDATE "Command" SET "deliveredAt" = now() - interval '3 hours' WHERE "requestType" = 'RemoveProfile'`);
  await letTimePass(id, 180);
  expect(await progress(id)).toBe("silent");
  device.obey();
  await device.runSession();
  expect([await progress(id), (await stage.device(id)).endedCause]).toEqual(["profile-removed", "profile-removed"]);
});

test("a device that cannot remove the profile says so, and another way out is open", async () => {
  const { device, id } = await stage.enrolledDevice();
  await end(id, "remove-profile");
  device.deviate("RemoveProfile", { kind: "error", errors: [] });
  await device.runSession();
  expect(await progress(id)).toBe("refused");
  await end(id, "unauthorized");
  await device.runSession().catch(() => undefined);
  expect([device.managed, await progress(id)]).toEqual([false, "answered"]);
});

test("a CheckOut is known as such, before our answer and after it", async () => {
  const { device, id } = await stage.enrolledDevice();
  await end(id, "unauthorized");
  const goodbye = device.sign("checkin", { MessageType: "CheckOut", Topic: device.management.mdm.topic, UDID: device.udid });
  const idle = device.signReport("Idle");
  expect((await device.deliver(idle)).status).toBe(401);
  expect(await progress(id)).toBe("answered");
  expect((await device.deliver(goodbye)).status).toBe(200);
  expect([await progress(id), (await stage.device(id)).endedCause]).toEqual(["checked-out", "terminated"]);
  const other = await stage.enrolledDevice();
  await end(other.id, "unauthorized");
  await other.device.checkOut();
  expect([await progress(other.id), (await stage.device(other.id)).endedCause]).toEqual(["checked-out", "checked-out"]);
});

test("a system that does not know 403 unrecognized hears 401, and the API says so beforehand", async () => {
  const { device, id } = await stage.enrolledDevice();
  expect((await options(id)).methods).toContainEqual({ method: "unrecognized", fits: true });
  await rows(`UPDATE "Device" SET "osVersion" = '16.7' WHERE "id" = $1`, [id]);
  expect((await options(id)).methods).toContainEqual({ method: "unrecognized", fits: false });
  await end(id, "unrecognized");
  expect((await device.deliver(device.signReport("Idle"))).status).toBe(401);
  expect(await stage.device(id)).toMatchObject({ state: "ended", endedCause: "terminated" });
});

test("over the hourly limit a device is heard as before and gets neither 401 nor commands, until there is room again", async () => {
  const { device, id } = await stage.enrolledDevice();
  const waiting = await stage.send(id, { requestType: "RestartDevice" });
  await exhaust();
  await end(id, "unauthorized");
  expect(await device.runSession()).toEqual([]);
  device.state.push = { ...device.state.push, token: Buffer.alloc(32, 9) };
  await device.tokenUpdate();
  expect([device.managed, await progress(id), (await stage.command(waiting)).state]).toEqual([true, "held", "queued"]);
  expect((await stage.api.call("overview")).terminationsHeld).toBe(1);
  expect((await options(id)).limit.used).toBe((await options(id)).limit.perHour);
  await setSetting("terminations-per-hour", 1_000);
  await rows(`UPDATE "Enrollment" SET "lastPushAt" = now() - interval '1 hour' WHERE "deviceId" = $1`, [id]);
  expect(await wakeHeld()).toBe(1);
  await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  expect((await device.deliver(device.signReport("Idle"))).status).toBe(401);
  expect((await stage.command(waiting)).state).toBe("cancelled");
});

test("a second person lets a held answer out at once; who asked cannot, nor can a script", async () => {
  const { first, second } = await people();
  const { device, id } = await stage.enrolledDevice();
  await exhaust();
  expect(await second.statusOf("confirmTermination", id)).toBe(409);
  expect(await first.statusOf("terminateDevice", id, { method: "unauthorized" })).toBe(202);
  await device.runSession();
  expect(await progress(id)).toBe("held");
  expect(await first.statusOf("confirmTermination", id)).toBe(409);
  await expect(stage.api.call("confirmTermination", { params: { id } })).rejects.toMatchObject({ status: 403 });
  expect(device.managed).toBe(true);
  const limit = await options(id);
  expect(await second.statusOf("confirmTermination", id)).toBe(202);
  expect((await device.deliver(device.signReport("Idle"))).status).toBe(401);
  expect((await stage.device(id)).enrollments[0]?.termination).toMatchObject({ confirmedBy: `user:${SECOND}`, requestedBy: `user:${ADMIN.email}` });
  expect((await options(id)).limit).toEqual(limit.limit);
});

test("whoever asks by a token of his own cannot confirm in person", async () => {
  const { first } = await people();
  const { device, id } = await stage.enrolledDevice();
  await exhaust();
  const { token } = await stage.api.call("createApiToken", { body: { name: "script", role: "owner" } });
  await rows(`UPDATE "ApiToken" SET "createdById" = (SELECT "id" FROM "User" WHERE "email" = $1) WHERE "name" = 'script'`, [ADMIN.email]);
  await stage.api.withToken(token).call("terminateDevice", { params: { id }, body: { method: "unauthorized" } });
  await device.runSession();
  expect(await first.statusOf("confirmTermination", id)).toBe(409);
});

test("a script of nobody is no person: who confirms first stands behind it, and a second person lets it out", async () => {
  const { first, second } = await people();
  const { device, id } = await stage.enrolledDevice();
  const termination = async () => (await stage.device(id)).enrollments[0]?.termination;
  await exhaust();
  await end(id, "unauthorized");
  await device.runSession();
  expect(await termination()).toMatchObject({ progress: "held", byPerson: false, requestedBy: "token:this machine" });
  expect(await first.statusOf("confirmTermination", id)).toBe(202);
  expect((await device.deliver(device.signReport("Idle"))).status).toBe(200);
  expect(await termination()).toMatchObject({ progress: "held", byPerson: true, requestedBy: `user:${ADMIN.email}`, confirmedBy: null });
  expect(await first.statusOf("confirmTermination", id)).toBe(409);
  expect(await second.statusOf("confirmTermination", id)).toBe(202);
  expect((await device.deliver(device.signReport("Idle"))).status).toBe(401);
  const kinds = (await stage.api.call("listAuditEvents", { query: { limit: 20 } })).items.filter((event) => event.deviceId === id).map((event) => event.kind);
  expect(kinds).toEqual(["termination.confirmed", "termination.taken-on", "termination.requested"]);
});

const withdraw = (id: string) => stage.api.call("withdrawTermination", { params: { id } });

test("a termination is withdrawn as long as the device has not heard of it, and management goes on", async () => {
  const { device, id } = await stage.enrolledDevice();
  await expect(withdraw(id)).rejects.toMatchObject({ status: 409 });
  await end(id, "remove-profile");
  expect(await withdraw(id)).toEqual({ id, state: "enrolled", mayStillRun: false });
  expect((await stage.device(id)).enrollments[0]?.termination).toBeNull();
  const removal = (await stage.api.call("listDeviceCommands", { params: { id } })).items.find((command) => command.requestType === "RemoveProfile");
  expect(removal?.state).toBe("cancelled");
  await expect(stage.api.call("retryCommand", { params: { id: removal?.id ?? "" } })).rejects.toMatchObject({ status: 422 });
  const waiting = await stage.send(id, { requestType: "RestartDevice" });
  await end(id, "unauthorized");
  expect(await withdraw(id)).toMatchObject({ state: "enrolled", mayStillRun: false });
  expect((await device.runSession()).map((command) => command.requestType)).toEqual(["RestartDevice"]);
  expect([device.managed, (await stage.command(waiting)).state]).toEqual([true, "acknowledged"]);
  const events = (await stage.api.call("listAuditEvents", { query: { limit: 20 } })).items.filter((event) => event.deviceId === id && event.kind === "termination.withdrawn");
  expect(events.map((event) => event.data)).toMatchObject([{ method: "unauthorized", mayStillRun: false }, { method: "remove-profile", mayStillRun: false }]);
});

test("a RemoveProfile that the device has been given may run although it was withdrawn, and its answer is believed", async () => {
  const { device, id } = await stage.enrolledDevice();
  await end(id, "remove-profile");
  device.deviate("RemoveProfile", { kind: "silence" });
  const [given] = await device.runSession();
  expect(await withdraw(id)).toMatchObject({ state: "enrolled", mayStillRun: true });
  device.obey();
  expect(await device.runSession()).toEqual([]);
  await device.connect("Acknowledged", given);
  expect(await stage.device(id)).toMatchObject({ state: "ended", endedCause: "profile-removed" });
});

test("what waited for a decision waits for it again; who was refused is accepted rather than that the refusal is withdrawn", async () => {
  const device = await SimulatedDevice.enroll((await stage.link({ admission: "approve" })).profileUrl);
  const id = await stage.deviceId(device);
  await end(id, "unrecognized");
  expect(await withdraw(id)).toMatchObject({ state: "quarantined" });
  expect(await device.runSession()).toEqual([]);
  const [admission] = (await stage.api.call("listAdmissions", { query: { state: "waiting", limit: 200 } })).items.filter((each) => each.serialNumber === device.serialNumber);
  await stage.api.call("decideAdmission", { params: { id: admission?.id ?? "" }, body: { decision: "refuse" } });
  await expect(withdraw(id)).rejects.toMatchObject({ status: 409 });
  expect((await device.deliver(device.signReport("Idle"))).status).toBe(401);
  await expect(withdraw(id)).rejects.toMatchObject({ status: 409 });
});

test("many terminations at once never get past the limit", async () => {
  const devices = await Promise.all(Array.from({ length: 4 }, () => stage.enrolledDevice()));
  await exhaust();
  const before = Number((await rows<{ value: number }>(`SELECT "value" FROM "Setting" WHERE "key" = 'terminations-per-hour'`))[0]?.value);
  await setSetting("terminations-per-hour", before + 2);
  for (const { id } of devices) await end(id, "unauthorized");
  const answers = await Promise.all(devices.map(({ device }) => device.deliver(device.signReport("Idle"))));
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 200, 401, 401]);
});

test("a record is forgotten with a reason, its secrets stay sealed for a year, and the device that still has its profile is a stranger", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "iPhone" });
  await expect(stage.api.call("forgetDevice", { params: { id }, body: { reason: " " } })).rejects.toMatchObject({ status: 422 });
  await stage.api.call("forgetDevice", { params: { id }, body: { reason: "Sold" } });
  await expect(stage.device(id)).rejects.toMatchObject({ status: 404 });
  const kept = await rows<{ days: number }>(`SELECT round(extract(epoch FROM "keepUntil" - now()) / 86400)::int AS "days" FROM "EscrowedSecret" WHERE "serialNumber" = $1`, [device.serialNumber]);
  expect(kept.map((secret) => secret.days)).toEqual(expect.arrayContaining([365]));
  expect((await device.deliver(device.signReport("Idle"))).status).toBe(400);
  expect((await device.deliver(device.sign("checkin", { MessageType: "Authenticate", Topic: device.management.mdm.topic, UDID: device.udid }))).status).toBe(400);
  const audit = await stage.api.call("listAuditEvents", { query: { limit: 50 } });
  expect(audit.items.find((event) => event.kind === "device.forgotten")?.data).toMatchObject({ reason: "Sold", serialNumber: device.serialNumber });
  await device.enroll((await stage.link()).profileUrl);
  expect(await stage.deviceId(device)).not.toBe(id);
});

test("a record is not forgotten while its management is being ended, but it is once only silence is known", async () => {
  const { device, id } = await stage.enrolledDevice();
  await end(id, "remove-profile");
  await expect(stage.api.call("forgetDevice", { params: { id }, body: { reason: "Gone" } })).rejects.toMatchObject({ status: 409 });
  device.deviate("RemoveProfile", { kind: "silence" });
  await device.runSession();
  await rows(`UPDATE "Command" SET "deliveredAt" = now() - interval '3 hours' WHERE "requestType" = 'RemoveProfile' AND "state" = 'delivered'`);
  await letTimePass(id, 180);
  await stage.api.call("forgetDevice", { params: { id }, body: { reason: "Gone" } });
  const { items } = await eventually(() => stage.api.call("listDevices", { query: { query: device.serialNumber } }), (page) => page.items.length === 0);
  expect(items).toEqual([]);
});

test("an operator ends management but forgets and adopts nothing", async () => {
  const { id } = await stage.enrolledDevice();
  const { second } = await people();
  expect(await second.statusOf("forgetDevice", id, { reason: "x" })).toBe(403);
  expect(await second.statusOf("adoptContact", id, { fingerprint: "00" })).toBe(403);
});
