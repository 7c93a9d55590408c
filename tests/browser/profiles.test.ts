import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { expectAccessible, withBrowser } from "../support/browser";
import { DEVICE_ERRORS } from "../support/device-error";
import { fileOf, WIFI_PASSWORD, wifiProfile } from "../support/library-profiles";
import { withStage } from "../support/stage";

const stage = withStage();
const browser = withBrowser();

const mobileconfig = (profile: PlistDictionary) => ({ name: "office.mobileconfig", mimeType: "application/x-apple-aspen-config", buffer: Buffer.from(fileOf(profile), "base64") });
const newIdentifier = (): string => `com.example.${randomUUID()}`;

async function deviceInGroup(name: string): Promise<{ device: Awaited<ReturnType<typeof stage.enrolledDevice>>["device"]; id: string; group: string }> {
  const { device, id } = await stage.enrolledDevice({ model: "iPad", name });
  const group = `${name} group`;
  const { id: groupId } = await stage.api.call("createGroup", { body: { name: group } });
  await stage.api.call("changeGroupMembers", { params: { id: groupId }, body: { add: [id] } });
  return { device, id, group };
}

async function choose(page: Page, profile: PlistDictionary): Promise<void> {
  await page.getByRole("dialog").getByLabel("Profile", { exact: true }).setInputFiles(mobileconfig(profile));
}

test("a file is looked at before it is kept, goes to a group, and its way to the device is seen live", async () => {
  const { device, id, group } = await deviceInGroup("Office iPad");
  const identifier = newIdentifier();
  const page = await browser.signedIn(stage.muster.url);
  await page.goto(`${stage.muster.url}/profiles`);
  await page.getByRole("button", { name: "Upload profile" }).first().click();
  await choose(page, wifiProfile(identifier, {}, { AutoJoin: "yes" }));
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("list", { name: "Findings" }).getByText("must be true or false.").waitFor();
  await dialog.getByText("it can be kept to look at, and reaches no device").waitFor();
  await expectAccessible(page);
  await choose(page, wifiProfile(identifier, {}, { SSID_STR: "$MUSTER_SERIAL_NUMBER" }));
  await dialog.getByText("it can be kept to look at").waitFor({ state: "detached" });
  await dialog.getByLabel("Name").fill("Office Wi-Fi");
  await dialog.getByRole("button", { name: "Save profile" }).click();
  await page.getByRole("heading", { level: 1, name: "Office Wi-Fi" }).waitFor();
  await page.getByRole("tab", { name: /^Assignment/ }).click();
  await page.getByRole("checkbox", { name: new RegExp(group) }).check();
  await page.getByRole("button", { name: "Save assignment" }).click();
  await page.getByText("Assignment saved").waitFor();
  await page.getByRole("tab", { name: /^Devices/ }).click();
  const row = page.getByRole("row").filter({ hasText: "Office iPad" });
  await row.getByText("Pending").waitFor();
  await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  await device.runSession();
  await row.getByText("Installed").waitFor();
  expect(device.state.profiles).toMatchObject([{ identifier, payloads: [{ SSID_STR: device.serialNumber }] }]);

  await page.getByRole("tab", { name: /^Payloads/ }).click();
  await page.getByRole("combobox", { name: "Device" }).click();
  await page.getByRole("option", { name: "Office iPad" }).click();
  await page.getByText(device.serialNumber).first().waitFor();
  expect(await page.locator("main").innerText()).not.toContain(WIFI_PASSWORD);
  await expectAccessible(page);
  await page.goto(`${stage.muster.url}/devices/${id}?tab=profiles`);
  const library = page.getByRole("region", { name: "Profiles of the library on this device" });
  await library.getByRole("link", { name: "Office Wi-Fi" }).waitFor();
  await library.getByText("Installed", { exact: true }).last().waitFor();
  await page.goto(`${stage.muster.url}/groups`);
  await page.getByRole("link", { name: group }).click();
  await page.getByText("No declaration is assigned to this group").waitFor();
  await page.getByRole("link", { name: "Office Wi-Fi" }).click();
  await page.getByRole("heading", { level: 1, name: "Office Wi-Fi" }).waitFor();
  expect(browser.errors).toEqual([]);
});

test("what the device says against it is shown, a new version mends it, and deleting says from how many devices it goes", async () => {
  const { device, group } = await deviceInGroup("Refusing iPad");
  const identifier = newIdentifier();
  const page = await browser.signedIn(stage.muster.url);
  const profile = await stage.api.call("uploadProfile", { body: { content: fileOf(wifiProfile(identifier)), name: "Stubborn" } });
  const { items } = await stage.api.call("listGroups", { query: { query: group } });
  device.deviate("InstallProfile", { kind: "error", errors: [DEVICE_ERRORS.malformedProfile] });
  await stage.api.call("assignProfile", { params: { id: profile.id }, body: { groupIds: items.map(({ id }) => id) } });
  await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  await device.runSession();
  await page.goto(`${stage.muster.url}/profiles/${profile.id}?tab=devices`);
  const row = page.getByRole("row").filter({ hasText: "Refusing iPad" });
  await row.getByText(DEVICE_ERRORS.malformedProfile.text).waitFor();
  await row.getByText("Failed").waitFor();
  await expectAccessible(page);

  device.obey();
  await page.getByRole("button", { name: "Upload version" }).click();
  await choose(page, wifiProfile(identifier, {}, { SSID_STR: "Mended" }));
  await page.getByRole("dialog").getByRole("button", { name: "Save as a new version" }).click();
  await page.getByText("Version 2 saved").waitFor();
  await row.getByText("Pending").waitFor();
  await device.runSession();
  await row.getByText("Installed").waitFor();

  await page.getByRole("tab", { name: /^Versions/ }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download version 1" }).click()]);
  expect(download.suggestedFilename()).toBe(`${identifier}-1.mobileconfig`);
  await page.getByRole("button", { name: "Delete profile" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete and remove from 1 device" }).click();
  await page.getByRole("heading", { level: 1, name: "Profiles" }).waitFor();
  await stage.apns.waitForPush(device.state.push.token.toString("hex"));
  await expect.poll(async () => (await device.runSession(), device.state.profiles)).toEqual([]);
  expect(browser.errors).toEqual([]);
});
