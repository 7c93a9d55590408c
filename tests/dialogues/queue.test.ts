import { expect, test } from "vitest";
import { readCommand } from "../support/device-command";
import { sharedKeys } from "../support/device-keys";
import { SimulatedDevice } from "../support/simulated-device";
import { eventually, withStage } from "../support/stage";
import { giveUpDeliveries } from "../support/unanswered";

const stage = withStage();

const sendAll = async (id: string, ...requestTypes: string[]) => {
  const ids: string[] = [];
  for (const requestType of requestTypes) ids.push(await stage.send(id, { requestType }));
  return ids;
};
const kindsOf = async (commandId: string) => (await stage.command(commandId)).steps.map((step) => step.kind);
const refusalOf = (work: Promise<unknown>) => work.then(() => null, (error: unknown) => error);

test("two sessions of a device at once never hold the same command; when the first is given up it goes out again", async () => {
  const { device, id } = await stage.enrolledDevice();
  const [commandId] = await sendAll(id, "RestartDevice");
  const answers = await Promise.all(Array.from({ length: 6 }, () => device.deliver(device.signReport("Idle"))));
  expect(answers.flatMap((answer) => readCommand(answer)?.uuid ?? [])).toEqual([commandId]);
  expect(await stage.command(commandId ?? "")).toMatchObject({ state: "delivered", deliveries: 1 });
  // Had the session died, the device would hear of us again by a push of our own.
  expect((await stage.device(id)).enrollments[0]?.push.nextPushAt).not.toBeNull();
  await giveUpDeliveries(stage.muster.databaseUrl);
  expect((await device.connect("Idle"))?.uuid).toBe(commandId);
});

test("after a NotNow an iPhone gets only what no iPhone refuses, and the rest at its next Idle", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "iPhone" });
  const [certificates, , profiles] = await sendAll(id, "CertificateList", "SecurityInfo", "ProfileList");
  const first = await device.connect("Idle");
  expect(first?.uuid).toBe(certificates);
  const second = await device.connect("NotNow", first);
  expect(second?.uuid).toBe(profiles);
  expect(await device.connect("Acknowledged", second, { ProfileList: [] })).toBeNull();
  // NotNow was not its last word, so the device would not come by itself.
  expect((await stage.device(id)).enrollments[0]?.push.nextPushAt).not.toBeNull();
  expect((await device.runSession()).map((command) => command.requestType)).toEqual(["CertificateList", "SecurityInfo"]);
});

test("after a NotNow a Mac gets only what a Mac does in Power Nap", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  const [certificates, , restart] = await sendAll(id, "CertificateList", "ProfileList", "RestartDevice");
  const first = await device.connect("Idle");
  expect(first?.uuid).toBe(certificates);
  const second = await device.connect("NotNow", first);
  expect(second?.uuid).toBe(restart);
  expect(await device.connect("Acknowledged", second)).toBeNull();
});

test("a device that refuses even what no device refuses is not offered it again in that session", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "iPhone" });
  const [profiles] = await sendAll(id, "ProfileList");
  const command = await device.connect("Idle");
  expect(command?.uuid).toBe(profiles);
  expect(await device.connect("NotNow", command)).toBeNull();
  expect(await stage.command(profiles ?? "")).toMatchObject({ state: "deferred", deferrals: 1 });
});

test("NotNow is an answer: a command that is put off for long is not taken out", async () => {
  const { device, id } = await stage.enrolledDevice();
  const [restart] = await sendAll(id, "RestartDevice");
  for (let n = 1; n <= 5; n++) {
    await device.connect("NotNow", await device.connect("Idle"));
    expect(await stage.command(restart ?? "")).toMatchObject({ state: "deferred", deferrals: n });
  }
  expect((await device.connect("Idle"))?.uuid).toBe(restart);
});

test("CommandFormatError ends the command and the next one goes out", async () => {
  const { device, id } = await stage.enrolledDevice();
  device.deviate("RestartDevice", { kind: "format-error" });
  const [malformed, next] = await sendAll(id, "RestartDevice", "ProfileList");
  await device.runSession();
  expect((await stage.command(malformed ?? "")).state).toBe("malformed");
  expect((await stage.command(next ?? "")).state).toBe("acknowledged");
});

test("a status that Apple may add ends the command instead of repeating it for ever", async () => {
  const { device, id } = await stage.enrolledDevice();
  const [commandId] = await sendAll(id, "RestartDevice");
  await device.connect("Idle");
  const report = device.sign("report", { Status: "Perplexed", UDID: device.udid, CommandUUID: commandId ?? "" });
  expect((await device.deliver(report)).status).toBe(200);
  expect((await stage.command(commandId ?? "")).state).toBe("failed");
});

test("an answer to a command we know nothing of is answered 200, kept in the log, and the queue goes on", async () => {
  const { device, id } = await stage.enrolledDevice();
  const unknown = "00000000-0000-4000-8000-00000000abcd";
  const [waiting] = await sendAll(id, "ProfileList");
  const answer = await device.deliver(device.signReport("Acknowledged", unknown));
  expect(readCommand(answer)?.uuid).toBe(waiting);
  const { items } = await stage.api.call("listDeviceEvents", { params: { id } });
  expect(items.filter((event) => event.kind === "command.stray-answer")).toMatchObject([{ commandId: unknown, data: { status: "Acknowledged" } }]);
});

test("a device cannot answer for another", async () => {
  const [mine, theirs] = [await stage.enrolledDevice(), await stage.enrolledDevice()];
  const [commandId] = await sendAll(theirs.id, "RestartDevice");
  await theirs.device.connect("Idle");
  expect((await mine.device.deliver(mine.device.signReport("Acknowledged", commandId))).status).toBe(200);
  expect((await stage.command(commandId ?? "")).state).toBe("delivered");
});

test("nothing that was queued for one life runs in the next", async () => {
  const { device, id } = await stage.enrolledDevice();
  const [waiting, delivered] = await sendAll(id, "CertificateList", "RestartDevice");
  await device.connect("Idle");
  await device.enroll((await stage.link()).profileUrl);
  const received = (await device.runSession()).map((command) => command.uuid);
  for (const old of [waiting ?? "", delivered ?? ""]) {
    expect(received).not.toContain(old);
    const command = await stage.command(old);
    expect(command.state).toBe("cancelled");
    expect(command.cause).toMatch(/again|anew|new life/i);
    expect(command.steps.at(-1)).toMatchObject({ kind: "command.cancelled", data: { cause: command.cause } });
  }
});

test("of two locks sent at the same moment one is refused with a link to the other", async () => {
  const { id } = await stage.enrolledDevice({ model: "Mac" });
  const outcomes = await Promise.allSettled([1, 2, 3].map((n) => stage.send(id, { requestType: "DeviceLock", parameters: { PIN: `12345${n}` } })));
  const queued = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  expect(queued).toHaveLength(1);
  for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ status: 409, problem: { meta: { commandId: queued[0] } } });
});

test("every change of a command is an event with its cause", async () => {
  const { device, id } = await stage.enrolledDevice();
  const soon = () => new Date(Date.now() + 1_000).toISOString();
  const later = await stage.send(id, { requestType: "RestartDevice", notBefore: soon() });
  await eventually(() => stage.command(later), (command) => command.state === "queued");
  await device.runSession();
  expect(await kindsOf(later)).toEqual(["command.queued", "command.released", "command.delivered", "command.acknowledged"]);

  const expiring = await stage.send(id, { requestType: "RestartDevice", expiresAt: soon() });
  const expired = await eventually(() => stage.command(expiring), (command) => command.state === "expired");
  expect(expired.steps.at(-1)).toMatchObject({ kind: "command.expired", data: { cause: expired.cause } });

  const unwanted = await stage.send(id, { requestType: "RestartDevice" });
  await stage.api.call("cancelCommand", { params: { id: unwanted } });
  const cancelled = await stage.command(unwanted);
  expect(cancelled.steps.at(-1)).toMatchObject({ kind: "command.cancelled", data: { cause: cancelled.cause, mayStillRun: false } });
});

test("a command for a user goes on the channel of that user, also when it is tried again", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  const ada = device.user({ shortName: "ada" });
  await ada.tokenUpdate();
  await ada.runSession();
  for (const userId of [ada.id, ada.id.toLowerCase(), "ada"]) {
    const commandId = await stage.send(id, { requestType: "ProfileList", userId, deduplicate: false });
    expect(await device.runSession()).toEqual([]);
    expect((await ada.runSession()).map((command) => command.uuid)).toEqual([commandId]);
    const again = await stage.api.call("retryCommand", { params: { id: commandId } });
    expect(await device.runSession()).toEqual([]);
    expect((await ada.runSession()).map((command) => command.uuid)).toEqual([again.id]);
  }
});

test("a command for a user the device does not have is refused in words", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  const stranger = await refusalOf(stage.send(id, { requestType: "ProfileList", userId: "nobody" }));
  expect(stranger).toMatchObject({ status: 404, problem: { detail: expect.stringContaining("no channel for that user") } });
  const ada = device.user({ shortName: "ada" });
  await ada.tokenUpdate();
  await device.enroll((await stage.link()).profileUrl);
  expect(await refusalOf(stage.send(id, { requestType: "ProfileList", userId: "ada" }))).toMatchObject({ status: 404 });
});

test("of the users of a Shared iPad each has a queue of his own, found by the short name", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "iPad", sharedIpad: true });
  const [ada, ben] = [device.user({ shortName: "ada@example.com" }), device.user({ shortName: "ben@example.com" })];
  for (const user of [ada, ben]) {
    await user.tokenUpdate();
    await user.runSession();
  }
  const commandId = await stage.send(id, { requestType: "ProfileList", userId: "ben@example.com" });
  expect(await ada.runSession()).toEqual([]);
  expect((await ben.runSession()).map((command) => command.uuid)).toEqual([commandId]);
  // All of them have this UserID: it names nobody.
  expect(await refusalOf(stage.send(id, { requestType: "ProfileList", userId: ada.id }))).toMatchObject({ status: 404 });
});

test("the enrollment profile itself cannot be installed as an ordinary profile, signed as it is", async () => {
  const { id } = await stage.enrolledDevice();
  const profile = Buffer.from(await (await fetch((await stage.link()).profileUrl)).arrayBuffer());
  const refusal = await refusalOf(stage.send(id, { requestType: "InstallProfile", parameters: { Payload: profile.toString("base64") } }));
  expect(refusal).toMatchObject({ status: 422, problem: { errors: [{ pointer: "/parameters/Payload" }] } });
});

test("a command that Apple has taken out of a system is refused there with the reason", async () => {
  const device = new SimulatedDevice({ model: "Mac", keys: sharedKeys() });
  await device.install(await device.download((await stage.link()).profileUrl));
  await device.authenticate({ OSVersion: "27.0" });
  await device.tokenUpdate();
  const id = await stage.deviceId(device);
  for (const requestType of ["AvailableOSUpdates", "OSUpdateStatus", "ScheduleOSUpdate", "ScheduleOSUpdateScan"]) {
    const rawPlist = `<plist version="1.0"><dict><key>RequestType</key><string>${requestType}</string></dict></plist>`;
    expect(await refusalOf(stage.send(id, { requestType, rawPlist })), requestType).toMatchObject({ status: 409, problem: { meta: { reasons: [{ sentence: expect.stringContaining("27") }] } } });
  }
});
