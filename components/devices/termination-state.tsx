"use client";

import { useQuery } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { useConfirmTermination } from "@/lib/client/mutations/devices";
import { accountQueries } from "@/lib/client/queries/accounts";
import type { EnrollmentDto } from "@/lib/contracts/devices";
import { TERMINATION_METHODS, TERMINATION_PROGRESS } from "@/lib/contracts/words";

type Termination = NonNullable<EnrollmentDto["termination"]>;

/** How far a termination has come, and the second person's button where one may be needed. */
export function TerminationUnderWay({ deviceId, termination }: { deviceId: string; termination: Termination }) {
  const progress = TERMINATION_PROGRESS[termination.progress];
  return (
    <section aria-label="Under way" className="grid gap-3 rounded-lg border border-line p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={progress.tone}>{progress.label}</Badge>
        <span className="text-xs text-ink-soft">{progress.meaning}</span>
      </div>
      <p className="text-xs text-ink-soft">
        {termination.rejected ? "Refused" : TERMINATION_METHODS[termination.method].label} by {termination.requestedBy.replace(/^\w+:/, "")}{" "}
        <RelativeTime at={termination.requestedAt} />
        {termination.confirmedBy !== null && <>, confirmed by {termination.confirmedBy.replace(/^\w+:/, "")}</>}.
      </p>
      {termination.method !== "remove-profile" && termination.confirmedBy === null && <Confirm deviceId={deviceId} requestedBy={termination.requestedBy} />}
    </section>
  );
}

function Confirm({ deviceId, requestedBy }: { deviceId: string; requestedBy: string }) {
  const me = useQuery(accountQueries.me());
  const confirm = useConfirmTermination(deviceId);
  if (me.data !== undefined && me.data.email !== null && requestedBy === `user:${me.data.email}`) {
    return <Note tone="info">Over the hourly limit somebody else has to confirm this: you have asked for it.</Note>;
  }
  return (
    <div className="grid gap-2">
      <p className="text-xs text-ink-soft">As a second person you can let the answer out whatever the hourly limit.</p>
      {confirm.error !== null && <ProblemNote error={confirm.error} />}
      <Button look="danger" busy={confirm.isPending} onClick={() => confirm.mutate()} className="justify-self-start">
        Confirm as a second person
      </Button>
    </div>
  );
}
