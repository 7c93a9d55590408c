import { expect, test } from "vitest";
import { eventually, withStage } from "../support/stage";

const stage = withStage();

test("RemoveProfile releases a device, which confirms it", async () => {
  const { device, id } = await stage.enrolledDevice();
  const marked = await stage.api.call("terminateDevice", { params: { id }, body: { method: "remove-profile" } });
  expect(marked.state).toBe("unenrolling");
  await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  await device.runSession();
  expect(device.managed).toBe(false);
  const released = await stage.device(id);
  expect(released).toMatchObject({ state: "ended", endedCause: "profile-removed" });
  expect(released.enrollments[0]?.endedAt).not.toBeNull();
});

test("401 releases a device at its next contact, and again if the answer was lost", async () => {
  const { device, id } = await stage.enrolledDevice();
  const idle = device.signReport("Idle");
  await stage.api.call("terminateDevice", { params: { id }, body: { method: "unauthorized" } });
  expect((await device.deliver(idle)).status).toBe(401);
  expect(device.managed).toBe(false);
  expect(await stage.device(id)).toMatchObject({ state: "ended", endedCause: "terminated" });
  expect((await device.deliver(idle)).status).toBe(401);
});

test("403 unrecognized releases a device, in the kind of body it asks for", async () => {
  const { device, id } = await stage.enrolledDevice();
  const idle = device.signReport("Idle");
  await stage.api.call("terminateDevice", { params: { id }, body: { method: "unrecognized" } });
  const json = await device.deliver({ ...idle, headers: { ...idle.headers, accept: "application/json" } });
  expect([json.status, json.headers["content-type"]]).toEqual([403, "application/json"]);
  expect(JSON.parse(json.body.toString())).toMatchObject({ code: "com.apple.unrecognized.device" });
  const xml = await device.deliver(idle);
  expect([xml.status, xml.headers["content-type"]]).toEqual([403, "application/xml; charset=UTF-8"]);
  expect(xml.body.toString()).toContain("com.apple.unrecognized.device");
  expect(await stage.device(id)).toMatchObject({ state: "ended", endedCause: "unrecognized" });
});

test("a device that leaves by itself checks out; its queue ends, its secrets stay", async () => {
  const { device, id } = await stage.enrolledDevice();
  const waiting = await stage.send(id, { requestType: "RestartDevice" });
  await device.removeEnrollmentProfile();
  const left = await stage.device(id);
  expect(left).toMatchObject({ state: "ended", endedCause: "checked-out", openCommands: 0 });
  expect(left.secrets.map((secret) => secret.kind)).toContain("unlock-token");
  expect((await stage.command(waiting)).state).toBe("cancelled");
  const events = await stage.api.call("listDeviceEvents", { params: { id } });
  expect(events.items.map((event) => event.kind)).toEqual(expect.arrayContaining(["device.checked-out", "enrollment.ended"]));
});

test("nothing can be sent to a device whose management has ended, nor can it be ended twice", async () => {
  const { device, id } = await stage.enrolledDevice();
  await device.removeEnrollmentProfile();
  await expect(stage.send(id, { requestType: "ProfileList" })).rejects.toMatchObject({ status: 409 });
  await expect(stage.api.call("terminateDevice", { params: { id }, body: { method: "unauthorized" } })).rejects.toMatchObject({ status: 409 });
});

test("a terminated device can enroll again with a new link", async () => {
  const { device, id } = await stage.enrolledDevice();
  await stage.api.call("terminateDevice", { params: { id }, body: { method: "unauthorized" } });
  await device.runSession().catch(() => undefined);
  await device.enroll((await stage.link()).profileUrl);
  const back = await eventually(() => stage.device(id), (detail) => detail.state === "enrolled");
  expect(back.enrollments).toHaveLength(2);
});
