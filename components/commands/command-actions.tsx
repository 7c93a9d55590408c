"use client";

import { RotateCw, X } from "lucide-react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { asProblem } from "@/lib/client/api-problem";
import { useCancelCommand, useRetryCommand } from "@/lib/client/mutations/commands";
import { usePermission } from "@/lib/client/use-permission";
import type { CommandSummary } from "@/lib/contracts/commands";
import { COMMAND_STATES } from "@/lib/contracts/words";

/** Cancel while it is open; queue again once it has ended without success. */
export function CommandActions({ command }: { command: CommandSummary }) {
  const allowed = usePermission("device:command");
  const cancel = useCancelCommand(command.deviceId);
  const retry = useRetryCommand(command.deviceId);
  const title = allowed ? undefined : "Needs the role Operator";
  const onError = (error: unknown): void => {
    const problem = asProblem(error);
    toast.error(problem.title, { description: `${problem.message} (${problem.code})` });
  };
  if (!COMMAND_STATES[command.state].ended) {
    const tell = (answer: { mayStillRun: boolean }): void => {
      toast("Cancelled", { description: answer.mayStillRun ? "The device already had it: it may still carry it out." : "The device will not get it." });
    };
    return (
      <Button size="small" busy={cancel.isPending} disabled={!allowed} title={title} onClick={() => cancel.mutate(command.id, { onSuccess: tell, onError })}>
        {!cancel.isPending && <X aria-hidden />}
        Cancel
      </Button>
    );
  }
  if (command.state === "acknowledged") return null;
  const tell = (): void => toast("Queued again as a new command");
  return (
    <Button size="small" busy={retry.isPending} disabled={!allowed} title={title} onClick={() => retry.mutate(command.id, { onSuccess: tell, onError })}>
      {!retry.isPending && <RotateCw aria-hidden />}
      Retry
    </Button>
  );
}
