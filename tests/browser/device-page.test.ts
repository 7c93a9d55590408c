import pg from "pg";
import { afterEach, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { expectAccessible, withBrowser } from "../support/browser";
import { eventually, withStage } from "../support/stage";

const stage = withStage();
const browser = withBrowser();

afterEach(() => expect(browser.errors).toEqual([]));

async function openForm(page: Page, id: string, search: string): Promise<void> {
  await page.goto(`${stage.muster.url}/devices/${id}`);
  await page.getByRole("button", { name: "Send command" }).first().click();
  await page.getByRole("dialog").getByLabel("Search commands").fill(search);
  await page.keyboard.press("Enter");
}

test("a nested command is filled in, its property list changed by hand, and its way watched to the answer", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "iPhone", name: "Nested iPhone", supervised: true });
  stage.wakeByPush(device);
  const page = await browser.signedIn(stage.muster.url);
  await openForm(page, id, "Settings");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Add/ }).click();
  await dialog.getByRole("combobox").first().click();
  await page.getByRole("option", { name: "Device name" }).click();
  await dialog.getByLabel("Device name", { exact: true }).fill("Front desk");
  const preview = dialog.getByRole("region", { name: "Preview of the property list" });
  await preview.getByText("<string>Front desk</string>").waitFor();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Edit by hand" }).click();
  const text = dialog.getByLabel("Property list", { exact: true });
  await text.fill("<plist><dict></plist>");
  await dialog.getByRole("alert").first().waitFor();
  await dialog.getByRole("button", { name: "Back to the form" }).click();
  await dialog.getByRole("button", { name: "Edit by hand" }).click();
  await text.fill((await text.inputValue()).replace("Front desk", "Back office"));
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Continue" }).click();
  await dialog.getByRole("button", { name: /^Send: / }).click();
  await dialog.getByText(/^Goes out in \d+ s$/).waitFor();
  await dialog.getByText("Held back").waitFor();
  await expectAccessible(page);
  await dialog.getByText("Acknowledged").first().waitFor();
  await dialog.getByText("Device connected").waitFor();
  expect(device.state.name).toBe("Back office");
  const { items: [sent] } = await stage.api.call("listDeviceCommands", { params: { id } });
  expect((await stage.command(sent?.id ?? "")).requestXml).toContain("<string>Back office</string>");
});

test("within ten seconds a command is undone and never reaches the device", async () => {
  const { device, id } = await stage.enrolledDevice({ name: "Undone iPhone", supervised: true });
  const page = await browser.signedIn(stage.muster.url);
  await openForm(page, id, "RestartDevice");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await dialog.getByRole("button", { name: /^Send: / }).click();
  await dialog.getByText(/^Goes out in \d+ s$/).waitFor();
  expect(await device.connect("Idle")).toBeNull();
  await dialog.getByRole("button", { name: "Undo" }).click();
  await dialog.getByText("It was not sent and will not run.").waitFor();
  const { items: [command] } = await stage.api.call("listDeviceCommands", { params: { id } });
  expect(command).toMatchObject({ requestType: "RestartDevice", state: "cancelled", deliveries: 0 });

  await dialog.getByRole("button", { name: "Send another" }).click();
  await dialog.getByLabel("Search commands").fill("RestartDevice");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await dialog.getByRole("button", { name: /^Send: / }).click();
  await dialog.getByText(/^Goes out in \d+ s$/).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Undone: it was not sent").waitFor();
  expect(await device.connect("Idle")).toBeNull();
});

test("a window that is closed does not stop a command that was held back", async () => {
  const { device, id } = await stage.enrolledDevice({ name: "Closed iPhone", supervised: true });
  const page = await browser.signedIn(stage.muster.url);
  await openForm(page, id, "RestartDevice");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await dialog.getByRole("button", { name: /^Send: / }).click();
  await dialog.getByText(/^Goes out in \d+ s$/).waitFor();
  await page.context().close();
  expect((await eventually(() => device.connect("Idle"), (command) => command !== null))?.requestType).toBe("RestartDevice");
});

test("what cannot be taken back is sent only when the serial number is typed", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "iPhone", name: "Erased iPhone" });
  const page = await browser.signedIn(stage.muster.url);
  await openForm(page, id, "wipe");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Continue" }).click();
  const send = dialog.getByRole("button", { name: /^Send: / });
  expect(await send.isDisabled()).toBe(true);
  await dialog.getByRole("textbox").fill("something else");
  expect(await send.isDisabled()).toBe(true);
  await dialog.getByRole("textbox").fill(device.serialNumber);
  await expectAccessible(page);
  await send.click();
  await dialog.getByRole("button", { name: "Undo" }).click();
  await dialog.getByText("It was not sent and will not run.").waitFor();
});

test("the inspector shows what the device said, without its secrets", async () => {
  const { device, id } = await stage.enrolledDevice({ model: "Mac", name: "Inspected Mac" });
  const page = await browser.signedIn(stage.muster.url);
  await page.goto(`${stage.muster.url}/devices/${id}?tab=protocol`);
  await page.getByRole("row").filter({ hasText: "TokenUpdate" }).first().getByRole("button").click();
  const said = page.getByRole("region", { name: "request body" });
  await said.getByText("<key>PushMagic</key>").waitFor();
  const text = (await said.textContent()) ?? "";
  expect(text).toContain("••••");
  expect(text).not.toContain(device.state.push.magic);
  await page.getByText("Clock of the device").waitFor();
  await expectAccessible(page);
  await device.deliver(device.sign("report", { UDID: "another device", Status: "Idle" }));
  await page.getByRole("combobox", { name: "Which exchanges" }).click();
  await page.getByRole("option", { name: "Refused only" }).click();
  await page.getByText("The certificate belongs to another device").waitFor();
});

test("a PIN is shown for a reason, and hidden again after thirty seconds", async () => {
  const { id } = await stage.enrolledDevice({ model: "Mac", name: "Locked Mac" });
  await stage.send(id, { requestType: "DeviceLock", parameters: { PIN: "482913" } });
  const page = await browser.signedIn(stage.muster.url);
  await page.clock.install();
  await page.goto(`${stage.muster.url}/devices/${id}?tab=security`);
  await page.getByRole("button", { name: "Reveal Lock PIN" }).click();
  const dialog = page.getByRole("dialog");
  expect(await dialog.getByRole("button", { name: /^Reveal for/ }).isDisabled()).toBe(true);
  await dialog.getByLabel("Reason").fill("Owner at the help desk");
  await dialog.getByRole("button", { name: /^Reveal for/ }).click();
  await dialog.getByLabel("Lock PIN", { exact: true }).waitFor();
  expect(((await dialog.getByLabel("Lock PIN", { exact: true }).textContent()) ?? "").replaceAll(/\s/g, "")).toBe("482913");
  await expectAccessible(page);
  await page.clock.runFor(31_000);
  await dialog.getByText("It was hidden again.").waitFor();
  expect((await page.content()).replaceAll(/\s/g, "")).not.toMatch(/482(<[^>]+>)*913/);
  await page.goto(`${stage.muster.url}/audit-log`);
  await page.getByText("Owner at the help desk").waitFor();
});

test("a viewer is offered neither a secret nor a command", async () => {
  const { id } = await stage.enrolledDevice({ model: "Mac", name: "Watched Mac" });
  const client = new pg.Client(stage.muster.databaseUrl);
  await client.connect();
  const become = (role: string) => client.query(`UPDATE "User" SET "role" = $1`, [role]);
  await become("viewer");
  try {
    const page = await browser.signedIn(stage.muster.url);
    await page.goto(`${stage.muster.url}/devices/${id}?tab=security`);
    await page.getByText("Revealing needs the role Operator").waitFor();
    await page.getByText("Bootstrap token").first().waitFor();
    expect(await page.getByRole("button", { name: /Reveal/ }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Send command" }).getAttribute("aria-disabled")).toBe("true");
    await expectAccessible(page);
    const secretId = (await stage.device(id)).secrets[0]?.id;
    const status = await page.evaluate(
      async (path) => (await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ reason: "Curiosity" }) })).status,
      `/api/v1/devices/${id}/secrets/${secretId}/reveal`,
    );
    expect(status).toBe(403);
  } finally {
    await become("owner");
    await client.end();
  }
});
