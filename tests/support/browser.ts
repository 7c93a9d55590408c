import { existsSync } from "node:fs";
import axe from "axe-core";
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
  expect(await violations(page, WCAG)).toEqual([]);
}

/**
 * What speaks against the page as it lies open, at a desk and on a phone, light and dark: what axe finds, what is too small for a
 * finger, and what is wider than the window. Of what axe looks for only the contrast differs in the dark.
 */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    const light = await violations(page, WCAG);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    const dark = await violations(page, ["color-contrast"]);
    faults.push(...[...light, ...(await page.evaluate(smallTargets)), ...dark.map((fault) => `dark ${fault}`), ...(beyond > 0 ? [`${beyond} pixels wider than the window`] : [])].map((fault) => `${width}: ${fault}`));
  }
  return faults;
}

const WCAG = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

/**
 * Runs in the page: what can be clicked, stands in no sentence, and is less than 24 pixels wide or high (WCAG 2.5.8). Room around it,
 * which axe lets pass, does not count: that hangs on what chance put beside it. The label of a control does.
 */
function smallTargets(): string[] {
  const clickable = "a[href], button, input, select, textarea, summary, [role=tab], [role=menuitem], [role=option]";
  const inSentence = (element: Element): boolean => {
    if (getComputedStyle(element).display !== "inline") return false;
    let block = element.parentElement;
    while (block !== null && getComputedStyle(block).display === "inline") block = block.parentElement;
    if (block === null) return false;
    const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (texts.nextNode() !== null) {
      const { textContent, parentElement } = texts.currentNode;
      if (textContent?.trim() !== "" && parentElement?.closest(clickable) === null) return true;
    }
    return false;
  };
  const small = (element: Element): boolean => {
    const label = element.closest("label") ?? document.querySelector(`label[for="${CSS.escape(element.id)}"]`);
    const boxes = [element, ...(label === null ? [] : [label])].map((each) => each.getBoundingClientRect());
    const width = Math.max(...boxes.map((box) => box.width));
    const height = Math.max(...boxes.map((box) => box.height));
    return width > 1 && height > 1 && Math.min(width, height) < 23.5;
  };
  return [...document.querySelectorAll(clickable)]
    // Clipped is what shows only once it has the focus.
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.closest("[aria-hidden=true], [inert]") === null && getComputedStyle(element).clipPath === "none")
    .filter((element) => small(element) && !inSentence(element))
    .map((element) => `less than 24 pixels: ${element.outerHTML.slice(0, 150)}`);
}

/** `runOnly`: tags or rules of axe. */
async function violations(page: Page, runOnly: string[]): Promise<string[]> {
  // Once a page, past its policy; @axe-core/playwright would bring it anew each time.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(
    (options) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, options),
    { runOnly, resultTypes: ["violations" as const] },
  );
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 150)).join(" | ")}`);
}

/** Opens an address and waits until nothing on the page is a skeleton any more. */
export async function openWhole(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.locator(".pulse-soft.bg-sunken").first().waitFor({ state: "detached" });
}
