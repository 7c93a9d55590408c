"use client";

import { Send } from "lucide-react";
import { searchCatalog } from "@/components/commands/search-catalog";
import { Group, Item } from "./palette-item";

/** So many of those that fit stand in the palette; the catalog has all. */
const MOST = 5;

interface Props {
  deviceId: string;
  text: string;
  onGo: (href: string) => void;
}

/** Commands for the device whose page is open, by what Apple or people call them. Loaded with such a page: it carries the catalog. */
export function DeviceCommands({ deviceId, text, onGo }: Props) {
  const found = searchCatalog(text).slice(0, MOST);
  if (text === "" || found.length === 0) return null;
  return (
    <Group title="Send to this device">
      {found.map(({ requestType, title }) => (
        // What was typed is part of the value: the catalog has found it, by more than its name.
        <Item key={requestType} icon={Send} value={`${text} ${requestType}`} onSelect={() => onGo(`/devices/${deviceId}?tab=commands&send=${requestType}`)}>
          <span className="min-w-0 flex-1 truncate">{title}</span>
          <span className="truncate text-xs text-ink-faint">{requestType}</span>
        </Item>
      ))}
    </Group>
  );
}
