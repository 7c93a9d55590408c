import { expect, test } from "vitest";
import type { SendBatchBody } from "@/lib/contracts/batches";
import { DEVICE_ERRORS } from "../support/device-error";
import { withStage } from "../support/stage";

const stage = withStage();

const sendBatch = (body: SendBatchBody) => stage.api.call("sendBatch", { body });
const batch = (id: string) => stage.api.call("getBatch", { params: { id } });
const fleet = (howMany: number) => Promise.all(Array.from({ length: howMany }, () => stage.enrolledDevice()));

test("a command to many devices wakes each, and its progress is told by state", async () => {
  const [good, bad, slow] = await fleet(3);
  if (good === undefined || bad === undefined || slow === undefined) throw new Error("no devices");
  const deviceIds = [good.id, bad.id, slow.id];
  const made = await sendBatch({ requestType: "RestartDevice", target: { deviceIds } });
  expect(made).toMatchObject({ requestType: "RestartDevice", target: { deviceIds }, total: 3, skipped: [], byState: { queued: 3 }, createdBy: "token:this machine" });
  for (const { device } of [good, bad, slow]) await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  bad.device.deviate("RestartDevice", { kind: "error", errors: [DEVICE_ERRORS.unknownRequestType] });
  await good.device.runSession();
  await bad.device.runSession();
  await slow.device.connect("Idle");
  expect((await batch(made.id)).byState).toEqual({ acknowledged: 1, failed: 1, delivered: 1 });
  const failed = await stage.api.call("listBatchCommands", { params: { id: made.id }, query: { state: "failed" } });
  expect(failed).toMatchObject({ total: 1, items: [{ deviceId: bad.id, state: "failed" }] });
  const ofFleet = await stage.api.call("listCommands", { query: { state: "failed" } });
  expect(ofFleet).toMatchObject({ total: 1, totalCapped: false, items: [{ deviceId: bad.id, requestType: "RestartDevice", deviceName: bad.device.state.name }] });
  const [newest, older] = [await stage.api.call("listCommands", { query: { limit: 1 } }), await stage.api.call("listCommands")];
  expect(newest.items).toEqual(older.items.slice(0, 1));
  expect((await stage.api.call("listCommands", { query: { limit: 1, cursor: newest.nextCursor ?? "" } })).items).toEqual(older.items.slice(1, 2));

  const again = await stage.api.call("retryBatch", { params: { id: made.id }, body: { which: "failed" } });
  expect(again).toMatchObject({ target: { batchId: made.id, which: "failed" }, total: 1, byState: { queued: 1 } });
  bad.device.obey();
  await bad.device.runSession();
  expect((await batch(again.id)).byState).toEqual({ acknowledged: 1 });
});

test("each device of a batch has a command of its own that no other can answer", async () => {
  const [one, other] = await fleet(2);
  if (one === undefined || other === undefined) throw new Error("no devices");
  const made = await sendBatch({ requestType: "ProfileList", target: { deviceIds: [one.id, other.id] } });
  const [first, second] = [await one.device.connect("Idle"), await other.device.connect("Idle")];
  expect(first?.uuid).not.toBe(second?.uuid);
  await one.device.deliver(one.device.signReport("Acknowledged", second?.uuid ?? ""));
  expect((await batch(made.id)).byState).toEqual({ delivered: 2 });
});

test("devices that cannot take a command are left out with the reason, and the others get it", async () => {
  const [{ id: phone }, { id: mac }, gone] = [await stage.enrolledDevice({ model: "iPhone" }), await stage.enrolledDevice({ model: "Mac" }), await stage.enrolledDevice()];
  await gone.device.removeEnrollmentProfile();
  const made = await sendBatch({ requestType: "UserList", target: { deviceIds: [phone, mac, gone.id] } });
  expect(made.total).toBe(1);
  expect(Object.fromEntries(made.skipped.map(({ deviceId, reason }) => [deviceId, reason]))).toEqual({ [phone]: expect.stringMatching(/\w\.$/), [gone.id]: "Its management has ended." });
});

test("a batch to a group goes to who is in it now, and to nobody who comes later", async () => {
  const [member, late] = await fleet(2);
  if (member === undefined || late === undefined) throw new Error("no devices");
  const group = await stage.api.call("createGroup", { body: { name: `Pilots ${member.id}` } });
  await stage.api.call("changeGroupMembers", { params: { id: group.id }, body: { add: [member.id] } });
  const made = await sendBatch({ requestType: "RestartDevice", target: { groupId: group.id } });
  await stage.api.call("changeGroupMembers", { params: { id: group.id }, body: { add: [late.id], remove: [member.id] } });
  expect((await member.device.runSession()).map((command) => command.requestType)).toEqual(["RestartDevice"]);
  expect(await late.device.runSession()).toEqual([]);
  expect((await batch(made.id)).byState).toEqual({ acknowledged: 1 });
});

test("a filter means what the device list shows for it", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "AppleTV" });
  const made = await sendBatch({ requestType: "RestartDevice", target: { filter: { query: device.serialNumber, state: "enrolled" } } });
  expect(made).toMatchObject({ total: 1, target: { filter: { query: device.serialNumber, state: "enrolled" } } });
  expect((await stage.api.call("listBatchCommands", { params: { id: made.id } })).items.map((item) => item.deviceId)).toEqual([id]);
});

test("every Mac of a batch of locks gets a PIN of its own, which is kept", async () => {
  const macs = await Promise.all([1, 2].map(() => stage.enrolledDevice({ model: "Mac" })));
  await sendBatch({ requestType: "DeviceLock", target: { deviceIds: macs.map(({ id }) => id) } });
  const pins = await Promise.all(macs.map(async ({ device }) => (await device.connect("Idle"))?.parameters["PIN"]));
  for (const pin of pins) expect(pin).toMatch(/^\d{6}$/);
  for (const { id } of macs) expect((await stage.device(id)).secrets.map((secret) => secret.kind)).toContain("lock-pin");
});

test("cancelling tells what will not run from what may still, and a late answer is taken", async () => {
  const [waiting, started] = await fleet(2);
  if (waiting === undefined || started === undefined) throw new Error("no devices");
  const made = await sendBatch({ requestType: "RestartDevice", target: { deviceIds: [waiting.id, started.id] } });
  const command = await started.device.connect("Idle");
  expect(await stage.api.call("cancelBatch", { params: { id: made.id } })).toEqual({ cancelled: 1, mayStillRun: 1 });
  expect(await waiting.device.connect("Idle")).toBeNull();
  await started.device.deliver(started.device.signReport("Acknowledged", command?.uuid ?? ""));
  expect((await batch(made.id)).byState).toEqual({ acknowledged: 1, cancelled: 1 });
});

test("retrying the silent does not queue twice what still waits: its device is pushed again", async () => {
  const { device, id } = await stage.enrolledDevice();
  const made = await sendBatch({ requestType: "RestartDevice", target: { deviceIds: [id] }, push: false });
  const again = await stage.api.call("retryBatch", { params: { id: made.id }, body: { which: "silent" } });
  expect(again).toMatchObject({ total: 0, skippedTotal: 1, skipped: [{ deviceId: id }] });
  await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  expect(await device.runSession()).toHaveLength(1);
});

test("a batch is one line of the audit log, however many devices it goes to", async () => {
  const devices = await fleet(2);
  const made = await sendBatch({ requestType: "RestartDevice", target: { deviceIds: devices.map(({ id }) => id) } });
  const { items } = await stage.api.call("listAuditEvents", { query: { limit: 200 } });
  expect(items.filter((event) => event.data["batchId"] === made.id || event.data["ofBatch"] === made.id)).toMatchObject([
    { kind: "batch.sent", data: { requestType: "RestartDevice", total: 2, skipped: 0 } },
  ]);
  for (const { id } of devices) {
    const timeline = await stage.api.call("listDeviceEvents", { params: { id } });
    expect(timeline.items.filter((event) => event.data["ofBatch"] === made.id).map((event) => event.kind)).toEqual(["command.queued"]);
  }
});

test("the same Idempotency-Key makes one batch", async () => {
  const { id } = await stage.enrolledDevice();
  const send = () => stage.api.call("sendBatch", { body: { requestType: "RestartDevice", target: { deviceIds: [id] } }, idempotencyKey: "all-restart" });
  expect((await send()).id).toBe((await send()).id);
});

test("batches are listed newest first, page by page", async () => {
  const { id } = await stage.enrolledDevice();
  const made: string[] = [];
  for (let n = 0; n < 3; n++) made.unshift((await sendBatch({ requestType: "RestartDevice", target: { deviceIds: [id] } })).id);
  const first = await stage.api.call("listBatches", { query: { limit: 2 } });
  expect(first.items.map((item) => item.id)).toEqual(made.slice(0, 2));
  const second = await stage.api.call("listBatches", { query: { limit: 2, ...(first.nextCursor === null ? {} : { cursor: first.nextCursor }) } });
  expect(second.items[0]?.id).toBe(made[2]);
  expect(first.total).toBeGreaterThanOrEqual(3);
});

test.each<[string, SendBatchBody, string]>([
  ["an unknown key", { requestType: "RestartDevice", parameters: { Nonsense: 1 }, target: { filter: {} } }, "/parameters/Nonsense"],
  ["a group that is not there", { requestType: "RestartDevice", target: { groupId: "00000000-0000-4000-8000-000000000000" } }, "/target/groupId"],
  ["an expiry in the past", { requestType: "RestartDevice", target: { filter: {} }, expiresAt: "2020-01-01T00:00:00Z" }, "/expiresAt"],
])("%s is 422 with a pointer to it, and nothing is queued", async (_, body, pointer) => {
  const before = (await stage.api.call("listBatches")).total;
  const refusal = await sendBatch(body).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ status: 422, problem: { errors: [{ pointer }] } });
  expect((await stage.api.call("listBatches")).total).toBe(before);
});
