"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
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
    <ConfirmDialog
      open={certificate !== null}
      onOpenChange={(open) => !open && close()}
      title="Remove this topic?"
      description={words}
      error={remove.error}
      busy={remove.isPending}
      words="Remove"
      onConfirm={() => certificate !== null && remove.mutate(certificate.id, { onSuccess: close })}
    >
      <code className="text-xs break-all">{certificate?.topic}</code>
    </ConfirmDialog>
  );
}
