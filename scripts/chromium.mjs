// Finds a Chromium for the browser tests: CHROMIUM_PATH, the system's, or one that Playwright has downloaded before.
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_APPS = ["Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome"];
const IN_PLAYWRIGHT = ["chrome-linux/chrome", "chrome-linux64/chrome", "chrome-mac/Chromium.app/Contents/MacOS/Chromium"];

/** Path of the program, or null. */
export function findChromium() {
  const onPath = (process.env.PATH ?? "").split(path.delimiter).flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  const apps = MAC_APPS.map((app) => path.join("/Applications", app));
  const given = process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : [];
  return [...given, ...onPath, ...apps, ...playwrights()].find(isProgram) ?? null;
}

export const HOW_TO_INSTALL = "Install it (Debian: apt-get install chromium; macOS: brew install chromium), or name one in CHROMIUM_PATH.";

function playwrights() {
  const caches = [path.join(os.homedir(), ".cache/ms-playwright"), path.join(os.homedir(), "Library/Caches/ms-playwright")];
  return caches.filter(existsSync).flatMap((cache) => {
    const versions = readdirSync(cache).filter((name) => name.startsWith("chromium-")).sort().reverse();
    return versions.flatMap((version) => IN_PLAYWRIGHT.map((place) => path.join(cache, version, place)));
  });
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
