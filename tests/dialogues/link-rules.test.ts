import { expect, test } from "vitest";
import { ApiProblem } from "../support/api-client";
import { withBackstage } from "../support/backstage";
import { SimulatedDevice } from "../support/simulated-device";

const stage = withBackstage();

async function group(name: string): Promise<string> {
  return (await stage.api.call("createGroup", { body: { name } })).id;
}

test("a device joins the group of its link, and its owner is known and found by name", async () => {
  const groupId = await group("Ward 3");
  const link = await stage.link({ groupId, owner: "Kim Example" });
  expect(link).toMatchObject({ group: { id: groupId, name: "Ward 3" }, owner: "Kim Example", admission: "open", kind: "profile", accessRights: 8191 });
  const device = await SimulatedDevice.enroll(link.profileUrl);
  const id = await stage.deviceId(device);
  expect((await stage.device(id)).owner).toBe("Kim Example");
  expect((await stage.api.call("listGroupMembers", { params: { id: groupId } })).items.map((member) => member.id)).toEqual([id]);
  expect((await stage.api.call("listDevices", { query: { query: "kim ex" } })).items.map((found) => found.id)).toEqual([id]);
});

test("a link whose group was deleted still enrolls", async () => {
  const groupId = await group("Short-lived");
  const link = await stage.link({ groupId });
  await stage.api.call("deleteGroup", { params: { id: groupId } });
  expect((await stage.api.call("getLink", { params: { id: link.id } })).group).toBeNull();
  expect((await SimulatedDevice.enroll(link.profileUrl)).managed).toBe(true);
});

test("a link for certain serial numbers refuses every other device with 400, and tells", async () => {
  const wanted = new SimulatedDevice();
  const link = await stage.link({ serials: [wanted.serialNumber.toLowerCase(), wanted.serialNumber] });
  expect(link.serials).toEqual([wanted.serialNumber]);
  await wanted.enroll(link.profileUrl);

  const other = new SimulatedDevice();
  await expect(other.enroll(link.profileUrl)).rejects.toMatchObject({ status: 400 });
  const owned = new SimulatedDevice({ userEnrollment: true });
  await expect(owned.enroll(link.profileUrl)).rejects.toMatchObject({ status: 400 });
  const { items } = await stage.api.call("listUnknownContacts");
  expect(items).toContainEqual(expect.objectContaining({ reason: "identity-not-listed", serialNumber: other.serialNumber, messageType: "Authenticate" }));
  expect((await stage.api.call("listDevices", { query: { query: other.serialNumber } })).total).toBe(0);
});

test("the rights of a link stand in its profile", async () => {
  const link = await stage.link({ accessRights: 1 + 2 + 16 });
  const profile = await new SimulatedDevice().download(link.profileUrl);
  expect(profile.payloads.find((payload) => payload.PayloadType === "com.apple.mdm")?.AccessRights).toBe(19);
});

test.each([
  ["/accessRights", { accessRights: 2 }],
  ["/accessRights", { accessRights: 0 }],
  ["/serials/0", { serials: ["no serial!"] }],
  ["/groupId", { groupId: "6a0c2c9e-5f35-4b1c-9d55-0a4b7f3c1a11" }],
  ["/owner", { owner: " " }],
  ["/admission", { admission: "perhaps" as "open" }],
  ["/restorePolicy", { restorePolicy: "perhaps" as "accept" }],
  ["/kind", { kind: "ade" as "profile" }],
])("a link with a bad %s is refused with that pointer", async (pointer, wish) => {
  const refusal = await stage.link(wish).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ApiProblem);
  expect(refusal).toMatchObject({ status: 422, problem: { errors: [{ pointer }] } });
});
