"use client";

import { BellRing, Boxes, Send, Unlink } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { DeviceList } from "@/components/devices/device-list";
import type { DeviceSelection } from "@/components/devices/use-device-selection";
import { Button } from "@/components/ui/button";
import { usePermission } from "@/lib/client/use-permission";

// The command catalog is larger than the rest of the page.
const SendCommandDialog = dynamic(() => import("@/components/commands/send-command-dialog").then((module) => module.SendCommandDialog), { ssr: false });
const AddToGroupDialog = dynamic(() => import("@/components/groups/add-to-group-dialog").then((module) => module.AddToGroupDialog), { ssr: false });
const PushManyDialog = dynamic(() => import("./push-many-dialog").then((module) => module.PushManyDialog), { ssr: false });
const EndManyDialog = dynamic(() => import("./end-many-dialog").then((module) => module.EndManyDialog), { ssr: false });

/** The list of devices with what can be done to many of them. */
export function FleetPage() {
  return <DeviceList actions={(selection) => <FleetActions selection={selection} />} />;
}

function FleetActions({ selection }: { selection: DeviceSelection }) {
  const [open, setOpen] = useState<"send" | "group" | "push" | "end" | null>(null);
  const mayGroup = usePermission("group:write");
  const mayEnd = usePermission("device:terminate");
  const close = (): void => setOpen(null);
  const { target, words } = selection;
  return (
    <>
      <Button look="primary" onClick={() => setOpen("send")}>
        <Send aria-hidden />
        Send command
      </Button>
      <Button disabled={!mayGroup} title={mayGroup ? undefined : "Needs the role Operator"} onClick={() => setOpen("group")}>
        <Boxes aria-hidden />
        Add to group
      </Button>
      <Button onClick={() => setOpen("push")}>
        <BellRing aria-hidden />
        Push
      </Button>
      <Button disabled={!mayEnd} title={mayEnd ? undefined : "Needs the role Operator"} onClick={() => setOpen("end")}>
        <Unlink aria-hidden />
        End management
      </Button>
      {open === "send" && <SendCommandDialog target={{ kind: "many", target, words }} open onOpenChange={(next) => !next && close()} />}
      {open === "group" && <AddToGroupDialog target={target} words={words} onClose={close} />}
      {open === "push" && <PushManyDialog target={target} words={words} onClose={close} />}
      {open === "end" && <EndManyDialog target={target} words={words} onClose={close} />}
    </>
  );
}
