"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { EnrollmentLinkDto } from "@/lib/contracts/enrollment-links";
import { LinkShare } from "./link-share";

/** A link that was just made, ready to be handed out. */
export function LinkDialog({ link, onClose }: { link: EnrollmentLinkDto | null; onClose: () => void }) {
  return (
    <Dialog open={link !== null} onOpenChange={(open) => !open && onClose()} title={link?.name ?? "Link"}>
      {link !== null && (
        <div className="grid gap-5">
          <LinkShare link={link} />
          <Button asChild className="justify-self-end">
            <Link href={`/enrollment-links/${link.id}`}>Details</Link>
          </Button>
        </div>
      )}
    </Dialog>
  );
}
