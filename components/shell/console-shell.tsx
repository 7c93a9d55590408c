"use client";

import { Menu as MenuIcon } from "lucide-react";
import Link from "next/link";
import { Dialog } from "radix-ui";
import { useState, type ReactNode } from "react";
import { Palette } from "@/components/palette/palette-button";
import { ExpiryBanner } from "@/components/push/expiry-banner";
import { Button } from "@/components/ui/button";
import { Logo } from "@/components/ui/logo";
import { useLiveQueries } from "@/lib/client/live/use-live-queries";
import type { Theme } from "@/lib/client/theme";
import { LiveIndicator } from "./live-indicator";
import { Sidebar } from "./sidebar";

/** The frame of the console: a sidebar, or a top bar with a drawer where there is no room for one. */
export function ConsoleShell({ theme, children }: { theme: Theme; children: ReactNode }) {
  useLiveQueries();
  const [searching, setSearching] = useState(false);
  const search = (): void => setSearching(true);
  return (
    <div className="min-h-dvh lg:pl-60">
      <a href="#content" className="sr-only z-50 rounded-lg bg-solid px-3 py-2 text-on-solid focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        Skip to content
      </a>
      <aside className="fixed inset-y-0 left-0 hidden w-60 border-r border-line bg-surface lg:block">
        <Sidebar theme={theme} onSearch={search} />
      </aside>
      <TopBar theme={theme} onSearch={search} />
      <ExpiryBanner />
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl px-4 py-6 outline-none sm:px-6 lg:px-8 lg:py-8">
        {children}
      </main>
      <Palette open={searching} onOpenChange={setSearching} />
    </div>
  );
}

function TopBar({ theme, onSearch }: { theme: Theme; onSearch: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center justify-between border-b border-line bg-surface px-3 lg:hidden">
      <div className="flex items-center gap-1.5">
        <Dialog.Root open={open} onOpenChange={setOpen}>
          <Dialog.Trigger asChild>
            <Button look="quiet" size="icon" aria-label="Open navigation">
              <MenuIcon aria-hidden />
            </Button>
          </Dialog.Trigger>
          <Dialog.Portal>
            <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
            <Dialog.Content aria-describedby={undefined} className="appear fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] border-r border-line bg-surface outline-none">
              <Dialog.Title className="sr-only">Navigation</Dialog.Title>
              <Sidebar theme={theme} onSearch={onSearch} onNavigate={() => setOpen(false)} />
            </Dialog.Content>
          </Dialog.Portal>
        </Dialog.Root>
        <Link href="/" className="flex items-center gap-2 rounded-md">
          <Logo className="size-7" />
          <span className="text-[15px] font-semibold tracking-tight">Muster</span>
        </Link>
      </div>
      <LiveIndicator />
    </header>
  );
}
