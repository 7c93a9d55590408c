import { expect, test } from "vitest";
import { withBrowser } from "../support/browser";
import { startMuster } from "../support/muster-server";

const browser = withBrowser();

test("without ADMIN_EMAIL the start prints a link that makes the first owner, once", async () => {
  const muster = await startMuster({ env: { ADMIN_EMAIL: "", ADMIN_PASSWORD: "" } });
  try {
    const link = /http:\/\/\S+\/setup\?token=\S+/.exec(muster.logs)?.[0];
    if (link === undefined) throw new Error(`no setup link was printed:\n${muster.logs}`);
    const page = await browser.page();
    await page.goto(link);
    await page.getByLabel("Your name").fill("Robin");
    await page.getByLabel("E-mail").fill("robin@example.com");
    await page.getByLabel("Password").fill("short");
    await page.getByRole("button").last().click();
    await page.getByText(/12 characters/).first().waitFor();
    await page.getByLabel("Password").fill("a long enough sentence");
    await page.getByRole("button").last().click();
    await page.getByRole("heading", { level: 1, name: "Welcome" }).waitFor();
    await page.context().clearCookies();
    await page.goto(`${muster.url}/devices`);
    await page.getByLabel("E-mail").fill("robin@example.com");
    await page.getByLabel("Password").fill("a long enough sentence");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { level: 1, name: "Devices" }).waitFor();

    const second = await browser.page();
    await second.goto(link);
    await second.getByRole("heading", { level: 1 }).waitFor();
    expect(await second.getByLabel("Your name").count()).toBe(0);
        const answer = await fetch(`${muster.url}/api/v1/setup`, {
      method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: new URL(link).searchParams.get("token"), email: "m@example.com", name: "Mallory", password: "another long sentence" }),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(browser.errors).toEqual([]);
  } finally {
    await muster.stop();
  }
});
