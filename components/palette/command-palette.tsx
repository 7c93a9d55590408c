"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Monitor, Moon, Sun, type LucideIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { usePathname, useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useDeferredValue, useState } from "react";
import { deviceName, modelOf, systemOf } from "@/components/devices/device-name";
import { PlatformIcon } from "@/components/devices/platform-icon";
import { visiblePlaces } from "@/components/shell/navigation";
import { accountQueries } from "@/lib/client/queries/accounts";
import { deviceQueries } from "@/lib/client/queries/devices";
import { chooseTheme, type Theme } from "@/lib/client/theme";
import { usePermission } from "@/lib/client/use-permission";
import type { DeviceSummary } from "@/lib/contracts/devices";
import { Group, Item } from "./palette-item";

const DeviceCommands = dynamic(() => import("./device-commands").then((module) => module.DeviceCommands), { ssr: false });

/** Fewer letters would find everything. */
const SHORTEST_SEARCH = 2;

const THEMES: readonly { theme: Theme; label: string; icon: LucideIcon }[] = [
  { theme: "light", label: "Light", icon: Sun },
  { theme: "dark", label: "Dark", icon: Moon },
  { theme: "system", label: "As the system", icon: Monitor },
];

/** Every place, every device by name or serial number, and every command for the one in sight, a few keys away. */
export function CommandPalette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content
          aria-describedby={undefined}
          className="appear fixed inset-x-3 top-[10vh] z-50 mx-auto max-w-xl overflow-hidden rounded-2xl border border-line bg-raised shadow-pop outline-none"
        >
          <Dialog.Title className="sr-only">Search or go to</Dialog.Title>
          <Palette onDone={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState("");
  const router = useRouter();
  const deviceId = /^\/devices\/([0-9a-f-]{36})$/.exec(usePathname())?.[1];
  const maySend = usePermission("device:command");
  const go = (href: string): void => {
    onDone();
    router.push(href);
  };
  return (
    <Command label="Search or go to" loop>
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder="A device, a page, an action"
        className="h-13 w-full border-b border-line bg-transparent px-4 text-base text-ink outline-none placeholder:text-ink-faint"
      />
      <Command.List className="max-h-[60vh] overflow-y-auto p-1.5">
        <Devices text={text.trim()} onGo={go} />
        {deviceId !== undefined && maySend && <DeviceCommands deviceId={deviceId} text={text.trim()} onGo={go} />}
        <Places onGo={go} />
        <Group title="Appearance">
          {THEMES.map(({ theme, label, icon }) => (
            <Item
              key={theme}
              icon={icon}
              value={`theme ${label}`}
              onSelect={() => {
                chooseTheme(theme);
                onDone();
              }}
            >
              {label}
            </Item>
          ))}
        </Group>
        <Command.Empty className="px-3 py-8 text-center text-ink-soft">Nothing is called so.</Command.Empty>
      </Command.List>
    </Command>
  );
}

function Devices({ text, onGo }: { text: string; onGo: (href: string) => void }) {
  const query = useDeferredValue(text);
  const { data } = useQuery({ ...deviceQueries.search(query), enabled: query.length >= SHORTEST_SEARCH });
  if (query.length < SHORTEST_SEARCH || data === undefined || data.items.length === 0) return null;
  return (
    <Group title="Devices">
      {data.items.map((device) => (
        // What was typed is part of the value: the server has found it, by more than its name.
        <Item key={device.id} value={`${text} ${device.id}`} onSelect={() => onGo(`/devices/${device.id}`)}>
          <DeviceLine device={device} />
        </Item>
      ))}
    </Group>
  );
}

function DeviceLine({ device }: { device: DeviceSummary }) {
  return (
    <>
      <PlatformIcon platform={device.platform} />
      <span className="min-w-0 flex-1 truncate">{deviceName(device)}</span>
      <span className="truncate text-xs text-ink-faint">{[device.serialNumber, modelOf(device), systemOf(device)].filter((part) => part !== null).join(" · ")}</span>
    </>
  );
}

function Places({ onGo }: { onGo: (href: string) => void }) {
  const { data: me } = useQuery(accountQueries.me());
  return (
    <Group title="Go to">
      {visiblePlaces(me?.permissions ?? []).map(({ href, label, icon }) => (
        <Item key={href} icon={icon} value={`go to ${label}`} onSelect={() => onGo(href)}>
          {label}
        </Item>
      ))}
    </Group>
  );
}
