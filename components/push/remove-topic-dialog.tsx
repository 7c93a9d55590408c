"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemNote } from "@/components/ui/problem-note";
import { useRemovePushCertificate } from "@/lib/client/mutations/push-certificates";
import type { PushCertificateDto } from "@/lib/contracts/push-certificates";

/** Takes a topic out that no device depends on. */
export function RemoveTopicDialog({ certificate, onClose }: { certificate: PushCertificateDto | null; onClose: () => void }) {
  const remove = useRemovePushCertificate();
  const close = (): void => {
    remove.reset();
    onClose();
  };
  const words =
    certificate?.state === "current"
      ? "New devices will get the topic that came before, or the test topic. A profile that was downloaded meanwhile and is installed later has the removed topic: its device can then not be woken."
      : "No device depends on it. Its certificates and their keys are deleted.";
  return (
    <Dialog open={certificate !== null} onOpenChange={(open) => !open && close()} title="Remove this topic?" description={words}>
      <div className="grid gap-4">
        <code className="text-xs break-all">{certificate?.topic}</code>
        {remove.error !== null && <ProblemNote error={remove.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={close}>Keep</Button>
          <Button look="danger" busy={remove.isPending} onClick={() => certificate !== null && remove.mutate(certificate.id, { onSuccess: close })}>
            Remove
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
