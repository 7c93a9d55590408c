"use client";

import { useQuery } from "@tanstack/react-query";
import { toast } from "@/components/ui/toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { useConfirmTermination, useWithdrawTermination } from "@/lib/client/mutations/devices";
import { accountQueries } from "@/lib/client/queries/accounts";
import { usePermission } from "@/lib/client/use-permission";
import type { EnrollmentDto } from "@/lib/contracts/devices";
import { TERMINATION_METHODS, TERMINATION_PROGRESS } from "@/lib/contracts/words";

type Termination = NonNullable<EnrollmentDto["termination"]>;

/** How far a termination has come, the way back, and the second person's button where one may be needed. */
export function TerminationUnderWay({ deviceId, termination }: { deviceId: string; termination: Termination }) {
  const progress = TERMINATION_PROGRESS[termination.progress];
  const mayEnd = usePermission("device:terminate");
  const waits = termination.method !== "remove-profile" && termination.confirmedBy === null;
  return (
    <section aria-label="End of management" className="grid gap-2 rounded-lg border border-warning/30 bg-warning-soft p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">Management is being ended</span>
        <Badge tone={progress.tone}>{progress.label}</Badge>
      </div>
      <p className="text-ink-soft">
        {progress.meaning} {termination.rejected ? "Refused" : TERMINATION_METHODS[termination.method].label} by {termination.requestedBy.replace(/^\w+:/, "")}{" "}
        <RelativeTime at={termination.requestedAt} />
        {termination.confirmedBy !== null && <>, confirmed by {termination.confirmedBy.replace(/^\w+:/, "")}</>}.
      </p>
      {mayEnd && <Actions deviceId={deviceId} termination={termination} waits={waits} />}
    </section>
  );
}

function Actions({ deviceId, termination, waits }: { deviceId: string; termination: Termination; waits: boolean }) {
  const me = useQuery(accountQueries.me()).data;
  const confirm = useConfirmTermination(deviceId);
  const withdraw = useWithdrawTermination(deviceId);
  const isMine = me !== undefined && me.email !== null && termination.requestedBy === `user:${me.email}`;
  const problem = confirm.error ?? withdraw.error;
  return (
    <>
      {waits && <p className="text-ink-soft">{whoConfirms(termination, isMine)}</p>}
      {problem !== null && <ProblemNote error={problem} />}
      <div className="mt-1 flex flex-wrap gap-2">
        {!termination.rejected && (
          <Button busy={withdraw.isPending} onClick={() => withdraw.mutate(undefined, { onSuccess: tellWithdrawn })}>
            Withdraw
          </Button>
        )}
        {waits && !isMine && (
          <Button look="danger" busy={confirm.isPending} onClick={() => confirm.mutate()}>
            {termination.byPerson ? "Confirm as a second person" : "Stand behind it"}
          </Button>
        )}
      </div>
    </>
  );
}

function whoConfirms({ byPerson }: Termination, isMine: boolean): string {
  if (isMine) return "Over the hourly limit somebody else has to confirm this: you stand behind it.";
  if (byPerson) return "As a second person you can let the answer out whatever the hourly limit.";
  return "A script of this server asked for it, and no person has yet. Stand behind it as the first; a second person can then let the answer out whatever the hourly limit.";
}

function tellWithdrawn({ mayStillRun }: { mayStillRun: boolean }): void {
  if (mayStillRun) toast.warning("Withdrawn, but the device had the command already", { description: "It may still remove its profile. If it does, it says so and has to enroll again." });
  else toast("Withdrawn: management goes on");
}
