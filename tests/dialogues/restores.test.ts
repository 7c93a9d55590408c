import { expect, test } from "vitest";
import type { RestorePolicy } from "@/lib/contracts/words";
import { letTimePass, rows, setSetting, withBackstage } from "../support/backstage";
import { SimulatedDevice } from "../support/simulated-device";

const stage = withBackstage();

const DAY = 24 * 60;
const FIRST = ["DeviceInformation", "SecurityInfo", "ProfileList", "CertificateList", "InstalledApplicationList"];

/** A managed device that came by a link with this policy; null leaves it to the setting. */
async function enrolled(restorePolicy: RestorePolicy | null, model: "iPhone" | "Mac" = "iPhone"): Promise<{ device: SimulatedDevice; id: string }> {
  const link = await stage.link(restorePolicy === null ? {} : { restorePolicy });
  const device = await SimulatedDevice.enroll(link.profileUrl, { model });
  await device.runSession();
  return { device, id: await stage.deviceId(device) };
}

const restoresOf = async (id: string) => (await stage.api.call("listRestores")).items.filter((item) => item.deviceId === id);
const decide = (id: string, decision: "accept" | "reject") => stage.api.call("decideRestoreOfDevice", { params: { id }, body: { decision } });
const kindsOf = async (id: string) => (await stage.api.call("listDeviceEvents", { params: { id }, query: { limit: 200 } })).items.map((event) => event.kind);
const asked = async (device: SimulatedDevice) => (await device.runSession()).map((command) => command.requestType).toSorted();

test("a device restored while its management goes on keeps its life and its queue, and is learned anew", async () => {
  const { device, id } = await enrolled(null);
  const backup = device.backUp();
  device.fallSilent();
  await letTimePass(id, 60);
  const waiting = await stage.send(id, { requestType: "ManagedApplicationList" });
  await device.restoreFromBackup(backup);
  const back = await stage.device(id);
  expect([back.state, back.enrollments.length]).toEqual(["enrolled", 1]);
  expect(await asked(device)).toEqual([...FIRST, "ManagedApplicationList"].toSorted());
  expect((await stage.command(waiting)).state).toBe("acknowledged");
  expect(await restoresOf(id)).toMatchObject([{ signs: ["new-address"], policy: "accept", policySource: "standard", state: "accepted", decidedBy: "policy" }]);
  await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  const [seen] = (await stage.api.call("listDeviceEvents", { params: { id } })).items.filter((event) => event.kind === "restore.answered");
  expect(seen?.data).toMatchObject({ seen: ["new-address"], answer: "accept", policyOf: "standard" });
});

test("an ordinary TokenUpdate is never taken for a restore", async () => {
  const { device, id } = await enrolled("reject");
  await letTimePass(id, DAY);
  device.state.push = { ...device.state.push, token: Buffer.alloc(32, 7) };
  await device.tokenUpdate();
  await letTimePass(id, DAY);
  await device.tokenUpdate();
  await device.renewToken();
  expect([device.managed, (await stage.device(id)).state]).toEqual([true, "enrolled"]);
  expect(await restoresOf(id)).toEqual([]);
});

test("a device whose management had ended waits in quarantine: heard, its token kept, without commands", async () => {
  const { device, id } = await enrolled(null);
  const backup = device.backUp();
  await device.removeEnrollmentProfile();
  await letTimePass(id, 3 * DAY);
  await device.restoreFromBackup(backup);
  const back = await stage.device(id);
  expect(back).toMatchObject({ state: "quarantined", openCommands: 0 });
  expect(back.enrollments.map((life) => [life.life, life.state, life.endedCause])).toEqual([[2, "quarantined", null], [1, "ended", "checked-out"]]);
  await expect(stage.send(id, { requestType: "ProfileList" })).rejects.toMatchObject({ status: 409 });
  expect(await device.runSession()).toEqual([]);
  expect((await stage.api.call("overview")).restoresWaiting).toBe(1);
  expect((await decide(id, "accept")).state).toBe("accepted");
  await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  expect(await asked(device)).toEqual(FIRST.toSorted());
  expect(await stage.device(id)).toMatchObject({ state: "enrolled" });
  expect(await kindsOf(id)).toEqual(expect.arrayContaining(["restore.answered", "restore.accepted"]));
});

test("a rejected device hears 401 at its next contact, and its life ends as rejected", async () => {
  const { device, id } = await enrolled(null);
  const backup = device.backUp();
  await device.removeEnrollmentProfile();
  await letTimePass(id, 3 * DAY);
  await device.restoreFromBackup(backup);
  await decide(id, "reject");
  const idle = device.signReport("Idle");
  expect((await device.deliver(idle)).status).toBe(401);
  expect(device.managed).toBe(false);
  expect((await device.deliver(idle)).status).toBe(401);
  expect(await stage.device(id)).toMatchObject({ state: "ended", endedCause: "rejected" });
  await expect(decide(id, "accept")).rejects.toMatchObject({ status: 409 });
});

test("policy reject answers the very TokenUpdate by 401", async () => {
  const { device, id } = await enrolled("reject");
  const backup = device.backUp();
  await letTimePass(id, 60);
  await expect(device.restoreFromBackup(backup)).rejects.toThrow("401");
  expect(device.managed).toBe(false);
  expect(await stage.device(id)).toMatchObject({ state: "ended", endedCause: "rejected" });
  expect(await restoresOf(id)).toMatchObject([{ state: "rejected", policy: "reject", policySource: "link" }]);
});

test("policy accept takes a device whose management had ended back at once, as another life with the secrets of the one before", async () => {
  const { device, id } = await enrolled("accept", "Mac");
  const token = Buffer.from("escrowed once");
  await device.setBootstrapToken(token);
  const backup = device.backUp();
  await device.removeEnrollmentProfile();
  await letTimePass(id, DAY);
  await device.restoreFromBackup(backup);
  expect((await stage.device(id)).enrollments.map((life) => life.state)).toEqual(["enrolled", "ended"]);
  expect(await device.getBootstrapToken()).toEqual(token);
  expect(await asked(device)).toEqual(FIRST.toSorted());
});

test("policy quarantine holds back a device whose management goes on, with all that waits for it", async () => {
  const { device, id } = await enrolled("quarantine");
  const backup = device.backUp();
  await letTimePass(id, 60);
  const waiting = await stage.send(id, { requestType: "RestartDevice" });
  await device.restoreFromBackup(backup);
  expect(await device.runSession()).toEqual([]);
  expect(await stage.device(id)).toMatchObject({ state: "quarantined", openCommands: 1 });
  const [restore] = await restoresOf(id);
  const answer = await stage.api.call("decideRestores", { body: { ids: [restore?.id ?? "", "00000000-0000-4000-8000-000000000000"], decision: "accept" } });
  expect([answer.decided, answer.skipped.length]).toEqual([1, 1]);
  await device.runSession();
  expect((await stage.command(waiting)).state).toBe("acknowledged");
});

test("the setting for everybody counts where the link does not say", async () => {
  await setSetting("restore-policy", "quarantine");
  try {
    const { device, id } = await enrolled(null);
    const backup = device.backUp();
    await letTimePass(id, 60);
    await device.restoreFromBackup(backup);
    expect(await restoresOf(id)).toMatchObject([{ state: "waiting", policySource: "setting" }]);
  } finally {
    await setSetting("restore-policy", null);
  }
});

test("a device that erased itself at our word and comes back without enrolling waits, and nothing of its old queue runs", async () => {
  const { device, id } = await enrolled(null);
  const backup = device.backUp();
  await stage.send(id, { requestType: "EraseDevice", parameters: { PIN: "739154" } });
  await device.runSession();
  const left = await stage.send(id, { requestType: "RestartDevice" });
  await device.restoreFromBackup(backup);
  expect((await stage.device(id)).enrollments.map((life) => [life.state, life.endedCause])).toEqual([["quarantined", null], ["ended", "replaced"]]);
  expect((await stage.command(left)).state).toBe("cancelled");
  expect(await restoresOf(id)).toMatchObject([{ signs: ["erased"], state: "waiting" }]);
});

test("a backup from before another enrollment does not unseat who lives there now, until an admin says so", async () => {
  const { device, id } = await enrolled(null);
  const backup = device.backUp();
  await device.enroll((await stage.link()).profileUrl);
  await device.runSession();
  const present = device.signReport("Idle");
  await letTimePass(id, DAY);
  await device.restoreFromBackup(backup);
  expect(await device.runSession()).toEqual([]);
  expect(await stage.device(id)).toMatchObject({ state: "enrolled" });
  expect((await device.deliver(present)).status).toBe(200);
  await decide(id, "accept");
  expect((await stage.device(id)).enrollments.map((life) => [life.state, life.endedCause])).toEqual([["enrolled", null], ["ended", "replaced"], ["ended", "replaced"]]);
  expect(await asked(device)).toEqual(FIRST.toSorted());
  expect((await device.deliver(present)).status).toBe(400);
});

test("a device that enrolls again while it waits needs no decision any more", async () => {
  const { device, id } = await enrolled("quarantine");
  const backup = device.backUp();
  await device.removeEnrollmentProfile();
  await letTimePass(id, DAY);
  await device.restoreFromBackup(backup);
  await device.enroll((await stage.link()).profileUrl);
  expect(await restoresOf(id)).toMatchObject([{ state: "superseded" }]);
  await expect(decide(id, "reject")).rejects.toMatchObject({ status: 409 });
  expect(await stage.device(id)).toMatchObject({ state: "enrolled" });
});

test("a device whose management an admin ended stays ended, whatever backup it comes from", async () => {
  const { device, id } = await enrolled("accept");
  const backup = device.backUp();
  await setSetting("terminations-per-hour", 100);
  await stage.api.call("terminateDevice", { params: { id }, body: { method: "unauthorized" } });
  await device.runSession().catch(() => undefined);
  await letTimePass(id, DAY);
  await expect(device.restoreFromBackup(backup)).rejects.toThrow("401");
  expect(await restoresOf(id)).toEqual([]);
});

test("the same TokenUpdate twice at once begins one life", async () => {
  const { device, id } = await enrolled("quarantine");
  const backup = device.backUp();
  await device.removeEnrollmentProfile();
  await letTimePass(id, DAY);
  await Promise.allSettled([device.restoreFromBackup(backup), device.restoreFromBackup(backup)]);
  expect(await rows(`SELECT 1 FROM "Enrollment" WHERE "deviceId" = $1 AND "endedAt" IS NULL`, [id])).toHaveLength(1);
  expect(await restoresOf(id)).toHaveLength(1);
});
