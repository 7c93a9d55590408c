"use client";

import { useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { deviceQueries } from "@/lib/client/queries/devices";
import { useAddress } from "@/lib/client/use-address";
import { usePermission } from "@/lib/client/use-permission";
import { SendCommandDialog } from "./send-command-dialog";

/** The main thing to do with a device; says why when it cannot be done. The address may name a command to begin with. */
export function SendCommandButton({ deviceId }: { deviceId: string }) {
  const [open, setOpen] = useState(false);
  const address = useAddress();
  const wanted = address.search.get("send");
  const allowed = usePermission("device:command");
  const { data: device } = useQuery(deviceQueries.detail(deviceId));
  const reason = !allowed ? "Needs the role Operator" : device?.state === null || device?.state === "ended" ? "This device is not managed any more" : null;
  const change = (next: boolean): void => {
    setOpen(next);
    if (!next && wanted !== null) address.change({ send: null });
  };
  const button = (
    <Button look="primary" aria-disabled={reason !== null || undefined} className={reason === null ? "" : "opacity-50"} onClick={() => reason === null && device !== undefined && setOpen(true)}>
      <Send aria-hidden />
      Send command
    </Button>
  );
  return (
    <>
      {reason === null ? button : <Tooltip words={reason}>{button}</Tooltip>}
      {device !== undefined && <SendCommandDialog key={wanted} target={{ kind: "device", device }} first={wanted} open={open || (wanted !== null && reason === null)} onOpenChange={change} />}
    </>
  );
}
