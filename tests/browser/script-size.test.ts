import { request } from "node:http";
import { expect, test } from "vitest";
import { withBrowser } from "../support/browser";
import { withStage } from "../support/stage";

const stage = withStage();
const browser = withBrowser();
/** Kilobytes of script as browsers get it, before anything is clicked. React and Next are 114 of them (docs/decisions/013). */
const MOST_KB = 200;

/** Bytes of a body as the server sends it to a browser, still compressed. */
function bytesOf(url: URL): Promise<{ bytes: number; encoding: string | undefined }> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { "accept-encoding": "gzip, deflate, br, zstd" } }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => (bytes += chunk.length));
      response.on("end", () => resolve({ bytes, encoding: response.headers["content-encoding"] }));
    })
      .on("error", reject)
      .end();
  });
}

test(`the first load of /devices takes less than ${MOST_KB} KB of script, as it is sent`, async () => {
  await stage.enrolledDevice();
  const page = await browser.signedIn(stage.muster.url);
  const scripts = new Set<string>();
  const html = await (await page.context().request.get(`${stage.muster.url}/devices`)).text();
  for (const [tag, source] of html.matchAll(/<script[^>]* src="([^"]+)"[^>]*>/g)) {
    // Browsers that know modules load none that is for others.
    if (source !== undefined && !/nomodule/i.test(tag)) scripts.add(source);
  }
  expect(scripts.size).toBeGreaterThan(0);
  const sizes = await Promise.all([...scripts].map((source) => bytesOf(new URL(source, stage.muster.url))));
  expect(new Set(sizes.map(({ encoding }) => encoding))).toEqual(new Set(["br"]));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(total / 1024, `${scripts.size} scripts`).toBeLessThan(MOST_KB);
});
