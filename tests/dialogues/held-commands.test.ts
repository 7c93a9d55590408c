import { expect, test } from "vitest";
import { eventually, withStage } from "../support/stage";

const stage = withStage();

test("a command that is held back reaches no device before its time, and then goes out by itself", async () => {
  const { device, id } = await stage.enrolledDevice({ supervised: true });
  const commandId = await stage.send(id, { requestType: "RestartDevice", holdSeconds: 2 });
  const held = await stage.command(commandId);
  expect(held.state).toBe("scheduled");
  const seconds = (Date.parse(held.notBefore ?? "") - Date.parse(held.queuedAt)) / 1000;
  expect(seconds).toBeGreaterThan(1);
  expect(seconds).toBeLessThanOrEqual(2.5);
  expect(await device.connect("Idle")).toBeNull();
  await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  expect((await eventually(() => device.connect("Idle"), (command) => command !== null))?.uuid).toBe(commandId);
});

test("what is cancelled while it is held will not run, for one device and for many", async () => {
  const [one, two] = [await stage.enrolledDevice({ supervised: true }), await stage.enrolledDevice({ supervised: true })];
  const commandId = await stage.send(one.id, { requestType: "RestartDevice", holdSeconds: 60 });
  expect(await stage.api.call("cancelCommand", { params: { id: commandId } })).toMatchObject({ state: "cancelled", mayStillRun: false });
  const batch = await stage.api.call("sendBatch", { body: { requestType: "RestartDevice", target: { deviceIds: [one.id, two.id] }, holdSeconds: 60 } });
  expect(await stage.api.call("cancelBatch", { params: { id: batch.id } })).toEqual({ cancelled: 2, mayStillRun: 0 });
  for (const { device } of [one, two]) expect(await device.connect("Idle")).toBeNull();
});

test("a later time that was asked for is not brought forward by holding back, and an expiry within the hold is refused", async () => {
  const { id } = await stage.enrolledDevice({ supervised: true });
  const later = new Date(Date.now() + 3_600_000).toISOString();
  expect((await stage.command(await stage.send(id, { requestType: "RestartDevice", notBefore: later, holdSeconds: 10 }))).notBefore).toBe(later);
  const soon = new Date(Date.now() + 5_000).toISOString();
  await expect(stage.send(id, { requestType: "RestartDevice", expiresAt: soon, holdSeconds: 30 })).rejects.toMatchObject({ status: 422 });
  await expect(stage.send(id, { requestType: "RestartDevice", holdSeconds: 61 })).rejects.toMatchObject({ status: 422 });
});
