import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { DeviceProfileDto, ProfileDto } from "@/lib/contracts/profiles";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { ApiProblem } from "../support/api-client";
import { DEVICE_ERRORS } from "../support/device-error";
import { fileOf, WIFI_PASSWORD, wifiProfile } from "../support/library-profiles";
import type { DeviceOptions, SimulatedDevice } from "../support/simulated-device";
import { eventually, withStage } from "../support/stage";

const stage = withStage();

const group = async (): Promise<string> => (await stage.api.call("createGroup", { body: { name: `Group ${randomUUID()}` } })).id;
const members = (id: string, body: { add?: string[]; remove?: string[] }) => stage.api.call("changeGroupMembers", { params: { id }, body });
const assign = (id: string, groupIds: string[]): Promise<ProfileDto> => stage.api.call("assignProfile", { params: { id }, body: { groupIds } });
const read = (id: string): Promise<ProfileDto> => stage.api.call("getProfile", { params: { id } });
const newIdentifier = (): string => `com.example.${randomUUID()}`;
const held = (device: SimulatedDevice, { identifier }: { identifier: string }) => device.state.profiles.find((profile) => profile.identifier === identifier) ?? null;

async function uploaded(payload: PlistDictionary = {}, identifier = newIdentifier()): Promise<ProfileDto> {
  return stage.api.call("uploadProfile", { body: { content: fileOf(wifiProfile(identifier, {}, payload)) } });
}
const addVersion = (profile: ProfileDto, payload: PlistDictionary): Promise<ProfileDto> =>
  stage.api.call("uploadProfileVersion", { params: { id: profile.id }, body: { content: fileOf(wifiProfile(profile.identifier, {}, payload)) } });

/** A device in a group of its own. */
async function member(options: DeviceOptions = {}): Promise<{ device: SimulatedDevice; id: string; groupId: string }> {
  const { device, id } = await stage.enrolledDevice(options);
  const groupId = await group();
  await members(groupId, { add: [id] });
  return { device, id, groupId };
}

async function standing(deviceId: string, { identifier }: { identifier: string }): Promise<DeviceProfileDto | null> {
  const { items } = await stage.api.call("listDeviceProfiles", { params: { id: deviceId } });
  return items.find((item) => item.identifier === identifier) ?? null;
}
const becomes = (deviceId: string, profile: { identifier: string }, state: string | null) => eventually(() => standing(deviceId, profile), (item) => (item?.state ?? null) === state);
const queued = async (id: string, requestType: string) => (await stage.api.call("listDeviceCommands", { params: { id }, query: { state: "queued" } })).items.filter((command) => command.requestType === requestType);
const waits = (id: string, requestType: string) => eventually(() => queued(id, requestType), (commands) => commands.length > 0);

/** Sessions until the device has done everything that follows from what it was sent. */
async function settled(device: SimulatedDevice, id: string, profile: { identifier: string }, state: string | null): Promise<DeviceProfileDto | null> {
  return eventually(async () => {
    await device.runSession();
    return standing(id, profile);
  }, (item) => (item?.state ?? null) === state);
}

async function installedOn(payload: PlistDictionary = {}, options: DeviceOptions = {}) {
  const of = await member(options);
  const profile = await assign((await uploaded(payload)).id, [of.groupId]);
  await settled(of.device, of.id, profile, "installed");
  return { ...of, profile };
}

test("an assigned profile reaches the device with its variables filled in, is found in its list, and is counted", async () => {
  const { device, id, groupId } = await member();
  const profile = await uploaded({ SSID_STR: "$MUSTER_SERIAL_NUMBER & ${MUSTER_DEVICE_NAME}" });
  await assign(profile.id, [groupId]);
  await waits(id, "InstallProfile");
  expect(await standing(id, profile)).toMatchObject({ state: "pending", version: null });
  await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  await device.runSession();
  await becomes(id, profile, "installed");
  expect(held(device, profile)).toMatchObject({ uuid: profile.current.id.toUpperCase(), payloads: [{ SSID_STR: `${device.serialNumber} & ${device.state.name}`, Password: WIFI_PASSWORD }] });
  await waits(id, "ProfileList");
  await device.runSession();
  expect(await eventually(() => standing(id, profile), (item) => item?.seenAt != null)).toMatchObject({ state: "installed", version: 1, driftedAt: null });
  expect((await read(profile.id)).states).toEqual({ installed: 1 });
  const { items } = await stage.api.call("listProfileDevices", { params: { id: profile.id }, query: { state: "installed" } });
  expect(items).toMatchObject([{ deviceId: id, serialNumber: device.serialNumber }]);
  expect((await stage.api.call("listProfileDevices", { params: { id: profile.id }, query: { state: "failed" } })).items).toEqual([]);
  expect(await stage.api.call("listProfiles", { query: { groupId } })).toMatchObject({ total: 1, items: [{ id: profile.id }] });
});

test("another version replaces the first on the device; one that nobody has fetched yet is never sent twice", async () => {
  const { device, id, profile } = await installedOn();
  await addVersion(profile, { SSID_STR: "Second" });
  await waits(id, "InstallProfile");
  const third = await addVersion(profile, { SSID_STR: "Third" });
  await eventually(() => stage.api.call("listDeviceCommands", { params: { id }, query: { state: "cancelled" } }), ({ items }) => items.some((command) => command.requestType === "InstallProfile"));
  expect(await waits(id, "InstallProfile")).toHaveLength(1);
  await settled(device, id, profile, "installed");
  expect(device.state.profiles.filter(({ identifier }) => identifier === profile.identifier)).toMatchObject([{ uuid: third.current.id.toUpperCase(), payloads: [{ SSID_STR: "Third" }] }]);
  const back = await stage.api.call("changeProfile", { params: { id: profile.id }, body: { version: 1 } });
  expect(back.current.number).toBe(1);
  await waits(id, "InstallProfile");
  await settled(device, id, profile, "installed");
  expect(held(device, profile)?.payloads).toMatchObject([{ SSID_STR: "Office" }]);
});

test("a file equal to the current version changes nothing, and one of another profile is refused", async () => {
  const identifier = newIdentifier();
  const content = fileOf(wifiProfile(identifier));
  const profile = await stage.api.call("uploadProfile", { body: { content, name: "Office" } });
  expect((await stage.api.call("uploadProfileVersion", { params: { id: profile.id }, body: { content } })).current).toEqual(profile.current);
  await expect(stage.api.call("uploadProfileVersion", { params: { id: profile.id }, body: { content: fileOf(wifiProfile(newIdentifier())) } })).rejects.toThrow(/PayloadIdentifier/);
  const refused = await stage.api.call("uploadProfile", { body: { content: fileOf(wifiProfile(identifier)) } }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ status: 409, problem: { meta: { profileId: profile.id } } });
});

test("a device that leaves the group, and a deleted profile, lose the profile again", async () => {
  const { device, id, groupId, profile } = await installedOn();
  await members(groupId, { remove: [id] });
  await becomes(id, profile, "removing");
  await settled(device, id, profile, null);
  expect(held(device, profile)).toBeNull();
  await members(groupId, { add: [id] });
  await settled(device, id, profile, "installed");
  await stage.api.call("deleteProfile", { params: { id: profile.id } });
  await becomes(id, profile, "removing");
  await settled(device, id, profile, null);
  expect(held(device, profile)).toBeNull();
  expect(device.managed).toBe(true);
});

test("so do the devices of a deleted group, and what nobody has fetched is only taken back", async () => {
  const { device, id, groupId, profile } = await installedOn();
  const other = await assign((await uploaded()).id, [groupId]);
  await waits(id, "InstallProfile");
  await stage.api.call("deleteGroup", { params: { id: groupId } });
  await becomes(id, other, null);
  expect(await queued(id, "InstallProfile")).toEqual([]);
  await settled(device, id, profile, null);
  expect(device.state.profiles).toEqual([]);
});

test("a device that refuses is shown with its words, is not asked again by itself, and is when somebody wants it", async () => {
  const { device, id, groupId } = await member();
  const profile = await uploaded();
  device.deviate("InstallProfile", { kind: "error", errors: [DEVICE_ERRORS.malformedProfile] });
  await assign(profile.id, [groupId]);
  await waits(id, "InstallProfile");
  const failed = await settled(device, id, profile, "failed");
  expect(failed).toMatchObject({ errorChain: [{ ErrorCode: DEVICE_ERRORS.malformedProfile.code, USEnglishDescription: expect.any(String) }], retryAt: expect.any(String) });
  await assign(profile.id, [groupId]);
  await device.runSession();
  expect(await queued(id, "InstallProfile")).toEqual([]);
  device.obey();
  await stage.api.call("retryProfile", { params: { id: profile.id }, body: { deviceIds: [id] } });
  await waits(id, "InstallProfile");
  await settled(device, id, profile, "installed");
});

test("a profile that vanishes from the device is put back twice a day, and then shown as drifted", async () => {
  const { device, id, profile } = await installedOn();
  const listed = async () => {
    await stage.send(id, { requestType: "ProfileList" });
    await device.runSession();
  };
  for (const _ of [1, 2]) {
    device.state.profiles = [];
    await listed();
    await waits(id, "InstallProfile");
    expect(await standing(id, profile)).toMatchObject({ driftedAt: expect.any(String), driftUuid: null });
    await settled(device, id, profile, "installed");
    await eventually(async () => (await device.runSession(), standing(id, profile)), (item) => item?.seenAt != null && item.driftedAt !== null && item.seenAt > item.driftedAt);
    expect(held(device, profile)).not.toBeNull();
  }
  device.state.profiles = [];
  await listed();
  expect(await becomes(id, profile, "drifted")).toMatchObject({ retryAt: expect.any(String) });
  expect((await read(profile.id)).states).toEqual({ drifted: 1 });
  const counted = async () => (await stage.api.call("overview")).devices.attention["profiles-in-trouble"]?.total ?? 0;
  await eventually(counted, (total) => total > 0);
  const inTrouble = await stage.api.call("listDevices", { query: { profiles: "failed,drifted", limit: 200 } });
  expect(inTrouble.items.map((each) => each.id)).toContain(id);
  expect(await counted()).toBe(inTrouble.total);
  expect(await queued(id, "InstallProfile")).toEqual([]);
});

test("another profile under the same identifier is drift too, and is told by what was found", async () => {
  const { device, id, profile } = await installedOn();
  device.state.profiles = device.state.profiles.map((each) => ({ ...each, uuid: "11111111-2222-4333-8444-555555555555" }));
  await stage.send(id, { requestType: "ProfileList" });
  await device.runSession();
  expect(await eventually(() => standing(id, profile), (item) => item?.driftedAt != null)).toMatchObject({ driftUuid: "11111111-2222-4333-8444-555555555555" });
});

test("without a value a profile is not sent, and its state says which is missing; with one, it is", async () => {
  const { device, id, groupId } = await member();
  const profile = await assign((await uploaded({ SSID_STR: "$MUSTER_OWNER" })).id, [groupId]);
  expect(await becomes(id, profile, "waiting-for-a-value")).toMatchObject({ missing: ["OWNER"] });
  expect((await device.runSession()).map(({ requestType }) => requestType)).not.toContain("InstallProfile");
  const preview = await stage.api.call("previewProfile", { params: { id: profile.id, number: 1 }, query: { deviceId: id } });
  expect(preview).toMatchObject({ missing: ["OWNER"], payloads: [{ title: "Wi-Fi", values: { SSID_STR: "$MUSTER_OWNER", Password: "••••" } }] });
  expect(JSON.stringify(preview)).not.toContain(WIFI_PASSWORD);
  await stage.api.call("changeDevice", { params: { id }, body: { owner: "ada@example.com" } });
  await settled(device, id, profile, "installed");
  expect(held(device, profile)?.payloads).toMatchObject([{ SSID_STR: "ada@example.com" }]);
});

test("a value that changes on the device brings the profile again", async () => {
  const { device, id, profile } = await installedOn({ SSID_STR: "$MUSTER_DEVICE_NAME" });
  device.state.name = "Front desk";
  await stage.send(id, { requestType: "DeviceInformation", parameters: { Queries: ["DeviceName"] } });
  await device.runSession();
  await waits(id, "InstallProfile");
  await settled(device, id, profile, "installed");
  expect(held(device, profile)?.payloads).toMatchObject([{ SSID_STR: "Front desk" }]);
});

test("a device that enrolls again gets its profiles again, and nothing of its former life is counted", async () => {
  const { device, id, profile } = await installedOn();
  await device.removeEnrollmentProfile();
  await eventually(() => standing(id, profile), (item) => item === null);
  device.state.profiles = [];
  await device.enroll((await stage.link()).profileUrl);
  await settled(device, id, profile, "installed");
  expect(held(device, profile)).not.toBeNull();
  expect((await read(profile.id)).states).toEqual({ installed: 1 });
});

test("a profile with errors is kept and shown, and reaches nobody", async () => {
  const { groupId } = await member();
  const profile = await uploaded({ AutoJoin: "yes" });
  expect(profile.current.findings).toContainEqual(expect.objectContaining({ severity: "error", pointer: "/PayloadContent/0/AutoJoin" }));
  await expect(assign(profile.id, [groupId])).rejects.toMatchObject({ status: 409 });
  expect((await read(profile.id)).groupIds).toEqual([]);
  const mended = await addVersion(profile, {});
  await assign(profile.id, [groupId]);
  await expect(addVersion(mended, { AutoJoin: "no" })).rejects.toMatchObject({ status: 409 });
  await expect(stage.api.call("changeProfile", { params: { id: profile.id }, body: { version: 1 } })).rejects.toMatchObject({ status: 409 });
});

test("lint keeps nothing, and what would manage the device is refused", async () => {
  const identifier = newIdentifier();
  const content = fileOf(wifiProfile(identifier, {}, { PayloadType: "com.apple.mdm" }));
  const lint = await stage.api.call("lintProfile", { body: { content } });
  expect(lint).toMatchObject({ identifier, profileId: null, signer: null, payloads: [{ title: "MDM" }] });
  expect(lint.findings[0]).toMatchObject({ severity: "error" });
  await expect(stage.api.call("uploadProfile", { body: { content } })).rejects.toBeInstanceOf(ApiProblem);
  await expect(stage.api.call("uploadProfile", { body: { content: fileOf(wifiProfile("muster.enrollment")) } })).rejects.toMatchObject({ status: 422 });
  expect((await stage.api.call("listProfiles", { query: { query: identifier } })).items).toEqual([]);
});

test("the file comes back byte for byte as a download, only for those who may see secrets, and it is in the audit log", async () => {
  const content = fileOf(wifiProfile(newIdentifier()));
  const profile = await stage.api.call("uploadProfile", { body: { content } });
  const path = `/profiles/${profile.id}/versions/1/file`;
  const answer = await stage.api.request("GET", path);
  expect(answer.status).toBe(200);
  expect(Buffer.from(await answer.arrayBuffer()).toString("base64")).toBe(content);
  expect(answer.headers.get("content-disposition")).toMatch(/^attachment; /);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  const { items } = await stage.api.call("listAuditEvents", { query: { kind: "configuration-profile.downloaded" } });
  expect(items[0]).toMatchObject({ data: { profileId: profile.id, version: 1 } });
  const viewer = stage.api.withToken((await stage.api.call("createApiToken", { body: { name: "Viewer", role: "viewer" } })).token);
  expect((await viewer.request("GET", path)).status).toBe(403);
  expect(await viewer.call("getProfile", { params: { id: profile.id } })).toMatchObject({ identifier: profile.identifier });
  await expect(viewer.call("assignProfile", { params: { id: profile.id }, body: { groupIds: [] } })).rejects.toMatchObject({ status: 403 });
});

test("a profile that gave way to the end of management comes after all when that is withdrawn", async () => {
  const { device, id, groupId } = await member();
  const profile = await assign((await uploaded()).id, [groupId]);
  await waits(id, "InstallProfile");
  await stage.api.call("terminateDevice", { params: { id }, body: { method: "remove-profile" } });
  expect(await queued(id, "InstallProfile")).toEqual([]);
  await stage.api.call("withdrawTermination", { params: { id } });
  await settled(device, id, profile, "installed");
  expect(held(device, profile)).not.toBeNull();
});
