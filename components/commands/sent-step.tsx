"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { ProblemNote } from "@/components/ui/problem-note";
import { Skeleton } from "@/components/ui/skeleton";
import { commandQueries } from "@/lib/client/queries/commands";
import { CommandBadge } from "./command-badge";
import { CommandProgress } from "./command-progress";
import { commandTitle } from "./command-title";
import { ErrorChain } from "./error-chain";

/** What has truly become of the command so far; it may be watched or left alone. */
export function SentStep({ commandId, onAgain, onClose }: { commandId: string; onAgain: () => void; onClose: () => void }) {
  const { data: command, error } = useQuery(commandQueries.detail(commandId));
  return (
    <div className="grid gap-5">
      {command === undefined && error === null && <Skeleton className="h-48 rounded-lg" />}
      {error !== null && command === undefined && <ProblemNote error={error} />}
      {command !== undefined && (
        <>
          <p aria-live="polite" className="flex items-center gap-3 font-semibold">
            {commandTitle(command.requestType)}
            <CommandBadge state={command.state} />
          </p>
          <CommandProgress command={command} />
          {command.errorChain !== null && <ErrorChain chain={command.errorChain} />}
        </>
      )}
      <p className="text-xs text-ink-faint">The command stays in the list of this device; this window may be closed.</p>
      <div className="flex justify-end gap-2">
        <Button onClick={onAgain}>Send another</Button>
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </div>
  );
}
