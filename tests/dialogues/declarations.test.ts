import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { DeclarationDto, DeviceDeclarations } from "@/lib/contracts/declarations";
import type { DeviceGroupDto } from "@/lib/contracts/groups";
import { ApiProblem } from "../support/api-client";
import type { DeclarativeClient } from "../support/declarative-client";
import type { DeviceOptions, SimulatedDevice } from "../support/simulated-device";
import { eventually, withStage } from "../support/stage";

const stage = withStage();
const PASSCODE = "com.apple.configuration.passcode.settings";
const SUBSCRIPTIONS = "com.apple.configuration.management.status-subscriptions";
const DEFAULT_ACTIVATION = "muster.default-activation";

const group = (): Promise<DeviceGroupDto> => stage.api.call("createGroup", { body: { name: `Group ${randomUUID()}` } });
const change = (groupId: string, body: { add?: string[]; remove?: string[] }) => stage.api.call("changeGroupMembers", { params: { id: groupId }, body });
const update = (id: string, payload: Record<string, unknown>) => stage.api.call("updateDeclaration", { params: { id }, body: { payload } });
const assign = (id: string, groupIds: string[], channel: "device" | "user" = "device") => stage.api.call("assignDeclaration", { params: { id }, body: { groupIds, channel } });
const standing = (id: string): Promise<DeviceDeclarations> => stage.api.call("getDeviceDeclarations", { params: { id } });
const waiting = async (id: string) => (await stage.api.call("listDeviceCommands", { params: { id }, query: { state: "queued" } })).items.filter((command) => command.requestType === "DeclarativeManagement");
const told = (id: string) => eventually(() => waiting(id), (commands) => commands.length > 0);

/** Waits until the device will be given this version. */
const promisedTo = (id: string, { serverToken }: DeclarationDto) =>
  eventually(() => standing(id), (answer) => first(answer).declarations.some((item) => item.serverToken === serverToken));

async function declared(type: string, payload: Record<string, unknown>, groupIds: string[] = [], channel: "device" | "user" = "device"): Promise<DeclarationDto> {
  const made = await stage.api.call("createDeclaration", { body: { type, payload } });
  return groupIds.length === 0 ? made : assign(made.id, groupIds, channel);
}

/** A device in a group of its own. */
async function member(options: DeviceOptions = {}): Promise<{ device: SimulatedDevice; id: string; groupId: string; client: DeclarativeClient }> {
  const { device, id } = await stage.enrolledDevice(options);
  const { id: groupId } = await group();
  await change(groupId, { add: [id] });
  return { device, id, groupId, client: device.declarations };
}

const first = ({ items }: DeviceDeclarations) => {
  const [channel] = items;
  if (channel === undefined) throw new Error("the device has no channel");
  return channel;
};

test("an assigned configuration reaches the device with an activation, and its report is shown", async () => {
  const { device, id, groupId, client } = await member();
  const passcode = await declared(PASSCODE, { RequirePasscode: true, MinimumLength: 6 }, [groupId]);
  const [command] = await told(id);
  await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  await device.runSession();
  expect((await stage.command(command?.id ?? "")).state).toBe("acknowledged");
  expect(client.asked).toEqual(["declaration-items", `declaration/activation/${DEFAULT_ACTIVATION}`, `declaration/configuration/${passcode.identifier}`, "status"]);
  expect(client.held.get(passcode.identifier)).toMatchObject({ type: PASSCODE, serverToken: passcode.serverToken, payload: { RequirePasscode: true, MinimumLength: 6 } });
  expect(client.held.get(DEFAULT_ACTIVATION)?.payload).toEqual({ StandardConfigurations: [passcode.identifier] });
  const shown = first(await standing(id));
  expect(shown).toMatchObject({ channel: "device", token: client.token, fetchedToken: client.token, errors: [] });
  expect(shown.declarations.find((item) => item.declarationId === passcode.id)).toMatchObject({ active: true, valid: "valid", reportedServerToken: passcode.serverToken });
  expect(await stage.api.call("listDeclarations", { query: { groupId } })).toMatchObject({ total: 1, items: [{ id: passcode.id }] });
});

test("nothing changes, nothing is said: the same tokens, no second command, no second sync", async () => {
  const { device, id, groupId, client } = await member();
  const passcode = await declared(PASSCODE, { RequirePasscode: true }, [groupId]);
  await told(id);
  await device.runSession();
  const before = await device.declarative("tokens");
  const after = await device.declarative("tokens");
  expect(after.body.toString()).toBe(before.body.toString());
  expect(JSON.parse(after.body.toString())).toEqual({ SyncTokens: { DeclarationsToken: client.token, Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) } });
  expect(await client.sync()).toBe(false);
  await update(passcode.id, { RequirePasscode: true });
  await change(groupId, { add: [id] });
  const other = await member();
  await declared(PASSCODE, {}, [other.groupId]);
  await told(other.id);
  expect(await waiting(id)).toEqual([]);
  expect((await device.runSession()).map((sent) => sent.requestType)).toEqual([]);
});

test("a change tells its devices once, however many changes wait, and they fetch only what is new", async () => {
  const { device, id, groupId, client } = await member();
  const passcode = await declared(PASSCODE, { MinimumLength: 4 }, [groupId]);
  const organization = await declared("com.apple.management.organization-info", { Name: "Example" }, [groupId]);
  await promisedTo(id, organization);
  await device.runSession();
  const { token } = client;
  client.asked.length = 0;
  for (const MinimumLength of [5, 6]) await update(passcode.id, { MinimumLength });
  await promisedTo(id, await update(passcode.id, { MinimumLength: 7 }));
  expect((await device.runSession()).map((command) => command.requestType)).toEqual(["DeclarativeManagement"]);
  expect(client.token).not.toBe(token);
  expect(client.held.get(passcode.identifier)?.payload).toEqual({ MinimumLength: 7 });
  expect(client.asked.filter((endpoint) => endpoint.startsWith("declaration/"))).toEqual([`declaration/configuration/${passcode.identifier}`]);
});

test("a command that waits is brought up to date: a device that synced meanwhile does not miss the change", async () => {
  const { device, id, groupId, client } = await member();
  const passcode = await declared(PASSCODE, { MinimumLength: 4 }, [groupId]);
  const [command] = await told(id);
  await client.sync(); // by itself: now it knows the token that the command carries
  await promisedTo(id, await update(passcode.id, { MinimumLength: 5 }));
  expect((await waiting(id)).map((still) => still.id)).toEqual([command?.id]);
  await device.runSession();
  expect(client.held.get(passcode.identifier)?.payload).toEqual({ MinimumLength: 5 });
});

test("what is changed or deleted during a sync does not tear it: the manifest is served as promised, the change follows", async () => {
  const { device, id, groupId, client } = await member();
  const changed = await declared(PASSCODE, { MinimumLength: 4 }, [groupId]);
  const deleted = await declared(SUBSCRIPTIONS, { StatusItems: [{ Name: "passcode.is-present" }] }, [groupId]);
  await promisedTo(id, deleted);
  client.between = async (endpoint) => {
    if (endpoint !== "declaration-items") return;
    client.between = null;
    await stage.api.call("deleteDeclaration", { params: { id: deleted.id } });
    await promisedTo(id, await update(changed.id, { MinimumLength: 8 }));
  };
  await client.sync();
  expect(client.held.get(changed.identifier)).toMatchObject({ serverToken: changed.serverToken, payload: { MinimumLength: 4 } });
  expect(client.held.has(deleted.identifier)).toBe(true);
  await device.runSession();
  expect(client.held.get(changed.identifier)?.payload).toEqual({ MinimumLength: 8 });
  expect(client.held.has(deleted.identifier)).toBe(false);
  expect((await device.declarative(`declaration/configuration/${deleted.identifier}`)).status).toBe(404);
});

test("a change between the token and the manifest: the manifest names the token that it stands for", async () => {
  const { device, id, groupId } = await member();
  const passcode = await declared(PASSCODE, { MinimumLength: 4 }, [groupId]);
  await told(id);
  const told1 = JSON.parse((await device.declarative("tokens")).body.toString()) as { SyncTokens: { DeclarationsToken: string } };
  const updated = await update(passcode.id, { MinimumLength: 9 });
  const manifest = JSON.parse((await device.declarative("declaration-items")).body.toString()) as { DeclarationsToken: string; Declarations: { Configurations: { Identifier: string; ServerToken: string }[] } };
  const promised = manifest.Declarations.Configurations[0]?.ServerToken;
  expect(promised).toBe(manifest.DeclarationsToken === told1.SyncTokens.DeclarationsToken ? passcode.serverToken : updated.serverToken);
  const declaration = JSON.parse((await device.declarative(`declaration/configuration/${passcode.identifier}`)).body.toString()) as { ServerToken: string };
  expect(declaration.ServerToken).toBe(promised);
});

test("what was never promised is 404; an empty set has all four lists", async () => {
  const { device } = await stage.enrolledDevice();
  expect(JSON.parse((await device.declarative("declaration-items")).body.toString())).toEqual({
    Declarations: { Activations: [], Assets: [], Configurations: [], Management: [] },
    DeclarationsToken: expect.any(String),
  });
  for (const path of ["configuration/nothing", "management/muster.default-activation", "coffee/x", "configuration/a/b", "configuration"]) {
    expect((await device.declarative(`declaration/${path}`)).status).toBe(404);
  }
  expect((await device.declarative("coffee")).status).toBe(400);
});

test("joining a group brings its declarations, leaving it or deleting it takes them", async () => {
  const { device, id } = await stage.enrolledDevice();
  const client = device.declarations;
  const [one, two] = [await group(), await group()];
  const [a, b] = [await declared(PASSCODE, { MinimumLength: 4 }, [one.id]), await declared("com.apple.management.properties", { shelf: "A" }, [two.id])];
  const step = async () => {
    await told(id);
    await device.runSession();
    return [...client.held.keys()].filter((identifier) => identifier !== DEFAULT_ACTIVATION).toSorted();
  };
  await change(one.id, { add: [id] });
  expect(await step()).toEqual([a.identifier]);
  await change(two.id, { add: [id] });
  expect(await step()).toEqual([a.identifier, b.identifier].toSorted());
  await change(one.id, { remove: [id] });
  expect(await step()).toEqual([b.identifier]);
  await stage.api.call("deleteGroup", { params: { id: two.id } });
  expect(await step()).toEqual([]);
  expect(client.held.size).toBe(0);
});

test("a device that enrolls again is told at once what its groups have", async () => {
  const { device, id, groupId, client } = await member();
  const passcode = await declared(PASSCODE, { MinimumLength: 4 }, [groupId]);
  await told(id);
  await device.runSession();
  await device.removeEnrollmentProfile();
  await device.enroll((await stage.link()).profileUrl);
  expect(client.held.size).toBe(0);
  await told(id);
  await device.runSession();
  expect(client.held.has(passcode.identifier)).toBe(true);
});

test("device and user channel have declarations, tokens and states of their own", async () => {
  const { device, id, groupId, client } = await member({ model: "Mac" });
  const user = device.user();
  await user.tokenUpdate();
  const usersClient = user.declarations;
  const forDevice = await declared(PASSCODE, { MinimumLength: 4 }, [groupId]);
  const forUsers = await declared("com.apple.configuration.account.caldav", { HostName: "cal.example.com" }, [groupId], "user");
  await told(id);
  await device.runSession();
  await eventually(() => user.runSession(), () => usersClient.token !== null);
  await client.sync();
  expect([client.held.has(forDevice.identifier), client.held.has(forUsers.identifier)]).toEqual([true, false]);
  expect([usersClient.held.has(forDevice.identifier), usersClient.held.has(forUsers.identifier)]).toEqual([false, true]);
  const { items } = await standing(id);
  expect(items.map((channel) => [channel.channel, channel.fetchedToken])).toEqual([["device", client.token], ["user", usersClient.token]]);
});

test("a status report is merged: lists by identifier, a full one takes the place of all", async () => {
  const { device, id, groupId, client } = await member();
  client.values["device.operating-system.version"] = "18.1";
  await declared(SUBSCRIPTIONS, { StatusItems: [{ Name: "device.operating-system.version" }, { Name: "no.such.item" }] }, [groupId]);
  await told(id);
  await device.runSession();
  const shown = first(await standing(id));
  expect(shown.status["device.operating-system.version"]).toBe("18.1");
  expect(shown.errors).toEqual([{ StatusItem: "no.such.item", Reasons: [{ Code: "Error.UnsupportedStatusValue" }] }]);
  const apps = (list: object[], more: object = {}) => client.status({ StatusItems: { mdm: { app: list } }, Errors: [], ...more });
  await apps([{ identifier: "a", state: "queued" }, { identifier: "b", state: "managed" }]);
  await apps([{ identifier: "a", state: "managed" }, { identifier: "b", _removed: true }]);
  const merged = first(await standing(id)).status;
  expect(merged["mdm.app"]).toEqual([{ identifier: "a", state: "managed" }]);
  expect(merged["device.operating-system.version"]).toBe("18.1");
  await apps([{ identifier: "c" }], { FullReport: true });
  expect(first(await standing(id)).status).toEqual({ "mdm.app": [{ identifier: "c" }] });
});

test("a report that cannot be read is answered 200 and noted, so that it does not come back for ever", async () => {
  const { device, id, client } = await member();
  await client.report();
  for (const data of [Buffer.from("{"), Buffer.from("[]"), Buffer.from([0xff, 0xfe]), Buffer.alloc(5 * 1024 * 1024, 0x20), Buffer.from('{"StatusItems":{"a":"\\ud800\\u0000","__proto__":{"b":1}}}'), null]) {
    const answer = await device.declarative("status", data);
    expect([answer.status, answer.body.length]).toEqual([200, 0]);
  }
  const { items } = await stage.api.call("listDeviceEvents", { params: { id }, query: { kind: "declarations.unreadable" } });
  expect(items).toHaveLength(5);
  expect(first(await standing(id)).status).toHaveProperty("management.declarations");
});

test("sync has the device look again though nothing has changed", async () => {
  const { device, id, groupId, client } = await member();
  await declared(PASSCODE, { MinimumLength: 4 }, [groupId]);
  await told(id);
  await device.runSession();
  client.forget(); // it has lost its state
  await stage.api.call("syncDeclarations", { params: { id } });
  expect(await waiting(id)).toHaveLength(1);
  await device.runSession();
  expect(client.held.size).toBe(2);
});

test.each([
  ["an unknown type", { type: "com.apple.configuration.coffee", payload: {} }, "/type"],
  ["an unknown key", { type: PASSCODE, payload: { Nonsense: 1 } }, "/payload/Nonsense"],
  ["a wrong type", { type: PASSCODE, payload: { MinimumLength: "4" } }, "/payload/MinimumLength"],
  ["a value out of range", { type: PASSCODE, payload: { MinimumLength: 99 } }, "/payload/MinimumLength"],
  ["a missing key", { type: SUBSCRIPTIONS, payload: {} }, "/payload/StatusItems"],
  ["an identifier that no path could hold", { type: PASSCODE, payload: {}, identifier: "a/b" }, "/identifier"],
  ["an identifier of ours", { type: PASSCODE, payload: {}, identifier: DEFAULT_ACTIVATION }, "/identifier"],
])("%s is 422 with a pointer to it", async (_, body, pointer) => {
  const refusal = await stage.api.call("createDeclaration", { body }).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ status: 422 });
  expect(refusal instanceof ApiProblem ? refusal.problem?.errors?.map((error) => error.pointer) : []).toEqual([pointer]);
});

test("an identifier is used once, and again after its declaration was deleted, but never for another kind", async () => {
  const identifier = `mine-${randomUUID()}`;
  const body = { identifier, type: PASSCODE, payload: {} };
  const { id } = await stage.api.call("createDeclaration", { body });
  await expect(stage.api.call("createDeclaration", { body })).rejects.toMatchObject({ status: 409 });
  await stage.api.call("deleteDeclaration", { params: { id } });
  await expect(stage.api.call("getDeclaration", { params: { id } })).rejects.toMatchObject({ status: 404 });
  await expect(stage.api.call("createDeclaration", { body: { identifier, type: "com.apple.management.properties", payload: {} } })).rejects.toMatchObject({ status: 409 });
  expect(await stage.api.call("createDeclaration", { body: { ...body, payload: { MinimumLength: 4 } } })).toMatchObject({ identifier, payload: { MinimumLength: 4 } });
});

test("groups: names are used once, members are counted and listed, strangers are named", async () => {
  const { id } = await stage.enrolledDevice();
  const made = await group();
  await expect(stage.api.call("createGroup", { body: { name: made.name } })).rejects.toMatchObject({ status: 409 });
  expect(await change(made.id, { add: [id, id] })).toMatchObject({ members: 1 });
  expect((await stage.api.call("listGroupMembers", { params: { id: made.id } })).items.map((device) => device.id)).toEqual([id]);
  const refusal = await change(made.id, { add: [id, randomUUID()] }).catch((error: unknown) => error);
  expect(refusal instanceof ApiProblem ? refusal.problem?.errors?.map((error) => error.pointer) : []).toEqual(["/add/1"]);
  expect(await change(made.id, { remove: [id] })).toMatchObject({ members: 0 });
  expect((await stage.api.call("listGroups", { query: { query: made.name } })).items.map((found) => found.id)).toEqual([made.id]);
  await stage.api.call("deleteGroup", { params: { id: made.id } });
  await expect(stage.api.call("getGroup", { params: { id: made.id } })).rejects.toMatchObject({ status: 404 });
});
