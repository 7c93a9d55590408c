import { Download, ExternalLink } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { QrCode } from "@/components/ui/qr-code";
import type { EnrollmentLinkDto } from "@/lib/contracts/enrollment-links";

/** The address of a link in every form people need. */
export function LinkShare({ link }: { link: EnrollmentLinkDto }) {
  return (
    <div className="flex flex-col items-center gap-5 sm:flex-row sm:items-start">
      <QrCode text={link.url} label="QR code of the enrollment page" className="size-44 shrink-0 rounded-lg border border-line" />
      <div className="grid w-full min-w-0 gap-3">
        <p className="text-ink-soft">Scan the code with the camera of the device, or open this address on it:</p>
        <p className="rounded-lg border border-line bg-sunken p-2.5 font-mono text-xs break-all">{link.url}</p>
        <div className="flex flex-wrap gap-2">
          <CopyButton text={link.url} what="link" words="Copy link" />
          <Button asChild size="small">
            <a href={link.url} target="_blank" rel="noreferrer">
              <ExternalLink aria-hidden />
              Open page
            </a>
          </Button>
          <Button asChild size="small">
            <a href={link.profileUrl} download>
              <Download aria-hidden />
              Profile
            </a>
          </Button>
        </div>
      </div>
    </div>
  );
}
