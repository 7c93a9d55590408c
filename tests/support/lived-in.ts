import { writeFleet } from "../load/seed-fleet";
import type { AdeStage } from "./ade-stage";
import { letTimePass } from "./backstage";
import { AccountClient, bearerChallenge, signInOnPage } from "./account-client";
import { DEVICE_ERRORS } from "./device-error";
import type { DeviceFamily } from "./device-models";
import { fileOf, wifiProfile } from "./library-profiles";
import { ADMIN } from "./muster-server";
import { SetupAssistant } from "./setup-assistant";
import { SimulatedDevice, type DeviceOptions } from "./simulated-device";
import { eventually } from "./stage";

/** Things of a server that is in use, by their ids, and addresses that are made once. */
export interface LivedIn {
  mac: string;
  phone: string;
  restored: string;
  quarantined: string;
  group: string;
  declaration: string;
  profile: string;
  batch: string;
  link: string;
  /** Paths of the pages that devices and people open. */
  enrollPage: string;
  passwordPage: string;
  accountConfiguration: string;
}

/** Draws a fleet in which a platform has more versions than the dashboard names. */
const FLEET_SEED = 3;

/** Brings into a new server what a few busy weeks would: something on every page, of every state that is easily come by. */
export async function liveIn(stage: AdeStage): Promise<LivedIn> {
  await writeFleet(24, FLEET_SEED);
  const mac = await busyMac(stage);
  const phone = await stage.enrolledDevice({ model: "iPhone", name: "Ann’s iPhone" });
  const pad = await stage.enrolledDevice({ model: "iPad", name: "Classroom iPad 3" });
  await stage.enrolledDevice({ model: "AppleTV", name: "Lobby Apple TV" });
  await troublePhone(stage, phone);
  const restored = await backFromBackup(stage, "Bo’s iPhone");
  const quarantined = await waitingToBeLetIn(stage);
  await strangers(stage);
  const { group, declaration, batch } = await groupWork(stage, [mac.id, phone.id, pad.id], pad.device);
  const profile = await stage.api.call("uploadProfile", { body: { content: fileOf(wifiProfile("com.example.office")), name: "Office Wi-Fi" } });
  const link = await stage.link({ name: "Front desk", maxUses: 20, owner: "Kim Lovelace", serials: [mac.device.serialNumber] });
  const accountConfiguration = await workAccounts(stage);
  await setupAssistants(stage);
  await stage.api.call("createPushCertificateRequest", { body: {} });
  return {
    mac: mac.id, phone: phone.id, restored, quarantined, group, declaration, batch, profile: profile.id, link: link.id, accountConfiguration,
    enrollPage: new URL(link.url).pathname, passwordPage: await people(stage),
  };
}

interface Enrolled {
  device: SimulatedDevice;
  id: string;
}

async function busyMac(stage: AdeStage): Promise<Enrolled> {
  const mac = await stage.enrolledDevice({ model: "Mac", name: "Kim’s MacBook Pro" });
  await mac.device.user({ shortName: "kim", longName: "Kim Lovelace" }).tokenUpdate();
  for (const requestType of ["ProfileList", "CertificateList", "InstalledApplicationList", "SecurityInfo"]) await stage.send(mac.id, { requestType });
  await mac.device.runSession();
  mac.device.deviate("RemoveProfile", { kind: "error", errors: [DEVICE_ERRORS.profileNotInstalled] });
  await stage.send(mac.id, { requestType: "RemoveProfile", parameters: { Identifier: "com.example.wifi" } });
  await mac.device.runSession();
  await stage.send(mac.id, { requestType: "DeviceLock", parameters: { PIN: "482913", Message: "Please return to the front desk" } });
  await mac.device.connect("Idle");
  await stage.send(mac.id, { requestType: "RestartDevice" });
  return mac;
}

/** One that is pushed and does not answer: its token is dead. */
async function troublePhone(stage: AdeStage, { device, id }: Enrolled): Promise<void> {
  stage.apns.script(device.state.push.token.toString("hex"), { status: 410, reason: "Unregistered", timestamp: Date.now() });
  await stage.send(id, { requestType: "ProfileList" });
  await eventually(() => stage.api.call("getDevicePush", { params: { id } }), ({ tokenDeadAt }) => tokenDeadAt !== null);
}

async function backFromBackup(stage: AdeStage, name: string): Promise<string> {
  const { device, id } = await stage.enrolledDevice({ model: "iPhone", name });
  const backup = device.backUp();
  await device.removeEnrollmentProfile();
  await letTimePass(id, 24 * 60);
  await device.restoreFromBackup(backup);
  return id;
}

async function waitingToBeLetIn(stage: AdeStage): Promise<string> {
  const { profileUrl } = await stage.link({ name: "Contractors", admission: "approve" });
  const enroll = (model: DeviceFamily, name: string) => SimulatedDevice.enroll(profileUrl, { model, name } satisfies DeviceOptions);
  await enroll("iPhone", "Contractor’s iPhone");
  return stage.deviceId(await enroll("Mac", "Contractor’s Mac"));
}

async function strangers(stage: AdeStage): Promise<void> {
  const { device, id } = await stage.enrolledDevice({ model: "Mac", name: "Sold Mac" });
  await stage.api.call("forgetDevice", { params: { id }, body: { reason: "Sold with its owner’s blessing" } });
  await device.deliver(device.signReport("Idle"));
}

async function groupWork(stage: AdeStage, members: string[], reporter: SimulatedDevice): Promise<Pick<LivedIn, "group" | "declaration" | "batch">> {
  const { id: group } = await stage.api.call("createGroup", { body: { name: "Showroom" } });
  await stage.api.call("changeGroupMembers", { params: { id: group }, body: { add: members } });
  const { id: declaration } = await stage.api.call("createDeclaration", { body: { type: "com.apple.configuration.passcode.settings", payload: { RequirePasscode: true, MinimumLength: 8 } } });
  await stage.api.call("assignDeclaration", { params: { id: declaration }, body: { groupIds: [group] } });
  const { id: batch } = await stage.api.call("sendBatch", { body: { requestType: "SecurityInfo", target: { groupId: group } } });
  await reporter.runSession();
  await stage.api.call("createSavedView", { body: { name: "Macs in Setup Assistant", filter: { platform: "macos", awaitingConfiguration: "yes" } } });
  return { group, declaration, batch };
}

async function workAccounts(stage: AdeStage): Promise<string> {
  const { id, baseUrl } = await stage.api.call("createAccountConfiguration", { body: { domain: "example.com", mode: "BYOD", method: "apple-as-web" } });
  const device = new SimulatedDevice({ userEnrollment: true, name: "Private iPhone" });
  const client = new AccountClient(device, stage.muster.url);
  const { url = "" } = bearerChallenge(await client.ask(baseUrl));
  const { location } = await signInOnPage(`${url}?user-identifier=${ADMIN.email}`, ADMIN);
  await client.enroll(await client.fetchProfile(baseUrl, location.searchParams.get("access-token") ?? ""));
  await device.runSession();
  return id;
}

async function setupAssistants(stage: AdeStage): Promise<void> {
  const configuration = await stage.configuration({ name: "Classroom", skipSetupItems: ["Siri"] });
  await stage.configuration({ name: "Staff Macs", minimumOs: { macOS: "15.1" } });
  const setup = await SetupAssistant.start(stage.ca, { model: "iPad", name: "Cart 3" });
  const { serialNumber } = setup.device;
  const { account } = stage.apple;
  account.add(serialNumber, { model: "iPad (10th generation)", asset_tag: "Cart 3", device_family: "iPad", os: "iPadOS" });
  account.add("C02DEMO0MAC1", { model: "MacBook Air (13-inch, M3)", asset_tag: "Staff 12", device_family: "Mac", os: "OSX" });
  account.add("C02DEMO0PHN2");
  const { id } = await stage.connectedServer("School Manager");
  await stage.sync(id);
  await stage.api.call("assignAdeDevices", { body: { target: { serials: [serialNumber, "C02DEMO0MAC1"] }, configurationId: configuration.id } });
  await setup.enroll(await setup.ask(configuration));
}

/** People, and a token. Answers the page on which the newest chooses a password. */
async function people(stage: AdeStage): Promise<string> {
  const { person } = await stage.api.call("createPerson", { body: { email: "omar@example.com", name: "Omar Operator", role: "operator" } });
  await stage.api.call("changePerson", { params: { id: person.id }, body: { disabled: true } });
  await stage.api.call("createApiToken", { body: { name: "Inventory export", role: "viewer" } });
  const { url } = await stage.api.call("createPerson", { body: { email: "vera@example.com", name: "Vera Viewer", role: "viewer" } });
  const { pathname, search } = new URL(url);
  return pathname + search;
}
