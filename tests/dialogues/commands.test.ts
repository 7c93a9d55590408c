import { expect, test } from "vitest";
import { ApiProblem } from "../support/api-client";
import { DEVICE_ERRORS } from "../support/device-error";
import { eventually, withStage } from "../support/stage";
import { giveUpDeliveries } from "../support/unanswered";

const stage = withStage();

test("a queued command wakes the device, is delivered, answered and readable", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "iPhone" });
  const commandId = await stage.send(id, { requestType: "DeviceInformation", parameters: { Queries: ["DeviceName", "OSVersion", "BatteryLevel"] } });
  expect((await stage.command(commandId)).state).toBe("queued");
  await stage.apns.waitForPush(device.state.push.token.toString("hex"));

  const command = await device.connect("Idle");
  expect(command).toMatchObject({ uuid: commandId, requestType: "DeviceInformation" });
  expect((await stage.command(commandId)).state).toBe("delivered");
  if (command === null) throw new Error("no command came");
  expect(await device.answer(command)).toBeNull();

  const done = await stage.command(commandId);
  expect(done).toMatchObject({ state: "acknowledged", createdBy: "token:this machine", response: { QueryResponses: { DeviceName: device.state.name } } });
  expect(done.requestXml).toContain("<string>BatteryLevel</string>");
  expect(done.responseXml).toContain("<key>QueryResponses</key>");
  expect(done.steps.map((step) => step.kind)).toEqual(["command.queued", "command.delivered", "command.acknowledged"]);
});

test.each([
  ["SecurityInfo", {}],
  ["ProfileList", {}],
  ["InstalledApplicationList", {}],
  ["CertificateList", {}],
  ["RestartDevice", {}],
  ["DeviceLock", { Message: "Please bring it back" }],
  ["DeviceConfigured", {}],
])("%s goes all the way", async (requestType, parameters) => {
  const { device, id } = await stage.enrolledDevice();
  const commandId = await stage.send(id, { requestType, parameters });
  await device.runSession();
  expect(await stage.command(commandId)).toMatchObject({ state: "acknowledged", requestType });
});

test("a profile is installed and removed again", async () => {
  const { device, id } = await stage.enrolledDevice();
  const xml = `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>PayloadType</key><string>Configuration</string>
    <key>PayloadVersion</key><integer>1</integer><key>PayloadIdentifier</key><string>org.example.wifi</string>
    <key>PayloadUUID</key><string>5BB1C3B4-0000-4000-8000-000000000001</string><key>PayloadContent</key><array/></dict></plist>`;
  await stage.send(id, { requestType: "InstallProfile", parameters: { Payload: Buffer.from(xml).toString("base64") } });
  await device.runSession();
  expect(device.state.profiles.map((profile) => profile.identifier)).toEqual(["org.example.wifi"]);
  await stage.send(id, { requestType: "RemoveProfile", parameters: { Identifier: "org.example.wifi" } });
  await device.runSession();
  expect(device.state.profiles).toEqual([]);
});

test("any other command can be sent as a raw property list; its UUID is ours", async () => {
  const { device, id } = await stage.enrolledDevice();
  const rawPlist = `<plist version="1.0"><dict><key>CommandUUID</key><string>mine</string><key>Command</key><dict>
    <key>RequestType</key><string>ProvisioningProfileList</string></dict></dict></plist>`;
  const commandId = await stage.send(id, { requestType: "ProvisioningProfileList", rawPlist });
  expect(await device.connect("Idle")).toMatchObject({ uuid: commandId, requestType: "ProvisioningProfileList" });
});

test("commands go out in order, security first", async () => {
  const { device, id } = await stage.enrolledDevice();
  for (const requestType of ["ProfileList", "CertificateList", "DeviceConfigured", "DeviceLock"]) await stage.send(id, { requestType });
  expect((await device.runSession()).map((command) => command.requestType)).toEqual(["DeviceLock", "DeviceConfigured", "ProfileList", "CertificateList"]);
});

test("a device that answers NotNow gets the command again at its next Idle, not before", async () => {
  const { device, id } = await stage.enrolledDevice();
  const commandId = await stage.send(id, { requestType: "RestartDevice" });
  const restart = await device.connect("Idle");
  expect(await device.connect("NotNow", restart)).toBeNull();
  expect(await stage.command(commandId)).toMatchObject({ state: "deferred", deferrals: 1 });
  expect((await stage.device(id)).enrollments[0]?.push.nextPushAt).not.toBeNull();
  expect(await device.connect("Idle")).toEqual(restart);
});

test("an error of the device ends the command and is shown in its words", async () => {
  const { device, id } = await stage.enrolledDevice();
  device.deviate("RestartDevice", { kind: "error", errors: [DEVICE_ERRORS.unknownRequestType] });
  const commandId = await stage.send(id, { requestType: "RestartDevice" });
  await device.runSession();
  const failed = await stage.command(commandId);
  expect(failed.state).toBe("failed");
  expect(failed.errorChain).toEqual([{ ErrorCode: 12021, ErrorDomain: "MCMDMErrorDomain", LocalizedDescription: "The request type is not known.", USEnglishDescription: "The request type is not known." }]);
});

test("a result reported twice, or of an unknown command, changes nothing and is answered 200", async () => {
  const { device, id } = await stage.enrolledDevice();
  const commandId = await stage.send(id, { requestType: "ProfileList" });
  await device.connect("Idle");
  const report = device.signReport("Acknowledged", commandId, { ProfileList: [] });
  expect((await device.deliver(report)).status).toBe(200);
  const first = await stage.command(commandId);
  expect((await device.deliver(report)).status).toBe(200);
  expect((await device.deliver(device.signReport("Error", commandId))).status).toBe(200);
  expect(await stage.command(commandId)).toEqual(first);
  for (const uuid of ["00000000-0000-4000-8000-000000000000", "not a uuid", ""]) {
    expect((await device.deliver(device.signReport("Acknowledged", uuid))).status).toBe(200);
  }
});

test("an unanswered command is offered again, and taken out after three silent deliveries", async () => {
  const { device, id } = await stage.enrolledDevice();
  const silent = await stage.send(id, { requestType: "RestartDevice" });
  const next = await stage.send(id, { requestType: "ProfileList" });
  for (let n = 0; n < 3; n++) {
    expect((await device.connect("Idle"))?.uuid).toBe(silent);
    await giveUpDeliveries(stage.muster.databaseUrl);
  }
  expect((await device.connect("Idle"))?.uuid).toBe(next);
  expect(await stage.command(silent)).toMatchObject({ state: "poisoned", deliveries: 3 });
});

test("a cancelled command is not delivered; one that was delivered may still run and says so", async () => {
  const { device, id } = await stage.enrolledDevice();
  const waiting = await stage.send(id, { requestType: "RestartDevice" });
  expect(await stage.api.call("cancelCommand", { params: { id: waiting } })).toEqual({ id: waiting, state: "cancelled", mayStillRun: false });
  expect(await device.connect("Idle")).toBeNull();
  const delivered = await stage.send(id, { requestType: "RestartDevice" });
  await device.connect("Idle");
  expect((await stage.api.call("cancelCommand", { params: { id: delivered } })).mayStillRun).toBe(true);
  expect((await device.deliver(device.signReport("Acknowledged", delivered))).status).toBe(200);
  expect((await stage.command(delivered)).state).toBe("acknowledged");
  const again = await stage.api.call("retryCommand", { params: { id: delivered } });
  expect((await device.connect("Idle"))?.uuid).toBe(again.id);
});

test("an equal query that still waits is not queued twice", async () => {
  const { id } = await stage.enrolledDevice();
  const first = await stage.send(id, { requestType: "SecurityInfo" });
  expect(await stage.send(id, { requestType: "SecurityInfo" })).toBe(first);
  expect(await stage.send(id, { requestType: "SecurityInfo", deduplicate: false })).not.toBe(first);
});

test("a second lock while one is open is refused with a link to it, and its PIN is kept", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  const lock = await stage.send(id, { requestType: "DeviceLock", parameters: { PIN: "482913" } });
  const refusal = await stage.send(id, { requestType: "DeviceLock", parameters: { PIN: "111111" } }).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ status: 409, problem: { meta: { commandId: lock } } });
  expect((await stage.device(id)).secrets.map((secret) => secret.kind)).toContain("lock-pin");
  const shown = await stage.command(lock);
  expect(JSON.stringify(shown)).not.toContain("482913");
  expect(await device.connect("Idle")).toMatchObject({ parameters: { PIN: "482913" } });
});

test.each([
  ["an unknown request type", { requestType: "MakeCoffee" }, "/requestType"],
  ["an unknown key", { requestType: "RestartDevice", parameters: { Nonsense: 1 } }, "/parameters/Nonsense"],
  ["a wrong type", { requestType: "DeviceLock", parameters: { Message: 7 } }, "/parameters/Message"],
  ["a missing required key", { requestType: "InstallProfile", parameters: {} }, "/parameters/Payload"],
  ["a PIN that is no PIN", { requestType: "EraseDevice", parameters: { PIN: "12" } }, "/parameters/PIN"],
  ["a broken raw property list", { requestType: "ProfileList", rawPlist: "<plist><dict>" }, "/rawPlist"],
  ["an expiry before its time", { requestType: "ProfileList", expiresAt: "2020-01-01T00:00:00Z" }, "/expiresAt"],
])("%s is 422 with a pointer to it", async (_, body, pointer) => {
  const { id } = await stage.enrolledDevice();
  const refusal = await stage.send(id, body).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ApiProblem);
  expect(refusal).toMatchObject({ status: 422 });
  expect(refusal instanceof ApiProblem ? refusal.problem?.errors?.map((error) => error.pointer) : []).toContain(pointer);
});

test("a scheduled command waits for its time and then wakes the device; one past its expiry is never sent", async () => {
  const { device, id } = await stage.enrolledDevice();
  const expiring = await stage.send(id, { requestType: "RestartDevice", expiresAt: new Date(Date.now() + 1_500).toISOString() });
  const later = await stage.send(id, { requestType: "ProfileList", notBefore: new Date(Date.now() + 2_500).toISOString() });
  expect((await stage.command(later)).state).toBe("scheduled");
  await eventually(() => stage.command(expiring), (command) => command.state === "expired");
  await eventually(() => stage.command(later), (command) => command.state === "queued");
  expect((await device.runSession()).map((command) => command.uuid)).toEqual([later]);
});

test("the same Idempotency-Key queues one command", async () => {
  const { id } = await stage.enrolledDevice();
  const body = { requestType: "RestartDevice" };
  const send = () => stage.api.call("sendCommand", { params: { id }, body, idempotencyKey: "restart-once" });
  expect((await send()).id).toBe((await send()).id);
});

test("the enrollment profile can be neither installed nor removed by an ordinary command", async () => {
  const { id } = await stage.enrolledDevice();
  const remove = await stage.send(id, { requestType: "RemoveProfile", parameters: { Identifier: "muster.enrollment" } }).catch((error: unknown) => error);
  expect(remove).toMatchObject({ status: 422 });
});
