import { expect, test } from "vitest";
import { expectAccessible, withBrowser } from "../support/browser";
import { withStage } from "../support/stage";

const stage = withStage();
const browser = withBrowser();

test("a first visitor checks the server, adds simulated devices, sees them answer, and removes them", async () => {
  const page = await browser.signedIn(stage.muster.url);
  await page.goto(`${stage.muster.url}/getting-started`);
  await page.getByText("2 MiB of random bytes arrived as they were sent.").waitFor();
  await page.getByText(/by this machine only/).waitFor();
  await page.getByLabel("How many").click();
  await page.getByRole("option", { name: "5 devices" }).click();
  await page.getByRole("button", { name: "Add simulated devices" }).click();
  await page.getByText("5 simulated devices").first().waitFor();
  await expectAccessible(page);
  await page.getByRole("link", { name: "5 simulated devices" }).click();
  await page.getByRole("heading", { level: 1, name: "Devices" }).waitFor();
  await page.goto(`${stage.muster.url}/getting-started`);
  await page.getByRole("button", { name: "Remove them all" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("button", { name: "Add simulated devices" }).waitFor();
  expect((await stage.api.call("listDevices")).total).toBe(0);
  expect(browser.errors).toEqual([]);
});

test("⌘K finds a device by its serial number, a command for it by an everyday word, and a page by its name", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac" });
  const page = await browser.signedIn(stage.muster.url);
  await page.keyboard.press("Control+k");
  const input = page.getByRole("combobox");
  await input.fill(device.serialNumber);
  await page.getByRole("option", { name: new RegExp(device.serialNumber) }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${stage.muster.url}/devices/${id}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("wipe");
  await page.getByRole("option", { name: /EraseDevice/ }).waitFor();
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog", { name: "Send a command" });
  await form.getByRole("heading", { name: /Erase/ }).waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  expect(page.url()).toBe(`${stage.muster.url}/devices/${id}?tab=commands`);
  await page.getByRole("button", { name: /Search or go to/ }).click();
  await page.getByRole("combobox").fill("audit");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${stage.muster.url}/audit-log`);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  expect(browser.errors).toEqual([]);
});
