import { existsSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { ADMIN } from "./muster-server";

const SYSTEM_CHROMIUM = "/usr/bin/chromium";
const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Chromium for the tests of a file; what a page logs as an error fails the test that asks for it. */
export class TestBrowser {
  readonly errors: string[] = [];
  #browser: Browser | null = null;

  async start(): Promise<void> {
    const executablePath = process.env.CHROMIUM_PATH ?? (existsSync(SYSTEM_CHROMIUM) ? SYSTEM_CHROMIUM : undefined);
    if (executablePath === undefined) throw new Error("no Chromium: npm test finds one, or name one in CHROMIUM_PATH");
    this.#browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
  }

  /** A page in a session of its own. */
  async page(options: BrowserContextOptions = {}): Promise<Page> {
    if (this.#browser === null) throw new Error("the browser is not started");
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 860 }, permissions: ["clipboard-read", "clipboard-write"], ...options });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    page.on("pageerror", (error) => this.errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !/Failed to load resource/.test(message.text())) this.errors.push(message.text());
    });
    return page;
  }

  /** A page signed in, as the first owner unless somebody else is meant. */
  async signedIn(url: string, options: BrowserContextOptions = {}, who: { email: string; password: string } = ADMIN): Promise<Page> {
    const page = await this.page(options);
    await page.goto(`${url}/sign-in`);
    await signIn(page, who.password, who.email);
    await page.waitForURL(`${url}/`);
    return page;
  }
}

export async function signIn(page: Page, password: string, email: string = ADMIN.email): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export function withBrowser(): TestBrowser {
  const browser = new TestBrowser();
  beforeAll(() => browser.start());
  afterAll(() => browser.stop());
  return browser;
}

/** WCAG 2.2 AA as far as axe can tell. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 150)).join(" | ")}`)).toEqual([]);
}
