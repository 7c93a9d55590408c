"use client";

import { Download, ExternalLink } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues } from "@/components/ui/key-values";
import { saveFile } from "@/lib/client/save-file";
import type { PushCertificateDto } from "@/lib/contracts/push-certificates";

const PORTAL = "https://identity.apple.com/pushcert";
export const PORTAL_FILE = "muster-push-request.plist";

const REFUSALS = [
  { says: "Certificate Signature Verification failed … signature is invalid", why: "The chain is not the one of the vendor certificate, or the file was changed on the way. Download it again." },
  { says: "… the signing certificate is expired", why: "The vendor certificate has ended: a service has to renew its own." },
  { says: "Invalid Certificate Signing Request", why: "The CSR was uploaded, not this file." },
];

/** What to do at Apple's portal with the signed file. `renewed`: the certificate whose topic is to stay. */
export function PortalStep({ portalFile, renewed }: { portalFile: string; renewed: PushCertificateDto | null }) {
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => saveFile(PORTAL_FILE, portalFile)}>
          <Download aria-hidden />
          Download {PORTAL_FILE}
        </Button>
        <Button asChild>
          <a href={PORTAL} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden />
            Open Apple’s portal
          </a>
        </Button>
      </div>
      {renewed === null ? (
        <p>
          Sign in with an Apple Account that the organization keeps, not a person’s own: only this account can renew the certificate each year. Choose <b>Create a Certificate</b> and upload the file.
        </p>
      ) : (
        <>
          <p>
            Sign in with the same Apple Account and choose <b>Renew</b> beside this certificate, never <b>Create</b>: a new one has another topic, and every device would have to enroll again.
          </p>
          <div className="overflow-hidden rounded-lg border border-line text-ink">
            <KeyValues
              items={[
                { key: "Apple Account", value: renewed.appleAccount === null ? <span className="text-ink-faint">not noted; it is the one that lists this serial number</span> : <Copyable text={renewed.appleAccount} what="Apple Account" mono={false} /> },
                { key: "Serial number", value: <Copyable text={renewed.serialNumber} what="serial number" /> },
                { key: "Topic (UID)", value: <Copyable text={renewed.topic} what="topic" /> },
              ]}
            />
          </div>
        </>
      )}
      <details className="rounded-lg border border-line px-3 py-2">
        <summary className="roomy font-medium text-ink">The portal refuses the file?</summary>
        <dl className="mt-2 grid gap-2">
          {REFUSALS.map(({ says, why }) => (
            <div key={says}>
              <dt className="text-ink">“{says}”</dt>
              <dd>{why}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}
