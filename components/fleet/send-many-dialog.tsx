"use client";

import { SendCommandDialog } from "@/components/commands/send-command-dialog";
import { useReview } from "@/components/devices/target-review";
import type { DeviceSelection } from "@/components/devices/use-device-selection";
import { counted } from "@/lib/client/text";

/** A command for what is ticked. Where nobody has counted on, the number that has to be typed is counted first. */
export function SendManyDialog({ selection, onClose }: { selection: DeviceSelection; onClose: () => void }) {
  return selection.capped ? <CountedDialog selection={selection} onClose={onClose} /> : <Dialog selection={selection} count={selection.count} words={selection.words} onClose={onClose} />;
}

function CountedDialog({ selection, onClose }: { selection: DeviceSelection; onClose: () => void }) {
  const review = useReview({ target: selection.target, action: { kind: "push" } });
  if (review === undefined) return null;
  return <Dialog selection={selection} count={review.total} words={`${counted(review.total, "device")} that match`} onClose={onClose} />;
}

function Dialog({ selection, count, words, onClose }: { selection: DeviceSelection; count: number; words: string; onClose: () => void }) {
  return <SendCommandDialog target={{ kind: "many", target: selection.target, count, words }} open onOpenChange={(open) => !open && onClose()} />;
}
