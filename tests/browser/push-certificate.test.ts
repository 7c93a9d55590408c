import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { daysFromNow, type PemPair, type TestAuthority } from "../support/apns-certificates";
import { ApnsStandIn } from "../support/apns-stand-in";
import { expectAccessible, withBrowser } from "../support/browser";
import { MdmcertDownload } from "../support/mdmcert-download";
import { startMuster, type MusterServer } from "../support/muster-server";
import { opensslMissing } from "../support/openssl";
import { PushPortal } from "../support/push-portal";
import { SimulatedDevice } from "../support/simulated-device";

const browser = withBrowser();
let apns: ApnsStandIn;
let muster: MusterServer;
let portal: PushPortal;
let relations: TestAuthority;
let vendor: PemPair;
beforeAll(async () => {
  apns = await ApnsStandIn.start();
  muster = await startMuster({ env: { APNS_URL: apns.url, APNS_CA_FILE: apns.caFile } });
  portal = new PushPortal(apns.authority);
  relations = await apns.authority.issueAuthority("CN=Worldwide Developer Relations, OU=G9");
  vendor = await relations.issueVendor();
});
afterAll(async () => {
  await muster.stop();
  await apns.close();
});

const file = (name: string, content: string | Buffer) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

async function opened(): Promise<Page> {
  const page = await browser.signedIn(muster.url);
  await page.goto(`${muster.url}/push-certificate`);
  await page.getByRole("heading", { level: 1, name: "Push certificate" }).waitFor();
  return page;
}

async function portalFile(page: Page): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, /^Download muster-push-request/).click()]);
  expect(download.suggestedFilename()).toBe("muster-push-request.plist");
  return readFileSync(await download.path());
}

describe.skipIf(opensslMissing)("the guide to a push certificate", () => {
  test("leads from nothing to a certificate in use, through a signing service, and can be left on the way", async () => {
    const download = await MdmcertDownload.start(vendor, [relations.certificatePem, apns.caPem], "our key");
    try {
      const page = await opened();
      await page.getByText("The test topic is in use").waitFor();
      await button(page, "Begin").click();
      await page.getByLabel("Registered e-mail address").fill("it@example.com");
      await page.getByLabel("Key of the service").fill("our key");
      const line = (await page.getByRole("region", { name: "request to mdmcert.download" }).textContent()) ?? "";
      const body = /-d '([^]+)'$/.exec(line)?.[1] ?? "";
      expect(line).toContain("curl 'https://mdmcert.download/api/v1/signrequest'");
      const answer = await fetch(`${download.url}/api/v1/signrequest`, { method: "POST", headers: { "content-type": "application/json" }, body });
      expect(await answer.json()).toEqual({ result: "success" });
      await expectAccessible(page);

      await page.reload();
      await button(page, "Take the signature").click();
      await page.getByText("Choose a file.").waitFor();
      await page.getByLabel("File from the mail").setInputFiles(file("x.p7", "not an answer"));
      await button(page, "Take the signature").click();
      await page.getByText(/answer of the signing service cannot be used/).waitFor();
      await page.getByLabel("File from the mail").setInputFiles(file("mdm_signed_request.plist.b64.p7", download.mails[0]?.attachment ?? ""));
      await button(page, "Take the signature").click();
      await page.getByText("Holds the request made here.").waitFor();

      await page.reload();
      const signed = await portalFile(page);
      await button(page, "Check and upload").first().click();
      await page.getByText("Choose a file.").waitFor();
      await page.getByText("Enter the account that signed in at Apple’s portal.").waitFor();
      await expectAccessible(page);
      await page.getByRole("textbox", { name: "Apple Account" }).first().fill("push@example.com");
      await page.getByLabel("Certificate", { exact: true }).first().setInputFiles(file("request.plist", signed));
      await button(page, "Check and upload").first().click();
      await page.getByText(/This is the file for Apple's portal/).first().waitFor();
      await page.getByLabel("Certificate", { exact: true }).first().setInputFiles(file("MDM_ Example_Certificate.pem", await portal.create(signed)));
      await button(page, "Check and upload").first().click();
      await page.getByText("The certificate is in use").waitFor();
      expect(await page.getByRole("table", { name: "Checks of the certificate" }).getByText("passed").count()).toBe(6);
      await page.getByText("push@example.com").first().waitFor();
      await expectAccessible(page);
      await page.context().close();
    } finally {
      await download.close();
    }
    expect(browser.errors).toEqual([]);
  });

  test("renews with one's own vendor certificate, and stops before another topic until the sentence is typed", async () => {
    const before = await muster.api.call("listPushCertificates");
    const link = await muster.api.call("createLink", { body: { name: "Test devices" } });
    await SimulatedDevice.enroll(link.profileUrl, {});
    const page = await opened();
    await button(page, "Begin the renewal").click();
    await page.getByRole("tab", { name: "My vendor certificate" }).click();
    const der = Buffer.from(vendor.certificatePem.replace(/-----[^-]+-----|\s/g, ""), "base64");
    const form = page.locator("form").filter({ has: button(page, "Keep it and sign") });
    await form.getByLabel("Private key").setInputFiles(file("vendor.key", vendor.privateKeyPem));
    await form.getByLabel("Certificate", { exact: true }).setInputFiles(file("mdm.cer", der));
    await button(page, "Keep it and sign").click();
    await page.getByText(/Worldwide Developer Relations.*is missing/).first().waitFor();
    await form.getByLabel("Certificate", { exact: true }).setInputFiles([file("mdm.cer", der), file("relations.pem", relations.certificatePem)]);
    await button(page, "Keep it and sign").click();
    await page.getByText(/By MDM Vendor: Example Inc\./).waitFor();
    await page.getByText(/never/).first().waitFor();

    const certificatePem = await portal.create(await portalFile(page));
    expect(await page.getByRole("textbox", { name: "Apple Account" }).first().inputValue()).toBe("push@example.com");
    await page.getByLabel("Certificate", { exact: true }).first().setInputFiles(file("new.pem", certificatePem));
    await button(page, "Check and upload").first().click();
    await page.getByText("Stop: this certificate has another topic").waitFor();
    await expectAccessible(page);
    await button(page, "Change the topic").click();
    await page.getByText("Stop: this certificate has another topic").waitFor();
    expect((await muster.api.call("listPushCertificates")).currentTopic).toBe(before.currentTopic);
    await page.getByLabel(/to confirm/).fill("I will re-enroll 1 device");
    await button(page, "Change the topic").click();
    await page.getByText("The certificate is in use").waitFor();
    const table = page.getByRole("table", { name: "Push certificates" });
    await table.getByText("Needed").waitFor();
    await table.getByText("In use").waitFor();
    await table.getByRole("button", { name: "Renew" }).waitFor();
    await page.context().close();
    expect(browser.errors).toEqual([]);
  });

  test("a certificate near its end is told of on every page, and in its last week to the end", async () => {
    const { items } = await muster.api.call("listPushCertificates");
    const topic = items.find(({ state }) => state === "needed")?.topic ?? "";
    await muster.api.call("uploadPushCertificate", { body: await apns.mintPushCertificate({ topic, notAfter: daysFromNow(20) }) });
    const page = await opened();
    await page.goto(`${muster.url}/devices`);
    const banner = page.getByRole("region", { name: "Push certificate" });
    await banner.getByText("The push certificate expires in 20 days.").waitFor();
    await banner.getByText(/1 device could not be woken then/).waitFor();
    await expectAccessible(page);
    await banner.getByRole("button", { name: /Put this warning away/ }).click();
    await page.reload();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForTimeout(500);
    expect(await banner.count()).toBe(0);
    await muster.api.call("uploadPushCertificate", { body: await apns.mintPushCertificate({ topic, notAfter: daysFromNow(3) }) });
    await banner.getByText("The push certificate expires in 3 days.").waitFor();
    expect(await banner.getByRole("button").count()).toBe(0);
    await banner.getByRole("link", { name: "Renew" }).click();
    await page.waitForURL(`${muster.url}/push-certificate`);
    await page.context().close();
    expect(browser.errors).toEqual([]);
  });
});
