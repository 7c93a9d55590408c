"use client";

import { useQuery } from "@tanstack/react-query";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
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
  const answering = termination.method !== "remove-profile";
  return (
    <section aria-label="End of management" className="grid gap-3 rounded-lg border border-warning/30 bg-warning-soft p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">Management is being ended</span>
        <Badge tone={progress.tone}>{progress.label}</Badge>
      </div>
      <p className="text-ink-soft">
        {progress.meaning} {termination.rejected ? "Refused" : TERMINATION_METHODS[termination.method].label} by {termination.requestedBy.replace(/^\w+:/, "")}{" "}
        <RelativeTime at={termination.requestedAt} />
        {termination.confirmedBy !== null && <>, confirmed by {termination.confirmedBy.replace(/^\w+:/, "")}</>}.
      </p>
      {mayEnd && answering && termination.confirmedBy === null && <Confirm deviceId={deviceId} termination={termination} />}
      {mayEnd && !termination.rejected && <Withdraw deviceId={deviceId} />}
    </section>
  );
}

function Withdraw({ deviceId }: { deviceId: string }) {
  const withdraw = useWithdrawTermination(deviceId);
  const onSuccess = ({ mayStillRun }: { mayStillRun: boolean }): void => {
    if (mayStillRun) toast.warning("Withdrawn, but the device had the command already", { description: "It may still remove its profile. If it does, it says so and has to enroll again." });
    else toast("Withdrawn: management goes on");
  };
  return (
    <>
      {withdraw.error !== null && <ProblemNote error={withdraw.error} />}
      <Button busy={withdraw.isPending} onClick={() => withdraw.mutate(undefined, { onSuccess })} className="justify-self-start">
        Withdraw
      </Button>
    </>
  );
}

function Confirm({ deviceId, termination }: { deviceId: string; termination: Termination }) {
  const me = useQuery(accountQueries.me());
  const confirm = useConfirmTermination(deviceId);
  if (me.data !== undefined && me.data.email !== null && termination.requestedBy === `user:${me.data.email}`) {
    return <Note tone="info">Over the hourly limit somebody else has to confirm this: you stand behind it.</Note>;
  }
  return (
    <div className="grid gap-2">
      <p className="text-xs text-ink-soft">
        {termination.byPerson
          ? "As a second person you can let the answer out whatever the hourly limit."
          : "A script of this server asked for it, and no person has yet. Stand behind it as the first; a second person can then let the answer out whatever the hourly limit."}
      </p>
      {confirm.error !== null && <ProblemNote error={confirm.error} />}
      <Button look="danger" busy={confirm.isPending} onClick={() => confirm.mutate()} className="justify-self-start">
        {termination.byPerson ? "Confirm as a second person" : "Stand behind it"}
      </Button>
    </div>
  );
}
