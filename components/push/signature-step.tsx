"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { RelativeTime } from "@/components/ui/relative-time";
import { Tabs } from "@/components/ui/tabs";
import { useSignCertificateRequest } from "@/lib/client/mutations/push-certificates";
import { usePermission } from "@/lib/client/use-permission";
import type { PushCertificateRequestDto } from "@/lib/contracts/push-certificates";
import { CheckTable } from "./check-table";
import { MdmcertWay, ServiceWay } from "./service-way";
import { VendorWay } from "./vendor-way";

type Way = "mdmcert" | "vendor" | "service";
const isWay = (value: string): value is Way => ["mdmcert", "vendor", "service"].includes(value);

/** Apple takes a request only from an MDM vendor: one's own certificate, or a service that has one. */
export function SignatureStep({ request }: { request: PushCertificateRequestDto }) {
  const [again, setAgain] = useState(false);
  const [way, setWay] = useState<Way>("mdmcert");
  const sign = useSignCertificateRequest(request.id);
  const allowed = usePermission("push:write");
  const { signed } = request;
  const refused = sign.data?.checks.some(({ passed }) => !passed) === true;
  if (signed !== null && !again) {
    return (
      <div className="grid gap-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span>
            By {commonName(signed.signer)}, <RelativeTime at={signed.at} />
          </span>
          <Button size="small" look="quiet" disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"} onClick={() => setAgain(true)}>
            Sign in another way
          </Button>
        </div>
        {refused && <Note tone="warning" title="Apple will probably refuse this file" />}
        {sign.data !== undefined && <CheckTable checks={sign.data.checks} />}
      </div>
    );
  }
  const done = { onSuccess: () => setAgain(false) };
  const service = { request, allowed, busy: sign.isPending, error: sign.error, onAnswer: (answer: string) => sign.mutate({ by: "service", answer }, done), onReset: sign.reset };
  return (
    <div className="grid gap-4">
      <p>Apple takes a request only when an MDM vendor has signed it. The key of this server stays here whichever way you go.</p>
      <div className="text-ink">
        <Tabs
          label="Who signs"
          value={way}
          onChange={(value) => {
            if (isWay(value)) setWay(value);
            sign.reset();
          }}
          tabs={[
            { value: "mdmcert", label: "mdmcert.download", content: <MdmcertWay {...service} /> },
            { value: "vendor", label: "My vendor certificate", content: <VendorWay allowed={allowed} busy={sign.isPending} error={sign.error} onSign={() => sign.mutate({ by: "vendor" }, done)} /> },
            { value: "service", label: "Another service", content: <ServiceWay {...service} /> },
          ]}
        />
      </div>
      {again && (
        <Button size="small" className="justify-self-start" onClick={() => setAgain(false)}>
          Keep the signature
        </Button>
      )}
    </div>
  );
}

function commonName(subject: string): string {
  return /(?:^|, )CN=([^,]+)/.exec(subject)?.[1] ?? subject;
}
