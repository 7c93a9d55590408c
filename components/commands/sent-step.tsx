"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { ProblemNote } from "@/components/ui/problem-note";
import { Skeleton } from "@/components/ui/skeleton";
import { batchQueries } from "@/lib/client/queries/batches";
import { commandQueries } from "@/lib/client/queries/commands";
import { counted } from "@/lib/client/text";
import { BatchBar, BatchLegend } from "@/components/batches/batch-bar";
import { CommandBadge } from "./command-badge";
import { CommandProgress } from "./command-progress";
import { commandTitle } from "./command-title";
import { ErrorChain } from "./error-chain";
import { UndoBar } from "./undo-bar";
import type { Sent } from "./use-send-flow";

/** What has truly become of it so far; it may be watched or left alone. */
export function SentStep({ sent, onAgain, onClose }: { sent: Sent; onAgain: () => void; onClose: () => void }) {
  return (
    <div className="grid gap-5">
      {sent.heldUntil !== null && <UndoBar sent={sent} heldUntil={sent.heldUntil} />}
      {sent.kind === "command" ? <CommandSent id={sent.id} /> : <BatchSent id={sent.id} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onAgain}>Send another</Button>
        {sent.kind === "batch" && (
          <Button asChild>
            <Link href={`/batches/${sent.id}`}>Open the batch</Link>
          </Button>
        )}
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </div>
  );
}

function CommandSent({ id }: { id: string }) {
  const { data: command, error } = useQuery(commandQueries.detail(id));
  if (command === undefined) return error === null ? <Skeleton className="h-48 rounded-lg" /> : <ProblemNote error={error} />;
  return (
    <>
      <p aria-live="polite" className="flex items-center gap-3 font-semibold">
        {commandTitle(command.requestType)}
        <CommandBadge state={command.state} />
      </p>
      <CommandProgress command={command} />
      {command.errorChain !== null && <ErrorChain chain={command.errorChain} />}
      <p className="text-xs text-ink-faint">The command stays in the list of this device; this window may be closed.</p>
    </>
  );
}

function BatchSent({ id }: { id: string }) {
  const { data: batch, error } = useQuery(batchQueries.detail(id));
  if (batch === undefined) return error === null ? <Skeleton className="h-32 rounded-lg" /> : <ProblemNote error={error} />;
  return (
    <>
      <p aria-live="polite" className="font-semibold">
        {commandTitle(batch.requestType)}, queued for {counted(batch.total, "device")}
      </p>
      <BatchBar batch={batch} />
      <BatchLegend batch={batch} />
      {batch.skippedTotal > 0 && <p className="text-ink-soft">{counted(batch.skippedTotal, "device")} left out; the batch says why.</p>}
      <p className="text-xs text-ink-faint">Each device takes it when it connects. This window may be closed.</p>
    </>
  );
}
