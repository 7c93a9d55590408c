"use client";

import { RotateCw, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { asProblem } from "@/lib/client/api-problem";
import { useCancelBatch, useRetryBatch } from "@/lib/client/mutations/batches";
import { counted } from "@/lib/client/text";
import { usePermission } from "@/lib/client/use-permission";
import type { BatchCancelled, CommandBatchDto, RetryBatchBody } from "@/lib/contracts/batches";
import { choicesOf } from "./batch-progress";

/** Again for those where it failed, again for those that never answered, and the end for what is still open. */
export function BatchActions({ batch }: { batch: CommandBatchDto }) {
  const { failed, silent, open } = choicesOf(batch.byState);
  return (
    <>
      <Retry batch={batch} which="failed" count={failed} />
      <Retry batch={batch} which="silent" count={silent} />
      <Cancel batch={batch} open={open} />
    </>
  );
}

const RETRIES: Record<RetryBatchBody["which"], { label: string; none: string }> = {
  failed: { label: "Retry failed", none: "No device answered with an error" },
  silent: { label: "Retry silent", none: "Every device has answered" },
};

function Retry({ batch, which, count }: { batch: CommandBatchDto; which: RetryBatchBody["which"]; count: number }) {
  const router = useRouter();
  const retry = useRetryBatch(batch.id);
  const allowed = usePermission("device:command");
  const { label, none } = RETRIES[which];
  const reason = !allowed ? "Needs the role Operator" : count === 0 ? none : undefined;
  const start = (): void =>
    retry.mutate(which, {
      onSuccess: (next) => {
        toast(`Queued again for ${counted(next.total, "device")}`);
        if (next.id !== batch.id) router.push(`/batches/${next.id}`);
      },
      onError: (error) => {
        const problem = asProblem(error);
        toast.error(problem.title, { description: `${problem.message} (${problem.code})` });
      },
    });
  return (
    <Button busy={retry.isPending} disabled={reason !== undefined} title={reason} onClick={start}>
      {!retry.isPending && <RotateCw aria-hidden />}
      {label}
      {count > 0 && <span className="text-ink-faint tabular-nums">{count.toLocaleString()}</span>}
    </Button>
  );
}

function Cancel({ batch, open }: { batch: CommandBatchDto; open: number }) {
  const [asking, setAsking] = useState(false);
  const cancel = useCancelBatch(batch.id);
  const allowed = usePermission("device:command");
  const reason = !allowed ? "Needs the role Operator" : open === 0 ? "Nothing is open any more" : undefined;
  const tell = (answer: BatchCancelled): void => {
    setAsking(false);
    toast("Cancelled", { description: cancelledWords(answer) });
  };
  return (
    <>
      <Button disabled={reason !== undefined} title={reason} onClick={() => setAsking(true)}>
        <X aria-hidden />
        Cancel…
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Cancel what is still open?"
        description={`${counted(open, "command")} of this batch ${open === 1 ? "is" : "are"} open. What a device has already been given may still run there.`}
        error={cancel.error}
        busy={cancel.isPending}
        words={`Cancel ${counted(open, "command")}`}
        onConfirm={() => cancel.mutate(undefined, { onSuccess: tell })}
      />
    </>
  );
}

/** Which of the two happened, for how many. */
function cancelledWords({ cancelled, mayStillRun }: BatchCancelled): string {
  const parts = [
    cancelled > 0 ? `${cancelled.toLocaleString()} not delivered: will not run.` : null,
    mayStillRun > 0 ? `${mayStillRun.toLocaleString()} already delivered: may still run.` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "Nothing was open any more." : parts.join(" ");
}
