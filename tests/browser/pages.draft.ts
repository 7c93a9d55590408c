import { expect, test } from "vitest";
import { expectAccessible, withBrowser } from "../support/browser";
import { fileOf, wifiProfile } from "../support/library-profiles";
import { withStage } from "../support/stage";

const stage = withStage();
const browser = withBrowser();

test.each([["light", 1280], ["dark", 1280], ["light", 390], ["dark", 390]] as const)("every page is accessible and fits, %s at %i pixels", async (colorScheme, width) => {
  const { id } = await stage.enrolledDevice({ model: "Mac" });
  const link = await stage.link();
  const group = await stage.api.call("createGroup", { body: { name: `Group ${colorScheme} ${width}` } });
  const declaration = await stage.api.call("createDeclaration", { body: { type: "com.apple.configuration.passcode.settings", payload: { MinimumLength: 8 } } });
  const profile = await stage.api.call("uploadProfile", { body: { content: fileOf(wifiProfile(`com.example.${colorScheme}.${width}`)) } });
  const batch = await stage.api.call("sendBatch", { body: { requestType: "SecurityInfo", target: { deviceIds: [id] } } });
  const account = await stage.api.call("createAccountConfiguration", { body: { domain: `${colorScheme}-${width}.example`, mode: "BYOD", method: "apple-as-web" } });
  const page = await browser.signedIn(stage.muster.url, { colorScheme, viewport: { width, height: 844 } });
  const tabs = ["commands", "activity", "profiles", "declarations", "apps", "certificates", "security", "inventory", "protocol"].map((tab) => `/devices/${id}?tab=${tab}`);
  const fleet = ["/groups", `/groups/${group.id}`, "/declarations", `/declarations/${declaration.id}`, "/profiles", ...["overview", "payloads", "assignment", "devices", "versions"].map((tab) => `/profiles/${profile.id}?tab=${tab}`), "/batches", `/batches/${batch.id}`];
  const paths = ["/", "/devices", `/devices/${id}`, ...tabs, ...fleet, "/enrollment-links", "/ade", "/ade?tab=configurations", "/admissions", "/restores", "/push-certificate", "/certificates", "/unknown-contacts", "/audit-log", "/api-tokens", "/people", "/settings", "/getting-started", `/enrollment-links/${link.id}`, "/account-driven", `/account-driven/${account.id}`, new URL(`/account/${account.id}/sign-in`, stage.muster.url).pathname, new URL(link.url).pathname, "/enroll/nonsense"];
  for (const path of paths) {
    await page.goto(stage.muster.url + path);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await page.waitForTimeout(300);
    await expectAccessible(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `${path} is wider than the window`).toBeLessThanOrEqual(0);
  }
  await page.context().close();
  expect(browser.errors).toEqual([]);
}, 180_000);

test("the console asks nobody else for anything", async () => {
  const page = await browser.signedIn(stage.muster.url);
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(stage.muster.url) && !request.url().startsWith("data:")) foreign.push(request.url());
  });
  for (const path of ["/", "/devices", "/enrollment-links"]) {
    const answer = await page.goto(stage.muster.url + path);
    expect(answer?.headers()["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[^']+'/);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
  }
  expect(foreign).toEqual([]);
});

test("another site cannot act with the console's session", async () => {
  const page = await browser.signedIn(stage.muster.url);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const send = (headers: Record<string, string>) =>
    fetch(`${stage.muster.url}/api/v1/enrollment-links`, { method: "POST", headers: { cookie, "content-type": "application/json", ...headers }, body: JSON.stringify({ name: "forged" }) });
  const forged: Record<string, string>[] = [{}, { origin: "https://evil.example" }, { origin: "null" }, { origin: stage.muster.url, "sec-fetch-site": "cross-site" }];
  for (const headers of forged) {
    expect((await send(headers)).status).toBe(403);
  }
  expect((await send({ origin: stage.muster.url, "sec-fetch-site": "same-origin" })).status).toBe(201);
});
