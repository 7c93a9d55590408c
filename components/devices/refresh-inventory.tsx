"use client";

import { RefreshCw } from "lucide-react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { asProblem } from "@/lib/client/api-problem";
import { useSendCommand } from "@/lib/client/mutations/commands";
import { usePermission } from "@/lib/client/use-permission";
import type { DeviceDto } from "@/lib/contracts/devices";
import { isLive } from "./newest-enrollment";

interface Props {
  device: DeviceDto;
  /** Request types to queue. */
  queries: readonly string[];
  words?: string;
}

/** Asks the device again. The answer arrives by itself when the device connects. */
export function RefreshInventory({ device, queries, words = "Ask again" }: Props) {
  const send = useSendCommand(device.id);
  const allowed = usePermission("device:command");
  const live = isLive(device);
  const ask = async (): Promise<void> => {
    try {
      for (const requestType of queries) await send.mutateAsync({ requestType });
      toast(`Asked the device: ${queries.join(", ")}`, { description: "The answer shows here when the device has connected." });
    } catch (error) {
      const problem = asProblem(error);
      toast.error(problem.title, { description: `${problem.message} (${problem.code})` });
    }
  };
  const title = !allowed ? "Needs the role Operator" : live ? undefined : "This device is not managed any more";
  return (
    <Button size="small" busy={send.isPending} disabled={!live || !allowed} title={title} onClick={() => void ask()}>
      {!send.isPending && <RefreshCw aria-hidden />}
      {words}
    </Button>
  );
}
