import { expect, test } from "vitest";
import { SimulatedDevice } from "../support/simulated-device";
import { signIn, withBrowser } from "../support/browser";
import { withStage } from "../support/stage";

const stage = withStage();
const browser = withBrowser();

test("from signing in to a released device, every step seen live", async () => {
  const page = await browser.page();
  await page.goto(stage.muster.url);
  await page.waitForURL(/\/sign-in/);
  await signIn(page, "wrong password here");
  await page.getByRole("alert").filter({ hasText: /password/i }).waitFor();
  await signIn(page, "correct horse battery");
  await page.getByRole("heading", { level: 1, name: "Welcome" }).waitFor();

  // A link, with its QR code.
  await page.getByRole("link", { name: "Enrollment links" }).first().click();
  await page.getByRole("button", { name: /Create/ }).first().click();
  await page.getByLabel("Name", { exact: true }).fill("Front desk");
  await page.getByRole("dialog").getByRole("button", { name: /Create/ }).click();
  await page.getByRole("img", { name: "QR code of the enrollment page" }).waitFor();
  await page.getByRole("button", { name: "Copy link" }).click();
  const url = await page.evaluate(() => navigator.clipboard.readText());
  expect(url).toMatch(new RegExp(`^${stage.muster.url}/enroll/[\\w-]{20,}$`));
  await page.keyboard.press("Escape");

  // The list is open while the device arrives.
  await page.getByRole("link", { name: "Devices", exact: true }).first().click();
  await page.getByRole("heading", { name: "Devices" }).waitFor();
  const device = new SimulatedDevice({ model: "iPhone", name: "Kim's iPhone" });
  stage.wakeByPush(device);
  await device.enroll(`${url}/profile`);
  const row = page.getByRole("row").filter({ hasText: device.serialNumber });
  await row.getByText("Enrolled").waitFor();
  await row.getByRole("link", { name: "Kim's iPhone" }).click();
  await page.getByRole("heading", { name: "Kim's iPhone" }).waitFor();

  // A question, and its answer.
  device.state.name = "Kim's renamed iPhone";
  await page.getByRole("button", { name: "Send command" }).first().click();
  await page.getByLabel("Search commands").fill("battery");
  await page.getByRole("dialog").getByText("DeviceInformation").first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
  await page.getByRole("dialog").getByText("Acknowledged").first().waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).first().click();
  await page.getByRole("heading", { name: "Kim's renamed iPhone" }).waitFor();

  await page.getByRole("tab", { name: /^Commands/ }).click();
  const line = page.getByRole("row").filter({ hasText: "DeviceInformation" }).first();
  await line.getByText("Acknowledged").waitFor();
  await line.getByRole("button").first().click();
  await page.getByRole("region", { name: "Answer" }).getByText("BatteryLevel").waitFor();
  await page.getByRole("button", { name: "Answer plist" }).click();
  await page.getByText("<key>QueryResponses</key>").waitFor();

  // Release.
  await page.getByRole("button", { name: /More|actions/i }).first().click();
  await page.getByRole("menuitem", { name: /End management/ }).click();
  await page.getByRole("dialog").getByRole("textbox").fill(device.serialNumber);
  await page.getByRole("dialog").getByRole("button", { name: /End management/ }).click();
  await page.getByText("Profile removed").first().waitFor();
  expect(device.managed).toBe(false);
  expect(browser.errors).toEqual([]);
});

test("after a few wrong passwords even the right one has to wait", async () => {
  const page = await browser.page();
  await page.goto(`${stage.muster.url}/sign-in`);
  for (let n = 0; n < 8; n++) {
    await signIn(page, `guess number ${n}`);
    await page.getByRole("button", { name: "Sign in" }).and(page.locator(":enabled")).waitFor();
  }
  await signIn(page, "correct horse battery");
  await page.getByText(/too many/i).waitFor();
  expect(new URL(page.url()).pathname).toBe("/sign-in");
});
