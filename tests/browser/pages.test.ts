import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { withAdeStage } from "../support/ade-stage";
import { faultsOf, openWhole, withBrowser } from "../support/browser";
import { CONSOLE_PAGES, isOfConsole } from "../support/console-pages";
import { liveIn, type LivedIn } from "../support/lived-in";

const stage = withAdeStage();
const browser = withBrowser();
let livedIn: LivedIn | null = null;

test("every page of app/ is in the list of those that are looked at", () => {
  const files = readdirSync(path.resolve(import.meta.dirname, "../../app"), { recursive: true, encoding: "utf8" });
  const pages = files.filter((file) => path.basename(file) === "page.tsx");
  expect(CONSOLE_PAGES.map(({ file }) => file).filter((file) => file.endsWith("/page.tsx")).sort()).toEqual(pages.sort());
});

test("every page of a server in use is accessible and fits, at a desk and on a phone, light and dark", async () => {
  const things = (livedIn ??= await liveIn(stage));
  const [owner, stranger] = [await browser.signedIn(stage.muster.url), await browser.page()];
  const faults: string[] = [];
  for (const each of CONSOLE_PAGES) {
    const page = isOfConsole(each) ? owner : stranger;
    for (const at of each.paths(things)) {
      await openWhole(page, stage.muster.url + at);
      faults.push(...(await faultsOf(page)).map((fault) => `${at} ${fault}`));
    }
  }
  expect(faults).toEqual([]);
  expect(browser.errors).toEqual([]);
}, 900_000);

test("the sums of the dashboard lead to the devices and the pushes behind them", async () => {
  livedIn ??= await liveIn(stage);
  const page = await browser.signedIn(stage.muster.url);
  const follow = async (link: RegExp, title: string, at: RegExp) => {
    await page.goto(stage.muster.url);
    await page.getByRole("main").getByRole("link", { name: link }).first().click();
    await page.waitForURL(at);
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
  };
  await follow(/^Refused or failed \d/, "Activity", /\/activity\?about=pushes-failed$/);
  await page.getByRole("row", { name: /Push failed.*Ann’s iPhone.*410/ }).first().waitFor();
  expect(await page.getByRole("row", { name: "Push sent" }).count()).toBe(0);
  await follow(/^Accepted \d/, "Activity", /\/activity\?about=pushes-accepted$/);
  await page.getByRole("row", { name: /Push sent/ }).first().waitFor();
  await follow(/^and \d+ more versions?$/, "Devices", /\/devices\?platform=ios&sort=os$/);
  await follow(/in 48 h$/, "Devices", /\/devices\?seenWithin=48h&sort=-lastSeen$/);
  await page.getByRole("link", { name: "Ann’s iPhone" }).waitFor();
}, 240_000);

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
