import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { expectAccessible, signIn, withBrowser } from "../support/browser";
import { ADMIN } from "../support/muster-server";
import { withStage } from "../support/stage";

const stage = withStage();
const browser = withBrowser();

test("a person is added, chooses a password, sees what the role allows, and is signed out when disabled", async () => {
  const name = `Vera ${randomUUID().slice(0, 8)}`;
  const owner = await browser.signedIn(stage.muster.url);
  await owner.goto(`${stage.muster.url}/people`);
  await owner.getByRole("button", { name: "Add person" }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("E-mail").fill(`${name.replace(" ", "-")}@example.com`);
  await dialog.getByLabel("Role").click();
  await owner.getByRole("option", { name: "Viewer" }).click();
  await dialog.getByRole("button", { name: "Add person" }).click();
  const link = (await dialog.getByText(/\/password\?token=/).textContent())?.trim() ?? "";
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await owner.getByRole("row", { name: new RegExp(`${name}.*Invited`) }).waitFor();

  const vera = await browser.page();
  await vera.goto(link);
  await vera.getByRole("heading", { level: 1, name: `Welcome, ${name}` }).waitFor();
  await vera.getByLabel("New password").fill("a sentence of Vera's");
  await vera.getByRole("button", { name: "Choose password and sign in" }).click();
  await vera.waitForURL(`${stage.muster.url}/`);
  await owner.getByRole("row", { name: new RegExp(`${name}.*Active`) }).waitFor();
  expect(await vera.getByRole("link", { name: "People" }).count()).toBe(0);
  const answer = await vera.request.get(`${stage.muster.url}/api/v1/people`);
  expect(answer.status()).toBe(403);

  await owner.getByRole("button", { name: `Actions for ${name}` }).click();
  await owner.getByRole("menuitem", { name: "Disable" }).click();
  await owner.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await owner.getByRole("row", { name: new RegExp(`${name}.*Disabled`) }).waitFor();
  // Her page notices by itself.
  await vera.getByRole("dialog", { name: "Your session has ended" }).waitFor();
  await vera.getByRole("link", { name: "Sign in here" }).click();
  await vera.getByRole("button", { name: "Sign in" }).waitFor();
  await vera.getByText("Your session has ended").waitFor();
  expect(browser.errors).toEqual([]);
});

test("a console whose session has ended says so, asks no more, and goes on with what was typed after signing in in another tab", async () => {
  const groups = `${stage.muster.url}/groups`;
  const page = await browser.signedIn(stage.muster.url);
  await page.goto(groups);
  await page.getByText("Live", { exact: true }).first().waitFor();
  await page.getByRole("button", { name: "Create group" }).first().click();
  await page.getByLabel("Name").fill("Front desk");
  const create = page.getByRole("dialog", { name: "Create a group" }).getByRole("button", { name: "Create group" });
  const ended = page.getByRole("dialog", { name: "Your session has ended" });
  await page.context().clearCookies();
  await create.click();
  await ended.waitFor();
  await expectAccessible(page);
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("/api/v1/") && asked.push(request.url()));
  await page.waitForTimeout(6_000);
  expect(asked).toEqual([]);

  const [tab] = await Promise.all([page.context().waitForEvent("page"), ended.getByRole("link", { name: "Sign in in a new tab" }).click()]);
  await signIn(tab, ADMIN.password);
  await tab.waitForURL(groups);
  await page.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await ended.waitFor({ state: "detached" });
  expect(await page.getByLabel("Name").inputValue()).toBe("Front desk");
  await create.click();
  await page.getByRole("heading", { level: 1, name: "Front desk" }).waitFor();
  await page.getByText("Live", { exact: true }).first().waitFor();
  expect(browser.errors).toEqual([]);
});

test("a page that is opened with a session that does not count any more leads to the sign-in, and comes back", async () => {
  const here = `${stage.muster.url}/devices?state=enrolled&query=Lost`;
  const page = await browser.signedIn(stage.muster.url);
  await page.context().addCookies((await page.context().cookies()).map((cookie) => (cookie.name.includes("session-token") ? { ...cookie, value: "ended" } : cookie)));
  await page.goto(here);
  await page.getByText("Your session has ended").waitFor();
  await signIn(page, ADMIN.password);
  await page.waitForURL(here);
  expect(browser.errors).toEqual([]);
});

test("before the scripts of the page run, no password can get into an address", async () => {
  const page = await browser.page({ javaScriptEnabled: false });
  const link = await stage.api.call("createPerson", { body: { name: "Early Bird", email: `early-${randomUUID().slice(0, 8)}@example.com`, role: "viewer" } });
  for (const url of [`${stage.muster.url}/sign-in`, link.url]) {
    await page.goto(url);
    const before = page.url();
    await page.locator("input[type=password]").fill("a secret sentence");
    expect(await page.locator("button[type=submit]").isDisabled()).toBe(true);
    await page.locator("input[type=password]").press("Enter");
    expect(await page.locator("form").getAttribute("method")).toBe("post");
    expect(page.url()).toBe(before);
  }
});
