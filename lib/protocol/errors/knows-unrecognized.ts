import { compareVersions } from "../commands/versions";

/** Since when a system takes 403 with com.apple.unrecognized.device for the end of its management (Apple, mdm/errors). */
const SINCE: Readonly<Record<string, string>> = { ios: "17.0", ipados: "17.0", macos: "14.0", tvos: "17.0", visionos: "1.1", watchos: "10.0" };

/** False also where the system or its version is not known: 401 means the same to every system. */
export function knowsUnrecognized(platform: string, osVersion: string | null): boolean {
  const since = SINCE[platform];
  return since !== undefined && osVersion !== null && compareVersions(osVersion, since) >= 0;
}
