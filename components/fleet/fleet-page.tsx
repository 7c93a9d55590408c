"use client";

import { Boxes, Send } from "lucide-react";
import { useState } from "react";
import { SendCommandDialog } from "@/components/commands/send-command-dialog";
import { DeviceList } from "@/components/devices/device-list";
import type { DeviceSelection } from "@/components/devices/use-device-selection";
import { AddToGroupDialog } from "@/components/groups/add-to-group-dialog";
import { Button } from "@/components/ui/button";

/** The list of devices with what can be done to many of them. */
export function FleetPage() {
  return <DeviceList actions={(selection) => <FleetActions selection={selection} />} />;
}

function FleetActions({ selection }: { selection: DeviceSelection }) {
  const [open, setOpen] = useState<"send" | "group" | null>(null);
  const { ids, target, count, words } = selection;
  const close = (next: boolean): void => setOpen((now) => (next ? now : null));
  return (
    <>
      <Button look="primary" onClick={() => setOpen("send")}>
        <Send aria-hidden />
        Send command
      </Button>
      <Button disabled={ids === null} title={ids === null ? "Tick the devices to add them to a group" : undefined} onClick={() => setOpen("group")}>
        <Boxes aria-hidden />
        Add to group
      </Button>
      <SendCommandDialog target={{ kind: "many", target, count, words }} open={open === "send"} onOpenChange={close} />
      {ids !== null && <AddToGroupDialog deviceIds={ids} open={open === "group"} onOpenChange={close} />}
    </>
  );
}
