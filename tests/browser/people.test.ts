import { expect, test } from "vitest";
import { withBrowser } from "../support/browser";
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
  expect(browser.errors).toEqual([]);
});
