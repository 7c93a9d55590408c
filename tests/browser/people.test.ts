import { expect, test } from "vitest";
import { expectAccessible, signIn, withBrowser } from "../support/browser";
import { ADMIN } from "../support/muster-server";
import { withStage } from "../support/stage";

const stage = withStage();
const browser = withBrowser();

test("a person is added, chooses a password, sees what the role allows, and is signed out when disabled", async () => {
  const owner = await browser.signedIn(stage.muster.url);
  await owner.goto(`${stage.muster.url}/people`);
  await owner.getByRole("button", { name: "Add person" }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Vera Viewer");
  await dialog.getByLabel("E-mail").fill("vera@example.com");
  await dialog.getByLabel("Role").click();
  await owner.getByRole("option", { name: "Viewer" }).click();
  await dialog.getByRole("button", { name: "Add person" }).click();
  const link = (await dialog.getByText(/\/password\?token=/).textContent())?.trim() ?? "";
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await owner.getByRole("row", { name: /Vera Viewer.*Invited/ }).waitFor();

  const vera = await browser.page();
  await vera.goto(link);
  await vera.getByRole("heading", { level: 1, name: "Welcome, Vera Viewer" }).waitFor();
  await vera.getByLabel("New password").fill("a sentence of Vera's");
  await vera.getByRole("button", { name: "Choose password and sign in" }).click();
  await vera.waitForURL(`${stage.muster.url}/`);
  await owner.getByRole("row", { name: /Vera Viewer.*Active/ }).waitFor();
  expect(await vera.getByRole("link", { name: "People" }).count()).toBe(0);
  const answer = await vera.request.get(`${stage.muster.url}/api/v1/people`);
  expect(answer.status()).toBe(403);

  await owner.getByRole("button", { name: "Actions for Vera Viewer" }).click();
  await owner.getByRole("menuitem", { name: "Disable" }).click();
  await owner.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await owner.getByRole("row", { name: /Vera Viewer.*Disabled/ }).waitFor();
  // Her page notices by itself.
  await vera.getByRole("button", { name: "Sign in" }).waitFor();
  await vera.getByText("Your session has ended").waitFor();
  expect(browser.errors).toEqual([]);
});

test("a console whose session has ended says so, asks no more, and comes back to its page after signing in", async () => {
  const here = `${stage.muster.url}/devices?state=enrolled&query=Lost`;
  const page = await browser.signedIn(stage.muster.url);
  await page.goto(here);
  await page.getByText("Live", { exact: true }).first().waitFor();
  // The page itself asks for nothing now; the stream is what notices, when the server looks whether its reader is still allowed.
  await page.context().clearCookies();
  await page.getByText("Your session has ended").waitFor();
  await expectAccessible(page);
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("/api/v1/") && asked.push(request.url()));
  await page.waitForTimeout(6_000);
  expect(asked).toEqual([]);
  await signIn(page, ADMIN.password);
  await page.waitForURL(here);
  await page.getByText("Live", { exact: true }).first().waitFor();

  // Here the browser still has its cookie, which does not count any more.
  const other = await browser.signedIn(stage.muster.url);
  await other.context().addCookies((await other.context().cookies()).map((cookie) => (cookie.name.includes("session-token") ? { ...cookie, value: "ended" } : cookie)));
  await other.goto(here);
  await other.getByText("Your session has ended").waitFor();
  await signIn(other, ADMIN.password);
  await other.waitForURL(here);
  expect(browser.errors).toEqual([]);
});
