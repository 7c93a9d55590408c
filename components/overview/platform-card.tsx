import Link from "next/link";
import { Card } from "@/components/ui/card";
import type { Overview } from "@/lib/contracts/events";
import { counted } from "@/lib/client/text";
import { CONDITIONS, UNKNOWN_VERSION } from "@/lib/contracts/device-conditions";
import { PLATFORMS, wordsOf, type Platform } from "@/lib/contracts/words";

/** Of each platform so many versions are named; the rest stands together. */
const NAMED = 5;
const VERSION_LINK = "inline-flex min-h-6 items-center gap-1 rounded text-ink-soft underline-offset-2 hover:underline";
const SHADES = ["opacity-100", "opacity-75", "opacity-60", "opacity-45", "opacity-30", "opacity-20"];

/** Devices by platform, and each platform by its versions; every number leads to its list. */
export function PlatformCard({ devices, className }: { devices: Overview["devices"]; className?: string }) {
  const platforms = wordsOf(PLATFORMS).filter((platform) => (devices.byPlatform[platform] ?? 0) > 0).sort((a, b) => (devices.byPlatform[b] ?? 0) - (devices.byPlatform[a] ?? 0));
  return (
    <Card title="Devices by platform and version" {...(className === undefined ? {} : { className })}>
      <ul className="grid gap-5">
        {platforms.map((platform) => {
          const total = devices.byPlatform[platform] ?? 0;
          const versions = versionsOf(devices, platform);
          return (
            <li key={platform}>
              <Link href={`/devices?platform=${platform}`} className="flex min-h-6 items-baseline justify-between rounded hover:underline">
                <span className="font-medium">{PLATFORMS[platform]}</span>
                <span className="font-medium tabular-nums">{total.toLocaleString()}</span>
              </Link>
              <span aria-hidden className="my-1.5 flex h-2 gap-px overflow-hidden rounded-full bg-sunken">
                {versions.slice(0, NAMED + 1).map(({ version, count }, index) => (
                  <span key={version} className={`block h-full bg-accent ${SHADES[index] ?? ""}`} style={{ width: `${(count / total) * 100}%` }} />
                ))}
              </span>
              <ul className="flex flex-wrap gap-x-4 text-xs">
                {versions.slice(0, NAMED).map(({ version, count }) => (
                  <li key={version}>
                    <Link href={`/devices?platform=${platform}&osVersion=${version}`} className={VERSION_LINK}>
                      {version === UNKNOWN_VERSION ? "not known" : version} <span className="font-medium text-ink tabular-nums">{count.toLocaleString()}</span>
                    </Link>
                  </li>
                ))}
                {versions.length > NAMED && (
                  <li>
                    <Link href={`/devices?platform=${platform}&sort=os`} className={VERSION_LINK}>
                      and {counted(versions.length - NAMED, "more version")}
                    </Link>
                  </li>
                )}
              </ul>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

/** The versions of a platform, the most frequent first; what is none that can be read stands together. */
function versionsOf(devices: Overview["devices"], platform: Platform): { version: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const row of devices.byVersion) {
    if (row.platform !== platform) continue;
    const version = row.osVersion !== null && CONDITIONS.osVersion.test(row.osVersion) ? row.osVersion : UNKNOWN_VERSION;
    counts.set(version, (counts.get(version) ?? 0) + row.count);
  }
  return [...counts].map(([version, count]) => ({ version, count })).sort((a, b) => b.count - a.count);
}
