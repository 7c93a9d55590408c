import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";

/** Set by `npm test`, which says how to install a Chromium when there is none. */
export const CHROMIUM = process.env.CHROMIUM_PATH;

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

/** A page with what went wrong in it. */
export interface WatchedPage {
  page: Page;
  /** Errors of the console and of scripts (a breach of the Content-Security-Policy is one), requests to other hosts. */
  troubles: string[];
}

/** At the top of a test file: its tests share one Chromium. */
export function withBrowser(): { open(origin: string): Promise<WatchedPage> } {
  let browser: Browser | null = null;
  beforeAll(async () => {
    if (CHROMIUM) browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  });
  afterAll(() => browser?.close());
  return {
    async open(origin) {
      if (!browser) throw new Error("no Chromium is running");
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      const troubles: string[] = [];
      page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
      page.on("pageerror", (error) => troubles.push(error.message));
      page.on("request", (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith("http") && url.origin !== origin) troubles.push(`asks ${url.origin}`);
      });
      return { page, troubles };
    },
  };
}
