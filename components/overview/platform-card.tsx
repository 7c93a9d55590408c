import Link from "next/link";
import { Card } from "@/components/ui/card";
import type { Overview } from "@/lib/contracts/events";
import { counted } from "@/lib/client/text";
import { PLATFORMS, wordsOf } from "@/lib/contracts/words";

/** Of each platform so many versions are named; the rest stands together. */
const NAMED = 5;
const SHADES = ["opacity-100", "opacity-75", "opacity-60", "opacity-45", "opacity-30", "opacity-20"];

/** Devices by platform, and each platform by its versions; every number leads to its list. */
export function PlatformCard({ devices, className }: { devices: Overview["devices"]; className?: string }) {
  const platforms = wordsOf(PLATFORMS).filter((platform) => (devices.byPlatform[platform] ?? 0) > 0).sort((a, b) => (devices.byPlatform[b] ?? 0) - (devices.byPlatform[a] ?? 0));
  return (
    <Card title="Devices by platform and version" {...(className === undefined ? {} : { className })}>
      <ul className="grid gap-5">
        {platforms.map((platform) => {
          const total = devices.byPlatform[platform] ?? 0;
          const versions = devices.byVersion.filter((row) => row.platform === platform);
          return (
            <li key={platform}>
              <Link href={`/devices?platform=${platform}`} className="flex items-baseline justify-between rounded hover:underline">
                <span className="font-medium">{PLATFORMS[platform]}</span>
                <span className="font-medium tabular-nums">{total.toLocaleString()}</span>
              </Link>
              <span aria-hidden className="my-1.5 flex h-2 gap-px overflow-hidden rounded-full bg-sunken">
                {versions.slice(0, NAMED + 1).map(({ osVersion, count }, index) => (
                  <span key={osVersion} className={`block h-full bg-accent ${SHADES[index] ?? ""}`} style={{ width: `${(count / total) * 100}%` }} />
                ))}
              </span>
              <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
                {versions.slice(0, NAMED).map(({ osVersion, count }) => (
                  <li key={osVersion}>
                    <VersionLink platform={platform} osVersion={osVersion} count={count} />
                  </li>
                ))}
                {versions.length > NAMED && (
                  <li>
                    <Link href={`/devices?platform=${platform}&sort=os`} className="rounded text-ink-soft hover:underline">
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

function VersionLink({ platform, osVersion, count }: { platform: string; osVersion: string | null; count: number }) {
  const number = <span className="font-medium text-ink tabular-nums">{count.toLocaleString()}</span>;
  const known = osVersion !== null && /^\d+([.]\d+)*$/.test(osVersion);
  if (!known) return <span className="text-ink-soft">{osVersion ?? "not known"} {number}</span>;
  return (
    <Link href={`/devices?platform=${platform}&osVersion=${osVersion}`} className="rounded text-ink-soft hover:underline">
      {osVersion} {number}
    </Link>
  );
}
