"use client";

import { useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { deviceQueries } from "@/lib/client/queries/devices";
import { usePermission } from "@/lib/client/use-permission";
import { SendCommandDialog } from "./send-command-dialog";

/** The main thing to do with a device; says why when it cannot be done. The address may name a command to begin with. */
export function SendCommandButton({ deviceId }: { deviceId: string }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams();
  const wanted = search.get("send");
  const allowed = usePermission("device:command");
  const { data: device } = useQuery(deviceQueries.detail(deviceId));
  const reason = !allowed ? "Needs the role Operator" : device?.state === null || device?.state === "ended" ? "This device is not managed any more" : null;
  const change = (next: boolean): void => {
    setOpen(next);
    if (next || wanted === null) return;
    const rest = new URLSearchParams(search);
    rest.delete("send");
    router.replace(rest.size === 0 ? pathname : `${pathname}?${rest}`, { scroll: false });
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
