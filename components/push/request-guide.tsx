"use client";

import { useState } from "react";
import { actorWords } from "@/components/events/event-line";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import { Steps, type Step } from "@/components/ui/steps";
import { useDiscardCertificateRequest } from "@/lib/client/mutations/push-certificates";
import { usePermission } from "@/lib/client/use-permission";
import type { PushCertificateDto, PushCertificateRequestDto, PushCertificateUploaded } from "@/lib/contracts/push-certificates";
import { PortalStep } from "./portal-step";
import { PortalUpload } from "./portal-upload";
import { SignatureStep } from "./signature-step";

interface Props {
  request: PushCertificateRequestDto;
  /** The certificate whose topic is renewed. */
  renewed: PushCertificateDto | null;
  onUploaded: (uploaded: PushCertificateUploaded) => void;
}

/** One waiting request, step by step; it can be left and taken up again, by anybody. */
export function RequestGuide({ request, renewed, onUploaded }: Props) {
  const { signed } = request;
  const steps: Step[] = [
    {
      key: "key",
      title: "Key and request",
      state: "done",
      detail: (
        <>
          Made <RelativeTime at={request.createdAt} /> by {actorWords(request.createdBy)}. The key stays on this server, sealed.
        </>
      ),
    },
    { key: "signature", title: "Signature of an MDM vendor", state: signed === null ? "now" : "done", detail: <SignatureStep request={request} /> },
    {
      key: "portal",
      title: "Apple’s Push Certificates Portal",
      state: signed === null ? "waiting" : "now",
      detail: signed === null ? null : <PortalStep portalFile={signed.portalFile} renewed={renewed} />,
    },
    {
      key: "certificate",
      title: "The certificate that Apple gave",
      state: signed === null ? "waiting" : "now",
      detail: signed === null ? null : <PortalUpload appleAccount={request.appleAccount} onUploaded={onUploaded} />,
    },
  ];
  return (
    <Card title={request.topic === null ? "A new push certificate" : "Renew the push certificate"} aside={<Discard request={request} />}>
      <Steps steps={steps} />
    </Card>
  );
}

function Discard({ request }: { request: PushCertificateRequestDto }) {
  const [open, setOpen] = useState(false);
  const discard = useDiscardCertificateRequest();
  const allowed = usePermission("push:write");
  return (
    <>
      <Button size="small" look="quiet" disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"} onClick={() => setOpen(true)}>
        Throw away
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Throw this request away?"
        description="Its key is deleted. A certificate that Apple has issued for it, or issues yet, can then never be used."
        error={discard.error}
        busy={discard.isPending}
        words="Throw away"
        onConfirm={() => discard.mutate(request.id)}
      />
    </>
  );
}
