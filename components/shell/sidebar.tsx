"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { PaletteButton } from "@/components/palette/palette-button";
import { classNames } from "@/components/ui/class-names";
import { Logo } from "@/components/ui/logo";
import { accountQueries } from "@/lib/client/queries/accounts";
import type { Theme } from "@/lib/client/theme";
import { LiveIndicator } from "./live-indicator";
import { isCurrent, visiblePlaces, type Place } from "./navigation";
import { UserMenu } from "./user-menu";

/** Brand, places and the signed-in person; stands at the left, or in the drawer of a phone. */
export function Sidebar({ theme, onSearch, onNavigate }: { theme: Theme; onSearch: () => void; onNavigate?: () => void }) {
  const pathname = usePathname();
  const { data: me } = useQuery(accountQueries.me());
  const places = visiblePlaces(me?.permissions ?? []);
  const groups: [string, readonly Place[]][] = [
    ["Fleet", places.filter((place) => place.group === "fleet")],
    ["Server", places.filter((place) => place.group === "server")],
  ];
  return (
    <div className="flex h-full flex-col">
      <div className="flex h-14 items-center justify-between px-4">
        <Link href="/" className="flex items-center gap-2.5 rounded-md" onClick={onNavigate}>
          <Logo className="size-7" />
          <span className="text-[15px] font-semibold tracking-tight">Muster</span>
        </Link>
        <LiveIndicator />
      </div>
      <div className="px-2 pb-1">
        <PaletteButton
          onOpen={() => {
            onNavigate?.();
            onSearch();
          }}
        />
      </div>
      <nav aria-label="Main" className="flex-1 overflow-y-auto px-2 py-2">
        {groups.map(([title, places]) => (
          <div key={title} className="mb-4">
            <p className="px-2.5 pb-1 text-xs font-medium text-ink-faint">{title}</p>
            <ul className="grid gap-0.5">
              {places.map((place) => (
                <li key={place.href}>
                  <PlaceLink place={place} current={isCurrent(place, pathname)} onNavigate={onNavigate} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="border-t border-line p-2">
        <UserMenu theme={theme} />
      </div>
    </div>
  );
}

function PlaceLink({ place, current, onNavigate }: { place: Place; current: boolean; onNavigate: (() => void) | undefined }) {
  const Icon = place.icon;
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (current) link.current?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <Link
      ref={link}
      href={place.href}
      aria-current={current ? "page" : undefined}
      onClick={onNavigate}
      className={classNames(
        "flex h-9 items-center gap-2.5 rounded-lg px-2.5 font-medium transition-colors",
        current ? "bg-sunken text-ink" : "text-ink-soft hover:bg-hover hover:text-ink",
      )}
    >
      <Icon aria-hidden className={classNames("size-4", current ? "text-ink" : "text-ink-faint")} />
      {place.label}
    </Link>
  );
}
