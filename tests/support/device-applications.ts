import type { DeviceFamily } from "./device-models";

export interface InstalledApplication {
  identifier: string;
  name: string;
  version: string;
  shortVersion: string;
  bundleSize: number;
}

const MOBILE: InstalledApplication[] = [
  { identifier: "com.apple.Pages", name: "Pages", version: "7035.0.140", shortVersion: "14.2", bundleSize: 598_212_608 },
  { identifier: "com.microsoft.Office.Outlook", name: "Outlook", version: "4.2441.0", shortVersion: "4.2441.0", bundleSize: 402_653_184 },
  { identifier: "us.zoom.videomeetings", name: "Zoom", version: "6.2.6.18620", shortVersion: "6.2.6", bundleSize: 251_658_240 },
];
const DESKTOP: InstalledApplication[] = [
  { identifier: "com.apple.Safari", name: "Safari", version: "20619.2.8.11.10", shortVersion: "18.1", bundleSize: 14_680_064 },
  { identifier: "com.microsoft.VSCode", name: "Visual Studio Code", version: "1.95.1", shortVersion: "1.95.1", bundleSize: 603_979_776 },
  { identifier: "org.mozilla.firefox", name: "Firefox", version: "13224.10.14", shortVersion: "132.0.1", bundleSize: 419_430_400 },
];

/** The apps a new device comes with. */
export function firstApplications(family: DeviceFamily): InstalledApplication[] {
  return structuredClone(family === "Mac" ? DESKTOP : MOBILE);
}
