import type { Metadata } from "next";
import { ChannelsTab } from "@/components/commands/channels-tab";
import { CommandTable } from "@/components/commands/command-table";
import { SendCommandButton } from "@/components/commands/send-command-button";
import { DeviceDeclarations } from "@/components/declarations/device-declarations";
import { DeviceScreen } from "@/components/devices/device-screen";
import { DeviceTimeline } from "@/components/events/device-timeline";
import { RecentEvents } from "@/components/events/recent-events";
import { DeviceProfiles } from "@/components/profiles/device-profiles";
import { ProtocolTab } from "@/components/protocol/protocol-tab";
import { adminPage } from "@/lib/http/admin-page";

export const metadata: Metadata = { title: "Device" };

export default async function DevicePage({ params }: { params: Promise<{ id: string }> }) {
  await adminPage("device:read");
  const { id } = await params;
  return (
    <DeviceScreen
      id={id}
      sendCommand={<SendCommandButton deviceId={id} />}
      commands={<CommandTable deviceId={id} />}
      activity={<DeviceTimeline deviceId={id} />}
      recent={<RecentEvents deviceId={id} />}
      channels={<ChannelsTab deviceId={id} />}
      declarations={<DeviceDeclarations deviceId={id} />}
      profiles={<DeviceProfiles deviceId={id} />}
      protocol={<ProtocolTab deviceId={id} />}
    />
  );
}
