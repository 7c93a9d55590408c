"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDown, KeyRound, LogOut, Monitor, Moon, Sun } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { Skeleton } from "@/components/ui/skeleton";
import { accountQueries } from "@/lib/client/queries/accounts";
import { chooseTheme, type Theme } from "@/lib/client/theme";
import { ROLES } from "@/lib/contracts/words";

const ChangePasswordDialog = dynamic(() => import("@/components/accounts/change-password-dialog").then((module) => module.ChangePasswordDialog), { ssr: false });

/** Who is signed in, the colours, and the way out. */
export function UserMenu({ theme: initialTheme }: { theme: Theme }) {
  const { data: me } = useQuery(accountQueries.me());
  const [theme, setTheme] = useState(initialTheme);
  const pick = (next: Theme): void => {
    setTheme(next);
    chooseTheme(next);
  };
  const [changing, setChanging] = useState(false);
  return (
    <>
      <Menu
        align="start"
        trigger={
          <button type="button" aria-label="Account and theme" className="flex w-full items-center gap-2.5 rounded-lg p-2 text-left hover:bg-hover">
            <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-full bg-sunken text-xs font-semibold text-ink-soft">
              {me === undefined ? "" : initials(me.name)}
            </span>
            <span className="min-w-0 flex-1">
              {me === undefined ? (
                <Skeleton className="h-4 w-24" />
              ) : (
                <>
                  <span className="block truncate font-medium">{me.name}</span>
                  <span className="block truncate text-xs text-ink-faint">{ROLES[me.role].label}</span>
                </>
              )}
            </span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
          </button>
        }
      >
        {me?.email !== null && me?.email !== undefined && <MenuLabel>{me.email}</MenuLabel>}
        <MenuChoice value={theme} onChange={pick} options={THEME_OPTIONS} />
        <MenuSeparator />
        {me?.kind === "user" && (
          <MenuItem onSelect={() => setChanging(true)}>
            <KeyRound aria-hidden />
            Change password…
          </MenuItem>
        )}
        <MenuItem onSelect={() => void signOut()}>
          <LogOut aria-hidden />
          Sign out
        </MenuItem>
      </Menu>
      {changing && <ChangePasswordDialog open={changing} onOpenChange={setChanging} />}
    </>
  );
}

/** Loaded when somebody leaves: no page has to carry it. */
async function signOut(): Promise<void> {
  const auth = await import("next-auth/react");
  await auth.signOut({ callbackUrl: "/sign-in" });
}

const THEME_OPTIONS: { value: Theme; label: React.ReactNode }[] = [
  { value: "light", label: <><Sun aria-hidden /> Light</> },
  { value: "dark", label: <><Moon aria-hidden /> Dark</> },
  { value: "system", label: <><Monitor aria-hidden /> System</> },
];

function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => part?.[0]?.toUpperCase() ?? "").join("");
}
