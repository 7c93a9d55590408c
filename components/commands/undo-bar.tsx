"use client";

import { Undo2 } from "lucide-react";
import { useEffect, useRef } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { asProblem } from "@/lib/client/api-problem";
import { useUndo } from "@/lib/client/mutations/undo";
import { useCountdown } from "@/lib/client/use-countdown";
import { commandTitle } from "./command-title";
import type { Sent } from "./use-send-flow";

/** While the server holds the command back: how long still, and the way back. Says what became of an undo, whichever it was. */
export function UndoBar({ sent, heldUntil }: { sent: Sent; heldUntil: number }) {
  const left = useCountdown(heldUntil);
  const undo = useUndo(sent);
  useOfferOutside(sent, heldUntil, undo.isIdle);
  if (undo.data !== undefined) {
    return undo.data.mayStillRun ? (
      <Note tone="warning" title="Cancelled, but too late to be sure">The device already had it and may still carry it out.</Note>
    ) : (
      <Note tone="good" title="Undone">It was not sent and will not run.</Note>
    );
  }
  if (undo.error !== null) return <Note tone="warning" title="It could not be undone">{asProblem(undo.error).message}</Note>;
  if (left === 0) return null;
  const action = (
    <Button size="small" busy={undo.isPending} onClick={() => undo.mutate()}>
      {!undo.isPending && <Undo2 aria-hidden />}
      Undo
    </Button>
  );
  return (
    <Note tone="info" title={`Goes out in ${left} s`} action={action}>
      The server holds it until then. It goes out even if you close this window.
    </Note>
  );
}

/** Whoever closes the window in that time keeps the way back in a toast. */
function useOfferOutside(sent: Sent, heldUntil: number, open: boolean): void {
  const undo = useUndo(sent);
  const latest = useRef({ open, undo });
  useEffect(() => {
    latest.current = { open, undo };
  });
  useEffect(
    () => () => {
      const rest = heldUntil - Date.now();
      if (!latest.current.open || rest < 1000) return;
      const say = (answer: { mayStillRun: boolean }): void => toast(answer.mayStillRun ? "Cancelled, but the device already had it" : "Undone: it was not sent");
      toast(`${commandTitle(sent.requestType)} goes out in a moment`, {
        duration: rest,
        action: { label: "Undo", onClick: () => void latest.current.undo.mutateAsync().then(say, (error: unknown) => toast.error(asProblem(error).title, { description: asProblem(error).message })) },
      });
    },
    [heldUntil, sent.requestType],
  );
}
