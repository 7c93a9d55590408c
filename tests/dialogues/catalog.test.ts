import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { SendCommandBody } from "@/lib/contracts/commands";
import { COMMANDS } from "@/lib/protocol/commands/catalog";
import { ApiProblem } from "../support/api-client";
import { memoryOf } from "../support/device-memory";
import { modelOf, type DeviceFamily } from "../support/device-models";
import { APPLE_SIGNATURE, mdmSignature } from "../support/signed-message";
import { withStage } from "../support/stage";

const stage = withStage();

async function refusal(id: string, body: SendCommandBody): Promise<ApiProblem> {
  const error: unknown = await stage.send(id, body).catch((problem: unknown) => problem);
  if (error instanceof ApiProblem) return error;
  throw new Error(`it was not refused: ${JSON.stringify(body)}`);
}

const DATA = Buffer.from("some bytes").toString("base64");
const APPS = { Identifiers: ["org.example.app"] };

/** What commands cannot do without. */
const PARAMETERS: Readonly<Record<string, Record<string, unknown>>> = {
  AccountConfiguration: { AutoSetupAdminAccounts: [{ shortName: "admin", passwordHash: DATA }] },
  ApplyRedemptionCode: { Identifier: "org.example.app", RedemptionCode: "X" },
  DeleteUser: { UserName: "ada" },
  EnableLostMode: { Message: "Please call", PhoneNumber: "+41 44 000 00 00" },
  InstallApplication: { Identifier: "org.example.app", Configuration: { host: "example.org" }, Attributes: { VPNUUID: "V" } },
  InstallEnterpriseApplication: { ManifestURL: "https://example.org/manifest.plist" },
  InstallMedia: { iTunesStoreID: 12345 },
  InstallProvisioningProfile: { ProvisioningProfile: DATA },
  LOMDeviceRequest: {
    RequestList: [{ DeviceRequestType: "PowerON", DeviceRequestUUID: "R", DeviceDNSName: "mac.example.org", PrimaryIPv6AddressList: ["fe80::2"], SecondaryIPv6AddressList: [], LOMProtocolVersion: 1 }],
  },
  ManagedApplicationAttributes: APPS,
  ManagedApplicationConfiguration: APPS,
  ManagedApplicationFeedback: APPS,
  InviteToProgram: { InvitationURL: "https://example.org/invitation" },
  RefreshCellularPlans: { eSIMServerURL: "https://esim.example.org" },
  RemoveApplication: { Identifier: "org.example.app" },
  RemoveMedia: { iTunesStoreID: "12345" },
  RemoveProvisioningProfile: { UUID: "00000000-0000-4000-8000-000000000010" },
  RotateFileVaultKey: { KeyType: "personal", FileVaultUnlock: { Password: "hunter2" } },
  ScheduleOSUpdate: { Updates: [{ ProductVersion: "18.2", InstallAction: "DownloadOnly" }] },
  SetAutoAdminPassword: { GUID: "G", passwordHash: DATA },
  SetFirmwarePassword: { NewPassword: "firm" },
  SetRecoveryLock: { NewPassword: "lock" },
  Settings: { Settings: [{ Item: "DeviceName", DeviceName: "Desk 4" }] },
  UnlockUserAccount: { UserName: "ada" },
  VerifyFirmwarePassword: { Password: "firm" },
  VerifyRecoveryLock: { Password: "lock" },
};

/** These end the session or the management, or have dialogues of their own. */
const APART = new Set(["EraseDevice", "DeviceLock", "RestartDevice", "ShutDownDevice", "InstallProfile", "RemoveProfile", "TriggerEnhancedLogCollection", "DeclarativeManagement"]);

test.each(["iPhone", "Mac"] as const satisfies DeviceFamily[])("every command sent to one %s is answered, or is refused with the reason", async (model) => {
  const { device, id } = await stage.enrolledDevice({ model });
  const sent: string[] = [];
  let refused = 0;
  for (const spec of Object.values(COMMANDS)) {
    if (APART.has(spec.requestType)) continue;
    const body = { requestType: spec.requestType, parameters: PARAMETERS[spec.requestType] ?? {}, deduplicate: false };
    const outcome: unknown = await stage.send(id, body).catch((error: unknown) => error);
    if (typeof outcome === "string") {
      sent.push(outcome);
      continue;
    }
    const problem = outcome instanceof ApiProblem ? outcome : null;
    expect(problem?.status, spec.requestType).toBe(409);
    expect(JSON.stringify(problem?.problem?.meta?.["reasons"]), spec.requestType).toMatch(/"sentence":"[^"]+\."/);
    refused += 1;
  }
  await device.runSession();
  for (const commandId of sent) {
    const command = await stage.command(commandId);
    // Lost Mode and the like need one another in an order that the queue does not keep.
    expect(["acknowledged", "failed"], command.requestType).toContain(command.state);
    expect(JSON.stringify(command.errorChain), command.requestType).not.toContain("12021");
  }
  expect(sent.length).toBeGreaterThan(25);
  expect(refused).toBeGreaterThan(10);
});

test("answers fill the inventory with the time they were learned", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  const questions = ["UserList", "ManagedApplicationList", "ProvisioningProfileList", "ContentCachingInformation", "LOMSetupRequest", "OSUpdateStatus"];
  await stage.send(id, { requestType: "InstallApplication", parameters: { iTunesStoreID: 497799835, InstallAsManaged: true } });
  for (const requestType of questions) await stage.send(id, { requestType });
  await device.runSession();
  const { inventory } = await stage.device(id);
  expect(inventory.map((fact) => fact.kind)).toEqual(expect.arrayContaining(questions));
  const valueOf = (kind: string) => inventory.find((fact) => fact.kind === kind)?.value;
  expect(valueOf("UserList")).toMatchObject([{ UserName: "ada", UID: 501 }, { UserName: "grace" }]);
  expect(valueOf("ManagedApplicationList")).toMatchObject({ "store.497799835": { Status: "Managed" } });
  expect(valueOf("OSUpdateStatus")).toMatchObject([{ DownloadPercentComplete: 0.42 }]);
});

test("what was asked of some apps is laid over what is known of others", async () => {
  const { device, id } = await stage.enrolledDevice();
  for (const Identifier of ["org.example.one", "org.example.two"]) {
    await stage.send(id, { requestType: "InstallApplication", parameters: { Identifier, Attributes: { VPNUUID: Identifier } } });
    await stage.send(id, { requestType: "ManagedApplicationAttributes", parameters: { Identifiers: [Identifier] } });
  }
  await device.runSession();
  const fact = (await stage.device(id)).inventory.find(({ kind }) => kind === "ManagedApplicationAttributes");
  expect(fact?.value).toMatchObject({ "org.example.one": { Attributes: { VPNUUID: "org.example.one" } }, "org.example.two": {} });
});

test("a command that does not fit the device is refused with sentences, and an operator may override where that may help", async () => {
  const { device, id } = await stage.enrolledDevice({ supervised: false });
  const body = { requestType: "EnableLostMode", parameters: { Message: "lost" } };
  const problem = await refusal(id, body);
  expect(problem).toMatchObject({ status: 409, problem: { code: "conflict", meta: { overridable: true, reasons: [{ sentence: "This command needs a supervised device.", overridable: true }] } } });
  const commandId = await stage.send(id, { ...body, override: true });
  expect((await device.connect("Idle"))?.uuid).toBe(commandId);
  expect(await refusal(id, { requestType: "SetRecoveryLock", parameters: { NewPassword: "x" }, override: true })).toMatchObject({ status: 409, problem: { meta: { overridable: false } } });
});

test("a command that ceased to fit while it waited ends with the reason, and the next one is offered", async () => {
  const model = { ...modelOf("iPhone") };
  const { device, id } = await stage.enrolledDevice({ model });
  await stage.send(id, { requestType: "DeviceInformation" });
  const updates = await stage.send(id, { requestType: "AvailableOSUpdates" });
  const overridden = await stage.send(id, { requestType: "OSUpdateStatus", override: true });
  const profiles = await stage.send(id, { requestType: "ProfileList" });
  model.osVersion = "27.0";
  expect((await device.runSession()).map((command) => command.requestType)).toEqual(["DeviceInformation", "ProfileList"]);
  const cancelled = await stage.command(updates);
  expect(cancelled).toMatchObject({ state: "cancelled", deliveries: 0, cause: "This command ended with iOS 27.0; this device has 27.0." });
  expect(cancelled.steps.at(-1)).toMatchObject({ kind: "command.cancelled", actor: "system" });
  // Nothing spoke against it when it was sent, so there was nothing to override.
  expect((await stage.command(overridden)).state).toBe("cancelled");
  expect((await stage.command(profiles)).state).toBe("acknowledged");
  const late = await stage.send(id, { requestType: "AvailableOSUpdates", override: true });
  expect((await device.runSession()).map((command) => command.uuid)).toEqual([late]);
});

test("ClearPasscode takes the unlock token from escrow, and is refused where there is none", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "iPad" });
  const commandId = await stage.send(id, { requestType: "ClearPasscode" });
  await device.runSession();
  const command = await stage.command(commandId);
  expect(command).toMatchObject({ state: "acknowledged", request: { Command: { UnlockToken: "••••" } } });
  expect(device.state.passcode).toBeNull();
  const { id: sharedId } = await stage.enrolledDevice({ model: "iPad", sharedIpad: true });
  const problem = await refusal(sharedId, { requestType: "ClearPasscode", override: true });
  expect(JSON.stringify(problem.problem?.meta)).toContain("It needs the unlock token of the device, and none is held.");
});

test("ClearPasscode sent again takes the unlock token that is held now, not the one it was first sent with", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "iPad" });
  const first = await stage.send(id, { requestType: "ClearPasscode" });
  device.state.unlockToken = randomBytes(1288);
  await device.tokenUpdate();
  await device.runSession();
  expect((await stage.command(first)).state).toBe("failed");
  const again = await stage.api.call("retryCommand", { params: { id: first } });
  await device.runSession();
  expect((await stage.command(again.id)).state).toBe("acknowledged");
  expect(device.state.passcode).toBeNull();
});

test.each(["DeviceLock", "EraseDevice"])("%s of a Mac gets a PIN of six digits when none is given, and it is kept", async (requestType) => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  const commandId = await stage.send(id, { requestType });
  const delivered = await device.connect("Idle");
  const pin = delivered?.parameters["PIN"];
  expect(pin).toMatch(/^\d{6}$/);
  expect((await stage.device(id)).secrets.map((secret) => secret.kind)).toContain(requestType === "DeviceLock" ? "lock-pin" : "erase-pin");
  expect(JSON.stringify(await stage.command(commandId))).not.toContain(String(pin));
});

test("a phone is locked without a PIN", async () => {
  const { device, id } = await stage.enrolledDevice();
  await stage.send(id, { requestType: "DeviceLock" });
  expect(await device.connect("Idle")).toMatchObject({ requestType: "DeviceLock", parameters: {} });
  expect((await stage.device(id)).secrets.map((secret) => secret.kind)).not.toContain("lock-pin");
});

test("secrets that a device tells, and passwords it is given, are kept sealed and shown nowhere", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  const code = memoryOf(device.state).bypassCode ?? "";
  const commands = [
    await stage.send(id, { requestType: "ActivationLockBypassCode" }),
    await stage.send(id, { requestType: "RotateFileVaultKey", parameters: { KeyType: "personal", FileVaultUnlock: { Password: "open-sesame" } } }),
    await stage.send(id, { requestType: "SetRecoveryLock", parameters: { NewPassword: "correct-horse" } }),
    await stage.send(id, { requestType: "SetFirmwarePassword", parameters: { NewPassword: "battery-staple" } }),
  ];
  await device.runSession();
  const shown = JSON.stringify([await stage.device(id), ...(await Promise.all(commands.map((command) => stage.command(command))))]);
  for (const secret of [code, "open-sesame", "correct-horse", "battery-staple"]) expect(shown).not.toContain(secret);
  const { secrets } = await stage.device(id);
  expect(secrets.map((secret) => secret.kind)).toEqual(expect.arrayContaining(["bypass-code", "recovery-key", "recovery-lock-password", "firmware-password"]));
});

test("an answer that cannot be read is kept as it came, ends its command and does not stop the queue", async () => {
  const { device, id } = await stage.enrolledDevice();
  const commandId = await stage.send(id, { requestType: "InstalledApplicationList" });
  await stage.send(id, { requestType: "ProfileList" });
  const command = await device.connect("Idle");
  const report = device.signReport("Acknowledged", command?.uuid ?? null);
  const body = Buffer.from(report.body?.toString("utf8").replace("<key>Status</key>", "<key>Odd</key><real>&broken;</dict><key>Status</key>") ?? "");
  const answer = await device.deliver({ ...report, body, headers: { ...report.headers, "mdm-signature": mdmSignature(body, device.management.identity, APPLE_SIGNATURE) } });
  expect(answer.status).toBe(200);
  expect(answer.body.toString()).toContain("ProfileList");
  const ended = await stage.command(commandId);
  expect(ended).toMatchObject({ state: "acknowledged", response: null });
  expect(ended.steps.map((step) => step.kind)).toContain("command.answer-unreadable");
});

test.each<[string, unknown]>([
  ["a list in place of a dictionary", ["x"]],
  ["a huge number", 2n ** 62n],
  ["text in place of a dictionary", "odd"],
])("odd results (%s) end the command all the same", async (_, value) => {
  const { device, id } = await stage.enrolledDevice();
  const commandId = await stage.send(id, { requestType: "SecurityInfo" });
  const command = await device.connect("Idle");
  expect(await device.connect("Acknowledged", command, { SecurityInfo: value as string, UserList: [value as string] })).toBeNull();
  expect((await stage.command(commandId)).state).toBe("acknowledged");
});
