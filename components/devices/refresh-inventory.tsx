"use client";

import { RefreshCw } from "lucide-react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { asProblem } from "@/lib/client/api-problem";
import { useSendCommand } from "@/lib/client/mutations/commands";
import { usePermission } from "@/lib/client/use-permission";

interface Props {
  deviceId: string;
  /** Request types to queue. */
  queries: readonly string[];
  disabled: boolean;
}

/** Asks the device again. The answer arrives by itself when the device connects. */
export function RefreshInventory({ deviceId, queries, disabled }: Props) {
  const send = useSendCommand(deviceId);
  const allowed = usePermission("device:command");
  const ask = async (): Promise<void> => {
    try {
      for (const requestType of queries) await send.mutateAsync({ requestType });
      toast(`Asked the device: ${queries.join(", ")}`, { description: "The answer shows here when the device has connected." });
    } catch (error) {
      const problem = asProblem(error);
      toast.error(problem.title, { description: `${problem.message} (${problem.code})` });
    }
  };
  return (
    <Button size="small" busy={send.isPending} disabled={disabled || !allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={() => void ask()}>
      {!send.isPending && <RefreshCw aria-hidden />}
      Ask again
    </Button>
  );
}
