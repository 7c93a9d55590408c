import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { letTimePass, rows, setSetting, withBackstage } from "../support/backstage";
import { withBrowser } from "../support/browser";
import { addPerson, PERSON_PASSWORD } from "../support/person";
import { SimulatedDevice } from "../support/simulated-device";

const stage = withBackstage();
const browser = withBrowser();
const SECOND = "second@example.com";

async function asSecond(): Promise<Page> {
  await addPerson(SECOND, "operator");
  return browser.signedIn(stage.muster.url, {}, { email: SECOND, password: PERSON_PASSWORD });
}

async function openAction(page: Page, id: string, action: RegExp): Promise<void> {
  await page.goto(`${stage.muster.url}/devices/${id}`);
  await page.getByRole("button", { name: /More actions/ }).click();
  await page.getByRole("menuitem", { name: action }).click();
  await page.getByRole("dialog").waitFor();
}

test("a device that asks to be let in is approved", async () => {
  const page = await browser.signedIn(stage.muster.url);
  await page.goto(`${stage.muster.url}/admissions`);
  await page.getByText("Nobody waits to be let in").waitFor();
  const device = await SimulatedDevice.enroll((await stage.link({ admission: "approve" })).profileUrl, { model: "Mac", name: "Kim's Mac" });
  await page.getByRole("button", { name: "Approve Kim's Mac" }).click();
  await page.getByText("Nobody waits to be let in").waitFor();
  expect((await device.runSession()).length).toBeGreaterThan(0);
  expect(browser.errors).toEqual([]);
});

test("a device that came back from a backup is accepted, and another rejected after a word of warning", async () => {
  const page = await browser.signedIn(stage.muster.url);
  for (const name of ["Ann's iPhone", "Bo's iPhone"]) {
    const { device, id } = await stage.enrolledDevice({ model: "Mac", name });
    const backup = device.backUp();
    await device.removeEnrollmentProfile();
    await letTimePass(id, 24 * 60);
    await device.restoreFromBackup(backup);
  }
  await page.goto(stage.muster.url);
  await page.getByRole("link", { name: /2 devices came back from a backup/ }).click();
  await page.getByRole("button", { name: "Accept Ann's iPhone" }).click();
  await page.getByRole("button", { name: "Accept Ann's iPhone" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Reject Bo's iPhone" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reject" }).click();
  await page.getByText("No restored device waits").waitFor();
  const states = await rows<{ state: string }>(`SELECT "state" FROM "Restore" ORDER BY "state"`);
  expect(states.map((row) => row.state)).toEqual(["accepted", "rejected"]);
  expect(browser.errors).toEqual([]);
});

test("over the hourly limit a second person in another browser has to confirm", async () => {
  await setSetting("terminations-per-hour", 0);
  const { device, id } = await stage.enrolledDevice();
  const first = await browser.signedIn(stage.muster.url);
  await openAction(first, id, /End management/);
  const dialog = first.getByRole("dialog");
  await dialog.getByRole("radio", { name: /Answer 401/ }).click();
  await dialog.getByText(/0 of 0 such answers/).waitFor();
  await dialog.getByRole("textbox").fill(device.serialNumber);
  await dialog.getByRole("button", { name: "End management" }).click();
  await dialog.getByText("Requested, not done yet").waitFor();
  expect(await device.runSession()).toEqual([]);
  await dialog.getByRole("button", { name: "Close" }).last().click();
  const ending = first.getByRole("region", { name: "End of management" });
  await ending.getByText("Held back").waitFor();
  await ending.getByText(/somebody else has to confirm/).waitFor();

  const second = await asSecond();
  await second.goto(`${stage.muster.url}/devices/${id}`);
  await second.getByRole("button", { name: "Confirm as a second person" }).click();
  await second.getByText(/confirmed by second@example.com/).waitFor();
  expect((await device.deliver(device.signReport("Idle"))).status).toBe(401);
  await setSetting("terminations-per-hour", null);
  expect(browser.errors).toEqual([]);
});

test("a termination is withdrawn on the page of the device, which then shows none", async () => {
  const { device, id } = await stage.enrolledDevice();
  await stage.api.call("terminateDevice", { params: { id }, body: { method: "remove-profile" } });
  const page = await browser.signedIn(stage.muster.url);
  await page.goto(`${stage.muster.url}/devices/${id}`);
  await page.getByText("Management is being ended").waitFor();
  await page.getByRole("button", { name: "Withdraw" }).click();
  await page.getByText("Withdrawn: management goes on").waitFor();
  await page.getByText("Management is being ended").waitFor({ state: "detached" });
  expect(await device.runSession()).toEqual([]);
  expect(browser.errors).toEqual([]);
});

test("whom a device is for is said on its page, and found in the list", async () => {
  const { id } = await stage.enrolledDevice();
  const page = await browser.signedIn(stage.muster.url);
  await page.goto(`${stage.muster.url}/devices/${id}`);
  await page.getByRole("button", { name: "Change owner" }).click();
  await page.getByRole("dialog").getByLabel(/Owner/).fill("Wilhelmina Quill");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await page.getByText("Wilhelmina Quill").count()).toBe(2);
  await page.goto(`${stage.muster.url}/devices?query=wilhelmina`);
  await page.getByRole("link", { name: /iPhone/ }).first().waitFor();
  expect(browser.errors).toEqual([]);
});

test("the record of a device is forgotten for a reason", async () => {
  const { device, id } = await stage.enrolledDevice();
  const page = await browser.signedIn(stage.muster.url);
  await openAction(page, id, /Forget device/);
  const dialog = page.getByRole("dialog");
  await dialog.getByText("The device hears nothing of this").waitFor();
  await dialog.getByLabel("Reason").fill("Sold at the flea market");
  await dialog.getByLabel(/to confirm/).fill(device.serialNumber);
  await dialog.getByRole("button", { name: "Forget device" }).click();
  await page.waitForURL(`${stage.muster.url}/devices`);
  expect(await rows(`SELECT 1 FROM "Device" WHERE "id" = $1`, [id])).toEqual([]);
  expect(browser.errors).toEqual([]);
});

test("an unknown contact is adopted by somebody who has looked at its fingerprint", async () => {
  const { device, id } = await stage.enrolledDevice();
  await stage.api.call("forgetDevice", { params: { id }, body: { reason: "By mistake" } });
  await device.deliver(device.signReport("Idle"));
  const page = await browser.signedIn(stage.muster.url);
  await page.goto(`${stage.muster.url}/unknown-contacts`);
  await page.getByRole("button", { name: "Adopt…" }).first().click();
  const dialog = page.getByRole("dialog");
  const [contact] = await rows<{ fingerprint: string }>(`SELECT "fingerprint" FROM "UnknownContact" WHERE "claimedKey" = $1`, [device.udid]);
  await dialog.getByRole("textbox").fill(contact?.fingerprint.slice(-8) ?? "");
  await dialog.getByRole("button", { name: "Adopt" }).click();
  await page.getByText("adopted", { exact: true }).waitFor();
  await device.tokenUpdate();
  expect((await device.runSession()).length).toBeGreaterThan(0);
  expect(browser.errors).toEqual([]);
});
