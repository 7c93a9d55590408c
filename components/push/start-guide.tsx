"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ProblemNote } from "@/components/ui/problem-note";
import { Steps } from "@/components/ui/steps";
import { Tabs } from "@/components/ui/tabs";
import { useCreateCertificateRequest } from "@/lib/client/mutations/push-certificates";
import { usePermission } from "@/lib/client/use-permission";
import type { PushCertificateDto, PushCertificateUploaded } from "@/lib/contracts/push-certificates";
import { UploadForm } from "./upload-form";

interface Props {
  /** What is in use, and so to be renewed; null for a first certificate. */
  current: PushCertificateDto | null;
  onUploaded: (uploaded: PushCertificateUploaded) => void;
}

const STEPS = [
  { key: "key", title: "Key and request", state: "waiting", detail: "Made on this server; the key never leaves it." },
  { key: "signature", title: "Signature of an MDM vendor", state: "waiting", detail: "By mdmcert.download, by another service, or by your own vendor certificate." },
  { key: "portal", title: "Apple’s Push Certificates Portal", state: "waiting", detail: "Upload one file, download another. Free, with any Apple Account." },
  { key: "certificate", title: "The certificate that Apple gave", state: "waiting", detail: "Checked here before anything changes." },
] as const;

/** Where a certificate, or its renewal, begins. */
export function StartGuide({ current, onUploaded }: Props) {
  const [way, setWay] = useState("guide");
  return (
    <Card title={current === null ? "Get a push certificate" : "Renew the push certificate"}>
      <Tabs
        label="Way to a push certificate"
        value={way}
        onChange={setWay}
        tabs={[
          { value: "guide", label: "Step by step", content: <Begin current={current} /> },
          { value: "pair", label: "I have certificate and key", content: <UploadForm renewing={current !== null} appleAccount={current?.appleAccount ?? null} onUploaded={onUploaded} /> },
        ]}
      />
    </Card>
  );
}

function Begin({ current }: { current: PushCertificateDto | null }) {
  const create = useCreateCertificateRequest();
  const allowed = usePermission("push:write");
  return (
    <div className="grid gap-5">
      <Steps steps={STEPS} />
      {create.error !== null && <ProblemNote error={create.error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" busy={create.isPending} disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"} onClick={() => create.mutate(current === null ? {} : { topic: current.topic })}>
          {current === null ? "Begin" : "Begin the renewal"}
        </Button>
        <span className="text-xs text-ink-faint">{allowed ? "It can be left at any step and taken up again later." : "Needs the role Owner"}</span>
      </div>
    </div>
  );
}
