import { expect, test } from "vitest";
import { setSetting, withBackstage } from "../support/backstage";
import { SimulatedDevice } from "../support/simulated-device";

const stage = withBackstage();

async function applicant(): Promise<{ device: SimulatedDevice; id: string; admissionId: string; profileUrl: string }> {
  const { profileUrl, id: linkId } = await stage.link({ admission: "approve", reusableProfile: true, maxUses: 10 });
  const device = await SimulatedDevice.enroll(profileUrl);
  const { items } = await stage.api.call("listAdmissions", { query: { state: "waiting" } });
  const admission = items.find((item) => item.link.id === linkId);
  if (admission === undefined) throw new Error("nobody waits");
  expect(admission).toMatchObject({ serialNumber: device.serialNumber, udid: device.udid, productName: device.hardware.model.productName });
  return { device, id: await stage.deviceId(device), admissionId: admission.id, profileUrl };
}

const decide = (id: string, decision: "approve" | "refuse") => stage.api.call("decideAdmission", { params: { id }, body: { decision } });

test("a device that has to be let in enrolls, is heard and gets nothing until an admin approves it; then it is learned and pushed", async () => {
  const { device, id, admissionId } = await applicant();
  expect(await stage.device(id)).toMatchObject({ state: "quarantined", openCommands: 0 });
  expect(await device.runSession()).toEqual([]);
  expect((await stage.api.call("overview")).admissionsWaiting).toBe(1);
  expect(await decide(admissionId, "approve")).toMatchObject({ state: "approved", deviceId: id });
  await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  expect((await device.runSession()).map((command) => command.requestType)).toContain("DeviceInformation");
  expect(await stage.device(id)).toMatchObject({ state: "enrolled" });
  await expect(decide(admissionId, "refuse")).rejects.toMatchObject({ status: 409 });
});

test("an approved device that enrolls again by the same link need not ask twice", async () => {
  const { device, id, admissionId, profileUrl } = await applicant();
  await decide(admissionId, "approve");
  await device.enroll(profileUrl);
  expect(await stage.device(id)).toMatchObject({ state: "enrolled" });
});

test("a refused device ends by 401 at its next contact and cannot install the profile again", async () => {
  const { device, id, admissionId, profileUrl } = await applicant();
  await decide(admissionId, "refuse");
  expect((await device.deliver(device.signReport("Idle"))).status).toBe(401);
  expect(device.managed).toBe(false);
  expect(await stage.device(id)).toMatchObject({ state: "ended", endedCause: "rejected" });
  await expect(device.enroll(profileUrl)).rejects.toThrow("400");
  expect((await stage.device(id)).enrollments).toHaveLength(1);
  await decide(admissionId, "approve");
  await device.enroll(profileUrl);
  expect(await stage.device(id)).toMatchObject({ state: "enrolled" });
});

test("a refusal that the device has not heard yet can be taken back", async () => {
  const { device, id, admissionId } = await applicant();
  await decide(admissionId, "refuse");
  await decide(admissionId, "approve");
  expect((await device.runSession()).length).toBeGreaterThan(0);
  expect(await stage.device(id)).toMatchObject({ state: "enrolled" });
});

test("a device that leaves while it waits needs no decision any more", async () => {
  const { device, admissionId } = await applicant();
  await device.removeEnrollmentProfile();
  await expect(decide(admissionId, "approve")).rejects.toMatchObject({ status: 404 });
});

test("many are decided at once, and a viewer decides nothing", async () => {
  const [first, second] = [await applicant(), await applicant()];
  const { token } = await stage.api.call("createApiToken", { body: { name: "eyes", role: "viewer" } });
  const viewer = stage.api.withToken(token);
  await expect(viewer.call("decideAdmission", { params: { id: first.admissionId }, body: { decision: "approve" } })).rejects.toMatchObject({ status: 403 });
  const answer = await stage.api.call("decideAdmissions", { body: { ids: [first.admissionId, second.admissionId], decision: "approve" } });
  expect(answer).toEqual({ decided: 2, skipped: [] });
  expect(await stage.device(second.id)).toMatchObject({ state: "enrolled" });
});

test("refusals stand under the hourly limit too", async () => {
  await setSetting("terminations-per-hour", 0);
  try {
    const { device, id, admissionId } = await applicant();
    await decide(admissionId, "refuse");
    expect(await device.runSession()).toEqual([]);
    expect([device.managed, (await stage.device(id)).enrollments[0]?.termination?.progress]).toEqual([true, "held"]);
  } finally {
    await setSetting("terminations-per-hour", null);
  }
});
