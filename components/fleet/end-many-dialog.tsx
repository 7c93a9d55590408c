"use client";

import { useState, type FormEvent } from "react";
import { MethodChoice } from "@/components/devices/method-choice";
import { TargetReview, useReview } from "@/components/devices/target-review";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { TypedConfirmation, typedMatches } from "@/components/ui/typed-confirmation";
import { useTerminateDevices } from "@/lib/client/mutations/device-actions";
import { counted } from "@/lib/client/text";
import type { BatchTarget } from "@/lib/contracts/batches";
import { MOST_TERMINATIONS } from "@/lib/contracts/device-actions";
import { TERMINATION_METHODS, type TerminationMethod } from "@/lib/contracts/words";

interface Props {
  target: BatchTarget;
  words: string;
  onClose: () => void;
}

/** Ends the management of many: who is meant is reviewed, and their number typed. */
export function EndManyDialog({ target, words, onClose }: Props) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`End management of ${words}`} description="The records and their history stay here. To manage the devices again, enroll them again.">
      <EndManyForm target={target} onClose={onClose} />
    </Dialog>
  );
}

function EndManyForm({ target, onClose }: Omit<Props, "words">) {
  const body = { target, action: { kind: "termination" } } as const;
  const review = useReview(body);
  const [method, setMethod] = useState<TerminationMethod>("remove-profile");
  const [typed, setTyped] = useState("");
  const end = useTerminateDevices();
  if (end.data !== undefined) {
    return (
      <div className="grid gap-4">
        <Note tone="info" title={`Requested for ${counted(end.data.done, "device")}, not done yet`}>
          {TERMINATION_METHODS[end.variables.method].meaning} They show as Unenrolling until then.
        </Note>
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    );
  }
  const word = review === undefined ? "" : String(review.eligible);
  const tooMany = review !== undefined && review.eligible > MOST_TERMINATIONS;
  const ready = review !== undefined && review.eligible > 0 && !tooMany && typedMatches(typed, word);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) end.mutate({ target, method, expected: review.eligible });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      <TargetReview body={body} what="be released" />
      {tooMany && <Note tone="warning" title={`At most ${MOST_TERMINATIONS.toLocaleString()} at a time`}>Narrow the list down and release the devices in parts.</Note>}
      <MethodChoice method={method} onChange={setMethod} />
      {word !== "" && !tooMany && <TypedConfirmation what="the number of devices" word={word} typed={typed} onChange={setTyped} />}
      {end.error !== null && <ProblemNote error={end.error} />}
      <Button type="submit" look="danger" busy={end.isPending} disabled={!ready}>
        End management
      </Button>
    </form>
  );
}
