import { afterAll, beforeAll, expect, test } from "vitest";
import { CHROMIUM, withBrowser } from "../support/browser";
import { startMuster, type MusterServer } from "../support/muster-server";

const browser = withBrowser();
let muster: MusterServer;
beforeAll(async () => {
  muster = await startMuster({ env: { ADMIN_EMAIL: "", ADMIN_PASSWORD: "" } });
});
afterAll(() => muster.stop());

const OWNER = { name: "Ada Owner", email: "ada@example.com", password: "correct horse battery" };

test.skipIf(!CHROMIUM)("the link that the first start prints leads to an account, into the console, out of it and in again", async () => {
  const setupUrl = /https?:\S+\/setup\?\S+/.exec(muster.logs)?.[0] ?? "";
  const { page, troubles } = await browser.open(muster.url);
  await page.goto(setupUrl);
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByRole("button", { name: "Create owner and sign in" }).click();
  await page.waitForURL(`${muster.url}/`);
  await page.getByRole("link", { name: "Devices" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Devices" }).waitFor();

  await page.context().clearCookies();
  await page.goto(`${muster.url}/devices`);
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Devices" }).waitFor();
  expect(troubles).toEqual([]);
});
