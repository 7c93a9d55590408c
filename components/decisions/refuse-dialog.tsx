"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { counted } from "@/lib/client/text";

interface Props {
  /** Null: closed. */
  ids: readonly string[] | null;
  verb: string;
  consequence: string;
  onClose: () => void;
  onConfirm: (ids: readonly string[]) => void;
}

/** The stop before devices are told to leave. */
export function RefuseDialog({ ids, verb, consequence, onClose, onConfirm }: Props) {
  return (
    <Dialog open={ids !== null} onOpenChange={onClose} title={`${verb} ${counted(ids?.length ?? 0, "device")}?`} description={consequence}>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Decide later</Button>
        <Button look="danger" onClick={() => ids !== null && onConfirm(ids)}>
          {verb}
        </Button>
      </div>
    </Dialog>
  );
}
