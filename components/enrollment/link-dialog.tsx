"use client";

import { Download, ExternalLink } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { QrCode } from "@/components/ui/qr-code";
import { RelativeTime } from "@/components/ui/relative-time";
import { useRevokeLink } from "@/lib/client/mutations/enrollment-links";
import { usePermission } from "@/lib/client/use-permission";
import type { EnrollmentLinkDto } from "@/lib/contracts/enrollment-links";
import { LINK_STATE_WORDS } from "@/lib/contracts/words";
import { LinkBadge, usesWords } from "./link-badge";

/** One link: its address in every form people need, and its end. */
export function LinkDialog({ link, onClose }: { link: EnrollmentLinkDto | null; onClose: () => void }) {
  return (
    <Dialog open={link !== null} onOpenChange={(open) => !open && onClose()} title={link?.name ?? "Link"}>
      {link !== null && <LinkContent key={link.id} link={link} />}
    </Dialog>
  );
}

function LinkContent({ link }: { link: EnrollmentLinkDto }) {
  return (
    <div className="grid gap-5">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft">
        <LinkBadge state={link.state} />
        <span>{usesWords(link)} used</span>
        <span>{link.expiresAt === null ? "never expires" : <>ends <RelativeTime at={link.expiresAt} /></>}</span>
      </p>
      {link.state === "usable" ? <Shareable link={link} /> : <Note tone="neutral">{LINK_STATE_WORDS[link.state].meaning}</Note>}
      {link.state !== "revoked" && <Revoke link={link} />}
    </div>
  );
}

function Shareable({ link }: { link: EnrollmentLinkDto }) {
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

function Revoke({ link }: { link: EnrollmentLinkDto }) {
  const [asking, setAsking] = useState(false);
  const revoke = useRevokeLink();
  const allowed = usePermission("link:write");
  return (
    <div className="grid gap-3 border-t border-line pt-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-xs text-ink-soft">{asking ? "Nobody can enroll through it afterwards. Enrolled devices stay enrolled." : "No longer needed?"}</p>
        {asking ? (
          <span className="flex gap-2">
            <Button size="small" onClick={() => setAsking(false)}>
              Keep
            </Button>
            <Button size="small" look="danger" busy={revoke.isPending} onClick={() => revoke.mutate(link.id, { onSuccess: () => setAsking(false) })}>
              Revoke link
            </Button>
          </span>
        ) : (
          <Button size="small" disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={() => setAsking(true)}>
            Revoke…
          </Button>
        )}
      </div>
      {revoke.error !== null && <ProblemNote error={revoke.error} />}
    </div>
  );
}
