import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { TEST_TOPIC } from "@/lib/contracts/words";
import { channel, withBackstage } from "../support/backstage";
import { expectAccessible, withBrowser } from "../support/browser";
import { changeEnrollments } from "../support/push-enrollments";
import { eventually, TOPIC } from "../support/stage";

const stage = withBackstage();
const browser = withBrowser();
const LOOKS = [["light", 1280], ["dark", 1280], ["light", 390], ["dark", 390]] as const;
const HOUR = 3_600_000;

/** A Mac that was pushed once, with its token as APNs sees it. */
async function pushedMac(name: string) {
  const { device, id } = await stage.enrolledDevice({ model: "Mac", name });
  const token = device.state.push.token.toString("hex");
  await stage.api.call("pushDevice", { params: { id } });
  await stage.apns.waitForPush(token);
  return { device, id, token, enrollmentId: (await channel(device.udid)).id };
}

async function open(page: Page, id: string): Promise<void> {
  await page.goto(`${stage.muster.url}/devices/${id}?tab=push`);
  await page.getByRole("heading", { level: 2, name: "Last pushes" }).waitFor();
}

/** The panel in both themes and widths: it says `words`, is accessible and fits. */
async function looksGood(name: string, id: string, words: readonly string[]): Promise<void> {
  const page = await browser.signedIn(stage.muster.url);
  for (const [colorScheme, width] of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 1100 });
    await open(page, id);
    for (const text of words) await page.getByText(text, { exact: false }).first().waitFor();
    await expectAccessible(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
  }
  await page.context().close();
}

test("a test push waits for the device and says when it connected", async () => {
  const { device, id, token } = await pushedMac("Healthy Mac");
  await device.runSession();
  await eventually(() => stage.api.call("getDevicePush", { params: { id } }), ({ finding }) => finding.cause === "healthy");
  await looksGood("healthy", id, ["Answers", "the same", "Accepted", TOPIC]);

  const page = await browser.signedIn(stage.muster.url);
  await open(page, id);
  const before = stage.apns.pushes.filter((push) => push.token === token).length;
  await page.getByRole("button", { name: "Send a test push" }).click();
  await page.getByText("Accepted by Apple").waitFor();
  expect(stage.apns.pushes.filter((push) => push.token === token)).toHaveLength(before + 1);
  await device.connect("Idle");
  await page.getByText(/The device connected after \d/).waitFor();
  await expectAccessible(page);
  expect(browser.errors).toEqual([]);
}, 300_000);

test("a device with a dead token is not pushed, and the panel says what to do", async () => {
  const { id, token, enrollmentId } = await pushedMac("Erased Mac");
  stage.apns.script(token, { status: 410, reason: "Unregistered", timestamp: Date.now() });
  const page = await browser.signedIn(stage.muster.url);
  await open(page, id);
  await page.getByRole("button", { name: "Send a test push" }).click();
  await page.getByText("Apple did not take it").waitFor();
  await page.getByText("410 Unregistered").waitFor();
  await changeEnrollments([enrollmentId], { lastSeenAt: new Date(Date.now() - 30 * 24 * HOUR) });
  await looksGood("dead token", id, ["no longer listens to this topic", "410 Unregistered", "called dead"]);
  await page.reload();
  expect(await page.getByRole("button", { name: "Send a test push" }).isDisabled()).toBe(true);
}, 300_000);

test("a device of the test topic, and one whose topic has no push certificate, say so", async () => {
  const test = await pushedMac("Early Mac");
  await changeEnrollments([test.enrollmentId], { topic: TEST_TOPIC });
  await looksGood("test topic", test.id, ["Test topic", "enrolled while there was no push certificate"]);
  const orphan = await pushedMac("Orphan Mac");
  await changeEnrollments([orphan.enrollmentId], { topic: "com.apple.mgmt.External.gone" });
  await looksGood("no push certificate", orphan.id, ["No push certificate", "none for this topic"]);
}, 300_000);

test("a wrong configuration is said of the topic, not of the device", async () => {
  const { id } = await pushedMac("Innocent Mac");
  stage.apns.scriptAll({ status: 403, reason: "BadCertificate" });
  await stage.api.call("pushDevice", { params: { id } });
  await eventually(() => stage.api.call("getDevicePush", { params: { id } }), ({ alarm }) => alarm !== null);
  await looksGood("configuration alarm", id, ["Push configuration", "APNs refused the push certificate"]);
}, 300_000);
