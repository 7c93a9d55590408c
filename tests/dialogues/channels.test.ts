import { expect, test } from "vitest";
import { channel, queueFor, rows, withBackstage } from "../support/backstage";
import { SHARED_IPAD_USER_ID } from "../support/device-user";
import { SimulatedDevice } from "../support/simulated-device";

const stage = withBackstage();

/** A Mac with two users who have logged in. */
async function macWithUsers() {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  const ada = device.user({ shortName: "ada", longName: "Ada Example" });
  const bob = device.user({ shortName: "bob" });
  await ada.tokenUpdate();
  await bob.tokenUpdate();
  const keys = { ada: `${device.udid}:${ada.id}`, bob: `${device.udid}:${bob.id}` };
  return { device, id, ada, bob, keys };
}

async function states(...keys: string[]): Promise<[string, string | null][]> {
  const found = await Promise.all(keys.map(channel));
  return found.map((row) => [row.state, row.endedCause]);
}

test("a user of a Mac is a channel of his own under his device, with a push token of his own", async () => {
  const { device, id, ada, keys } = await macWithUsers();
  const life = await channel(device.udid);
  expect(await channel(keys.ada)).toMatchObject({ deviceId: id, parentId: life.id, state: "enrolled", userShortName: "ada", userLongName: "Ada Example" });
  const { enrollments } = await stage.device(id);
  expect(enrollments.map((row) => row.channel).toSorted()).toEqual(["device", "user", "user"]);
  const push = await stage.apns.waitForPush(ada.push.token.toString("hex"));
  expect(push.magic).toBe(ada.push.magic);
});

test("each channel has a queue of its own, and reports reach the queue they belong to", async () => {
  const { device, id, ada, bob, keys } = await macWithUsers();
  const forAda = await queueFor(await channel(keys.ada), { RequestType: "ProfileList" });
  const forDevice = await stage.send(id, { requestType: "CertificateList" });
  expect((await bob.runSession()).length).toBe(0);
  expect((await device.runSession()).map((command) => command.requestType)).toEqual(["CertificateList"]);
  expect((await stage.command(forAda)).state).toBe("queued");
  await device.deliver(device.signReport("Acknowledged", forAda));
  await bob.connect("Acknowledged", { uuid: forAda, requestType: "ProfileList", parameters: {} });
  expect((await stage.command(forAda)).state).toBe("queued");
  expect((await ada.runSession()).map((command) => command.uuid)).toEqual([forAda]);
  expect((await stage.command(forAda)).state).toBe("acknowledged");
  expect((await stage.command(forDevice)).state).toBe("acknowledged");
});

test("a user's TokenUpdate overwrites token and magic, and what is said of the screen is kept up to date", async () => {
  const { ada, keys } = await macWithUsers();
  expect((await channel(keys.ada)).notOnConsole).toBe(false);
  ada.push = { token: Buffer.alloc(32, 7), magic: "another magic" };
  ada.notOnConsole = true;
  await ada.tokenUpdate();
  const row = await channel(keys.ada);
  expect(row.notOnConsole).toBe(true);
  await queueFor(row, { RequestType: "ProfileList" });
  await rows(`UPDATE "Enrollment" SET "pushDueAt" = now() - interval '1 second' WHERE "id" = $1`, [row.id]);
  expect((await stage.apns.waitForPush(ada.push.token.toString("hex"))).magic).toBe("another magic");
  ada.notOnConsole = false;
  await ada.connect("Idle");
  expect((await channel(keys.ada)).notOnConsole).toBe(false);
});

test("a user who checks out ends no channel but his own", async () => {
  const { device, id, ada, keys } = await macWithUsers();
  const waiting = await queueFor(await channel(keys.ada), { RequestType: "ProfileList" });
  expect((await ada.checkOut()).status).toBe(200);
  expect(await states(keys.ada, keys.bob, device.udid)).toEqual([["ended", "checked-out"], ["enrolled", null], ["enrolled", null]]);
  expect((await stage.command(waiting)).state).toBe("cancelled");
  expect((await ada.checkOut()).status).toBe(200);
  await ada.tokenUpdate();
  expect(await states(keys.ada)).toEqual([["enrolled", null]]);
  expect((await stage.device(id)).state).toBe("enrolled");
});

test("the end of the device is the end of its users", async () => {
  const { device, id, keys } = await macWithUsers();
  const waiting = await queueFor(await channel(keys.bob), { RequestType: "ProfileList" });
  await device.removeEnrollmentProfile();
  expect(await states(keys.ada, keys.bob, device.udid)).toEqual([["ended", "checked-out"], ["ended", "checked-out"], ["ended", "checked-out"]]);
  expect((await stage.command(waiting)).state).toBe("cancelled");
  expect((await stage.device(id)).state).toBe("ended");
});

test("a new life of the device ends the users of the old one, and they come back under the new one", async () => {
  const { device, ada, keys } = await macWithUsers();
  await device.enroll((await stage.link()).profileUrl);
  expect(await states(keys.ada, keys.bob)).toEqual([["ended", "replaced"], ["ended", "replaced"]]);
  await ada.tokenUpdate();
  expect(await channel(keys.ada)).toMatchObject({ state: "enrolled", parentId: (await channel(device.udid)).id });
});

test("a user we have no token of is answered that nothing waits", async () => {
  const { device } = await stage.enrolledDevice({ model: "Mac" });
  const stranger = device.user();
  const answer = await device.deliver(stranger.signReport("Idle"));
  expect([answer.status, answer.headers["content-length"], answer.body.length]).toEqual([200, "0", 0]);
  expect((await device.deliver(stranger.signReport("NotNow", "2C8E4F90-1B7D-4A36-9E05-8D6F3A7C1B24"))).status).toBe(200);
  expect((await stranger.declarative("status", Buffer.from("{}"))).status).toBe(200);
});

test("a user cannot speak before the TokenUpdate of his device: refused and recorded", async () => {
  const device = new SimulatedDevice({ model: "Mac" });
  await device.install(await device.download((await stage.link()).profileUrl));
  const user = device.user();
  expect((await user.userAuthenticate()).status).toBe(400);
  await device.authenticate();
  await expect(user.tokenUpdate()).rejects.toMatchObject({ status: 400 });
  expect((await user.userAuthenticate()).status).toBe(400);
  const { items } = await stage.api.call("listUnknownContacts", { query: { limit: 200 } });
  expect(items.find((contact) => contact.claimedKey === `${device.udid}:${user.id}`)?.reason).toBe("identity-unbound");
  await device.tokenUpdate();
  await user.tokenUpdate();
  expect(await states(`${device.udid}:${user.id}`)).toEqual([["enrolled", null]]);
});

test("a device cannot speak for the users of another", async () => {
  const { device, ada, keys } = await macWithUsers();
  const { device: other } = await stage.enrolledDevice({ model: "Mac" });
  const forged = { UDID: device.udid, UserID: ada.id };
  expect((await other.say("TokenUpdate", { ...forged, Topic: device.management.mdm.topic, Token: Buffer.alloc(32, 1), PushMagic: "m" })).status).toBe(400);
  expect((await other.say("CheckOut", { ...forged, Topic: device.management.mdm.topic })).status).toBe(400);
  expect((await other.deliver(other.sign("report", { Status: "Idle", ...forged }))).status).toBe(400);
  expect(await states(keys.ada)).toEqual([["enrolled", null]]);
});

test("a profile that a user has removed ends nothing, even while his device is being released", async () => {
  const { id, ada, keys, device } = await macWithUsers();
  await queueFor(await channel(keys.ada), { RequestType: "RemoveProfile", Identifier: "com.example.user" });
  const removal = await ada.connect("Idle");
  expect(removal?.requestType).toBe("RemoveProfile");
  await stage.api.call("terminateDevice", { params: { id }, body: { method: "remove-profile" } });
  await ada.connect("Acknowledged", removal);
  expect((await stage.device(id)).state).toBe("unenrolling");
  await device.runSession();
  expect((await stage.device(id)).state).toBe("ended");
});

test("users of a Shared iPad are told apart by their accounts, for all of them have one UserID", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "iPad", sharedIpad: true });
  const pupils = ["ada@example.org", "bob@example.org"].map((shortName) => device.user({ shortName }));
  for (const pupil of pupils) await pupil.tokenUpdate();
  expect(new Set(pupils.map((pupil) => pupil.id))).toEqual(new Set([SHARED_IPAD_USER_ID]));
  const [ada, bob] = await Promise.all(pupils.map((pupil) => channel(`${device.udid}:${pupil.shortName}`)));
  expect([ada?.deviceId, bob?.deviceId, ada?.userShortName]).toEqual([id, id, "ada@example.org"]);
  const command = await queueFor(ada ?? { id: "", deviceId: "" }, { RequestType: "ProfileList" });
  expect(await pupils[1]?.runSession()).toEqual([]);
  expect((await pupils[0]?.runSession())?.map(({ uuid }) => uuid)).toEqual([command]);
  expect((await stage.device(id)).secrets).toEqual([]);
});

test("a user of a Shared iPad who waits in Setup Assistant is let go by UserConfigured", async () => {
  const { device } = await stage.enrolledDevice({ model: "iPad", sharedIpad: true });
  const pupil = device.user({ shortName: "pupil@example.org", awaitingConfiguration: true });
  await pupil.tokenUpdate();
  const key = `${device.udid}:${pupil.shortName}`;
  expect((await channel(key)).awaitingConfiguration).toBe(true);
  expect((await pupil.runSession()).map((command) => command.requestType)).toEqual(["UserConfigured"]);
  expect(pupil.awaitingConfiguration).toBe(false);
  expect((await channel(key)).awaitingConfiguration).toBe(false);
  expect(await device.runSession()).toEqual([]);
});

test("a user of a Mac never waits, whatever his message says", async () => {
  const { ada, keys } = await macWithUsers();
  await ada.tokenUpdate({ AwaitingConfiguration: true });
  expect((await channel(keys.ada)).awaitingConfiguration).toBe(false);
  expect(await ada.runSession()).toEqual([]);
});

test("a User Enrollment is known by its EnrollmentID alone, and gets and answers commands", async () => {
  const device = await SimulatedDevice.enroll((await stage.link()).profileUrl, { model: "iPhone", userEnrollment: true });
  const key = device.state.enrollmentId ?? "";
  const { deviceId } = await channel(key);
  expect((await device.runSession()).length).toBeGreaterThan(0);
  expect(await stage.device(deviceId)).toMatchObject({ state: "enrolled", udid: null, serialNumber: null, imei: null, supervised: false, secrets: [], openCommands: 0 });
  const command = await stage.send(deviceId, { requestType: "ProfileList" });
  expect((await device.runSession()).length).toBe(1);
  expect((await stage.command(command)).state).toBe("acknowledged");
  await device.removeEnrollmentProfile();
  expect(await states(key)).toEqual([["ended", "checked-out"]]);
});

test("the user of a User Enrollment on a Mac is known by EnrollmentUserID", async () => {
  const device = await SimulatedDevice.enroll((await stage.link()).profileUrl, { model: "Mac", userEnrollment: true });
  const user = device.user();
  await user.tokenUpdate();
  const row = await channel(`${device.state.enrollmentId}:${user.id}`);
  const command = await queueFor(row, { RequestType: "ProfileList" });
  expect((await user.runSession()).map(({ uuid }) => uuid)).toEqual([command]);
});

test("an Apple TV enrolls like any other device", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "AppleTV" });
  expect(await stage.device(id)).toMatchObject({ state: "enrolled", platform: "tvos", productName: device.hardware.model.productName, openCommands: 0 });
});
