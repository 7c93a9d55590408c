"use client";

import { toast } from "@/components/ui/toast";
import { TargetReview, useReview } from "@/components/devices/target-review";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemNote } from "@/components/ui/problem-note";
import { usePushDevices } from "@/lib/client/mutations/device-actions";
import { counted } from "@/lib/client/text";
import type { BatchTarget } from "@/lib/contracts/batches";

/** Wakes many devices after a look at who can be woken. */
export function PushManyDialog({ target, words, onClose }: { target: BatchTarget; words: string; onClose: () => void }) {
  const body = { target, action: { kind: "push" } } as const;
  const review = useReview(body);
  const push = usePushDevices();
  const send = (expected: number): void =>
    push.mutate({ target, expected }, {
      onSuccess: ({ done }) => {
        toast(`A push is due for ${counted(done, "device")}`);
        onClose();
      },
    });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Push ${words}`} description="Wakes each device so that it asks for work. A large fleet is woken little by little.">
      <div className="grid gap-4">
        <TargetReview body={body} what="be woken" />
        {push.error !== null && <ProblemNote error={push.error} />}
        <Button look="primary" className="justify-self-end" busy={push.isPending} disabled={review === undefined || review.eligible === 0} onClick={() => review !== undefined && send(review.eligible)}>
          Push {review === undefined ? "…" : counted(review.eligible, "device")}
        </Button>
      </div>
    </Dialog>
  );
}
