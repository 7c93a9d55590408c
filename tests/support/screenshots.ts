/**
 * npm run screenshots -- [--out test-results/screenshots] [--only /devices] [--readme]
 *
 * Takes a picture of every page of the built server, light and dark, at a desk and on a phone, with a fleet that has been in use.
 * `--only` keeps to addresses that hold the text; `--readme` renews the pictures of docs/screenshots instead.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { closeDatabase, openDatabase } from "@/lib/db/database";
import { AdeStage } from "./ade-stage";
import { MASTER_KEY } from "./backstage";
import { openWhole, TestBrowser } from "./browser";
import { CONSOLE_PAGES, isOfConsole } from "./console-pages";
import { liveIn, type LivedIn } from "./lived-in";

const LOOKS = ["light", "dark"] as const;
const WIDTHS = [1280, 390];
/** Of docs/screenshots. */
const README: readonly { name: string; at: (things: LivedIn) => string }[] = [
  { name: "overview", at: () => "/" },
  { name: "devices", at: () => "/devices" },
  { name: "device", at: ({ mac }) => `/devices/${mac}` },
  { name: "push", at: ({ phone }) => `/devices/${phone}?tab=push` },
  { name: "batch", at: ({ batch }) => `/batches/${batch}` },
];

const { values } = parseArgs({ options: { out: { type: "string", default: "test-results/screenshots" }, only: { type: "string", default: "" }, readme: { type: "boolean", default: false } } });
process.env["MASTER_KEY"] = MASTER_KEY;
const stage = new AdeStage();
const browser = new TestBrowser();
try {
  await stage.start({ MASTER_KEY });
  openDatabase(stage.muster.databaseUrl);
  await browser.start();
  const things = await liveIn(stage);
  if (values.readme) await forReadme(things);
  else await everyPage(things);
  for (const error of browser.errors) console.error(`screenshots: a page logged: ${error}`);
} catch (error) {
  console.error("screenshots:", error);
  process.exitCode = 1;
} finally {
  await browser.stop();
  await closeDatabase();
  await stage.stop();
}

async function everyPage(things: LivedIn): Promise<void> {
  mkdirSync(values.out, { recursive: true });
  const [owner, stranger] = [await browser.signedIn(stage.muster.url), await browser.page()];
  for (const each of CONSOLE_PAGES) {
    const page = isOfConsole(each) ? owner : stranger;
    for (const at of each.paths(things).filter((address) => address.includes(values.only))) {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 });
        await openWhole(page, stage.muster.url + at);
        for (const look of LOOKS) await shoot(page, look, path.join(values.out, `${nameOf(at, things)}.${width}.${look}.png`), true);
      }
    }
  }
  console.log(`Pictures are in ${values.out}`);
}

async function forReadme(things: LivedIn): Promise<void> {
  const page = await browser.signedIn(stage.muster.url, { viewport: { width: 1280, height: 800 } });
  for (const { name, at } of README) {
    await openWhole(page, stage.muster.url + at(things));
    for (const look of LOOKS) await shoot(page, look, `docs/screenshots/${name}-${look}.png`, false);
  }
}

async function shoot(page: Page, colorScheme: (typeof LOOKS)[number], file: string, fullPage: boolean): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.screenshot({ path: file, fullPage, animations: "disabled", caret: "hide" });
}

/** The address with the things in it by their names. */
function nameOf(at: string, things: LivedIn): string {
  const named = Object.entries(things).reduce((text, [name, value]) => text.replace(value.replace(/^\//, ""), name), at);
  return named.replaceAll(/[^\w.-]+/g, "_").replaceAll(/^_|_$/g, "") || "overview";
}
