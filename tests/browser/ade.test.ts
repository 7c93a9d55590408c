import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { withAdeStage } from "../support/ade-stage";
import { expectAccessible, withBrowser } from "../support/browser";
import { SetupAssistant } from "../support/setup-assistant";

const stage = withAdeStage();
const browser = withBrowser();

test("an account is connected in three steps, its devices get a configuration, and the page follows one through Setup Assistant", async () => {
  const setup = await SetupAssistant.start(stage.ca, { model: "iPad" });
  const serial = setup.device.serialNumber;
  stage.apple.account.add(serial, { model: "iPad (10th generation)", asset_tag: "Cart 3", device_family: "iPad", os: "iPadOS" });
  const page = await browser.signedIn(stage.muster.url);
  await page.goto(`${stage.muster.url}/ade`);
  await page.getByText("No account is connected").waitFor();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Connect an account" }).first().click();
  const wizard = page.getByRole("dialog");
  await wizard.getByLabel("Name").fill("School Manager");
  await wizard.getByRole("button", { name: "Make the certificate" }).click();
  const download = page.waitForEvent("download");
  await wizard.getByRole("link", { name: "Download the certificate" }).click();
  expect((await download).suggestedFilename()).toBe("School-Manager.pem");
  await expectAccessible(page);
  const wrong = path.join(stage.muster.dataDir, "wrong.p7m");
  writeFileSync(wrong, "not a token");
  await wizard.getByLabel("Server token").setInputFiles(wrong);
  await wizard.getByRole("button", { name: "Upload the token" }).click();
  await wizard.getByText("this is no server token for the certificate of this server").waitFor();
  const [server] = (await stage.api.call("listAdeServers")).items;
  const file = path.join(stage.muster.dataDir, "token.p7m");
  writeFileSync(file, stage.apple.mintToken(server?.certificatePem ?? ""));
  await wizard.getByLabel("Server token").setInputFiles(file);
  await wizard.getByRole("button", { name: "Upload the token" }).click();
  await page.getByText("Connected to Example School").waitFor();

  await page.getByRole("tab", { name: /^Configurations/ }).click();
  await page.getByRole("button", { name: "Create configuration" }).first().click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill("Classroom");
  await form.getByLabel("iPadOS at least").fill("eighteen");
  await form.getByText("Panes left out").click();
  await form.getByRole("checkbox", { name: "Siri" }).check();
  await form.getByRole("button", { name: "Create configuration" }).click();
  await form.getByText("is no version such as 18.1").first().waitFor();
  await expectAccessible(page);
  await form.getByLabel("iPadOS at least").fill("99.1");
  await form.getByRole("button", { name: "Create configuration" }).click();
  await page.getByRole("button", { name: "Classroom" }).waitFor();

  await page.getByRole("tab", { name: "Devices" }).click();
  const row = page.getByRole("row").filter({ hasText: serial });
  await row.getByText("Not assigned", { exact: true }).waitFor();
  await row.getByRole("checkbox", { name: `Select ${serial}` }).check();
  await page.getByRole("region", { name: "Selected devices" }).getByRole("button", { name: "Assign…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Assign" }).click();
  await row.getByText("Assigned", { exact: true }).waitFor();
  expect(stage.apple.profiles.get(stage.apple.account.device(serial).profile_uuid ?? "")).toMatchObject({ profile_name: "Classroom", skip_setup_items: ["Siri"] });

  // Live: what the device meets in Setup Assistant is seen here.
  const [configuration] = (await stage.api.call("listAdeConfigurations")).items;
  if (configuration === undefined) throw new Error("there is no configuration");
  await setup.ask(configuration);
  await row.getByText("System too old", { exact: true }).waitFor();
  await setup.enroll(await setup.ask(configuration, { says: { OS_VERSION: "99.1" } }));
  await row.getByText("In Setup Assistant", { exact: true }).waitFor();
  expect(browser.errors).toEqual([]);
});

test("the page before the profile can be read, signed in on, and is accessible", async () => {
  const configuration = await stage.configuration({ webPage: "sign-in" });
  const setup = await SetupAssistant.start(stage.ca, { model: "iPad" });
  const page = await browser.page({ viewport: { width: 768, height: 1024 }, extraHTTPHeaders: { "x-apple-aspen-deviceinfo": setup.signed().toString("base64") } });
  await page.goto(configuration.webUrl);
  await page.getByRole("heading", { name: "Muster will manage this device" }).waitFor();
  await page.getByLabel("E-mail").fill("nobody@example.org");
  await page.getByLabel("Password").fill("guessed wrongly");
  await page.getByRole("button", { name: "Sign in and continue" }).click();
  await page.getByRole("alert").getByText("do not fit").waitFor();
  await expectAccessible(page);
});
